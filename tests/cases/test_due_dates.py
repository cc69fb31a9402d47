"""A calendar that comes later moves the due dates of what is open, and nothing else."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from laihua.cases import actions as cases
from laihua.cases.models import Proceeding
from laihua.kernel import actions as kernel
from laihua.kernel import jobs, queries
from tests import world as building
from tests.world import World

DATES = ("id", "due_on", "promised_on", "due_provisional")


@pytest.fixture(autouse=True)
def calendar_read_again():  # type: ignore[no-untyped-def]
    yield
    queries.forget_calendar()


def dates() -> list[tuple[object, ...]]:
    return list(Proceeding.objects.order_by("id").values_list(*DATES))


def with_a_day_off(folder: Path, day: datetime) -> Path:
    """The shipped calendar, with one working day of this year declared a holiday."""
    told = yaml.safe_load((settings.BASE_DIR / "reference" / "calendar.yaml").read_text(encoding="utf-8"))
    told[day.year]["holidays"].append(f"{day:%m-%d}")
    changed = folder / "calendar.yaml"
    changed.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    return changed


def test_running_it_without_a_new_calendar_changes_nothing(world: World, at: datetime) -> None:
    building.submitted_case(world, at)
    building.passed_case(world, at, passport_number="EX0000002")
    before = dates()
    assert cases.recompute_due_dates(at=at, batch=1) == 0
    assert dates() == before


def test_a_new_holiday_moves_what_is_open_by_a_day(world: World, at: datetime, tmp_path: Path) -> None:
    case = building.submitted_case(world, at)
    before = building.proceeding_of(case)
    kernel.import_calendar(at=at, source=with_a_day_off(tmp_path, at + timedelta(days=1)))
    jobs.run_waiting()
    after = building.proceeding_of(case)
    calendar = queries.working_calendar()
    assert before.due_on
    assert after.due_on
    assert after.promised_on
    assert after.due_on > before.due_on
    assert calendar.between(at.date(), after.due_on) == 5
    assert calendar.between(at.date(), after.promised_on) == 7


def test_a_closed_case_keeps_its_dates(world: World, at: datetime, tmp_path: Path) -> None:
    case = building.submitted_case(world, at)
    cases.move(case_id=case.id, move="withdraw", actor=world.handler, at=at)
    before = dates()
    kernel.import_calendar(at=at, source=with_a_day_off(tmp_path, at + timedelta(days=1)))
    jobs.run_waiting()
    assert dates() == before
