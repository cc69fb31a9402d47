"""What the hall knows of whoever files and of what the case goes on from, besides the answers."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from laihua.accounts.queries import contact
from laihua.cases import following, persons
from laihua.units import queries as units

if TYPE_CHECKING:
    from laihua.cases.queries.dossier import Dossier

AUTHORITY = frozenset({"unit.authority", "unit.authority_level", "unit.authority_parent"})


def known_of(dossier: "Dossier") -> dict[str, dict[str, Any]]:
    """By owner, as in catalog.registry.FACTS. Costs statements only for what the service names."""
    case, definition, service = dossier.case, dossier.definition, dossier.service
    facts: dict[str, dict[str, Any]] = {"handler": asdict(contact(case.started_by))}
    if case.unit is not None:
        facts["unit"] = units.facts_of(case.unit)
        if any(f.source == "unit.filed_until" for f in service.field_keys().values()):
            facts["unit"]["filed_until"] = str(units.filed_until(case.unit.id) or "")
        if definition.facts_used & AUTHORITY:
            facts["unit"] |= units.authority_facts(case.unit.id, service.system)
        if service.enrols and service.enrols.whom == "person":
            facts["person"] = persons.facts_of(case.started_by, service, dossier.today)
    elif dossier.person is not None:
        facts["person"] = persons.facts_of(dossier.person, service, dossier.today)
    if case.submitted_at is not None:
        facts["case"] = {"filed_on": timezone.localtime(case.submitted_at).date()}
    if service.about and service.about.kind == "staff":
        facts["staff"] = case.staff_record or {}
    if following.of_a_case(service) and case.about is not None:
        facts["about"] = following.facts_about(case.about)
    return facts
