"""The one door through which a case changes: lock, authorise, decide, write, record, publish."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from laihua.accounts.permissions import SYSTEM, Actor
from laihua.cases import rows, store, told
from laihua.cases.actions.branching import office_called, open_further
from laihua.cases.actions.drafts import settle
from laihua.cases.actions.enrolling import take_along
from laihua.cases.actions.lock import locked
from laihua.cases.effects import EFFECTS
from laihua.cases.events import CaseMoved
from laihua.cases.queries.dossier import NO_SUCH_MOVE, Dossier, Granted
from laihua.cases.queries.timed import end_of
from laihua.cases.reserving import keep_reservations
from laihua.cases.rules import Past, stale
from laihua.catalog.definitions import Move
from laihua.catalog.proceedings import MAIN
from laihua.flow.moves import ASKED, State, after
from laihua.kernel import events, jobs
from laihua.kernel.texts import Reason, Refused, Text
from laihua.units import actions as units


@dataclass(frozen=True, slots=True)
class Moved:
    event_id: UUID
    case_id: UUID
    proceeding_id: UUID
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
    granted: Granted | None = None,
) -> Moved:
    """Make one move of the service's table.

    `expected` is the version of the proceeding that the actor's page showed; when the case has gone on since, nothing
    happens and the reason says who acted. Raises Refused with every reason at once, NotYours for a foreign case.
    `granted`: the permit that was made before a move of the system, for its effects.
    """
    dossier = locked(case_id, actor=actor, at=at, proceeding=proceeding)
    dossier.granted = granted
    row = authorised(dossier, move, expected, text)
    return make(dossier, row, text)


@transaction.atomic
def hand_in(*, case_id: UUID, moves: Mapping[str, int | None], actor: Actor, at: datetime) -> list[Moved]:
    """Several moves of one person at once, in as many proceedings: a correction goes back to every office that asked, or
    to none. `moves`: what each page showed as the version of its proceeding."""
    service = locked(case_id, actor=actor, at=at).service
    if unknown := moves.keys() - service.moves.keys():
        raise Refused(*(NO_SUCH_MOVE for _ in unknown))
    return [
        move(case_id=case_id, move=key, actor=actor, at=at, expected=expected, proceeding=service.proceeding_of(key))
        for key, expected in moves.items()
    ]


def authorised(dossier: Dossier, key: str, expected: int | None, text: str) -> Move:
    row = dossier.service.moves.get(key)
    if row is None:
        raise Refused(NO_SUCH_MOVE)
    reasons = gone_on(dossier, expected) or dossier.obstacles(row, text)
    if row.text == "required" and not text.strip():
        reasons = [*reasons, Reason("text_missing", Text("请写明理由。", "Please give a reason in words."), place="text")]
    if reasons:
        raise Refused(*reasons)
    return row


def gone_on(dossier: Dossier, expected: int | None) -> list[Reason]:
    if expected in (None, dossier.proceeding.version):
        return []
    last = dossier.last
    name, when = (dossier.name_of(last.actor_id), last.at) if last else ("", None)
    return stale(expected, dossier.proceeding.version, name, when)


def make(dossier: Dossier, row: Move, text: str) -> Moved:
    """Write what was decided. The caller holds the lock and has authorised."""
    proceeding, at, actor = dossier.proceeding, dossier.at, dossier.actor
    before, state = dossier.state, after(dossier.state, row)
    made = Past(row.key, before.step, state.step, row.clock, at, actor.account_id)
    if dossier.step.editable and not dossier.service.steps[state.step].outcome:
        settle(dossier)
    past = [*dossier.past, made]
    promise, limit = dossier.promise_of(past), dossier.limit_of(past, state.step)
    office, details = office_of(dossier, row, state), details_of(dossier, row, text)
    if office is not None:
        details["office"] = {"zh": office.name_zh, "en": office.name_en or office.name_zh}
    event = store.write_move(
        dossier, row=row, state=state, promise=promise, limit=limit, details=details, office_id=office.id if office else None
    )
    plan_automatic(dossier, state, at)
    open_further(dossier, row)
    if dossier.key == MAIN:
        take_along(dossier, state)
        keep_reservations(dossier, dossier.service.steps[state.step].outcome, dossier.step.editable)
    for name in row.effects:
        EFFECTS[name](dossier, at)
    if dossier.case.delegation_id and dossier.service.steps[state.step].outcome and all(p.closed_at for p in dossier.others):
        units.close_delegation(delegation_id=dossier.case.delegation_id, actor=actor, at=at)
    jobs.defer("cases.jobs.announce", event_id=str(event))
    events.publish(
        CaseMoved(
            event_id=event, case_id=dossier.case.id, proceeding_id=proceeding.id, move=row.key,
            from_step=before.step, to_step=state.step, issues=row.issues, at=at, revokes=row.revokes,
            permit_number=str(dossier.answers.get("permit_number") or "") if row.revokes else "",
            reason=f"{row.past.zh}（{dossier.case.number}）" if row.revokes else "",
        )
    )
    follow(dossier, row)
    return Moved(event, dossier.case.id, proceeding.id, before.step, state.step, promise.on if promise else None)


def follow(dossier: Dossier, row: Move) -> None:
    """What a move brings about in the other proceedings, by the hall's own hand, where it is possible there."""
    service = dossier.service
    for key in row.then:
        found = rows.lock(dossier.case.id, service.proceeding_of(key))
        if found is None:
            continue
        there, next_move = Dossier(*found, SYSTEM, dossier.at), service.moves[key]
        if there.proceeding.step in next_move.sources and there.has_move(next_move):
            make(there, next_move, "")


def office_of(dossier: Dossier, row: Move, state: State) -> Any:
    """The office to which the new step takes the case, by the answers as they stand now; None where it stays.

    A correction goes back to the step and the office that asked. Only where the office returned the very answers that led
    to it, because he chose the wrong authority, do the new ones lead to another.
    """
    step = dossier.service.steps[state.step]
    if not step.office or state.step == dossier.state.step:
        return None
    if row.target == ASKED and not dossier.definition.office_hangs_on(step.key) & asked_about(dossier):
        return None
    office = office_called(dossier.definition.office(step.key, dossier.names))
    return office if office.id != dossier.proceeding.office_id else None


def asked_about(dossier: Dossier) -> frozenset[str]:
    """The fields, and sections with rows, that stand returned."""
    words = dossier.words.items()
    return frozenset(key.partition(".")[0] for (kind, key), w in words if kind == "field" and w.result == "returned" and w.published)


def details_of(dossier: Dossier, row: Move, text: str) -> dict[str, Any]:
    """What the history keeps of a move. Encrypted with the event."""
    details: dict[str, Any] = {}
    if text.strip():
        details["text"] = text.strip()
    if row.automatic and row.automatic.once_told:
        proof = told.proof(dossier, row)
        if proof is None:
            raise Refused(told.NOT_TOLD)
        details["proof"] = proof.as_data()
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
    planned = [(m, m.automatic) for m in service.moves.values() if m.automatic is not None]
    if not planned or state.step == dossier.proceeding.step:
        return
    here = [(m.key, end_of(wait.after, at), wait.once_told) for m, wait in planned if state.step in m.sources]
    if here or any(dossier.proceeding.step in m.sources for m, _ in planned):
        store.replace_due_moves(dossier.proceeding.id, here)



