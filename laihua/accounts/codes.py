"""Codes by SMS: six digits that prove a phone, for one purpose, in the session that asked. Offered through `actions`.

What a stranger sees does not depend on whether a code was sent. Where he types a phone, its limits are told to him. Where
he types something else, such as a login name (`subject`), he is told the limits of that; those of the phone behind it are
counted in silence, and an unknown name gets a code that nobody can type.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from laihua.accounts import attempts, rules
from laihua.accounts.attempts import Counted
from laihua.accounts.models import SmsCode
from laihua.kernel.calendar import ZONE, day_of
from laihua.kernel.crypto import blind_index, normalised
from laihua.kernel.texts import Reason, Refused, Text

LASTS = timedelta(minutes=5)
WRONG_GUESSES = 5
BEARER = "code_bearer"
CODE_WRONG = Reason("code_wrong", Text(
    "短信验证码不正确或已失效，请核对后重新输入，或重新发送",
    "This code is wrong or no longer valid. Check it, or have a new one sent"), place="code")


@dataclass(frozen=True, slots=True)
class Issued:
    """`code` is what the SMS says. Where `to_send` is False, nothing may be sent, and nobody may notice."""

    id: UUID
    code: str
    to_send: bool
    expires_at: datetime
    again_at: datetime


def issue_code(
    request: HttpRequest, *, phone: str, purpose: str, address: str, at: datetime, subject: str = "",
) -> Issued:
    """A new code; an earlier one of this session and purpose ends. Refused beyond the limits (place `code`).

    `phone` may be empty where `subject` leads to none: the same is done, and `to_send` says no.
    """
    known = subject or normalised("phone", phone)
    _require_within_limits(known, address, at)
    within = not subject or _is_within_limits_of_phone(normalised("phone", phone) or f"none\0{known}", at)
    to_send = bool(phone) and within
    digest, code = _bearer(request), f"{secrets.randbelow(10**6):06d}"
    with transaction.atomic():
        SmsCode.objects.filter(session_digest=digest, purpose=purpose, ended_at=None).update(ended_at=at)
        row = SmsCode(
            purpose=purpose, phone_index=_index(phone if to_send else "", known), session_digest=digest, sent_at=at,
            expires_at=at + LASTS,
        )
        row.code_digest = _digest(row.id, code)
        row.save(force_insert=True)
    return Issued(row.id, code, to_send, row.expires_at, at + rules.CODE_PAUSE.pause)


def check_code(
    request: HttpRequest, *, phone: str, purpose: str, code: str, at: datetime, subject: str = "",
) -> None:
    """Refused in the same words for a wrong, an old and a used code. Not within a transaction of the caller, since a
    wrong guess must stay counted."""
    known = subject or normalised("phone", phone)
    mine = SmsCode.objects.filter(session_digest=_bearer(request), purpose=purpose, ended_at=None)
    row = mine.order_by("-sent_at").first()
    if row is None or row.expires_at <= at or not _guess(row.id):
        raise Refused(CODE_WRONG)
    is_right = hmac.compare_digest(bytes(row.code_digest), _digest(row.id, "".join(code.split())))
    is_his = bool(phone) and hmac.compare_digest(bytes(row.phone_index), _index(phone, known))
    if not (is_right and is_his and SmsCode.objects.filter(id=row.id, ended_at=None).update(ended_at=at)):
        raise Refused(CODE_WRONG)


def has_open_code(request: HttpRequest, *, purpose: str, at: datetime) -> bool:
    """Whether this session waits for a code, so that the page asks for it."""
    return SmsCode.objects.filter(
        session_digest=_bearer(request), purpose=purpose, ended_at=None, expires_at__gt=at
    ).exists()


def forget_expired(*, at: datetime) -> int:
    return SmsCode.objects.filter(expires_at__lte=at).delete()[0]


def _guess(row_id: UUID) -> bool:
    """Counted before it is compared, so that many at once cannot slip through together."""
    return bool(
        SmsCode.objects.filter(id=row_id, ended_at=None, wrong__lt=WRONG_GUESSES).update(wrong=F("wrong") + 1)
    )


def _require_within_limits(known: str, address: str, at: datetime) -> None:
    until = attempts.count([Counted("code-pause", known, rules.CODE_PAUSE)], at=at)
    if until:
        raise Refused(rules.code_too_soon(until - at))
    until = attempts.count([
        Counted("code-day", f"{known}\0{day_of(at)}", rules.CODES_A_DAY),
        Counted("code-address", f"{address}\0{at.astimezone(ZONE):%Y%m%d%H}", rules.CODES_OF_ADDRESS),
    ], at=at)
    if until:
        raise Refused(rules.CODES_USED_UP)


def _is_within_limits_of_phone(number: str, at: datetime) -> bool:
    return attempts.count([
        Counted("code-pause", number, rules.CODE_PAUSE),
        Counted("code-day", f"{number}\0{day_of(at)}", rules.CODES_A_DAY),
    ], at=at) is None


def _bearer(request: HttpRequest) -> bytes:
    """The session, by a secret of its own that survives a new session id."""
    if BEARER not in request.session:
        request.session[BEARER] = secrets.token_hex(16)
    return _keyed("bearer", request.session[BEARER])


def _index(phone: str, known: str) -> bytes:
    return blind_index("phone", phone) if phone else _keyed("subject", known)[:16]


def _digest(row_id: UUID, code: str) -> bytes:
    return _keyed("code", f"{row_id}\0{code}")


def _keyed(label: str, value: str) -> bytes:
    return hmac.digest(settings.INDEX_KEY, f"sms:{label}\0{value}".encode(), "sha256")
