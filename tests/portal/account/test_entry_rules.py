"""Which page stands before a business system, at every boundary."""

from itertools import product

import pytest

from laihua.portal.account.entry.rules import Entrant, Page, Stage, page_for

pytestmark = pytest.mark.req("ENT-1")
KNOWN = Entrant(unit=Stage.APPROVED, person=Stage.APPROVED)
TO_FILL_IN = (Stage.UNKNOWN, Stage.DRAFT, Stage.RETURNED, Stage.REFUSED)


@pytest.mark.parametrize("unit", TO_FILL_IN)
@pytest.mark.parametrize("person", [None, *Stage])
@pytest.mark.parametrize("held", [True, False])
def test_an_unknown_unit_comes_first(unit: Stage, person: Stage | None, held: bool) -> None:
    assert page_for(Entrant(unit=unit, person=person, held=held)) is Page.UNIT_PROFILE


@pytest.mark.parametrize("person", TO_FILL_IN)
@pytest.mark.parametrize("unit", [None, Stage.APPROVED])
@pytest.mark.parametrize("held", [True, False])
def test_of_a_known_unit_an_unknown_user_fills_in_his_profile(unit: Stage | None, person: Stage, held: bool) -> None:
    assert page_for(Entrant(unit=unit, person=person, held=held)) is Page.PERSON_PROFILE


@pytest.mark.parametrize(("unit", "person", "page"), [
    *((Stage.REVIEW, person, Page.UNIT_PENDING) for person in (None, *Stage)),
    (Stage.APPROVED, Stage.REVIEW, Page.PERSON_PENDING), (None, Stage.REVIEW, Page.PERSON_PENDING),
])
@pytest.mark.parametrize("held", [True, False])
def test_what_is_under_review_waits_before_a_duplicate_is_told(unit: Stage | None, person: Stage | None, page: Page, held: bool) -> None:
    assert page_for(Entrant(unit=unit, person=person, held=held)) is page


@pytest.mark.parametrize("unit", [None, Stage.APPROVED])
@pytest.mark.parametrize("person", [None, Stage.APPROVED])
def test_a_suspected_duplicate_is_suspended_and_everybody_else_comes_in(unit: Stage | None, person: Stage | None) -> None:
    assert page_for(Entrant(unit=unit, person=person, held=True)) is Page.SUSPENDED
    assert page_for(Entrant(unit=unit, person=person, held=False)) is Page.HOME


def test_before_all_of_it_one_says_for_whom_one_comes() -> None:
    for unit, held in product((None, *Stage), (True, False)):
        assert page_for(Entrant(unit=unit, held=held, officer=True, must_choose=True)) is Page.OFFICER
        assert page_for(Entrant(unit=unit, held=held, must_choose=True, acts_for_unit=False)) is Page.CHOOSE


def test_who_acts_for_no_unit_is_told_what_to_do_unless_the_system_has_an_individual_end() -> None:
    alone = Entrant(unit=Stage.UNKNOWN, acts_for_unit=False)
    assert page_for(alone) is Page.NO_UNIT
    assert page_for(Entrant(unit=Stage.UNKNOWN, acts_for_unit=False, individuals=True)) is Page.HOME
    assert page_for(Entrant(unit=None, acts_for_unit=False)) is Page.HOME, "a system that enrols no unit asks for none"
    assert page_for(Entrant(unit=Stage.UNKNOWN, person=Stage.REVIEW, acts_for_unit=False, individuals=True)) is Page.PERSON_PENDING


def test_who_is_known_comes_in() -> None:
    assert page_for(KNOWN) is Page.HOME
