"""What the decisions about a foreigner change on the roster of the unit (名册).

Answers under the keys of `staff.…` are taken over, `new_position` before `position`; an empty answer leaves what stood there.
The number and the days of the permit come from the permit itself, with the system's move after it was made.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from laihua.cases.effects import effect
from laihua.cases.models import Case
from laihua.catalog.registry import FACTS
from laihua.units import actions as units

if TYPE_CHECKING:
    from laihua.cases.queries.dossier import Dossier

NEW = "new_"
LEFT_ON = "left_on"


@effect
def enter_in_roster(dossier: "Dossier", at: datetime) -> None:
    """The foreigner is on the roster of the unit with what was approved. Nothing happens where the case is a person's own."""
    member_id = _write(dossier, at)
    Case.objects.filter(id=dossier.case.id, staff=None).update(staff_id=member_id)


@effect
def update_roster(dossier: "Dossier", at: datetime) -> None:
    """The row of the case's staff member says what was approved; without one it is found by passport or permit, or made."""
    _write(dossier, at)


@effect
def leave_roster(dossier: "Dossier", at: datetime) -> None:
    """Off the roster from the day that the form or the service names as `left_on`, otherwise from the day of the move."""
    if dossier.case.staff_id is not None:
        day = dossier.names.get(LEFT_ON)
        units.leave_roster(
            staff_id=dossier.case.staff_id, on=day if isinstance(day, date) else timezone.localtime(at).date(),
            case_id=dossier.case.id, actor=dossier.actor, at=at,
        )


def _write(dossier: "Dossier", at: datetime) -> UUID | None:
    case = dossier.case
    if case.unit_id is None:
        return None
    return units.enter_staff(
        unit_id=case.unit_id, staff_id=case.staff_id, record=record_of(dossier), account_id=case.subject_id, case_id=case.id,
        source="hall", actor=dossier.actor, at=at,
    ).id


def record_of(dossier: "Dossier") -> dict[str, str]:
    answers, granted = dossier.answers, dossier.granted
    said = {key: answers.get(NEW + key) or answers.get(key) for key in FACTS["staff"]}
    said["category"] = dossier.definition.category(dossier.names)
    if granted is not None:
        said |= {"permit_number": granted.number, "permit_from": _iso(granted.valid_from), "permit_to": _iso(granted.valid_to)}
    return {key: str(value) for key, value in said.items() if value and not isinstance(value, list | dict)}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
