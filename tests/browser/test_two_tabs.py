"""Two windows on one case: nobody overwrites anybody unseen."""

from datetime import datetime

import pytest
from playwright.sync_api import expect

from tests import world as building
from tests.browser.conftest import Enter
from tests.browser.visitor import Visitor
from tests.world import World


def type_and_save(visitor: Visitor, name: str, value: str, status: int = 200) -> None:
    with visitor.page.expect_response(lambda r: "/form/save/" in r.url and value in (r.request.post_data or "")) as answer:
        visitor.type(name, value)
    assert answer.value.status == status


def test_the_later_tab_is_told_and_chooses(enter: Enter, people: World, at: datetime) -> None:
    case = building.draft(people, at, building.complete_answers())
    first, second = enter(who=people.client("handler")), enter("en", who=people.client("second_handler", "en"))
    for visitor in (first, second):
        visitor.go(f"/cases/{case.id}/form/")
    type_and_save(first, "position", "光学总监")
    type_and_save(second, "position", "光学顾问", status=409)
    dialog = second.page.locator("dialog[open]")
    expect(dialog).to_contain_text("沈知遥")
    expect(dialog).to_contain_text("光学总监")
    expect(dialog).to_contain_text("光学顾问")
    case.refresh_from_db()
    assert case.answers["position"] == "光学总监", "nothing was overwritten"
    dialog.get_by_text("Use mine", exact=True).first.click()
    with second.page.expect_response("**/form/save/") as answer:
        dialog.get_by_role("button", name="Save as chosen").click()
    assert answer.value.ok
    case.refresh_from_db()
    assert case.answers["position"] == "光学顾问"

    type_and_save(first, "duties", "主持研发和测试")
    expect(first.page.locator("#f-position")).to_have_value("光学顾问")
    expect(first.page.locator(".lh-toast")).to_contain_text("另一窗口的修改已更新到本页")


@pytest.mark.req("WP-6")
def test_of_two_officers_one_has_the_case_and_the_other_sees_who(enter: Enter, people: World, at: datetime) -> None:
    case = building.submitted_case(people, at)
    first, second = (enter(language, who=people.client(who, language))
                     for who, language in (("pre_reviewer", "zh-hans"), ("second_pre_reviewer", "en")))
    for officer in (first, second):
        officer.go("/desk/?tab=pre_review")
    number = building.proceeding_of(case).number
    first.click("领取", "Claim", within=first.page.locator("tr", has_text=number))
    first.page.wait_for_url("**/desk/cases/**")
    second.click("领取", "Claim", within=second.page.locator("tr", has_text=number))
    told = second.page.get_by_role("alert")
    expect(told).to_contain_text(number)
    expect(told).to_contain_text("韩静姝")
    second.go(f"/desk/cases/{case.id}/")
    expect(second.page.locator(".lh-review-head")).to_contain_text("韩静姝")
    expect(second.page.locator(".lh-verdict")).to_have_count(0)
    assert building.proceeding_of(case).holder_id == people.pre_reviewer.account_id
