"""The account guide, 3 and 7, page by page: real names of people and units, and what goes wrong with them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import expect

from laihua.accounts.models import Account
from tests.browser.conftest import Enter
from tests.browser.visitor import Visitor
from tests.prechecks import samples
from tests.services.test_account_services import NUMBER, decide, known_as
from tests.world import World

LANGUAGES = pytest.mark.parametrize("language", ["zh-hans", "en"])
UNIT_NAME = "上海砚桥精密仪器有限公司"


def fill(visitor: Visitor, values: dict[str, str]) -> None:
    """Fields by their names, whatever control stands there."""
    for name, value in values.items():
        box = visitor.page.locator(f"[type=radio][name='{name}'][value='{value}']")
        if box.count():
            box.first.locator("xpath=ancestor::label").click()
            continue
        control = visitor.page.locator(f"[name='{name}']").first
        if control.evaluate("e => e.tagName") == "SELECT":
            chosen = "(e, v) => { e.value = v; e.dispatchEvent(new Event('change')) }"
            visitor.page.locator(f"select[name='{name}']").evaluate(chosen, value)
        elif control.get_attribute("type") == "checkbox":
            control.check()
        else:
            control.fill(value)


def save(visitor: Visitor) -> None:
    with visitor.page.expect_navigation():
        visitor.page.locator("main form button.btn-primary").click()


def own(visitor: Visitor, name: str = "沈知遥", number: str = "000101199003150016") -> None:
    visitor.go("/me/")
    visitor.click("修改自然人信息", "Edit my information", role="link")
    fill(visitor, {"document_type": "resident_id", "document_number": number, "name_zh": name, "document_long_term": "true"})
    save(visitor)


@LANGUAGES
@pytest.mark.req("ACC-6")
@pytest.mark.req("ACC-12")
def test_s1_3_1_real_name_and_what_to_do_when_it_fails(
    language: str, enter: Enter, people: World, run_jobs: Callable[[], int], at: datetime
) -> None:
    """(1) 修改自然人信息; (2) the status; (3) 上传自然人信息 and 实名认证审核中. 3.2: one working day, SMS."""
    Account.objects.update(language=language)
    person = enter(language, who=people.client("other_person", language))
    own(person, "苏晚照", NUMBER)
    person.says("实名认证核验中…", "Being checked…")
    run_jobs()
    person.go("/me/")
    person.says("失败", "Failed")
    person.says("实名认证失败", "Real-name authentication failed")
    person.click("上传自然人信息", "Upload my documents")
    person.page.wait_for_url("**/form/**")
    case_id = person.page.url.split("/cases/")[1].split("/")[0]
    with person.page.expect_response("**/form/save/"):  # the line at the foot told of the draft's first moment already
        person.type("declare_own", True)
    expect(person.page.locator("#save-state")).to_contain_text(person.word("已自动保存", "Saved automatically"))
    person.click("下一步", "Next")
    person.page.wait_for_url("**/materials/")
    for key in ("front", "back"):
        person.upload(key, f"{key}.jpg", samples.photo(size=(826, 1062)), "image/jpeg")
        expect(person.row(key).locator(".lh-material-state")).to_contain_text(person.word("已上传", "Uploaded"))
    person.go(f"/cases/{case_id}/check/")
    person.click("提交审核", "Submit for review")
    person.page.wait_for_url(f"**/cases/{case_id}/")
    person.go("/me/")
    person.says("实名认证审核中", "Under review")
    expect(person.page.get_by_text(person.word("1个工作日左右", "about one working day")).first).to_be_visible()
    from laihua.cases.models import Case
    from tests.browser.conftest import aside

    aside(lambda: decide(Case.objects.get(id=case_id), "approve", people.registrar, at))
    run_jobs()
    person.go("/me/")
    person.says("已通过", "Passed")


@LANGUAGES
@pytest.mark.req("ACC-7")
def test_s1_3_3_the_document_number_exists_already(language: str, enter: Enter, people: World) -> None:
    known_as(people.accounts["subject"], "passed", "沈知遥", "000101199003150016")
    person = enter(language, who=people.client("other_person", language))
    own(person)
    person.says("证件号码已存在", "This document number exists already")
    person.click("自然人用户申诉找回密码", "Appeal to recover a natural-person account", role="link")
    expect(person.page).to_have_url(f"{person.server}/appeal/")


def unit_form(visitor: Visitor, people: World, **changes: str) -> None:
    visitor.go("/me/")
    visitor.click(f"修改：{UNIT_NAME}", "Edit: Shanghai Yanqiao", role="link")
    fill(visitor, {
        "basic.name": UNIT_NAME, "basic.credit_code": "91310115MA1HEXAM5R", "basic.place": "domestic", "basic.kind": "enterprise",
        "basic.address": "上海市浦东新区望江路88号", "authorisation.handler_name": "沈知遥", "authorisation.handler_phone": "13800006000",
        "authorisation.handler_document_type": "resident_id", "authorisation.handler_document_number": "000101199003150016",
        "authorisation.handler_document_long_term": "true", "authorisation.until": "2027-12-31",
        "representative.name": "沈怀瑾", "representative.document_number": "00010119910412006X", **changes,
    })
    save(visitor)


@LANGUAGES
@pytest.mark.req("ACC-7")
def test_s1_3_4_the_name_or_code_of_the_unit_exists_already(language: str, enter: Enter, people: World) -> None:
    handler = enter(language, who=people.client("handler", language))
    unit_form(handler, people, **{"basic.name": "上海青屿文化有限公司", "representative.type": "mainland"})
    handler.says("单位名称或信用代码已存在", "A unit with this name or credit code exists already")
    handler.click("单位法人申诉找回账号密码", "Appeal to recover a unit's account", role="link")
    expect(handler.page).to_have_url(f"{handler.server}/appeal/")


@LANGUAGES
@pytest.mark.req("ACC-8")
@pytest.mark.req("ACC-12")
def test_s1_3_5_to_3_7_and_7_the_units_information_in_three_parts(
    language: str, enter: Enter, people: World, run_jobs: Callable[[], int]
) -> None:
    """3.5 no type; 3.6 the continent; 3.7 the permanent residence card and the passport; 7 by whoever holds a grant."""
    handler = enter(language, who=people.client("handler", language))
    unit_form(handler, people)
    handler.says("法定代表人信息：法定代表人类型不能为空", "Legal representative: The type of the legal representative must not be empty")
    fill(handler, {"representative.type": "other", "representative.document_type": "permanent_residence",
                   "representative.document_number": "EX0000001"})
    save(handler)
    body = handler.page.locator("main")
    expect(body).to_contain_text(handler.word("法定代表人信息：请选择所属大洲", "Legal representative: Please choose the continent"))
    expect(body).to_contain_text(handler.word("永久居留证号码格式不正确", "This permanent residence card number is not valid"))
    fill(handler, {"representative.type": "mainland", "representative.document_number": "00010119910412006X"})
    save(handler)
    run_jobs()
    handler.go(f"/me/unit/{people.unit.id}/")
    expect(handler.page.locator(".lh-meta").get_by_text(handler.word("已通过", "Passed"))).to_have_count(2)


@LANGUAGES
@pytest.mark.req("ACC-12")
def test_s1_7_without_a_grant_the_page_leads_to_registration(language: str, enter: Enter, people: World) -> None:
    person = enter(language, who=people.client("other_person", language))
    person.go("/me/")
    person.says("您没有任何单位的授权", "You hold no role in any unit")
    person.click("单位用户（法人）注册", "Register a unit (legal person)", role="link")
    person.page.wait_for_url("**/register/**")


def legal_person(people: World, at: datetime) -> Any:
    from laihua.accounts import actions as accounts
    from laihua.accounts.permissions import SYSTEM
    from laihua.units.models import Unit

    account = accounts.create_account(kind="legal", login_name="yanqiao_legal", password=None, name_zh=UNIT_NAME, actor=SYSTEM, at=at)
    accounts.grant_role(account_id=account.id, organisation_id=people.unit.id, role="unit_admin", actor=SYSTEM, at=at)
    Unit.objects.filter(organisation_id=people.unit.id).update(account=account)
    people.accounts["legal"] = account
    return people.client("legal")


@LANGUAGES
@pytest.mark.req("ACC-9")
@pytest.mark.req("ACC-10")
@pytest.mark.req("ACC-11")
def test_s1_4_how_to_grant_roles_to_a_natural_person(language: str, enter: Enter, people: World, at: datetime) -> None:
    """4.1 授权操作; 4.2 修改授权; 4.3 nobody found; 4.4 no permission yet."""
    from laihua.units.models import Enrolment

    known_as(people.accounts["other_person"], "passed", "何望舒", "00010119880722002X")
    client = legal_person(people, at)
    Enrolment.objects.update_or_create(
        system="one_network", organisation_id=people.unit.id, defaults={"state": "approved", "changed_at": at})
    boss = enter(language, who=client)
    boss.go("/me/")
    boss.click("用户授权管理", "Grants to people", role="link")
    boss.click("授权操作", "Grant roles", role="link")
    fill(boss, {"name": "demo_other_person", "document_number": "00010119880722002X"})
    save(boss)
    boss.says("没有找到这个自然人", "Nobody was found")
    fill(boss, {"name": "何望舒"})
    save(boss)
    boss.says("勾选授权角色", "Choose the roles")
    expect(boss.page.locator("[name=roles][value='handler@work_system']")).to_be_disabled()
    boss.says("本单位在这个业务系统还没有权限", "The unit has no permission in this business system yet")
    expect(boss.page.locator("a[href='/enter/work_system/']")).to_be_visible()
    boss.page.locator("[name=roles][value='handler@one_network']").check()
    save(boss)
    granted = enter(language, who=people.client("other_person", language))
    granted.go("/start/work_permit.new/")
    expect(granted.page.locator("main form button.btn-primary")).to_be_visible()
    boss.page.locator("tr", has_text="何望舒").last.get_by_role("link").click()
    boss.page.locator("[name=roles][value='unit_admin@one_network']").check()
    save(boss)
    boss.page.locator("tr", has_text="何望舒").last.get_by_role("button").click()
    boss.says("授权已撤销，即时生效", "The grants are revoked, at once")
    granted.page.reload()
    granted.says("您现在的身份不能发起这项申请", "You cannot start this application in your present capacity")
