"""The one door through which a case changes: lock, authorise, decide, write, record, publish."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from laihua.accounts.permissions import Actor
from laihua.cases import store
from laihua.cases.actions.drafts import settle
from laihua.cases.actions.lock import locked
from laihua.cases.events import CaseMoved
from laihua.cases.queries.dossier import Dossier
from laihua.cases.rules import Past, marks_of_promise, marks_of_step, stale
from laihua.catalog.definitions import Move
from laihua.flow.deadlines import Due, due
from laihua.flow.moves import State, after
from laihua.kernel import events, jobs
from laihua.kernel.queries import working_calendar
from laihua.kernel.texts import Reason, Refused, Text


@dataclass(frozen=True, slots=True)
class Moved:
    event_id: UUID
    case_id: UUID
    from_step: str
    to_step: str
    promised_on: Any


@transaction.atomic
def move(
    *,
    case_id: UUID,
    move: str,
    actor: Actor,
    at: datetime,
    expected: int | None = None,
    text: str = "",
    proceeding: str = "main",
) -> Moved:
    """Make one move of the service's table.

    `expected` is the version of the proceeding that the actor's page showed; when the case has gone on since, nothing
    happens and the reason says who acted. Raises Refused with every reason at once, NotYours for a foreign case.
    """
    dossier = locked(case_id, actor=actor, at=at, proceeding=proceeding)
    row = authorised(dossier, move, expected, text)
    return make(dossier, row, text)


def authorised(dossier: Dossier, key: str, expected: int | None, text: str) -> Move:
    row = dossier.service.moves.get(key)
    if row is None:
        raise Refused(Reason("unknown_move", Text("没有这项操作。", "There is no such action.")))
    last = dossier.last
    reasons = stale(
        expected, dossier.proceeding.version, dossier.name_of(last.actor_id) if last else "", last.at if last else None
    ) or dossier.obstacles(row, text)
    if row.text == "required" and not text.strip():
        reasons = [*reasons, Reason("text_missing", Text("请写明理由。", "Please give a reason in words."), place="text")]
    if reasons:
        raise Refused(*reasons)
    return row


def make(dossier: Dossier, row: Move, text: str) -> Moved:
    """Write what was decided. The caller holds the lock and has authorised."""
    proceeding, at, actor = dossier.proceeding, dossier.at, dossier.actor
    before, state = dossier.state, after(dossier.state, row)
    made = Past(row.key, before.step, state.step, row.clock, at, actor.account_id)
    if dossier.step.editable and not dossier.service.steps[state.step].outcome:
        settle(dossier)
    promise, limit = deadlines(dossier, state, made)
    event = store.write_move(
        dossier, row=row, state=state, promise=promise, limit=limit, details=details_of(dossier, row, text)
    )
    plan_automatic(dossier, state, at)
    jobs.defer("cases.jobs.announce", event_id=str(event))
    events.publish(
        CaseMoved(
            event_id=event, case_id=dossier.case.id, proceeding_id=proceeding.id, move=row.key,
            from_step=before.step, to_step=state.step, issues=row.issues, at=at,
        )
    )
    return Moved(event, dossier.case.id, before.step, state.step, promise.on if promise else None)


def deadlines(dossier: Dossier, state: State, made: Past) -> tuple[Due | None, Due | None]:
    """The promised date of the whole and the due date of the step, both from the history, the move included."""
    past = [*dossier.past, made]
    calendar, now = working_calendar(), dossier.at
    service, step = dossier.service, dossier.service.steps[state.step]
    marks = marks_of_promise(past)
    promise = due(service.promise.days, service.promise.kind, marks, calendar, now) if marks else None
    limit = (
        due(step.limit.days, step.limit.kind, marks_of_step(past, state.step), calendar, now) if step.limit else None
    )
    return promise, limit


def details_of(dossier: Dossier, row: Move, text: str) -> dict[str, Any]:
    """What the history keeps of a move. Encrypted with the event."""
    details: dict[str, Any] = {}
    if text.strip():
        details["text"] = text.strip()
    if dossier.step.editable:
        details["answers"] = dossier.answers
        details["files"] = dossier.files
    if dossier.step.reviews:
        details["verdicts"] = [
            {"kind": kind, "key": key, "result": w.result, "reasons": list(w.reasons), "note": w.note}
            for (kind, key), w in dossier.words.items()
            if not w.published
        ]
    return details


def plan_automatic(dossier: Dossier, state: State, at: datetime) -> None:
    """The moves that the new step makes by itself; those of the step that was left are forgotten."""
    service = dossier.service
    planned = [m for m in service.moves.values() if m.automatic is not None]
    if not planned or state.step == dossier.proceeding.step:
        return
    here = [
        (m.key, fires_at(m, at)) for m in planned if state.step in m.sources
    ]
    if here or any(dossier.proceeding.step in m.sources for m in planned):
        store.replace_due_moves(dossier.proceeding.id, here)


def fires_at(row: Move, at: datetime) -> datetime:
    """The first moment of the day after the last day of waiting."""
    assert row.automatic is not None
    after_limit = row.automatic.after
    day = working_calendar().add(timezone.localtime(at).date(), after_limit.days + 1, after_limit.kind).on
    return timezone.make_aware(datetime(day.year, day.month, day.day))


