"""A step takes the case to another office; a move changes more than its case."""

from contextlib import suppress
from pathlib import Path

import pytest
from django.urls import reverse

from laihua.cases import actions, queries
from laihua.cases.effects import EFFECTS, effect
from laihua.cases.models import CaseEvent, Proceeding
from laihua.catalog import registry
from laihua.catalog.docs import render
from laihua.catalog.loader import load
from laihua.flow.moves import replay
from laihua.kernel.texts import Reason, Refused, Text
from tests import world as building
from tests.cases import own_service as own
from tests.cases.test_own_cases import fill, return_card

pytestmark = pytest.mark.django_db
TWO_OFFICES = (
    own.SERVICE.replace("by: registrar, reviews: true, line: true,", "by: registrar, reviews: true, line: true, "
                        "office: \"city == 'north' ? 'SH-WP' : city\",")
    .replace("  correction: {title", "  national: {title: {zh: 复核, en: National}, hint: {zh: 审核, en: Review}, "
             "holder: authority, by: registrar, reviews: true, limit: {working_days: 1}, office: \"'NATIONAL'\"}\n  correction: {title")
    .replace("from: review, to: correction", "from: [review, national], to: correction")
    .replace("from: review, to: passed", "from: national, to: passed")
    .replace("  - {move: refuse,", "  - {move: pass_on, label: {zh: 上报, en: Pass on}, past: {zh: 已上报, en: Passed on}, "
             "from: review, to: national,\n     by: registrar, requires: [holder, all_accepted]}\n  - {move: refuse,")
)


@pytest.fixture
def chain(world, at, tmp_path):
    own.sync(tmp_path, at, TWO_OFFICES)
    return world


def submitted(world, at, city="north"):
    case = actions.start_case(service_id=own.ID, actor=world.subject, at=at)
    fill(case, world.subject, at, city=city)
    actions.move(case_id=case.id, move="submit", actor=world.subject, at=at)
    return case


def pass_on(world, case, at):
    actions.claim(case_id=case.id, actor=world.local_registrar, at=at)
    items = [i.id for i in queries.dossier(case.id, actor=world.local_registrar, at=at).items]
    actions.record_verdicts(case_id=case.id, items=items, result="accepted", actor=world.local_registrar, at=at)
    actions.move(case_id=case.id, move="pass_on", actor=world.local_registrar, at=at)


def test_each_office_has_the_case_in_its_turn(chain, at):
    case = submitted(chain, at)
    assert building.proceeding_of(case).office_id == chain.office.id
    assert queries.queue(chain.local_registrar, queries.QueueFilter("review"), today=at.date()).rows
    assert not queries.queue(chain.registrar, queries.QueueFilter("review"), today=at.date()).rows
    pass_on(chain, case, at)
    p = building.proceeding_of(case)
    assert (p.office_id, p.holder_id, p.step) == (chain.national.id, None, "national")
    with pytest.raises(queries.NotYours):
        queries.dossier(case.id, actor=chain.local_registrar, at=at)
    assert queries.queue(chain.national_registrar, queries.QueueFilter("national"), today=at.date()).rows
    event = CaseEvent.objects.get(case=case, move="pass_on")
    assert event.details["office"]["zh"] == chain.national.name_zh
    actions.claim(case_id=case.id, actor=chain.national_registrar, at=at)
    assert actions.move(case_id=case.id, move="approve", actor=chain.national_registrar, at=at).to_step == "passed"


def test_a_correction_goes_back_to_the_office_that_asked(chain, at):
    case = submitted(chain, at)
    pass_on(chain, case, at)
    return_card(case, chain.national_registrar, at)
    assert building.proceeding_of(case).office_id == chain.national.id
    actions.reply_to_return(case_id=case.id, item=("material", "card"), text="与原件一致", actor=chain.subject, at=at)
    actions.move(case_id=case.id, move="resubmit", actor=chain.subject, at=at)
    p = building.proceeding_of(case)
    assert (p.office_id, p.step) == (chain.national.id, "national")
    made = list(CaseEvent.objects.filter(case=case).exclude(to_step="").order_by("seq").values_list("move", flat=True))
    service = queries.dossier(case.id, actor=chain.subject, at=at).service
    assert replay(service.first_step, service.moves, made).step == "national"


@pytest.mark.parametrize("is_asked", [False, True])
def test_in_a_correction_only_a_returned_choice_leads_to_another_office(chain, at, is_asked):
    case = submitted(chain, at)
    if is_asked:
        actions.claim(case_id=case.id, actor=chain.local_registrar, at=at)
        judge = {"case_id": case.id, "actor": chain.local_registrar, "at": at}
        actions.record_verdicts(items=[("field", "city")], result="returned", reasons=["unclear"], **judge)
    return_card(case, chain.local_registrar, at)
    actions.save_answers(case_id=case.id, changes={"city": "PLATFORM"}, base=1, actor=chain.subject, at=at)
    actions.reply_to_return(case_id=case.id, item=("material", "card"), text="与原件一致", actor=chain.subject, at=at)
    actions.move(case_id=case.id, move="resubmit", actor=chain.subject, at=at)
    assert building.proceeding_of(case).office_id == (chain.platform if is_asked else chain.office).id


@pytest.mark.parametrize("city", ["south", ""])
def test_an_unknown_office_refuses_the_move_and_names_the_help_line(chain, at, city):
    with pytest.raises(Refused) as refused:
        submitted(chain, at, city)
    assert (refused.value.reasons[0].code, refused.value.reasons[0].link) == ("no_office", "/help/")
    assert Proceeding.objects.get().step == "draft"


def test_the_officer_who_passes_the_case_on_lands_on_a_page_of_his(chain, at):
    case = submitted(chain, at)
    actions.claim(case_id=case.id, actor=chain.local_registrar, at=at)
    items = [i.id for i in queries.dossier(case.id, actor=chain.local_registrar, at=at).items]
    actions.record_verdicts(case_id=case.id, items=items, result="accepted", actor=chain.local_registrar, at=at)
    version = building.proceeding_of(case).version
    client = chain.client("local_registrar")
    done = client.post(reverse("officer:move", args=[case.id, "pass_on"]), {"version": version, "confirmed": "1"}, follow=True)
    assert done.status_code == 200
    assert building.proceeding_of(case).step == "national"


@pytest.fixture
def marking(monkeypatch):
    """An effect that keeps what it saw, and refuses where the name says so."""
    seen = []

    def mark(dossier, at):
        seen.append((dossier.state.step, dossier.answers["full_name"], building.proceeding_of(dossier.case).step))
        if dossier.answers["full_name"] == "REFUSE":
            raise Refused(Reason("taken", Text("已有", "Taken")))

    monkeypatch.setitem(EFFECTS, "mark", mark)
    monkeypatch.setattr(registry, "effects", frozenset({"mark"}))
    return seen


WITH_EFFECT = own.SERVICE.replace("requires: [complete], clock: start", "requires: [complete], clock: start, effects: [mark]")


@pytest.mark.parametrize(("name", "step"), [("WEBER", "review"), ("REFUSE", "draft")])
def test_an_effect_is_part_of_the_move(world, at, tmp_path, marking, name, step):
    own.sync(tmp_path, at, WITH_EFFECT)
    case = actions.start_case(service_id=own.ID, actor=world.subject, at=at)
    fill(case, world.subject, at, full_name=name)
    with suppress(Refused):
        actions.move(case_id=case.id, move="submit", actor=world.subject, at=at)
    assert marking == [("draft", name, "review")]
    assert building.proceeding_of(case).step == step


@pytest.mark.parametrize(("service", "told"), [
    (WITH_EFFECT.replace("[mark]", "[marc]"), "unknown effect “marc”"),
    (TWO_OFFICES.replace("office: \"'NATIONAL'\"", "office: nation"), "unknown name “nation”"),
    (TWO_OFFICES.replace("office: \"'NATIONAL'\"", "office: \"1 + 1\""), "is not text"),
    (own.SERVICE.replace("holder: nobody, outcome: approved", "holder: nobody, office: \"'X'\", outcome: approved"), "does not go to one"),
])
def test_faults_are_found_when_the_service_is_read(tmp_path: Path, marking, service, told):
    loaded = load(own.write(tmp_path, service))
    assert any(told in str(f) and "service.yaml:" in str(f) for f in loaded.faults), loaded.faults


def test_the_reference_page_names_offices_and_effects(tmp_path: Path, marking):
    text = render(load(own.write(tmp_path, WITH_EFFECT)).definition) + render(load(own.write(tmp_path, TWO_OFFICES)).definition)
    assert "| `submit` | `mark` |" in text
    assert "| `national` | `'NATIONAL'` |" in text


def test_one_name_is_one_effect():
    def twice(dossier, at): ...

    first = effect(twice)
    try:
        def other(dossier, at): ...
        other.__name__ = "twice"
        with pytest.raises(ValueError, match="twice"):
            effect(other)
        assert effect(first) is first
    finally:
        del EFFECTS["twice"]
