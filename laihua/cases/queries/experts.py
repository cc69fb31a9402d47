"""A case as the expert sees it who was asked about it."""

from datetime import datetime
from uuid import UUID

from laihua.accounts.permissions import Actor
from laihua.cases import rows
from laihua.cases.models import Opinion
from laihua.cases.queries.dossier import Dossier, NotYours
from laihua.cases.queries.opinions import asks_of


def opinion_asked(case_id: UUID, *, actor: Actor, at: datetime, lock: bool = False) -> tuple[Dossier, Opinion]:
    """The case as the expert sees it who was asked in the office for which he acts now. Raises NotYours."""
    found = rows.lock(case_id, "main") if lock else rows.case(case_id, "main")
    if found is None:
        raise NotYours
    seen = Dossier(*found, actor, at)
    asked = Opinion.objects.filter(proceeding=seen.proceeding, expert_id=actor.account_id).order_by("-round").first()
    asks = asks_of(seen)
    if asked is None or asks is None or asks.role not in actor.roles or actor.organisation_id != seen.proceeding.office_id:
        raise NotYours
    return seen, asked
