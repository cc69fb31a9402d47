"""What happened on a day, counted into `DayCount`. The history is the truth; a day can be counted again at any time."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from laihua.cases.actions.due_dates import moves_of
from laihua.cases.models import CaseEvent, DayCount, Proceeding, Verdict
from laihua.cases.rules import Past, marks_of_promise, marks_of_step, uncounted
from laihua.cases.shared import outcome_of
from laihua.catalog import queries as catalog
from laihua.catalog.definitions import Service
from laihua.flow.deadlines import Mark, due
from laihua.kernel.calendar import DAY, ZONE, WorkingCalendar, day_of
from laihua.kernel.queries import working_calendar

What = DayCount.What
BATCH = 500


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that happened. How many are alike is what is stored."""

    what: str
    key: str = ""
    days: int = 0
    late: bool = False


def count_new_days(*, at: datetime) -> int:
    """Count what no run has seen yet, and today and the day before anew; how many days were counted.

    The day before the last counted one is taken again too: what was written about midnight may have come late.
    """
    today = day_of(at)
    last = DayCount.objects.aggregate(last=Max("day"))["last"]
    if last is None:
        first = CaseEvent.objects.order_by("at").values_list("at", flat=True).first()
        if first is None:
            return 0
        last = day_of(first)
    days = {last - DAY, last, today - DAY, today} | {last + n * DAY for n in range((today - last).days)}
    for day in sorted(d for d in days if d <= today):
        count_day(day, at=at)
    return len(days)


@transaction.atomic
def count_day(day: date, *, at: datetime) -> None:
    """Put the counts of one day in place of those that stand. Counting twice gives the same."""
    begin = datetime.combine(day, time.min, ZONE)
    end = begin + timedelta(days=1)
    moved = CaseEvent.objects.filter(at__gte=begin, at__lt=end, proceeding__isnull=False).exclude(to_step="")
    ids = sorted(set(moved.values_list("proceeding_id", flat=True)))
    found: Counter[tuple[UUID, str, Counted]] = Counter()
    for start in range(0, len(ids), BATCH):
        found.update(_of(ids[start : start + BATCH], begin, end))
    DayCount.objects.filter(day=day).delete()
    DayCount.objects.bulk_create([
        DayCount(day=day, office_id=office, service=service, what=c.what, key=c.key, days=c.days, late=c.late, count=count,
                 counted_at=at)
        for (office, service, c), count in found.items()
    ])


def _of(ids: Sequence[UUID], begin: datetime, end: datetime) -> Iterator[tuple[UUID, str, Counted]]:
    calendar = working_calendar()
    places = {
        row[0]: row[1:]
        for row in Proceeding.objects.filter(id__in=ids).values_list("id", "office_id", "service", "case__version_id")
    }
    for proceeding, past in moves_of(ids).items():
        office, service, version = places[proceeding]
        definition = catalog.version(version).service
        for n, event in enumerate(past):
            if begin <= event.at < end:
                yield from ((office, service, c) for c in counts_of(definition, past[:n], event, calendar))
    for proceeding, code in _reasons(ids, begin, end):
        office, service, _ = places[proceeding]
        yield office, service, Counted(What.REASON, code)


def _reasons(ids: Sequence[UUID], begin: datetime, end: datetime) -> set[tuple[UUID, str]]:
    """The reasons that were told that day. One that stands at several items of a case counts once."""
    told = Verdict.objects.filter(
        proceeding_id__in=ids, result=Verdict.Result.RETURNED, published_at__gte=begin, published_at__lt=end
    )
    return {(proceeding, code) for proceeding, codes in told.values_list("proceeding_id", "reasons") for code in codes}


def counts_of(service: Service, past: Sequence[Past], event: Past, calendar: WorkingCalendar) -> Iterator[Counted]:
    """What one move adds to the counts. `past`: the moves before it."""
    if event.clock == "start":
        yield Counted(What.SUBMITTED)
    if event.clock == "pause":
        yield Counted(What.RETURNED, event.from_step)
    outcome = outcome_of(service, event.to_step) if event.clock == "stop" else ""
    if outcome:
        marks = marks_of_promise(past, uncounted(service))
        yield _timed(What.ENDED, outcome, service.promise.days, service.promise.kind, marks, calendar, event.at)
        if outcome != "withdrawn" and any(p.clock == "pause" for p in past):
            yield Counted(What.CORRECTED)
    step = service.steps.get(event.from_step)
    done = event.to_step != event.from_step and event.clock != "pause" and outcome != "withdrawn"
    if step is not None and step.holder == "authority" and done:
        days, kind = (step.limit.days, step.limit.kind) if step.limit else (0, "working_days")
        counted = _timed(What.STEP, step.key, days, kind, marks_of_step(past, step.key), calendar, event.at)
        yield counted if step.limit else Counted(What.STEP, step.key, counted.days)


def _timed(
    what: str, key: str, limit: int, kind: str, marks: Iterable[Mark], calendar: WorkingCalendar, at: datetime
) -> Counted:
    """The days used as the clock showed them when it happened: that day counts, so more than the limit is late."""
    found = due(limit, kind, list(marks), calendar, at)  # type: ignore[arg-type]
    return Counted(what, key, found.used, found.is_overdue) if found else Counted(what, key)
