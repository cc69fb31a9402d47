"""The lock under which a case changes."""

from datetime import datetime
from uuid import UUID

from laihua.accounts.permissions import Actor
from laihua.cases import rows
from laihua.cases.queries.dossier import Dossier, NotYours


def locked(case_id: UUID, *, actor: Actor, at: datetime, proceeding: str = "main") -> Dossier:
    """The case and its proceeding, locked until the end of the transaction. Raises NotYours."""
    found = rows.lock(case_id, proceeding)
    if found is None:
        raise NotYours
    dossier = Dossier(*found, actor, at)
    if not dossier.here:
        raise NotYours
    return dossier


def at_hand(case_id: UUID, *, actor: Actor, at: datetime, booking: bool = False) -> Dossier:
    """The same for the applicant: in the proceeding that now lies with him, or (`booking`) for which he books a time."""
    now = locked(case_id, actor=actor, at=at)
    return now.at_hand(booking=booking) if now.is_applicant else now
