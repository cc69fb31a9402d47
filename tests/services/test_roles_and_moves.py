"""Every move of every service, tried by everyone: whose step it is may, everybody else is refused."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from laihua.accounts.permissions import ROLES, SYSTEM, Actor, Side
from laihua.cases import actions, queries, rules
from laihua.cases.models import Case, CaseEvent
from laihua.catalog import checks
from laihua.catalog.definitions import Move, Service
from laihua.catalog.loader import load
from laihua.flow.moves import State
from laihua.kernel.texts import Refused
from tests import world as building
from tests.world import World

ROOT = Path(__file__).resolve().parent.parent.parent
UNIT, OTHER_UNIT, OFFICE, OTHER_OFFICE, SUBJECT = (uuid4() for _ in range(5))
AT = datetime.fromisoformat("2026-11-12T10:00:00+08:00")


@cache
def services() -> tuple[Service, ...]:
    found = [load(folder).service for folder in checks.folders_of(ROOT / "services")]
    return tuple(service for service in found if service is not None)


@dataclass(frozen=True)
class Someone:
    """A person, and what a service may call him where it says who makes a move; empty: nobody in this case."""

    name: str
    actor: Actor
    capacity: str

    def __str__(self) -> str:
        return self.name


def person(account_id: UUID | None = None, role: str = "", where: UUID | None = None) -> Actor:
    return Actor(account_id or uuid4(), "某人", frozenset({role} if role else ()), where)


def everybody() -> list[Someone]:
    found = [
        Someone("the hall", SYSTEM, "system"), Someone("the subject", person(SUBJECT), "subject"),
        Someone("another person", person(), ""), Someone("the subject as officer elsewhere",
                                                         person(SUBJECT, "decider", OTHER_OFFICE), "subject"),
    ]
    for role in ROLES.values():
        here, elsewhere = (UNIT, OTHER_UNIT) if role.side == Side.UNIT else (OFFICE, OTHER_OFFICE)
        capacity = {Side.UNIT: "unit", Side.AUTHORITY: role.key}.get(role.side, "")
        found.append(Someone(role.key, person(role=role.key, where=here), capacity))
        found.append(Someone(f"{role.key} elsewhere", person(role=role.key, where=elsewhere), ""))
    return found


def test_there_are_moves_to_try() -> None:
    assert len(services()) == len(checks.folders_of(ROOT / "services"))
    assert all(service.moves for service in services())


EACH_SERVICE = pytest.mark.parametrize("service", services(), ids=lambda service: service.id)


@pytest.mark.req("WP-3")
@EACH_SERVICE
def test_a_move_belongs_to_those_whom_its_service_names(service: Service) -> None:
    wrong = [
        (move.key, str(someone), reasons)
        for move in service.moves.values() for someone in everybody()
        if (reasons := refusals(move, someone)) != ([] if someone.capacity in move.by else ["wrong_end"])
    ]
    assert wrong == []


def refusals(move: Move, someone: Someone) -> list[str]:
    facts = rules.Facts(
        actor=someone.actor, at=AT, state=State(move.sources[0]), unit_id=UNIT, subject_id=SUBJECT, office_id=OFFICE
    )
    return [r.code for r in rules.wrong_end(move, facts)]


@EACH_SERVICE
def test_a_refusal_says_whose_step_it_is(service: Service) -> None:
    """Every role that moves name has words; otherwise the sentence would name nobody."""
    named = {move.key: (rules.who(move.by), len(move.by)) for move in service.moves.values()}
    assert [key for key, (who, n) in named.items() if len(who.zh.split("或")) != n or len(who.en.split(" or ")) != n] == []


@EACH_SERVICE
def test_the_two_ends_and_the_authority_never_share_a_move(service: Service) -> None:
    sides = {move.key: {ROLES[who].side if who in ROLES else who for who in move.by} for move in service.moves.values()}
    assert [key for key, found in sides.items() if len(found) != 1] == []


LYING_AT = {
    "draft": building.complete_draft, "confirmation": building.confirmation_case, "pre_review": building.submitted_case,
    "correction": building.returned_case, "originals": building.passed_case, "decision": building.decision_case,
}
CAPACITIES = {
    "handler": "unit", "second_handler": "unit", "stranger": "", "subject": "subject", "other_person": "",
    "pre_reviewer": "pre_reviewer", "clerk": "window_clerk", "decider": "decider", "head": "head", "operator": "",
    "auditor": "",
}


@pytest.mark.req("WP-3", "OPS-5")
@pytest.mark.parametrize("step", LYING_AT)
def test_the_door_refuses_everyone_else_and_writes_nothing(world: World, at: datetime, step: str) -> None:
    """Through the action itself, on a case that lies at the step: not a row of history comes from a refusal."""
    case = LYING_AT[step](world, at)
    before, moves = history(case), moves_from(step)
    assert moves
    for move in moves:
        for name, capacity in CAPACITIES.items():
            if capacity in move.by:
                assert "wrong_end" not in refused(case, move, world.actors[name], at, only_look=True)
            else:
                assert refused(case, move, world.actors[name], at) in (["wrong_end"], ["no such case"]), (name, move.key)
    assert history(case) == before


def moves_from(step: str) -> list[Move]:
    service = next(s for s in services() if s.id == building.WORK_PERMIT)
    return [m for m in service.moves.values() if step in m.sources]


def refused(case: Case, move: Move, actor: Actor, at: datetime, *, only_look: bool = False) -> list[str]:
    try:
        if only_look:
            return [r.code for r in queries.dossier(case.id, actor=actor, at=at).obstacles(move)]
        actions.move(case_id=case.id, move=move.key, actor=actor, at=at, text="理由")
    except Refused as refusal:
        return [r.code for r in refusal.reasons]
    except queries.NotYours:
        return ["no such case"]
    return []


def history(case: Case) -> int:
    return CaseEvent.objects.filter(case=case).count()
