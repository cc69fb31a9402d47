from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laihua.prechecks.comparing import dates

ONE = [
    "2026-11-20", "2026/11/20", "2026.11.20", "2026 / 11 / 20", "20261120", "2026年11月20日", "2026 年 11 月 20 日",
    "2 0 2 6 年 1 1 月 2 0 日",
    "二〇二六年十一月二十日", "二零二六年十一月廿日", "二○二六年十一月二十日", "２０２６年１１月２０日",
    "20 November 2026", "20th November 2026",
    "20th day of November, 2026", "November 20, 2026", "Nov. 20th, 2026", "NOV 20 2026", "20-NOV-2026", "20NOV2026",
    "20 NOV/NOV 2026",
    "20 11月/NOV 2026", "20 NOV /NOVEMBRE 2026", "20. November 2026", "20 de noviembre de 2026", "le 20 novembre 2026",
    "20 ноября 2026",
    "2026년 11월 20일", "令和8年11月20日", "民國115年11月20日", "20/11/2026", "20.11.2026", "20 11 2026", "11/20/2026",
    "2O26-11-2O", "Friday, 20 Nov 2026",
    "20th dayof November2026", "20November2026", "November20,2026", "20deNoviembrede2026",
]


@pytest.mark.req("PRE-4")
@pytest.mark.parametrize("text", ONE)
def test_one_day_in_every_usual_notation(text: str) -> None:
    (found,) = dates.read(text)
    assert (found.value, found.doubt, found.others) == ("2026-11-20", None, ())


@pytest.mark.parametrize(("text", "value"), [
    ("2026年11月", "2026-11"), ("2026-11", "2026-11"), ("11/2026", "2026-11"), ("Nov 2026", "2026-11"),
    ("November, 2026", "2026-11"),
    ("二〇二六年一月", "2026-01"), ("2026.11", "2026-11"),
])
def test_a_month(text: str, value: str) -> None:
    assert [one.value for one in dates.read(text)] == [value]
    assert dates.days(text) == []


@pytest.mark.parametrize("text", [
    "____年__月__日", "年 月 日", "31/02/2026", "2026年13月1日", "310101198503141234", "91310000MA1FL0000X",
    "021-5550-0123", "version 1.2.2026.4",
    "40000.00", "page 3 of 5", "No.2026112001", "第20261120号", "30 February 2026", "1899-12-31", "2101-01-01", "",
])
def test_what_is_no_date(text: str) -> None:
    assert dates.read(text) == []


def test_several_in_one_text_with_their_places() -> None:
    text = "自2026年12月1日起至2028年11月30日止"
    found = dates.read(text)
    places = [(one.value, text[slice(*one.text_span)]) for one in found]
    assert places == [("2026-12-01", "2026年12月1日"), ("2028-11-30", "2028年11月30日")]
    assert [one.value for one in dates.read("自2026-12-01至2028-11-30止")] == ["2026-12-01", "2028-11-30"]
    assert [one.value for one in dates.read("01/12/2026至30/11/2028止")] == ["2026-12-01", "2028-11-30"]
    assert [one.value for one in dates.read("05/2015–06/2019")] == ["2015-05", "2019-06"]
    assert [one.value for one in dates.read("2015.03.04-长期")] == ["2015-03-04", dates.LONG]
    assert [one.value for one in dates.read("2015.09-2019.06")] == ["2015-09", "2019-06"]


def test_day_and_month_either_way_is_a_doubt_with_both_readings() -> None:
    (found,) = dates.read("03/04/2026")
    assert (found.value, found.others) == ("2026-04-03", ("2026-03-04",))
    assert found.doubt
    assert "2026-03-04" in found.doubt.zh
    assert "2026-04-03" in found.doubt.en


@pytest.mark.parametrize(("text", "order", "value"), [("03/04/2026", "dmy", "2026-04-03"), ("03/04/2026", "mdy", "2026-03-04")])
def test_a_known_order_settles_it(text: str, order: dates.Order, value: str) -> None:
    (found,) = dates.read(text, order=order)
    assert (found.value, found.doubt) == (value, None)


def test_the_order_follows_from_the_other_dates() -> None:
    assert dates.order_of(["03/04/2026", "13/04/2026"]) == "dmy"
    assert dates.order_of(["03/04/2026", "04/13/2026"]) == "mdy"
    assert dates.order_of(["13/04/2026", "04/13/2026"]) == ""
    assert dates.order_of(["03/04/2026", "2026-11-20"]) == ""
    assert [one.doubt for one in dates.read("from 12/03/2026 to 13/03/2028")] == [None, None]


def test_the_same_day_either_way_is_no_doubt() -> None:
    (found,) = dates.read("05/05/2026")
    assert (found.value, found.doubt) == ("2026-05-05", None)


@pytest.mark.parametrize(("text", "value", "other"), [
    ("14 MAR 85", "1985-03-14", "2085-03-14"), ("14.3.31", "2031-03-14", "1931-03-14"),
    ("06 SEP/SEPT 26", "2026-09-06", "1926-09-06"),
    ("01 JAN 49", "2049-01-01", "1949-01-01"), ("01 JAN 50", "1950-01-01", "2050-01-01"),
    ("85/03/14", "1985-03-14", "2085-03-14"),
])
def test_a_year_of_two_digits_is_a_doubt(text: str, value: str, other: str) -> None:
    (found,) = dates.read(text)
    assert found.value == value
    assert other in found.others
    assert found.doubt


@pytest.mark.parametrize(("given_value", "read", "level"), [
    ("2026-11-20", "2026-11-20", "equal"), ("2026-11-20", "2026-11-21", "different"),
    ("2026-11-20", "2026-11", "equal"), ("2026-11", "2026-11-20", "equal"),
    ("2026-11", "2026-12-20", "different"), ("2026-04-03", "2026-03-04", "different"),
    (dates.LONG, dates.LONG, "equal"),
])
def test_likeness(given_value: str, read: str, level: str) -> None:
    assert dates.likeness(given_value, read).level == level


def test_likeness_says_what_differs() -> None:
    assert "年份" in dates.likeness("2025-11-20", "2026-11-20").text.zh
    assert "month" in dates.likeness("2026-10-20", "2026-11-20").text.en
    assert "对调" in dates.likeness("2026-04-03", "2026-03-04").text.zh


def test_a_doubtful_reading_agrees_only_nearly() -> None:
    (found,) = dates.read("03/04/2026")
    for value in (found.value, *found.others):
        assert dates.likeness(value, found.value, others=found.others, doubt=found.doubt).level == "near"
    assert dates.likeness("2026-05-04", found.value, others=found.others, doubt=found.doubt).level == "different"


DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
NUMERALS = "〇一二三四五六七八九"


@settings(max_examples=60, deadline=None)
@given(DAYS)
def test_every_day_is_read_as_itself(day: date) -> None:
    month = ENGLISH[day.month - 1]
    year = "".join(NUMERALS[int(d)] for d in str(day.year))
    for text in (
        f"{day:%Y-%m-%d}", f"{day:%Y.%m.%d}", f"{day.year}年{day.month}月{day.day}日", f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day:%d.%m.%Y}", f"{year}年{day.month}月{day.day}日", f"{day:%d}{month[:3].upper()}{day.year}",
    ):
        assert [(one.value, one.doubt) for one in dates.read(text)] == [(day.isoformat(), None)], text


@settings(max_examples=60, deadline=None)
@given(DAYS, st.integers(1, 400))
def test_another_day_never_agrees(day: date, apart: int) -> None:
    assert dates.likeness(day.isoformat(), (day + timedelta(days=apart)).isoformat()).level == "different"


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="0123456789/-. 年月日NOVmar,~", max_size=24))
def test_what_is_read_lies_in_the_text_and_is_a_day(text: str) -> None:
    for one in dates.read(text):
        start, end = one.text_span
        assert 0 <= start < end <= len(text)
        assert date.fromisoformat(one.value if len(one.value) == 10 else f"{one.value}-01")


ENGLISH = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)
