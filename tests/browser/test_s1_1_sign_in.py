"""S1 §1 用户登录提示登录名或密码错误, page by page, in both languages."""

import pytest
from playwright.sync_api import expect

from tests import people as invented
from tests.browser.conftest import Enter
from tests.browser.visitor import Visitor

OLD, NEW = "opens-the-hall-2026", "a new pass phrase 2027"
PHONE = "+8613800006001"


def with_phone(login_name: str, name: str) -> None:
    account = invented.natural(login_name, password=OLD, name=name)
    account.phone = account.phone_index = PHONE
    account.save()


def try_to_sign_in(visitor: Visitor, name: str, password: str) -> None:
    page = visitor.page
    page.get_by_label(visitor.word("登录名", "Login name")).fill(name)
    page.get_by_label(visitor.word("密码", "Password"), exact=True).fill(password)
    visitor.solve_captcha()
    page.locator("main form button.btn-primary").click()


@pytest.mark.req("ACC-1", "ACC-2")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_wp_before_the_old_name_then_the_natural_person_tab(language: str, enter: Enter, hall: str) -> None:
    with_phone("WPyanqiao2019", "顾言")
    visitor = enter(language)
    page = visitor.go("/sign-in/").page
    try_to_sign_in(visitor, "yanqiao2019", OLD)
    visitor.says("登录名或密码错误", "Wrong login name or password")
    page.get_by_role("button", name="WPyanqiao2019").click()
    expect(page.get_by_label(visitor.word("登录名", "Login name"))).to_have_value("WPyanqiao2019")
    try_to_sign_in(visitor, "WPyanqiao2019", OLD)
    visitor.says("登录名或密码错误", "Wrong login name or password")
    page.get_by_role("alert").get_by_role("link", name=visitor.word("自然人登录", "natural person tab")).click()
    try_to_sign_in(visitor, "WPyanqiao2019", OLD)
    page.wait_for_url("**/my/**")


@pytest.mark.req("ACC-1")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_another_captcha_keeps_what_was_typed(language: str, enter: Enter, hall: str) -> None:
    visitor = enter(language)
    page = visitor.go("/sign-in/").page
    page.get_by_label(visitor.word("登录名", "Login name")).fill("yanqiao2019")
    page.get_by_label(visitor.word("密码", "Password"), exact=True).fill(OLD)
    before = page.locator("[name=captcha_id]").input_value()
    with page.expect_response("**/captcha/*.png"):
        visitor.click("换一张", "Another one")
    expect(page.locator("[name=captcha_id]")).not_to_have_value(before)
    expect(page.get_by_label(visitor.word("密码", "Password"), exact=True)).to_have_value(OLD)
    with page.expect_response("**/captcha/*.wav") as heard:
        visitor.click("用语音验证码", "Hear the digits", role="link")
    assert heard.value.ok


@pytest.mark.req("ACC-3", "ACC-4")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_1_a_name_that_is_registered_gets_a_new_password(language: str, enter: Enter, hall: str) -> None:
    with_phone("yanqiao2019", "顾言")
    visitor = enter(language)
    page = visitor.go("/sign-in/").page
    visitor.click("单位用户（法人）注册", "Register a unit (legal person)", role="link")
    page.locator("#f-login_name").fill("yanqiao2019")
    visitor.solve_captcha()
    visitor.click("检索登录名是否已注册", "Is the login name registered?")
    visitor.says("登录名已被注册", "This login name is already registered")
    visitor.click("用登录名重置密码", "set a new password", role="link")
    page.locator("#f-login_name").fill("yanqiao2019")
    visitor.solve_captcha()
    with page.expect_response(lambda r: "/recover/" in r.url and r.request.method == "POST"):
        visitor.click("发送短信验证码", "Send the code")
    page.locator("#f-code").fill(page.locator("[data-demo-sms]").inner_text())
    expect(page.locator("#f-login_name")).to_have_value("yanqiao2019")
    page.locator("main form button.btn-primary").click()
    page.wait_for_url("**/password/**")
    page.locator("#f-password").fill(NEW)
    page.locator("#f-password_again").fill(NEW)
    page.locator("main form button.btn-primary").click()
    page.wait_for_url("**/sign-in/**")
    visitor.says("密码已重新设置，请用新密码登录", "Your password is set")
    try_to_sign_in(visitor, "yanqiao2019", NEW)
    page.wait_for_url("**/my/**")


@pytest.mark.req("ACC-3", "ACC-4", "ACC-5")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_2_a_unit_that_exists_leads_to_the_colleagues_and_the_appeal(language: str, enter: Enter, hall: str) -> None:
    unit = invented.unit("样例岩和科技有限公司")
    visitor = enter(language)
    page = visitor.go("/register/unit/").page
    page.locator("#f-login_name").fill("somebody.new")
    page.locator("#f-credit_code").fill(unit.credit_code)
    visitor.solve_captcha()
    visitor.click("检索登录名是否已注册", "Is the login name registered?")
    visitor.says("登录名未被注册", "This login name is not registered")
    visitor.click("检索统一社会信用代码是否已注册", "Is the credit code registered?")
    visitor.says("统一社会信用代码已被注册", "This unified social credit code is already registered")
    visitor.says("请先询问单位其他同事是否持有法人账号", "First ask your colleagues")
    visitor.click("单位法人申诉找回账号密码", "appeal for the account of the unit", role="link")
    page.locator("#f-phone").fill("13800006007")
    visitor.solve_captcha()
    with page.expect_response(lambda r: "/appeal/" in r.url and r.request.method == "POST"):
        visitor.click("发送短信验证码", "Send the code")
    page.locator("#f-code").fill(page.locator("[data-demo-sms]").inner_text())
    page.locator("main form button.btn-primary").click()
    visitor.says("选择申诉事项", "Choose what you appeal for")


@pytest.mark.req("ACC-4")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_whoever_is_lost_is_asked_what_he_remembers(language: str, enter: Enter, hall: str) -> None:
    visitor = enter(language)
    page = visitor.go("/sign-in/").page
    visitor.click("账号遇到问题", "Trouble with your account", role="link")
    page.get_by_text(visitor.word("单位（法人）", "A unit (legal person)"), exact=True).click()
    page.get_by_text(visitor.word("原外国人来华工作管理服务系统的账号", "An account of the earlier work system")).click()
    page.locator("main form button.btn-primary").click()
    expect(page.locator("ol.lh-rows li")).to_have_count(3)
    visitor.says("在原账号前加WP登录", "Sign in with WP before the old name")
