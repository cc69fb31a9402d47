"""Every act of the main job with JavaScript switched off."""

from datetime import datetime

import pytest
from playwright.sync_api import expect

from laihua.cases import actions as cases
from tests import world as building
from tests.browser.conftest import PASSWORD, Enter
from tests.prechecks import samples
from tests.world import World

pytestmark = [pytest.mark.req("RP-6"), pytest.mark.req("OPS-1")]


def test_the_handler_fills_in_uploads_and_submits(enter: Enter, people: World, at: datetime) -> None:
    case = building.complete_draft(people, at)
    visitor = enter(script=False)
    page = visitor.page
    visitor.go(f"/cases/{case.id}/form/").sign_in("demo_handler", PASSWORD, kind="natural")
    page.wait_for_url("**/form/")
    page.locator("#s-employment > summary").click()
    page.locator("#f-position").fill("光学总监")
    page.locator("#s-education > summary").click()
    page.locator("[data-lf-add=education]").click()
    expect(page.locator("[data-lf-rows=education] > [data-lf-row]")).to_have_count(4)
    page.locator("[data-lf-remove='education.3']").click()
    expect(page.locator("[data-lf-rows=education] > [data-lf-row]")).to_have_count(3)
    page.locator("button[name=do][value=next]").click()
    page.wait_for_url("**/materials/")

    row = visitor.row("passport")
    row.locator("input[type=file]").set_input_files({"name": "护照.pdf", "mimeType": "application/pdf", "buffer": b"no pdf"})
    row.locator(".lm-send").click()
    expect(visitor.row("passport").locator("[data-lm-refusal] li")).to_contain_text("PDF")
    row.locator("input[type=file]").set_input_files({"name": "护照新.pdf", "mimeType": "application/pdf", "buffer": samples.scan()})
    row.locator(".lm-send").click()
    expect(visitor.row("passport")).to_contain_text("护照新.pdf")
    visitor.on_to_submitting()
    expect(page.locator("main")).to_contain_text("光学总监")
    visitor.click("提交本人确认", "Submit")
    page.wait_for_url(f"**/cases/{case.id}/")
    expect(page.locator("#history")).to_contain_text("单位提交，等待本人确认")


@pytest.mark.req("WP-3")
def test_the_foreigner_confirms(enter: Enter, people: World, at: datetime) -> None:
    case = building.confirmation_case(people, at)
    visitor = enter("en", script=False, who=people.client("subject", "en"))
    page = visitor.page
    visitor.go(f"/cases/{case.id}/confirm/")
    page.locator(".lh-actions").get_by_role("button", name="Confirm and submit").click()
    expect(page.locator(".lh-error-summary a")).to_have_count(3)
    for box in page.locator("#confirm-form input[type=checkbox]").all():
        box.check()
    page.locator(".lh-actions").get_by_role("button", name="Confirm and submit").click()
    if page.locator("#history").count() == 0:
        page.get_by_role("button", name="Confirm and submit").first.click()
    page.wait_for_url(f"**/cases/{case.id}/")
    expect(page.locator("#history")).to_contain_text("Confirmed by the applicant and submitted")


@pytest.mark.req("WP-6")
def test_the_officer_returns_and_the_next_round_passes(enter: Enter, people: World, at: datetime) -> None:
    case = building.submitted_case(people, at)
    visitor = enter(script=False, who=people.client("pre_reviewer"))
    page = visitor.page
    visitor.go("/desk/?tab=pre_review")
    visitor.click("领取", "Claim", within=page.locator("tbody tr").first)
    page.wait_for_url("**/desk/cases/**")
    visitor.click("退回", "Return", within=page.locator("#row-field-work_address"))
    row = page.locator("#row-field-work_address")
    expect(row.locator("select[name=reason]")).to_be_visible()
    row.locator("select[name=reason]").select_option("WP-R01")
    row.locator("textarea[name=note]").fill("请补全")
    visitor.click("保存退回意见", "Save the return", within=row)
    expect(page.locator("#row-field-work_address .lh-return")).to_have_attribute("aria-pressed", "true")
    for tab in ("form", "materials"):
        visitor.go(f"/desk/cases/{case.id}/?tab={tab}")
        buttons = page.locator(f"[data-panel={tab}] form[data-section] button")
        for left in range(buttons.count(), 0, -1):
            buttons.first.click()
            expect(buttons).to_have_count(left - 1)
    visitor.click("退回补正", "Return", within=page.locator("#decision"))
    visitor.click("退回补正", "Return", within=page.locator("dialog[open]"))
    page.wait_for_url("**/desk/")
    case.refresh_from_db()
    assert building.proceeding_of(case).step == "correction"

    cases.save_answers(case_id=case.id, changes={"work_address": "上海市浦东新区望江路88号9室"}, base=case.revision,
                       actor=people.handler, at=at)
    cases.move(case_id=case.id, move="resubmit", actor=people.handler, at=at)
    visitor.go(f"/desk/cases/{case.id}/?tab=form")
    if page.locator("#decision").get_by_role("button", name="领取并审核").count():
        visitor.click("领取并审核", "Claim", within=page.locator("#decision"))
    visitor.click("通过", "Accept", within=page.locator("#row-field-work_address"))
    visitor.click("预审通过", "Pass pre-review", within=page.locator("#decision"))
    page.wait_for_url("**/desk/")
    assert building.proceeding_of(case).step == "originals"


@pytest.mark.req("WP-8")
def test_a_time_is_booked_and_the_originals_are_ticked(enter: Enter, people: World, at: datetime) -> None:
    case = building.passed_case(people, at)
    handler = enter(script=False, who=people.client("handler"))
    handler.go(f"/cases/{case.id}/booking/")
    handler.page.locator("input[name=starts_at]:not([disabled])").first.check()
    handler.click("预约这个时段", "Book this time")
    expect(handler.page.locator("#booked")).to_be_visible()

    clerk = enter(script=False, who=people.client("clerk"))
    page = clerk.page
    clerk.go(f"/desk/window/{case.id}/")
    clerk.click("领取并核对", "Claim and check")
    count = page.locator("[data-panel=originals] .lh-verdict-row").count()
    for number in range(count):
        clerk.click("一致", "Matches", within=page.locator("[data-panel=originals] .lh-verdict-row").nth(number))
        expect(page.locator("[data-panel=originals] .lh-verdict-row").nth(number)).to_have_attribute("data-state", "accepted")
    clerk.click("原件核验通过", "Pass originals check", within=page.locator("#decision"))
    page.wait_for_url("**/desk/window/")
    assert building.proceeding_of(case).step == "decision"
