"""What was done in a case under a delegation, for the pages of the delegation. Authorisation is the caller's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from laihua.accounts.queries import names_of
from laihua.cases.models import Case, CaseEvent
from laihua.cases.queries.history import what_happened
from laihua.catalog import queries as catalog
from laihua.kernel.texts import Text


@dataclass(frozen=True, slots=True)
class Act:
    at: datetime
    what: Text
    who: str


def done_under(case_id: UUID, *, agency_id: UUID) -> list[Act]:
    """What people of the agency did, newest first, without what they wrote. Three statements."""
    case = Case.objects.select_related("version").get(id=case_id)
    definition = catalog.version(case.version_id)
    events = list(CaseEvent.objects.filter(chain=str(case_id), organisation_id=agency_id).order_by("-seq"))
    names = names_of({e.actor_id for e in events if e.actor_id})
    return [Act(e.at, what_happened(definition, e), names.get(e.actor_id, "") if e.actor_id else "") for e in events]


def number_of(case_id: UUID) -> str:
    return Case.objects.values_list("number", flat=True).get(id=case_id)


def titles_of(service_ids: Iterable[str]) -> dict[str, Text]:
    """Of services as they are today, their ids where they are gone. One statement."""
    found = {d.service.id: d.service.short_title for d in catalog.services()}
    return {id_: found.get(id_, Text(id_, id_)) for id_ in service_ids}
