"""Codes by SMS on pages. A page calls `send`, keeps `sent` in its context and shows `<c-code :sent="sent" error="…" />`."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from laihua.accounts import actions, queries
from laihua.kernel import clock
from laihua.kernel.texts import CHINESE, Text
from laihua.notifications.actions import send_sms

SMS = Text("【来华】验证码{code}，5分钟内有效。请勿告诉他人。",
           "[Laihua] Your code is {code}, valid for 5 minutes. Do not tell it to anybody.")
PROVED_FOR = timedelta(minutes=30)
NOBODY = "+8610000000000"


@dataclass(frozen=True, slots=True)
class Sent:
    """`demo_code` is shown beside the field, in a demo only. `wait` seconds until a new one may be asked for."""

    expires_at: datetime
    again_at: datetime
    demo_code: str | None

    @property
    def wait(self) -> int:
        return max(0, round((self.again_at - timezone.now()).total_seconds()))


def send(request: HttpRequest, *, phone: str, purpose: str, subject: str = "", text: Text = SMS, **words: Any) -> Sent:
    """Issue a code and send it. Raises Refused at the place `code`. The same is done, and as long, whether or not there is
    anybody to send it to: a message to nobody is written and taken back."""
    at = timezone.now()
    issued = actions.issue_code(request, phone=phone, purpose=purpose, subject=subject,
                                address=queries.address_of(request), at=at)
    with transaction.atomic():
        point = transaction.savepoint()
        send_sms(phone=phone or NOBODY, text=text.format(code=issued.code, **words), language=get_language() or CHINESE,
                 key=f"code:{issued.id}", at=clock.now())
        if issued.to_send:
            transaction.savepoint_commit(point)
        else:
            transaction.savepoint_rollback(point)
    sent = Sent(issued.expires_at, issued.again_at, issued.code if settings.DEMO else None)
    request.session[_key(purpose)] = [sent.expires_at.isoformat(), sent.again_at.isoformat(), sent.demo_code]
    return sent


def sent_before(request: HttpRequest, *, purpose: str) -> Sent | None:
    """What this session was sent for this purpose and may still type, so that a page shown again says so."""
    kept = request.session.get(_key(purpose))
    if not kept or datetime.fromisoformat(kept[0]) <= timezone.now():
        return None
    return Sent(datetime.fromisoformat(kept[0]), datetime.fromisoformat(kept[1]), kept[2] if settings.DEMO else None)


def check(request: HttpRequest, *, phone: str, purpose: str, subject: str = "") -> None:
    """The `code` of the sent form. Raises Refused at that place."""
    actions.check_code(request, phone=phone, purpose=purpose, subject=subject, code=request.POST.get("code", ""),
                       at=timezone.now())
    request.session.pop(_key(purpose), None)


def _key(purpose: str) -> str:
    return f"code:{purpose}"


def prove(request: HttpRequest, *, phone: str, purpose: str) -> None:
    """The phone is his: by the `code` of this form, or by one that this session gave a short while ago. A form that is
    refused for something else needs no second code."""
    if not is_proved(request, phone=phone, purpose=purpose):
        check(request, phone=phone, purpose=purpose)
        until = timezone.now() + PROVED_FOR
        request.session[_proof(purpose)] = [queries.phone_in_short(phone), until.isoformat()]


def is_proved(request: HttpRequest, *, phone: str, purpose: str) -> bool:
    kept = request.session.get(_proof(purpose))
    return kept is not None and kept[0] == queries.phone_in_short(phone) and datetime.fromisoformat(kept[1]) > timezone.now()


def forget_proof(request: HttpRequest, *, purpose: str) -> None:
    request.session.pop(_proof(purpose), None)


def _proof(purpose: str) -> str:
    return f"proved:{purpose}"
