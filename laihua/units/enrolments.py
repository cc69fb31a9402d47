"""Who is enrolled in a business system, and how far. Offered by queries."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from laihua.units.authorities import entries
from laihua.units.models import Enrolment


@dataclass(frozen=True, slots=True)
class Enrolled:
    """`state` as in Enrolment.State; `case_id` is the dossier of the profile, where one was filed here."""

    state: str
    case_id: UUID | None
    changed_at: datetime


def enrolment_of_unit(system: str, organisation_id: UUID | None) -> Enrolled | None:
    return _enrolled(Enrolment.objects.filter(system=system, organisation_id=organisation_id).first()) if organisation_id else None


def enrolment_of_person(system: str, account_id: UUID | None) -> Enrolled | None:
    return _enrolled(Enrolment.objects.filter(system=system, account_id=account_id).first()) if account_id else None


def authority_of(organisation_id: UUID, system: str) -> str:
    """Code of the supervising authority in the unit's approved profile; empty where there is none."""
    row = Enrolment.objects.filter(system=system, organisation_id=organisation_id, state=Enrolment.State.APPROVED).first()
    return str(row.profile.get("authority") or "") if row else ""


def authority_facts(organisation_id: UUID, system: str) -> dict[str, str]:
    """The authority in the unit's approved profile: its code, its level, and the code of the province above a city."""
    code = authority_of(organisation_id, system)
    entry = next((e for e in entries() if e["code"] == code), {})
    return {"authority": code, "authority_level": entry.get("level", ""), "authority_parent": entry.get("parent", "")}


def systems_of(*, organisation_id: UUID | None = None, account_id: UUID | None = None) -> list[tuple[str, str]]:
    """(system, state) of every enrolment of a unit or a person."""
    his = {"organisation_id": organisation_id} if organisation_id else {"account_id": account_id}
    return list(Enrolment.objects.filter(**his).order_by("system").values_list("system", "state"))


def _enrolled(row: Enrolment | None) -> Enrolled | None:
    return Enrolled(row.state, row.case_id, row.changed_at) if row else None
