"""The hall's clock, and the demo's, which everybody may watch being moved."""

from datetime import UTC, datetime, timedelta

import pytest

from laihua.kernel import clock
from laihua.kernel.calendar import ZONE
from laihua.kernel.models import DemoClock
from laihua.kernel.texts import Refused

MOVED = datetime(2026, 10, 9, 9, 0, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def _fresh():
    clock.forget()
    yield
    clock.forget()


def is_about(moment: datetime, expected: datetime) -> bool:
    return abs(moment - expected) < timedelta(minutes=1)


def test_outside_a_demo_it_is_the_real_time_in_china_and_reads_no_table(settings):
    settings.DEMO = False
    assert is_about(clock.now(), datetime.now(UTC))
    assert clock.now().utcoffset() == timedelta(hours=8)
    assert clock.today() == clock.now().date()


@pytest.mark.django_db
def test_outside_a_demo_it_cannot_be_moved_and_an_old_offset_means_nothing(settings):
    DemoClock.objects.create(offset=timedelta(days=3))
    settings.DEMO = False
    with pytest.raises(Refused):
        clock.move_to(MOVED)
    assert DemoClock.objects.get().offset == timedelta(days=3)
    assert is_about(clock.now(), datetime.now(UTC))


@pytest.mark.django_db
def test_a_moved_clock_runs_on_from_there(settings):
    settings.DEMO = True
    assert is_about(clock.now(), datetime.now(UTC))
    clock.move_to(MOVED)
    assert is_about(clock.now(), MOVED)
    clock.move_to(MOVED - timedelta(days=40))
    assert is_about(clock.now(), MOVED - timedelta(days=40))
    assert DemoClock.objects.count() == 1


@pytest.mark.django_db
def test_another_process_follows_within_a_second(settings, monkeypatch, django_assert_num_queries):
    settings.DEMO = True
    ticks = [100.0]
    monkeypatch.setattr(clock.time, "monotonic", lambda: ticks[0])
    monkeypatch.setattr(clock, "_SECONDS", 1.0)
    clock.now()
    DemoClock.objects.create(offset=timedelta(days=7))
    with django_assert_num_queries(0):
        assert is_about(clock.now(), datetime.now(UTC))
    ticks[0] += 1.01
    with django_assert_num_queries(1):
        assert is_about(clock.now(), datetime.now(UTC) + timedelta(days=7))


@pytest.mark.django_db
def test_a_moment_without_a_zone_is_refused(settings):
    settings.DEMO = True
    with pytest.raises(ValueError, match="time zone"):
        clock.move_to(datetime(2026, 10, 9, 9, 0))
