"""Which page stands between somebody and a business system (ENT-1). Pure; the same for legal and natural persons."""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """How far a unit or a person is enrolled in a system. The words are those of Enrolment.State, and UNKNOWN."""

    UNKNOWN = "unknown"
    DRAFT = "draft"
    REVIEW = "review"
    RETURNED = "returned"
    REFUSED = "refused"
    APPROVED = "approved"


class Page(StrEnum):
    OFFICER = "officer"             # works at the desk, not in here
    CHOOSE = "choose"               # of which unit?
    NO_UNIT = "no_unit"             # acts for none, and the system is for units
    UNIT_PROFILE = "unit_profile"
    PERSON_PROFILE = "person_profile"
    UNIT_PENDING = "unit_pending"
    PERSON_PENDING = "person_pending"
    SUSPENDED = "suspended"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class Entrant:
    """Who stands at the door. `unit`, `person`: None where the system enrols none of the kind, so nothing is asked.

    `individuals`: the system has an individual end, and whoever acts for no unit enters there.
    """

    unit: Stage | None = None
    person: Stage | None = None
    acts_for_unit: bool = True
    must_choose: bool = False
    individuals: bool = False
    officer: bool = False
    held: bool = False


def page_for(entrant: Entrant) -> Page:
    """In the order of the source: unit, user, review, duplicate, home.

    A unit under review is not known yet: its people wait, since their own profile goes to the authority that the unit's
    profile chooses. What was returned or refused is filled in again.
    """
    if entrant.officer:
        return Page.OFFICER
    if entrant.must_choose:
        return Page.CHOOSE
    unit = entrant.unit
    if unit is not None and not entrant.acts_for_unit:
        if not entrant.individuals:
            return Page.NO_UNIT
        unit = None
    if unit is not None and unit not in (Stage.REVIEW, Stage.APPROVED):
        return Page.UNIT_PROFILE
    if unit != Stage.REVIEW and entrant.person not in (None, Stage.REVIEW, Stage.APPROVED):
        return Page.PERSON_PROFILE
    if unit == Stage.REVIEW:
        return Page.UNIT_PENDING
    if entrant.person == Stage.REVIEW:
        return Page.PERSON_PENDING
    return Page.SUSPENDED if entrant.held else Page.HOME
