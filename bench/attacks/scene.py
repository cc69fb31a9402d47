"""What an attacker has: as many addresses and browsers as he likes, eyes for captchas, and a clock that does not wait."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

PASSWORD = "correct horse 9 battery"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `stops` is read from the code; `through` is what was counted."""

    attack: str
    tries: int
    stops: str
    through: str
    met: bool
    seconds: float = 0.0

    @property
    def result(self) -> str:
        return "met" if self.met else "missed"


@dataclass
class Clock:
    at: datetime

    def forward(self, by: timedelta) -> None:
        self.at += by


@dataclass
class Scene:
    """`world` of tests/world.py and `them` of tests/agencies.py: the invented people who are attacked."""

    world: Any
    them: Any
    at: datetime
    rows: list[Row] = field(default_factory=list)

    def browser(self, address: int = 0, **headers: str) -> Any:
        from django.conf import settings
        from django.test import Client

        return Client(HTTP_HOST=settings.ALLOWED_HOSTS[0], REMOTE_ADDR=f"203.0.{address // 250}.{address % 250 + 1}", **headers)

    @contextmanager
    def day(self) -> Iterator[Clock]:
        """A day of China from its first minute on, for every limit that the hall counts."""
        from django.utils import timezone

        from laihua.kernel.calendar import ZONE

        midnight = timezone.now().astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        clock = Clock(midnight)
        with patch("django.utils.timezone.now", lambda: clock.at):
            yield clock

    def anew(self) -> None:
        """As if nobody had tried anything yet."""
        from laihua.accounts.models import SmsCode, Tally

        Tally.objects.all().delete()
        SmsCode.objects.all().delete()


@contextmanager
def timed() -> Iterator[Callable[[], float]]:
    begun = time.perf_counter()
    yield lambda: time.perf_counter() - begun


def captcha() -> dict[str, str]:
    """One that a person has read for the attacker."""
    from django.utils import timezone

    from laihua.accounts import actions, queries

    made = actions.new_captcha(at=timezone.now())
    return {"captcha_id": str(made), "captcha": queries.captcha_answer(made, at=timezone.now())}


def last_code() -> str:
    """What the newest SMS says: the attacker who may read it tries to use it where it is no good."""
    from laihua.notifications.models import OutboxMessage

    found = re.search(r"\d{6}", OutboxMessage.objects.filter(channel="sms").latest("created_at").text)
    assert found
    return found[0]


def in_words(span: timedelta) -> str:
    seconds = int(span.total_seconds())
    for size, name in ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second")):
        if seconds % size == 0:
            return f"{seconds // size} {name}{'s' if seconds // size != 1 else ''}"
    return str(span)


def limit(found: Any) -> str:
    """A `rules.Limit` in words."""
    return f"{found.failures} in {in_words(found.pause)}"


def signed_in(client: Any) -> bool:
    return "_auth_user_id" in client.session
