"""Password links: whoever has one may set a new password once, within its time. Offered through `actions`."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from laihua.accounts.models import Account, PasswordLink
from laihua.kernel.actions import record
from laihua.kernel.texts import Reason, Refused, Text

AFTER_CODE, AFTER_APPEAL = timedelta(minutes=30), timedelta(hours=24)
LINK_ENDED = Reason("link_ended", Text(
    "该链接已使用或已失效，请重新找回密码", "This link was used or has expired. Please recover your password again"))


@transaction.atomic
def make_password_link(*, account_id: UUID, at: datetime, lasts: timedelta = AFTER_APPEAL) -> str:
    """The token for `/password/<token>/`. Earlier links of the account end."""
    PasswordLink.objects.filter(account_id=account_id, used_at=None).update(expires_at=at)
    token = secrets.token_urlsafe(32)
    PasswordLink.objects.create(
        account_id=account_id, token_digest=_digest(token), created_at=at, expires_at=at + lasts
    )
    record(chain=f"account:{account_id}", action="make_password_link", actor="system", subject=account_id, at=at)
    return token


def account_of_link(token: str, *, at: datetime) -> Account | None:
    """Whose password the link sets, while it may be used."""
    link = PasswordLink.objects.filter(token_digest=_digest(token), used_at=None, expires_at__gt=at)
    found = link.select_related("account").first()
    return found.account if found and found.account.is_active else None


def use_link(token: str, *, at: datetime) -> Account:
    """Within the transaction that sets the password. Refused when it was used or has ended, also for the second of two at
    once."""
    account = account_of_link(token, at=at)
    taken = PasswordLink.objects.filter(
        token_digest=_digest(token), used_at=None, expires_at__gt=at
    ).update(used_at=at)
    if account is None or not taken:
        raise Refused(LINK_ENDED)
    return account


def forget_expired(*, at: datetime) -> int:
    return PasswordLink.objects.filter(expires_at__lte=at).delete()[0]


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
