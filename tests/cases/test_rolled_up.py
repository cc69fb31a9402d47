"""What a unit has in hand, and how a service has gone: from the roll-ups, proved against cases whose every move is known."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laihua.cases import actions as cases
from laihua.cases import queries, rollup, rollup_of_units
from laihua.cases.models import Case, CaseEvent, DayCount, ServiceFigure, UnitCount
from laihua.kernel.calendar import day_of
from tests import world as building

pytestmark = [pytest.mark.django_db, pytest.mark.req("XP-1", "OPS-6")]
NOVEMBER = date(2026, 11, 1)


def figures(actor: Any) -> dict[tuple[str, date], int]:
    found = queries.unit_figures(actor, [building.WORK_PERMIT])
    return {(row.what, row.month): row.count for row in found.rows} if found else {}


def decide(world: Any, case: Case, at: datetime) -> None:
    cases.claim(case_id=case.id, actor=world.decider, at=at)
    cases.move(case_id=case.id, move="approve", actor=world.decider, at=at)


def test_drafts_pending_and_approved_of_a_unit_by_month(world: Any, at: datetime) -> None:
    building.draft(world, at)
    given_up = building.draft(world, at)
    cases.move(case_id=given_up.id, move="discard", actor=world.handler, at=at)
    building.submitted_case(world, at, passport_number="EX0000001")
    building.returned_case(world, at, passport_number="EX0000002")
    decided = building.decision_case(world, at, passport_number="EX0000003")
    decide(world, decided, at + timedelta(days=20))
    gone = building.submitted_case(world, at, passport_number="EX0000004")
    cases.move(case_id=gone.id, move="withdraw", actor=world.handler, at=at)
    assert rollup_of_units.count_units(at=at + timedelta(days=20)) == 1
    december = date(2026, 12, 1)
    assert figures(world.handler) == {
        ("draft", NOVEMBER): 1, ("filed", NOVEMBER): 4, ("pending", NOVEMBER): 2, ("approved", december): 1, ("withdrawn", NOVEMBER): 1,
    }
    assert figures(world.stranger) == {}, "another unit's"
    assert queries.unit_figures(world.subject, [building.WORK_PERMIT]) is None, "an individual has no unit"


def test_only_units_with_news_are_counted_again(world: Any, at: datetime) -> None:
    building.draft(world, at)
    rollup_of_units.count_units(at=at)
    later = at + timedelta(hours=2)
    assert rollup_of_units.count_units(at=later) == 1, "what came late is not missed"
    assert rollup_of_units.count_units(at=later) == 0
    cases.start_case(service_id=building.WORK_PERMIT, actor=world.stranger, at=later)
    assert rollup_of_units.count_units(at=later) == 1
    assert figures(world.stranger) == {("draft", NOVEMBER): 1}
    before = list(UnitCount.objects.order_by("unit_id", "what").values_list("unit_id", "what", "month", "count"))
    rollup_of_units.count([world.unit.id, world.other_unit.id], at=later)
    assert list(UnitCount.objects.order_by("unit_id", "what").values_list("unit_id", "what", "month", "count")) == before


def test_a_page_reads_one_statement_and_no_case(world: Any, at: datetime) -> None:
    building.submitted_case(world, at)
    rollup_of_units.count_units(at=at)
    with CaptureQueriesContext(connection) as sent:
        queries.unit_figures(world.handler, [building.WORK_PERMIT])
        queries.service_figures()
    assert len(sent) == 2
    assert not [q for q in sent if "cases_case" in q["sql"] or "cases_proceeding" in q["sql"] or CaseEvent._meta.db_table in q["sql"]]


def days(world: Any, at: datetime, what: str, key: str, used: int, count: int, before: int = 3) -> None:
    DayCount.objects.create(
        day=day_of(at) - timedelta(days=before), office=world.office, service=building.WORK_PERMIT, what=what, key=key, days=used,
        count=count, counted_at=at,
    )


def test_how_a_service_has_gone_in_twelve_months(world: Any, at: datetime) -> None:
    days(world, at, "ended", "approved", 4, 3)
    days(world, at, "ended", "refused", 6, 2)
    days(world, at, "ended", "withdrawn", 90, 50)
    days(world, at, "ended", "approved", 90, 50, before=366)
    days(world, at, "corrected", "", 0, 2)
    days(world, at, "reason", "WP-R02", 0, 3)
    days(world, at, "reason", "WP-R07", 0, 9)
    rollup_of_units.count_services(at=at)
    told = queries.service_figures()[building.WORK_PERMIT]
    assert (told.ended, told.returned, told.median) == (5, 2, 4.0)
    assert told.reasons == [["WP-R07", 9], ["WP-R02", 3]]
    assert (told.first, told.last) == (date(2025, 11, 13), date(2026, 11, 12))


def test_four_cases_say_nothing(world: Any, at: datetime) -> None:
    days(world, at, "ended", "approved", 4, 4)
    rollup_of_units.count_services(at=at)
    assert ServiceFigure.objects.count() == 1
    assert queries.service_figures() == {}


def test_services_are_counted_once_an_hour_from_real_moves(world: Any, at: datetime) -> None:
    for number in range(5):
        decide(world, building.decision_case(world, at, passport_number=f"EX000000{number}"), at + timedelta(days=1))
    later = at + timedelta(days=2)
    rollup.count_new_days(at=later)
    rollup_of_units.count_services(at=later)
    assert queries.service_figures()[building.WORK_PERMIT].ended == 5
    DayCount.objects.all().delete()
    rollup_of_units.count_services(at=later + timedelta(minutes=59))
    assert queries.service_figures()
    rollup_of_units.count_services(at=later + timedelta(minutes=61))
    assert queries.service_figures() == {}
