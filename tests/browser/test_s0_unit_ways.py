"""S0 §2 方法二, §3, §4 and notes 1–3, walked page by page in both languages."""

import re
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import expect

from laihua.accounts.models import Account, Captcha, SignInEntry
from laihua.cases.models import Case
from laihua.units.models import Delegation
from tests import agencies
from tests import people as making
from tests.agencies import CODE, CODED, CONTACT, Agencies
from tests.browser.conftest import PICTURES, Enter
from tests.browser.visitor import Visitor
from tests.world import WORK_PERMIT, World

pytestmark = pytest.mark.django_db(transaction=True)
both = pytest.mark.parametrize("language", ["zh-hans", "en"])


@pytest.fixture
def them(people: World, at: datetime) -> Agencies:
    return agencies.build(people, at)


def captcha(visitor: Visitor) -> None:
    """What a person reads in the picture, the test reads in the table."""
    shown = visitor.page.locator("[name=captcha_id]").input_value()
    visitor.page.locator("[name=captcha]").fill(Captcha.objects.get(id=shown).answer)


def code(visitor: Visitor) -> None:
    captcha(visitor)
    visitor.click("发送短信验证码", "Send the code")
    sent = visitor.page.locator("[data-demo-sms]").inner_text()
    visitor.page.locator("[name=code]").fill(sent)


def field(visitor: Visitor, zh: str, en: str) -> Any:
    return visitor.page.get_by_label(visitor.word(zh, en), exact=True)


def picture(visitor: Visitor, name: str) -> None:
    language = "en" if visitor.language == "en" else "zh"
    width = (visitor.page.viewport_size or {"width": 1280})["width"]
    visitor.page.screenshot(path=PICTURES / f"{name}-{language}-{width}.png", full_page=True)


def special(visitor: Visitor, unit_code: str, unit_name: str, phone: str) -> None:
    visitor.go("/sign-in/")
    visitor.click("特殊登录", "Special sign-in", role="link")
    field(visitor, "单位代码", "Unit code").fill(unit_code)
    field(visitor, "单位名称", "Name of the unit").fill(unit_name)
    field(visitor, "手机号码", "Mobile number").fill(phone)


@both
@pytest.mark.req("SES-2", "SES-3", "SES-6")
def test_s0_2_method_2_special_sign_in_and_s0_3_check_of_the_handler(language: str, enter: Enter, them: Agencies) -> None:
    visitor = enter(language)
    special(visitor, CODE, CODED, CONTACT)
    picture(visitor, "special")
    code(visitor)
    picture(visitor, "special-sent")
    visitor.click("开始", "Begin")
    visitor.page.wait_for_url("**/way-in/")
    visitor.says("我要注册", "Register")
    picture(visitor, "unit-way")

    visitor.click("我要登录", "Sign in", role="link", within=visitor.page.locator("main"))
    field(visitor, "选择经办人", "Choose a handler").select_option("白若溪")
    visitor.click("进入系统", "Enter")
    field(visitor, "本单位注册有效经办人手机", "Mobile number registered for this handler").fill("138 0000 8002")
    code(visitor)
    picture(visitor, "unit-handler")
    visitor.click("进入系统", "Enter")
    expect(visitor.page.locator("header")).to_contain_text(visitor.word(CODED, "Example Institute"))
    picture(visitor, "unit-entered")

    # Note 1: what the log keeps
    entry = SignInEntry.objects.get()
    assert (entry.way, entry.unit_code, entry.unit_name, entry.phone) == ("special", CODE, CODED, CONTACT)
    assert entry.handler_id == them.coded_handler.id


@both
@pytest.mark.req("SES-5")
def test_s0_note_3_an_agency_comes_through_the_portal_alone(language: str, enter: Enter, them: Agencies) -> None:
    visitor = enter(language)
    special(visitor, them.agency.credit_code, them.agency.name_zh, "13800008001")
    captcha(visitor)
    visitor.click("发送短信验证码", "Send the code")
    visitor.says("代理机构统一从一网通办登录进入系统，不能使用特殊登录", "Agencies enter through the government portal alone")
    picture(visitor, "special-agency")
    way = visitor.page.locator(".lh-callout-red").get_by_role("link")
    expect(way).to_have_attribute("href", "/portals/")


@both
@pytest.mark.req("SES-4")
def test_s0_4_one_matter_one_delegation(language: str, enter: Enter, them: Agencies) -> None:
    Account.objects.filter(id=them.agent.id).update(language=language)
    visitor = enter(language, who=making.signed_in(them.agent))
    visitor.go("/way-in/for/")
    visitor.says("为自己单位办理", "For our own unit")
    picture(visitor, "unit-for")
    visitor.click("为其他用人单位办理", "For another employer", role="link")
    field(visitor, "单位代码", "Unit code").fill("91310000000000000X")
    field(visitor, "单位名称", "Name of the unit").fill("没有注册的单位")
    visitor.click("下一步", "Next")
    visitor.says("没有查到这个单位", "This unit was not found")
    picture(visitor, "delegation-unknown")
    field(visitor, "单位代码", "Unit code").fill(them.world.unit.credit_code)
    field(visitor, "单位名称", "Name of the unit").fill(them.world.unit.name_zh)
    visitor.click("下一步", "Next")

    field(visitor, "委托事项", "Matter").select_option(WORK_PERMIT)
    field(visitor, "选择委托单位的有效经办人", "A valid handler of the principal").select_option(
        str(them.world.handler.account_id))
    field(visitor, "该经办人在委托单位注册的手机", "Mobile number registered for this handler").fill("13800006000")
    code(visitor)
    picture(visitor, "delegation-check")
    visitor.click("进入系统", "Enter")
    visitor.page.wait_for_url(f"**/start/{WORK_PERMIT}/")
    expect(visitor.page.locator(".lh-mandate")).to_contain_text(
        visitor.word(f"代{them.world.unit.name_zh}办理", f"for {them.world.unit.name_en}"))
    picture(visitor, "delegated-start")
    visitor.page.locator("main form button.btn-primary").click()
    visitor.page.wait_for_url(re.compile("/cases/.*/form/"))
    case, made = Case.objects.get(), Delegation.objects.get()
    assert (case.unit_id, case.agency_id, case.delegation_id) == (them.world.unit.id, them.agency.id, made.id)

    # A second matter under the same delegation
    visitor.go(f"/start/{WORK_PERMIT}/")
    visitor.page.locator("main form button.btn-primary").click()
    visitor.says("一事一委托，办理另一件请重新取得委托", "Another case needs a delegation of its own")
    picture(visitor, "delegation-second")

    # The principal sees it, what was done, and revokes it
    principal = enter(language, who=them.world.client("handler", language))
    principal.go("/delegations/")
    picture(principal, "delegations")
    principal.click(made.number, made.number, role="link")
    principal.says("创建草稿", "Draft created")
    picture(principal, "delegation")
    principal.click("撤销委托", "Revoke the delegation", role="link")
    picture(principal, "delegation-revoke")
    principal.click("撤销委托", "Revoke the delegation")
    principal.says("已撤销", "Revoked")

    # The agency's open tab, at the next click
    visitor.go(f"/cases/{case.id}/form/")
    visitor.says("委托已结束，不能继续办理", "The delegation is over")
    picture(visitor, "delegation-ended")
    visitor.click("返回本单位", "Back to my own unit")
    visitor.page.wait_for_url("**/delegations/**")
    picture(visitor, "delegations-held")


@both
@pytest.mark.req("UNI-7")
def test_s3_2_2_5_the_right_unit_is_chosen_and_can_be_changed(language: str, enter: Enter, them: Agencies, at: datetime) -> None:
    making.give(them.world.accounts["handler"], "handler", them.coded.organisation_id)
    visitor = enter(language, who=them.world.client("handler", language))
    visitor.go("/sign-in/organisation/")
    visitor.says("请选择正确的企业名称", "Choose for whom you act")
    row = visitor.page.get_by_role("listitem").filter(has_text=visitor.word(CODED, "Example Institute"))
    row.get_by_role("button").click()
    expect(visitor.page.locator("header")).to_contain_text(visitor.word(CODED, "Example Institute"))
    visitor.page.locator("header .lh-wide details.lh-menu summary").click()
    visitor.click("切换单位", "Change organisation", role="link")
    other = visitor.word(them.world.unit.name_zh, them.world.unit.name_en)
    visitor.page.get_by_role("listitem").filter(has_text=other).get_by_role("button").click()
    expect(visitor.page.locator("header")).to_contain_text(other)
