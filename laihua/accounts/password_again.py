"""Asking for the password once more, before something that a passer-by at an open session must not do."""

from datetime import datetime
from uuid import UUID

from laihua.accounts import attempts, rules
from laihua.accounts.attempts import Counted
from laihua.accounts.models import Account
from laihua.kernel.calendar import ZONE
from laihua.kernel.texts import Reason, Refused, Text

WRONG = Reason("password_wrong", Text("密码错误，没有办理", "Wrong password; nothing was done"), place="password")
NO_PASSWORD = Reason("no_password", Text(
    "这个账号没有设置密码，请先在登录页通过“忘记密码”设置",
    "This account has no password; please set one first by “Forgotten password” on the sign-in page"), place="password")


def confirm_password(*, account_id: UUID, password: str, at: datetime) -> None:
    """Refuses a wrong password, and too many of them. Not atomic: a failed attempt must stay counted."""
    mine = Counted("password_again", str(account_id), rules.NAME_AND_ADDRESS)
    until = attempts.count([mine], at=at)
    if until:
        locked = rules.locked_out(until.astimezone(ZONE))
        raise Refused(Reason(locked.code, locked.text, place="password"))
    account = Account.objects.get(id=account_id)
    if not account.has_usable_password():
        raise Refused(NO_PASSWORD)
    if not account.check_password(password):
        raise Refused(WRONG)
    attempts.forgive(cleared=mine)
