"""Due dates after a change of the calendar."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from laihua.cases.models import CaseEvent, Proceeding
from laihua.cases.rules import Past, marks_of_promise, marks_of_step, uncounted
from laihua.catalog import queries as catalog
from laihua.flow.deadlines import due
from laihua.kernel.queries import working_calendar

BATCH = 500
FIELDS = ("due_on", "promised_on", "due_provisional")
Dates = tuple[date | None, date | None, bool]


def recompute_due_dates(*, at: datetime, batch: int = BATCH) -> int:
    """Work out the due dates of all open proceedings anew, from their moves; how many have changed.

    Batches are transactions of their own, so that nobody waits long for a case. Running it again changes nothing.
    """
    changed, last = 0, None
    while True:
        with transaction.atomic():
            rows = Proceeding.objects.filter(closed_at=None).exclude(due_on=None, promised_on=None)
            rows = rows.select_for_update(of=("self",)).select_related("case").defer("case__answers").order_by("id")
            found = list((rows.filter(id__gt=last) if last else rows)[:batch])
            changed += settle_dates(found, at)
        if len(found) < batch:
            return changed
        last = found[-1].id


def settle_dates(found: Sequence[Proceeding], at: datetime) -> int:
    past = moves_of([p.id for p in found])
    changed = []
    for p in found:
        now = dates_of(p, past[p.id], at)
        if now != tuple(getattr(p, name) for name in FIELDS):
            p.due_on, p.promised_on, p.due_provisional = now
            changed.append(p)
    Proceeding.objects.bulk_update(changed, FIELDS)
    return len(changed)


def moves_of(ids: Sequence[UUID]) -> dict[UUID, list[Past]]:
    past: dict[UUID, list[Past]] = defaultdict(list)
    rows = CaseEvent.objects.filter(proceeding_id__in=ids).exclude(to_step="").order_by("seq")
    for row in rows.values_list("proceeding_id", "move", "from_step", "to_step", "clock", "at", "actor_id"):
        proceeding_id, move, from_step, to_step, clock, moment, actor_id = row
        past[proceeding_id].append(Past(move, from_step, to_step, clock, moment, actor_id))
    return past


def dates_of(p: Proceeding, past: Sequence[Past], at: datetime) -> Dates:
    """Limit of the step, promise of the whole, and whether either is provisional: as a move writes them."""
    service, calendar = catalog.version(p.case.version_id).service, working_calendar()
    limit = service.steps[p.step].limit
    step = due(limit.days, limit.kind, marks_of_step(past, p.step), calendar, at) if limit else None
    whole = due(service.promise.days, service.promise.kind, marks_of_promise(past, uncounted(service)), calendar, at)
    provisional = bool((step and step.provisional) or (whole and whole.provisional))
    return step.on if step else None, whole.on if whole else None, provisional
