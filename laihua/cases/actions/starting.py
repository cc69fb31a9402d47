"""Starting a case."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from laihua.accounts.permissions import Actor
from laihua.cases import store
from laihua.cases.models import Case, Proceeding
from laihua.cases.queries.dossier import Dossier
from laihua.cases.rules import refusal_of_starter
from laihua.catalog import queries as catalog
from laihua.catalog.definitions import Service
from laihua.kernel.numbering import case_number
from laihua.kernel.texts import Refused
from laihua.units import actions as delegations
from laihua.units import queries as units


@transaction.atomic
def start_case(*, service_id: str, actor: Actor, at: datetime, answers: Mapping[str, Any] | None = None) -> Case:
    """A new draft on the service's current version: of the unit that the actor acts for, or his own.

    Refused to whoever the service does not let start it: an individual cannot start what a unit files (WP-3). Refused
    while what the service `requires_to_start` is not there.
    """
    definition = catalog.current(service_id)
    service = definition.service
    refuse_wrong_starter(service, actor)
    unit = units.unit_of(actor.organisation_id) if actor.is_unit() else None
    office_id = units.office_for(service.system, unit)
    number = case_number(service.prefix, timezone.localtime(at).date())
    case = Case.objects.create(
        number=number, service=service.id, version_id=definition.version_id, unit=unit, office_id=office_id,
        region=units.region_of(unit), started_by_id=actor.person_id, answers=dict(answers or {}), created_at=at,
        saved_at=at, subject_id=None if actor.is_unit() else actor.account_id, agency_id=actor.agency_id,
        delegation_id=actor.delegation_id,
    )
    if actor.delegation_id:
        bind_delegation(case.id, service, actor, at)
    proceeding = Proceeding.objects.create(
        case=case, office_id=office_id, step=service.first_step, entered_at=at, number=number, service=service.id,
        unit_name=unit.name_zh if unit else "", subject_name=definition.subject_name(case.answers),
    )
    begun = Dossier(case, proceeding, actor, at)
    if reasons := begun.reasons_of(service.requires_to_start):
        raise Refused(*reasons)
    store.record(begun, "start", by=["unit", "subject"])
    return case


def bind_delegation(case_id: UUID, service: Service, actor: Actor, at: datetime) -> None:
    """SES-4: one matter under one delegation, refused otherwise."""
    titles = {d.service.id: d.service.short_title for d in catalog.services()}
    delegations.bind_delegation(case_id=case_id, service=service.id, title_of=titles, actor=actor, at=at)


def may_start(service: Service, actor: Actor) -> bool:
    return refusal_of_starter(service, actor) is None


def refuse_wrong_starter(service: Service, actor: Actor) -> None:
    if reason := refusal_of_starter(service, actor):
        raise Refused(reason)
