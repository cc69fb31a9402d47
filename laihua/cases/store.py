"""The writes of a move, in one statement, and the row of history that every write adds.

Plain SQL where the engine's speed is decided; everything else goes through the models.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import orjson
from django.db import connection

from laihua.cases.models import DueMove
from laihua.cases.rows import Trail
from laihua.catalog.definitions import Move
from laihua.flow.deadlines import Due
from laihua.flow.moves import State
from laihua.kernel import chain
from laihua.kernel.crypto import encrypt

if TYPE_CHECKING:
    from laihua.cases.queries.dossier import Dossier

WRITE_MOVE = """
WITH p AS (
    UPDATE cases_proceeding SET
        step = %(step)s, entered_at = %(entered_at)s, asked_by_step = %(asked_by)s, round = %(round)s, clock = %(clock)s,
        due_on = %(due_on)s, promised_on = %(promised_on)s, due_provisional = %(provisional)s,
        holder_id = CASE WHEN %(stays)s THEN holder_id END, held_at = CASE WHEN %(stays)s THEN held_at END,
        version = version + 1, closed_at = %(closed_at)s, office_id = coalesce(%(office)s::uuid, office_id)
    WHERE id = %(proceeding)s
), c AS (
    UPDATE cases_case SET
        submitted_at = CASE WHEN %(starts)s THEN coalesce(submitted_at, %(at)s) ELSE submitted_at END,
        closed_at = %(case_closed_at)s
    WHERE id = %(case)s AND (%(starts)s OR %(case_closed_at)s::timestamptz IS DISTINCT FROM closed_at)
), v AS (
    UPDATE cases_verdict SET published_at = %(at)s
    WHERE %(tells)s AND proceeding_id = %(proceeding)s AND published_at IS NULL
    RETURNING kind, key, result
), m AS (
    UPDATE cases_material SET status = v.result FROM v
    WHERE v.kind = 'material' AND cases_material.case_id = %(case)s AND cases_material.key = v.key
    AND NOT (v.result = 'accepted' AND v.key = ANY(%(kept_returned)s))
    AND (cases_material.current_id IS NOT NULL OR v.result <> 'returned')
)
"""


def write_move(
    dossier: "Dossier", *, row: Move, state: State, promise: Due | None, limit: Due | None, details: dict[str, Any],
    office_id: UUID | None = None,
) -> UUID:
    """Proceeding, case, told verdicts, material states and the event. Returns the event's id.

    `office_id`: to which office the case goes; None where it stays.
    """
    p, case, at = dossier.proceeding, dossier.case, dossier.at
    target = dossier.service.steps[state.step]
    event = EventRow(
        case_id=case.id, proceeding_id=p.id, at=at, actor_id=dossier.actor.account_id,
        organisation_id=acting_organisation(dossier), role=role_in(dossier, row.by), move=row.key,
        from_step=p.step, to_step=state.step, clock=row.clock, round=state.round, details=details,
    )
    append(
        event,
        dossier.trail,
        prefix=WRITE_MOVE,
        values={
            "step": state.step, "entered_at": at if state.step != p.step else p.entered_at,
            "asked_by": state.asked_by, "round": state.round, "clock": state.clock,
            "due_on": limit.on if limit else None, "promised_on": promise.on if promise else None,
            "provisional": bool((limit and limit.provisional) or (promise and promise.provisional)),
            "stays": state.step == p.step, "closed_at": at if target.outcome else None, "proceeding": p.id,
            "case": case.id, "starts": row.clock == "start" or row.files, "at": at, "tells": dossier.step.reviews,
            "office": office_id, "kept_returned": dossier.kept_returned if dossier.step.reviews else [],
            "case_closed_at": at if target.outcome and all(p.closed_at for p in dossier.others) else None,
        },
    )
    return event.id


class EventRow:
    """A row of history before it is written."""

    def __init__(self, **values: Any) -> None:
        self.id = uuid4()
        self.details = encrypt("cases_caseevent", "details", self.id, orjson.dumps(values.pop("details", {})))
        self.values = values


def append(event: EventRow, trail: Trail, *, prefix: str = "", values: dict[str, Any] | None = None) -> None:
    """Add the event to the chain of its case. The trail was read under the lock on the case, so its end is the last row."""
    fields = {
        **event.values, "id": event.id, "details": event.details, "chain": str(event.values["case_id"]), "seq": trail.seq + 1,
    }
    row = {**fields, "previous_hash": trail.hash, "hash": chain.digest(trail.hash, fields)}
    columns = ", ".join(row)
    places = ", ".join(f"%(e_{c})s" for c in row)
    with connection.cursor() as cursor:
        cursor.execute(
            f"{prefix} INSERT INTO cases_caseevent ({columns}) VALUES ({places})",  # noqa: S608  names of our own columns
            {**(values or {}), **{f"e_{c}": v for c, v in row.items()}},
        )
    trail.seq, trail.hash = row["seq"], row["hash"]


def record(dossier: "Dossier", what: str, details: dict[str, Any] | None = None, by: Iterable[str] = ()) -> UUID:
    """History without a move: a claim, an upload, a booking. Leaves the state as it is."""
    p = dossier.proceeding
    event = EventRow(
        case_id=dossier.case.id, proceeding_id=p.id, at=dossier.at, actor_id=dossier.actor.account_id,
        organisation_id=acting_organisation(dossier), role=role_in(dossier, by), move=what, from_step=p.step,
        to_step="", clock="", round=p.round, details=details or {},
    )
    append(event, dossier.trail)
    return event.id


def acting_organisation(dossier: "Dossier") -> UUID | None:
    """Whose person acted: under a delegation the agency, although it is done for the principal."""
    return dossier.actor.agency_id or dossier.actor.organisation_id


def role_in(dossier: "Dossier", by: Iterable[str]) -> str:
    """In which capacity the actor acted: the one that the move asks for, else any that he has here."""
    held = dossier.here or dossier.actor.roles      # an expert has no capacity in the case that he was asked about
    return next((r for r in by if r in held), next(iter(sorted(held)), ""))


def replace_due_moves(proceeding_id: UUID, moves: list[tuple[str, datetime, str]]) -> None:
    """`moves`: which, when, and the notice for which it waits."""
    DueMove.objects.filter(proceeding_id=proceeding_id).delete()
    if moves:
        DueMove.objects.bulk_create([
            DueMove(proceeding_id=proceeding_id, move=k, fire_at=t, once_told=notice) for k, t, notice in moves
        ])
