"""Times at a window. Pure: from its hours and the calendar, minus what is taken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from laihua.kernel.calendar import WorkingCalendar

DAYS_AHEAD = 10


@dataclass(frozen=True, slots=True)
class Slot:
    starts_at: datetime
    ends_at: datetime
    free: int


def slots(
    hours: Iterable[tuple[str, str]],
    minutes: int,
    places: int,
    taken: Mapping[datetime, int],
    calendar: WorkingCalendar,
    now: datetime,
    zone: tzinfo,
) -> list[Slot]:
    """All times of the coming ten working days that begin at least an hour from now, with the places left.

    `taken`: booked places by start. Today counts while there is time left.
    """
    found: list[Slot] = []
    hours = list(hours)
    for day in working_days(calendar, now.astimezone(zone).date()):
        for begins, ends in hours:
            found += half_day(day, begins, ends, minutes, places, taken, zone)
    return [s for s in found if s.starts_at >= now + timedelta(hours=1)]


def working_days(calendar: WorkingCalendar, start: date) -> list[date]:
    days: list[date] = []
    day = start
    while len(days) < DAYS_AHEAD:
        if calendar.is_working_day(day):
            days.append(day)
        day += timedelta(days=1)
    return days


def parts_of(begins: str, ends: str, minutes: int) -> int:
    """How many appointments fit. Raises ValueError on what is no time of a day."""
    start, end = (time.fromisoformat(t) for t in (begins, ends))
    return ((end.hour * 60 + end.minute) - (start.hour * 60 + start.minute)) // minutes if end > start else 0


def half_day(
    day: date, begins: str, ends: str, minutes: int, places: int, taken: Mapping[datetime, int], zone: tzinfo
) -> list[Slot]:
    start = datetime.combine(day, time.fromisoformat(begins), zone)
    end, step = datetime.combine(day, time.fromisoformat(ends), zone), timedelta(minutes=minutes)
    found = []
    while start + step <= end:
        found.append(Slot(start, start + step, max(0, places - taken.get(start, 0))))
        start += step
    return found
