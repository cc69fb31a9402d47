"""Who comes to a window without waiting for an answer: the case passes to the clerk before whom he stands."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from laihua.accounts.permissions import Actor
from laihua.cases.actions.moves import Moved, move
from laihua.cases.actions.review import claim
from laihua.cases.queries.dossier import dossier
from laihua.cases.queries.visits import receiving_move
from laihua.kernel.texts import Reason, Refused, Text


@transaction.atomic
def receive_visitor(*, case_id: UUID, actor: Actor, at: datetime, expected: int | None = None) -> Moved:
    """Take the case of a visitor to the window and hold it, in one act. Refused where the case does not wait for a visit."""
    row = receiving_move(dossier(case_id, actor=actor, at=at))
    if row is None:
        raise Refused(Reason("no_visit", Text("此件现在不用到窗口办理。", "This case is not for the window now.")))
    moved = move(case_id=case_id, move=row.key, actor=actor, at=at, expected=expected)
    claim(case_id=case_id, actor=actor, at=at)
    return moved
