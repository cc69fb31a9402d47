"""From which day on a document no longer does, by the days that it states itself. Pure."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from laihua.prechecks.document import Document
from laihua.prechecks.kind import Kind

WARNED_BEFORE = timedelta(days=14)


def stale_on(document: Document, kind: Kind, min_left: int | None, issued_within: int | None) -> date | None:
    """The first day on which it cannot be filed any more: too little left, or issued too long ago. None where it says neither.

    `min_left`, `issued_within`: months, as the service asks.
    """
    ends, made = day_of(document, kind.id, kind.expires), day_of(document, kind.id, kind.issued)
    found = []
    if ends is not None:
        found.append(ends - relativedelta(months=min_left or 0) + timedelta(days=1))
    if made is not None and issued_within is not None:
        found.append(made + relativedelta(months=issued_within) + timedelta(days=1))
    return min(found, default=None)


def ends_on(document: Document, kind: Kind) -> date | None:
    """Its own last day: what counts once the case has been filed in time."""
    return day_of(document, kind.id, kind.expires)


def day_of(document: Document, kind: str, key: str) -> date | None:
    """A day that may be read in two ways is none."""
    found = next(iter(document.found(kind, key)), None) if key else None
    if found is None or found.doubt is not None:
        return None
    try:
        return date.fromisoformat(found.value)
    except ValueError:
        return None
