"""One's open sessions: which there are, ending one, ending all others. Offered through `actions` and `queries`.

They run on the machine's clock, as the limits of a session do.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest

from laihua.accounts.models import Session
from laihua.accounts.session_store import HANDLE
from laihua.kernel.actions import record

_BROWSERS = (
    ("MicroMessenger", "微信 WeChat"), ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS X", "macOS"), ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """`handle` names it on the page. `device` is empty where the browser said nothing."""

    handle: UUID
    device: str
    begun_at: datetime | None
    seen_at: datetime | None
    is_this: bool


def device_in_words(user_agent: str) -> str:
    """`Chrome 131 · Windows`, by what the browser says of itself; empty where nothing is recognised."""
    browser = next((f"{name} {version[0]}" for token, name in _BROWSERS
                    if (version := re.findall(rf"{token}\w*/(\d+)", user_agent))), "")
    system = next((name for token, name in _SYSTEMS if token in user_agent), "")
    return " · ".join(part for part in (browser, system) if part)


def open_sessions(request: HttpRequest, *, account_id: UUID, at: datetime) -> list[OpenSession]:
    """This one first, then the last used. Without those that the idle limit has ended."""
    idle = at - timedelta(seconds=settings.SESSION_IDLE)
    rows = Session.objects.filter(account_id=account_id, expire_date__gt=at).filter(
        Q(seen_at__gt=idle) | Q(seen_at=None)).order_by("-seen_at", "handle")
    mine = _handle(request)
    found = [OpenSession(row.handle, row.device, row.begun_at, row.seen_at, row.handle == mine) for row in rows]
    return sorted(found, key=lambda session: not session.is_this)


@transaction.atomic
def end_session(*, account_id: UUID, handle: UUID, at: datetime) -> bool:
    """Only one's own; whether there was one."""
    ended = Session.objects.filter(account_id=account_id, handle=handle).delete()[0]
    if ended:
        record(chain=f"account:{account_id}", action="end_session", actor=account_id, subject=account_id, at=at)
    return bool(ended)


@transaction.atomic
def end_sessions(*, account_id: UUID, at: datetime, actor: UUID | str, but: HttpRequest | None = None) -> int:
    """Every session of the account, or every one but that of the request; how many."""
    rows = Session.objects.filter(account_id=account_id)
    mine = _handle(but) if but is not None else None
    ended = (rows.exclude(handle=mine) if mine else rows).delete()[0]
    record(chain=f"account:{account_id}", action="end_sessions", actor=actor, subject=account_id, at=at,
           data={"ended": ended})
    return ended


def forget_expired(*, at: datetime) -> int:
    return Session.objects.filter(expire_date__lt=at).delete()[0]


def _handle(request: HttpRequest) -> UUID | None:
    handle = request.session.get(HANDLE)
    return UUID(handle) if handle else None
