"""Time limits that stop while the applicant holds the case, computed from what happened and never counted down.

The rule: a day is used up when it is a counting day after the day of the start, and the clock runs at its end (midnight
in China). The day of the start is not counted. So

* a pause and a resumption on the same day cost nothing, and that day counts;
* the day of a pause does not count, the day of a resumption does; a pause on the due date moves the due date on;
* the day of the stop does not count: who decides on the due date has a day in hand;
* days off count neither as used nor as paused.

A start after a start begins anew. A pause of a clock that stands, a resumption of one that runs, and any mark before
the first start change nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from laihua.kernel.calendar import DAY, Kind, WorkingCalendar, day_of

State = Literal["none", "running", "paused", "stopped"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What happened to the clock, and when. `kind`: start, pause, resume or stop."""

    at: datetime
    kind: str

    def __post_init__(self) -> None:
        if self.kind not in ("start", "pause", "resume", "stop"):
            raise ValueError(f"{self.kind!r} is no mark of a clock")


@dataclass(frozen=True, slots=True)
class Clock:
    state: State
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Due:
    """`on`: the due date. Of a paused clock: if it went on now. Of a stopped one: as it stood then.

    `used` + `left` is the limit; today counts as used while the clock runs, so `left` is 0 on the due date and negative
    after it. `paused_days` are counting days on which the clock stood. `provisional`: a year is not published yet.
    """

    on: date
    provisional: bool
    used: int
    left: int
    paused_days: int
    state: State

    @property
    def is_overdue(self) -> bool:
        return self.left < 0


def common(dues: Sequence[Due]) -> Due | None:
    """The one date of clocks that run side by side: the latest of those that have not ended, of all once every one has."""
    going = [due for due in dues if due.state != "stopped"]
    return max(going or dues, key=lambda due: due.on, default=None)


@dataclass(frozen=True, slots=True)
class _Run:
    """Days after `after` up to and including `until`, at whose ends the clock ran. Without `until` it still does."""

    after: date
    until: date | None


def clock_of(marks: Sequence[Mark], now: datetime | None = None) -> Clock:
    """The clock after these marks, at `now` where it is given."""
    clock = Clock("none", None)
    for mark in _effective(marks, now):
        clock = Clock(_AFTER[mark.kind], mark.at)
    return clock


def due(limit_days: int, kind: Kind, marks: Sequence[Mark], calendar: WorkingCalendar, now: datetime) -> Due | None:
    """None as long as the clock never started. Marks later than `now` have not happened yet."""
    effective = list(_effective(marks, now))
    if not effective:
        return None
    start, today = day_of(effective[0].at), day_of(now)
    last = effective[-1]
    state = _AFTER[last.kind]
    runs = _runs(effective)
    used = sum(_count(calendar, run, today, kind) for run in runs)
    end = day_of(last.at) - DAY if state == "stopped" else today
    elapsed = calendar.count(start, end, kind) if end > start else 0
    on, provisional = _due_on(limit_days, kind, _promised(effective, runs, start, today), calendar)
    return Due(on, provisional, used, limit_days - used, elapsed - used, state)


_AFTER: dict[str, State] = {"start": "running", "pause": "paused", "resume": "running", "stop": "stopped"}
_HEARD: dict[State, tuple[str, ...]] = {
    "none": ("start",), "running": ("start", "pause", "stop"), "paused": ("start", "resume", "stop"),
    "stopped": ("start",),
}


def _effective(marks: Iterable[Mark], now: datetime | None) -> list[Mark]:
    """The marks of the latest start that changed anything, in order of time."""
    state: State = "none"
    effective: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: mark.at):
        if (now is not None and mark.at > now) or mark.kind not in _HEARD[state]:
            continue
        effective = [mark] if mark.kind == "start" else [*effective, mark]
        state = _AFTER[mark.kind]
    return effective


def _runs(effective: Sequence[Mark]) -> list[_Run]:
    start = day_of(effective[0].at)
    runs: list[_Run] = []
    for mark in effective:
        day = day_of(mark.at)
        if mark.kind in ("start", "resume"):
            runs.append(_Run(max(start, day - DAY), None))
        elif runs and runs[-1].until is None:
            runs[-1] = _Run(runs[-1].after, day - DAY)
    return runs


def _promised(effective: Sequence[Mark], runs: list[_Run], start: date, today: date) -> list[_Run]:
    """The runs as the due date sees them: a clock that stands goes on now, a stopped one as if it had not stopped."""
    last = effective[-1]
    if last.kind == "pause":
        return [*runs, _Run(max(start, today - DAY), None)]
    if last.kind == "stop":
        before = effective[:-1]
        return _promised(before, _runs(before), start, day_of(last.at))
    return runs


def _count(calendar: WorkingCalendar, run: _Run, today: date, kind: Kind) -> int:
    until = today if run.until is None else min(run.until, today)
    return calendar.count(run.after, until, kind) if until > run.after else 0


def _due_on(limit: int, kind: Kind, runs: Sequence[_Run], calendar: WorkingCalendar) -> tuple[date, bool]:
    if limit == 0:
        return runs[0].after, False
    provisional = False
    for run in runs[:-1]:
        if run.until is None or run.until <= run.after:
            continue
        counted = calendar.count(run.after, run.until, kind)
        if counted >= limit:
            break
        limit -= counted
        provisional |= kind == "working_days" and calendar.is_provisional(run.after, run.until)
    else:
        run = runs[-1]
    found = calendar.add(run.after, limit, kind)
    return found.on, provisional or found.provisional
