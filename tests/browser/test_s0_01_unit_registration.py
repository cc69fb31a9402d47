"""S0 §01 新单位注册, page by page: 首页 → 我的单位基本信息 → 注册单位基本信息 → 保存 → 打印单位注册表 → 单位附件信息 → 提交审核."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import expect

from laihua.accounts.models import Account
from laihua.cases.models import Proceeding
from tests import unit_files as files
from tests.browser.conftest import Enter, aside
from tests.browser.visitor import Visitor
from tests.prechecks import samples
from tests.unit_files import REGISTRATION
from tests.world import World

FORM = "registration_form"
OTHERS = ("legal_proof", "identity_papers", "mandate", "employment_proof")


@pytest.mark.req("UNI-1")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_s0_01_new_unit_registers(
    language: str, enter: Enter, people: World, run_jobs: Callable[[], int], at: datetime
) -> None:
    Account.objects.update(language=language)
    unit = enter(language, who=people.client("handler", language))
    find_the_page(unit)
    fill_in_and_save(unit)
    old = scan(unit, print_from_the_form(unit))
    change_something(unit)
    upload_attachments(unit)
    an_outdated_print_is_refused(unit, old)
    upload(unit, FORM, scan(unit, print_from_the_list(unit)))
    case = submit(unit)
    run_jobs()
    aside(lambda: approve(people, case, at))
    run_jobs()
    unit.go(f"/cases/{case}/")
    unit.says("已注册", "Registered")


def find_the_page(unit: Visitor) -> None:
    unit.go("/")
    family = unit.page.locator(".lh-services", has=unit.page.get_by_role("heading", name=unit.word("我的单位基本信息", "My unit")))
    unit.click("在线办理 注册单位基本信息", "Apply online Register basic information of the unit", role="link", within=family)
    expect(unit.page.locator("h1")).to_have_text(unit.word("注册单位基本信息", "Register basic information of the unit"))
    unit.click("开始填写", "Start")
    unit.page.wait_for_url("**/form/")


def fill_in_and_save(unit: Visitor) -> None:
    page, answers = unit.page, files.answers_of(REGISTRATION)
    expect(page.get_by_role("heading", name=unit.word("单位基本信息", "Basic information of the unit"), exact=True)).to_be_visible()
    expect(unit.page.locator("#f-registered_address")).to_have_value("上海市浦东新区望江路88号")
    unit.type_all({k: v for k, v in answers.items() if k != "handlers"})
    expect(page.get_by_role("heading", name=unit.word("经办人信息", "Handlers"))).to_be_visible()
    page.locator("details[data-lf-section='handlers'] > summary").click()
    unit.type_rows("handlers", answers["handlers"])
    with page.expect_navigation():
        page.get_by_role("button", name=unit.word("保存", "Save"), exact=True).click()
    expect(page.locator("#f-postcode")).to_have_value("200120")


def print_from_the_form(unit: Visitor) -> bytes:
    """It opens in a tab beside, in the browser's own viewer."""
    with unit.page.context.expect_event("request", lambda request: request.url.endswith("/form.pdf")) as asked:
        unit.click("打印单位注册表", "Print unit registration form")
    return content_of(unit, asked.value.url)


def print_from_the_list(unit: Visitor) -> bytes:
    link = unit.row(FORM).get_by_role("link", name=unit.word("打印单位注册表", "Print unit registration form"))
    return content_of(unit, unit.server + str(link.get_attribute("href")))


def content_of(unit: Visitor, url: str) -> bytes:
    answer = unit.page.context.request.get(url)
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def scan(unit: Visitor, pdf: bytes) -> bytes:
    return aside(lambda: files.scanned(pdf, dpi=150, turned=1.2))


def change_something(unit: Visitor) -> None:
    page = unit.page
    with page.expect_response(lambda r: "/form/save/" in r.url and "87" in (r.request.post_data or "")):
        unit.type("employees", "87")
    with page.expect_navigation():
        unit.click("下一步", "Next")
    page.wait_for_url("**/materials/")


def upload(unit: Visitor, key: str, content: bytes) -> None:
    unit.upload(key, f"{key}.pdf", content)
    expect(unit.row(key).locator(".lh-material-state")).to_contain_text(unit.word("已上传", "Uploaded"))


def upload_attachments(unit: Visitor) -> None:
    expect(unit.page.get_by_role("heading", name=unit.word("单位附件信息", "Attachments of the unit")).last).to_be_visible()
    for key in OTHERS:
        upload(unit, key, samples.scan(samples.page_image(text=key)))


def an_outdated_print_is_refused(unit: Visitor, old: bytes) -> None:
    unit.upload(FORM, "old.pdf", old)
    refusal = unit.row(FORM).locator("[data-lm-refusal] li")
    expect(refusal).to_contain_text(unit.word(
        "打印之后又修改了：职工人数。请重新打印、签章、扫描后上传", "Changed since this was printed: Number of employees. Please print"
    ))
    expect(unit.row(FORM).locator(".lh-material-state")).to_contain_text(unit.word("未上传", "Not uploaded"))


def submit(unit: Visitor) -> str:
    page = unit.page
    unit.on_to_submitting()
    page.wait_for_url("**/check/")
    expect(page.locator(".lh-error-summary")).to_have_count(0)
    unit.click("提交审核", "Submit for review")
    page.wait_for_url(lambda url: not url.endswith("/check/"))
    unit.says("资料审核", "Review")
    return str(page.url.rstrip("/").rpartition("/")[2])


def approve(people: World, case: Any, at: datetime) -> None:
    from laihua.cases import actions

    assert Proceeding.objects.get(case_id=case).step == "review"
    desk = people.client("local_registrar").get("/desk/?tab=review")
    assert Proceeding.objects.get(case_id=case).number in desk.content.decode()
    files.accept_all(case, people.local_registrar, at)
    actions.move(case_id=case, move="approve", actor=people.local_registrar, at=at)
