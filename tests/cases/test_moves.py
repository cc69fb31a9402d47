"""Who may move a case, when, and what the refused one reads."""

from datetime import timedelta

import pytest

from laihua.accounts import actions as accounts
from laihua.accounts.permissions import SYSTEM, Actor
from laihua.cases import actions, queries
from laihua.cases.models import CaseEvent, Proceeding
from laihua.kernel.texts import Refused
from tests import world as building

pytestmark = pytest.mark.django_db


def refused(call) -> list[str]:
    with pytest.raises(Refused) as problem:
        call()
    return [r.code for r in problem.value.reasons]


@pytest.mark.req("WP-3")
@pytest.mark.parametrize("who", ["subject", "other_person"])
def test_an_individual_cannot_start_an_application(world, at, who):
    codes = refused(lambda: actions.start_case(service_id=building.WORK_PERMIT, actor=getattr(world, who), at=at))
    assert codes == ["wrong_starter"]


@pytest.mark.req("WP-3")
def test_each_end_is_refused_the_other_ends_step(world, at):
    case = building.confirmation_case(world, at)
    assert refused(lambda: actions.move(case_id=case.id, move="confirm", actor=world.handler, at=at)) == ["wrong_end"]
    assert refused(lambda: actions.move(case_id=case.id, move="recall", actor=world.subject, at=at)) == ["wrong_end"]
    assert "not_editable" in refused(
        lambda: actions.save_answers(case_id=case.id, changes={"position": "x"}, base=99, actor=world.subject, at=at)
    )


@pytest.mark.req("WP-4")
def test_nothing_is_submitted_while_anything_is_missing_and_all_gaps_are_told_at_once(world, at):
    case = building.draft(world, at, building.complete_answers(work_address="", passport_number=""))
    with pytest.raises(Refused) as problem:
        actions.move(case_id=case.id, move="submit", actor=world.handler, at=at)
    places = [r.place for r in problem.value.reasons]
    assert {"work_address", "passport_number", "material:passport", "material:contract"} <= set(places)
    assert Proceeding.objects.get(case=case).step == "draft"


@pytest.mark.req("UNI-6")
def test_a_filing_that_lapses_between_draft_and_submission_stops_it_and_says_so(world, at):
    case = building.complete_draft(world, at)
    later = at.replace(year=2028)
    with pytest.raises(Refused) as problem:
        actions.move(case_id=case.id, move="submit", actor=world.handler, at=later)
    reason = next(r for r in problem.value.reasons if "filing" in r.code)
    assert "2027-12-31" in reason.text.zh
    assert "2027-12-31" in reason.text.en
    case.refresh_from_db()
    assert case.answers["position"], "nothing is lost"


@pytest.mark.req("WP-6")
def test_the_promised_date_is_seven_working_days_and_the_day_of_submission_does_not_count(world, at):
    case = building.submitted_case(world, at)                  # Thursday 2026-11-12
    p = Proceeding.objects.get(case=case)
    assert (p.promised_on.isoformat(), p.due_on.isoformat()) == ("2026-11-23", "2026-11-19")


@pytest.mark.req("WP-6", "OPS-2")
def test_the_clock_stands_while_the_applicant_holds_the_case(world, at):
    case = building.returned_case(world, at)
    back = at + timedelta(days=5)                              # Tuesday
    answer_returns(world, case, back)
    actions.move(case_id=case.id, move="resubmit", actor=world.handler, at=back)
    p = Proceeding.objects.get(case=case)
    assert (p.step, p.round, p.promised_on.isoformat()) == ("pre_review", 2, "2026-11-25")
    assert p.due_on.isoformat() == "2026-11-23", "the step goes on where it stopped"


def answer_returns(world, case, at):
    actions.save_answers(
        case_id=case.id, changes={"work_address": "上海市浦东新区望江路88号3幢503室"}, base=case.revision,
        actor=world.handler, at=at,
    )
    actions.reply_to_return(case_id=case.id, item=("material", "degree"), text="已在第2页附认证", actor=world.handler, at=at)


@pytest.mark.req("WP-7", "RP-10")
def test_a_resubmission_needs_an_answer_to_every_return_and_goes_back_to_the_step_that_asked(world, at):
    case = building.returned_case(world, at)
    codes = refused(lambda: actions.move(case_id=case.id, move="resubmit", actor=world.handler, at=at))
    assert codes == ["not_corrected", "not_corrected"]
    answer_returns(world, case, at)
    assert actions.move(case_id=case.id, move="resubmit", actor=world.handler, at=at).to_step == "pre_review"


@pytest.mark.req("RP-10", "WP-7")
def test_accepted_parts_are_locked_while_the_rest_is_corrected(world, at):
    case = building.returned_case(world, at)
    assert refused(
        lambda: actions.save_answers(
            case_id=case.id, changes={"position": "别的职务"}, base=case.revision, actor=world.handler, at=at
        )
    ) == ["not_editable"]
    assert refused(
        lambda: actions.remove_material(case_id=case.id, key="passport", actor=world.handler, at=at)
    ) == ["locked"]


@pytest.mark.req("WP-7")
def test_a_return_needs_a_reason_of_the_catalogue(world, at):
    case = building.submitted_case(world, at)
    actions.claim(case_id=case.id, actor=world.pre_reviewer, at=at)
    judge = {"case_id": case.id, "items": [("field", "position")], "result": "returned", "actor": world.pre_reviewer, "at": at}
    assert refused(lambda: actions.record_verdicts(**judge)) == ["reason_missing"]
    assert refused(lambda: actions.record_verdicts(**judge, reasons=["WP-R999"])) == ["reason_unknown"]


@pytest.mark.req("OPS-1")
def test_verdicts_are_told_with_the_return_and_not_before(world, at):
    case = building.submitted_case(world, at)
    actions.claim(case_id=case.id, actor=world.pre_reviewer, at=at)
    actions.record_verdicts(
        case_id=case.id, items=[("field", "position")], result="returned", reasons=["WP-R01"], actor=world.pre_reviewer, at=at
    )
    item = ("field", "position")
    assert item not in queries.dossier(case.id, actor=world.handler, at=at).visible_words
    actions.move(case_id=case.id, move="return_for_correction", actor=world.pre_reviewer, at=at)
    assert queries.dossier(case.id, actor=world.handler, at=at).visible_words[item].reasons == ("WP-R01",)


@pytest.mark.req("WP-6")
def test_nobody_decides_what_he_pre_reviewed(world, at):
    accounts.grant_role(
        account_id=world.pre_reviewer.account_id, organisation_id=world.office.id, role="decider", actor=SYSTEM, at=at
    )
    both = Actor(
        account_id=world.pre_reviewer.account_id, name="韩静姝", roles=frozenset({"pre_reviewer", "decider"}),
        organisation_id=world.office.id,
    )
    case = building.decision_case(world, at)
    actions.claim(case_id=case.id, actor=both, at=at)
    assert refused(lambda: actions.move(case_id=case.id, move="approve", actor=both, at=at)) == ["same_officer"]


@pytest.mark.parametrize("who", ["stranger", "other_person"])
def test_a_foreign_case_does_not_exist(world, at, who):
    case = building.submitted_case(world, at)
    with pytest.raises(queries.NotYours):
        queries.dossier(case.id, actor=getattr(world, who), at=at)
    with pytest.raises(queries.NotYours):
        actions.move(case_id=case.id, move="withdraw", actor=getattr(world, who), at=at)


def test_an_officer_of_another_office_sees_nothing(world, at):
    other = accounts.create_organisation(kind="authority", code="X", name_zh="别处", name_en="Elsewhere", actor=SYSTEM, at=at)
    actor = Actor(account_id=world.clerk.account_id, name="", roles=frozenset({"pre_reviewer", "head"}), organisation_id=other.id)
    with pytest.raises(queries.NotYours):
        queries.dossier(building.submitted_case(world, at).id, actor=actor, at=at)


@pytest.mark.req("OPS-5")
def test_the_history_cannot_be_changed_and_shows_when_it_was(world, at):
    from django.db import connection, transaction
    from django.db.utils import DatabaseError

    from laihua.kernel.queries import broken_links

    case = building.submitted_case(world, at)
    with pytest.raises(DatabaseError), transaction.atomic():
        CaseEvent.objects.filter(case=case).update(role="nobody")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cases_caseevent DISABLE TRIGGER append_only")
        cursor.execute("UPDATE cases_caseevent SET role = 'nobody' WHERE case_id = %s AND move = 'submit'", [case.id])
    broken = [b for b in broken_links(CaseEvent) if b]
    assert len(broken) == 1
    assert broken[0].chain == str(case.id)


@pytest.mark.req("OPS-2", "OPS-4")
def test_an_unconfirmed_application_goes_back_by_itself_once(world, at):
    case = building.confirmation_case(world, at)
    last_day = at + timedelta(days=10)
    assert actions.fire_due_moves(at=last_day.replace(hour=23, minute=59)) == 0
    next_day = (at + timedelta(days=11)).replace(hour=0, minute=0)
    assert actions.fire_due_moves(at=next_day) == 1
    assert actions.fire_due_moves(at=next_day) == 0
    assert Proceeding.objects.get(case=case).step == "draft"


def test_a_case_that_moved_on_is_passed_over_by_its_automatic_move(world, at):
    case = building.submitted_case(world, at)
    assert actions.fire_due_moves(at=at + timedelta(days=30)) == 0
    assert Proceeding.objects.get(case=case).step == "pre_review"


@pytest.mark.req("OPS-4")
def test_a_running_case_keeps_the_definition_that_it_began_with(world, at):
    from laihua.catalog.models import ServiceVersion

    case = building.submitted_case(world, at)
    old = case.version_id
    row = ServiceVersion.objects.get(id=old)
    texts = dict(row.definition)
    ServiceVersion.objects.filter(id=old).update(is_current=False)
    ServiceVersion.objects.create(
        service_id=row.service_id, sha256="0" * 64, definition=texts, is_current=True, created_at=at
    )
    assert queries.dossier(case.id, actor=world.pre_reviewer, at=at).definition.version_id == old
    assert building.draft(world, at).version_id != old
