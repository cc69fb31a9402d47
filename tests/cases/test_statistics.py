"""Figures of an office, proved against cases whose every move is known."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laihua.cases import actions as cases
from laihua.cases import queries, rollup
from laihua.cases.models import Case, DayCount, Proceeding
from laihua.cases.queries.statistics import Period, Volume, timing
from laihua.cases.rollup import outcome_of
from laihua.catalog import queries as catalog
from laihua.kernel import clock, jobs
from tests import people
from tests import world as building
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.req("OPS-6")]
NOVEMBER, OCTOBER = Period(date(2026, 11, 1), date(2026, 11, 30)), Period(date(2026, 10, 1), date(2026, 10, 31))


def after(at: datetime, days: int) -> datetime:
    """`at` is Thursday 2026-11-12; every weekday of that month is a working day."""
    return at + timedelta(days=days)


def decide(world: World, case: Case, at: datetime, move: str = "approve") -> None:
    cases.claim(case_id=case.id, actor=world.decider, at=at)
    cases.move(case_id=case.id, move=move, actor=world.decider, at=at, text="理由" if move == "refuse" else "")


@pytest.fixture
def month(world: World, at: datetime) -> datetime:
    """Five cases submitted on the 12th, one of them decided late, one refused, one withdrawn, one returned and waiting."""
    for number, (days, move) in enumerate(((1, "approve"), (4, "refuse"), (12, "approve"))):
        decide(world, building.decision_case(world, at, passport_number=f"EX000000{number}"), after(at, days), move)
    gone = building.submitted_case(world, at, passport_number="EX0000005")
    cases.move(case_id=gone.id, move="withdraw", actor=world.handler, at=after(at, 1))
    building.returned_case(world, at, materials=("degree", "passport"), passport_number="EX0000006")
    end = after(at, 12)
    rollup.count_new_days(at=end)
    return end


def asked(world: World, **how: Any) -> queries.Statistics:
    return queries.statistics(world.head, NOVEMBER, OCTOBER, **{"per": "week", **how})


def test_what_was_submitted_decided_withdrawn_and_returned(world: World, month: datetime) -> None:
    now = asked(world).now
    assert now.submitted == 5
    assert dict(now.outcomes) == {"approved": 2, "refused": 1, "withdrawn": 1}
    assert now.returned == 1
    assert asked(world).before.submitted == 0


def test_times_are_working_days_and_late_is_after_the_promise(world: World, month: datetime) -> None:
    """Decided on Friday, Monday and Tuesday of the week after next: 1, 2 and 8 working days of the promised 7."""
    whole = asked(world).now.whole
    assert (whole.count, whole.median, whole.ninetieth, whole.late) == (3, 2, 8, 1)
    assert whole.on_time == pytest.approx(200 / 3)


def test_each_step_of_the_office_has_its_own_time(world: World, month: datetime) -> None:
    """A withdrawal is no work done, and a return does not end a step."""
    steps = asked(world).steps
    assert set(steps) == {"pre_review", "originals", "decision"}
    assert (steps["pre_review"].count, steps["pre_review"].median) == (3, 0)
    assert (steps["decision"].count, steps["decision"].median, steps["decision"].late) == (3, 2, 1)


def test_a_case_decided_on_the_promised_day_is_on_time(world: World, at: datetime) -> None:
    case = building.decision_case(world, at)
    promised = Proceeding.objects.get(case=case).promised_on
    assert promised
    decide(world, case, after(at, (promised - at.date()).days))
    rollup.count_new_days(at=after(at, 30))
    assert (asked(world).now.whole.median, asked(world).now.whole.late) == (7, 0)


def test_a_reason_counts_once_for_a_case(world: World, month: datetime) -> None:
    assert asked(world).reasons == [("WP-R02", 1), ("WP-R07", 1)]


def test_time_with_the_applicant_is_not_counted(world: World, at: datetime) -> None:
    """Returned on the 12th, corrected on the 24th and passed on the 25th: two days, not nine. Decided then: returned once."""
    case = building.returned_case(world, at)
    cases.save_answers(case_id=case.id, changes={"work_address": "上海市浦东新区祖冲之路1000号8幢302室"}, base=case.revision,
                       actor=world.handler, at=after(at, 12))
    cases.reply_to_return(
        case_id=case.id, item=("material", "degree"), text="已附认证", actor=world.handler, at=after(at, 12)
    )
    cases.move(case_id=case.id, move="resubmit", actor=world.handler, at=after(at, 12))
    later = after(at, 13)
    cases.claim(case_id=case.id, actor=world.pre_reviewer, at=later)
    items = [i.id for i in queries.dossier(case.id, actor=world.pre_reviewer, at=later).items]
    cases.record_verdicts(case_id=case.id, items=items, result="accepted", actor=world.pre_reviewer, at=later)
    cases.move(case_id=case.id, move="pass", actor=world.pre_reviewer, at=later)
    rollup.count_new_days(at=later)
    assert asked(world).steps["pre_review"].median == 2
    assert asked(world).now.corrected == 0
    cases.claim(case_id=case.id, actor=world.clerk, at=later)
    for key, _, _ in queries.dossier(case.id, actor=world.clerk, at=later).originals:
        cases.tick_original(case_id=case.id, key=key, matches=True, actor=world.clerk, at=later)
    cases.move(case_id=case.id, move="verify_originals", actor=world.clerk, at=later)
    decide(world, case, later)
    rollup.count_new_days(at=later)
    assert (asked(world).now.corrected, asked(world).now.return_share) == (1, 100)


def test_volumes_by_week_and_by_month(world: World, month: datetime) -> None:
    weeks = {v.first: v for v in asked(world).volumes}
    assert list(weeks) == [date(2026, 10, 26), *(date(2026, 11, d) for d in (2, 9, 16, 23, 30))]
    assert weeks[date(2026, 11, 9)] == Volume(date(2026, 11, 9), 5, 1, 1)
    assert weeks[date(2026, 11, 16)].decided == 1
    assert asked(world, per="month").volumes == [Volume(date(2026, 11, 1), 5, 3, 1)]


def test_counting_again_changes_nothing_and_goes_on_where_it_was(world: World, month: datetime, at: datetime) -> None:
    shape = ("day", "office", "service", "what", "key", "days", "late", "count")
    before = list(DayCount.objects.order_by(*shape).values_list(*shape))
    rollup.count_day(at.date(), at=month)
    rollup.count_new_days(at=month)
    assert list(DayCount.objects.order_by(*shape).values_list(*shape)) == before
    building.submitted_case(world, after(at, 18), passport_number="EX0000009")
    rollup.count_new_days(at=after(at, 30))
    assert asked(world).now.submitted == 6
    assert asked(world).counted_at == after(at, 30)


def test_a_clock_moved_back_is_counted_too(world: World, month: datetime, at: datetime) -> None:
    earlier = after(at, -30)
    building.submitted_case(world, earlier, passport_number="EX0000008")
    rollup.count_new_days(at=earlier)
    assert asked(world).before.submitted == 1
    assert asked(world).now.submitted == 5


def test_the_job_counts(world: World, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    from laihua.cases import jobs as case_jobs

    monkeypatch.setattr(clock, "now", lambda: at)
    assert asked(world).counted_at is None
    building.submitted_case(world, at)
    jobs.find()
    case_jobs.count_days(timestamp=0)
    assert asked(world).now.submitted == 1


def test_another_office_and_another_service_are_not_counted(world: World, at: datetime) -> None:
    other = people.office("另一示例审批机关")
    foreign, own = (building.submitted_case(world, at, passport_number=f"EX000000{n}") for n in (1, 2))
    Case.objects.filter(id=foreign.id).update(office=other)
    Proceeding.objects.filter(case=foreign).update(office=other)
    rollup.count_new_days(at=at)
    assert asked(world).now.submitted == 1
    assert asked(world, service=own.service).now.submitted == 1
    assert asked(world, service="another.service").now.submitted == 0


def test_three_statements_however_much_there_is(world: World, month: datetime) -> None:
    with CaptureQueriesContext(connection) as seen:
        asked(world)
    assert len(seen) == 3


def test_how_a_case_ends_is_known_when_the_clock_stops(world: World) -> None:
    service = catalog.current(building.WORK_PERMIT).service
    ends = {step: outcome_of(service, step) for step in ("issuance", "issued", "refused", "withdrawn", "decision", "no_step")}
    assert ends == {
        "issuance": "approved", "issued": "approved", "refused": "refused", "withdrawn": "withdrawn", "decision": "", "no_step": "",
    }


@pytest.mark.parametrize(("found", "median", "ninetieth", "late"), [
    ({}, None, None, 0), ({(3, False): 1}, 3, 3, 0), ({(1, False): 1, (4, True): 1}, 2.5, 4, 1),
    ({(1, False): 8, (5, False): 1, (9, True): 1}, 1, 5, 1), ({(2, False): 5, (2, True): 5}, 2, 2, 5),
])
def test_the_middle_and_the_slow_end(found: dict[tuple[int, bool], int], median: Any, ninetieth: Any, late: int) -> None:
    told = timing(found)
    assert (told.median, told.ninetieth, told.late) == (median, ninetieth, late)
