"""Real names by an officer and appeals: from the upload to the SMS, and who learns what."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from laihua.accounts import actions as accounts
from laihua.accounts.links import account_of_link
from laihua.accounts.models import Account
from laihua.accounts.permissions import SYSTEM, Actor
from laihua.cases import actions as cases
from laihua.cases import queries
from laihua.kernel import jobs
from laihua.kernel.texts import Refused
from laihua.notifications.models import OutboxMessage
from laihua.units.models import Unit
from tests import world as building
from tests.world import World

NUMBER = "000101199502080032"
PERSON, UNIT = "account.real_name_person", "account.real_name_unit"
APPEAL, UNIT_APPEAL = "account.appeal_person", "account.appeal_unit"
CLAIM = {"name": "苏晚照", "document_type": "resident_id", "document_number": NUMBER, "declare_own": True}
UNIT_CLAIM = {"unit_name": "上海砚桥精密仪器有限公司", "credit_code": "91310115MA1HEXAM5R", "name_changed": False, "name": "沈怀瑾",
              "document_type": "resident_id", "document_number": "00010119910412006X", "declare_unit": True}


def known_as(account: Account, status: str = "failed", name: str = "苏晚照", number: str = NUMBER) -> Account:
    account.name_zh, account.document_type, account.document_number = name, "resident_id", number
    account.document_index, account.real_name_status = number, status
    account.save()
    return account


def filed(service: str, actor: Actor, at: datetime, answers: dict[str, Any]) -> Any:
    """Started, filled in, with a picture in every slot that is asked for, and submitted."""
    case = cases.start_case(service_id=service, actor=actor, at=at)
    cases.save_answers(case_id=case.id, changes=answers, base=case.revision, actor=actor, at=at)
    for view in queries.dossier(case.id, actor=actor, at=at).slots:
        if view.required:
            building.put_file(case.id, view.slot, actor, at)
    cases.move(case_id=case.id, move="submit", actor=actor, at=at)
    return case


def decide(case: Any, move: str, officer: Actor, at: datetime) -> None:
    cases.claim(case_id=case.id, actor=officer, at=at)
    items = [i.id for i in queries.dossier(case.id, actor=officer, at=at).items]
    if items:
        cases.record_verdicts(case_id=case.id, items=items, result="accepted", actor=officer, at=at)
    cases.move(case_id=case.id, move=move, actor=officer, at=at, text="证件与账号信息不符" if move == "refuse" else "")


def texts_to(phone: str) -> list[str]:
    jobs.run_waiting()
    return [row.text for row in OutboxMessage.objects.filter(channel="sms") if row.recipient == phone]


@pytest.fixture
def visitor(db: None, world: World, at: datetime) -> Actor:
    account = accounts.visitor_of(phone="+8613900000077", at=at)
    return Actor(account_id=account.id, name="", kind="visitor")


@pytest.mark.req("ACC-6")
@pytest.mark.parametrize(("move", "status"), [("approve", "passed"), ("refuse", "failed")])
def test_a_person_is_decided_by_the_platform_and_told_by_sms(world: World, at: datetime, move: str, status: str) -> None:
    me = known_as(world.accounts["subject"])
    case = filed(PERSON, world.subject, at, {"declare_own": True})
    assert Account.objects.get(id=me.id).real_name_status == "pending"
    assert queries.dossier(case.id, actor=world.registrar, at=at).promise.on.isoformat() == "2026-11-13"
    decide(case, move, world.registrar, at)
    assert Account.objects.get(id=me.id).real_name_status == status
    assert any(case.number in text for text in texts_to(me.phone))


@pytest.mark.req("ACC-6")
def test_no_other_office_sees_it(world: World, at: datetime) -> None:
    known_as(world.accounts["subject"])
    case = filed(PERSON, world.subject, at, {"declare_own": True})
    for who in (world.local_registrar, world.pre_reviewer, world.handler):
        with pytest.raises(queries.NotYours):
            queries.dossier(case.id, actor=who, at=at)


@pytest.mark.req("ACC-6")
def test_taken_back_it_is_as_before(world: World, at: datetime) -> None:
    me = known_as(world.accounts["subject"])
    case = filed(PERSON, world.subject, at, {"declare_own": True})
    cases.move(case_id=case.id, move="withdraw", actor=world.subject, at=at)
    assert Account.objects.get(id=me.id).real_name_status == "failed"


@pytest.mark.req("ACC-7")
def test_an_officer_cannot_bind_one_document_to_two_accounts(world: World, at: datetime) -> None:
    me = known_as(world.accounts["subject"])
    case = filed(PERSON, world.subject, at, {"declare_own": True})
    known_as(world.accounts["other_person"], "passed")
    with pytest.raises(Refused) as refused:
        decide(case, "approve", world.registrar, at)
    assert str(refused.value.reasons[0].text.zh) == "证件号码已存在"
    assert Account.objects.get(id=me.id).real_name_status == "pending"


@pytest.mark.req("ACC-6")
@pytest.mark.parametrize("target", ["unit", "main_handler"])
def test_unit_and_main_handler_are_decided_each_on_its_own(world: World, at: datetime, target: str) -> None:
    Unit.objects.filter(organisation_id=world.unit.id).update(real_name_status="failed", main_handler_status="failed")
    case = filed(UNIT, world.handler, at, {
        "target": target, "person_name": "沈怀瑾", "document_type": "passport", "document_number": "EX0000001", "declare_true": True,
    })
    decide(case, "approve", world.registrar, at)
    unit = Unit.objects.get(organisation_id=world.unit.id)
    other = "main_handler" if target == "unit" else "unit"
    statuses = {"unit": unit.real_name_status, "main_handler": unit.main_handler_status}
    assert (statuses[target], statuses[other]) == ("passed", "failed")


@pytest.mark.req("ACC-5")
def test_an_approved_appeal_sends_a_one_time_link_to_the_proven_phone_alone(world: World, at: datetime, visitor: Actor) -> None:
    lost = known_as(world.accounts["other_person"], "passed")
    case = filed(APPEAL, visitor, at, CLAIM)
    decide(case, "approve", world.registrar, at)
    (text,) = [text for text in texts_to("+8613900000077") if "/password/" in text]
    token = re.search(r"/password/([^/]+)/", text)
    assert token is not None
    assert account_of_link(token[1], at=timezone.now()) == lost
    assert not any("/password/" in text for text in texts_to(lost.phone))


@pytest.mark.req("ACC-5")
@pytest.mark.parametrize("wrong", [
    {"name": "沈知遥"}, {"document_number": "000101199003150016"}, {"login_name": "nobody_at_all", "document_number": "000101199003150016"},
])
def test_without_such_an_account_the_officer_is_told_and_nobody_else(
    world: World, at: datetime, visitor: Actor, wrong: dict[str, str]
) -> None:
    known_as(world.accounts["other_person"], "passed")
    case = filed(APPEAL, visitor, at, {**CLAIM, **wrong})
    cases.claim(case_id=case.id, actor=world.registrar, at=at)
    items = [i.id for i in queries.dossier(case.id, actor=world.registrar, at=at).items]
    cases.record_verdicts(case_id=case.id, items=items, result="accepted", actor=world.registrar, at=at)
    offers = {offer.move.key: offer for offer in queries.dossier(case.id, actor=world.registrar, at=at).offers()}
    assert [reason.code for reason in offers["approve"].reasons] == ["claimed_account_missing"]
    assert offers["refuse"].open
    with pytest.raises(Refused):
        cases.move(case_id=case.id, move="approve", actor=world.registrar, at=at)
    seen = queries.dossier(case.id, actor=visitor, at=at)
    assert "claimed" not in str([(offer.move.key, offer.reasons) for offer in seen.offers()])
    assert not any("/password/" in text for text in texts_to("+8613900000077"))


@pytest.mark.req("ACC-5")
def test_a_login_name_alone_recovers_no_account_of_another_document(world: World, at: datetime, visitor: Actor) -> None:
    mine = known_as(world.accounts["other_person"], "none", number="000101199003150016")
    case = filed(APPEAL, visitor, at, {**CLAIM, "login_name": mine.login_name})
    with pytest.raises(Refused):
        decide(case, "approve", world.registrar, at)


@pytest.mark.req("ACC-5")
def test_a_unit_recovers_its_account(world: World, at: datetime, visitor: Actor) -> None:
    name = "上海砚桥精密仪器有限公司"
    legal = accounts.create_account(kind="legal", login_name="WPyanqiao", password=None, name_zh=name, actor=SYSTEM, at=at)
    Unit.objects.filter(organisation_id=world.unit.id).update(account=legal)
    case = filed(UNIT_APPEAL, visitor, at, UNIT_CLAIM)
    decide(case, "approve", world.registrar, at)
    text = next(text for text in texts_to("+8613900000077") if "/password/" in text)
    assert account_of_link(text.split("/password/")[1].split("/")[0], at=timezone.now()) == legal


@pytest.mark.req("ACC-5")
def test_a_refused_appeal_is_told_by_sms_without_a_link(world: World, at: datetime, visitor: Actor) -> None:
    known_as(world.accounts["other_person"], "passed")
    case = filed(APPEAL, visitor, at, CLAIM)
    decide(case, "refuse", world.registrar, at)
    said = texts_to("+8613900000077")
    assert any(case.number in text and "未通过" in text for text in said)
    assert not any("/password/" in text for text in said)


@pytest.mark.req("ACC-5")
def test_another_visitor_does_not_see_the_appeal(world: World, at: datetime, visitor: Actor) -> None:
    case = filed(APPEAL, visitor, at, CLAIM)
    other = accounts.visitor_of(phone="+8613900000078", at=at)
    with pytest.raises(queries.NotYours):
        queries.dossier(case.id, actor=replace(visitor, account_id=other.id), at=at)
