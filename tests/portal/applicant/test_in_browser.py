"""The script of the form and of the uploads, in a real browser: what one types is never lost."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from laihua.cases import actions
from laihua.cases.models import Case
from tests import world as building
from tests.prechecks import samples

pytestmark = pytest.mark.django_db(transaction=True)

AXE = (Path(__file__).resolve().parents[2] / "browser/vendor/axe.min.js").read_text()
RUN = "async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']})).violations"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="module")  # its loop must not outlive the file: signing needs one of its own
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(live_server: Any, browser: Browser, world: Any) -> Iterator[Any]:
    """Opens a page of a case as one of the people. Any error in the page's console fails the test."""
    faults: list[str] = []
    contexts: list[BrowserContext] = []

    def go(who: str, name: str, case: Case, *, query: str = "", **options: Any) -> Page:
        context = browser.new_context(**{"locale": "zh-CN", "viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        sign_in(context, who)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(live_server.url + reverse(f"applicant:{name}", args=[case.id]) + query)
        return page

    def sign_in(context: BrowserContext, who: str) -> None:
        cookie = world.client(who).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])

    go.sign_in = sign_in  # type: ignore[attr-defined]
    yield go
    for context in contexts:
        context.close()
    assert faults == []


def answers_of(case: Case) -> dict[str, Any]:
    return Case.objects.get(id=case.id).answers


def saved(page: Page) -> None:
    expect(page.locator("#save-state[data-state=saved]")).to_contain_text("已自动保存")


def test_it_saves_itself_and_fields_come_and_go_without_losing_the_focus(visit, world, at) -> None:
    case = building.draft(world, at)
    page = visit("handler", "form", case)
    page.get_by_text("境内", exact=True).click()
    expect(page.locator("[data-lf-place=inside_reason]")).to_be_visible()
    page.locator("#s-applicant summary").first.click()
    surname = page.locator("#f-surname")
    surname.press_sequentially("LINDQ")
    expect(page.locator("#form-gaps")).not_to_contain_text("姓（护照拼写）")
    expect(surname).to_be_focused()
    surname.press_sequentially("VIST")
    page.get_by_text("境外", exact=True).click()
    expect(page.locator("[data-lf-place=inside_reason]")).to_have_count(0)
    saved(page)
    assert answers_of(case)["surname"] == "LINDQVIST"
    assert answers_of(case)["location"] == "outside"


def test_points_follow_typing(visit, world, at) -> None:
    case = building.draft(world, at, building.complete_answers())
    page = visit("handler", "form", case)
    expect(page.locator("#form-panel [data-lf-total]")).to_have_text("80")
    page.locator("#s-bonus summary").click()
    page.locator("#f-chinese_level").select_option("hsk5")
    expect(page.locator("#form-panel [data-lf-total]")).to_have_text("82")


def test_a_cut_line_keeps_what_was_typed_and_saves_it_later(visit, world, at) -> None:
    case = building.draft(world, at, building.complete_answers())
    page = visit("handler", "form", case)
    page.locator("#s-employment summary").click()
    page.context.set_offline(True)
    page.locator("#f-position").fill("光学总监")
    expect(page.locator("#save-state")).to_contain_text("未保存，网络恢复后自动重试")
    page.context.set_offline(False)
    saved(page)
    assert answers_of(case)["position"] == "光学总监"


def test_an_expired_session_keeps_the_form_and_goes_on_after_signing_in(visit, world, at) -> None:
    case = building.draft(world, at, building.complete_answers())
    page = visit("handler", "form", case)
    page.locator("#s-employment summary").click()
    page.context.clear_cookies(name="sessionid")
    page.locator("#f-position").fill("光学总监")
    expect(page.locator("#save-state")).to_contain_text("登录已过期，您填写的内容已保留")
    expect(page.locator("#save-state a")).to_have_attribute("target", "_blank")
    expect(page.locator("#f-position")).to_have_value("光学总监")
    page.context.clear_cookies()
    visit.sign_in(page.context, "handler")
    page.locator("#f-position").press("End")
    page.locator("#f-position").press_sequentially("A")
    saved(page)
    assert answers_of(case)["position"] == "光学总监A", "a token that signing in changed is renewed by itself"


def test_two_tabs_are_told_of_each_other(visit, world, at) -> None:
    case = building.draft(world, at, building.complete_answers())
    page = visit("handler", "form", case)
    page.locator("#s-employment summary").click()
    actions.save_answers(
        case_id=case.id, changes={"position": "新的职务", "position_en": "New"}, base=case.revision,
        actor=world.second_handler, at=at,
    )
    page.locator("#f-position").fill("我的职务")
    dialog = page.locator("#lf-open-conflict")
    expect(dialog).to_contain_text("何望舒")
    expect(dialog).to_contain_text("我的职务")
    expect(dialog).to_contain_text("新的职务")
    assert answers_of(case)["position"] == "新的职务"
    dialog.get_by_text("用我的", exact=True).click()
    dialog.get_by_role("button", name="按所选保存").click()
    saved(page)
    expect(page.locator("#f-position_en")).to_have_value("New")
    assert answers_of(case)["position"] == "我的职务"


def test_choosing_the_newer_brings_it_to_the_page(visit, world, at) -> None:
    case = building.draft(world, at, building.complete_answers())
    page = visit("handler", "form", case)
    page.locator("#s-employment summary").click()
    actions.save_answers(
        case_id=case.id, changes={"position": "新的职务"}, base=case.revision, actor=world.second_handler, at=at
    )
    page.locator("#f-position").fill("我的职务")
    page.locator("#lf-open-conflict").get_by_role("button", name="按所选保存").click()
    expect(page.locator("#f-position")).to_have_value("新的职务")
    saved(page)
    assert answers_of(case)["position"] == "新的职务"


def test_a_choice_made_while_the_line_is_cut_is_kept(visit, world, at) -> None:
    case = building.draft(world, at, building.complete_answers())
    page = visit("handler", "form", case)
    page.locator("#s-employment summary").click()
    actions.save_answers(
        case_id=case.id, changes={"position": "新的职务"}, base=case.revision, actor=world.second_handler, at=at
    )
    page.locator("#f-position").fill("我的职务")
    expect(page.locator("#lf-open-conflict")).to_be_visible()
    page.context.set_offline(True)
    page.locator("#lf-open-conflict").get_by_role("button", name="按所选保存").click()
    expect(page.locator("#save-state")).to_contain_text("未保存，网络恢复后自动重试")
    page.context.set_offline(False)
    expect(page.locator("#f-position")).to_have_value("新的职务")
    saved(page)
    assert answers_of(case)["position"] == "新的职务"


def test_what_was_changed_elsewhere_is_brought_even_where_one_stands(visit, world, at) -> None:
    case = building.draft(world, at, building.complete_answers())
    page = visit("handler", "form", case)
    page.locator("#s-employment summary").click()
    actions.save_answers(
        case_id=case.id, changes={"position": "新的职务"}, base=case.revision, actor=world.second_handler, at=at
    )
    page.locator("#f-position_en").fill("Optics")
    page.locator("#f-position").focus()
    expect(page.locator("#f-position")).to_have_value("新的职务")
    expect(page.locator("#f-position")).to_be_focused()
    page.keyboard.press("End")
    with page.expect_response("**/form/save/"):
        page.keyboard.type("A")
    assert answers_of(case)["position"] == "新的职务A"


def test_rows_are_added_and_removed(visit, world, at) -> None:
    case = building.draft(world, at, building.complete_answers())
    page = visit("handler", "form", case)
    page.locator("#s-education summary").click()
    page.get_by_role("button", name="添加一条教育经历").click()
    expect(page.locator("[data-lf-rows=education] > [data-lf-row]")).to_have_count(4)
    expect(page.locator("#f-education-3-school")).to_be_focused()
    page.keyboard.type("Example Academy")
    saved(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("[data-lf-remove='education.0']").click()
    expect(page.locator("[data-lf-rows=education] > [data-lf-row]")).to_have_count(3)
    expect(page.locator("#f-education-2-school")).to_have_value("Example Academy")
    saved(page)
    assert [row["school"] for row in answers_of(case)["education"]][-1] == "Example Academy"


def test_going_on_shows_all_gaps_and_a_mended_field_loses_its_error(visit, world, at) -> None:
    case = building.draft(world, at, building.complete_answers(surname=None, work_address="上海市浦东新区望江路"))
    page = visit("handler", "form", case)
    page.get_by_role("button", name="下一步：上传材料").click()
    expect(page.locator(".lh-error-summary")).to_contain_text("有2处需要更正")
    page.locator(".lh-error-summary a").first.click()
    expect(page.locator("#f-surname")).to_be_focused()
    page.keyboard.type("LINDQVIST")
    page.locator("#f-given_names").focus()
    expect(page.locator("#f-surname-error")).to_have_count(0)
    expect(page.locator("#f-work_address-error")).to_be_visible()
    page.locator("#f-work_address").fill("上海市浦东新区望江路88号")
    page.get_by_role("button", name="下一步：上传材料").click()
    page.wait_for_url("**/materials/")


def test_uploads_show_in_their_row_and_refusals_too(visit, world, at, tmp_path) -> None:
    case = building.draft(world, at, building.complete_answers())
    page = visit("handler", "materials", case)
    row = page.locator("#material-passport")
    row.locator("input[type=file]").set_input_files({"name": "大.pdf", "mimeType": "application/pdf", "buffer": b"%PDF" * 600_000})
    expect(row.locator("[data-lm-refusal]")).to_contain_text("超过上限2.0 MB")
    row.locator("input[type=file]").set_input_files({"name": "坏.pdf", "mimeType": "application/pdf", "buffer": b"no pdf at all"})
    expect(row.locator("[data-lm-refusal]")).to_contain_text("不是PDF")
    row.locator("input[type=file]").set_input_files({"name": "护照.pdf", "mimeType": "application/pdf", "buffer": samples.scan()})
    row = page.locator("#material-passport")
    expect(row).to_contain_text("护照.pdf")
    expect(row).to_contain_text("已上传")
    expect(page.locator("#material-counts")).to_contain_text("已上传")
    row.get_by_role("link", name="查看").click()
    expect(page.locator("#preview img")).to_have_count(1)
    assert page.locator("#preview img").evaluate("(one) => one.decode().then(() => one.naturalWidth)") >= 1000
    page.keyboard.press("Escape")
    row.get_by_role("link", name="删除").click()
    page.locator("#remove").get_by_role("button", name="删除材料").click()
    expect(page.locator("#material-passport")).to_contain_text("未上传")


def test_without_script_the_same_is_done_with_buttons(visit, world, at) -> None:
    case = building.draft(world, at, building.complete_answers(position=None))
    page = visit("handler", "form", case, java_script_enabled=False, query="?check=1")
    page.locator("#f-position").fill("光学研发经理")
    page.get_by_role("button", name="下一步：上传材料").click()
    assert page.url.endswith("/materials/")
    row = page.locator("#material-passport")
    row.locator("input[type=file]").set_input_files({"name": "护照.pdf", "mimeType": "application/pdf", "buffer": samples.scan()})
    row.get_by_role("button", name="上传").click()
    expect(page.locator("#material-passport")).to_contain_text("护照.pdf")
    assert answers_of(case)["position"] == "光学研发经理"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_nothing_serious_and_nothing_sideways(visit, live_server, world, at, language, width) -> None:
    gaps = building.draft(world, at, building.complete_answers(work_address="上海市浦东新区望江路", education=None))
    returned = building.returned_case(world, at)
    options = {"locale": language, "viewport": {"width": width, "height": 900}, "bypass_csp": True}
    page = visit("handler", "form", gaps, **options)
    for case, name, query in (
        (gaps, "form", "?check=1"), (gaps, "materials", ""), (gaps, "check", ""),
        (returned, "form", ""), (returned, "materials", ""),
    ):
        page.goto(live_server.url + reverse(f"applicant:{name}", args=[case.id]) + query)
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, name
        page.evaluate(AXE)
        found = [f"{v['impact']} {v['id']} {v['nodes'][0]['target']}" for v in page.evaluate(RUN)]
        assert found == [], name
