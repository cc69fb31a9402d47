"""The manual of the residence points pre-review, section by section, in both languages."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from laihua.accounts.models import Account
from laihua.cases import actions
from laihua.cases.models import Case, CaseEvent, Proceeding
from tests import points
from tests import world as building
from tests.browser.conftest import Enter, aside
from tests.browser.visitor import Visitor
from tests.cases import told_service
from tests.world import World

LANGUAGES = pytest.mark.parametrize("language", ["zh-hans", "en"])
LOOK = os.environ.get("LOOK_AT", "")


def look(visitor: Visitor, name: str) -> None:
    """Pictures for whoever wants to see the pages: LOOK_AT=/tmp/pictures."""
    if LOOK:
        for width in (1280, 390):
            visitor.page.set_viewport_size({"width": width, "height": 900})
            visitor.page.screenshot(path=Path(LOOK) / f"{name}-{visitor.language}-{width}.png", full_page=True)
        visitor.page.set_viewport_size({"width": 1280, "height": 900})


def hand_in(person: Visitor, case: Case) -> None:
    """Where the move asks first, the question is answered."""
    with person.page.expect_navigation():
        person.page.locator(".lh-actions .btn-primary").click()
    if "/moves/" in person.page.url:
        person.page.locator("main form .btn-primary").click()
    person.page.wait_for_url(f"**/cases/{case.id}/")


@LANGUAGES
@pytest.mark.req("RP-1", "RP-2", "RP-3")
def test_s2_1_and_2_who_is_let_in_the_type_and_what_is_ticked(language: str, enter: Enter, people: World, at: datetime) -> None:
    """一 1-3: seen after authentication, conditions checked first. 二 1-2: type, validity, 承诺 and 服务须知."""
    Account.objects.update(language=language)
    aside(lambda: people.client("subject", language).get("/"))     # the catalogue is compiled once for a process
    person = enter(language, who=people.client("subject", language))
    item = person.page.locator(f"a[href='/services/{points.ID}/']").first
    person.go("/")
    expect(item).to_have_count(0)
    person.go(f"/start/{points.ID}/")
    person.says("您还没有通过实名认证", "You have not passed real-name authentication")
    person.says("021-5550 0127", "021-5550 0127")
    look(person, "1-refused")
    aside(lambda: told_service.employ(people, at))
    person.go("/")
    expect(item).to_be_visible()
    person.go(f"/start/{points.ID}/")
    person.says("从未办理过居住证积分或人才引进居住证", "Never had residence points")
    person.page.locator("label:has(input[value=new])").click()
    person.page.locator("[name=permit_expiry]").fill("2026-12-12")
    person.click("下一步", "Next")
    person.says("请先进行居住证签注后再办理积分", "Have the residence permit endorsed first")
    look(person, "2-too-short")
    person.page.locator("[name=permit_expiry]").fill("2027-08-25")
    person.click("下一步", "Next")
    person.says("本人承诺以下所述内容及所上传的资料确系真实", "I promise that what I state below")
    look(person, "2-statements")
    person.page.locator("[name='agree.undertaking']").check()
    person.click("下一步：填写基本信息", "Next: basic information")
    expect(person.page.locator(".lh-error-summary")).to_contain_text(person.word("服务须知", "Service notice"))
    person.page.locator("[name='agree.notice_new']").check()
    person.click("下一步：填写基本信息", "Next: basic information")
    person.page.wait_for_url("**/form/")
    words = CaseEvent.objects.get(case=Case.objects.get(), move="start").details["statements"]
    assert [one["key"] for one in words] == ["undertaking", "notice_new"]


@LANGUAGES
@pytest.mark.req("RP-4", "RP-5", "RP-6", "RP-7")
def test_s2_3_form_list_and_documents(language: str, enter: Enter, people: World, at: datetime) -> None:
    """三 1-4: basic information, 暂存, 生成材料 with its errors, the list out of date, uploads, 提交."""
    Account.objects.update(language=language)
    case = aside(lambda: points.draft(people, at, edu_school=""))
    person = enter(language, who=people.client("subject", language))
    person.go(f"/cases/{case.id}/form/")
    for fixed in ("full_name", "id_number", "employer"):
        assert person.place(fixed).locator("input:not([type=hidden])").count() == 0, fixed
    look(person, "3-form")
    person.click("生成材料", "Make the list")
    dialog = person.page.locator("dialog#form-errors")
    expect(dialog).to_contain_text(person.word("输入项错误或者必填项没有输入请先检查", "Something is wrong or missing, please check first"))
    look(person, "3-errors")
    dialog.get_by_role("button", name=person.word("确定", "OK")).click()
    expect(person.place("edu_school").locator("input:not([type=hidden])")).to_be_focused()
    expect(person.place("edu_school").locator(".lh-error")).to_contain_text(person.word("必填字段", "Required"))
    with person.page.expect_response("**/form/save/"):
        person.type("edu_school", "示例大学")
    with person.page.expect_navigation():
        person.page.locator(".lh-actions button[value=save]").click()
    person.click("生成材料", "Make the list")
    person.page.wait_for_url("**/materials/")
    expect(person.row("degree")).to_be_visible()
    look(person, "3-materials")
    person.upload("permit", "permit.png", b"not a pdf", "image/png")
    expect(person.row("permit").locator("[data-lm-refusal]")).to_contain_text(
        person.word("如何生成符合要求的PDF文件", "How to make a PDF file that fits"))
    person.upload("permit", "permit.pdf", building.pdf())
    expect(person.row("permit").locator(".lh-material-state")).to_contain_text(person.word("已上传", "Uploaded"))

    person.go(f"/cases/{case.id}/form/")
    with person.page.expect_response("**/form/save/"):
        person.type("edu_level", "undergraduate")
    changed = person.page.locator("#form-checklist")
    expect(changed).to_contain_text(person.word("材料清单已过期", "out of date"))
    expect(changed.locator("del")).to_have_count(1)
    look(person, "3-outdated-form")
    person.go(f"/cases/{case.id}/materials/")
    expect(person.row("degree").locator(".lh-material-state")).to_contain_text(person.word("不再需要", "No longer needed"))
    look(person, "3-outdated-materials")
    person.go(f"/cases/{case.id}/check/")
    expect(person.page.locator(".lh-error-summary")).to_contain_text(person.word("请重新点击“生成材料”", "press “Make the list” again"))
    person.go(f"/cases/{case.id}/materials/")
    person.click("重新生成材料", "Make the list again")
    person.page.wait_for_url("**/materials/")
    expect(person.row("degree")).to_have_count(0)
    expect(person.row("permit").locator(".lh-material-state")).to_contain_text(person.word("已上传", "Uploaded"))
    aside(lambda: points.upload(case, people, at))
    person.go(f"/cases/{case.id}/check/")
    hand_in(person, case)
    assert Proceeding.objects.get(case=case).step == "pre_review"


@LANGUAGES
@pytest.mark.req("RP-9", "RP-10")
def test_s2_4_and_5_progress_and_what_comes_back(
    language: str, enter: Enter, people: World, at: datetime, run_jobs: Callable[[], int]
) -> None:
    """四: the line with its hints. 五: the summary on the line, the reason at each document, the rest locked."""
    Account.objects.update(language=language)
    case = aside(lambda: points.returned(people, at))
    person = enter(language, who=people.client("subject", language))
    person.go(f"/cases/{case.id}/")
    hint = person.page.locator(".lh-line-hint p:visible")
    expect(hint).to_contain_text("请进入详情页按提示补充退回材料")
    expect(hint).to_contain_text(person.word("身份证或居住证有效期不足", "Identity card or residence permit with too little left"))
    look(person, "5-returned")
    steps = person.page.locator(".lh-line-step")
    steps.last.hover()
    expect(hint).to_contain_text(person.word("积分已核定", "points are set"))
    steps.nth(2).focus()
    expect(hint).to_contain_text(person.word("人社局官网", "official site"))
    person.go(f"/start/{points.ID}/")
    expect(person.page.locator(".fp-case .lh-line-summary")).to_contain_text("请进入详情页按提示补充退回材料")
    look(person, "5-mine")
    person.go(f"/cases/{case.id}/materials/")
    expect(person.row("permit")).to_contain_text("有效期只剩一个月")
    assert person.row("contract").locator("input[type=file]").count() == 0, "accepted documents are locked"
    look(person, "5-materials")
    person.upload("permit", "permit.pdf", building.pdf(2))
    expect(person.row("permit").locator(".lh-material-state")).to_contain_text(person.word("已上传", "Uploaded"))
    person.go(f"/cases/{case.id}/check/")
    hand_in(person, case)
    assert Proceeding.objects.get(case=case).step == "pre_review"


@LANGUAGES
@pytest.mark.req("RP-11", "RP-12")
def test_s2_6_and_7_confirmation_and_what_stays(language: str, enter: Enter, people: World, at: datetime) -> None:
    """六: 确认申办信息 or 申办信息有误, and what the hall does by itself. 七: finished cases stay with all their steps."""
    Account.objects.update(language=language)
    case = aside(lambda: points.reported(people, at))
    officer = enter(language, who=people.client("pre_reviewer", language))
    officer.go(f"/desk/cases/{case.id}/record/")
    officer.says("通知还没有送达", "The notice has reached nobody")
    look(officer, "6-record")
    person = enter(language, who=people.client("subject", language))
    person.go(f"/cases/{case.id}/")
    person.says("通知送达之前不会自动办理", "before that nothing happens")
    aside(lambda: points.deliver(at))
    person.go(f"/cases/{case.id}/")
    person.says("系统将于2026-11-15 00:00自动确认申办信息", "At 2026-11-15 00:00 (China time) the hall acts by itself")
    look(person, "6-confirm")
    person.click("申办信息有误", "Something is wrong")
    person.page.locator("dialog[open] textarea").fill("学历填错了")
    look(person, "6-wrong")
    person.page.locator("dialog[open] .lh-dialog-foot .btn").last.click()
    person.page.wait_for_load_state()
    assert Proceeding.objects.get(case=case).step == "reporting"

    def by_itself() -> None:
        again = {"case_id": case.id, "actor": people.pre_reviewer, "at": at}
        actions.claim(**again)
        from laihua.cases.jobs import announce

        announce(str(actions.move(move="report", text="2026-11-12 编号0002", **again).event_id))
        points.deliver(at)
        actions.fire_due_moves(at=at + timedelta(days=3))

    aside(by_itself)
    person.go(f"/cases/{case.id}/")
    person.says("系统自动确认申办信息：通知", "Confirmed by the hall after two calendar days without action: the notice")
    expect(person.page.get_by_text(person.word("对自动确认提出异议", "Object to the automatic confirmation")).first).to_be_visible()
    look(person, "6-auto")

    def to_the_end() -> None:
        for move in ("accept", "finish"):
            last = {"case_id": case.id, "actor": people.pre_reviewer, "at": at}
            actions.claim(**last)
            actions.move(move=move, text="2026-11-25 收件凭证0003" if move == "accept" else "", **last)

    aside(to_the_end)
    person.go(f"/start/{points.ID}/?tab=done")
    expect(person.page.locator(".fp-case .lh-done").first).to_be_visible()
    look(person, "7-done")
    person.go("/my/?tab=done")
    person.page.get_by_role("link", name=case.number).click()
    expect(person.page.locator(".lh-history > li").nth(5)).to_be_visible()
