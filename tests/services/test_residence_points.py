"""The points table of residence permits: both sides of every boundary, what excludes what, and what each row cites."""

import importlib.util
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from laihua.catalog.compiled import Definition
from laihua.catalog.loader import load
from laihua.catalog.simulation import Simulation

FOLDER = Path(__file__).parents[2] / "services/residence_points/pre_review"
TODAY = date(2026, 11, 12)


def _hooks() -> ModuleType:
    spec = importlib.util.spec_from_file_location("residence_points_hooks", FOLDER / "hooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hooks = _hooks()


def row(key: str, **claim: Any) -> int:
    return int(hooks.table(hooks.Claim(**claim))[key])


@pytest.mark.parametrize(("age", "expected"), [
    (0, 0), (17, 0), (18, 30), (42, 30), (43, 30), (44, 29), (45, 27), (50, 17), (54, 9), (55, 7), (56, 5), (57, 5), (60, 5), (61, 0),
])
def test_age(age: int, expected: int) -> None:
    assert row("age", age=age) == expected


@pytest.mark.parametrize(("level", "expected"), [
    ("", 0), ("below_college", 0), ("college", 50), ("undergraduate", 60), ("bachelor", 90), ("master", 100), ("doctor", 110),
])
def test_education(level: str, expected: int) -> None:
    assert row("education", education=level) == expected


@pytest.mark.parametrize(("level", "fits", "base", "expected"), [
    ("", True, True, 0), ("five", True, False, 15), ("four", True, False, 30), ("three", True, False, 60),
    ("two", True, True, 100), ("two", True, False, 0), ("one", True, True, 140), ("one", True, False, 0),
    ("five", False, True, 0), ("three", False, True, 0), ("one", False, True, 0),
])
def test_title_that_fits_and_from_level_two_the_base(level: str, fits: bool, base: bool, expected: int) -> None:
    assert row("title", title=level, title_fits=fits, title_base=base) == expected


@pytest.mark.parametrize(("education", "title", "expected"), [
    ("master", "three", (100, 0)), ("bachelor", "two", (0, 100)), ("master", "two", (100, 0)), ("doctor", "one", (0, 140)),
])
def test_of_education_and_title_the_higher_counts_alone(education: str, title: str, expected: tuple[int, int]) -> None:
    got = hooks.table(hooks.Claim(education=education, title=title))
    assert (got["education"], got["title"]) == expected


@pytest.mark.parametrize(("years", "expected"), [(-1, 0), (0, 0), (0.99, 0), (1, 3), (1.99, 3), (2, 6), (10, 30), (45, 135)])
def test_each_full_year_of_insurance(years: float, expected: int) -> None:
    assert row("years", insured_years=years) == expected


@pytest.mark.parametrize(("level", "months", "expected"), [
    ("", 48, 0), ("below_80", 48, 0),
    ("from_80", 35, 0), ("from_80", 36, 25), ("from_80", 48, 25), ("from_1", 35, 0), ("from_1", 36, 50),
    ("from_2", 35, 0), ("from_2", 36, 100), ("from_3", 23, 0), ("from_3", 24, 120), ("from_3", 36, 120),
])
def test_contribution_base(level: str, months: int, expected: int) -> None:
    assert row("base", base_level=level, base_months=months) == expected


@pytest.mark.parametrize(("tax", "expected"), [
    (0, 0), (99_999.99, 0), (100_000, 10), (199_999.99, 10), (200_000, 20), (1_199_999.99, 110), (1_200_000, 120), (5_000_000, 120),
])
def test_tax(tax: float, expected: int) -> None:
    assert row("tax", tax_average=tax) == expected


@pytest.mark.parametrize(("staff", "expected"), [
    (0, 0), (9, 0), (9.9, 0), (10, 10), (19, 10), (20, 20), (119, 110), (120, 120), (500, 120),
])
def test_local_jobs(staff: float, expected: int) -> None:
    assert row("jobs", jobs_average=staff) == expected


@pytest.mark.parametrize(("tax", "jobs", "expected"), [(300_000, 20, (30, 0)), (200_000, 30, (0, 30)), (200_000, 20, (20, 0))])
def test_of_tax_and_jobs_the_higher_counts_alone(tax: float, jobs: int, expected: tuple[int, int]) -> None:
    got = hooks.table(hooks.Claim(tax_average=tax, jobs_average=jobs))
    assert (got["tax"], got["jobs"]) == expected


@pytest.mark.parametrize(("years", "expected"), [(0, 0), (4, 0), (4.99, 0), (5, 20), (6, 24), (20, 80)])
def test_public_service_counts_wholly_once_five_years_are_full(years: float, expected: int) -> None:
    assert row("public_service", service_years=years) == expected


@pytest.mark.parametrize(("years", "expected"), [(4, 0), (4.99, 0), (5, 10), (6, 12), (9, 18), (10, 20), (11, 20)])
def test_outer_suburb_counts_wholly_once_five_years_are_full(years: float, expected: int) -> None:
    assert row("suburb", suburb_years=years) == expected


@pytest.mark.parametrize(("listed", "fits", "expected"), [(False, False, 0), (True, False, 0), (False, True, 0), (True, True, 30)])
def test_shortage_needs_the_list_and_the_post(listed: bool, fits: bool, expected: int) -> None:
    assert row("shortage", shortage_listed=listed, shortage_fits=fits) == expected


@pytest.mark.parametrize(("level", "expected"), [("", 0), ("city_special", 30), ("city_general", 60), ("province", 110)])
def test_awards(level: str, expected: int) -> None:
    assert row("award", award=level) == expected


@pytest.mark.parametrize(("local", "years", "expected"), [
    (False, 12, 0), (True, 0, 0), (True, 0.99, 0), (True, 1, 4), (True, 9, 36), (True, 10, 40), (True, 11, 40), (True, 50, 40),
])
def test_spouse(local: bool, years: float, expected: int) -> None:
    assert row("spouse", local_spouse=local, married_years=years) == expected


def test_the_plain_rows() -> None:
    assert (row("founder", founder=True), row("intermediary", intermediary=True), row("graduate", graduate=True)) == (120, 120, 10)
    assert (row("founder"), row("intermediary"), row("graduate")) == (0, 0, 0)


@pytest.mark.parametrize(("key", "count", "expected"), [
    ("forged", 0, 0), ("forged", 1, -150), ("forged", 2, -300), ("detained", 1, -50), ("detained", 3, -150), ("crimes", 1, -150),
])
def test_deductions(key: str, count: int, expected: int) -> None:
    assert row(key, **{key: count}) == expected


def test_every_row_is_explained_with_its_rule_in_both_languages() -> None:
    claim = hooks.Claim(age=44, forged=1, detained=1, crimes=1)
    told = {key: (label, detail, rule) for key, label, detail, rule in hooks._explained(claim)}
    assert told.keys() == hooks.table(claim).keys()
    for texts in told.values():
        for text in texts:
            assert text.zh
            assert text.en
            assert not any("\u4e00" <= c <= "\u9fff" for c in text.en)
    assert all(any(c.isdigit() for c in rule.zh) for _, _, rule in told.values())


# The same table through the service: what its form asks, and what the public page answers.


@pytest.fixture(scope="module")
def definition() -> Definition:
    found = load(FOLDER).definition
    assert found is not None
    return found


@pytest.fixture(scope="module")
def simulation(definition: Definition) -> Simulation:
    return Simulation(definition)


def test_the_age_of_a_case_is_that_of_the_identity_card(definition: Definition) -> None:
    def age(number: str, today: date) -> Any:
        return definition.context({}, today, {"person": {"document_number": number}})["age"]

    assert age("110101198211130012", date(2026, 11, 12)) == 43
    assert age("110101198211130012", date(2026, 11, 13)) == 44
    assert age("110101198213130012", TODAY) == age("EM7204138", TODAY) == age("", TODAY) == 0


def test_what_a_tick_no_longer_opens_does_not_count(definition: Definition) -> None:
    answers = {"bonus": ["education"], "edu_level": "master", "title_level": "one", "title_fits": True, "title_base": True}
    assert definition.context(answers, TODAY)["points_total"] == 100
    assert definition.context({**answers, "bonus": ["title"]}, TODAY)["points_total"] == 140
    assert definition.context({**answers, "bonus": []}, TODAY)["points_total"] == 0


def test_one_short_of_the_standard_and_what_reaches_it(simulation: Simulation) -> None:
    found = simulation.run({"sim_age": "44", "bonus": ["education"], "edu_level": "bachelor"}, TODAY)
    assert found.panel.total == 119
    assert found.ahead is not None
    assert (found.ahead[0], found.ahead[1].zh) == (1, "标准分值")
    assert "还差1分" in found.panel.result.zh
    graduate = next(o for o in found.offers if "应届" in o.document.zh)
    assert (graduate.points, graduate.total) == (10, 129)
    assert graduate.reaches is not None
    assert simulation.run({"sim_age": "43", "bonus": ["education"], "edu_level": "bachelor"}, TODAY).ahead is None


def test_what_adds_nothing_is_not_offered_and_the_best_comes_first(simulation: Simulation) -> None:
    typed = {"sim_age": "30", "bonus": ["education"], "edu_level": "doctor", "further": ["award"], "award_level": "province"}
    found = simulation.run(typed, TODAY)
    words = [offer.document.zh for offer in found.offers]
    assert not [w for w in words if w.endswith("学士学位证书") or "硕士" in w or "中级" in w or "专项性" in w]
    assert [o.points for o in found.offers] == sorted((o.points for o in found.offers), reverse=True)
    assert next(o.points for o in found.offers if "高级职称" in o.document.zh) == 30


def test_what_rules_out_points_is_said_whatever_the_total(simulation: Simulation) -> None:
    found = simulation.run({"sim_age": "30", "further": ["founder"], "sim_obstacle": "serious_crime"}, TODAY)
    assert found.panel.total == 150
    assert "不能申请" in found.panel.result.zh


def test_unreadable_answers_are_told_at_their_field_and_count_for_nothing(simulation: Simulation) -> None:
    found = simulation.run({"sim_age": "forty", "sim_married_years": "99", "bonus": ["nonsense"]}, TODAY)
    wrong = {f.field.key for s in found.sections for f in s.fields if f.error}
    assert wrong == {"sim_age", "sim_married_years", "bonus"}
    assert found.panel.total == 0


@pytest.mark.req("RP-8")
@pytest.mark.parametrize(("sealed", "uploaded", "today", "old"), [
    ("2026-09-12", date(2026, 11, 12), date(2026, 11, 12), False), ("2026-09-11", date(2026, 11, 12), date(2026, 11, 12), True),
    ("2026-09-12", date(2026, 11, 12), date(2027, 2, 1), False),      # judged on the day of the upload, however late it is submitted
    ("2026-12-31", date(2027, 2, 28), date(2027, 2, 28), False), ("2026-12-30", date(2027, 3, 1), date(2027, 3, 1), True),
])
def test_the_commission_letter_is_at_most_two_months_old_when_it_is_uploaded(
    definition: Definition, sealed: str, uploaded: date, today: date, old: bool
) -> None:
    gaps = definition.gaps({"apply_type": "new", "commission_sealed": sealed}, today, uploaded={"commission": uploaded})
    assert ("material:commission" in {gap.place for gap in gaps}) is old
