"""Work that follows a move: telling people, and the moves that happen by themselves."""

from uuid import UUID

from django.db import transaction

from laihua.cases import reminders, rollup, rollup_of_units, roster_reminders, stale_reminders
from laihua.cases.models import CaseEvent, Proceeding
from laihua.cases.telling import tell
from laihua.catalog import queries as catalog
from laihua.catalog.definitions import Service
from laihua.kernel import clock
from laihua.kernel.jobs import READING, defer, periodic, task, task_in
from laihua.kernel.queries import forget_calendar


@task
def announce(event_id: str) -> None:
    """Tell everyone whom the move concerns. Running twice sends nothing twice: every notice has a key of its own."""
    with transaction.atomic():
        event = CaseEvent.objects.select_related("case", "case__unit", "proceeding").get(id=UUID(event_id))
        service = catalog.version(event.case.version_id).service
        for key in notices_of(event, service):
            tell(event, service.notices[key], service)


def notices_of(event: CaseEvent, service: Service) -> tuple[str, ...]:
    if event.move in service.moves:
        return service.moves[event.move].notices
    return tuple(k for k in (event.move,) if k in service.notices)


@task_in(READING)
def read_document(file_id: str) -> None:
    """Read an uploaded document for pre-review; a long one goes to the end of the line between its pages."""
    from laihua.cases import actions

    if actions.read_document(file_id=UUID(file_id), now=clock.now):
        defer(read_document, file_id=file_id)


@periodic("* * * * *")
def fire_due() -> None:
    from laihua.cases.actions import begin_told_moves, fire_due_moves, remind_of_moves

    at = clock.now()
    begin_told_moves(at=at)
    remind_of_moves(at=at)
    fire_due_moves(at=at)


def recompute() -> None:
    if Proceeding.objects.filter(closed_at=None, promised_on__isnull=False).exists():
        defer(recompute_due_dates)


@task
def recompute_due_dates() -> None:
    """The worker's own copy of the calendar may be some minutes old: read it again first."""
    from laihua.cases import actions

    forget_calendar()
    actions.recompute_due_dates(at=clock.now())


@periodic("0 1 * * *")
def remind_of_filings() -> None:
    """At nine in the morning in China; cron counts in UTC."""
    reminders.remind_of_filings(at=clock.now())


@periodic("5 1 * * *")
def remind_of_extensions() -> None:
    roster_reminders.remind_of_extensions(at=clock.now())


@periodic("10 1 * * *")
def remind_of_stale() -> None:
    stale_reminders.remind_of_stale(at=clock.now())


@periodic("*/5 * * * *")
def count_days() -> None:
    at = clock.now()
    rollup.count_new_days(at=at)
    rollup_of_units.count_units(at=at)
    rollup_of_units.count_services(at=at)
