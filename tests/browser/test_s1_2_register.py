"""S1 §2 新用户注册, page by page, in both languages."""

import pytest
from playwright.sync_api import expect

from tests import people as invented
from tests.browser.conftest import Enter
from tests.browser.visitor import Visitor

PASSWORD = "opens-the-hall-2026"


def login_part(visitor: Visitor, name: str = "") -> None:
    page = visitor.page
    if name:
        page.locator("#f-login_name").fill(name)
    page.locator("#f-password").fill(PASSWORD)
    page.locator("#f-password_again").fill(PASSWORD)


def prove_phone(visitor: Visitor, phone: str) -> None:
    """The code comes without losing what was typed."""
    page = visitor.page
    page.locator("#f-phone").fill(phone)
    visitor.solve_captcha()
    with page.expect_response(lambda r: "/register/" in r.url and r.request.method == "POST"):
        visitor.click("发送短信验证码", "Send the code")
    page.locator("#f-code").fill(page.locator("[data-demo-sms]").inner_text())
    expect(page.locator("#f-password")).to_have_value(PASSWORD)


@pytest.mark.req("ACC-3")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_unit_that_is_not_registered_registers(language: str, enter: Enter, hall: str) -> None:
    visitor = enter(language)
    page = visitor.go("/register/").page
    visitor.click("注册单位账号", "Register a unit", role="link")
    for key, value in (("login_name", "yanhe.office"), ("unit_name", "样例岩和科技有限公司"), ("credit_code", invented.credit_code(77003))):
        page.locator(f"#f-{key}").fill(value)
    for number, (key, chinese, english) in enumerate((
        ("login_name", "登录名未被注册", "This login name is not registered"),
        ("unit_name", "法人单位名称未被注册", "This name of a unit is not registered"),
        ("credit_code", "统一社会信用代码未被注册", "This unified social credit code is not registered"),
    )):
        if not number:
            visitor.solve_captcha()
        page.locator(f"[name=look_up][value={key}]").click()
        visitor.says(chinese, english)
    visitor.click("填写注册信息", "Fill in the registration", role="link")
    expect(page.locator("#f-unit_name")).to_have_value("样例岩和科技有限公司")
    login_part(visitor)
    page.locator("label:has(input[name=kind][value=enterprise])").click()
    page.locator("#f-handler_name").fill("沈知遥")
    page.locator("#f-document_type").select_option("passport")
    page.locator("#f-document_number").fill("EM7204139")
    page.locator("#f-email").fill("office@example.com")
    prove_phone(visitor, "13800006007")
    page.locator("label[for=f-agreed]").click()
    page.locator("main form button.btn-primary").click()
    page.wait_for_url("**/sign-in/**")
    visitor.says("注册成功，请登录", "You are registered")
    visitor.sign_in("yanhe.office", PASSWORD, kind="legal")
    page.wait_for_url(lambda url: "/sign-in/" not in url)


@pytest.mark.req("ACC-3")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_natural_person_registers(language: str, enter: Enter, hall: str) -> None:
    visitor = enter(language)
    page = visitor.go("/sign-in/?kind=natural").page
    visitor.click("自然人用户注册", "Register as a natural person", role="link")
    login_part(visitor, "lindqvist.s")
    page.locator("#f-name_latin").fill("LINDQVIST SOEREN")
    page.locator("#f-document_type").select_option("passport")
    page.locator("#f-document_number").fill("12")
    page.locator("#f-email").fill("s.lindqvist@example.com")
    prove_phone(visitor, "+46 70 123 45 67")
    page.locator("main form button.btn-primary").click()
    visitor.says("护照号码格式不正确", "This passport number is not valid")
    page.locator("#f-document_number").fill("EM7204138")
    login_part(visitor)
    page.locator("label[for=f-agreed]").click()
    page.locator("#f-code").fill(page.locator("[data-demo-sms]").inner_text())
    page.locator("main form button.btn-primary").click()
    visitor.says("注册成功，请登录", "You are registered")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_two_minutes_before_the_end_the_page_asks(language: str, enter: Enter, hall: str) -> None:
    account = invented.natural("gu.yan", password=PASSWORD)
    account.language = language
    account.save()
    visitor = enter(language)
    page = visitor.page
    page.clock.install()
    visitor.go("/sign-in/").sign_in("gu.yan", PASSWORD, kind="natural")
    page.wait_for_url("**/my/**")
    page.clock.fast_forward("27:00")
    expect(page.locator("#lh-idle")).to_be_hidden()
    page.clock.fast_forward("01:30")
    expect(page.locator("#lh-idle")).to_be_visible()
    with page.expect_response("**/sessions/stay/") as stayed:
        visitor.click("继续办理", "Go on", within=page.locator("#lh-idle"))
    assert stayed.value.status == 204
    expect(page.locator("#lh-idle")).to_be_hidden()
