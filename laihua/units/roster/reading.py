"""Reads of the roster; offered by queries."""

from uuid import UUID

from laihua.units.models import StaffMember
from laihua.units.roster.dates import extension_of
from laihua.units.roster.periods import periods


def staff_member(unit_id: UUID | None, staff_id: UUID | None, *, lock: bool = False) -> StaffMember | None:
    """On the roster of this unit, be it that he has left; None otherwise. `lock`: nobody else starts a case about him now."""
    if unit_id is None or staff_id is None:
        return None
    rows = StaffMember.objects.select_for_update(of=("self",)) if lock else StaffMember.objects
    return rows.filter(id=staff_id, unit_id=unit_id).first()


def staff_facts(member: StaffMember) -> dict[str, str]:
    """What a form may take over as `staff.…`: the record, and the first and last day to file an extension."""
    facts = {str(key): str(value) for key, value in member.record.items()}
    if member.permit_to is not None:
        extension = extension_of(member.permit_to, periods())
        facts |= {"extension_opens": extension.first.isoformat(), "extension_closes": extension.last.isoformat()}
    return facts
