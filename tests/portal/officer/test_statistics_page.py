"""The statistics page: its figures, its periods, who sees it, its file, and what it costs."""

import csv
from datetime import date, timedelta
from io import StringIO
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laihua.cases import actions as cases
from laihua.cases import rollup
from laihua.cases.queries import Period
from laihua.catalog.definitions import Limit
from laihua.kernel import clock
from laihua.portal.officer import charts, figures
from laihua.portal.officer.views_statistics import SPANS, safe
from tests import people
from tests import world as building
from tests.portal.language import chinese_left

pytestmark = [pytest.mark.django_db, pytest.mark.req("OPS-6")]
URL, FILE = "/desk/statistics/", "/desk/statistics/figures.csv"


@pytest.fixture(autouse=True)
def now(at, monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def counted(world, at) -> None:
    """One case approved two working days after it was filed, and one returned; a month ago one was filed."""
    before = at - timedelta(days=2)
    building.submitted_case(world, at - timedelta(days=31), passport_number="EX0000000")
    decided = building.decision_case(world, before, passport_number="EX0000001")
    cases.claim(case_id=decided.id, actor=world.decider, at=at)
    cases.move(case_id=decided.id, move="approve", actor=world.decider, at=at)
    building.returned_case(world, before, passport_number="EX0000002")
    rollup.count_new_days(at=at)


def cells(answer) -> dict[tuple[str, str, str], str]:
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    head, *rows = csv.reader(StringIO(text.removeprefix("\ufeff")))
    assert len(head) == 4
    return {(table, item, column): value for table, item, column, value in rows}


def test_the_figures_of_the_month(world, counted) -> None:
    page = world.client("head").get(URL, {"period": "month"}).content.decode()
    for words in ("<dt>受理</dt><dd><b>2</b> 件<small>较上期+100.0%</small><small>退回补正1次</small>",
                  "<dt>办结</dt><dd><b>1</b> 件<small>上期0件</small><small>准予1 · 不予0 · 另有撤回0</small>",
                  "<dt>办理用时中位数</dt><dd><b>2</b> 个工作日<small>上期无可比数据</small><small>承诺7个工作日</small>",
                  "<b>100.0</b> %", "外籍材料未认证", "统计截至2026-11-12 10:00", "2026-10-01至2026-10-12"):
        assert words in page, words
    assert page.count("看数据表") == 4


def test_the_file_holds_what_the_page_shows(world, counted) -> None:
    answer = world.client("head").get(FILE, {"period": "month"})
    assert answer["Content-Disposition"] == 'attachment; filename="statistics-2026-11-01-2026-11-12.csv"'
    found = cells(answer)
    assert found["主要数字", "受理", "本期"] == "2"
    assert found["主要数字", "受理", "上期"] == "1"
    assert found["主要数字", "办理用时中位数（工作日）", "本期"] == "2"
    assert found["退回原因", "工作地点不具体", "件数"] == "1"
    assert found["各步骤用时", "审查决定", "时限"] == "5"
    assert found["按时办结", "全程（承诺时限）", "按时率"] == "100.0%"
    assert found["每周办件量", "2026-11-09", "受理"] == "2"
    assert found["范围", "统计截至", "内容"] == "2026-11-12 10:00"


@pytest.mark.parametrize(("given", "written"), [
    ("=1+1", "'=1+1"), ("+86", "'+86"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"), ("＝1", "'＝1"),
    (12, "12"), ("上海市", "上海市"), ("a=b", "a=b"),
])
def test_nothing_in_the_file_is_a_formula(given, written) -> None:
    assert safe(given) == written


def test_the_name_of_an_office_is_no_formula_either(world, counted) -> None:
    world.office.name_zh = "=HYPERLINK(1)"
    world.office.save()
    assert cells(world.client("head").get(FILE))["范围", "办理机关", "内容"] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("period", [*SPANS, "something", ""])
def test_english_has_no_chinese_left(world, counted, period) -> None:
    page = world.client("head", "en").get(URL, {"period": period}).content.decode()
    assert "Time by step" in page or period == "last-month"
    assert not chinese_left(page, allowed={"秦时雨", "上海市示例审批机关", "中文"})


def test_only_the_head_of_the_office_sees_it(world, counted) -> None:
    for who in ("pre_reviewer", "clerk", "decider", "handler", "subject", "operator", "auditor"):
        for url in (URL, FILE):
            assert world.client(who).get(url).status_code == 403, (who, url)
    assert 'href="/desk/statistics/"' not in world.client("decider").get("/desk/").content.decode()
    assert '<a href="/desk/statistics/" aria-current="page">统计</a>' in world.client("head").get(URL).content.decode()


def test_a_head_sees_no_figure_of_another_office(world, counted) -> None:
    other = people.office("另一示例审批机关")
    person = people.natural("head_elsewhere")
    people.give(person, "head", other.id)
    page = people.signed_in(person).get(URL, {"period": "month"}).content.decode()
    assert "这段时间没有办件" in page
    assert cells(people.signed_in(person).get(FILE, {"period": "month"}))["主要数字", "受理", "本期"] == "0"


def test_before_the_first_count_the_page_says_so(world) -> None:
    assert "还没有统计" in world.client("head").get(URL).content.decode()


def test_a_service_of_choice_and_one_that_is_none(world, counted) -> None:
    client = world.client("head")
    one = client.get(URL, {"period": "month", "service": building.WORK_PERMIT}).content.decode()
    assert f'<option value="{building.WORK_PERMIT}" selected>' in one
    assert client.get(URL, {"service": "' OR 1=1 --", "period": "none"}).status_code == 200


def test_as_many_statements_for_few_cases_as_for_many(world, at, counted) -> None:
    client = world.client("head")
    client.get(URL)

    def cost(**asked: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(URL, asked).status_code == 200
        return len(seen)

    few = cost()
    building.returned_case(world, at, passport_number="EX0000003")
    building.decision_case(world, at, passport_number="EX0000004")
    rollup.count_new_days(at=at)
    assert {cost(), cost(period="year"), cost(period="month", service=building.WORK_PERMIT)} == {few}
    assert few <= 8


@pytest.mark.parametrize(("today", "span", "period", "before"), [
    (date(2026, 3, 31), "month", ("2026-03-01", "2026-03-31"), ("2026-02-01", "2026-02-28")),
    (date(2026, 1, 15), "month", ("2026-01-01", "2026-01-15"), ("2025-12-01", "2025-12-15")),
    (date(2026, 1, 15), "last-month", ("2025-12-01", "2025-12-31"), ("2025-11-01", "2025-11-30")),
    (date(2026, 11, 12), "90-days", ("2026-08-15", "2026-11-12"), ("2026-05-17", "2026-08-14")),
    (date(2028, 2, 29), "year", ("2027-03-01", "2028-02-29"), ("2026-03-01", "2027-02-28")),
])
def test_periods(today, span, period, before) -> None:
    assert SPANS[span].of(today) == tuple(Period(*map(date.fromisoformat, days)) for days in (period, before))


@pytest.mark.parametrize(("highest", "values"), [
    (0, [0, 1]), (1, [0, 1]), (4, [0, 1, 2, 3, 4]), (7, [0, 2, 4, 6, 8]), (402, [0, 100, 200, 300, 400, 500]),
    (100, [0, 20, 40, 60, 80, 100]),
])
def test_scales_are_round_whole_and_begin_with_nought(highest, values) -> None:
    assert charts.scale(highest) == values


def test_bars_are_as_long_as_their_values() -> None:
    drawn = charts.bars([("a", [(4, "4"), (2, "2")], 5.0), ("b", [(0, "0")], None)])
    assert [bar.width for row in drawn.rows for bar in row.bars] == ["65.60%", "32.80%", "0.00%"]
    assert [row.limit for row in drawn.rows] == ["82.00%", ""]
    columns = charts.columns(["x", "y"], [("s", [1, 4]), ("t", [0, 2])]).columns
    assert [(c.tone, float(c.height), float(c.y) + float(c.height)) for c in columns] == [(1, 50, 200), (1, 200, 200), (2, 100, 200)]


def test_a_limit_stands_only_where_the_services_agree() -> None:
    def service(days: int) -> SimpleNamespace:
        return SimpleNamespace(steps={"check": SimpleNamespace(title="检查", limit=Limit(days))})

    timing = figures.Timing(1, 0, 1.0, 1)
    one = service(3)
    assert [r.limit for r in figures.step_rows([one, one], {"check": timing})] == [3]
    assert [r.limit for r in figures.step_rows([service(3), service(5)], {"check": timing, "gone": timing})] == [None, None]


@pytest.mark.parametrize(("value", "shown"), [(4.14, "+4.1"), (-4.16, "−4.2"), (0.04, "0.0"), (-0.04, "0.0")])
def test_changes_have_their_sign(value, shown) -> None:
    assert figures.signed(value, 1) == shown
