"""Expert projects: who may apply, up the chain of offices, an expert in one project, what experts say, and what follows."""

from datetime import datetime, timedelta

import pytest

from laihua.cases import actions, queries, reserving
from laihua.cases.models import CaseEvent, Reservation
from laihua.kernel.texts import Refused
from laihua.notifications.models import InboxMessage
from laihua.units.models import Enrolment
from tests.services import projects
from tests.services.projects import CHANGE, CLOSING, INDIVIDUAL
from tests.world import World, proceeding_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("XP-2")]


@pytest.fixture
def hall(world: World, at: datetime) -> World:
    return projects.hall(world, at)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [r.code for r in refused.value.reasons]


def test_only_an_enrolled_unit_and_an_enrolled_person_start(hall: World, at: datetime) -> None:
    Enrolment.objects.filter(account=hall.accounts["second_handler"]).delete()
    with pytest.raises(Refused) as refused:
        actions.start_case(service_id=INDIVIDUAL, actor=hall.second_handler, at=at)
    assert codes(refused) == ["person_not_enrolled"]
    assert refused.value.reasons[0].link == "/enter/expert_projects/"
    Enrolment.objects.filter(organisation=hall.unit.organisation).update(state="review")
    with pytest.raises(Refused) as refused:
        actions.start_case(service_id=INDIVIDUAL, actor=hall.handler, at=at)
    assert codes(refused) == ["unit_not_enrolled"]
    assert "请等待归口管理单位审核" in refused.value.reasons[0].text.zh


def test_a_citys_project_goes_to_its_province_and_then_to_the_national_administration(hall: World, at: datetime) -> None:
    case = projects.submitted(INDIVIDUAL, hall.handler, at)
    assert proceeding_of(case).office_id == hall.handan.organisation_id
    projects.passed(hall, case, at, ("handan", "pass_up"))
    assert proceeding_of(case).office_id == hall.hebei.organisation_id
    seen = queries.dossier(case.id, actor=hall.hebei, at=at)
    sheet = queries.review_sheet(seen)
    assert sheet.left == 0, "what the city accepted is not asked for again"
    assert {row.state for row in sheet.rows("materials")} == {"accepted"}
    projects.passed(hall, case, at, ("hebei", "recommend_on"))
    assert (proceeding_of(case).office_id, proceeding_of(case).step) == (hall.national.id, "national_check")


def test_a_province_passes_straight_on_and_its_line_has_no_city(world: World, at: datetime) -> None:
    hall = projects.hall(world, at, authority="FE-130000")
    case = projects.submitted(INDIVIDUAL, hall.handler, at)
    actions.claim(case_id=case.id, actor=hall.hebei, at=at)
    seen = queries.dossier(case.id, actor=hall.hebei, at=at)
    assert [o.move.key for o in seen.offers()] == ["return_for_correction", "recommend"]
    assert not seen.definition.has_step("province_review", seen.names)
    with pytest.raises(Refused):
        actions.move(case_id=case.id, move="pass_up", actor=hall.hebei, at=at)


@pytest.mark.parametrize("level", ["hebei", "national_registrar"])
def test_each_level_returns_with_reasons_and_gets_the_correction(hall: World, at: datetime, level: str) -> None:
    case = projects.submitted(INDIVIDUAL, hall.handler, at)
    way = [("handan", "pass_up"), ("hebei", "recommend_on")]
    projects.passed(hall, case, at, *way[: 1 if level == "hebei" else 2])
    officer = hall.actors[level]
    actions.claim(case_id=case.id, actor=officer, at=at)
    actions.record_verdicts(case_id=case.id, items=[("field", "background")], result="returned", reasons=["EP-R04"], actor=officer, at=at)
    actions.move(case_id=case.id, move="return_for_correction", actor=officer, at=at)
    case.refresh_from_db()
    actions.save_answers(case_id=case.id, changes={"background": "补充说明。"}, base=case.revision, actor=hall.handler, at=at)
    actions.move(case_id=case.id, move="resubmit", actor=hall.handler, at=at)
    assert proceeding_of(case).office_id == officer.organisation_id


# One running project for an expert

def test_an_expert_in_another_units_project_is_refused_and_nothing_of_that_unit_is_told(hall: World, at: datetime) -> None:
    first = projects.submitted(INDIVIDUAL, hall.stranger, at)
    case = projects.drafted(INDIVIDUAL, hall.handler, at)
    with pytest.raises(Refused) as refused:
        actions.move(case_id=case.id, move="submit", actor=hall.handler, at=at)
    reason, = refused.value.reasons
    assert reason.place == "experts.0.passport_number"
    assert "同一专家同时只能参加一个项目" in reason.text.zh
    assert "MORITZ" not in str(reason)
    assert first.number not in str(reason)
    assert hall.other_unit.name_zh not in str(reason)
    assert proceeding_of(case).step == "draft"


def test_two_at_once_are_settled_by_the_unique_row(hall: World, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    projects.submitted(INDIVIDUAL, hall.stranger, at)
    case = projects.drafted(INDIVIDUAL, hall.handler, at)
    found, asked = reserving.held_elsewhere, []

    def too_early(seen: queries.Dossier, *, lock: bool = False) -> list[object]:
        """As if the other had not committed yet, until the row is written."""
        asked.append(lock)
        return [] if len(asked) < 3 else found(seen)

    monkeypatch.setattr(reserving, "held_elsewhere", too_early)
    with pytest.raises(Refused) as refused:
        actions.move(case_id=case.id, move="submit", actor=hall.handler, at=at)
    assert codes(refused) == ["taken"]
    assert Reservation.objects.filter(ended_at=None).count() == 1


def test_an_expert_is_free_once_the_project_is_withdrawn_or_refused(hall: World, at: datetime) -> None:
    first = projects.submitted(INDIVIDUAL, hall.stranger, at)
    actions.move(case_id=first.id, move="withdraw", actor=hall.stranger, at=at)
    projects.decided(hall, hall.stranger, at, "refuse")
    assert proceeding_of(projects.submitted(INDIVIDUAL, hall.handler, at)).step == "first_review"


def test_an_approved_project_holds_its_expert_until_its_period_is_over(hall: World, at: datetime) -> None:
    projects.decided(hall, hall.stranger, at)
    held = Reservation.objects.get(ended_at=None)
    assert str(held.until) == "2028-12-31"
    last = datetime.fromisoformat("2028-12-31T10:00:00+08:00")
    later = {"period_from": "2029-06-01", "period_to": "2029-12-31", "secrecy_on": "2028-12-01"}
    with pytest.raises(Refused):
        projects.submitted(INDIVIDUAL, hall.handler, last, **later)
    case = projects.submitted(INDIVIDUAL, hall.second_handler, last + timedelta(days=1), **later)
    held.refresh_from_db()
    assert held.ended_at is not None
    assert Reservation.objects.get(ended_at=None).case_id == case.id


# Experts' opinions

def test_experts_are_asked_answer_alone_and_the_officer_sees_all(hall: World, at: datetime) -> None:
    case = projects.with_experts(hall, hall.handler, at)
    projects.asked(hall, case, at)
    with pytest.raises(Refused) as refused:
        actions.move(case_id=case.id, move="end_review", actor=hall.national_registrar, at=at)
    assert codes(refused) == ["opinions_missing"]
    projects.answered(hall, case, at, "expert_one")
    projects.answered(hall, case, at, "expert_two", need=8)
    actions.decline_opinion(case_id=case.id, text="与专家有合作。", actor=hall.expert_three, at=at)
    with pytest.raises(Refused):
        actions.move(case_id=case.id, move="end_review", actor=hall.national_registrar, at=at)
    projects.asked(hall, case, at, "expert_four")
    projects.answered(hall, case, at, "expert_four")
    tally = queries.tally(queries.dossier(case.id, actor=hall.national_registrar, at=at))
    assert (tally.count, tally.missing, tally.highest, tally.lowest, tally.spread, tally.maximum) == (3, 0, 86, 76, 10, 100)
    assert round(tally.average, 2) == 82.67
    assert [one.state for one in tally.given].count("declined") == 1
    actions.move(case_id=case.id, move="end_review", actor=hall.national_registrar, at=at)
    with pytest.raises(Refused) as refused:
        projects.answered(hall, case, at, "expert_one")
    assert codes(refused) == ["opinion_answered"]


def test_whoever_was_not_asked_sees_nothing(hall: World, at: datetime) -> None:
    case = projects.with_experts(hall, hall.handler, at)
    projects.asked(hall, case, at)
    for who in ("expert_four", "handler", "national_decider", "stranger"):
        with pytest.raises(queries.NotYours):
            queries.opinion_asked(case.id, actor=hall.actors[who], at=at)
    with pytest.raises(queries.NotYours):
        queries.dossier(case.id, actor=hall.expert_one, at=at)


def test_nobody_of_the_applying_unit_and_nobody_who_had_the_case(hall: World, at: datetime) -> None:
    from laihua.accounts import actions as accounts
    from laihua.accounts.permissions import SYSTEM

    accounts.grant_role(
        account_id=hall.accounts["expert_one"].id, organisation_id=hall.unit.id, role="handler", actor=SYSTEM, at=at)
    accounts.grant_role(
        account_id=hall.accounts["national_registrar"].id, organisation_id=hall.national.id, role="expert", actor=SYSTEM, at=at)
    case = projects.with_experts(hall, hall.handler, at)
    for who in ("expert_one", "national_registrar"):
        with pytest.raises(Refused) as refused:
            projects.asked(hall, case, at, who)
        assert codes(refused) == ["expert_conflict"]


def test_scores_outside_the_scale_are_refused_each_at_its_place(hall: World, at: datetime) -> None:
    case = projects.with_experts(hall, hall.handler, at)
    projects.asked(hall, case, at)
    with pytest.raises(Refused) as refused:
        actions.give_opinion(case_id=case.id, scores={**projects.SCORES, "need": "21", "funds": ""}, recommendation="maybe",
                             text=" ", actor=hall.expert_one, at=at)
    assert [r.place for r in refused.value.reasons] == ["need", "funds", "recommendation", "text"]


def test_the_days_of_the_experts_do_not_count(hall: World, at: datetime) -> None:
    case = projects.with_experts(hall, hall.handler, at)
    before = queries.dossier(case.id, actor=hall.handler, at=at).promise
    later = at + timedelta(days=28)
    during = queries.dossier(case.id, actor=hall.handler, at=later).promise
    assert (during.state, during.left) == ("paused", before.left)
    assert during.on > before.on


def test_applicants_learn_of_the_review_and_of_no_expert(hall: World, at: datetime) -> None:
    case = projects.with_experts(hall, hall.handler, at)
    projects.asked(hall, case, at)
    projects.answered(hall, case, at, "expert_one")
    seen = queries.dossier(case.id, actor=hall.handler, at=at)
    shown = [str(e.what) + str(e.who) for e in queries.history(seen)]
    assert any("专家评审" in line for line in shown)
    assert not any(name in line for name in projects.EXPERTS.values() for line in shown)


def test_experts_hear_that_they_are_asked(hall: World, at: datetime) -> None:
    from laihua.cases.jobs import announce

    case = projects.with_experts(hall, hall.handler, at)
    projects.asked(hall, case, at)
    announce(str(CaseEvent.objects.get(case=case, move="ask_experts").id))
    told = InboxMessage.objects.filter(account=hall.accounts["expert_one"])
    assert [m.link for m in told] == [f"/desk/opinions/{case.id}/"]
    assert not InboxMessage.objects.filter(account=hall.accounts["expert_four"]).exists()


# What follows an approved project

def test_reports_start_from_an_approved_project_of_the_unit(hall: World, at: datetime) -> None:
    running = projects.submitted(INDIVIDUAL, hall.handler, at)
    with pytest.raises(Refused) as refused:
        actions.start_case(service_id=CHANGE, actor=hall.handler, at=at)
    assert codes(refused) == ["about_none"]
    with pytest.raises(queries.NotYours):
        actions.start_case(service_id=CHANGE, actor=hall.handler, at=at, about_id=running.id)
    actions.move(case_id=running.id, move="withdraw", actor=hall.handler, at=at)
    project = projects.decided(hall, hall.handler, at)
    with pytest.raises(queries.NotYours):
        actions.start_case(service_id=CHANGE, actor=hall.stranger, at=at, about_id=project.id)
    with pytest.raises(Refused) as refused:
        actions.start_case(service_id=CHANGE, actor=hall.handler, at=at)
    assert codes(refused) == ["about_missing"]
    case = actions.start_case(service_id=CHANGE, actor=hall.handler, at=at, about_id=project.id)
    seen = queries.dossier(case.id, actor=hall.handler, at=at)
    assert (seen.answers["project_number"], seen.answers["period_to"]) == (project.number, "2028-12-31")
    assert [e["passport_number"] for e in seen.answers["experts"]] == ["EX7300101"]
    assert len(seen.answers["budget"]) == 3
    with pytest.raises(Refused) as refused:
        actions.start_case(service_id=CHANGE, actor=hall.second_handler, at=at, about_id=project.id)
    assert codes(refused) == ["under_way"]


def test_an_approved_change_is_what_later_reports_begin_with_and_moves_what_is_held(hall: World, at: datetime) -> None:
    project = projects.decided(hall, hall.handler, at)
    new = {**projects.example(INDIVIDUAL)["experts"][0], "name": "OKAFOR ADA", "passport_number": "EX7300202"}
    new.pop("other_projects")
    projects.reported(
        hall, CHANGE, hall.handler, at, project, change_items=["period", "experts"], new_period_to="2029-06-30", experts=[new])
    held = Reservation.objects.get(ended_at=None)
    assert (held.case_id, str(held.until)) == (project.id, "2029-06-30")
    case = actions.start_case(service_id=CLOSING, actor=hall.handler, at=at, about_id=project.id)
    answers = queries.dossier(case.id, actor=hall.handler, at=at).answers
    assert answers["period_to"] == "2029-06-30"
    assert [e["name"] for e in answers["took_part"]] == ["OKAFOR ADA"]
    assert proceeding_of(projects.submitted(INDIVIDUAL, hall.stranger, at)).step == "first_review", "the one who left is free"


def test_a_refused_change_leaves_the_project_as_it_was(hall: World, at: datetime) -> None:
    project = projects.decided(hall, hall.handler, at)
    new = {**projects.example(INDIVIDUAL)["experts"][0], "passport_number": "EX7300202"}
    new.pop("other_projects")
    case = projects.submitted(CHANGE, hall.handler, at, project.id, change_items=["experts"], experts=[new], new_period_to="")
    assert Reservation.objects.filter(ended_at=None).count() == 2
    actions.move(case_id=case.id, move="withdraw", actor=hall.handler, at=at)
    held = Reservation.objects.get(ended_at=None)
    assert (held.case_id, str(held.until)) == (project.id, "2028-12-31")


def test_the_closing_report_frees_the_experts_and_ends_all_reports(hall: World, at: datetime) -> None:
    project = projects.decided(hall, hall.handler, at)
    after = datetime.fromisoformat("2029-01-15T10:00:00+08:00")
    projects.reported(hall, CLOSING, hall.handler, after, project)
    assert not Reservation.objects.filter(ended_at=None).exists()
    for service in (CHANGE, CLOSING):
        with pytest.raises(queries.NotYours):
            actions.start_case(service_id=service, actor=hall.handler, at=after, about_id=project.id)


@pytest.mark.parametrize(("service", "output"), [(CHANGE, "change_approval"), (CLOSING, "closing_certificate")])
def test_the_papers_of_reports_are_typeset_and_numbered(hall: World, at: datetime, service: str, output: str) -> None:
    from laihua.permits import actions as permits
    from laihua.permits.models import Issued

    project = projects.decided(hall, hall.handler, at)
    after = datetime.fromisoformat("2027-06-01T10:00:00+08:00" if service == CHANGE else "2029-01-15T10:00:00+08:00")
    case = projects.reported(hall, service, hall.handler, after, project)
    event = CaseEvent.objects.get(case=case, move="approve")
    permits.issue(case_id=case.id, proceeding_id=event.proceeding_id, output=output, event_id=event.id, at=after)
    paper = Issued.objects.get(case=case, key=output)
    assert paper.number
    assert paper.file_id
