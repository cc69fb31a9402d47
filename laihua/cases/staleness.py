"""From which day on a document no longer does, by the days that it states itself and as the check `window` judges them. Pure."""

from collections.abc import Callable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from laihua.prechecks.checks import window
from laihua.prechecks.comparing import dates
from laihua.prechecks.document import Document
from laihua.prechecks.kind import Kind

WARNED_BEFORE = window.WARNING
ASTRAY = 4
"""Days by which the ends of months can differ."""


def stale_on(document: Document, kind: Kind, min_left: int | None, issued_within: int | None) -> date | None:
    """The first day on which it cannot be filed any more: too little left, or issued too long ago. None where it says neither.

    `min_left`, `issued_within`: months, as the service asks.
    """
    ends, made = day_of(document, kind.id, kind.expires), day_of(document, kind.id, kind.issued)
    found = []
    if ends is not None:
        found.append(first(lambda day: window.end(ends, day, min_left)[0] == "mismatch", ends - relativedelta(months=min_left or 0)))
    if made is not None and issued_within is not None:
        months = issued_within
        found.append(first(lambda day: window.made(made, day, months)[0] == "mismatch", made + relativedelta(months=months)))
    return min(found, default=None)


def ends_on(document: Document, kind: Kind) -> date | None:
    """Its own last day: what counts once the case has been filed in time."""
    return day_of(document, kind.id, kind.expires)


def first(is_stale: Callable[[date], bool], about: date) -> date:
    return next(day for n in range(-ASTRAY, ASTRAY + 1) if is_stale(day := about + timedelta(days=n)))


def day_of(document: Document, kind: str, key: str) -> date | None:
    """One that may be read in two ways is none; nor is one without end."""
    found = next(iter(document.found(kind, key)), None) if key else None
    if found is None or found.doubt is not None or found.value == dates.LONG:
        return None
    try:
        return date.fromisoformat(found.value)
    except ValueError:
        return None
