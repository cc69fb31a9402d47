"""A place in a business system follows the case that asks for it; one case at a time."""

from pathlib import Path

import pytest
from django.urls import reverse

from laihua.accounts.models import Account
from laihua.cases import actions, queries
from laihua.catalog.docs import render
from laihua.catalog.loader import load
from laihua.kernel.texts import Refused
from laihua.units.models import Enrolment
from tests.cases import own_service as own
from tests.cases.test_own_cases import fill, pass_all, return_card

pytestmark = pytest.mark.django_db
ENROLS = own.SERVICE + "enrols: {system: example, whom: person}\n"
ONCE = ENROLS + "one_at_a_time: true\n"
OF_UNITS = own.for_units() + "enrols: {system: example, whom: unit}\none_at_a_time: true\n"


def the_row():
    return Enrolment.objects.get(system="example")


def place():
    row = Enrolment.objects.filter(system="example").first()
    return (row.state, row.case_id) if row else None


def started(world, at, who="subject", **answers):
    case = actions.start_case(service_id=own.ID, actor=getattr(world, who), at=at)
    fill(case, getattr(world, who), at, **answers)
    return case


def test_the_place_follows_the_case_of_a_person(world, at, tmp_path):
    own.sync(tmp_path, at, ENROLS)
    me, officer = world.subject, world.registrar
    case = started(world, at, full_name="WEBER")
    assert place() == ("draft", case.id)
    assert the_row().account_id == me.account_id
    actions.move(case_id=case.id, move="submit", actor=me, at=at)
    assert place() == ("review", case.id)
    return_card(case, officer, at)
    assert place() == ("returned", case.id)
    actions.reply_to_return(case_id=case.id, item=("material", "card"), text="与原件一致", actor=me, at=at)
    actions.move(case_id=case.id, move="resubmit", actor=me, at=at)
    assert place() == ("review", case.id)
    pass_all(case, officer, at)
    assert place() == ("approved", case.id)
    assert the_row().profile == {"full_name": "WEBER"}


@pytest.mark.parametrize("move", ["refuse", "give_up"])
def test_a_case_without_success_frees_the_place(world, at, tmp_path, move):
    own.sync(tmp_path, at, ONCE)
    case = started(world, at)
    if move == "refuse":
        actions.move(case_id=case.id, move="submit", actor=world.subject, at=at)
        actions.claim(case_id=case.id, actor=world.registrar, at=at)
    actions.move(case_id=case.id, move=move, actor=world.registrar if move == "refuse" else world.subject, at=at)
    assert place() is None
    assert place() != started(world, at).id
    assert place()[0] == "draft"


def test_the_place_of_a_unit_is_one_for_all_of_its_handlers(world, at, tmp_path):
    own.sync(tmp_path, at, OF_UNITS)
    case = started(world, at, "handler")
    assert (the_row().organisation_id, place()) == (world.unit.id, ("draft", case.id))
    with pytest.raises(Refused) as refused:
        started(world, at, "second_handler")
    reason = refused.value.reasons[0]
    assert (reason.code, reason.link) == ("under_way", reverse("applicant:case", args=[case.id]))
    assert started(world, at, "stranger")


def approved(world, at):
    case = started(world, at, full_name="BEFORE")
    actions.move(case_id=case.id, move="submit", actor=world.subject, at=at)
    pass_all(case, world.registrar, at)
    return case


def test_after_approval_a_second_start_leads_to_the_approved_case(world, at, tmp_path):
    own.sync(tmp_path, at, ONCE)
    case = approved(world, at)
    with pytest.raises(Refused) as refused:
        started(world, at)
    reason = refused.value.reasons[0]
    assert (reason.code, reason.link) == ("approved_already", reverse("applicant:case", args=[case.id]))
    page = world.client("subject").post(reverse("applicant:start", args=[own.ID]))
    assert reason.link in page.content.decode()


@pytest.mark.parametrize("ends", ["give_up", "approve"])
def test_an_approved_place_is_renewed_by_a_further_case(world, at, tmp_path, ends):
    own.sync(tmp_path, at, ENROLS)
    first = approved(world, at)
    second = started(world, at, full_name="AFTER")
    with pytest.raises(Refused):
        started(world, at)
    assert place() == ("approved", first.id)
    if ends == "give_up":
        actions.move(case_id=second.id, move="give_up", actor=world.subject, at=at)
        assert place() == ("approved", first.id)
        return
    actions.move(case_id=second.id, move="submit", actor=world.subject, at=at)
    pass_all(second, world.registrar, at)
    assert place() == ("approved", second.id)
    assert the_row().profile["full_name"] == "AFTER"


def test_a_refused_effect_leaves_the_place_as_it_was(world, at, tmp_path, monkeypatch):
    from laihua.cases.effects import EFFECTS
    from laihua.catalog import registry
    from laihua.kernel.texts import Reason, Text

    def never(dossier, at):
        raise Refused(Reason("no", Text("不", "No")))

    monkeypatch.setitem(EFFECTS, "never", never)
    monkeypatch.setattr(registry, "effects", frozenset({"never"}))
    own.sync(tmp_path, at, ENROLS.replace("requires: [complete], clock: start", "requires: [complete], clock: start, effects: [never]"))
    case = started(world, at)
    with pytest.raises(Refused):
        actions.move(case_id=case.id, move="submit", actor=world.subject, at=at)
    assert place() == ("draft", case.id)


PREFILLED = own.SERVICE.replace("key: full_name, type: text,", "key: full_name, type: text, prefill: person.name,").replace(
    "  - section: person\n", "  - section: person\n", 1
).replace("      - {key: city,", "      - {key: paper, type: text, source: person.document_number, label: {zh: 证件, en: Paper}}\n"
          "      - {key: mail, type: email, prefill: person.email, label: {zh: 邮箱, en: E-mail}}\n      - {key: city,")


def test_what_the_hall_knows_of_a_person_stands_in_his_form_and_may_be_changed(world, at, tmp_path):
    own.sync(tmp_path, at, PREFILLED)
    me = Account.objects.get(id=world.subject.account_id)
    me.email = "not an address"
    me.save()
    case = actions.start_case(service_id=own.ID, actor=world.subject, at=at)
    assert case.answers == {"full_name": "LINDQVIST SOEREN MIKAEL"}
    assert queries.my_cases(world.subject, done=False).rows[0].subject_name == "LINDQVIST SOEREN MIKAEL"
    actions.save_answers(case_id=case.id, changes={"full_name": "WEBER"}, base=0, actor=world.subject, at=at)
    with pytest.raises(Refused):
        actions.save_answers(case_id=case.id, changes={"paper": "1"}, base=1, actor=world.subject, at=at)


def test_given_answers_count_more_than_what_is_known(world, at, tmp_path):
    own.sync(tmp_path, at, PREFILLED)
    case = actions.start_case(service_id=own.ID, actor=world.subject, at=at, answers={"full_name": "WEBER"})
    assert case.answers == {"full_name": "WEBER", "mail": "subject@example.com"}


def test_a_units_case_knows_its_unit_and_no_person(world, at, tmp_path):
    own.sync(tmp_path, at, own.for_units(PREFILLED.replace("person.name", "unit.name").replace("person.", "handler.").replace(
        "handler.document_number", "unit.credit_code")))
    case = actions.start_case(service_id=own.ID, actor=world.handler, at=at)
    assert case.answers == {"full_name": world.unit.name_zh, "mail": "handler@example.com"}
    seen = queries.dossier(case.id, actor=world.handler, at=at)
    assert seen.known.keys() == {"handler", "unit"}
    assert seen.answers["paper"] == world.unit.credit_code


@pytest.mark.parametrize(("service", "told"), [
    (ENROLS.replace("whom: person", "whom: unit"), "none starts the case"),
    (ENROLS.replace("whom: person", "whom: all"), "whom"),
    (PREFILLED.replace("person.name", "person.nam"), "person.nam"),
    (PREFILLED.replace("person.name", "unit.name"), "no case of this service knows"),
    (PREFILLED.replace("prefill: person.name", "prefill: person.name, source: person.name"), "cannot have a prefill"),
])
def test_faults_are_found_when_the_service_is_read(tmp_path: Path, service, told):
    loaded = load(own.write(tmp_path, service))
    assert any(told in str(f) and "service.yaml:" in str(f) for f in loaded.faults), loaded.faults


def test_the_reference_page_says_so(tmp_path: Path):
    text = render(load(own.write(tmp_path, PREFILLED + "enrols: {system: account, whom: person}\none_at_a_time: true\n")).definition)
    assert "| enrols | the person in `account` |" in text
    assert "← person.name, may be changed" in text
