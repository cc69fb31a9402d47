"""Who knocks at every address, and at which cases: one hall, built once, in which nothing that they do stays."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from laihua.accounts import actions as accounts
from laihua.accounts.models import Account, Duplicate
from laihua.accounts.permissions import SYSTEM
from laihua.bulletins import actions as bulletins
from laihua.bulletins.models import Bulletin
from laihua.cases import actions as cases
from laihua.cases.invitations import invite
from laihua.cases.models import Case, Window
from laihua.kernel.actions import store_file
from laihua.kernel.texts import Text
from laihua.notifications.actions import Recipient, notify
from laihua.notifications.models import InboxMessage, OutboxMessage
from laihua.permits.models import Issued
from laihua.units.models import Enrolment
from tests import agencies, people
from tests import world as building
from tests.access.addresses import Address
from tests.cases import roster_service as roster
from tests.world import World

# The columns of the table. `subject` is the foreigner of the case; `revoked` was a pre-reviewer until a moment ago.
ROLES = (
    "visitor", "handler", "colleague", "stranger", "subject", "other", "reviewer", "clerk", "decider", "head", "elsewhere",
    "operator", "auditor", "no_code", "revoked",
)
SAME = {
    "colleague": "second_handler", "other": "other_person", "reviewer": "pre_reviewer",
    **{name: name for name in ("handler", "stranger", "subject", "clerk", "decider", "head", "operator", "auditor")},
}


@dataclass
class Hall:
    """`own`: the case of the table's people. `foreign`: of a unit, a person and an office that none of them belongs to."""

    world: World
    own: Case
    foreign: Case
    draft: Case
    clients: dict[str, Client] = field(default_factory=dict)
    papers: dict[UUID, UUID] = field(default_factory=dict)
    tokens: dict[UUID, str] = field(default_factory=dict)
    inbox_id: UUID = field(default_factory=uuid4)
    delegation_id: UUID = field(default_factory=uuid4)
    sign_in_id: UUID = field(default_factory=uuid4)
    outbox_id: UUID = field(default_factory=uuid4)
    duplicate_id: UUID = field(default_factory=uuid4)
    question_id: UUID = field(default_factory=uuid4)
    staff_id: UUID = field(default_factory=uuid4)
    bulletin: Bulletin = field(default_factory=Bulletin)


def build(at: datetime) -> Hall:
    world = building.build(at)
    own, foreign = building.submitted_case(world, at), _foreign_case(world, at)
    Window.objects.create(
        office=world.office, code="W1", name_zh="示例窗口1号", name_en="Example window 1", address_zh="示例路1号",
        address_en="1 Example Road", hours=[["09:00", "11:30"]],
    )
    cases.claim(case_id=own.id, actor=world.pre_reviewer, at=at)
    hall = Hall(world, own, foreign, building.complete_draft(world, at))
    for case in (own, foreign):
        hall.papers[case.id] = _paper(case, at)
        with transaction.atomic():
            hall.tokens[case.id] = invite(case, uuid4(), at)
    hall.inbox_id, hall.outbox_id = _message_to(world.accounts["handler"], at)
    hall.duplicate_id = Duplicate.objects.create(
        account=world.accounts["second_handler"], other=people.natural("look_alike"), system="one_network", same=["phone"], found_at=at,
        state="kept", decided_at=at,
    ).id
    hall.delegation_id = agencies.build(world, at).delegate(at).id
    hall.sign_in_id = accounts.note_sign_in(way="special", at=at, unit_name="示例单位", phone="+8613812345678").id
    hall.bulletin, hall.question_id = _boards(world, at)
    hall.staff_id = roster.member(world, at).id
    hall.clients = dict(_clients(world, at))
    return hall


def _foreign_case(world: World, at: datetime) -> Case:
    unit = building.new_unit("上海云栖生物科技有限公司", "Shanghai Yunqi Biotech Co., Ltd.", people.credit_code(77), at)
    office = people.office("另一示例审批机关")
    person = people.natural("foreign_subject")
    case = building.submitted_case(world, at)
    Case.objects.filter(id=case.id).update(unit=unit, office=office, subject=person, started_by=person)
    case.proceedings.update(office=office)
    case.refresh_from_db()
    return case


def _paper(case: Case, at: datetime) -> UUID:
    stored = store_file(content=building.pdf(), content_type="application/pdf", at=at)
    paper = Issued.objects.create(
        event_id=uuid4(), key="acceptance_slip", kind="notice", title_zh="受理单", title_en="Acceptance slip",
        number=case.number, case=case, proceeding=case.proceedings.get(), file=stored, issued_at=at,
    )
    return paper.id


def _boards(world: World, at: datetime) -> tuple[Bulletin, UUID]:
    """What is published in a system in which one handler is enrolled."""
    Enrolment.objects.create(system="expert_projects", organisation_id=world.unit.id, state="approved", changed_at=at)
    Enrolment.objects.create(system="expert_projects", account=world.accounts["handler"], state="approved", changed_at=at)
    texts = {"title_zh": "通知", "title_en": "Notice", "body_zh": "正文", "body_en": "Text"}
    made = bulletins.write(kind="notice", system="expert_projects", texts=texts, pinned=False, actor=world.operator, at=at)
    pdf = {"name": "a.pdf", "content": building.pdf(), "content_type": "application/pdf"}
    bulletins.attach(bulletin_id=made.id, **pdf, actor=world.operator, at=at)
    bulletins.publish(bulletin_id=made.id, begins=None, ends=None, actor=world.operator, at=at)
    asked = bulletins.ask(system="expert_projects", title="问题", text="如何申报？", actor=world.handler, at=at)
    return made, asked.id


def _message_to(account: Account, at: datetime) -> tuple[UUID, UUID]:
    notify(
        to=Recipient(account.id, "沈知遥", "zh-hans", "handler@example.com", ""), subject=Text("标题", "Title"),
        body=Text("正文", "Body"), sms=Text("", ""), link="/", key="access", at=at,
    )
    outbox = OutboxMessage.objects.get(key="access")
    OutboxMessage.objects.filter(id=outbox.id).update(state="dead")
    return InboxMessage.objects.get(key="access").id, outbox.id


def _clients(world: World, at: datetime) -> Iterator[tuple[str, Client]]:
    yield "visitor", Client(raise_request_exception=False)
    for role, name in SAME.items():
        yield role, _quiet(world.client(name))
    abroad = people.natural("officer_elsewhere")
    people.give(abroad, "pre_reviewer", people.office("第三示例审批机关").id)
    yield "elsewhere", _quiet(people.signed_in(abroad))
    yield "no_code", _quiet(people.signed_in(world.accounts["second_pre_reviewer"], second_factor=False))
    former = people.natural("former_officer")
    grant = people.give(former, "pre_reviewer", world.office.id)
    client = _quiet(people.signed_in(former))
    assert client.get("/").status_code == 200
    accounts.revoke_grant(grant_id=grant, actor=SYSTEM, at=at)
    yield "revoked", client


def _quiet(client: Client) -> Client:
    client.raise_request_exception = False
    return client


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """What happens inside leaves no trace, in the hall or in the browser, so that every visit finds the same."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies


def code_of(answer: HttpResponse) -> str:
    """A status as the table writes it: `in` and `2fa` are redirects into the sign-in."""
    if answer.status_code == 302:
        target = answer["Location"].partition("?")[0]
        return {"/sign-in/": "in", "/sign-in/totp/": "2fa"}.get(target, "302")
    return str(answer.status_code)


# What an address asks for, by the name of its argument. A new name needs a line here.
FILLERS: dict[str, Callable[[Hall, Case], Any]] = {
    "case_id": lambda hall, case: case.id,
    "service_id": lambda hall, case: building.WORK_PERMIT,
    "key": lambda hall, case: "passport",
    "slot": lambda hall, case: "passport",
    "place": lambda hall, case: "passport_number",
    "number": lambda hall, case: 1,
    "page": lambda hall, case: 1,
    "move": lambda hall, case: "withdraw",
    "captcha_id": lambda hall, case: uuid4(),
    "message_id": lambda hall, case: hall.inbox_id,
    "document_id": lambda hall, case: hall.papers.get(case.id, hall.papers[hall.own.id]),
    "token": lambda hall, case: hall.tokens.get(case.id, "unknown"),
    "name": lambda hall, case: "privacy",
    "code": lambda hall, case: "ABCD-EFGH-JKLM",
    "need": lambda hall, case: "filing",
    "client_id": lambda hall, case: uuid4(),
    "portal_id": lambda hall, case: "one_network",
}
FILLERS |= {
    "unit_id": lambda hall, case: hall.world.unit.id,
    "account_id": lambda hall, case: hall.world.accounts["second_handler"].id,
    "target": lambda hall, case: "unit",
}
FILLERS |= {
    "system": lambda hall, case: "one_network",
    "duplicate_id": lambda hall, case: hall.duplicate_id,
    "what": lambda hall, case: "phone",
    "purpose": lambda hall, case: "health",
}
FILLERS |= {
    "delegation_id": lambda hall, case: hall.delegation_id,
    "entry_id": lambda hall, case: hall.sign_in_id,
    "staff_id": lambda hall, case: hall.staff_id,
    "import_id": lambda hall, case: uuid4(),
    "kind": lambda hall, case: "csv",
    "what": lambda hall, case: "phone",
}
FILLERS |= {
    "bulletin_id": lambda hall, case: hall.bulletin.id,
    "attachment_id": lambda hall, case: hall.bulletin.attachments.get().id,
    "question_id": lambda hall, case: hall.question_id,
}
SPECIAL: dict[tuple[str, str], Callable[[Hall, Case], Any]] = {
    **{(f"account:{name}", "system"): lambda hall, case: "expert_projects" for name in (
        "bulletin", "bulletin-file", "bulletins", "question", "questions")},
    ("officer:unmask", "key"): lambda hall, case: "passport_number",
    ("applicant:form-pdf", "key"): lambda hall, case: "application_form",
    ("operator:requeue", "message_id"): lambda hall, case: hall.outbox_id,
}


def visit(hall: Hall, role: str, method: str, url: str, **how: Any) -> HttpResponse:
    client = hall.clients[role]
    with undone(client):
        return getattr(client, method.lower())(url, **how)


def url_of(hall: Hall, address: Address, case: Case | None = None) -> str:
    """The address for this case; without one, for a case that does not exist."""
    case = case or Case(id=uuid4(), number="WP-20261112-9999")
    named = {name: SPECIAL.get((address.name, name), FILLERS[name])(hall, case) for name in address.wants}
    return reverse(address.name, kwargs=named)
