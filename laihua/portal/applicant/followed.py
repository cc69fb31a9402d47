"""The approved case that a new one goes on from, on the pages before it begins."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest

from laihua.accounts.permissions import Actor
from laihua.cases import queries
from laihua.catalog import queries as catalog
from laihua.catalog.definitions import Service
from laihua.kernel.texts import Text


@dataclass(frozen=True, slots=True)
class Choice:
    case_id: UUID
    number: str
    service: Text
    subject_name: str
    closed_at: datetime | None


def is_about_a_case(service: Service) -> bool:
    return service.about is not None and service.about.kind == "case"


def named(request: HttpRequest) -> UUID | None:
    """`?about=…` of the address. Raises Http404 for what is no id."""
    given = request.POST.get("about") or request.GET.get("about") or ""
    try:
        return UUID(given) if given else None
    except ValueError:
        raise Http404 from None


def choice(service: Service, actor: Actor) -> list[Choice]:
    if not actor.is_unit():
        return []
    return [
        Choice(p.case_id, p.number, catalog.version(p.case.version_id).service.short_title, p.subject_name, p.closed_at)
        for p in queries.cases_to_follow(service, actor.organisation_id)
    ]
