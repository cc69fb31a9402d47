"""The calendar that the hall ships, as tests use it."""

from functools import cache
from pathlib import Path

import yaml

from laihua.kernel.calendar import WorkingCalendar
from laihua.kernel.rules import CalendarNotice, calendar_of, read_notices

SHIPPED = Path(__file__).resolve().parents[2] / "reference" / "calendar.yaml"


@cache
def notices() -> tuple[CalendarNotice, ...]:
    return tuple(read_notices(yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))))


def calendar() -> WorkingCalendar:
    return calendar_of(list(notices()))
