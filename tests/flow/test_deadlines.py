"""Time limits with pauses: the boundaries one by one, then against a simulation that walks day by day."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laihua.flow.deadlines import Due, Mark, clock_of, due
from laihua.kernel.calendar import ZONE
from tests.kernel.notices import calendar

CALENDAR = calendar()
pytestmark = pytest.mark.req("OPS-2")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}" if len(text) < 16 else text).replace(tzinfo=ZONE)


def marks(text: str) -> list[Mark]:
    """`start 11-12T10:00, pause 11-13T09:00`"""
    return [Mark(at(moment), kind) for kind, moment in (part.split() for part in text.split(", ") if part)]


def due_of(text: str, now: str, limit: int = 5, kind: str = "working_days") -> Due:
    answer = due(limit, kind, marks(text), CALENDAR, at(now))
    assert answer is not None
    return answer


def test_the_day_of_the_start_is_not_counted():
    assert due_of("start 11-12T00:00", "11-12T23:59") == Due(date(2026, 11, 19), False, 0, 5, 0, "running")
    assert due_of("start 11-12T23:59", "11-13T00:00") == Due(date(2026, 11, 19), False, 1, 4, 0, "running")


def test_a_start_on_a_weekend_counts_from_monday():
    assert due_of("start 11-14T10:00", "11-14T10:00").on == date(2026, 11, 20)


def test_on_the_due_date_nothing_is_left_and_after_it_the_case_is_late():
    assert due_of("start 11-12T10:00", "11-19T23:59").left == 0
    assert not due_of("start 11-12T10:00", "11-19T23:59").is_overdue
    late = due_of("start 11-12T10:00", "11-23T08:00")
    assert (late.on, late.used, late.left, late.is_overdue) == (date(2026, 11, 19), 7, -2, True)


def test_a_pause_and_a_resumption_on_the_same_day_cost_nothing():
    text = "start 11-12T10:00, pause 11-16T09:00, resume 11-16T17:00"
    assert due_of(text, "11-17T10:00") == due_of("start 11-12T10:00", "11-17T10:00")


def test_a_pause_and_a_resumption_on_the_day_of_the_start_cost_nothing():
    text = "start 11-12T10:00, pause 11-12T11:00, resume 11-12T12:00"
    assert due_of(text, "11-13T10:00") == due_of("start 11-12T10:00", "11-13T10:00")


def test_the_day_of_the_pause_stands_still_and_the_day_of_the_resumption_counts():
    text = "start 11-12T10:00, pause 11-16T09:00, resume 11-18T09:00"
    assert due_of(text, "11-18T10:00") == Due(date(2026, 11, 23), False, 2, 3, 2, "running")


def test_a_pause_over_a_weekend_costs_its_working_days_only():
    text = "start 11-12T10:00, pause 11-13T09:00, resume 11-16T09:00"
    assert due_of(text, "11-16T10:00") == Due(date(2026, 11, 20), False, 1, 4, 1, "running")


def test_a_pause_on_the_due_date_moves_it_on():
    assert due_of("start 11-12T10:00, pause 11-19T16:00", "11-19T17:00").left == 1
    text = "start 11-12T10:00, pause 11-19T16:00, resume 11-23T09:00"
    assert due_of(text, "11-23T10:00") == Due(date(2026, 11, 23), False, 5, 0, 2, "running")


def test_a_pause_after_the_due_date_does_not_heal_the_delay():
    paused = due_of("start 11-12T10:00, pause 11-23T09:00", "11-27T09:00")
    assert (paused.on, paused.used, paused.left, paused.paused_days) == (date(2026, 11, 19), 6, -1, 5)


def test_while_paused_the_due_date_is_that_of_a_resumption_now():
    text = "start 11-12T10:00, pause 11-16T09:00"
    assert due_of(text, "11-16T10:00") == Due(date(2026, 11, 19), False, 1, 4, 1, "paused")
    assert due_of(text, "11-25T10:00") == Due(date(2026, 11, 30), False, 1, 4, 8, "paused")
    assert due_of(text, "11-28T10:00").on == date(2026, 12, 3)


def test_a_stop_keeps_the_due_date_that_stood_and_does_not_use_its_own_day():
    text = "start 11-12T10:00, stop 11-19T16:00"
    assert due_of(text, "12-24T10:00") == Due(date(2026, 11, 19), False, 4, 1, 0, "stopped")


def test_a_stop_during_a_pause():
    text = "start 11-12T10:00, pause 11-16T09:00, stop 11-18T09:00"
    assert due_of(text, "12-24T10:00") == Due(date(2026, 11, 23), False, 1, 4, 2, "stopped")


def test_spring_festival_2026_with_its_make_up_days():
    """Saturday the 14th and Saturday the 28th of February are worked; the 15th to the 23rd is off."""
    assert due_of("start 02-12T10:00", "02-12T10:00").on == date(2026, 2, 26)
    assert due_of("start 02-12T10:00", "02-12T10:00", limit=7).on == date(2026, 2, 28)
    paused = due_of("start 02-12T10:00, pause 02-13T17:00, resume 02-24T08:00", "02-24T09:00")
    assert (paused.on, paused.used, paused.paused_days) == (date(2026, 2, 28), 1, 2)


def test_a_pause_inside_a_holiday_costs_nothing():
    text = "start 02-12T10:00, pause 02-16T17:00, resume 02-22T08:00"
    assert due_of(text, "02-24T09:00") == due_of("start 02-12T10:00", "02-24T09:00")


def test_calendar_days_run_through_weekends_and_holidays():
    assert due_of("start 02-13T10:00", "02-13T10:00", limit=2, kind="calendar_days").on == date(2026, 2, 15)
    paused = due_of("start 11-13T10:00, pause 11-14T10:00, resume 11-16T10:00", "11-16T10:00", 2, "calendar_days")
    assert paused == Due(date(2026, 11, 17), False, 1, 1, 2, "running")


def test_a_due_date_in_an_unpublished_year_is_provisional():
    assert not due_of("start 12-24T10:00", "12-24T10:00").provisional
    assert due_of("start 12-25T10:00", "12-25T10:00") == Due(date(2027, 1, 4), True, 0, 5, 0, "running")
    assert not due_of("start 12-25T10:00", "12-25T10:00", kind="calendar_days", limit=30).provisional


def test_a_second_start_begins_anew():
    text = "start 11-02T10:00, pause 11-03T10:00, stop 11-04T10:00, start 11-12T10:00"
    assert due_of(text, "11-12T10:00") == due_of("start 11-12T10:00", "11-12T10:00")


def test_marks_that_change_nothing():
    text = "resume 11-01T10:00, stop 11-02T10:00, start 11-12T10:00, resume 11-13T10:00"
    text += ", pause 11-16T09:00, pause 11-17T09:00"
    assert due_of(text, "11-18T10:00") == due_of("start 11-12T10:00, pause 11-16T09:00", "11-18T10:00")


def test_without_a_start_there_is_no_due_date():
    assert due(5, "working_days", [], CALENDAR, at("11-12T10:00")) is None
    assert due(5, "working_days", marks("start 11-12T10:00"), CALENDAR, at("11-12T09:59")) is None


def test_a_limit_of_no_day_ends_on_the_day_of_the_start():
    assert due_of("start 11-12T10:00, pause 11-12T11:00, resume 11-17T10:00", "11-18T10:00", 0).on == date(2026, 11, 12)


def test_days_are_those_of_china_whatever_zone_the_moment_is_written_in():
    late_evening = datetime.fromisoformat("2026-11-12T17:00:00+00:00")
    answer = due(5, "working_days", [Mark(late_evening, "start")], CALENDAR, late_evening)
    assert answer is not None
    assert answer.on == date(2026, 11, 20)


def test_the_state_of_the_clock():
    text = "start 11-12T10:00, pause 11-13T10:00, resume 11-16T10:00, stop 11-17T10:00"
    days = ("11-11", "11-12", "11-13", "11-16")
    seen = [clock_of(marks(text), at(f"{day}T10:00")).state for day in days]
    assert seen == ["none", "running", "paused", "running"]
    assert clock_of(marks(text)).state == "stopped"
    assert clock_of(marks(text)).since == at("11-17T10:00")


def test_an_unknown_mark_is_refused():
    with pytest.raises(ValueError, match="no mark"):
        Mark(at("11-12T10:00"), "halt")


# The simulation: it knows nothing of runs, and asks for each single day whether the clock ran when it ended.

def counts(day: date, kind: str) -> bool:
    return kind == "calendar_days" or CALENDAR.is_working_day(day)


def state_at(history: list[Mark], moment: datetime) -> str:
    state = "none"
    for mark in history:
        if mark.at > moment:
            break
        match state, mark.kind:
            case _, "start":
                state = "running"
            case "running", "pause":
                state = "paused"
            case "paused", "resume":
                state = "running"
            case ("running" | "paused"), "stop":
                state = "stopped"
    return state


def end_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 23, 59, 59, 999999, tzinfo=ZONE)


def simulated(limit: int, kind: str, history: list[Mark], now: datetime) -> Due | None:
    history = [mark for mark in history if mark.at <= now]
    starts = [i for i, mark in enumerate(history) if mark.kind == "start"]
    if not starts:
        return None
    history = history[starts[-1]:]
    start = history[0].at.date()
    state = state_at(history, now)
    used = paused = 0
    day = start + timedelta(days=1)
    while day <= now.date():
        ended = state_at(history, min(end_of(day), now))
        used += counts(day, kind) and ended == "running"
        paused += counts(day, kind) and ended == "paused"
        day += timedelta(days=1)
    on = reached(limit, kind, projected(history, now), start)
    years = {(start + timedelta(days=i)).year for i in range(1, (on - start).days + 1)}
    provisional = kind == "working_days" and bool(years - CALENDAR.published)
    return Due(on, provisional, used, limit - used, paused, state)  # type: ignore[arg-type]


def projected(history: list[Mark], now: datetime) -> list[Mark]:
    """The history as the due date sees it: without the stop, and going on."""
    stop = next((mark for mark in history if mark.kind == "stop"), None)
    before = [mark for mark in history if stop is None or mark.at < stop.at]
    moment = stop.at if stop else now
    return [*before, Mark(moment, "resume")] if state_at(before, moment) == "paused" else before


def reached(limit: int, kind: str, history: list[Mark], start: date) -> date:
    day, left = start, limit
    while left:
        day += timedelta(days=1)
        left -= counts(day, kind) and state_at(history, end_of(day)) == "running"
    return day


moments = st.datetimes(datetime(2026, 1, 20), datetime(2027, 2, 20), timezones=st.just(ZONE))
close_moments = st.integers(0, 24 * 40).map(lambda hours: datetime(2026, 2, 5, tzinfo=ZONE) + timedelta(hours=hours))


@settings(max_examples=400, deadline=None)
@given(
    history=st.lists(
        st.tuples(close_moments | moments, st.sampled_from(["start", "pause", "resume", "pause", "resume", "stop"])),
        max_size=9, unique_by=lambda entry: entry[0],
    ),
    now=close_moments | moments,
    limit=st.integers(1, 25),
    kind=st.sampled_from(["working_days", "calendar_days"]),
)
def test_any_history_agrees_with_the_simulation(history, now, limit, kind):
    told = sorted((Mark(moment, what) for moment, what in history), key=lambda mark: mark.at)
    answer = due(limit, kind, list(reversed(told)), CALENDAR, now)
    expected = simulated(limit, kind, told, now)
    assert answer == expected
    if answer is not None:
        assert answer.used + answer.left == limit
