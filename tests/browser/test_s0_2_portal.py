"""S0 §2 方法一 and note 2: a unit comes from the portal with its certificate, walked in both languages."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from laihua.accounts.models import Captcha, SignInEntry
from simulators.portal.furnish import definitions
from tests.browser.conftest import PICTURES, Enter
from tests.browser.visitor import Visitor
from tests.portal.account.portal_simulator import running
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
KNOWN, NEW = "上海砚桥精密仪器有限公司", "上海远帆新能源有限公司"


def come(visitor: Visitor, unit: str) -> None:
    visitor.go("/sign-in/")
    visitor.click("一网通办登录", "Government portal", role="link")
    visitor.click("到一网通办登录", "Sign in at One-network portal", role="link")
    visitor.page.get_by_role("button", name=unit).click()
    visitor.page.wait_for_url("**/way-in/")
    expect(visitor.page.locator("main")).to_contain_text(unit)


def picture(visitor: Visitor, name: str) -> None:
    language = "en" if visitor.language == "en" else "zh"
    visitor.page.screenshot(path=PICTURES / f"{name}-{language}-1280.png", full_page=True)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.req("SES-1", "SES-3", "SES-6", "ACC-15")
def test_s0_2_method_1_one_network_sign_in(language: str, enter: Enter, people: World, settings: Any, tmp_path: Path) -> None:
    visitor = enter(language)
    with running(tmp_path, hall=visitor.server) as portal:
        settings.PORTALS, settings.PUBLIC_URL = tmp_path / "portals.yaml", visitor.server
        settings.PORTALS.write_text(definitions(portal, tmp_path), encoding="utf-8")
        come(visitor, KNOWN)
        picture(visitor, "portal-way")
        visitor.click("我要登录", "Sign in", role="link", within=visitor.page.locator("main"))
        account = people.accounts["handler"]
        handlers = visitor.page.get_by_label(visitor.word("选择经办人", "Choose a handler"), exact=True)
        handlers.select_option(label=account.name_zh)
        visitor.click("进入系统", "Enter")
        visitor.page.locator("[name=phone]").fill(account.phone)
        captcha = visitor.page.locator("[name=captcha_id]").input_value()
        visitor.page.locator("[name=captcha]").fill(Captcha.objects.get(id=captcha).answer)
        visitor.click("发送短信验证码", "Send the code")
        visitor.page.locator("[name=code]").fill(visitor.page.locator("[data-demo-sms]").inner_text())
        visitor.click("进入系统", "Enter")
        expect(visitor.page.locator("header")).to_contain_text(visitor.word(KNOWN, "Shanghai Yanqiao"))
        entry = SignInEntry.objects.get(way="portal")
        assert (entry.portal_user_id, entry.credit_code, entry.unit_name) == ("G-1001", "91310115MA1HEXAM5R", KNOWN)
        assert entry.handler_id == account.id

        other = enter(language)
        come(other, NEW)
        other.click("我要注册", "Register", role="link", within=other.page.locator("main"))
        expect(other.page.locator("[name=unit_name]")).to_have_value(NEW)
        for one in (visitor, other):
            assert all(fault.startswith(f"foreign host: {portal}") for fault in one.faults), one.faults
            one.faults.clear()
