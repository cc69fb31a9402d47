"""S4, note (WP-2): the unit asks for both permits in one form; two lines, a return by one office, the correction, two decisions."""

from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from laihua.cases import actions, queries
from laihua.cases.models import Proceeding
from tests import single_window as both
from tests.browser.conftest import aside
from tests.browser.test_officer_review import signed_in
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.req("WP-2")]
STAY = ("field", "stay_address")
PICTURES = "artifacts/screenshots"


def visitor(chromium: Browser, world: Any, who: str, hall: str, language: str, width: int = 1280) -> Visitor:
    locale = "en-GB" if language == "en" else "zh-CN"
    context = signed_in(chromium, world, who, hall, viewport={"width": width, "height": 900}, locale=locale)
    return Visitor.at(context, hall, language)


def saved(unit: Visitor, place: str, value: str) -> None:
    """Typed last, and saved with everything before it."""
    page = unit.page
    with page.expect_response(lambda r: "/form/save/" in r.url and place in (r.request.post_data or "")):
        unit.type(place, value)
        page.keyboard.press("Tab")
    expect(page.locator("#save-state")).to_contain_text(unit.word("已自动保存", "Saved automatically"))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_one_form_two_offices_two_decisions(hall: str, chromium: Browser, world: Any, at: datetime, language: str) -> None:
    both.second_office(world, at)
    case = aside(lambda: both.draft(world, at, with_residence=None, residence_request=None))
    unit = visitor(chromium, world, "handler", hall, language)
    address = f"/cases/{case.id}/"

    # 是否同时申请居留许可: asked of category A in China, and its fields come with the tick
    unit.go(f"{address}form/")
    unit.type("with_residence", True)
    expect(unit.place("residence_request")).to_be_visible()
    saved(unit, "residence_request", "first")
    unit.go(f"{address}materials/")
    expect(unit.row("lodging")).to_be_visible()

    aside(lambda: finish_filing(world, case, at))
    aside(lambda: both.send_back(world, case, "residence", at, STAY))
    unit.go(address)
    expect(unit.page.locator(".lh-line")).to_have_count(2)
    unit.says("按退回意见补正", "Correct what was returned")
    unit.page.screenshot(path=f"{PICTURES}/single-window-{language}.png", full_page=True)

    # Only what the second office returned may be changed; it is handed in to that office alone
    unit.go(f"{address}form/")
    expect(unit.place("work_address").locator("textarea, input:not([type=hidden])")).to_have_count(0)
    unit.page.screenshot(path=f"{PICTURES}/single-window-form-{language}.png", full_page=True)
    saved(unit, "stay_address", "上海市浦东新区临江路70号101室")
    unit.go(f"{address}check/")
    unit.click("重新提交：居留许可", "Submit again: Residence permit")
    unit.page.wait_for_url(f"**{address}")
    assert both.at_step(case) == {"main": "pre_review", "residence": "residence_review"}

    # The officer of the second office works on his own line and sees the other
    officer = visitor(chromium, world, "ee_reviewer", hall, language)
    officer.go(f"/desk/cases/{case.id}/")
    officer.says("工作许可：线上预审", "Work permit: Online pre-review")
    officer.page.screenshot(path=f"{PICTURES}/single-window-desk-{language}.png")
    aside(lambda: decide(world, case, at))
    unit.go(address)
    expect(unit.page.locator("main")).to_contain_text(unit.word("准予居留许可", "Residence permit approved"))
    assert not unit.faults + officer.faults


def finish_filing(world: Any, case: Any, at: datetime) -> None:
    """The rest of the documents, the unit's submission and the applicant's confirmation."""
    from tests import world as building

    case.refresh_from_db()
    building.fill_slots(world, case, at)
    both.confirm(world, case, at)


def decide(world: Any, case: Any, at: datetime) -> None:
    both.to_decision(world, case, at)
    actions.move(case_id=case.id, move="approve", actor=world.decider, at=at)
    both.passed(world, case, "residence", at)
    actions.claim(case_id=case.id, actor=world.ee_decider, at=at, proceeding="residence")
    actions.move(case_id=case.id, move="residence_approve", actor=world.ee_decider, at=at, proceeding="residence")
    assert queries.dossier(case.id, actor=world.handler, at=at).runs
    assert Proceeding.objects.filter(case=case, clock="stopped").count() == 2
