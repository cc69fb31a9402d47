"""A session that ends while somebody is typing costs him nothing."""

from datetime import datetime

import pytest
from playwright.sync_api import expect

from laihua.accounts.models import Session
from tests import world as building
from tests.browser.conftest import PASSWORD, Enter
from tests.prechecks import samples
from tests.world import World

DUTIES = "主持精密镜头的研发，兼管实验室"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_was_typed_is_saved_after_signing_in_again(language: str, enter: Enter, people: World, at: datetime) -> None:
    case = building.draft(people, at, building.complete_answers())
    visitor = enter(language, who=people.client("handler", language))
    page = visitor.page
    visitor.go(f"/cases/{case.id}/form/")
    Session.objects.all().delete()
    with page.expect_response("**/form/save/") as refused:
        visitor.type("duties", DUTIES)
    assert refused.value.status == 401
    state = page.locator("#save-state")
    expect(state).to_have_attribute("data-state", "unsaved")
    expect(state).to_contain_text(visitor.word("登录", "session"))
    expect(page.locator("#f-duties")).to_have_value(DUTIES)

    with page.context.expect_page() as opened:
        state.get_by_role("link").click()
    visitor.page = opened.value
    visitor.page.wait_for_load_state("load")
    visitor.sign_in("demo_handler", PASSWORD, kind="natural")
    visitor.page.wait_for_url("**/cases/**")
    visitor.page.close()
    visitor.page = page
    page.bring_to_front()
    with page.expect_response(lambda r: "/form/save/" in r.url and r.request.method == "POST" and r.ok):
        page.locator("#f-duties").press("End")
        page.keyboard.type("。")
    expect(state).to_have_attribute("data-state", "saved")
    case.refresh_from_db()
    assert case.answers["duties"] == DUTIES + "。"


@pytest.mark.req("WP-4")
def test_an_upload_says_that_it_was_not_taken(enter: Enter, people: World, at: datetime) -> None:
    case = building.draft(people, at, building.complete_answers())
    visitor = enter(who=people.client("handler"))
    visitor.go(f"/cases/{case.id}/materials/")
    Session.objects.all().delete()
    visitor.upload("passport", "passport.pdf", samples.scan())
    refusal = visitor.row("passport").locator("[data-lm-refusal] li")
    expect(refusal).to_contain_text("登录已过期，文件没有上传")
    expect(refusal.get_by_role("link")).to_be_visible()
