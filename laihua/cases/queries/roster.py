"""Cases about the people on a unit's roster."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from laihua.accounts.permissions import Actor
from laihua.cases.models import Case, Proceeding
from laihua.cases.queries.lists import cases_of


def running_about(staff_ids: Iterable[UUID]) -> Mapping[UUID, dict[str, UUID]]:
    """By member of the roster: the case that runs of each service. One statement."""
    found: dict[UUID, dict[str, UUID]] = defaultdict(dict)
    rows = Case.objects.filter(staff_id__in=list(staff_ids), closed_at=None).order_by("-created_at")
    for staff_id, service, case_id in rows.values_list("staff_id", "service", "id"):
        found[staff_id][service] = case_id
    return found


def cases_about_staff(actor: Actor, staff_id: UUID) -> list[Proceeding]:
    """Of the actor's unit, newest first: those started from the roster, and the one that entered him there."""
    rows = cases_of(actor).filter(case__staff_id=staff_id)
    return list(rows.select_related("case").order_by("-case__created_at", "key"))
