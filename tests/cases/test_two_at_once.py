"""Two people, one case: exactly one wins, and the other is told who and what."""

import threading

import pytest
from django.db import connection

from laihua.cases import actions, queries
from laihua.cases.models import Booking, CaseEvent, Proceeding
from laihua.kernel.texts import Refused
from tests import world as building


def at_once(*calls):
    """Run the calls in threads of their own that start together; results or exceptions, in order."""
    gate = threading.Barrier(len(calls))
    results = [None] * len(calls)

    def run(n, call):
        try:
            gate.wait()
            results[n] = call() or "done"
        except Exception as problem:
            results[n] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n, call)) for n, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("OPS-1")
def test_two_officers_claim_one_case(world, at):
    case = building.submitted_case(world, at)
    results = at_once(
        lambda: actions.claim(case_id=case.id, actor=world.pre_reviewer, at=at),
        lambda: actions.claim(case_id=case.id, actor=world.second_pre_reviewer, at=at),
    )
    refused = [r for r in results if isinstance(r, Refused)]
    assert (results.count("done"), len(refused)) == (1, 1), results
    holder = Proceeding.objects.get(case=case).holder
    assert holder.name_zh in str(refused[0].reasons[0]), "the loser reads who holds the case"


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("OPS-1", "OPS-5")
def test_a_double_click_makes_one_move(world, at):
    case = building.passed_case(world, at)
    actions.claim(case_id=case.id, actor=world.clerk, at=at)
    for key, _, _ in queries.dossier(case.id, actor=world.clerk, at=at).originals:
        actions.tick_original(case_id=case.id, key=key, matches=True, actor=world.clerk, at=at)
    version = Proceeding.objects.get(case=case).version

    def click():
        return actions.move(case_id=case.id, move="verify_originals", actor=world.clerk, at=at, expected=version).to_step

    results = at_once(click, click)
    assert results.count("decision") == 1, results
    refused = next(r for r in results if isinstance(r, Refused))
    assert refused.reasons[0].code == "stale"
    assert "梁栖梧" in str(refused.reasons[0])
    assert CaseEvent.objects.filter(case=case, move="verify_originals").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("WP-6")
def test_one_place_at_a_window_is_given_once(world, at):
    window = make_window(world)
    cases = [building.passed_case(world, at, passport_number=f"EM72041{n}0") for n in (1, 2)]
    time = next(s for s in queries.slots_of(window, at) if s.free).starts_at

    def booking(case):
        return lambda: actions.book(case_id=case.id, window_id=window.id, starts_at=time, actor=world.handler, at=at)

    results = at_once(*(booking(c) for c in cases))
    assert sum(isinstance(r, Booking) for r in results) == 1, results
    assert next(r for r in results if isinstance(r, Refused)).reasons[0].code == "slot_taken"


def make_window(world):
    from laihua.cases.models import Window

    return Window.objects.create(
        office=world.office, code="T1", name_zh="一号窗口", name_en="Window 1", address_zh="望江路1号2层",
        address_en="Floor 2, 1 Wangjiang Road", hours=[["09:00", "11:30"], ["13:30", "16:30"]], places=1,
    )
