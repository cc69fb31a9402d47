"""Writes of the roster. Cases, imports and handlers change it; offered by actions."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from laihua.accounts.permissions import Actor
from laihua.kernel.actions import record as note
from laihua.kernel.crypto import blind_index
from laihua.kernel.texts import Reason, Refused, Text
from laihua.units.models import StaffMember
from laihua.units.roster.dates import day

GONE = Reason("staff_gone", Text("此人已标为离职", "This person is marked as having left"))
NO_DAY = Reason("left_on_missing", Text(
    "请填写离职日期，例如2026-11-20", "Give the last day of work, for example 2026-11-20"), place="left_on")
DAY_TO_COME = Reason("left_on_to_come", Text(
    "离职日期不能晚于今天，到那天再标记", "The day is still to come; mark it when it has come"), place="left_on")
Record = Mapping[str, str]
DATES = {"permit_to": "permit_to", "contract_to": "contract_to", "passport_to": "passport_expiry"}
"""Columns that stand in the open, by the key of the record that they repeat."""


@transaction.atomic
def enter_staff(
    *, unit_id: UUID, record: Record, at: datetime, source: str, actor: Actor, staff_id: UUID | None = None,
    account_id: UUID | None = None, case_id: UUID | None = None,
) -> StaffMember:
    """Put a foreigner on the roster or write what has become known of him: `staff_id`, or whoever has the passport or the
    permit already. What the record does not name stays as it was; an empty text takes a value away.

    A double on the roster, which shows itself when the passport or the permit of one row becomes that of another, ends.
    """
    row = _found(unit_id, record, staff_id)
    is_new = row is None
    if row is None:
        row = StaffMember(unit_id=unit_id, record={}, joined_at=at, source=source)
    before = dict(row.record)
    row.record = {k: v for k, v in {**before, **record}.items() if v}
    write_columns(row)
    row.account_id = account_id or row.account_id
    row.case_id = case_id or row.case_id
    row.changed_at = at
    row.source = source if source == StaffMember.Source.HALL else row.source
    if row.left_on is None:
        _end_doubles(row, at)
    row.save(force_insert=is_new)
    changed = sorted(k for k in record if before.get(k, "") != row.record.get(k, ""))
    trace(row, "enter_staff" if is_new else "update_staff", actor, at, fields=",".join(changed), case=str(case_id or ""))
    return row


@transaction.atomic
def leave_roster(*, staff_id: UUID, on: date, actor: Actor, at: datetime, case_id: UUID | None = None) -> None:
    """From the day after `on` the person is not of the unit's staff any more. A second time changes nothing."""
    row = StaffMember.objects.select_for_update(of=("self",)).get(id=staff_id)
    if row.left_on is not None:
        return
    row.left_on, row.changed_at, row.case_id = on, at, case_id or row.case_id
    row.save(update_fields=["left_on", "changed_at", "case_id"])
    trace(row, "leave_roster", actor, at, on=on.isoformat(), case=str(case_id or ""))


@transaction.atomic
def mark_as_left(*, unit_id: UUID, staff_id: UUID, on: date | None, actor: Actor, at: datetime) -> None:
    """The handler says so. Refused: no day, one to come, somebody who has left."""
    row = StaffMember.objects.select_for_update(of=("self",)).get(id=staff_id, unit_id=unit_id)
    if row.left_on is not None:
        raise Refused(GONE)
    if on is None:
        raise Refused(NO_DAY)
    if on > timezone.localtime(at).date():
        raise Refused(DAY_TO_COME)
    leave_roster(staff_id=staff_id, on=on, actor=actor, at=at)


def write_columns(row: StaffMember) -> None:
    """What is sorted, searched and reminded by, from the record."""
    row.passport_index = row.record["passport_number"]
    row.permit_index = row.record.get("permit_number") or None
    row.name_index = [blind_index("subject_name", name) for name in names_of(row.record)]
    row.category = row.record.get("category", "")[:8]
    for column, key in DATES.items():
        setattr(row, column, day(row.record.get(key, "")))


def names_of(record: Record) -> list[str]:
    """What he is searched by: the name as in the passport, either part of it, and the Chinese name."""
    surname, given = record.get("surname", ""), record.get("given_names", "")
    found = dict.fromkeys((f"{surname} {given}", surname, given, record.get("chinese_name", "")))
    return [name for name in found if any(c.isalnum() for c in name)]


def trace(row: StaffMember, action: str, actor: Actor, at: datetime, **data: str) -> None:
    """Names of fields, never their values."""
    note(chain=f"staff:{row.id}", action=action, actor=actor.account_id or "system",
         acting_for=actor.organisation_id, subject=row.id, at=at, data={k: v for k, v in data.items() if v})


def _found(unit_id: UUID, record: Record, staff_id: UUID | None) -> StaffMember | None:
    rows = StaffMember.objects.select_for_update(of=("self",)).filter(unit_id=unit_id)
    if staff_id is not None:
        return rows.get(id=staff_id)
    rows = rows.filter(left_on=None)
    by_passport = rows.filter(passport_index=record["passport_number"]).first() if record.get("passport_number") else None
    if by_passport is not None or not record.get("permit_number"):
        return by_passport
    return rows.filter(permit_index=record["permit_number"]).first()


def _end_doubles(row: StaffMember, at: datetime) -> None:
    others = StaffMember.objects.filter(unit_id=row.unit_id, left_on=None).exclude(id=row.id)
    doubles = others.filter(passport_index=row.record["passport_number"])
    if row.record.get("permit_number"):
        doubles |= others.filter(permit_index=row.record["permit_number"])
    doubles.update(left_on=timezone.localtime(at).date(), changed_at=at)


def trace_of_unit(unit_id: UUID, action: str, actor: Actor, at: datetime, **data: str) -> None:
    note(chain=f"organisation:{unit_id}", action=action, actor=actor.account_id or "system",
         acting_for=actor.organisation_id, subject=unit_id, at=at, data=data)
