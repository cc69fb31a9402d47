"""The list of materials that a button makes (RP-5), the page before the form (RP-2, RP-3), and who is let in (RP-1)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from laihua.accounts.models import Account
from laihua.cases import actions, queries
from laihua.cases.models import CaseEvent
from laihua.catalog import queries as catalog
from laihua.catalog.loader import load
from laihua.kernel.texts import Refused
from tests import world as building
from tests.cases import told_service as told

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(world, at, tmp_path):
    told.sync(tmp_path, at)
    told.employ(world, at)
    return world


def save(case, hall, at, **changes):
    seen = queries.dossier(case.id, actor=hall.subject, at=at)
    actions.save_answers(case_id=case.id, changes=changes, base=seen.case.revision, actor=hall.subject, at=at)


def make(case, hall, at):
    return actions.make_checklist(case_id=case.id, actor=hall.subject, at=at)


def seen(case, hall, at):
    return queries.dossier(case.id, actor=hall.subject, at=at)


def shown(dossier):
    return [s.slot.key for s in dossier.slots]


@pytest.mark.req("RP-5")
def test_the_list_is_made_goes_out_of_date_and_says_what_changes(hall, at):
    case = told.start(hall, at)
    assert (seen(case, hall, at).list_state, shown(seen(case, hall, at))) == ("absent", [])
    change = make(case, hall, at)
    assert (change.keys_added, shown(seen(case, hall, at))) == ({"card", "letter"}, ["card", "letter"])
    for key in ("card", "letter"):
        building.put_file(case.id, seen(case, hall, at).service.slots()[key], hall.subject, at)

    save(case, hall, at, degree=True, school="示例大学")
    now = seen(case, hall, at)
    assert now.list_state == "outdated"
    assert shown(now) == ["card", "letter"]
    assert (now.list_difference.keys_added, now.list_difference.keys_dropped) == ({"diploma"}, {"letter"})
    with pytest.raises(Refused) as refused:
        actions.move(case_id=case.id, move="submit", actor=hall.subject, at=at)
    assert [r.place for r in refused.value.reasons] == ["checklist"]
    for key in ("letter", "diploma"):
        with pytest.raises(Refused):
            building.put_file(case.id, now.service.slots()[key], hall.subject, at)

    make(case, hall, at)
    now = seen(case, hall, at)
    assert shown(now) == ["card", "diploma"]
    assert now.files["card"], "what still applies is kept"
    save(case, hall, at, degree=False)
    make(case, hall, at)
    assert seen(case, hall, at).files["letter"], "an upload that applies again was kept too"
    assert actions.move(case_id=case.id, move="submit", actor=hall.subject, at=at).to_step == "review"
    assert seen(case, hall, at).list_state == ""
    assert shown(seen(case, hall, at)) == ["card", "letter"]
    officer = {"case_id": case.id, "actor": hall.pre_reviewer, "at": at}
    actions.claim(**officer)
    actions.record_verdicts(items=[("material", "card")], result="returned", reasons=["unclear"], **officer)
    actions.move(move="ask", **officer)
    assert seen(case, hall, at).list_state == "current", "what the hall filled in at the submission is no change"
    building.put_file(case.id, seen(case, hall, at).service.slots()["card"], hall.subject, at)
    actions.reply_to_return(case_id=case.id, item=("material", "card"), text="已更换", actor=hall.subject, at=at)
    assert actions.move(case_id=case.id, move="resubmit", actor=hall.subject, at=at).to_step == "review"


@pytest.mark.req("RP-5")
def test_every_change_of_an_answer_asks_for_the_button_and_a_change_taken_back_does_not(hall, at):
    case = told.start(hall, at)
    make(case, hall, at)
    save(case, hall, at, mobile="13900139000")
    now = seen(case, hall, at)
    assert now.list_state == "outdated"
    assert not now.list_difference
    save(case, hall, at, mobile=case.answers["mobile"])
    assert seen(case, hall, at).list_state == "current"


@pytest.mark.req("RP-6")
def test_what_is_missing_refuses_the_list_field_by_field(hall, at):
    case = told.start(hall, at)
    save(case, hall, at, mobile="", degree=True)
    with pytest.raises(Refused) as refused:
        make(case, hall, at)
    assert [(r.place, r.text.zh.split("：")[1]) for r in refused.value.reasons] == [("mobile", "必填字段"), ("school", "必填字段")]
    assert seen(case, hall, at).list_state == "absent"


@pytest.mark.req("RP-2", "RP-3")
def test_nothing_begins_before_the_first_page_is_answered_and_ticked(hall, at):
    def refused(agreed=told.AGREED, **first):
        with pytest.raises(Refused) as found:
            actions.start_case(service_id=told.ID, actor=hall.subject, at=at, answers={**told.FIRST, **first}, agreed=agreed)
        return [(r.place, r.text.zh) for r in found.value.reasons]

    assert refused(card_until="2027-01-10") == [("card_until", "请先进行居住证签注")], "59 days are too short"
    assert refused(card_until="") == [("card_until", "必填字段")]
    assert refused(agreed=("truth",)) == [("agree.notice_new", "请阅读并勾选“新办须知”")]
    renewal = actions.start_case(
        service_id=told.ID, actor=hall.subject, at=at, answers={"kind": "renew", "card_until": "2027-01-11"}, agreed=("truth",))
    words = CaseEvent.objects.get(case=renewal, move="start").details["statements"]
    assert [(one["key"], one["text"]["zh"]) for one in words] == [("truth", "本人承诺属实")]
    with pytest.raises(Refused):
        save(renewal, hall, at, kind="new")


@pytest.mark.req("RP-1")
@pytest.mark.parametrize(("changes", "code", "word"), [
    ({"left_on": date(2026, 11, 12)}, "left_client", "2026-11-12从示例客户有限公司离职"),
    ({"contract_to": date(2026, 11, 11)}, "client_ended", "单位人事部门苏禾 021-55500111"),
    ({"name": "顾清平"}, "listed_under_other_name", "姓名"),
])
def test_the_employer_has_to_be_a_client_who_knows_the_person(hall, at, changes, code, word):
    told.employ(hall, at, **changes)
    reasons = actions.why_not_start(service_id=told.ID, actor=hall.subject, at=at)
    assert [r.code for r in reasons] == [code]
    assert word in reasons[0].text.zh
    with pytest.raises(Refused):
        told.start(hall, at)


@pytest.mark.req("RP-1")
def test_only_a_person_who_proved_who_he_is_is_shown_the_service(hall, at):
    services = [d.service for d in catalog.services()]

    def is_shown(actor):
        return told.ID in {s.id for s in queries.shown_to(services, actor, at)}

    assert [is_shown(a) for a in (None, hall.subject, hall.other_person, hall.handler, hall.pre_reviewer)] == [
        False, True, False, False, False]
    reasons = actions.why_not_start(service_id=told.ID, actor=hall.other_person, at=at)
    assert [r.code for r in reasons] == ["real_name_not_passed"]
    Account.objects.filter(id=hall.subject.account_id).update(real_name_status="failed")
    reasons = actions.why_not_start(service_id=told.ID, actor=hall.subject, at=at)
    assert [r.code for r in reasons] == ["real_name_not_passed"], "a number that nobody proved tells nothing of its owner's employer"
    Account.objects.filter(id=hall.subject.account_id).update(real_name_status="passed")
    Account.objects.filter(id=hall.subject.account_id).update(document_until=at.date() - timedelta(days=1))
    assert [r.code for r in actions.why_not_start(service_id=told.ID, actor=hall.subject, at=at)] == ["document_ended"]


@pytest.mark.req("RP-4")
def test_name_and_employer_come_from_elsewhere_and_stand_fixed(hall, at):
    case = told.start(hall, at)
    now = seen(case, hall, at)
    assert (now.answers["full_name"], now.answers["employer"]) == ("顾清和", "示例客户有限公司")
    assert now.proceeding.unit_name == "示例客户有限公司"
    with pytest.raises(Refused):
        save(case, hall, at, employer="别的公司")
    with pytest.raises(queries.NotYours):
        make(case, replace(hall, actors={"subject": hall.other_person}), at)


@pytest.mark.parametrize(("was", "now", "fault"), [
    ("notices: [please_confirm]}", "notices: [soon]}", "but “report” does not tell it"),
    ("to: [subject, pre_reviewer], subject: {zh: 请", "to: [pre_reviewer], subject: {zh: 请", "is not told to subject"),
    ("fixed: [kind]", "fixed: [mobile]", "fixed by a page that does not ask for it"),
    ("hours_before: [30, 6]", "hours_before: [soon]", "no number of hours"),
    ("fields: [kind, card_until]", "fields: [kind, card]", "card"),
    ("shown_when: [real_name_passed]", "shown_when: [complete]", "complete"),
])
def test_the_loader_names_what_is_wrong(tmp_path, was, now, fault):
    assert was in told.SERVICE
    found = load(told.write(tmp_path, told.SERVICE.replace(was, now))).faults
    assert any(fault in str(one) and "service.yaml:" in str(one) for one in found), found
