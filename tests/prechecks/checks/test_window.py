from datetime import date, timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from laihua.kernel.texts import Text
from laihua.prechecks.checks import window
from laihua.prechecks.comparing import dates
from laihua.prechecks.findings import Given
from tests.prechecks.checks.givens import TODAY, document, found_by, given, only, printed


def card(day: str | None, until: date = TODAY, text: str = "", doubt: Text | None = None, **asks: int) -> Given:
    fields = {"expires_on": printed(day, text, doubt=doubt)} if day else {}
    return given(document("passport", fields), "passport", until=until, **asks)


def record(day: str | None, until: date = TODAY, months: int = 6) -> Given:
    return given(document("police_record", {"issued_on": printed(day)} if day else {}), "police_record", until=until, issued_within=months)


@pytest.mark.req("PRE-5")
@pytest.mark.parametrize(("day", "level"), [
    ("2027-05-19", "mismatch"), ("2027-05-20", "doubt"), ("2027-06-03", "doubt"), ("2027-06-04", "pass"),
    ("2036-01-01", "pass"), ("2026-11-19", "mismatch"),
])
def test_six_months_left_at_filing(day: str, level: str) -> None:
    assert only("window", card(day, min_left=6)).level == level


@pytest.mark.parametrize(("day", "level"), [
    ("2026-11-19", "mismatch"), ("2026-11-20", "doubt"), ("2026-12-03", "doubt"), ("2026-12-04", "pass"),
])
def test_whatever_has_expired_is_told_without_any_rule(day: str, level: str) -> None:
    found = only("window", card(day))
    assert (found.level, found.carried) == (level, "expires_on")
    assert ("过期" in found.text.zh) == (level == "mismatch")


@pytest.mark.req("PRE-5")
@pytest.mark.parametrize(("day", "level"), [
    ("2026-05-19", "mismatch"), ("2026-05-20", "doubt"), ("2026-06-02", "doubt"), ("2026-06-03", "doubt"),
    ("2026-06-04", "pass"), ("2026-11-20", "pass"),
    ("2026-11-21", "doubt"),
])
def test_issued_within_six_months(day: str, level: str) -> None:
    assert only("window", record(day)).level == level


def test_months_end_with_the_shorter_month() -> None:
    assert only("window", card("2027-02-28", until=date(2026, 8, 31), min_left=6)).level == "doubt"
    assert only("window", card("2027-02-27", until=date(2026, 8, 31), min_left=6)).level == "mismatch"
    assert only("window", record("2026-02-28", until=date(2026, 8, 31))).level == "doubt"
    assert only("window", record("2026-02-27", until=date(2026, 8, 31))).level == "mismatch"


def test_the_warning_says_how_many_days_are_left() -> None:
    assert "再过3天" in only("window", card("2027-05-23", min_left=6)).text.zh
    assert "for 0 more days" in only("window", card("2027-05-20", min_left=6)).text.en


def test_without_end_is_always_long_enough() -> None:
    found = only("window", card(dates.LONG, min_left=6))
    assert (found.level, found.read) == ("pass", "长期")


def test_a_day_that_could_not_be_read_is_a_doubt_where_a_rule_needs_it() -> None:
    assert only("window", card(None, min_left=6)).level == "doubt"
    assert found_by("window", card(None)) == []
    assert only("window", record(None)).level == "doubt"
    assert found_by("window", given(document("passport", {}, seen=()), "passport", min_left=6)) == []


def test_a_day_that_may_be_read_in_two_ways_is_judged_by_both() -> None:
    (read,) = dates.read("03/12/2026")
    either = card(read.value, text="03/12/2026", doubt=read.doubt)
    assert read.others == ("2026-03-12",)
    assert only("window", either).level == "doubt"
    (late,) = dates.read("03/12/2030")
    assert only("window", card(late.value, text="03/12/2030", doubt=late.doubt)).level == "pass"
    (gone,) = dates.read("03/12/2020")
    assert only("window", card(gone.value, text="03/12/2020", doubt=gone.doubt)).level == "mismatch"


@settings(max_examples=100, deadline=None)
@for_all(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(0, 24), st.integers(-400, 1200))
def test_a_document_only_ever_gets_worse_with_time(until: date, months: int, days: int) -> None:
    rank = ("pass", "doubt", "mismatch")
    ends = until + timedelta(days=days)
    now, tomorrow = (rank.index(window.end(ends, day, months)[0]) for day in (until, until + timedelta(days=1)))
    assert now <= tomorrow
    if days <= 0:
        now, tomorrow = (rank.index(window.made(ends, day, months)[0]) for day in (until, until + timedelta(days=1)))
        assert now <= tomorrow
