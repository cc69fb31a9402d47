"""Whether a unit and whoever acts for it stand in the business system of a service, and what is missing otherwise."""

from typing import TYPE_CHECKING
from uuid import UUID

from laihua.cases.models import Case
from laihua.kernel.texts import Reason, Text
from laihua.units import queries as units

if TYPE_CHECKING:
    from laihua.cases.queries.dossier import Dossier

UNIT_FIRST = Text(
    "本单位还没有在该业务系统登记。请先完善单位信息，审核通过后再办理。",
    "The unit is not enrolled in this system. Complete its profile first; you can go on once it is approved.")
UNIT_WAITS = Text(
    "该单位注册信息已经提交，请等待归口管理单位审核", "The unit's registration was submitted; please wait for its supervising authority")
PERSON_FIRST = Text(
    "您还没有在该业务系统登记。请先完善个人信息，审核通过后再办理。",
    "You are not enrolled in this system. Complete your own profile first; you can go on once it is approved.")
PERSON_ALONE = Text(
    "首次办理前，请先填写单位信息，审核通过后再办理。",
    "Before the first use, fill in the unit's information; you can go on once it is approved.")
PERSON_WAITS = Text(
    "该用户注册信息已经提交，请等待归口管理单位审核", "Your registration was submitted; please wait for the supervising authority")


def not_enrolled(dossier: "Dossier") -> Reason | None:
    """The unit first, then the person. Whoever filed the unit's profile is named in it and needs none of his own."""
    system, actor = dossier.service.system, dossier.actor
    if dossier.case.unit_id is None:
        return person_not_enrolled(system, dossier.case.subject_id, PERSON_ALONE)
    unit = units.enrolment_of_unit(system, dossier.case.unit_id)
    if unit is None or unit.state != "approved":
        return way(system, UNIT_WAITS if unit is not None and unit.state == "review" else UNIT_FIRST, "unit")
    if unit.case_id and Case.objects.filter(id=unit.case_id, started_by_id=actor.account_id).exists():
        return None
    return person_not_enrolled(system, actor.account_id, PERSON_FIRST)


def person_not_enrolled(system: str, account_id: UUID | None, first: Text) -> Reason | None:
    person = units.enrolment_of_person(system, account_id)
    if person is None or person.state != "approved":
        return way(system, PERSON_WAITS if person is not None and person.state == "review" else first, "person")
    return None


def way(system: str, text: Text, whose: str) -> Reason:
    return Reason(f"{whose}_not_enrolled", text, link=f"/enter/{system}/", link_text=Text("进入该系统", "Enter the system"))
