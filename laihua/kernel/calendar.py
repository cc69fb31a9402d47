"""The working days of China as plain values.

The State Council announces each year's holidays and make-up days in the autumn before. A year without that notice is
answered from weekends and the dates that the law fixes, and every answer that touches it is marked provisional.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)

Kind = Literal["working_days", "calendar_days"]

# 全国年节及纪念日放假办法 (2024 revision): the holidays with a fixed date in the solar year.
FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


def day_of(moment: datetime) -> date:
    """The date on the wall of the hall. Refuses a moment without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(ZONE).date()


@dataclass(frozen=True, slots=True)
class DueDate:
    """`provisional`: a day that was counted lies in a year whose holidays are not announced yet."""

    on: date
    provisional: bool


@dataclass(frozen=True)
class WorkingCalendar:
    """`days` holds only what differs from an ordinary week: False for a weekday off, True for a weekend worked.

    `published` are the years with a State Council notice; other years may still have `days`, drawn up from the law.
    """

    days: Mapping[date, bool]
    published: frozenset[int]
    _known: frozenset[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_known", self.published | {day.year for day in self.days})

    def is_working_day(self, day: date) -> bool:
        told = self.days.get(day)
        if told is not None:
            return told
        if day.year not in self._known and (day.month, day.day) in FIXED_HOLIDAYS:
            return False
        return day.weekday() < 5

    def is_published(self, year: int) -> bool:
        return year in self.published

    def add(self, day: date, n: int, kind: Kind = "working_days") -> DueDate:
        """The n-th day after `day`, which itself is not counted. Calendar days end on holidays too."""
        if n < 0:
            raise ValueError("a time limit is not negative")
        if kind == "calendar_days":
            return DueDate(day + n * DAY, provisional=False)
        on = day
        while n:
            on += DAY
            n -= self.is_working_day(on)
        return DueDate(on, self.is_provisional(day, on))

    def between(self, a: date, b: date) -> int:
        """Working days after `a` up to and including `b`; negative where `b` is earlier."""
        if b < a:
            return -self.between(b, a)
        return sum(self.is_working_day(a + i * DAY) for i in range(1, (b - a).days + 1))

    def count(self, a: date, b: date, kind: Kind) -> int:
        """`between`, for either kind of day."""
        return (b - a).days if kind == "calendar_days" else self.between(a, b)

    def is_provisional(self, a: date, b: date) -> bool:
        """Whether a day after `a` up to and including `b` lies in a year that is not published."""
        return b > a and not all(self.is_published(year) for year in range((a + DAY).year, b.year + 1))
