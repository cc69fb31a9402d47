"""Captchas: five digits, shown as a picture or spoken, good for one try. Offered through `actions`."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from laihua.accounts.models import Captcha
from laihua.kernel.texts import Reason, Refused, Text

LENGTH = 5
LASTS = timedelta(minutes=5)
CAPTCHA_WRONG = Reason("captcha_wrong", Text(
    "图形验证码不正确或已过期，请按新的图片输入", "The captcha was wrong or has expired. Please type the digits of the new one"),
    place="captcha")


def new_captcha(at: datetime) -> UUID:
    digits = "".join(secrets.choice("0123456789") for _ in range(LENGTH))
    return Captcha.objects.create(answer=digits, expires_at=at + LASTS).id


def check_captcha(*, captcha_id: UUID | str, answer: str, at: datetime) -> None:
    """Refused for a wrong, an old and a used one alike, in the same words. Right or wrong, it is used up.

    Not within a transaction of the caller: what he undoes afterwards must not bring the captcha back.
    """
    if not _is_right(captcha_id, "".join(answer.split()), at):
        raise Refused(CAPTCHA_WRONG)


def answer_of(captcha_id: UUID, *, at: datetime) -> str:
    """For picture and sound. Empty where there is none."""
    row = Captcha.objects.filter(id=captcha_id, expires_at__gt=at).first()
    return row.answer if row else ""


def forget_expired(*, at: datetime) -> int:
    return Captcha.objects.filter(expires_at__lte=at).delete()[0]


@transaction.atomic
def _is_right(captcha_id: UUID | str, answer: str, at: datetime) -> bool:
    try:
        row = Captcha.objects.select_for_update().filter(id=UUID(str(captcha_id))).first()
    except ValueError:
        return False
    if row is None:
        return False
    right = row.expires_at > at and secrets.compare_digest(row.answer.encode(), answer.encode())
    row.delete()
    return right
