"""Taking a paper out of force."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from laihua.accounts.permissions import Actor
from laihua.kernel.texts import Reason, Refused, Text
from laihua.permits.actions.trail import record, refuse_unless
from laihua.permits.models import Issued

REASON_MISSING = Reason(
    "reason_missing", Text("请写明注销原因。", "Please give the reason for the revocation."), place="reason"
)
ALREADY_REVOKED = Reason("already_revoked", Text("该证照已经注销。", "This paper was revoked before."))


@transaction.atomic
def revoke(*, issued_id: UUID, reason: str, actor: Actor, at: datetime, replaced_by: UUID | None = None) -> None:
    """注销. The verify page says so from now on. Refused for other offices, and for a paper that was revoked before."""
    paper = Issued.objects.select_for_update(of=("self",)).select_related("proceeding").get(id=issued_id)
    refuse_unless("revoke", actor, paper.proceeding.office_id)
    if not reason.strip():
        raise Refused(REASON_MISSING)
    if paper.revoked_at is not None:
        raise Refused(ALREADY_REVOKED)
    paper.revoked_at, paper.revoke_reason, paper.replaced_by_id = at, reason.strip()[:300], replaced_by
    paper.save(update_fields=["revoked_at", "revoke_reason", "replaced_by"])
    record(paper, "revoke", actor, at, {"replaced_by": str(replaced_by or "")})
