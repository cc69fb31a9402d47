"""The manual of the expert project system page by page: who enters completes the profile of his unit, then his own."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import expect

from laihua.accounts import actions as accounts
from laihua.accounts.models import Account
from laihua.accounts.permissions import SYSTEM
from laihua.cases.models import Case
from tests.browser.conftest import Enter, aside
from tests.browser.visitor import Visitor
from tests.services import profiles
from tests.world import World

LANGUAGES = pytest.mark.parametrize("language", ["zh-hans", "en"])
MOBILE = "13800006999"


@pytest.fixture
def hall_people(people: World, at: datetime) -> World:
    """With the authorities of the file, and a legal person's own account."""
    aside(lambda: profiles.authorities(people, at))
    legal = accounts.create_account(
        kind="legal", login_name="yanqiao", password=None, name_zh=people.unit.name_zh, actor=SYSTEM, at=at,
        phone="+8613800006998", email="legal@example.com",
    )
    accounts.grant_role(account_id=legal.id, organisation_id=people.unit.id, role="unit_admin", actor=SYSTEM, at=at)
    people.accounts["legal"] = legal
    return people


def choose(visitor: Visitor, *way: str) -> None:
    """Kind, province, city: each select offers what lies below the one before."""
    selects = visitor.place("authority").locator("select:visible")
    for number, code in enumerate(way):
        selects.nth(number).select_option(code)


def offered(visitor: Visitor, number: int) -> list[str]:
    return [o.get_attribute("value") or "" for o in visitor.place("authority").locator("select").nth(number).locator("option").all()][1:]


def passed(visitor: Visitor) -> Any:
    return visitor.place("authority").locator("[data-passed] > span")


def begin(visitor: Visitor) -> str:
    visitor.go("/enter/expert_projects/")
    visitor.page.wait_for_url("**/start/**")
    visitor.click("开始填写", "Start")
    visitor.page.wait_for_url("**/form/")
    return visitor.page.url.split("/")[-3]


def forward(visitor: Visitor) -> None:
    with visitor.page.expect_navigation():
        visitor.click("下一步", "Next")


def upload(visitor: Visitor, key: str, content: bytes) -> None:
    visitor.upload(key, f"{key}.jpg", content, "image/jpeg")


def press(visitor: Visitor, chinese: str, english: str) -> None:
    """Where the page asks once more, the answer is yes."""
    visitor.page.get_by_role("button", name=visitor.word(chinese, english), exact=True).first.click()
    asked = visitor.page.locator("dialog[open]")
    if asked.count():
        visitor.click(chinese, english, within=asked)


def submit(visitor: Visitor, case: str, button: tuple[str, str] = ("提交审核", "Submit for review")) -> None:
    visitor.page.wait_for_url("**/check/")
    with visitor.page.expect_navigation():
        visitor.click(*button)
    if "/moves/" in visitor.page.url:       # the page asks once more
        visitor.click(*button)
    visitor.page.wait_for_url(f"**/cases/{case}/")


def review(
    enter: Enter, people: World, language: str, who: str, case: str, tab: str, button: tuple[str, str],
    corrected: Sequence[tuple[str, str]] = (),
) -> None:
    """Claims the case, accepts all of it, what was `corrected` one by one, and makes the move."""
    officer = enter(language, who=people.client(who, language))
    open_desk(officer, case, tab)
    accept_all(officer)
    for panel, item in corrected:
        officer.page.locator(f"a[data-tab={panel}]").click()
        row = officer.page.locator(f"[data-item='{item}']")
        officer.click("通过", "Accept", within=row)
        expect(row).to_have_attribute("data-state", "accepted")
    press(officer, *button)
    expect(officer.page.get_by_role("button", name=officer.word(*button), exact=True)).to_have_count(0)


def open_desk(officer: Visitor, case: str, tab: str) -> None:
    number = Case.objects.get(id=case).number
    officer.go(f"/desk/?tab={tab}")
    row = officer.page.locator("tr", has_text=number)
    officer.click("领取", "Claim", within=row)
    officer.page.wait_for_url("**/desk/cases/**")


def accept_all(officer: Visitor) -> None:
    page = officer.page
    for tab in ("form", "materials"):
        if not page.locator(f"a[data-tab={tab}]").count():
            continue
        page.locator(f"a[data-tab={tab}]").click()
        buttons = page.locator(f"[data-panel={tab}] form[data-section] button")
        for _ in range(buttons.count()):
            left = buttons.count()
            buttons.first.click()
            expect(buttons).to_have_count(left - 1)


def sms_to(enter: Enter, people: World, language: str, phone: str, words: tuple[str, str]) -> None:
    operator = enter(language, who=people.client("operator", language))
    operator.go("/operator/messages/?channel=sms")
    expect(operator.page.locator("tr", has_text=operator.word(*words)).filter(has_text=phone[-4:]).first).to_be_visible()


@pytest.mark.req("UNI-2")
@pytest.mark.req("UNI-3")
@pytest.mark.req("UNI-4")
@LANGUAGES
def test_section_2_1_1_the_profile_of_the_unit_by_its_legal_account(
    language: str, enter: Enter, hall_people: World, run_jobs: Callable[[], int]
) -> None:
    people = hall_people
    Account.objects.update(language=language)
    unit = enter(language, who=people.client("legal", language))
    case = begin(unit)
    fill_in(unit)
    attach(unit)
    submit(unit, case)
    run_jobs()

    # The city bureau returns the introduction and one attachment; both are corrected.
    bureau = enter(language, who=people.client("handan", language))
    open_desk(bureau, case, "first_review")
    send_back(bureau)
    run_jobs()
    correct(unit, case)
    run_jobs()
    review(enter, people, language, "handan", case, "first_review",
           ("审核通过，转国家外国专家局", "Approve and pass to the national administration"),
           corrected=(("form", "field:intro_en"), ("materials", "material:licence")))
    unit.go("/enter/expert_projects/")
    unit.says("该单位注册信息已经提交，请等待归口管理单位审核", "The registration of this unit has been submitted")
    review(enter, people, language, "national_registrar", case, "national_review", ("审核通过", "Approve"))
    run_jobs()
    sms_to(enter, people, language, MOBILE, ("现在可以登录外国专家项目管理信息系统", "You can now sign in to the expert project system"))
    unit.go("/enter/expert_projects/")
    unit.page.wait_for_url("**/systems/expert_projects/**")


def fill_in(unit: Visitor) -> None:
    page, answers = unit.page, {**profiles.example(profiles.UNIT), "contact_mobile": MOBILE}
    expect(unit.place("unit_name").locator(".lh-fixed")).to_contain_text("上海砚桥精密仪器有限公司")
    expect(unit.place("account_name").locator(".lh-fixed")).to_have_count(1)

    choose(unit, "province")
    assert {"FE-130000", "FE-310000", "FE-440300"} <= set(offered(unit, 1))
    choose(unit, "ministry", "FE-NDRC")
    expect(passed(unit)).to_be_visible()
    choose(unit, "city")
    expect(passed(unit)).to_be_hidden()
    assert "FE-310000" not in offered(unit, 1), "no city lies below a municipality"
    choose(unit, "city", "FE-130000")
    assert "FE-130400" in offered(unit, 2)
    assert "FE-320500" not in offered(unit, 2)
    choose(unit, "city", "FE-130000", "FE-130400")
    expect(passed(unit)).to_be_visible()

    for name, value in answers.items():
        if name not in ("authority", "intro_en"):
            unit.type(name, value)
    forward(unit)
    problem = page.locator(".lh-error-summary li")
    expect(problem).to_have_count(1)
    expect(unit.place("intro_en").locator(".lh-error")).to_contain_text(unit.word("将会被退回重新提交", "would be returned"))
    unit.type("intro_en", answers["intro_en"])
    forward(unit)
    page.wait_for_url("**/materials/")


def agree(visitor: Visitor) -> None:
    """To the separate consents that the page asks for."""
    asked = visitor.page.locator("#consent")
    if asked.count():
        for box in asked.locator("input[type=checkbox]").all():
            box.check()
        with visitor.page.expect_navigation():
            asked.get_by_role("button").first.click()


def attach(unit: Visitor) -> None:
    agree(unit)
    row = unit.row("licence")
    upload(unit, "licence", profiles.licence(seal=0))
    expect(row.locator("[data-lm-refusal] li")).to_contain_text(unit.word("禁止使用黑白图片", "in black and white"))
    for key in ("licence", "bank_page"):
        upload(unit, key, profiles.licence())
        expect(unit.row(key).locator(".lh-material-state")).to_contain_text(unit.word("已上传", "Uploaded"))
    expect(row.locator("[data-lm-refusal]")).to_be_hidden()
    unit.on_to_submitting()


def send_back(bureau: Visitor) -> None:
    page = bureau.page
    for item, tab, reason in (("field:intro_en", "form", "EU-R01"), ("material:licence", "materials", "EU-R03")):
        page.locator(f"a[data-tab={tab}]").click()
        row = page.locator(f"[data-item='{item}']")
        bureau.click("退回", "Return", within=row)
        row.locator("select[name=reason]").select_option(reason)
        expect(page.locator("#saved")).to_contain_text(bureau.word("意见已保存", "saved"))
    accept_all(bureau)
    press(bureau, "退回修改", "Return for correction")
    expect(page.get_by_role("button", name=bureau.word("退回修改", "Return for correction"), exact=True)).to_have_count(0)


def correct(unit: Visitor, case: str) -> None:
    unit.go(f"/cases/{case}/form/")
    expect(unit.place("intro_en")).to_contain_text("EU-R01")
    expect(unit.place("authority").locator(".lh-fixed")).to_contain_text(unit.word("邯郸市外国专家局", "Handan"))
    unit.type("intro_en", "The institute makes and tests lenses.")
    forward(unit)
    unit.page.wait_for_url("**/materials/")
    expect(unit.row("licence")).to_contain_text("EU-R03")
    upload(unit, "licence", profiles.licence(seal=200))
    expect(unit.row("licence").locator(".lh-material-state")).to_contain_text(unit.word("已上传", "Uploaded"))
    unit.on_to_submitting()
    submit(unit, case, ("重新提交", "Submit again"))


@pytest.mark.req("UNI-5")
@LANGUAGES
@pytest.mark.parametrize(("section", "who"), [("2_1_2", "legal"), ("2_2_2", "second_handler")])
def test_section_2_1_2_and_2_2_2_the_profile_of_the_user(
    section: str, who: str, language: str, enter: Enter, hall_people: World, run_jobs: Callable[[], int], at: datetime
) -> None:
    people = hall_people
    Account.objects.update(language=language)
    aside(lambda: profiles.approved(profiles.UNIT, people, people.handler, at))
    user = enter(language, who=people.client(who, language))
    case = begin(user)
    expect(user.place("unit_name").locator(".lh-fixed")).to_contain_text("上海砚桥精密仪器有限公司")
    for name, value in {**profiles.example(profiles.PERSON), "mobile": MOBILE}.items():
        user.type(name, value)
    forward(user)
    if "/materials/" in user.page.url:
        user.on_to_submitting()
    submit(user, case)
    user.go("/enter/expert_projects/")
    user.says("该用户注册信息已经提交，请等待归口管理单位审核", "The registration of this user has been submitted")
    review(enter, people, language, "handan", case, "first_review",
           ("审核通过，转国家外国专家局", "Approve and pass to the national administration"))
    review(enter, people, language, "national_registrar", case, "national_review", ("审核通过", "Approve"))
    run_jobs()
    sms_to(enter, people, language, MOBILE, ("个人信息审核通过", "your profile was approved"))
    user.go("/enter/expert_projects/")
    user.page.wait_for_url("**/systems/expert_projects/**")


@pytest.mark.req("UNI-2")
@pytest.mark.req("UNI-3")
@LANGUAGES
def test_section_2_2_1_the_profile_of_the_unit_by_a_natural_person_on_a_telephone(
    language: str, enter: Enter, hall_people: World
) -> None:
    """By keyboard through the cascade, on 390 pixels; what is half chosen is told by the server as well."""
    user = enter(language, width=390, who=hall_people.client("handler", language))
    begin(user)
    page = user.page
    kind, province, city = user.place("authority").locator("select").all()
    kind.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(kind).to_have_value("city")
    page.keyboard.press("Tab")
    expect(province).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(province).to_have_value("FE-130000")
    expect(city).to_be_visible()
    forward(user)
    expect(user.place("authority").locator(".lh-error")).to_contain_text(user.word("请选择市级外专局", "City bureau is still to be chosen"))
    kind, province, city = user.place("authority").locator("select").all()
    expect(province).to_have_value("FE-130000")
    city.select_option("FE-130100")
    expect(passed(user)).to_be_visible()
    expect(user.place("authority").locator(".lh-error")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.req("UNI-3")
def test_the_cascade_without_script(enter: Enter, hall_people: World) -> None:
    """All three selects are there; a city that is not the province's is told, and after sending each offers what fits."""
    user = enter("zh-hans", script=False, who=hall_people.client("handler"))
    begin(user)
    kind, province, city = user.place("authority").locator("select").all()
    kind.select_option("city")
    province.select_option("FE-130000")
    city.select_option("FE-320500")
    forward(user)
    expect(user.place("authority").locator(".lh-error")).to_contain_text("苏州市外国专家局不属于河北省科学技术厅")
    _, _, city = user.place("authority").locator("select").all()
    assert set(offered(user, 2)) == {"FE-130100", "FE-130200", "FE-130300", "FE-130400", "FE-130600"}
    city.select_option("FE-130400")
    forward(user)
    expect(passed(user)).to_be_visible()
