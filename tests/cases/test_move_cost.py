"""A move costs a bounded number of SQL statements, whatever the size of the case and of its history."""

from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laihua.cases import actions, queries
from tests import world as building

pytestmark = pytest.mark.django_db

OUTER = 2   # inside a test the transaction of the move is a savepoint: SAVEPOINT and RELEASE instead of BEGIN and COMMIT
COST = {
    # SQL statements, BEGIN and COMMIT aside
    "submit": 10, "confirm": 9, "return_for_correction": 8, "resubmit": 9, "pass": 8, "verify_originals": 6,
    "approve": 6,
}


@pytest.mark.parametrize("rows", [1, 12])
def test_the_way_through_costs_the_same_for_small_and_large_cases(world, at, rows) -> None:
    assert way_through(world, at, rows=rows, rounds=1) == COST


def test_five_rounds_cost_no_more_than_one(world, at) -> None:
    assert way_through(world, at, rows=1, rounds=5) == COST


def way_through(world, at, *, rows: int, rounds: int) -> dict[str, int]:
    """The dearest of each move. Definitions and the calendar are there already, as in a process that has begun to work."""
    first = building.decision_case(world, at)
    actions.claim(case_id=first.id, actor=world.decider, at=at)
    spent: dict[str, int] = {}
    case = building.complete_draft(world, at, work=jobs(rows))

    def move(key: str, actor) -> None:
        with CaptureQueriesContext(connection) as sent:
            actions.move(case_id=case.id, move=key, actor=actor, at=at)
        spent[key] = max(spent.get(key, 0), len(sent) - OUTER)

    move("submit", world.handler)
    type(case).objects.filter(id=case.id).update(subject_id=world.subject.account_id)
    declare(world, case, at)
    move("confirm", world.subject)
    for _ in range(rounds):
        judge(world, case, at, returned=True)
        move("return_for_correction", world.pre_reviewer)
        actions.reply_to_return(
            case_id=case.id, item=("field", "work_address"), text="与合同一致", actor=world.handler, at=at
        )
        move("resubmit", world.handler)
    judge(world, case, at, returned=False)
    move("pass", world.pre_reviewer)
    actions.claim(case_id=case.id, actor=world.clerk, at=at)
    for key, _, _ in queries.dossier(case.id, actor=world.clerk, at=at).originals:
        actions.tick_original(case_id=case.id, key=key, matches=True, actor=world.clerk, at=at)
    move("verify_originals", world.clerk)
    actions.claim(case_id=case.id, actor=world.decider, at=at)
    move("approve", world.decider)
    return spent


def jobs(count: int) -> list[dict[str, str]]:
    """Fifteen years of work without a gap, with so many employers."""
    row, start = building.complete_answers()["work"][-1], 2011 * 12 + 8
    marks = [start + 180 * n // count for n in range(count + 1)]
    return [
        {**row, "employer": f"Example Optics {n}", "from": month(first), "to": month(last - 1 if n + 1 < count else last)}
        for n, (first, last) in enumerate(pairwise(marks))
    ]


def month(number: int) -> str:
    return f"{number // 12}-{number % 12 + 1:02d}"


def declare(world, case, at) -> None:
    seen = queries.dossier(case.id, actor=world.subject, at=at)
    ticks = {
        f.key: True for s in seen.definition.visible_sections(seen.names) for f in s.fields
        if f.by == "subject" and f.type == "declaration"
    }
    actions.save_answers(case_id=case.id, changes=ticks, base=seen.case.revision, actor=world.subject, at=at)


def judge(world, case, at, *, returned: bool) -> None:
    officer = {"case_id": case.id, "actor": world.pre_reviewer, "at": at}
    actions.claim(**officer)
    items = [i.id for i in queries.dossier(case.id, actor=world.pre_reviewer, at=at).items]
    wrong = ("field", "work_address")
    actions.record_verdicts(items=[i for i in items if not returned or i != wrong], result="accepted", **officer)
    if returned:
        actions.record_verdicts(items=[wrong], result="returned", reasons=["WP-R07"], note="请写到门牌号", **officer)
