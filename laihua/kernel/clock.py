"""The one place where the hall reads the time. Rules and actions get it as an argument."""

import time
from datetime import date, datetime, timedelta

from django.apps import apps
from django.conf import settings

from laihua.kernel.calendar import ZONE, day_of
from laihua.kernel.texts import Reason, Refused, Text

NOT_A_DEMO = Reason(
    "clock_fixed",
    Text("只有演示环境可以调整时钟", "The clock can be moved in a demo only"),
)

_SECONDS = 1.0
_seen: tuple[float, timedelta] | None = None


def now() -> datetime:
    """The present moment in China. In a demo it follows the shared movable clock within a second."""
    return datetime.now(ZONE) + (_offset() if settings.DEMO else timedelta())


def today() -> date:
    return day_of(now())


def move_to(moment: datetime) -> None:
    """Set the demo's clock, for every process. It runs on from there. Outside a demo: Refused."""
    if not settings.DEMO:
        raise Refused(NOT_A_DEMO)
    day_of(moment)
    offset = moment - datetime.now(ZONE)
    apps.get_model("kernel", "DemoClock").objects.update_or_create(id=1, defaults={"offset": offset})
    forget()


def forget() -> None:
    """Read the shared clock again at the next call."""
    global _seen
    _seen = None


def _offset() -> timedelta:
    global _seen
    if _seen is None or time.monotonic() - _seen[0] > _SECONDS:
        row = apps.get_model("kernel", "DemoClock").objects.filter(id=1).values_list("offset", flat=True).first()
        _seen = (time.monotonic(), row or timedelta())
    return _seen[1]
