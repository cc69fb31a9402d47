"""Cases that people, visitors and units file for themselves, from the draft over a correction to the end."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.urls import reverse

from laihua.accounts.models import Account
from laihua.cases import actions, queries
from laihua.cases.jobs import announce
from laihua.cases.models import CaseEvent, Invitation
from laihua.catalog.loader import load
from laihua.kernel.texts import Refused
from laihua.notifications.models import InboxMessage
from tests import world as building
from tests.cases import own_service as own

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_world(world, at, tmp_path):
    own.sync(tmp_path, at)
    return world


def fill(case, actor, at, **answers):
    actions.save_answers(case_id=case.id, changes={"full_name": "LINDQVIST", **answers}, base=0, actor=actor, at=at)
    slot = queries.dossier(case.id, actor=actor, at=at).service.slots()["card"]
    building.put_file(case.id, slot, actor, at)


def return_card(case, officer, at):
    actions.claim(case_id=case.id, actor=officer, at=at)
    judge = {"case_id": case.id, "actor": officer, "at": at}
    actions.record_verdicts(items=[("material", "card")], result="returned", reasons=["unclear"], **judge)
    return actions.move(move="ask", **judge)


def pass_all(case, officer, at):
    actions.claim(case_id=case.id, actor=officer, at=at)
    items = [i.id for i in queries.dossier(case.id, actor=officer, at=at).items]
    actions.record_verdicts(case_id=case.id, items=items, result="accepted", actor=officer, at=at)
    return actions.move(case_id=case.id, move="approve", actor=officer, at=at)


def test_a_person_files_corrects_and_passes(own_world, at):
    me, officer = own_world.subject, own_world.registrar
    case = actions.start_case(service_id=own.ID, actor=me, at=at)
    assert (case.unit_id, case.subject_id, case.office_id) == (None, me.account_id, own_world.platform.id)
    fill(case, me, at)
    actions.move(case_id=case.id, move="submit", actor=me, at=at)
    with pytest.raises(queries.NotYours):
        queries.dossier(case.id, actor=own_world.pre_reviewer, at=at)
    asked = return_card(case, officer, at)
    announce(str(asked.event_id))
    assert InboxMessage.objects.get(account_id=me.account_id).key.startswith(f"{asked.event_id}:asked:subject")
    assert not Invitation.objects.exists()
    actions.reply_to_return(case_id=case.id, item=("material", "card"), text="与原件一致", actor=me, at=at)
    actions.move(case_id=case.id, move="resubmit", actor=me, at=at)
    assert pass_all(case, officer, at).to_step == "passed"
    roles = CaseEvent.objects.filter(case=case, move__in=["start", "submit", "resubmit"]).values_list("role", flat=True)
    assert set(roles) == {"subject"}


def test_what_was_accepted_stays_locked_for_the_person_too(own_world, at):
    me, officer = own_world.subject, own_world.registrar
    case = actions.start_case(service_id=own.ID, actor=me, at=at)
    fill(case, me, at)
    actions.move(case_id=case.id, move="submit", actor=me, at=at)
    actions.claim(case_id=case.id, actor=officer, at=at)
    actions.record_verdicts(case_id=case.id, items=[("field", "full_name")], result="accepted", actor=officer, at=at)
    return_card(case, officer, at)
    with pytest.raises(Refused):
        actions.save_answers(case_id=case.id, changes={"full_name": "X"}, base=1, actor=me, at=at)
    actions.save_answers(case_id=case.id, changes={"city": "north"}, base=1, actor=me, at=at)


@pytest.mark.parametrize(("service", "who", "code"), [
    (own.SERVICE, "handler", "wrong_starter"), (own.SERVICE, "pre_reviewer", "wrong_starter"),
    (own.for_units(), "subject", "wrong_starter"), (own.for_units(), "registrar", "wrong_starter"),
])
def test_who_may_not_start_is_told_by_whom(world, at, tmp_path, service, who, code):
    own.sync(tmp_path, at, service)
    with pytest.raises(Refused) as refused:
        actions.start_case(service_id=own.ID, actor=getattr(world, who), at=at)
    assert refused.value.reasons[0].code == code


def test_a_visitor_starts_only_what_names_visitors(world, at, tmp_path):
    visitor = replace(world.subject, kind="visitor")
    own.sync(tmp_path, at)
    assert actions.start_case(service_id=own.ID, actor=visitor, at=at).subject_id == visitor.account_id
    own.sync(tmp_path, at, own.SERVICE.replace("[person, visitor]", "person"))
    with pytest.raises(Refused):
        actions.start_case(service_id=own.ID, actor=visitor, at=at)


def test_a_legal_account_starts_for_its_unit_and_never_in_person(world, at, tmp_path):
    own.sync(tmp_path, at, own.for_units())
    legal = replace(world.handler, kind="legal", roles=frozenset({"unit_admin"}))
    assert actions.start_case(service_id=own.ID, actor=legal, at=at).unit_id == world.unit.id
    own.sync(tmp_path, at)
    with pytest.raises(Refused):
        actions.start_case(service_id=own.ID, actor=replace(legal, roles=frozenset(), organisation_id=None), at=at)


def test_what_a_start_requires_is_asked_for_by_the_guards(world, at, tmp_path):
    own.sync(tmp_path, at, own.for_units() + "requires_to_start: [filing_valid]\n")
    assert actions.start_case(service_id=own.ID, actor=world.handler, at=at)
    world.unit.filings.update(status="revoked")
    with pytest.raises(Refused) as refused:
        actions.start_case(service_id=own.ID, actor=world.handler, at=at)
    assert refused.value.reasons[0].code == "filing_missing"


@pytest.mark.parametrize(("old", "new", "told"), [
    ("starts: [person, visitor]", "starts: persons", "persons"),
    ("starts: [person, visitor]", "starts: [unit, person]", "either by units or by people"),
    ("starts: [person, visitor]", "starts: unit", "not with whoever starts it"),
    ("key: card,", "key: card, by: unit,", "given by a unit"),
    ("promise: {working_days: 3}", "promise: {working_days: 3}\nrequires_to_start: [complete]", "guard at the start"),
])
def test_faults_are_found_when_the_service_is_read(tmp_path: Path, old, new, told):
    loaded = load(own.write(tmp_path, own.SERVICE.replace(old, new)))
    assert any(told in str(f) and "service.yaml:" in str(f) for f in loaded.faults), loaded.faults


def test_the_earlier_word_for_a_person_is_still_read(tmp_path):
    loaded = load(own.write(tmp_path, own.SERVICE.replace("[person, visitor]", "subject")))
    assert loaded.service.starts == ("person",), loaded.faults


@pytest.mark.parametrize("kind", ["natural", "visitor"])
def test_the_pages_carry_a_person_from_start_to_answer(own_world, at, kind):
    Account.objects.filter(id=own_world.subject.account_id).update(kind=kind)
    person, officer = own_world.client("subject"), own_world.client("registrar")
    assert own.ID in person.get(reverse("applicant:cases")).content.decode()
    page = person.get(reverse("applicant:start", args=[own.ID])).content.decode()
    assert "申请人本人确认" not in page
    form = person.post(reverse("applicant:start", args=[own.ID]))
    case_id = form["Location"].split("/")[2]
    assert 'name="full_name"' in person.get(form["Location"]).content.decode()
    person.post(form["Location"], {"_keys": ["full_name"], "full_name": "WEBER", "base": "0", "do": "save"})
    slot = queries.dossier(case_id, actor=own_world.subject, at=at).service.slots()["card"]
    building.put_file(case_id, slot, own_world.subject, at)
    assert "单位上传" not in person.get(reverse("applicant:materials", args=[case_id])).content.decode()
    assert 'moves/submit/' in person.get(reverse("applicant:check", args=[case_id])).content.decode()
    person.post(reverse("applicant:move", args=[case_id, "submit"]), {"page": "check", "version": "0"})
    assert "现在不用您办理" in person.get(reverse("applicant:case", args=[case_id])).content.decode()
    assert "WEBER" in officer.get(reverse("officer:queue") + "?tab=review").content.decode()
    officer.post(reverse("officer:claim"), {"case": [case_id]})
    assert "WEBER" in officer.get(reverse("officer:review", args=[case_id])).content.decode()
    now = building.Case.objects.get(id=case_id)
    return_card(now, own_world.registrar, at)
    page = person.get(reverse("applicant:case", args=[case_id])).content.decode()
    assert "按退回意见补正" in page
    assert "按退回意见补正" in person.get(reverse("applicant:cases")).content.decode()
    assert 'name="full_name"' in person.get(reverse("applicant:form", args=[case_id])).content.decode()
