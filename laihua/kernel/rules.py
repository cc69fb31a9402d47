"""Reading the calendar file: what a year's notice says, checked before it is believed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from laihua.kernel.calendar import DAY, WorkingCalendar


class CalendarFault(Exception):
    """The calendar file cannot be used. `faults` names every year and entry that is wrong."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class CalendarNotice:
    year: int
    published: bool
    source: str
    off: tuple[date, ...]
    work: tuple[date, ...]


def read_notices(content: Any) -> list[CalendarNotice]:
    """From `{2026: {published, source, holidays: ["01-01..01-03"], make_up: ["01-04"]}}`. Raises CalendarFault."""
    faults: list[str] = []
    notices = []
    for year, notice in sorted(content.items() if isinstance(content, Mapping) else ()):
        try:
            notices.append(_notice(year, notice))
        except (KeyError, TypeError, ValueError) as wrong:
            faults.append(f"{year}: {wrong}")
    if not notices and not faults:
        faults.append("no year in it")
    if faults:
        raise CalendarFault(faults)
    return notices


def calendar_of(notices: list[CalendarNotice]) -> WorkingCalendar:
    days = {day: False for notice in notices for day in notice.off}
    days |= {day: True for notice in notices for day in notice.work}
    return WorkingCalendar(days, frozenset(notice.year for notice in notices if notice.published))


def _notice(year: Any, notice: Mapping[str, Any]) -> CalendarNotice:
    if not isinstance(year, int) or set(notice) != {"published", "source", "holidays", "make_up"}:
        raise ValueError("a year is a number with published, source, holidays and make_up")
    if not isinstance(notice["published"], bool):
        raise ValueError("published is true or false")
    off = tuple(day for entry in notice["holidays"] for day in _days(year, entry))
    work = tuple(day for entry in notice["make_up"] for day in _days(year, entry))
    if both := set(off) & set(work):
        raise ValueError(f"{min(both)} is both off and worked")
    if len(set(off)) < len(off) or len(set(work)) < len(work):
        raise ValueError("a day is named twice")
    return CalendarNotice(year, notice["published"], str(notice["source"]), off, work)


def _days(year: int, entry: str) -> Iterator[date]:
    """`01-01`, `01-01..01-03`, or with a year where the holiday begins or ends in a neighbouring one."""
    first, _, last = str(entry).partition("..")
    day, end = _day(year, first), _day(year, last or first)
    if not 0 <= (end - day).days <= 14:
        raise ValueError(f"{entry} is no range of a holiday")
    while day <= end:
        yield day
        day += DAY


def _day(year: int, text: str) -> date:
    return date.fromisoformat(text.strip() if len(text.strip()) == 10 else f"{year}-{text.strip()}")
