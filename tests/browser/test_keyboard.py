"""The hall without a mouse: signing in, filling in, submitting, reviewing by single keys, dialogs that let one out again."""

from datetime import datetime

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import world as building
from tests.browser.conftest import PASSWORD, Enter
from tests.captchas import answer_of
from tests.world import World

pytestmark = [pytest.mark.req("RP-6"), pytest.mark.req("OPS-1")]
TOO_FAR = 300


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the focus is there. What has the focus is always seen."""
    for _ in range(TOO_FAR):
        page.keyboard.press("Tab")
        if wanted.evaluate("e => e === document.activeElement"):
            assert wanted.evaluate("e => getComputedStyle(e).outlineStyle !== 'none' || getComputedStyle(e).boxShadow !== 'none'"
                                   " || getComputedStyle(e.parentElement).outlineStyle !== 'none'"), "the focus is not to be seen"
            return
    raise AssertionError(f"{wanted} is not reached by Tab")


def test_signing_in_filling_in_a_section_and_going_on(enter: Enter, people: World) -> None:
    visitor = enter()
    page, keys = visitor.page, visitor.page.keyboard
    visitor.go("/sign-in/?kind=natural")
    keys.press("Tab")
    expect(page.locator(".lh-skip")).to_be_focused()
    keys.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    tab_to(page, page.get_by_label("登录名"))
    keys.type("demo_handler")
    keys.press("Tab")
    keys.type(PASSWORD)
    tab_to(page, page.get_by_label("图形验证码", exact=True))
    keys.type(answer_of(page.locator("[name=captcha_id]").input_value()))
    keys.press("Enter")
    page.wait_for_url("**/my/*")

    visitor.go("/start/work_permit.new/")
    tab_to(page, page.get_by_role("button", name="开始填写"))
    keys.press("Enter")
    page.wait_for_url("**/form/")
    tab_to(page, page.locator("input[name=location]").first)
    keys.press("Space")
    tab_to(page, page.locator("input[name=duration]").first)
    keys.press("ArrowRight")
    keys.press("ArrowLeft")
    expect(page.locator("input[name=duration]").first).to_be_checked()
    clause = page.locator("#f-clause")
    expect(clause).to_be_visible()
    tab_to(page, clause)
    keys.type("B4")
    if clause.evaluate("e => e.tagName") == "INPUT":
        keys.press("Enter")
    with page.expect_response(lambda r: "/form/save/" in r.url and "LINDQVIST" in (r.request.post_data or "")):
        section = page.locator("#s-applicant")
        if section.get_attribute("open") is None:
            tab_to(page, section.locator("> summary"))
            keys.press("Enter")
        tab_to(page, page.locator("#f-surname"))
        keys.type("LINDQVIST")
    go_on = page.get_by_role("button", name="下一步")
    tab_to(page, go_on)
    with page.expect_navigation():
        keys.press("Enter")
    expect(page.locator(".lh-error-summary")).to_be_focused()
    keys.press("Tab")
    keys.press("Enter")
    assert page.evaluate("document.activeElement.closest('[data-lf-place]') !== null"), "the first gap has the focus"
    expect(page.locator("#f-surname")).to_have_value("LINDQVIST")


def test_submitting_and_a_dialog_that_keeps_and_gives_back_the_focus(enter: Enter, people: World, at: datetime) -> None:
    case = building.complete_draft(people, at)
    visitor = enter(who=people.client("handler"))
    page, keys = visitor.page, visitor.page.keyboard
    visitor.go(f"/cases/{case.id}/check/")
    opener = page.get_by_role("button", name="放弃草稿").first
    tab_to(page, opener)
    keys.press("Enter")
    dialog = page.locator("dialog[open]")
    expect(dialog).to_be_visible()
    for _ in range(6):
        keys.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog[open]')")
    keys.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()
    tab_to(page, page.get_by_role("button", name="提交本人确认"))
    keys.press("Enter")
    page.wait_for_url(f"**/cases/{case.id}/")
    steps = page.locator(".lh-line-step")
    tab_to(page, steps.first)
    hint = page.locator(".lh-line-hint p:visible")
    expect(hint).to_have_count(1)


def test_reviewing_by_single_keys(enter: Enter, people: World, at: datetime) -> None:
    case = building.submitted_case(people, at)
    building.cases.claim(case_id=case.id, actor=people.pre_reviewer, at=at)
    visitor = enter(who=people.client("pre_reviewer"))
    page, keys = visitor.page, visitor.page.keyboard
    visitor.go(f"/desk/cases/{case.id}/?tab=form")
    rows = page.locator("[data-panel=form] .lh-verdict-row[data-item]")
    expect(rows.nth(0)).to_have_attribute("aria-current", "true")
    keys.press("j")
    expect(rows.nth(1)).to_be_focused()
    keys.press("k")
    expect(rows.nth(0)).to_be_focused()
    keys.press("a")
    expect(rows.nth(0)).to_have_attribute("data-state", "accepted")
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    keys.press("r")
    reason = rows.nth(1).locator("select[name=reason]")
    expect(reason).to_be_focused()
    keys.type("WP-R01")
    expect(reason).to_have_value("WP-R01")
    keys.press("Tab")
    expect(rows.nth(1)).to_have_attribute("data-state", "returned")
    keys.press("Escape")
    rows.nth(1).focus()
    keys.press("?")
    dialog = page.locator("dialog#keys")
    expect(dialog).to_be_visible()
    keys.press("Escape")
    expect(dialog).to_be_hidden()
    expect(rows.nth(1)).to_be_focused()
    keys.press("n")
    assert page.evaluate("document.activeElement.dataset.state") == "", "n goes to the next without a verdict"
