"""The window beside the review: who stands there, what may be asked of him on the spot, what is being waited for. No writes."""

from dataclasses import dataclass
from typing import Any

from laihua.accounts.permissions import Actor
from laihua.cases import queries
from laihua.catalog.definitions import Move
from laihua.kernel.texts import Text
from laihua.permits import queries as permits
from laihua.portal.officer.views_queue import find


@dataclass(frozen=True, slots=True)
class Ask:
    """A document that is not there. `codes`: why it was asked for, while that is not told."""

    key: str
    title: Text
    codes: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Counter:
    """`receive`: the move that takes the case of whoever has come. `waits`: the visitor is uploading what was asked for.

    `papers`: what came out of the case, for the visitor to take along.
    """

    receive: Move | None
    waits: bool
    facts: tuple[Any, ...]
    asks: tuple[Ask, ...]
    papers: tuple[Any, ...] = ()
    making: bool = False


def is_walk_in(seen: queries.Dossier) -> bool:
    return any(step.visit for step in seen.service.steps.values())


def counter_of(seen: queries.Dossier, sheet: queries.Sheet) -> Counter | None:
    """None for a case that nobody brings to a window of his own accord."""
    if not is_walk_in(seen):
        return None
    known = seen.service.field_keys()
    done = bool(seen.step.outcome) or seen.step.holder == "hall"
    return Counter(
        receive=queries.receiving_move(seen),
        waits=seen.step.editable and seen.state.clock == "paused",
        facts=tuple(r for r in sheet.rows("form") if r.kind == "field" and r.key in known and known[r.key].search),
        asks=tuple(asked(seen, item) for item in seen.absent) if seen.step.originals else (),
        papers=tuple(permits.issued_of(seen.case.id)) if done else (),
        making=done and bool(permits.being_made(seen.case.id)),
    )


def asked(seen: queries.Dossier, item: Any) -> Ask:
    word = seen.words.get(item.id)
    if word is None or word.result != "returned" or word.published:
        return Ask(item.key, item.label)
    return Ask(item.key, item.label, word.reasons, word.note)


def find_visitor(actor: Actor, asked: str) -> list[Any]:
    """By the code on a printed form, a notice or a permit, or by any of the numbers. Those that are for the window come first.

    What a permit's code holds is an address; the cases that name its number are those of its holder.
    """
    found = queries.find_at_window(actor, asked) or find(actor, asked)
    number = permits.number_of_code(asked)
    if number:
        more = [p for p in queries.find_at_window(actor, number) if p.id not in {q.id for q in found}]
        found = [*found, *more]
    return sorted(found, key=lambda p: not waits_for_window(p))


def waits_for_window(proceeding: Any) -> bool:
    step = queries.step_of(proceeding)
    return step is not None and (step.visit or step.originals)
