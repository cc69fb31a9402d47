"""When an extension may be filed: 120 to 30 calendar days before the permit ends (行政许可法 50)."""

from datetime import date, timedelta

import pytest

from laihua.units.roster.dates import Urgency, day, extension_of, urgency_of_end
from laihua.units.roster.periods import Periods, periods

PERIODS = Periods(120, 30, 14, 30, 183, 30, (30, 7))


@pytest.mark.parametrize(("permit_to", "first", "last"), [
    (date(2027, 1, 31), date(2026, 10, 3), date(2027, 1, 1)),
    (date(2027, 3, 31), date(2026, 12, 1), date(2027, 3, 1)),      # February has 28 days
    (date(2028, 3, 30), date(2027, 12, 1), date(2028, 2, 29)),     # and 29 in a leap year
    (date(2028, 3, 31), date(2027, 12, 2), date(2028, 3, 1)),
    (date(2027, 1, 30), date(2026, 10, 2), date(2026, 12, 31)),
    (date(2027, 12, 31), date(2027, 9, 2), date(2027, 12, 1)),
])
def test_the_window_counts_calendar_days_back_from_the_last_day(permit_to: date, first: date, last: date) -> None:
    found = extension_of(permit_to, PERIODS)
    assert (found.first, found.last) == (first, last)
    assert (permit_to - found.first).days == 120
    assert (permit_to - found.last).days == 30


@pytest.mark.parametrize(("left", "expected"), [
    (121, Urgency.LATER), (120, Urgency.OPEN), (45, Urgency.OPEN), (44, Urgency.NEAR), (30, Urgency.NEAR), (29, Urgency.OVER),
    (0, Urgency.OVER), (-1, Urgency.OVER),
])
def test_days_left_of_the_permit_say_how_urgent_it_is(left: int, expected: Urgency) -> None:
    today = date(2026, 11, 12)
    assert extension_of(today + timedelta(days=left), PERIODS).urgency(today, PERIODS.near_extension) == expected


@pytest.mark.parametrize(("left", "expected"), [(31, Urgency.LATER), (30, Urgency.NEAR), (0, Urgency.NEAR), (-1, Urgency.OVER)])
def test_the_end_of_a_contract_counts_its_last_day(left: int, expected: Urgency) -> None:
    today = date(2026, 11, 12)
    assert urgency_of_end(today + timedelta(days=left), today, 30) == expected
    assert urgency_of_end(None, today, 30) == Urgency.UNKNOWN


def test_the_periods_are_data(tmp_path) -> None:  # type: ignore[no-untyped-def]
    assert (periods().opens, periods().closes) == (120, 30)
    file = tmp_path / "roster.yaml"
    rest = "near: {extension: 14, contract: 30, passport: 183, filing: 30}\nreminders: [7, 30]\n"
    file.write_text("extension: {opens: 90, closes: 30}\n" + rest, encoding="utf-8")
    assert (periods(file).opens, periods(file).reminders) == (90, (30, 7))
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("extension: {opens: 20, closes: 30}\n" + rest, encoding="utf-8")
    with pytest.raises(ValueError, match="open before"):
        periods(wrong)


def test_what_is_no_day_is_none() -> None:
    assert day("2027-02-28") == date(2027, 2, 28)
    assert day("") is None
    assert day("2027-02-29") is None
