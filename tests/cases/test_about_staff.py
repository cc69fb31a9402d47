"""A case that is started for a foreigner on the roster of the unit, and what its decision changes there."""

from datetime import date, timedelta

import pytest

from laihua.accounts.models import Account
from laihua.cases import actions, queries
from laihua.cases.models import Case
from laihua.catalog.loader import load
from laihua.kernel.texts import Refused
from laihua.units import actions as units
from laihua.units.models import StaffMember
from tests.cases import roster_service as roster

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(world, at, tmp_path):
    roster.sync(tmp_path, at)
    return world


def start(house, at, member, actor=None):
    return actions.start_case(service_id=roster.ID, actor=actor or house.handler, at=at, staff_id=member and member.id)


def test_the_form_begins_with_what_the_roster_says(house, at):
    member = roster.member(house, at)
    case = start(house, at, member)
    seen = queries.dossier(case.id, actor=house.handler, at=at)
    assert (case.staff_id, case.subject_id) == (member.id, None)
    assert seen.answers == {
        "email": "a.weber@example.com", "new_position": "光学工程师", "surname": "WEBER", "passport_number": "C01X00T47",
        "permit_to": "2027-01-31", "closes": "2027-01-01",
    }
    with pytest.raises(Refused):
        actions.save_answers(case_id=case.id, changes={"surname": "KLEIN"}, base=0, actor=house.handler, at=at)
    assert queries.my_cases(house.handler, done=False).rows[0].subject_name == "WEBER"


def test_whoever_is_linked_on_the_roster_is_the_subject(house, at):
    member = roster.member(house, at)
    StaffMember.objects.update(account=Account.objects.get(id=house.subject.account_id))
    assert start(house, at, member).subject_id == house.subject.account_id


def test_nobody_chosen_is_refused_and_somebody_else_s_staff_does_not_exist(house, at):
    with pytest.raises(Refused) as refused:
        start(house, at, None)
    assert [r.code for r in refused.value.reasons] == ["staff_missing"]
    theirs = roster.member(house, at, unit_id=house.other_unit.id)
    for actor in (house.handler, house.second_handler):
        with pytest.raises(queries.NotYours):
            start(house, at, theirs, actor)
    with pytest.raises(Refused):
        start(house, at, theirs, house.subject)


def test_a_running_case_of_the_same_service_is_told_and_not_doubled(house, at):
    member, other = roster.member(house, at), roster.member(house, at, passport_number="C99", permit_number="WPX2")
    case = start(house, at, member)
    with pytest.raises(Refused) as refused:
        start(house, at, member, house.second_handler)
    assert case.number in refused.value.reasons[0].text.zh
    assert str(case.id) in refused.value.reasons[0].link
    assert start(house, at, other).staff_id == other.id
    why = actions.why_not_start(service_id=roster.ID, actor=house.handler, at=at, staff_id=member.id)
    assert [r.code for r in why] == ["under_way"]


def test_a_case_keeps_what_the_roster_said_when_it_was_started(house, at):
    member = roster.member(house, at)
    case = start(house, at, member)
    roster.member(house, at, surname="WEBER-KLEIN", category="A")
    seen = queries.dossier(case.id, actor=house.handler, at=at)
    assert seen.answers["surname"] == "WEBER"
    assert seen.known["staff"]["category"] == "B"


def test_an_approval_updates_the_roster_and_new_values_win(house, at):
    member = roster.member(house, at)
    case = start(house, at, member)
    actions.save_answers(case_id=case.id, changes={"new_position": "研发总监"}, base=0, actor=house.handler, at=at)
    actions.move(case_id=case.id, move="submit", actor=house.handler, at=at)
    actions.claim(case_id=case.id, actor=house.local_registrar, at=at)
    actions.move(case_id=case.id, move="change", actor=house.local_registrar, at=at)
    member.refresh_from_db()
    assert member.record == roster.RECORD | {"position": "研发总监"}
    assert (member.case_id, member.permit_to) == (case.id, date(2027, 1, 31))
    assert start(house, at, member), "the next one may begin"


def test_a_cancellation_takes_the_member_off_the_roster(house, at):
    member = roster.member(house, at)
    case = start(house, at, member)
    actions.save_answers(case_id=case.id, changes={"left_on": "2026-11-10"}, base=0, actor=house.handler, at=at)
    actions.move(case_id=case.id, move="submit", actor=house.handler, at=at)
    actions.claim(case_id=case.id, actor=house.local_registrar, at=at)
    actions.move(case_id=case.id, move="cancel", actor=house.local_registrar, at=at)
    member.refresh_from_db()
    assert member.left_on == date(2026, 11, 10)
    again = roster.member(house, at + timedelta(days=1))
    assert again.id != member.id, "whoever comes back is entered anew"


def test_two_rows_that_turn_out_to_be_one_person_become_one(house, at):
    first, second = roster.member(house, at), roster.member(house, at, passport_number="OLD77", permit_number="")
    assert StaffMember.objects.filter(left_on=None).count() == 2
    units.enter_staff(unit_id=house.unit.id, staff_id=second.id, record={"passport_number": "C01X00T47"}, source="hall",
                      actor=house.handler, at=at)
    first.refresh_from_db()
    assert first.left_on == at.date()


def test_the_loader_knows_what_about_staff_allows(tmp_path):
    root = roster.write(tmp_path)
    assert not load(root).faults
    path = root / "service.yaml"
    for change, words in (
        (("about: staff\n", ""), "staff.surname"),
        (("about: staff", "about: dog"), "dog"),
        (("source: staff.surname", "source: staff.height"), "staff.height"),
        (("starts: unit", "starts: person"), "about"),
    ):
        path.write_text(roster.SERVICE.replace(*change), encoding="utf-8")
        assert any(words in str(fault) or "roster" in str(fault) for fault in load(root).faults), words


def test_other_cases_are_about_nobody(world, at):
    case = actions.start_case(service_id="work_permit.new", actor=world.handler, at=at, staff_id=roster.member(world, at).id)
    assert Case.objects.get(id=case.id).staff_id is None
