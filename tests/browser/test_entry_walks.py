"""The manuals' sections on entering a system, page by page, as a person goes through them, in Chinese and in English.

S3: 外国专家项目管理信息系统, sections 2.1.3 to 2.1.5 and 2.2 (3 to 5). S1: 外国人来华工作管理服务系统, sections 5, 6 and 8.
"""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from laihua.accounts import actions as accounts
from laihua.accounts.models import Account
from laihua.accounts.permissions import SYSTEM
from laihua.units.models import Enrolment
from tests.browser.conftest import PICTURES, Enter

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGES = pytest.mark.parametrize("language", ["zh-hans", "en"])
EXPERTS = "/enter/expert_projects/"
SECRET = ("请勿上传涉密材料", "Do not upload classified material")


def enrol(at: datetime, *, unit: Any = None, person: Account | None = None, state: str = "approved") -> None:
    Enrolment.objects.update_or_create(
        system="expert_projects", organisation_id=unit.id if unit else None, account=person, defaults={"state": state, "changed_at": at},
    )


def legal_account(world: Any, at: datetime) -> Account:
    firm = accounts.create_account(kind="legal", login_name="yanqiao_firm", password=None, name_zh="上海砚桥精密仪器有限公司",
                                   phone="+8613800008888", actor=SYSTEM, at=at)
    accounts.grant_role(account_id=firm.id, organisation_id=world.unit.id, role="unit_admin", actor=SYSTEM, at=at)
    world.accounts["firm"] = firm
    return firm


def picture(visitor: Any, name: str) -> None:
    if visitor.language == "zh-hans":
        visitor.page.screenshot(path=PICTURES / f"entry-{name}.png", full_page=True)


@LANGUAGES
@pytest.mark.req("ENT-1", "ENT-2")
@pytest.mark.parametrize("section", ["S3 2.1.3", "S3 2.2.3"])
def test_s3_2_1_3_and_2_2_3_profiles_under_review(people: Any, at: datetime, enter: Enter, language: str, section: str) -> None:
    """(一) 完善单位信息审核中, (二) 完善个人信息审核中; for a legal person and for a natural one."""
    account = legal_account(people, at) if section == "S3 2.1.3" else people.accounts["handler"]
    who = people.client("firm" if section == "S3 2.1.3" else "handler", language)
    enrol(at, unit=people.unit, state="review")
    visitor = enter(language, who=who).go(EXPERTS)
    visitor.says("该单位注册信息已经提交，请等待归口管理单位审核", "The registration of this unit has been submitted")
    red = visitor.page.locator(".lh-state-official")
    assert red.evaluate("e => getComputedStyle(e).color") == "rgb(179, 45, 35)"
    expect(visitor.page.locator(".lh-facts-two > div")).to_have_count(8)
    visitor.says(*SECRET)
    expect(visitor.page.get_by_text(people.unit.credit_code)).to_be_visible()
    expect(visitor.page.get_by_text(account.phone)).to_have_count(0)
    picture(visitor, f"pending-{section}")
    enrol(at, unit=people.unit)
    enrol(at, person=account, state="review")
    visitor.click("刷新状态", "Refresh", role="link")
    visitor.says("该用户注册信息已经提交，请等待归口管理单位审核", "The registration of this user has been submitted")
    enrol(at, person=account)
    visitor.click("刷新状态", "Refresh", role="link")
    visitor.page.wait_for_url("**/systems/expert_projects/")


@LANGUAGES
@pytest.mark.req("ENT-3")
@pytest.mark.parametrize("section", ["S3 2.1.4", "S3 2.2.4"])
def test_s3_2_1_4_and_2_2_4_suspended_then_settled_by_the_operator(
    people: Any, at: datetime, enter: Enter, language: str, section: str
) -> None:
    is_firm = section == "S3 2.1.4"
    account = legal_account(people, at) if is_firm else people.accounts["handler"]
    accounts.create_account(
        kind=account.kind, login_name="older_one", password=None, name_zh=account.name_zh, phone=account.phone, actor=SYSTEM,
        at=at - timedelta(days=300),
    )
    enrol(at, unit=people.unit)
    enrol(at, person=account)
    visitor = enter(language, who=people.client("firm" if is_firm else "handler", language)).go(EXPERTS)
    visitor.says("该用户账号疑似重复被挂起，请等待管理员处理，处理完成后用户手机号码会收到短信提醒，无需重复提交",
                 "This account is suspended as a suspected duplicate")
    visitor.page.locator(".le-say summary").click()
    visitor.page.get_by_label(visitor.word("说明", "Statement")).fill("公司与本人共用一部手机")
    visitor.page.locator(".le-say form button").click()
    visitor.says("说明已提交", "Your statement was sent")
    picture(visitor, f"suspended-{section}")

    desk = enter(language, who=people.client("operator", language)).go("/operator/duplicates/")
    desk.page.get_by_role("link", name=desk.word("比对", "Compare")).first.click()
    expect(desk.page.get_by_text("公司与本人共用一部手机")).to_be_visible()
    expect(desk.page.get_by_text(account.phone)).to_have_count(0)
    desk.page.locator("tr.lo-same .lh-masked button").first.click()
    expect(desk.page.get_by_text(account.phone)).to_be_visible()
    picture(desk, f"pair-{section}")
    desk.page.get_by_text(desk.word("分别保留：", "Keep both:")).click()
    desk.page.get_by_label(desk.word("处理依据", "Grounds")).fill("电话核对，是两个人")
    desk.page.locator("main button.btn-primary").click()
    desk.says("已处理，短信通知已发出", "Decided; the account is told by SMS")
    from laihua.notifications.models import OutboxMessage

    assert OutboxMessage.objects.filter(channel="sms", account=account).count() == 1
    visitor.click("刷新状态", "Refresh", role="link")
    visitor.page.wait_for_url("**/systems/expert_projects/")


@LANGUAGES
@pytest.mark.req("ENT-4")
@pytest.mark.parametrize("section", ["S3 2.1.5", "S3 2.2.5"])
def test_s3_2_1_5_and_2_2_5_the_home_page(people: Any, at: datetime, enter: Enter, language: str, section: str) -> None:
    """2.2.5: who belongs to several units chooses first: 选择正确的企业名称 → 进入系统."""
    is_firm = section == "S3 2.1.5"
    account = legal_account(people, at) if is_firm else people.accounts["handler"]
    enrol(at, unit=people.unit)
    enrol(at, person=account)
    if not is_firm:
        accounts.grant_role(account_id=account.id, organisation_id=people.other_unit.id, role="handler", actor=SYSTEM, at=at)
    visitor = enter(language, who=people.client("firm" if is_firm else "handler", language)).go(EXPERTS)
    if not is_firm:
        visitor.says("请选择正确的企业名称", "Choose for whom you act")
        row = visitor.page.get_by_role("listitem").filter(has_text=visitor.word(people.unit.name_zh, people.unit.name_en))
        visitor.click("进入系统", "Enter", within=row)
    visitor.page.wait_for_url("**/systems/expert_projects/")
    bar = visitor.page.locator("header")
    expect(bar.get_by_text(account.name_zh).first).to_be_visible()
    role = ("用人单位管理员", "Employer administrator") if is_firm else ("用人单位申报用户", "Employer applicant user")
    expect(bar.get_by_text(visitor.word(*role)).first).to_be_visible()
    expect(bar.get_by_role("link", name=visitor.word("使用帮助", "Help")).first).to_be_visible()
    visitor.says(*SECRET)
    picture(visitor, f"home-{section}")
    bar.get_by_role("button", name=visitor.word("退出系统", "Leave the system")).first.click()
    visitor.page.wait_for_url("**/sign-in/**")


@LANGUAGES
@pytest.mark.req("ACC-13", "ENT-1")
def test_s1_5_and_6_the_entry_in_the_catalogue_and_the_first_entry(people: Any, at: datetime, enter: Enter, language: str) -> None:
    """服务事项 → the item's entry button; the first entry asks for the unit's information and its review."""
    Enrolment.objects.filter(organisation_id=people.unit.id).delete()
    visitor = enter(language, who=people.client("handler", language)).go("/")
    visitor.page.locator("a[href='/services/work_permit.new/']").first.click()
    visitor.page.locator("a.lh-start").click()
    visitor.page.wait_for_url("**/start/unit.filing/")
    visitor.says("请先填写单位信息，审核通过后即可进入", "please fill in the unit's profile")
    Enrolment.objects.create(system="one_network", organisation_id=people.unit.id, state="approved", changed_at=at)
    visitor.go("/services/work_permit.new/")
    visitor.page.locator("a.lh-start").click()
    visitor.page.wait_for_url("**/start/work_permit.new/")


@LANGUAGES
@pytest.mark.req("ACC-14")
def test_s1_8_earlier_cases_are_linked_by_the_operator(
    people: Any, at: datetime, enter: Enter, language: str, tmp_path: Path
) -> None:
    from laihua.cases.actions.earlier import import_earlier_cases
    from tests.portal.operator.test_earlier import HEAD, ROWS

    file = tmp_path / "earlier.csv"
    file.write_text(HEAD + ROWS, encoding="utf-8")
    import_earlier_cases(path=file, at=at)
    user = enter(language, who=people.client("handler", language)).go("/my/?tab=done")
    expect(user.page.get_by_text("OLD-2019-0001")).to_have_count(0)
    desk = enter(language, who=people.client("operator", language)).go("/operator/earlier/")
    desk.page.get_by_label(desk.word("原登录名", "Old login name")).fill("WPyanqiao")
    desk.page.get_by_label(desk.word("现在的登录名", "Present login name")).fill("demo_handler")
    desk.page.locator("main button.btn-primary").click()
    desk.says("信用代码一致", "credit code agrees")
    desk.page.locator(".lo-decide label", has_text=people.unit.credit_code).click()
    desk.page.get_by_label(desk.word("核对了什么", "What was checked")).fill("来电核对单位、信用代码和经办人姓名")
    picture(desk, "earlier")
    desk.page.locator("main button.btn-primary").click()
    desk.says("已关联2件", "2 cases linked")
    user.go("/my/?tab=done")
    user.says("以前系统的办件", "Cases of earlier systems")
    expect(user.page.get_by_text("OLD-2019-0001")).to_be_visible()
    picture(user, "earlier-list")
