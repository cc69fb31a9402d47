"""Moves that happen by themselves."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from laihua.accounts.permissions import SYSTEM
from laihua.cases import store, told
from laihua.cases.actions.lock import locked
from laihua.cases.actions.moves import move
from laihua.cases.models import DueMove
from laihua.cases.queries.timed import end_of
from laihua.catalog import queries as catalog
from laihua.kernel.texts import Refused


def fire_due_moves(*, at: datetime, limit: int = 100) -> int:
    """Make the automatic moves whose time has come, each in a transaction of its own. Returns how many were made.

    Any number of workers may run this at once: a row is taken by one of them only. A case that has left the step in
    between is passed over, and its row forgotten, so firing again changes nothing. One that waits for its notice is left
    alone until `begin_told_moves` has found it delivered.
    """
    made = 0
    for _ in range(limit):
        with transaction.atomic():
            row = (
                DueMove.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related("proceeding")
                .filter(fire_at__lte=at, once_told="")
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
            except Refused as refused:
                if any(reason.code == told.NOT_TOLD.code for reason in refused.reasons):
                    wait_again(row)
    return made


def wait_again(row: DueMove) -> None:
    """Without the proof of its notice a move goes back to waiting for it."""
    service = catalog.version(row.proceeding.case.version_id).service
    automatic = service.moves[row.move].automatic
    DueMove.objects.create(
        proceeding=row.proceeding, move=row.move, fire_at=row.fire_at, once_told=automatic.once_told if automatic else "")


def begin_told_moves(*, at: datetime) -> int:
    """Let the time run for the moves whose notice has reached its holder by now; how many.

    From the first delivery on, whenever that is found out; the history keeps notice, channel and moment. Each under the lock
    of its case, so that two workers begin it once.
    """
    waiting = DueMove.objects.exclude(once_told="").order_by("id").values_list("id", "proceeding__case_id", "proceeding__key")
    return sum(begin(row_id, case_id, key, at) for row_id, case_id, key in list(waiting))


@transaction.atomic
def begin(row_id: int, case_id: UUID, proceeding: str, at: datetime) -> bool:
    now = locked(case_id, actor=SYSTEM, at=at, proceeding=proceeding)
    row = DueMove.objects.filter(id=row_id).exclude(once_told="").first()
    service_move = now.service.moves.get(row.move) if row else None
    if row is None or service_move is None or service_move.automatic is None:
        return False
    proof = told.proof(now, service_move)
    if proof is None:
        return False
    row.fire_at, row.once_told = end_of(service_move.automatic.after, proof.delivered_at), ""
    row.save(update_fields=["fire_at", "once_told"])
    store.record(now, "told", {"proof": proof.as_data(), "automatic_at": row.fire_at.isoformat()})
    return True


LONGEST = timedelta(days=30)


def remind_of_moves(*, at: datetime) -> int:
    """Tell those at whose step a move is soon to happen by itself; how many reminders. Each goes out once.

    After an outage the one that is due now is sent, not those that were missed before it.
    """
    rows = DueMove.objects.filter(once_told="", fire_at__gt=at, fire_at__lte=at + LONGEST).select_related("proceeding__case")
    return sum(told.remind(row, at) for row in rows.order_by("id"))
