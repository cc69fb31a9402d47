"""Taking a paper out of force: by an officer, by the move of a case that cancels it, by the paper that replaces it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from laihua.accounts.permissions import SYSTEM, Actor
from laihua.cases.events import CaseMoved
from laihua.kernel.texts import Reason, Refused, Text
from laihua.permits.actions.trail import record, refuse_unless
from laihua.permits.models import Issued
from laihua.permits.rules import read_number

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


def revoke_with_move(event: CaseMoved) -> None:
    """The permits of the event's number that its move ends (`revokes`), inside the transaction of the move.

    A permit that this hall did not issue has no row here; nothing happens then.
    """
    for paper in in_force(event.permit_number, event.revokes):
        end(paper, event.reason, event.at, {"event": str(event.event_id)})


def make_room(number: str, key: str, reason: str, at: datetime) -> list[Issued]:
    """End the permit in force under this number, so that the one that replaces it can take the number over."""
    found = in_force(number, (key,))
    for paper in found:
        end(paper, reason, at, {})
    return found


def name_successor(papers: list[Issued], successor: Issued) -> None:
    for paper in papers:
        paper.replaced_by = successor
        paper.save(update_fields=["replaced_by"])


def in_force(number: str, keys: tuple[str, ...]) -> list[Issued]:
    rows = Issued.objects.select_for_update(of=("self",)).filter(kind="permit", key__in=keys, revoked_at=None)
    return list(rows.filter(number=read_number(number) or number)) if number else []


def end(paper: Issued, reason: str, at: datetime, data: dict[str, str]) -> None:
    paper.revoked_at, paper.revoke_reason = at, reason[:300]
    paper.save(update_fields=["revoked_at", "revoke_reason"])
    record(paper, "revoke", SYSTEM, at, data)
