"""The state of a proceeding, and what a move makes of it. Pure: a table is the only way from one state to the next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

ASKED = "$asked"

CLOCK = {
    # (state, mark) → state; anything else is a fault of the table
    ("none", "start"): "running",
    ("running", "pause"): "paused",
    ("paused", "resume"): "running",
    ("none", "stop"): "stopped",
    ("running", "stop"): "stopped",
    ("paused", "stop"): "stopped",
}


class MoveRow(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def sources(self) -> tuple[str, ...]: ...
    @property
    def target(self) -> str: ...
    @property
    def clock(self) -> str: ...


@dataclass(frozen=True, slots=True)
class State:
    """`asked_by` is the step that a correction goes back to; it is set while the clock is paused and only then."""

    step: str
    clock: str = "none"
    asked_by: str = ""
    round: int = 1


class NotPossible(Exception):
    """The move does not start at this step, or the clock cannot take its mark."""


def after(state: State, move: MoveRow) -> State:
    """The state that the move leads to. Raises NotPossible."""
    if state.step not in move.sources:
        raise NotPossible(f"{move.key} does not start at {state.step}")
    returning = move.target == ASKED
    step = state.asked_by if returning else move.target
    if not step:
        raise NotPossible(f"{move.key} has no step to go back to")
    clock = state.clock
    if move.clock:
        try:
            clock = CLOCK[state.clock, move.clock]
        except KeyError:
            raise NotPossible(f"a clock that is {state.clock} cannot {move.clock}") from None
    return replace(
        state,
        step=step,
        clock=clock,
        asked_by=state.step if move.clock == "pause" else state.asked_by if clock == "paused" else "",
        round=state.round + 1 if returning else state.round,
    )


def replay(first_step: str, moves: Mapping[str, MoveRow], made: Iterable[str]) -> State:
    """The state after these moves, from nothing. The history of a case must lead where the case stands."""
    state = State(first_step)
    for key in made:
        state = after(state, moves[key])
    return state
