"""Reads: units, their filings and handlers, and the authority that handles their cases."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from laihua.accounts import queries as accounts
from laihua.kernel.texts import Reason, Refused, Text
from laihua.units import rules
from laihua.units.clients import Employment, client_of, clients_of, employees_of, employment_of, keeps_clients
from laihua.units.delegated import (
    DELEGATED_DAYS,
    DELEGATED_DAYS_AT_MOST,
    HANDLING,
    SAME_UNIT,
    DelegationView,
    ValidHandler,
    delegation,
    delegation_by_id,
    delegations_of,
    is_phone_of,
    is_registered_phone,
    mandate_for,
    unit_called,
    unit_with_code,
    valid_handlers,
)
from laihua.units.enrolments import (
    Enrolled,
    authority_facts,
    authority_of,
    enrolment_of_person,
    enrolment_of_unit,
    systems_of,
)
from laihua.units.granting import Holder, administered, approved_systems, holders, obstacle
from laihua.units.legal_information import KINDS as UNIT_KINDS  # noqa: F401 - for the pages
from laihua.units.models import Filing, Jurisdiction, Unit
from laihua.units.real_name import (
    UnitRealName,
    claimed_legal_account,
    information_of_unit,
    is_registered,
    real_name_of_unit,
)
from laihua.units.roster.dates import Extension, Urgency, extension, urgency_of_end
from laihua.units.roster.dates import day as day_of_text
from laihua.units.roster.feeds import feed_called, feed_made_at
from laihua.units.roster.importing import PlannedRow, import_of, plan_of
from laihua.units.roster.periods import periods as roster_periods
from laihua.units.roster.reading import (
    ROSTER_TABS,
    RosterCounts,
    RosterPage,
    closing_within,
    keepers_of,
    keeps_roster,
    masked_name,
    roster_counts,
    roster_page,
    staff_facts,
    staff_member,
    whole_roster,
)
from laihua.units.rules import START_FILING, FilingState

__all__ = [
    "DELEGATED_DAYS", "DELEGATED_DAYS_AT_MOST", "ROSTER_TABS", "SAME_UNIT", "START_FILING", "DelegationView", "Employment",
    "Enrolled", "Extension", "Holder", "PlannedRow", "RosterCounts", "RosterPage", "UnitRealName", "Urgency",
    "ValidHandler", "administered", "approved_systems", "authority_facts", "authority_of", "claimed_legal_account",
    "client_of", "clients_of", "closing_within", "day_of_text", "delegation", "delegation_by_id", "delegations_of",
    "employees_of", "employment_of", "enrolment_of_person", "enrolment_of_unit", "extension", "feed_called", "feed_made_at",
    "holders", "import_of", "information_of_unit", "is_phone_of", "is_registered", "is_registered_phone", "keepers_of",
    "keeps_clients", "keeps_roster", "mandate_for", "masked_name", "obstacle", "plan_of", "real_name_of_unit",
    "roster_counts", "roster_page", "roster_periods", "staff_facts", "staff_member", "systems_of", "unit_called",
    "unit_with_code", "urgency_of_end", "valid_handlers", "whole_roster",
]

NO_OFFICE = Reason("no_office", Text(
    "该地区暂无受理机关，请拨打咨询电话", "No authority handles this region yet; please call the help line"), link="/help/")


@dataclass(frozen=True, slots=True)
class Handler:
    account_id: UUID
    grant_id: UUID
    name: str
    role: str


def is_name_taken(name_zh: str) -> bool:
    return Unit.objects.filter(name_zh=name_zh.strip()).exists()


def is_code_taken(credit_code: str) -> bool:
    return Unit.objects.filter(credit_code=rules.clean_credit_code(credit_code)).exists()


def wrong_credit_code(code: str) -> Reason | None:
    return rules.refusal_of_credit_code(rules.clean_credit_code(code))


def unit_of(organisation_id: UUID | None) -> Unit | None:
    return Unit.objects.filter(organisation_id=organisation_id).first() if organisation_id else None


def unit_of_code(credit_code: str) -> Unit | None:
    return Unit.objects.filter(credit_code=rules.clean_credit_code(credit_code)).first() if credit_code else None


def legal_account_of(credit_code: str) -> UUID | None:
    """The account of the legal person itself, where it has one."""
    unit = unit_of_code(credit_code)
    return unit.account_id if unit else None


def unit_facts(unit_id: UUID) -> dict[str, str]:
    """What a form may take over as `unit.…`. The contact is personal data: for the unit's own cases only."""
    unit = Unit.objects.filter(organisation_id=unit_id).first()
    return facts_of(unit) if unit else {}


def facts_of(unit: Unit) -> dict[str, str]:
    """The same of a unit that is there already."""
    return {
        "name": unit.name_zh, "name_en": unit.name_en, "credit_code": unit.credit_code,
        "registered_address": unit.registered_address, "contact_name": unit.contact_name,
        "contact_phone": unit.contact_phone, "kind": unit.legal_information.get("basic", {}).get("kind", ""),
        "representative_name": unit.legal_information.get("representative", {}).get("name", ""),
    }


def filing_state(unit_id: UUID, on: date) -> FilingState:
    return rules.state_of_filing(list(_approved(unit_id)), on)


def filed_until(unit_id: UUID) -> date | None:
    """The last day of the last filing, be it past or to come."""
    return _approved(unit_id).order_by("-valid_to").values_list("valid_to", flat=True).first()


def filings_ending(on: date) -> list[Filing]:
    """Filings that end on that day and that no later filing of the unit continues; for the reminder before it."""
    ending = Filing.objects.filter(status=Filing.Status.APPROVED, valid_to=on).select_related("unit").order_by("number")
    return [filing for filing in ending if not _approved(filing.unit_id).filter(valid_to__gt=on).exists()]


def handlers_of(unit_id: UUID) -> list[Handler]:
    """Whoever holds a role of the unit now, longest first."""
    return [
        Handler(grant.account_id, grant.id, accounts.name_of(grant.account), grant.role)
        for grant in accounts.grants_in(unit_id) if grant.role in HANDLING
    ]


def region_of(unit: Unit | None) -> str:
    return rules.region_of(unit.credit_code) if unit else ""


def office_for(system: str, unit: Unit | None) -> UUID:
    """The authority for the region of the unit; for an individual, the one for the whole country. Refused where none is."""
    offices = dict(Jurisdiction.objects.filter(system=system).values_list("region", "office_id"))
    prefix = rules.competent(region_of(unit), list(offices))
    if prefix is None:
        raise Refused(NO_OFFICE)
    return offices[prefix]


def systems_of_office(office_id: UUID | None) -> frozenset[str]:
    """The business systems whose cases come to this authority by region."""
    return frozenset(Jurisdiction.objects.filter(office_id=office_id).values_list("system", flat=True))


def _approved(unit_id: UUID) -> QuerySet[Filing]:
    return Filing.objects.filter(unit_id=unit_id, status=Filing.Status.APPROVED).order_by("valid_from")
