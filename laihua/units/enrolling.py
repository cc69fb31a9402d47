"""Writes of enrolments. They follow the case that asks for them; offered by actions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from laihua.units.enrolments import Enrolled
from laihua.units.models import Enrolment

State = Enrolment.State


def enrol(
    *, system: str, case_id: UUID, at: datetime, organisation_id: UUID | None = None, account_id: UUID | None = None
) -> Enrolled:
    """A place for the case from its draft on; returns the place as it is then.

    An approved place stays what it is until the case is approved as well. A place that another case asks for stays its.
    """
    owner: dict[str, Any] = {"organisation_id": organisation_id, "account_id": account_id}
    row, _ = Enrolment.objects.select_for_update().get_or_create(
        system=system, **owner, defaults={"case_id": case_id, "state": State.DRAFT, "changed_at": at},
    )
    if row.state == State.REFUSED:
        row.case_id, row.state, row.changed_at = case_id, State.DRAFT, at
        row.save(update_fields=["case_id", "state", "changed_at"])
    return Enrolled(row.state, row.case_id, row.changed_at)


def follow_case(*, system: str, case_id: UUID, state: str, at: datetime) -> None:
    """The place of a case that is under way."""
    Enrolment.objects.filter(system=system, case_id=case_id).exclude(state=State.APPROVED).update(state=state, changed_at=at)


def approve_enrolment(
    *, system: str, case_id: UUID, profile: Mapping[str, Any], at: datetime, organisation_id: UUID | None = None,
    account_id: UUID | None = None,
) -> None:
    """With the profile as it was reviewed; it takes the place of an earlier one."""
    owner: dict[str, Any] = {"organisation_id": organisation_id, "account_id": account_id}
    Enrolment.objects.update_or_create(
        system=system, **owner, defaults={"case_id": case_id, "state": State.APPROVED, "profile": dict(profile), "changed_at": at},
    )


def give_up_enrolment(*, system: str, case_id: UUID) -> None:
    """The case ended without success: its place is free again. An approved one stays."""
    Enrolment.objects.filter(system=system, case_id=case_id).exclude(state=State.APPROVED).delete()
