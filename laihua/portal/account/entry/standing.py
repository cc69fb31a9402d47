"""Where somebody stands before a business system: reads what the rules ask for."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest

from laihua.accounts import actions, queries
from laihua.accounts.permissions import Actor, Side
from laihua.accounts.queries import Standing
from laihua.cases import queries as cases
from laihua.catalog import queries as catalog
from laihua.catalog.definitions import Service
from laihua.portal.account.entry.rules import Entrant, Page, Stage, page_for
from laihua.portal.systems import System
from laihua.units import queries as units
from laihua.units.queries import Enrolled

if TYPE_CHECKING:
    from laihua.accounts.models import Account


@dataclass(frozen=True, slots=True)
class Door:
    """A system, who stands before it, and the page for him. `profile`: the service that he has to fill in first."""

    system: System
    standing: Standing
    page: Page
    profile: Service | None = None
    enrolled: Enrolled | None = None
    held: queries.Hold | None = None

    @property
    def actor(self) -> Actor:
        if self.standing.actor is None:
            raise LookupError("nobody has signed in")
        return self.standing.actor

    @property
    def account(self) -> "Account":
        if self.standing.account is None:
            raise LookupError("nobody has signed in")
        return self.standing.account


def door_of(request: HttpRequest, system: System, *, at: datetime) -> Door:
    """Compares the account with all others, so a duplicate is found at its first entry (ENT-3)."""
    standing = queries.standing_of(request)
    actor, account = standing.actor, standing.account
    if actor is None or account is None:
        raise LookupError("nobody has signed in")
    profiles = profiles_of(system.key)
    unit = units.enrolment_of_unit(system.key, actor.organisation_id) if "unit" in profiles else None
    person = units.enrolment_of_person(system.key, account.id) if "person" in profiles else None
    actions.find_duplicates(account_id=account.id, system=system.key, at=at)
    held = queries.hold_of(account.id)
    page = page_for(Entrant(
        unit=_stage(unit) if "unit" in profiles else None,
        person=_person_stage(person, unit, account.id) if "person" in profiles else None,
        acts_for_unit=actor.is_unit(), must_choose=standing.must_choose, individuals=system.individuals,
        officer=bool(actor.sides & {Side.AUTHORITY, Side.EXPERT, Side.HALL}), held=held is not None,
    ))
    of_unit = page in (Page.UNIT_PROFILE, Page.UNIT_PENDING)
    return Door(system, standing, page, profile=profiles.get("unit" if of_unit else "person"),
                enrolled=unit if of_unit else person, held=held)


def profiles_of(system: str) -> dict[str, Service]:
    """The services that enrol units and persons in this system, by `unit` and `person`."""
    found = ((definition.service, definition.service.enrols) for definition in catalog.services())
    return {enrols.whom: service for service, enrols in found if enrols is not None and enrols.system == system}


def _stage(enrolled: Enrolled | None) -> Stage:
    return Stage(enrolled.state) if enrolled else Stage.UNKNOWN


def _person_stage(person: Enrolled | None, unit: Enrolled | None, account_id: UUID) -> Stage:
    """The profile of a unit names the account of whoever filed it: with the unit that user is known as well."""
    if person is None and unit is not None and unit.state == Stage.APPROVED and cases.starter_of(unit.case_id) == account_id:
        return Stage.APPROVED
    return _stage(person)
