"""How the permit that a case names stands, and which other case is about it. Asked by guards before a start and before moves."""

from typing import TYPE_CHECKING

from django.urls import reverse

from laihua.cases.events import PermitConsulted
from laihua.cases.models import Case
from laihua.catalog import queries as catalog
from laihua.kernel import events
from laihua.kernel.texts import Reason, Text

if TYPE_CHECKING:
    from laihua.cases.queries.dossier import Dossier

ALONE = "no_case_beside"
BESIDE = Text(
    "此人的“{service}”（{number}）正在办理中。请等它办结，或先撤回，再办理“{own}”",
    "“{service}” is under way for this person ({number}). Wait until it is decided, or withdraw it, before “{own}”")


def against_permit(dossier: "Dossier") -> list[Reason]:
    """What whoever issues permits has against the number that the answers, or the roster, give. Nothing where none is given."""
    said = {**dossier.fixed, **dossier.answers}
    staff = dossier.known.get("staff", {})
    number = str(said.get("permit_number") or staff.get("permit_number") or "")
    if not number:
        return []
    asked = PermitConsulted(
        number=number, unit_id=dossier.case.unit_id, passport_number=str(said.get("passport_number") or ""),
        birth_date=str(said.get("birth_date") or ""), on=dossier.today, reasons=[],
    )
    events.publish(asked)
    return asked.reasons


def case_beside(dossier: "Dossier") -> Reason | None:
    """A running case of another service about the same member of the roster, where both want to be alone."""
    case = dossier.case
    if case.staff_id is None:
        return None
    every = (definition.service for definition in catalog.services())
    alone = {s.id: s for s in every if ALONE in s.requires_to_start and s.id != case.service}
    running = Case.objects.filter(staff_id=case.staff_id, service__in=alone, closed_at=None).exclude(id=case.id)
    found = running.order_by("created_at").first()
    if found is None:
        return None
    return Reason(
        "case_beside",
        BESIDE.format(service=alone[found.service].short_title, number=found.number, own=dossier.service.short_title),
        link=reverse("applicant:case", args=[found.id]), link_text=Text("查看正在办理的案件", "See the case"),
    )
