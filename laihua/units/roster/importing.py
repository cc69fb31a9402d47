"""A list of foreign staff between its upload and its acceptance. Nothing of it is on the roster before; then all of it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from laihua.accounts.permissions import Actor
from laihua.kernel.crypto import blind_index
from laihua.kernel.texts import Reason, Refused, Text
from laihua.units.models import StaffImport, StaffMember, Unit
from laihua.units.roster.writing import enter_staff, trace_of_unit

OF_THE_HALL = ("permit_number", "permit_from", "permit_to", "category")
"""What a decision of the hall has written, no list overwrites."""
TWO_PEOPLE = Text(
    "护照号和许可编号属于名册中的两个人", "Passport and permit belong to two people on the roster")
HAS_FAULTS = Reason("list_has_faults", Text(
    "名单还有问题，一行都没有导入。请在文件中改正后重新上传",
    "The list has faults; nothing was imported. Please mend the file and upload it again"))
IS_DONE = Reason("import_done", Text("这份名单已经导入", "This list has been imported already"))


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What accepting the list would do with one row. `changes`: (key, value on the roster, value of the list); `kept`: keys
    whose value of the list is not taken, for the hall has decided them."""

    number: int
    what: str                       # fault, new, update or same
    values: Mapping[str, str]
    faults: Sequence[tuple[str, str, Text]]
    member_id: UUID | None = None
    changes: Sequence[tuple[str, str, str]] = ()
    kept: Sequence[str] = ()


@transaction.atomic
def keep_import(
    *, unit_id: UUID, rows: Sequence[Mapping[str, Any]], ignored: Sequence[str], actor: Actor, at: datetime
) -> StaffImport:
    """What was read of a file. Whatever the same person uploaded before and did not accept goes."""
    StaffImport.objects.filter(unit_id=unit_id, made_by_id=actor.person_id, done_at=None).delete()
    return StaffImport.objects.create(
        unit_id=unit_id, made_by_id=actor.person_id, rows={"rows": list(rows), "ignored": list(ignored)}, made_at=at
    )


def import_of(unit_id: UUID, import_id: UUID) -> StaffImport | None:
    return StaffImport.objects.filter(id=import_id, unit_id=unit_id).first()


def plan_of(row: StaffImport) -> list[PlannedRow]:
    """Against the roster as it is now. One statement."""
    rows = row.rows["rows"] if row.rows else []
    indexes = {key: {n: _index(key, r["values"]) for n, r in enumerate(rows)} for key in ("passport_number", "permit_number")}
    found = StaffMember.objects.filter(unit_id=row.unit_id, left_on=None).filter(
        Q(passport_index__in=[i for i in indexes["passport_number"].values() if i])
        | Q(permit_index__in=[i for i in indexes["permit_number"].values() if i])
    )
    by_passport, by_permit = {}, {}
    for member in found:
        by_passport[member.passport_index] = member
        if member.permit_index:
            by_permit[member.permit_index] = member
    return [
        _planned(r, by_passport.get(indexes["passport_number"][n] or b""), by_permit.get(indexes["permit_number"][n] or b""))
        for n, r in enumerate(rows)
    ]


def _planned(row: Mapping[str, Any], of_passport: StaffMember | None, of_permit: StaffMember | None) -> PlannedRow:
    values, number = row["values"], row["n"]
    faults = [(key, typed, Text(*text)) for key, typed, text in row["faults"]]
    if of_passport is not None and of_permit is not None and of_passport.id != of_permit.id:
        faults.append(("permit_number", values.get("permit_number", ""), TWO_PEOPLE))
    if faults:
        return PlannedRow(number, "fault", values, faults)
    member = of_passport or of_permit
    if member is None:
        return PlannedRow(number, "new", values, [])
    decided = OF_THE_HALL if member.source == StaffMember.Source.HALL else ()
    differing = {key: value for key, value in values.items() if value != member.record.get(key, "")}
    changes = [(key, member.record.get(key, ""), value) for key, value in differing.items() if key not in decided]
    kept = [key for key in differing if key in decided]
    return PlannedRow(number, "update" if changes else "same", values, [], member.id, changes, kept)


@transaction.atomic
def accept_import(*, unit_id: UUID, import_id: UUID, actor: Actor, at: datetime) -> tuple[int, int]:
    """All rows or none: how many were entered and how many changed. Refused while a row has a fault, and a second time."""
    Unit.objects.select_for_update(of=("self",)).get(organisation_id=unit_id)
    row = StaffImport.objects.select_for_update(of=("self",)).get(id=import_id, unit_id=unit_id)
    if row.done_at is not None:
        raise Refused(IS_DONE)
    plan = plan_of(row)
    if any(one.what == "fault" for one in plan):
        raise Refused(HAS_FAULTS)
    for one in plan:
        if one.what == "new":
            enter_staff(unit_id=unit_id, record=one.values, source="imported", actor=actor, at=at)
        elif one.what == "update":
            changes = {key: value for key, _, value in one.changes}
            enter_staff(unit_id=unit_id, staff_id=one.member_id, record=changes, source="imported", actor=actor, at=at)
    entered, changed = (sum(one.what == what for one in plan) for what in ("new", "update"))
    row.rows, row.done_at = {}, at
    row.save(update_fields=["rows", "done_at"])
    trace_of_unit(unit_id, "import_staff", actor, at, entered=str(entered), changed=str(changed))
    return entered, changed


def forget_imports(*, before: datetime) -> None:
    """Lists that nobody accepted hold personal data for nothing."""
    StaffImport.objects.filter(done_at=None, made_at__lt=before).delete()


def _index(key: str, values: Mapping[str, str]) -> bytes | None:
    value = values.get(key, "")
    return blind_index(key, value) if any(c.isalnum() for c in value) else None
