"""Working days: the shipped table against the notices and against an independent count, and reckoning with them."""

import calendar as months
from datetime import date, datetime, timedelta

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from laihua.kernel import actions, events, queries
from laihua.kernel.calendar import DueDate, WorkingCalendar, day_of
from laihua.kernel.models import AuditEntry, CalendarYear
from laihua.kernel.rules import CalendarFault, read_notices
from tests.kernel.notices import SHIPPED, calendar, notices

CALENDAR = calendar()
pytestmark = pytest.mark.req("OPS-2")


@pytest.fixture(autouse=True)
def _fresh():
    queries.forget_calendar()
    yield
    queries.forget_calendar()


def test_the_shipped_years():
    assert [notice.year for notice in notices()] == list(range(2020, 2028))
    assert [notice.year for notice in notices() if not notice.published] == [2027]


@pytest.mark.parametrize("notice", notices(), ids=lambda notice: notice.year)
def test_make_up_days_are_weekends_and_holidays_contain_a_weekday(notice):
    assert all(day.weekday() >= 5 for day in notice.work)
    assert all(day.year in (notice.year - 1, notice.year) for day in notice.off)


@pytest.mark.parametrize("year", range(2020, 2027))
def test_every_year_has_as_many_working_days_as_the_law_gives(year):
    """Make-up days repay every weekday taken, so what a year loses are the statutory days: 11, since 2025 13.

    In 2020 the holiday was prolonged: Friday 31 January was off, and the worked Saturday after it fell away.
    """
    weekdays = sum(
        months.weekday(year, month, day) < 5
        for month in range(1, 13)
        for day in range(1, months.monthrange(year, month)[1] + 1)
    )
    prolonged = 2 if year == 2020 else 0
    statutory = 11 if year < 2025 else 13
    counted = CALENDAR.between(date(year - 1, 12, 31), date(year, 12, 31))
    assert counted == weekdays - statutory - prolonged


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2020-01-31", False), ("2020-02-03", True), ("2020-06-28", True), ("2021-02-20", True), ("2022-12-31", False),
        ("2023-01-02", False), ("2023-10-07", True), ("2024-02-09", True), ("2024-02-17", False), ("2025-01-26", True),
        ("2025-10-08", False), ("2026-01-04", True), ("2026-02-14", True), ("2026-02-15", False), ("2026-02-23", False),
        ("2026-02-24", True), ("2026-02-28", True), ("2026-10-07", False), ("2026-10-10", True), ("2026-11-14", False),
        ("2027-02-05", False), ("2027-02-08", False), ("2027-02-09", True), ("2027-06-09", False),
    ],
)
def test_days_of_the_notices(day, works):
    assert CALENDAR.is_working_day(date.fromisoformat(day)) is works


def test_a_year_without_any_table_has_weekends_and_the_fixed_holidays():
    assert [CALENDAR.is_working_day(date(2030, *day)) for day in ((1, 1), (5, 1), (10, 2), (1, 2), (1, 5))] == [
        False, False, False, True, False,
    ]
    assert not CALENDAR.is_published(2030)


def test_adding_days():
    assert CALENDAR.add(date(2026, 11, 12), 5) == DueDate(date(2026, 11, 19), False)
    assert CALENDAR.add(date(2026, 11, 12), 0) == DueDate(date(2026, 11, 12), False)
    assert CALENDAR.add(date(2026, 2, 13), 2) == DueDate(date(2026, 2, 24), False)
    assert CALENDAR.add(date(2026, 11, 12), 5, "calendar_days") == DueDate(date(2026, 11, 17), False)
    with pytest.raises(ValueError, match="negative"):
        CALENDAR.add(date(2026, 11, 12), -1)


def test_only_days_that_were_counted_make_an_answer_provisional():
    assert CALENDAR.add(date(2026, 12, 30), 1) == DueDate(date(2026, 12, 31), False)
    assert CALENDAR.add(date(2026, 12, 31), 1) == DueDate(date(2027, 1, 4), True)
    assert not WorkingCalendar({}, frozenset({2027})).add(date(2026, 12, 31), 1).provisional


@given(st.dates(date(2020, 1, 1), date(2027, 6, 1)), st.integers(1, 60))
def test_adding_and_counting_agree(day, n):
    on = CALENDAR.add(day, n).on
    assert CALENDAR.is_working_day(on)
    assert CALENDAR.between(day, on) == n
    assert CALENDAR.between(on, day) == -n
    assert CALENDAR.between(day, on - timedelta(days=1)) == n - 1


def test_a_moment_without_a_zone_has_no_day():
    with pytest.raises(ValueError, match="time zone"):
        day_of(datetime(2026, 11, 12))


@pytest.mark.django_db
def test_without_an_import_every_date_is_provisional():
    assert queries.working_calendar().add(date(2026, 11, 12), 5) == DueDate(date(2026, 11, 19), True)


@pytest.mark.django_db
def test_an_import_is_seen_at_once_told_once_and_recorded(at, monkeypatch, tmp_path):
    monkeypatch.setattr(events, "_handlers", type(events._handlers)(list))
    heard = []
    events.subscribe(events.CalendarImported, heard.append)
    queries.working_calendar()
    assert actions.import_calendar(at=at) == tuple(range(2020, 2028))
    assert queries.working_calendar() == CALENDAR
    assert actions.import_calendar(at=at) == ()

    content = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    content[2027] |= {"published": True, "holidays": [*content[2027]["holidays"], "02-09"]}
    notice = tmp_path / "calendar.yaml"
    notice.write_text(yaml.safe_dump({2027: content[2027]}, allow_unicode=True), encoding="utf-8")
    assert actions.import_calendar(at=at, source=notice, actor="operator") == (2027,)
    assert queries.working_calendar().is_published(2027)
    assert not queries.working_calendar().is_working_day(date(2027, 2, 9))
    assert [event.years for event in heard] == [tuple(range(2020, 2028)), (2027,)]
    assert AuditEntry.objects.filter(seq=2).values_list("actor", "data").get() == ("operator", {"years": [2027]})


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("", "no year"),
        ("2027: {published: true, source: x, holidays: [13-01], make_up: []}", "2027"),
        ("2027: {published: true, source: x, holidays: [01-05..01-01], make_up: []}", "no range"),
        ("2027: {published: true, source: x, holidays: [01-01, 01-01], make_up: []}", "twice"),
        ("2027: {published: true, source: x, holidays: [01-02], make_up: [01-02]}", "both"),
        ("2027: {published: maybe, source: x, holidays: [], make_up: []}", "true or false"),
        ("2027: {published: true}", "published, source, holidays and make_up"),
        ("2027: [", "calendar.yaml"),
    ],
)
@pytest.mark.django_db
def test_a_wrong_file_changes_nothing_and_says_what_is_wrong(content, fault, at, tmp_path):
    file = tmp_path / "calendar.yaml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(CalendarFault, match=fault):
        actions.import_calendar(at=at, source=file)
    assert not CalendarYear.objects.exists()


def test_all_faults_are_told_together():
    with pytest.raises(CalendarFault) as caught:
        read_notices({2027: {}, 2028: {"published": True, "source": "", "holidays": ["02-31"], "make_up": []}})
    assert len(caught.value.faults) == 2
