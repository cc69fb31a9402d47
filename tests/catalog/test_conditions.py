"""CEL behind the adapter: dates, characters, numbers that mix, bounds."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laihua.catalog import conditions
from laihua.catalog.cel_functions import age_on, as_moment, months_between, same_phone
from laihua.catalog.conditions import ConditionFailed, NotACondition
from laihua.catalog.names import Names


def value(source: str, **names: Any) -> Any:
    return Names(names, frozenset()).value(conditions.compile(source, names))


@pytest.mark.parametrize(("source", "expected"), [
    ("chars(name) == 2", True), ("chars(name) + 1 == 3", True), ("pay * 12 > 400", True), ("pay + n == 41.5", True),
    ("n in [1, 3]", True), ("count(rows) == 1", True), ("rows.exists(r, r.n > 1)", True), ("born < today", True),
    ("add_months(born, 12) == born", False), ("age_on(born, today) == 26", True), ("-n == -1", True),
    ("in_last_months(born, 6, today)", False), ("name == '1'", False), ("name.contains('三')", True),
    ("filled(gone)", False), ("age_on(gone, today)", 0.0), ("in_last_months(gone, 6, today)", False),
    ("filled(gone) && gone > today", False), ("gone > today", None), ("add_days(gone, 1)", None),
    ("same_phone(phone, '13800000000')", True),
])
def test_conditions_give_what_they_say(source: str, expected: Any) -> None:
    names = {"name": "张三", "pay": 40.5, "n": 1, "rows": [{"n": 2}], "born": date(2000, 5, 1), "today": date(2026, 11, 12),
             "gone": None, "phone": "+8613800000000"}
    assert value(source, **names) == expected


@pytest.mark.parametrize("source", [
    "size(a)", "a.size() > 1", "a[0]", "b > 1", "nope(a)", "a >", "a.all(x, x.all(y, y))", "(" * 13 + "a" + ")" * 13,
    "a == '" + "x" * 500 + "'", "has(a.b)", "a.all(a, true)", "",
])
def test_what_is_no_condition_is_refused(source: str) -> None:
    with pytest.raises(NotACondition):
        conditions.compile(source, {"a"})


def test_wrong_types_are_not_taken_for_absence() -> None:
    with pytest.raises(ConditionFailed):
        value("a > 1", a="text")


@given(st.dates(date(1900, 1, 1), date(2020, 1, 1)), st.dates(date(2020, 1, 1), date(2100, 1, 1)))
def test_age_is_complete_years(born: date, day: date) -> None:
    age = int(age_on(as_moment(born), as_moment(day)))
    birthday = (born.month, born.day)
    assert age == len([y for y in range(born.year + 1, day.year + 1) if (y, *birthday) <= (day.year, day.month, day.day)])


@pytest.mark.parametrize(("start", "end", "months"), [
    ("2026-01-31", "2026-02-28", 1), ("2026-01-31", "2026-02-27", 0), ("2026-05-12", "2026-11-12", 6),
    ("2026-05-13", "2026-11-12", 5), ("2026-11-12", "2026-05-12", -6),
])
def test_months_are_complete_months(start: str, end: str, months: int) -> None:
    assert months_between(as_moment(date.fromisoformat(start)), as_moment(date.fromisoformat(end))) == months


@pytest.mark.parametrize(("one", "other", "same"), [
    ("+8613800000000", "138 0000 0000", True), ("008613800000000", "+8613800000000", True), ("", "", False),
    ("+4930123456", "+4930123457", False),
])
def test_telephone_numbers_are_compared_as_numbers(one: str, other: str, same: bool) -> None:
    assert same_phone(one, other) is same


@given(st.text(max_size=60))
def test_any_text_is_either_a_condition_or_refused(source: str) -> None:
    try:
        conditions.compile(source, {"a", "b"})
    except NotACondition:
        return
