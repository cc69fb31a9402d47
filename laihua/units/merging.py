"""What happens to enrolments, legal accounts and delegations when two accounts become one, or one is closed."""

from laihua.accounts.events import AccountErased, AccountsMerged
from laihua.kernel.actions import record
from laihua.kernel.texts import Reason, Refused, Text
from laihua.units.models import CalendarFeed, Delegation, Enrolment, NamedHandler, StaffImport, StaffMember, Unit

TWO_UNITS = Reason("two_units", Text(
    "两个账号是两个单位的法人账号，不能合并；请选择“分别保留”",
    "These are the legal accounts of two units and cannot be merged; please choose to keep both"), place="decision")
HIS_UNIT = Reason("his_unit", Text(
    "法人账号随单位存续，不能单独注销；请先联系平台办理单位注销",
    "A legal account lasts as long as its unit and cannot be closed alone; please ask the hall to close the unit first"))
HIS_DELEGATION = Reason("delegation_open", Text(
    "您还有未结束的代理委托，结束后可以注销", "A delegation to you is still open; the account can be closed once it has ended"))


def on_merged(event: AccountsMerged) -> None:
    """Refuses two legal accounts that have a unit each: those are two legal persons."""
    mine, theirs = Unit.objects.filter(account_id=event.merged_id), Unit.objects.filter(account_id=event.kept_id)
    if mine.exists() and theirs.exists():
        raise Refused(TWO_UNITS)
    mine.update(account_id=event.kept_id)
    NamedHandler.objects.filter(account_id=event.merged_id).update(account_id=event.kept_id)
    Delegation.objects.filter(agent_id=event.merged_id, state=Delegation.State.ACTIVE).update(agent_id=event.kept_id)
    StaffMember.objects.filter(account_id=event.merged_id).update(account_id=event.kept_id)
    CalendarFeed.objects.filter(account_id=event.merged_id, revoked_at=None).update(revoked_at=event.at)
    for row in Enrolment.objects.filter(account_id=event.merged_id):
        _move_enrolment(row, event)


def on_erased(event: AccountErased) -> None:
    """Refuses the account of a unit, and who still acts under a delegation. A profile is personal data and goes."""
    if Unit.objects.filter(account_id=event.account_id).exists():
        raise Refused(HIS_UNIT)
    if Delegation.objects.filter(agent_id=event.account_id, state=Delegation.State.ACTIVE).exists():
        raise Refused(HIS_DELEGATION)
    Enrolment.objects.filter(account_id=event.account_id).delete()
    NamedHandler.objects.filter(account_id=event.account_id).delete()
    StaffMember.objects.filter(account_id=event.account_id).update(account=None)
    CalendarFeed.objects.filter(account_id=event.account_id, revoked_at=None).update(revoked_at=event.at)
    StaffImport.objects.filter(made_by_id=event.account_id, done_at=None).delete()


def _move_enrolment(row: Enrolment, event: AccountsMerged) -> None:
    """Of two enrolments in one system the approved one counts, otherwise that of the kept account."""
    other = Enrolment.objects.filter(account_id=event.kept_id, system=row.system).first()
    approved = Enrolment.State.APPROVED
    if other is not None and (other.state == approved or row.state != approved):
        return
    if other is not None:
        other.delete()
    row.account_id = event.kept_id
    row.save(update_fields=["account"])
    record(chain=f"account:{event.kept_id}", action="move_enrolment", actor=event.by or "system", subject=event.kept_id,
           at=event.at, data={"system": row.system, "from": str(event.merged_id)})
