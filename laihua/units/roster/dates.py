"""What falls due for one member of the roster, as pure functions over days."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from laihua.units.roster.periods import Periods, periods


class Urgency(StrEnum):
    """In the order in which a handler looks at them."""

    OVER = "over"           # a day has passed
    NEAR = "near"           # the last days
    OPEN = "open"           # may be filed now
    LATER = "later"
    UNKNOWN = "unknown"     # the day is not on the roster


@dataclass(frozen=True, slots=True)
class Extension:
    """From the first to the last day on which an extension may be filed, both included."""

    first: date
    last: date
    permit_to: date

    def urgency(self, today: date, near: int) -> Urgency:
        if today > self.last:
            return Urgency.OVER
        if today < self.first:
            return Urgency.LATER
        return Urgency.NEAR if (self.last - today).days <= near else Urgency.OPEN


def extension(permit_to: date | None) -> Extension | None:
    """By the periods of this installation; None for whoever has no permit."""
    return extension_of(permit_to, periods()) if permit_to else None


def extension_of(permit_to: date, periods: Periods) -> Extension:
    """行政许可法 50: thirty days before the permit ends, calendar days counted back from its last day."""
    return Extension(permit_to - timedelta(days=periods.opens), permit_to - timedelta(days=periods.closes), permit_to)


def urgency_of_end(end: date | None, today: date, near: int) -> Urgency:
    """Of a day that is the last one of something."""
    if end is None:
        return Urgency.UNKNOWN
    if end < today:
        return Urgency.OVER
    return Urgency.NEAR if (end - today).days <= near else Urgency.LATER


def day(text: str) -> date | None:
    """None for what is no day, such as an empty text."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
