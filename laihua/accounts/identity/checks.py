"""Asking the identity provider, until it answers, and keeping the answer.

While it cannot be reached nobody is refused: the check waits, and the job asks again after growing pauses, without an end.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone

from laihua.accounts.events import IdentityAnswered
from laihua.accounts.identity import providers
from laihua.accounts.identity.documents import TYPES
from laihua.accounts.identity.questions import Answer, PersonQuestion, Question, Unreachable
from laihua.accounts.models import Account, IdentityCheck
from laihua.accounts.permissions import SYSTEM, Actor
from laihua.kernel import events, jobs
from laihua.kernel.actions import record
from laihua.kernel.texts import Reason, Refused, Text

log = structlog.get_logger("laihua.accounts.identity")
PERSON, UNIT, MAIN_HANDLER = IdentityCheck.Target.PERSON, IdentityCheck.Target.UNIT, IdentityCheck.Target.MAIN_HANDLER
WAITING, WITHDRAWN = IdentityCheck.Status.WAITING, IdentityCheck.Status.WITHDRAWN
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)

LABELS = {
    "none": Text("未认证", "Not verified"),
    "waiting": Text("实名认证核验中…", "Being checked…"),
    "passed": Text("已通过", "Passed"),
    "failed": Text("失败", "Failed"),
    "pending": Text("实名认证审核中", "Under review"),
}
WHY_FAILED = {
    "document_bound": Text("证件号码已存在", "This document number exists already"),
    "unit_bound": Text("单位名称或信用代码已存在", "A unit with this name or credit code exists already"),
    "manual": Text("此项由人工审核，请上传证件", "An officer checks this one; please upload the documents"),
    "unknown": Text("自动核验没有查到相同的信息", "The automatic check found no such record"),
    "mismatch": Text("填写的信息与登记信息不一致", "What you gave differs from the record"),
}
DOCUMENT_BOUND = Reason("document_bound", Text("证件号码已存在", "This document number exists already"), place="document_number")
Source = Callable[[IdentityCheck], Question | None]
_sources: dict[str, Source] = {}


@dataclass(frozen=True, slots=True)
class RealName:
    """How real-name authentication stands: `none`, `waiting`, `passed`, `failed` or `pending`, and why it failed."""

    key: str
    reason: str = ""

    @property
    def label(self) -> Text:
        return LABELS[self.key]

    @property
    def why(self) -> Text | None:
        return WHY_FAILED.get(self.reason) if self.key == "failed" else None


def register_source(target: str, source: Source) -> None:
    """Units tell here what is asked about a unit and about its main handler."""
    _sources[target] = source


@transaction.atomic
def begin_identity_check(
    *, target: str, at: datetime, account_id: UUID | None = None, organisation_id: UUID | None = None, actor: Actor = SYSTEM,
) -> IdentityCheck:
    """Ask about this person, or about this unit or its main handler. An earlier question that still waits is withdrawn."""
    whose: dict[str, Any] = {"target": target, "account_id": account_id, "organisation_id": organisation_id}
    IdentityCheck.objects.filter(**whose, status=WAITING).update(status=WITHDRAWN)
    check = IdentityCheck.objects.create(**whose, asked_at=at)
    if account_id and target == PERSON:
        Account.objects.filter(id=account_id).update(real_name_status=Account.RealName.NONE)
    record(chain=_chain(check), action="begin_identity_check", actor=actor.account_id or "system",
           acting_for=actor.organisation_id, subject=account_id or organisation_id or "", at=at, data={"target": target})
    jobs.defer("accounts.jobs.ask_identity", check_id=check.id)
    return check


def ask(*, check_id: UUID, at: datetime) -> None:
    """Ask now, and keep the answer; without one, ask again later. Does nothing for a check that waits no longer."""
    check = IdentityCheck.objects.filter(id=check_id, status=WAITING).select_related("account").first()
    if check is None:
        return
    question = _sources[check.target](check)
    try:
        answer = providers.ask(question) if question else Answer(False, "unknown")
    except Exception as fault:  # whatever goes wrong on the way to the provider, nobody is refused for it
        if not isinstance(fault, Unreachable):
            log.exception("identity_provider_failed", check=str(check_id))
        _ask_later(check)
        return
    settle(check_id=check_id, answer=answer, at=at)


@transaction.atomic
def settle(*, check_id: UUID, answer: Answer, at: datetime) -> None:
    """What has been changed meanwhile is asked anew, so an answer counts only for the check that still waits."""
    check = IdentityCheck.objects.select_for_update(of=("self",)).filter(id=check_id, status=WAITING).first()
    if check is None:
        return
    if check.target == PERSON and check.account_id:
        answer = _put_person(check.account_id, answer)
    check.status = IdentityCheck.Status.PASSED if answer.passed else IdentityCheck.Status.FAILED
    check.reason, check.answered_at = answer.reason, at
    check.save(update_fields=["status", "reason", "answered_at"])
    record(chain=_chain(check), action="settle_identity_check", actor="system",
           subject=check.account_id or check.organisation_id or "", at=at,
           data={"target": check.target, "passed": answer.passed, "reason": answer.reason})
    events.publish(IdentityAnswered(
        check_id=check.id, target=check.target, account_id=check.account_id, organisation_id=check.organisation_id,
        passed=answer.passed, at=at,
    ))


@transaction.atomic
def withdraw(*, target: str, organisation_id: UUID) -> None:
    """Nothing is asked any more: the officer decides, or the unit became another kind."""
    IdentityCheck.objects.filter(target=target, organisation_id=organisation_id, status=WAITING).update(status=WITHDRAWN)


@transaction.atomic
def set_real_name(*, account_id: UUID, status: str, actor: Actor, at: datetime) -> None:
    """What an officer decides, or that one does now. Refused where the document is bound to another account (ACC-7)."""
    IdentityCheck.objects.filter(target=PERSON, account_id=account_id, status=WAITING).update(status=WITHDRAWN)
    if not _put_status(account_id, status):
        raise Refused(DOCUMENT_BOUND)
    record(chain=f"account:{account_id}", action="set_real_name", actor=actor.account_id or "system",
           acting_for=actor.organisation_id, subject=account_id, at=at, data={"status": status})


def real_name_of(account: Account) -> RealName:
    last = latest(target=PERSON, account_id=account.id)
    return stands(account.real_name_status, last)


def stands(status: str, last: IdentityCheck | None) -> RealName:
    """From the status that is kept and the last check that was made."""
    if last is not None and last.status == WAITING:
        return RealName("waiting")
    return RealName(status, last.reason if last is not None and status == "failed" else "")


def latest(*, target: str, account_id: UUID | None = None, organisation_id: UUID | None = None) -> IdentityCheck | None:
    whose: dict[str, Any] = {"account_id": account_id, "organisation_id": organisation_id}
    return IdentityCheck.objects.filter(target=target, **whose).exclude(status=WITHDRAWN).order_by("-asked_at", "-id").first()


def _ask_later(check: IdentityCheck) -> None:
    with transaction.atomic():
        IdentityCheck.objects.filter(id=check.id).update(tries=check.tries + 1)
        jobs.defer("accounts.jobs.ask_identity", at=timezone.now() + pause_after(check.tries + 1), check_id=check.id)


def pause_after(tries: int) -> timedelta:
    """30 seconds, a minute, two … an hour, and then every hour."""
    return min(FIRST_PAUSE * 2 ** min(tries - 1, 10), LONGEST_PAUSE)


def _put_person(account_id: UUID, answer: Answer) -> Answer:
    if _put_status(account_id, Account.RealName.PASSED if answer.passed else Account.RealName.FAILED):
        return answer
    _put_status(account_id, Account.RealName.FAILED)
    return Answer(False, "document_bound")


def _put_status(account_id: UUID, status: str) -> bool:
    """False where another account passed with the same document, be it a moment ago."""
    try:
        with transaction.atomic():
            Account.objects.filter(id=account_id).update(real_name_status=status)
    except IntegrityError:
        return False
    return True


def _question_of_person(check: IdentityCheck) -> Question | None:
    account = check.account
    if account is None or account.document_type not in TYPES:
        return None
    latin = TYPES[account.document_type].latin
    name = (account.name_latin or account.name_zh) if latin else (account.name_zh or account.name_latin)
    return PersonQuestion(name, account.document_type, account.document_number)


def _chain(check: IdentityCheck) -> str:
    return f"account:{check.account_id}" if check.account_id else f"organisation:{check.organisation_id}"


register_source(PERSON, _question_of_person)
