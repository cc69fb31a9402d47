"""Work that the permits app does in the background."""

from datetime import datetime, timedelta
from uuid import UUID

from laihua.cases.events import CaseMoved
from laihua.kernel import clock, jobs
from laihua.permits import actions
from laihua.permits.models import Order

FORGOTTEN_AFTER = timedelta(minutes=10)


def on_case_moved(event: CaseMoved) -> None:
    """In the transaction of the move: what it takes out of force, the orders and the job come with its commit or not at all."""
    if event.revokes:
        actions.revoke_with_move(event)
    if event.issues:
        actions.order_papers(event)
        jobs.defer(make_papers, event_id=str(event.event_id))


@jobs.task
def make_papers(event_id: str) -> None:
    """Make all papers of one move, then let the case go on. Killed anywhere, the next run picks up what is missing."""
    make_all(UUID(event_id), clock.now())


@jobs.periodic("*/10 * * * *")
def make_forgotten_papers() -> None:
    """Orders that no job finished, whatever became of it."""
    at = clock.now()
    late = Order.objects.filter(done_at=None, ordered_at__lt=at - FORGOTTEN_AFTER)
    for event_id in late.values_list("event_id", flat=True).distinct():
        jobs.defer(make_papers, event_id=str(event_id))
    actions.forget_look_ups(before=at - timedelta(hours=1))


def make_all(event_id: UUID, at: datetime) -> None:
    """Each paper in a transaction of its own. One that fails does not keep the others back; the job then fails too."""
    faults: list[Exception] = []
    for order in Order.objects.filter(event_id=event_id, done_at=None).order_by("key"):
        try:
            actions.issue(
                case_id=order.case_id, proceeding_id=order.proceeding_id, output=order.key, event_id=event_id, at=at
            )
        except Exception as fault:
            actions.note_fault(event_id=event_id, output=order.key, fault=f"{type(fault).__name__}: {fault}")
            faults.append(fault)
    if faults:
        raise faults[0]
    actions.finish(event_id=event_id, at=at)
