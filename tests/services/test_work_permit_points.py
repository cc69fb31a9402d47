"""The points table in force since 2018: every boundary of every row, the caps, and the category that follows."""

import importlib.util
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "services/work_permit/new"


def _hooks() -> ModuleType:
    spec = importlib.util.spec_from_file_location("work_permit_new_hooks", FOLDER / "hooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hooks = _hooks()
TODAY = date(2026, 11, 12)


@pytest.mark.parametrize(("pay", "expected"), [
    (0, 0), (49_999.99, 0), (50_000, 5), (69_999.99, 5), (70_000, 8), (149_999.99, 8), (150_000, 11),
    (249_999.99, 11), (250_000, 14), (349_999.99, 14), (350_000, 17), (449_999.99, 17), (450_000, 20), (9_000_000, 20),
])
def test_pay(pay: float, expected: int) -> None:
    assert hooks.points(yearly_pay=pay).pay == expected


@pytest.mark.parametrize(("degree", "skill", "expected"), [
    ("", "", 0), ("none", "none", 0), ("bachelor", "", 10), ("master", "", 15), ("doctor", "", 20),
    ("", "advanced", 10), ("", "technician", 15), ("", "highest", 20),
    ("honorary", "", 0), ("bachelor", "technician", 15), ("doctor", "advanced", 20), ("doctor", "highest", 20),
])
def test_degree_or_skill_counts_the_higher(degree: str, skill: str, expected: int) -> None:
    assert hooks.points(degree=degree, skill=skill).education == expected


@pytest.mark.parametrize(("years", "expected"), [
    (0, 0), (1, 0), (2, 5), (3, 6), (9, 12), (16, 19), (17, 20), (18, 20), (40, 20),
])
def test_years_of_work(years: int, expected: int) -> None:
    assert hooks.points(years=years).experience == expected


@pytest.mark.parametrize(("months", "expected"), [
    (0, 0), (2, 0), (3, 5), (5, 5), (6, 10), (8, 10), (9, 15), (12, 15),
])
def test_months_a_year(months: int, expected: int) -> None:
    assert hooks.points(months=months).months == expected


@pytest.mark.parametrize(("level", "expected"), [
    ("", 0), ("none", 0), ("hsk1", 1), ("hsk2", 2), ("hsk3", 3), ("hsk4", 4), ("hsk5", 5), ("hsk6", 5),
    ("degree", 5), ("former_national", 5),
])
def test_chinese(level: str, expected: int) -> None:
    assert hooks.points(chinese=level).chinese == expected


@pytest.mark.parametrize(("age", "expected"), [
    (0, 0), (17, 0), (18, 10), (25, 10), (26, 15), (45, 15), (46, 10), (55, 10), (56, 5), (60, 5), (61, 0), (90, 0),
])
def test_age(age: int, expected: int) -> None:
    assert hooks.points(age=age).age == expected


def test_region_and_merit_are_given_once() -> None:
    assert (hooks.points().region, hooks.points(special_region=True).region) == (0, 10)
    assert (hooks.points().merit, hooks.points(merit=True).merit) == (0, 5)


@pytest.mark.parametrize(("claimed", "expected"), [(-1, 0), (0, 0), (1, 1), (10, 10), (11, 10)])
def test_local_bonus(claimed: int, expected: int) -> None:
    assert hooks.points(local=claimed).local == expected


def test_every_row_at_its_maximum_makes_120() -> None:
    full = hooks.points(
        yearly_pay=10**7, degree="doctor", skill="highest", years=50, months=12, chinese="hsk6",
        special_region=True, age=30, merit=True, local=99,
    )
    assert {row: getattr(full, row) for row in hooks.MAXIMA} == {
        "pay": 20, "education": 20, "experience": 20, "months": 15, "chinese": 5,
        "region": 10, "age": 15, "merit": 5, "local": 10,
    }
    assert full.total == hooks.TOTAL_MAXIMUM == 120


@pytest.mark.parametrize(("total", "category"), [(0, ""), (59, ""), (60, "B"), (84, "B"), (85, "A"), (120, "A")])
def test_thresholds_include_their_number(total: int, category: str) -> None:
    assert hooks.category_of(total) == category


def _names(**given: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "today": TODAY, "duration": "long", "clause": "points", "a3_item": "", "category": "", "points_total": 0,
        "pay_source": "domestic", "salary_monthly": 0.0, "salary_monthly_domestic": 0.0, "annual_salary_domestic": 0.0,
        "age": 0, "highest_degree": "none", "work_years": 0, "china_years": 0, "months_per_year": 0,
        "chinese_level": "", "skill_level": "", "high_level_university": False, "fortune500": False, "patents": False,
        "local_bonus": 0, "education": [], "work": [],
        "contract_from": None, "contract_to": None, "passport_expiry": None,
    }
    return empty | given


def _job(start: date, end: date | None, **given: Any) -> dict[str, Any]:
    return {"kind": "work", "related": True, "country": "SWE", "from": start, "to": end, "current": end is None} | given


def _studies(end: date, level: str = "undergraduate", degree: str = "bachelor") -> dict[str, Any]:
    return {"level": level, "degree": degree, "from": date(end.year - 3, 9, 1), "to": end}


@pytest.mark.parametrize(("source", "expected"), [
    ("domestic", 480_000), ("overseas", 0), ("both", 120_000), ("", 480_000),
])
def test_only_pay_from_within_china_counts(source: str, expected: float) -> None:
    names = _names(pay_source=source, salary_monthly=40_000.0, salary_monthly_domestic=10_000.0)
    assert hooks.annual_salary_domestic(names) == expected


@pytest.mark.parametrize(("last", "expected"), [(date(2020, 1, 1), 2), (date(2019, 12, 1), 2), (date(2019, 11, 1), 1)])
def test_years_of_work_are_completed_years(last: date, expected: int) -> None:
    assert hooks.work_years(_names(work=[_job(date(2018, 1, 1), last)])) == expected


def test_months_in_two_jobs_count_once_and_unrelated_work_not_at_all() -> None:
    twice = [_job(date(2018, 1, 1), date(2019, 12, 1)), _job(date(2018, 6, 1), date(2019, 6, 1))]
    assert hooks.work_years(_names(work=twice)) == 2
    assert hooks.work_years(_names(work=[_job(date(2010, 1, 1), None, related=False)])) == 0
    assert hooks.work_years(_names(work=[_job(date(2010, 1, 1), None, kind="none")])) == 0


def test_a_current_job_runs_to_this_month() -> None:
    assert hooks.work_years(_names(work=[_job(date(2024, 12, 1), None)])) == 2
    assert hooks.work_years(_names(work=[_job(date(2025, 1, 1), None)])) == 1


def test_years_in_china_must_follow_each_other() -> None:
    early = _job(date(2016, 1, 1), date(2018, 6, 1), country="CHN")
    broken = [early, _job(date(2018, 8, 1), date(2020, 12, 1), country="CHN")]
    whole = [early, _job(date(2018, 7, 1), date(2020, 12, 1), country="CHN")]
    assert (hooks.china_years(_names(work=broken)), hooks.china_years(_names(work=whole))) == (2, 5)


def test_highest_degree_counts_awarded_degrees_only() -> None:
    rows = [_studies(date(2010, 6, 1)), _studies(date(2012, 6, 1), "postgraduate", "master"),
            _studies(date(2027, 6, 1), "postgraduate", "doctor")]
    assert hooks.highest_degree(_names(education=rows)) == "master"
    assert hooks.highest_degree(_names(education=[_studies(date(2012, 6, 1), "postgraduate", "honorary")])) == "none"


@pytest.mark.req("WP-4")
@pytest.mark.parametrize(("again", "gap"), [
    (date(2022, 5, 1), ""),                       # 2022-02 to 2022-04: three months need no word
    (date(2022, 6, 1), "2022-02 – 2022-05"),      # four do
])
def test_a_gap_of_more_than_three_months_is_named(again: date, gap: str) -> None:
    names = _names(education=[_studies(date(2015, 6, 1))],
                   work=[_job(date(2015, 8, 1), date(2022, 1, 1)), _job(again, None)])
    assert hooks.work_gap(names) == gap


def test_gaps_before_the_last_ten_years_and_before_graduation_are_not_asked_for() -> None:
    school = _studies(date(2000, 6, 1), "senior_high", "")
    names = _names(education=[school, _studies(date(2005, 6, 1))], work=[_job(date(2016, 11, 1), None)])
    assert hooks.work_gap(names) == ""


def test_work_that_ended_long_ago_leaves_a_gap_until_today() -> None:
    names = _names(education=[_studies(date(2020, 6, 1))], work=[_job(date(2020, 7, 1), date(2026, 6, 1))])
    assert hooks.work_gap(names) == "2026-07 – 2026-10"


@pytest.mark.parametrize(("clause", "total", "category", "code"), [
    ("points", 85, "A", "A6"), ("points", 84, "B", "B6"), ("points", 60, "B", "B6"), ("points", 59, "", ""),
    ("A1", 0, "A", "A1"), ("A5", 120, "A", "A5"), ("B1", 120, "B", "B1"), ("C1", 120, "C", "C1"), ("", 100, "", ""),
])
def test_category_follows_from_the_clause(clause: str, total: int, category: str, code: str) -> None:
    names = _names(clause=clause, points_total=total)
    assert hooks.category(names) == category
    assert hooks.clause_code(names | {"category": category}) == code


def test_work_of_up_to_90_days_is_category_c() -> None:
    names = _names(duration="short", clause="")
    assert (hooks.category(names), hooks.clause_code(names)) == ("C", "C2")


@pytest.mark.parametrize(("start", "end", "years"), [
    (date(2026, 12, 1), date(2028, 11, 30), 2), (date(2026, 12, 1), date(2028, 12, 1), 3),
    (date(2026, 12, 1), date(2027, 11, 30), 1), (date(2028, 2, 29), date(2029, 2, 28), 1),
    (date(2028, 2, 29), date(2029, 3, 1), 2), (date(2028, 2, 29), date(2032, 2, 28), 4),
    (date(2026, 12, 1), date(2026, 11, 30), 0),
])
def test_years_of_a_contract(start: date, end: date, years: int) -> None:
    assert hooks.contract_years(_names(contract_from=start, contract_to=end)) == years


@pytest.mark.parametrize(("given", "expected"), [
    ({}, date(2028, 11, 30)),
    ({"passport_expiry": date(2027, 8, 1)}, date(2027, 8, 1)),
    ({"clause": "A3", "a3_item": "pay"}, date(2027, 11, 30)),
    ({"contract_to": None}, None),
])
def test_the_permit_ends_with_the_first_of_its_limits(given: dict[str, Any], expected: date | None) -> None:
    names = _names(contract_from=date(2026, 12, 1), contract_to=date(2028, 11, 30), passport_expiry=date(2031, 1, 1))
    assert hooks.permit_to(names | given) == expected


def test_the_panel_shows_the_rows_that_gave_the_points() -> None:
    names = _names(
        annual_salary_domestic=480_000.0, highest_degree="master", work_years=9, months_per_year=12, age=41,
        chinese_level="hsk3", points_total=80, category="B",
    )
    panel = hooks.points_panel(names)
    assert panel.total == sum(row.points for row in panel.rows) == 80
    assert panel.maximum == sum(row.maximum for row in panel.rows) == 120
    assert [row.points for row in panel.rows] == [20, 15, 12, 15, 15, 3, 0, 0, 0]
    assert panel.result.zh == "B类"
    assert "还差5分达到A类" in panel.note.zh


def test_an_empty_form_gives_a_panel_of_noughts() -> None:
    panel = hooks.points_panel(_names(clause="", pay_source=""))
    assert (panel.total, panel.result.en) == (0, "Not reached")
