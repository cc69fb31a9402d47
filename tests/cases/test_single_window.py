"""单一窗口 (WP-2): one form, two offices, two lines, two decisions; what one asks for leaves the other's review alone."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laihua.cases import actions, queries, rollup, telling
from laihua.cases.actions import fields_open_to
from laihua.cases.actions import materials as uploads
from laihua.cases.models import Case, CaseEvent, DayCount, Material, Proceeding
from laihua.flow.moves import State, after
from laihua.kernel.queries import broken_links
from laihua.kernel.texts import Refused
from laihua.prechecks.gate import GateResult
from tests import single_window as both
from tests import world as building

pytestmark = [pytest.mark.django_db, pytest.mark.req("WP-2")]
PASSPORT, VISA, LODGING = ("field", "passport_number"), ("material", "visa"), ("material", "lodging")
STAY, WORKPLACE = ("field", "stay_address"), ("field", "work_address")
DAY = timedelta(days=1)


@pytest.fixture
def case(world, at) -> Case:
    both.second_office(world, at)
    return both.submitted(world, at)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [r.code for r in refused.value.reasons]


def by_unit(world, case, at, key="main"):
    return queries.dossier(case.id, actor=world.handler, at=at, proceeding=key)


def replace(world, case, key, at) -> None:
    """By a file of another content."""
    slot = by_unit(world, case, at).service.slots()[key]
    uploads.keep(case.id, slot, "new.pdf", building.pdf(2), GateResult(True, 2, "application/pdf", [], 0.0, ()), world.handler, at)


def may_change(world, case, at) -> set[str]:
    """Of what there is, the declaration aside, which nobody judges."""
    case.refresh_from_db()
    return fields_open_to(by_unit(world, case, at).at_hand()) & case.answers.keys() - {"declare_unit_truth"}


def resubmit(world, case, move, at) -> None:
    key = "main" if move == "resubmit" else "residence"
    actions.move(case_id=case.id, move=move, actor=world.handler, at=at, proceeding=key)


# It begins

def test_the_confirmation_opens_both(world, at, case) -> None:
    main, residence = Proceeding.objects.filter(case=case).order_by("key")
    assert (main.step, residence.step) == ("pre_review", "residence_review")
    assert (main.office_id, residence.office_id) == (world.office.id, world.ee.id)
    assert main.promised_on == residence.promised_on
    assert (residence.clock, residence.subject_name, residence.category) == ("running", main.subject_name, "A")
    opened = CaseEvent.objects.get(proceeding=residence)
    assert (opened.move, opened.to_step, opened.clock) == ("open", "residence_review", "start")
    assert not any(broken_links(CaseEvent))


def test_without_the_wish_there_is_one(world, at) -> None:
    both.second_office(world, at)
    case = both.submitted(world, at, with_residence=None)
    assert both.at_step(case) == {"main": "pre_review"}


def test_an_office_that_is_not_there_refuses_the_confirmation(world, at) -> None:
    with pytest.raises(Refused) as refused:
        both.submitted(world, at)
    assert codes(refused) == ["no_office"]
    assert Proceeding.objects.get().step == "confirmation"


def test_each_office_judges_its_own_and_what_both_need(world, at, case) -> None:
    here = {key: {i.id for i in queries.dossier(case.id, actor=both.who(world, key), at=at, proceeding=key).items}
            for key in ("main", "residence")}
    assert {PASSPORT, VISA} <= here["main"] & here["residence"]
    assert WORKPLACE in here["main"] - here["residence"]
    assert {STAY, LODGING} <= here["residence"] - here["main"]
    assert all(kind == "material" or key for kind, key in here["main"])


# Who may

def test_an_officer_of_one_office_never_acts_in_the_other(world, at, case) -> None:
    for actor, key in ((world.pre_reviewer, "residence"), (world.ee_reviewer, "main"), (world.ee_head, "main")):
        with pytest.raises(queries.NotYours):
            actions.claim(case_id=case.id, actor=actor, at=at, proceeding=key)
        with pytest.raises(queries.NotYours):
            actions.move(case_id=case.id, move="residence_pass" if key == "residence" else "pass", actor=actor, at=at, proceeding=key)
    assert queries.desk_dossier(case.id, actor=world.ee_reviewer, at=at).key == "residence"
    assert queries.desk_dossier(case.id, actor=world.pre_reviewer, at=at).key == "main"
    with pytest.raises(queries.NotYours):
        queries.desk_dossier(case.id, actor=world.local_registrar.__class__(None, "", frozenset({"decider"}), world.platform.id), at=at)


def test_a_move_is_made_in_its_own_proceeding_only(world, at, case) -> None:
    with pytest.raises(Refused) as refused:
        actions.move(case_id=case.id, move="residence_withdraw", actor=world.handler, at=at, proceeding="main")
    assert codes(refused) == ["moved_on"]


# A return

def test_while_one_asks_only_what_it_returned_may_change(world, at, case) -> None:
    both.judge(world, case, "main", at)
    both.send_back(world, case, "residence", at, STAY, VISA)
    seen = by_unit(world, case, at).at_hand()
    assert (seen.key, seen.may_edit) == ("residence", True)
    assert may_change(world, case, at) == {"stay_address"}
    open_slots = {s.slot.key for s in seen.slots if not s.locked and s.closed is None and s.file is not None}
    assert open_slots == {"visa"}
    for key in ("passport_number", "work_address", "education"):
        with pytest.raises(Refused) as refused:
            actions.save_answers(case_id=case.id, changes={key: "X1"}, base=99, actor=world.handler, at=at)
        assert codes(refused) == ["not_editable"]
    with pytest.raises(Refused):
        replace(world, case, "contract", at)
    assert Proceeding.objects.get(case=case, key="main").clock == "running"


def test_what_the_other_accepted_is_outdated_only_where_it_was_returned(world, at, case) -> None:
    both.judge(world, case, "main", at)
    both.send_back(world, case, "residence", at, VISA)
    replace(world, case, "visa", at + DAY)
    waiting = queries.dossier(case.id, actor=world.pre_reviewer, at=at + DAY)
    row = queries.review_sheet(waiting).row("material:visa")
    assert (row.state, str(row.waits_for.zh)) == ("", "居留许可")
    with pytest.raises(Refused) as refused:
        actions.record_verdicts(case_id=case.id, items=[VISA], result="accepted", actor=world.pre_reviewer, at=at + DAY)
    assert codes(refused) == ["in_correction"]
    with pytest.raises(Refused) as refused:
        actions.move(case_id=case.id, move="pass", actor=world.pre_reviewer, at=at + DAY)
    assert codes(refused) == ["not_judged"]
    resubmit(world, case, "residence_resubmit", at + DAY)
    assert queries.review_sheet(queries.dossier(case.id, actor=world.pre_reviewer, at=at + DAY)).row("material:visa").waits_for is None
    actions.record_verdicts(case_id=case.id, items=[VISA], result="accepted", actor=world.pre_reviewer, at=at + DAY)
    actions.move(case_id=case.id, move="pass", actor=world.pre_reviewer, at=at + DAY)
    assert both.at_step(case) == {"main": "originals", "residence": "residence_review"}


def test_after_the_review_a_change_for_the_other_office_sends_it_back(world, at, case) -> None:
    both.send_back(world, case, "residence", at, VISA)
    both.to_decision(world, case, at)
    replace(world, case, "visa", at + DAY)
    resubmit(world, case, "residence_resubmit", at + DAY)
    with pytest.raises(Refused) as refused:
        actions.move(case_id=case.id, move="approve", actor=world.decider, at=at + DAY)
    assert codes(refused) == ["review_outdated"]
    actions.move(case_id=case.id, move="send_back", actor=world.decider, at=at + DAY, text="请复核签证页")
    assert both.at_step(case)["main"] == "pre_review"


def test_both_may_have_returned_and_are_answered_together(world, at, case) -> None:
    both.send_back(world, case, "main", at, WORKPLACE, VISA)
    both.send_back(world, case, "residence", at, STAY, VISA)
    seen = by_unit(world, case, at).at_hand()
    assert may_change(world, case, at) == {"work_address", "stay_address"}
    word = seen.visible_words[VISA]
    assert word.note == "工作许可：请改正\n居留许可：请改正"
    later = at + DAY
    actions.save_answers(case_id=case.id, base=seen.case.revision, actor=world.handler, at=later, changes={
        "work_address": "上海市浦东新区望江路90号2室", "stay_address": "上海市浦东新区临江路70号101室"})
    replace(world, case, "visa", later)
    moves = {p.key: p.version for p in Proceeding.objects.filter(case=case)}
    actions.hand_in(
        case_id=case.id, moves={"resubmit": moves["main"], "residence_resubmit": moves["residence"]}, actor=world.handler, at=later)
    assert both.at_step(case) == {"main": "pre_review", "residence": "residence_review"}


def test_one_of_two_may_be_answered_first(world, at, case) -> None:
    both.send_back(world, case, "main", at, WORKPLACE)
    both.send_back(world, case, "residence", at, STAY)
    actions.reply_to_return(case_id=case.id, item=STAY, text="与登记表一致", actor=world.handler, at=at)
    with pytest.raises(Refused) as refused:
        resubmit(world, case, "resubmit", at)
    assert codes(refused) == ["not_corrected"]
    resubmit(world, case, "residence_resubmit", at)
    assert both.at_step(case) == {"main": "correction", "residence": "residence_review"}
    assert may_change(world, case, at) == {"work_address"}


def test_words_on_what_both_returned_reach_both(world, at, case) -> None:
    both.send_back(world, case, "main", at, PASSPORT)
    both.send_back(world, case, "residence", at, PASSPORT)
    actions.reply_to_return(case_id=case.id, item=PASSPORT, text="与护照一致", actor=world.handler, at=at)
    for key in ("main", "residence"):
        assert by_unit(world, case, at, key).words[PASSPORT].reply == "与护照一致"


def test_a_document_stays_returned_whatever_the_other_office_says_of_it(world, at, case) -> None:
    both.send_back(world, case, "residence", at, VISA)
    both.passed(world, case, "main", at)
    assert Material.objects.get(case=case, key="visa").status == "returned"


def test_what_the_answers_newly_ask_for_can_be_given(world, at, case) -> None:
    both.judge(world, case, "main", at)
    both.send_back(world, case, "residence", at, ("field", "residence_request"), ("field", "visa_type"))
    later = at + DAY
    actions.save_answers(
        case_id=case.id, base=99, actor=world.handler, at=later, changes={"visa_type": "work_residence", "residence_request": "renewal"})
    assert may_change(world, case, later) == {"visa_type", "residence_request"}
    assert {i.key for i in queries.dossier(case.id, actor=world.pre_reviewer, at=later).items} >= {"visa_type"}


# Time

def test_one_date_is_promised_the_later_of_those_that_are_open(world, at, case) -> None:
    assert by_unit(world, case, at).promise.on == date(2026, 11, 23)
    both.send_back(world, case, "residence", at + DAY, STAY)
    friday = at + 4 * DAY
    assert by_unit(world, case, friday, "main").promise.on == by_unit(world, case, friday, "residence").promise.on > date(2026, 11, 23)
    assert Proceeding.objects.get(case=case, key="main").promised_on == date(2026, 11, 23), "its own clock has run on"
    both.to_decision(world, case, friday)
    actions.move(case_id=case.id, move="approve", actor=world.decider, at=friday)
    assert by_unit(world, case, friday).promise.state == "paused", "the work permit is decided; the date is that of the other"


# It ends

def test_the_residence_permit_waits_for_the_work_permit(world, at, case) -> None:
    both.passed(world, case, "residence", at)
    actions.claim(case_id=case.id, actor=world.ee_decider, at=at, proceeding="residence")
    approve = {"case_id": case.id, "move": "residence_approve", "actor": world.ee_decider, "at": at, "proceeding": "residence"}
    with pytest.raises(Refused) as refused:
        actions.move(**approve)
    assert codes(refused) == ["main_open"]
    both.to_decision(world, case, at)
    actions.move(case_id=case.id, move="approve", actor=world.decider, at=at)
    actions.move(**approve)
    assert both.at_step(case) == {"main": "issuance", "residence": "residence_issuance"}


def test_a_refused_work_permit_ends_the_residence_permit_with_its_reason(world, at, case) -> None:
    both.send_back(world, case, "residence", at, STAY)
    both.to_decision(world, case, at)
    actions.move(case_id=case.id, move="refuse", actor=world.decider, at=at, text="岗位不符合规定")
    assert both.at_step(case) == {"main": "refused", "residence": "residence_ended"}
    case.refresh_from_db()
    assert case.closed_at == at
    entries = queries.history(by_unit(world, case, at))
    assert str(entries[0].what.zh) == "工作许可不予许可，居留许可申请随之终止"
    assert (str(entries[0].proceeding.zh), str(entries[1].proceeding.zh)) == ("居留许可", "工作许可")


def test_a_refused_residence_permit_leaves_the_case_open(world, at, case) -> None:
    both.passed(world, case, "residence", at)
    actions.claim(case_id=case.id, actor=world.ee_decider, at=at, proceeding="residence")
    actions.move(case_id=case.id, move="residence_refuse", actor=world.ee_decider, at=at, text="材料不实", proceeding="residence")
    case.refresh_from_db()
    assert (case.closed_at, both.at_step(case)["main"]) == (None, "pre_review")
    assert queries.my_counts(world.handler) == (1, 0)
    both.to_decision(world, case, at)
    actions.move(case_id=case.id, move="refuse", actor=world.decider, at=at + DAY, text="岗位不符合规定")
    case.refresh_from_db()
    assert (case.closed_at, both.at_step(case)["residence"]) == (at + DAY, "residence_refused")


def test_a_withdrawal_takes_both_along_and_one_alone_does_not(world, at, case) -> None:
    actions.move(case_id=case.id, move="withdraw", actor=world.handler, at=at)
    assert both.at_step(case) == {"main": "withdrawn", "residence": "residence_ended"}
    assert queries.my_counts(world.handler) == (0, 1)
    other = both.submitted(world, at, passport_number="EM7204139")
    actions.move(case_id=other.id, move="residence_withdraw", actor=world.handler, at=at, proceeding="residence")
    assert both.at_step(other) == {"main": "pre_review", "residence": "residence_withdrawn"}


# Around it

def test_lists_queues_searches_and_figures_know_both(world, at, case) -> None:
    assert [p.key for p in queries.my_cases(world.handler, done=False).rows] == ["main"]
    for actor, key in ((world.pre_reviewer, "main"), (world.ee_reviewer, "residence")):
        step = "pre_review" if key == "main" else "residence_review"
        asked = queries.QueueFilter(tab=step, steps=(step,))
        assert [p.key for p in queries.queue(actor, asked, today=at.date()).rows] == [key]
        assert [p.key for p in queries.find_cases(actor, "EM7204138")] == [key]
    both.passed(world, case, "residence", at)
    rollup.count_new_days(at=at)
    counted = DayCount.objects.filter(office=world.ee).values_list("what", "key", "count")
    assert sorted(counted) == [("step", "residence_review", 1), ("submitted", "", 1)]


def test_notices_go_to_the_office_of_their_proceeding_and_name_the_one_date(world, at, case) -> None:
    both.send_back(world, case, "residence", at, STAY)
    event = CaseEvent.objects.filter(move="residence_return").get()
    service = by_unit(world, case, at).service
    assert telling.values_of(event, service)["promised_on"] == "2026-11-23"
    (first, link), *_ = telling.recipients(event, "pre_reviewer", service)
    assert first.account_id == world.ee_reviewer.account_id
    assert link.endswith("?proceeding=residence")


def test_the_history_replays_to_where_each_stands(world, at, case) -> None:
    both.send_back(world, case, "residence", at, STAY)
    both.to_decision(world, case, at)
    actions.move(case_id=case.id, move="refuse", actor=world.decider, at=at, text="不符合")
    service = by_unit(world, case, at).service
    for p in Proceeding.objects.filter(case=case):
        state = State("draft") if p.key == "main" else State(service.proceedings[p.key].first_step, "running")
        made = CaseEvent.objects.filter(proceeding=p).exclude(to_step="").exclude(move="open").order_by("seq")
        for key in made.values_list("move", flat=True):
            state = after(state, service.moves[key])
        assert (p.step, p.clock, p.asked_by_step, p.round) == (state.step, state.clock, state.asked_by, state.round)
    assert not any(broken_links(CaseEvent))


def test_a_move_costs_a_bounded_number_of_statements(world, at, case) -> None:
    both.judge(world, case, "main", at)
    spent = []
    for _ in range(2):
        both.send_back(world, case, "residence", at, STAY)
        actions.reply_to_return(case_id=case.id, item=STAY, text="与登记表一致", actor=world.handler, at=at)
        with CaptureQueriesContext(connection) as sent:
            resubmit(world, case, "residence_resubmit", at)
        spent.append(len(sent))
    assert spent[0] == spent[1] <= 20
