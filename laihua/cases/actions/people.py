"""The foreigner comes to his case by invitation; both sides write to each other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.crypto import constant_time_compare

from laihua.accounts.permissions import Actor
from laihua.cases import store
from laihua.cases.actions.lock import locked
from laihua.cases.invitations import digest
from laihua.cases.models import Case, Invitation, Message, Proceeding
from laihua.cases.queries.dossier import Dossier
from laihua.catalog import queries as catalog
from laihua.catalog.definitions import Field
from laihua.kernel import jobs
from laihua.kernel.texts import Reason, Refused, Text

WRONG_ANSWERS = 5
Then = TypeVar("Then")


@transaction.atomic
def invite_subject(*, case_id: UUID, actor: Actor, at: datetime) -> None:
    """The handler sends the invitation (again). Refused once the subject is linked, or while his address is missing."""
    now = locked(case_id, actor=actor, at=at)
    if "unit" not in now.here or now.case.closed_at is not None:
        raise Refused(Reason("wrong_end", Text("邀请由用人单位发出。", "The employer sends the invitation.")))
    if now.case.subject_id is not None:
        raise Refused(Reason("linked", Text("申请人已经关联到此件。", "The applicant is already linked to this case.")))
    needed = [now.service.subject_email, *now.service.subject_check]
    missing = [k for k in needed if not now.case.answers.get(k)]
    if missing:
        labels = [now.service.field_keys()[k].label for k in missing]
        raise Refused(
            Reason(
                "address_missing",
                Text(
                    "请先填写{list}，邀请才能发出并核对身份。",
                    "Fill in {list} first, so that the invitation can be sent and checked.",
                ).format(
                    list=Text("、".join(t.zh for t in labels), ", ".join(t.en for t in labels))
                ),
                place=missing[0],
            )
        )
    jobs.defer("cases.jobs.announce", event_id=str(store.record(now, "invite", by=["unit"])))


@dataclass(frozen=True, slots=True)
class Invited:
    """What the holder of a link may see before he has shown who he is."""

    case_id: UUID
    unit_name: Text
    service_title: Text
    case_number: str
    checks: tuple[Field, ...]


class InvitationEnded(Exception):
    """Unknown, used, revoked, expired or too often answered wrongly: from outside all the same."""


def read_invitation(*, token: str, at: datetime) -> Invited:
    invitation = live_invitation(token, at)
    case = invitation.case
    service = catalog.version(case.version_id).service
    fields = service.field_keys()
    unit = Text(case.unit.name_zh, case.unit.name_en or case.unit.name_zh) if case.unit else Text("", "")
    return Invited(case.id, unit, service.title, case.number, tuple(fields[k] for k in service.subject_check))


def live_invitation(token: str, at: datetime, *, lock: bool = False) -> Invitation:
    rows = Invitation.objects.select_related("case", "case__unit")
    if lock:
        rows = rows.select_for_update(of=("self",))
    invitation = rows.filter(token_digest=digest(token)).first()
    if (
        invitation is None
        or invitation.accepted_at is not None
        or invitation.revoked_at is not None
        or invitation.expires_at < at
        or invitation.wrong_answers >= WRONG_ANSWERS
    ):
        raise InvitationEnded
    return invitation


def accept_invitation(*, token: str, known: Mapping[str, str], account_id: UUID, at: datetime) -> UUID:
    """Link the account to the case, if its holder knows what the form says of him. Refused like `check_invitation`."""
    return answered(token, known, at, lambda case, invitation: link(case, invitation, account_id, at))


def check_invitation(*, token: str, known: Mapping[str, str], at: datetime) -> Case:
    """Whether the visitor knows what the form says of him, before an account is made for him.

    Refused with one reason for every wrong answer, never which one; after five the link ends and the handler is asked
    for a new one. The count of wrong answers is kept even though the link is refused.
    """
    return answered(token, known, at, lambda case, invitation: case)


def answered(token: str, known: Mapping[str, str], at: datetime, then: Callable[[Case, Invitation], Then]) -> Then:
    with transaction.atomic():
        invitation = live_invitation(token, at, lock=True)
        case = Case.objects.select_for_update(of=("self",)).get(id=invitation.case_id)
        if knows(case, known):
            return then(case, invitation)
        invitation.wrong_answers += 1
        invitation.save(update_fields=["wrong_answers"])
    raise Refused(
        Reason(
            "not_recognised",
            Text(
                "填写的信息与申请表不一致，请对照护照再试。还可以试{n}次。",
                "This does not match the application. Check your passport and try again; {n} tries left.",
            ).format(n=WRONG_ANSWERS - invitation.wrong_answers),
        )
    )


def knows(case: Case, known: Mapping[str, str]) -> bool:
    definition = catalog.version(case.version_id)
    checks = [
        constant_time_compare(str(case.answers.get(key) or ""), str(definition.clean(key, known.get(key, "")).value or ""))
        for key in definition.service.subject_check
    ]
    return bool(checks) and all(checks) and all(case.answers.get(k) for k in definition.service.subject_check)


def link(case: Case, invitation: Invitation, account_id: UUID, at: datetime) -> UUID:
    if case.subject_id not in (None, account_id):
        raise InvitationEnded
    case.subject_id = account_id
    case.save(update_fields=["subject"])
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    proceeding = Proceeding.objects.get(case=case, key="main")
    actor = Actor(account_id=account_id, name="", roles=frozenset())
    store.record(Dossier(case, proceeding, actor, at), "link", by=["subject"])
    return case.id


@transaction.atomic
def write_message(*, case_id: UUID, text: str, actor: Actor, at: datetime, proceeding: str = "main") -> Message:
    """A line between the applicant's side and the office. Empty or over 1,000 characters is refused."""
    now = locked(case_id, actor=actor, at=at, proceeding=proceeding)
    text = text.strip()
    if not text or len(text) > 1000:
        raise Refused(
            Reason("text_length", Text("请写1至1000个字。", "Write between 1 and 1,000 characters."), place="text")
        )
    return Message.objects.create(
        case=now.case, author_id=actor.person_id, role=store.role_in(now, ("unit", "subject", now.step.by)), text=text, at=at
    )


