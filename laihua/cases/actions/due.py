"""Moves that happen by themselves."""

from datetime import datetime

from django.db import transaction

from laihua.accounts.permissions import SYSTEM
from laihua.cases.actions.moves import move
from laihua.cases.models import DueMove
from laihua.kernel.texts import Refused


def fire_due_moves(*, at: datetime, limit: int = 100) -> int:
    """Make the automatic moves whose time has come, each in a transaction of its own. Returns how many were made.

    Any number of workers may run this at once: a row is taken by one of them only. A case that has left the step in
    between is passed over, and its row forgotten, so firing again changes nothing.
    """
    made = 0
    for _ in range(limit):
        with transaction.atomic():
            row = (
                DueMove.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related("proceeding")
                .filter(fire_at__lte=at)
                .order_by("fire_at", "id")
                .first()
            )
            if row is None:
                return made
            row.delete()
            try:
                with transaction.atomic():
                    move(case_id=row.proceeding.case_id, proceeding=row.proceeding.key, move=row.move, actor=SYSTEM, at=at)
                made += 1
            except Refused:
                continue
    return made
