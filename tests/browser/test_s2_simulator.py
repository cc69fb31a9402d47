"""The points simulator as anyone meets it: no sign-in, live figures, questions that open, what one more document would add."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from laihua.catalog import queries as catalog
from laihua.catalog.loader import load
from tests.browser.conftest import Enter

SERVICES = Path(__file__).parents[2] / "services"


@pytest.fixture(autouse=True)
def services(hall: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As they stand in their folders. Residence points is not in the catalogue of a visitor, its simulator is."""
    found = [load(SERVICES / path).definition for path in ("residence_points/pre_review", "work_permit/new")]
    monkeypatch.setattr(catalog, "services", lambda: found)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_anyone_tries_the_points(enter: Enter, language: str) -> None:
    visitor = enter(language)
    page = visitor.page
    visitor.go("/")
    visitor.click("居住证积分模拟打分", "Residence points simulator", role="link")
    page.locator("#f-sim_age").fill("44")
    page.locator("#f-sim_age").press("Tab")
    expect(page.locator("#lp-total")).to_have_text("29")
    education = page.locator("[name=bonus][value=education]")
    education.focus()
    education.press("Space")
    page.locator("#f-edu_level").select_option("bachelor")
    expect(page.locator("#lp-total")).to_have_text("119")
    expect(page.locator("#lp-said")).to_contain_text(visitor.word("还差1分", "1 more for the standard score"))
    page.locator("#lp-offers summary").click()
    offer = page.locator("#lp-offers li", has_text=visitor.word("应届高校毕业证书，可加10分", "fresh full-time graduate, 10 more points"))
    expect(offer).to_contain_text(visitor.word("达到标准分值", "Reaches: Standard score"))
    row = page.locator("#lp-rows li").first
    expect(row).to_contain_text(visitor.word("年龄在56周岁以下的，每减少1岁，积分增加2分", "Below 56 two points more for each year"))
    expect(row).to_contain_text("29/30")
    page.locator("#f-sim_age").fill("43")
    page.locator("#f-sim_age").press("Tab")
    expect(page.locator("#lp-total")).to_have_text("120")
    expect(page.locator("#lp-said")).to_contain_text(visitor.word("已达到标准分值", "standard score of 120 is reached"))
    page.get_by_role("link", name=visitor.word("清空", "Clear")).click()
    expect(page.locator("#lp-total")).to_have_text("0")
    expect(page.locator("#f-sim_age")).to_have_value("")


def test_the_button_does_it_without_script(enter: Enter) -> None:
    visitor = enter(script=False)
    page = visitor.page
    visitor.go("/simulators/residence_points.pre_review/")
    page.locator("#f-sim_age").fill("44")
    page.locator("[name=bonus][value=education]").check()
    visitor.click("计算", "Calculate")
    expect(page.locator("#lp-total")).to_have_text("29")
    page.locator("#f-edu_level").select_option("bachelor")
    visitor.click("计算", "Calculate")
    expect(page.locator("#lp-total")).to_have_text("119")
    expect(page.locator("#lp-offers")).to_contain_text("再提供一份")
