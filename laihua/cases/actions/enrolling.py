"""A case that asks for a place in a business system takes the place along, in its own transaction."""

from typing import TypedDict
from uuid import UUID

from laihua.cases.models import Case
from laihua.cases.queries.dossier import Dossier
from laihua.cases.rules import enrolment_state
from laihua.catalog.definitions import Enrols
from laihua.flow.moves import State
from laihua.units import actions as units


class Owner(TypedDict, total=False):
    organisation_id: UUID
    account_id: UUID


def owner_of(case: Case, enrols: Enrols) -> Owner:
    """Whose place it is: the unit's, or the person's, who files for himself or in his unit for his own place in it."""
    if enrols.whom == "unit":
        return {"organisation_id": case.unit_id} if case.unit_id is not None else {}
    return {"account_id": case.subject_id or case.started_by_id}


def take_along(dossier: Dossier, state: State) -> None:
    enrols, case, at = dossier.service.enrols, dossier.case, dossier.at
    if enrols is None:
        return
    now = enrolment_state(dossier.service.steps[state.step], state.asked_by)
    if now == "approved":
        units.approve_enrolment(system=enrols.system, case_id=case.id, profile=dossier.answers, at=at, **owner_of(case, enrols))
    elif now:
        units.follow_case(system=enrols.system, case_id=case.id, state=now, at=at)
    else:
        units.give_up_enrolment(system=enrols.system, case_id=case.id)
