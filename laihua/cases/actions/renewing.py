"""A case that goes on from an earlier one: what was said then stands in the form."""

from typing import Any

from laihua.cases.models import Case, Proceeding
from laihua.cases.queries.dossier import Dossier

NEVER = frozenset({"declaration"})


def answers_of_last(begun: Dossier) -> dict[str, Any]:
    """Of the last approved case of the same service, of the same unit or person. Declarations are given anew, what the hall
    fills in is as it is now, and what no longer fits the form is left out."""
    service, case = begun.service, begun.case
    approved = [step.key for step in service.steps.values() if step.outcome == "approved"]
    mine = {"unit_id": case.unit_id} if case.unit_id else {"unit": None, "subject_id": case.subject_id}
    last = (
        Proceeding.objects.filter(case__in=Case.objects.filter(service=service.id, **mine), key="main", step__in=approved)
        .select_related("case").order_by("-closed_at").first()
    )
    if last is None:
        return {}
    fields = service.field_keys()
    keys = {s.key for s in service.sections if s.rows is not None}
    keys |= {key for key, field in fields.items() if not field.source and field.type not in NEVER}
    found = {key: begun.definition.clean(key, value) for key, value in last.case.answers.items() if key in keys}
    return {key: cleaned.value for key, cleaned in found.items() if not cleaned.problems and cleaned.value not in (None, "", [])}
