"""Closing an account at its owner's wish (个人信息保护法 art. 47): what may go is overwritten at once, what must stay stays."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from laihua.accounts.events import AccountErased
from laihua.accounts.models import (
    Account,
    Duplicate,
    FederatedIdentity,
    Grant,
    HandlerProof,
    PasswordLink,
    Session,
    SmsCode,
    TotpDevice,
)
from laihua.accounts.password_again import confirm_password
from laihua.accounts.permissions import ROLES, Side
from laihua.kernel import events
from laihua.kernel.actions import record
from laihua.kernel.texts import Reason, Refused, Text

OFFICER = Reason("officer", Text(
    "您还有审核或平台岗位的授权，请先由管理员撤销", "You still hold a post as an officer; have it revoked first"))
LAST_ADMIN = Reason("last_admin", Text(
    "您是“{unit}”唯一的管理员，请先授权另一位管理员",
    "You are the only administrator of “{unit}”; give the role to somebody else first"))
HELD = Reason("held", Text(
    "账号疑似重复，管理员处理后可以注销", "The account is suspected to be a duplicate; it can be closed once that is settled"))


def erase_account(*, account_id: UUID, password: str, at: datetime) -> None:
    """Close the account and overwrite what names its owner. Refused, with every reason, while something depends on it:
    a wrong password, an officer's post, the only administrator of a unit, open cases and delegations of the apps above.

    What stays: closed cases and permits, the sign-in log, the audit trail, and an empty account that they point to.
    """
    confirm_password(account_id=account_id, password=password, at=at)
    _erase(account_id, at)


@transaction.atomic
def _erase(account_id: UUID, at: datetime) -> None:
    account = Account.objects.select_for_update().get(id=account_id)
    if reasons := reasons_to_stay(account_id):
        raise Refused(*reasons)
    events.publish(AccountErased(account_id, at))
    Grant.objects.filter(account=account, revoked_at=None).update(revoked_at=at, revoked_by=account)
    if account.phone_index is not None:
        SmsCode.objects.filter(phone_index=account.phone_index).delete()
    for table in (FederatedIdentity, PasswordLink, HandlerProof, TotpDevice):
        table.objects.filter(account=account).delete()
    Session.objects.filter(account_id=account_id).delete()
    _overwrite(account, at)
    record(chain=f"account:{account_id}", action="erase_account", actor=account_id, subject=account_id, at=at)


def reasons_to_stay(account_id: UUID) -> list[Reason]:
    """Why this account cannot be closed now, as far as accounts know."""
    grants = list(Grant.objects.filter(account_id=account_id, revoked_at=None).select_related("organisation"))
    reasons = [OFFICER] if any(ROLES[g.role].side in (Side.AUTHORITY, Side.EXPERT, Side.HALL) for g in grants if g.role in ROLES) else []
    for grant in grants:
        others = Grant.objects.filter(organisation=grant.organisation, role="unit_admin", revoked_at=None).exclude(
            account_id=account_id)
        if grant.role == "unit_admin" and not others.exists():
            unit = Text(grant.organisation.name_zh, grant.organisation.name_en or grant.organisation.name_zh)
            reasons.append(Reason(LAST_ADMIN.code, LAST_ADMIN.text.format(unit=unit)))
    if Duplicate.objects.filter(account_id=account_id, state=Duplicate.State.OPEN).exists():
        reasons.append(HELD)
    return reasons


def _overwrite(account: Account, at: datetime) -> None:
    for name in ("name_zh", "name_latin", "phone", "email", "document_number", "document_type"):
        setattr(account, name, "")
    account.phone_index = account.email_index = account.document_index = None
    account.document_until, account.personal = None, {}
    account.login_name = f"closed-{account.id}"
    account.real_name_status = Account.RealName.NONE
    account.is_active, account.erased_at = False, at
    account.set_unusable_password()
    account.save()
