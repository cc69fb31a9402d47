"""What the platform's decisions about real names and appeals change, and the status while it decides."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from laihua.accounts import actions as accounts
from laihua.accounts import queries as people
from laihua.cases.claims import claimed_account
from laihua.cases.effects import effect
from laihua.kernel.texts import Reason, Refused, Text
from laihua.notifications.actions import Recipient, notify
from laihua.units import actions as units

if TYPE_CHECKING:
    from laihua.cases.queries.dossier import Dossier

NO_ACCOUNT = Reason("claimed_account_gone", Text("没有与申诉信息相符的账号", "No account fits what the appeal says"))
NEW_PASSWORD = Text("账号申诉通过", "Your appeal was approved")
LINK = Text(
    "账号申诉已通过，请在24小时内打开链接重设密码，链接只能使用一次，请勿转发：{url}",
    "Your appeal was approved. Set a new password within 24 hours; the link works once, do not pass it on: {url}",
)


@effect
def begin_person_review(dossier: "Dossier", at: datetime) -> None:
    """实名认证审核中."""
    _set_person(dossier, "pending", at)


@effect
def confirm_person(dossier: "Dossier", at: datetime) -> None:
    """Refused where the document is bound to another account by now."""
    _set_person(dossier, "passed", at)


@effect
def reject_person(dossier: "Dossier", at: datetime) -> None:
    """After a refusal, and when the person takes the documents back. A draft has changed nothing yet."""
    if dossier.state.step != dossier.service.first_step:
        _set_person(dossier, "failed", at)


@effect
def begin_unit_review(dossier: "Dossier", at: datetime) -> None:
    _set_unit(dossier, "pending", at)


@effect
def confirm_unit(dossier: "Dossier", at: datetime) -> None:
    """Refused where another unit has the name or the credit code by now."""
    _set_unit(dossier, "passed", at)


@effect
def reject_unit(dossier: "Dossier", at: datetime) -> None:
    if dossier.state.step != dossier.service.first_step:
        _set_unit(dossier, "failed", at)


@effect
def send_person_link(dossier: "Dossier", at: datetime) -> None:
    _send_link(dossier, at)


@effect
def send_unit_link(dossier: "Dossier", at: datetime) -> None:
    _send_link(dossier, at)


def _send_link(dossier: "Dossier", at: datetime) -> None:
    """To the phone that was proved, by SMS alone: neither inbox nor e-mail holds the link.

    Links run on the machine's clock, as signing in does.
    """
    account_id = claimed_account(dossier.answers)
    if account_id is None:
        raise Refused(NO_ACCOUNT)
    to = people.contact_of(_subject(dossier))
    token = accounts.make_password_link(account_id=account_id, at=timezone.now())
    notify(
        to=Recipient(None, to.name, to.language, "", to.phone), subject=NEW_PASSWORD, body=NEW_PASSWORD,
        sms=LINK.format(url=f"{settings.PUBLIC_URL.rstrip('/')}/password/{token}/"), link="",
        key=f"password_link:{dossier.case.id}", at=at,
    )


def _set_person(dossier: "Dossier", status: str, at: datetime) -> None:
    accounts.set_real_name(account_id=_subject(dossier), status=status, actor=dossier.actor, at=at)


def _set_unit(dossier: "Dossier", status: str, at: datetime) -> None:
    if dossier.case.unit_id is None:
        raise LookupError("a unit's real name has a unit")
    units.set_unit_real_name(
        unit_id=dossier.case.unit_id, target=str(dossier.answers["target"]), status=status, actor=dossier.actor, at=at
    )


def _subject(dossier: "Dossier") -> UUID:
    if dossier.case.subject_id is None:
        raise LookupError("the case is a person's own")
    return dossier.case.subject_id
