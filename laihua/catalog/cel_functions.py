"""The helpers that conditions have beside CEL's own. Pure; an absent date comes in as None."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import yaml
from dateutil.relativedelta import relativedelta
from django.conf import settings

from laihua.accounts.identity import documents
from laihua.kernel.calendar import WorkingCalendar
from laihua.kernel.rules import calendar_of, read_notices

CALENDAR = settings.BASE_DIR / "reference" / "calendar.yaml"


def as_moment(day: date) -> datetime:
    """A date as conditions see it."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def years_between(start: datetime | None, end: datetime | None) -> float:
    return 0.0 if start is None or end is None else float(int(months_between(start, end) / 12))


def age_on(born: datetime | None, day: datetime | None) -> float:
    """Completed years; whoever is born on 29 February completes one on 1 March of other years."""
    if born is None or day is None:
        return 0.0
    return float(day.year - born.year - ((day.month, day.day) < (born.month, born.day)))


def months_between(start: datetime | None, end: datetime | None) -> float:
    """Completed months; negative when the end is earlier. From 31 January one is completed on 28 or 29 February."""
    if start is None or end is None:
        return 0.0
    if end < start:
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return float(months - (start + relativedelta(months=months) > end))


def days_between(start: datetime | None, end: datetime | None) -> float:
    return 0.0 if start is None or end is None else float((end - start).days)


def add_months(day: datetime | None, months: float) -> datetime | None:
    """The same day so many months on, or the last of that month."""
    return None if day is None else day + relativedelta(months=int(months))


def add_days(day: datetime | None, days: float) -> datetime | None:
    return None if day is None else day + timedelta(days=int(days))


def in_last_months(day: datetime | None, months: float, today: datetime) -> bool:
    return day is not None and today - relativedelta(months=int(months)) <= day <= today


def chars(text: str | None) -> float:
    return float(len(text or ""))


def count(items: list[Any] | None) -> float:
    return float(len(items or ()))


def filled(value: Any) -> bool:
    """A number always counts as filled, for an absent one is 0; a boolean when it is true."""
    return value is not None and value is not False and value != "" and value != [] and value != ()


def has_digit(text: str | None) -> bool:
    return any(c.isdigit() for c in text or "")


def digits(text: str | None) -> str:
    return "".join(c for c in text or "" if c.isdigit())


def same_phone(one: str | None, other: str | None) -> bool:
    """Whether two numbers are the same however they are written, with or without +86. Absent ones are never the same."""
    return bool(one) and bool(other) and _bare(digits(one)) == _bare(digits(other))


def _bare(number: str) -> str:
    number = number.removeprefix("00")
    return number.removeprefix("86") if len(number) == 13 else number.lstrip("0")


def lower(text: str | None) -> str:
    return (text or "").lower()


def document_fits(kind: str | None, number: str | None) -> bool:
    """Whether a number can be that of such an identity document (`reference/identity_documents.yaml`), check digit included."""
    return not kind or documents.wrong_number(kind, documents.clean_number(number or "")) is None


def distinct(items: list[Any] | None) -> bool:
    """Whether nothing stands twice in the list. What is absent does not count."""
    found = [item for item in items or () if filled(item)]
    return len(found) == len(set(found))


def total(rows: list[Any] | None, key: str) -> float:
    """The sum of one field over rows, to the cent. What is absent counts as nothing."""
    return rounded(sum(float(row.get(key) or 0) for row in rows or () if isinstance(row, dict)))


def rounded(number: float | None) -> float:
    """To the cent, so that 0.1 + 0.2 is 0.3."""
    return round(float(number or 0), 2)


@cache
def calendar() -> WorkingCalendar:
    """Of `reference/calendar.yaml`: conditions are judged without the database too. A hall imports the same file."""
    return calendar_of(read_notices(yaml.safe_load(CALENDAR.read_text(encoding="utf-8"))))


def working_days_between(start: datetime | None, end: datetime | None) -> float:
    """Working days after `start` up to and including `end`; negative when the end is earlier."""
    return 0.0 if start is None or end is None else float(calendar().between(start.date(), end.date()))


FUNCTIONS: dict[str, Callable[..., Any]] = {
    f.__name__: f
    for f in (
        age_on, months_between, years_between, days_between, add_months, add_days, in_last_months, chars, count, filled,
        has_digit, digits, same_phone, lower, document_fits, distinct, total, rounded,
        working_days_between,
    )
}
