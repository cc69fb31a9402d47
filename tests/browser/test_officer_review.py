"""One review in a real browser with the keyboard alone; and what axe-core says of the officer's pages."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from laihua.cases import actions, queries
from laihua.cases.models import Material, MaterialFile, Verdict
from laihua.kernel.actions import store_file
from tests import world as building

pytestmark = pytest.mark.django_db(transaction=True)
AXE = (Path(__file__).resolve().parent / "vendor/axe.min.js").read_text()
RUN = "async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']})).violations"
def signed_in(chromium: Browser, world: Any, who: str, url: str, **options: Any) -> BrowserContext:
    context = chromium.new_context(**options)
    context.add_cookies([{"name": "sessionid", "value": world.client(who).cookies["sessionid"].value, "url": url}])
    return context


@pytest.mark.req("WP-7")
def test_a_review_by_keyboard(hall: str, chromium: Browser, world: Any, at: datetime) -> None:
    case = building.submitted_case(world, at)
    items = [i.id for i in queries.dossier(case.id, actor=world.pre_reviewer, at=at).items]
    actions.claim(case_id=case.id, actor=world.pre_reviewer, at=at)
    context = signed_in(chromium, world, "pre_reviewer", hall, viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if "Content Security Policy" in message.text else None)
    page.goto(f"{hall}/desk/cases/{case.id}/", wait_until="load")
    current = page.locator(".lh-verdict-row[aria-current]")

    first = current.get_attribute("id")
    page.keyboard.press("j")
    assert current.get_attribute("id") != first
    page.keyboard.press("k")
    assert current.get_attribute("id") == first
    page.keyboard.press("a")
    expect(page.locator(f"#{first}")).to_have_attribute("data-state", "accepted")
    expect(page.locator("#saved")).to_contain_text("意见已保存")
    expect(current).not_to_have_attribute("id", str(first))

    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")

    returned = page.locator(".lh-verdict-row[aria-current]").get_attribute("id")
    page.keyboard.press("r")
    reason = page.locator(f"#{returned}-reason")
    expect(reason).to_be_focused()
    reason.select_option("WP-R01")
    expect(page.locator(f"#{returned}")).to_have_attribute("data-state", "returned")
    expect(page.locator(f"#{returned}")).to_contain_text("确保与护照、劳动合同等原件材料一致")
    page.locator(f"#{returned}-note").fill("请与合同一致。")
    page.locator(f"#{returned}-note").blur()
    expect(page.locator("#decision")).to_contain_text("退回1项")

    sections = page.get_by_role("button", name="本节其余全部通过")
    for tab in ("form", "materials"):
        page.locator(f"[data-tab={tab}]").click()
        while sections.count():
            count = sections.count()
            sections.first.click()
            expect(sections).to_have_count(count - 1)
    expect(page.locator("#decision")).to_contain_text(f"已审{len(items)}项，共{len(items)}项")
    expect(page.locator("#decision")).to_contain_text("有1项退回，不能通过。")

    page.get_by_role("button", name="退回补正").click()
    page.get_by_role("dialog").get_by_role("button", name="退回补正").click()
    page.wait_for_url(re.compile(r"/desk/$"))
    expect(page.locator(".lh-toast")).to_contain_text(case.number)
    context.close()

    assert faults == []
    assert building.proceeding_of(case).step == "correction"
    verdict = Verdict.objects.get(result="returned")
    assert (verdict.reasons, verdict.note) == (["WP-R01"], "请与合同一致。")


def test_the_document_turns_zooms_and_follows_the_rows(hall: str, chromium: Browser, world: Any, at: datetime) -> None:
    case = building.submitted_case(world, at)
    long = store_file(content=building.pdf(3), content_type="application/pdf", at=at)
    current = Material.objects.get(case=case, key="contract").current_id
    MaterialFile.objects.filter(id=current).update(stored=long, pages=3)
    actions.claim(case_id=case.id, actor=world.pre_reviewer, at=at)
    context = signed_in(chromium, world, "pre_reviewer", hall, viewport={"width": 1440, "height": 900}, locale="en-GB")
    page = context.new_page()
    page.goto(f"{hall}/desk/cases/{case.id}/?tab=materials", wait_until="load")
    page.locator("#row-material-contract [data-see]").click()
    picture, where = page.locator("[data-picture]"), page.locator("[data-page-of]")
    expect(where).to_have_text("1 / 3")
    page.keyboard.press("]")
    expect(where).to_have_text("2 / 3")
    expect(picture).to_have_attribute("src", re.compile(r"/materials/contract/page/2\.png"))
    expect(page.locator(".lh-sheet")).to_have_attribute("style", re.compile("--w: 1100"))
    before = page.locator(".lh-sheet").bounding_box()
    page.get_by_role("button", name="Turn right by 90 degrees").click()
    after = page.locator(".lh-sheet").bounding_box()
    assert before is not None
    assert after is not None
    assert before["height"] > before["width"]
    assert after["width"] > after["height"]
    page.get_by_role("button", name="Zoom in").click()
    expect(page.locator("[data-zoom-of]")).to_have_text("125%")
    gutter = page.get_by_role("separator")
    gutter.focus()
    page.keyboard.press("ArrowRight")
    expect(gutter).to_have_attribute("aria-valuenow", "50")
    page.reload(wait_until="load")
    expect(gutter).to_have_attribute("aria-valuenow", "50")
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_nothing_serious_on_the_officers_pages(hall: str, chromium: Browser, world: Any, at: datetime, language: str, width: int) -> None:
    second = building.returned_case(world, at)
    change = {"work_address": "上海市浦东新区望江路99号1幢101室"}
    actions.save_answers(case_id=second.id, changes=change, base=second.revision, actor=world.handler, at=at)
    actions.reply_to_return(case_id=second.id, item=("material", "degree"), text="认证正在办理。", actor=world.handler, at=at)
    actions.move(case_id=second.id, move="resubmit", actor=world.handler, at=at)
    actions.claim(case_id=second.id, actor=world.pre_reviewer, at=at)
    judge = {"case_id": second.id, "actor": world.pre_reviewer, "at": at}
    actions.record_verdicts(items=[("field", "work_address")], result="returned", reasons=["WP-R07"], note="门牌号", **judge)
    free, window = building.submitted_case(world, at), building.passed_case(world, at)
    actions.claim(case_id=window.id, actor=world.clerk, at=at)
    key = queries.dossier(window.id, actor=world.clerk, at=at).originals[0][0]
    actions.tick_original(case_id=window.id, key=key, matches=False, note="编号不同", actor=world.clerk, at=at)
    paths = {
        "pre_reviewer": ["/desk/", f"/desk/cases/{second.id}/", f"/desk/cases/{second.id}/?tab=materials", f"/desk/cases/{free.id}/",
                         f"/desk/cases/{second.id}/record/", "/desk/find/", "/desk/?tab=late"],
        "clerk": ["/desk/window/", f"/desk/window/{window.id}/"],
        "head": ["/desk/?tab=decision", f"/desk/cases/{second.id}/record/"],
    }
    for who, addresses in paths.items():
        context = signed_in(
            chromium, world, who, hall, viewport={"width": width, "height": 900}, locale=language, bypass_csp=True
        )
        page = context.new_page()
        for path in addresses:
            page.goto(hall + path, wait_until="load")
            assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, path
            page.evaluate(AXE)
            found = [f"{v['impact']} {v['id']} {v['nodes'][0]['target']}" for v in page.evaluate(RUN)]
            assert found == [], path
        context.close()


def test_no_bar_lies_over_a_control_wherever_the_rows_end_on_a_phone(hall: str, chromium: Browser, world: Any, at: datetime) -> None:
    window = building.passed_case(world, at)
    actions.claim(case_id=window.id, actor=world.clerk, at=at)
    for key, _, _ in queries.dossier(window.id, actor=world.clerk, at=at).originals:
        actions.tick_original(case_id=window.id, key=key, matches=False, note="编号不同", actor=world.clerk, at=at)
    context = signed_in(chromium, world, "clerk", hall, viewport={"width": 390, "height": 900}, locale="zh-CN", bypass_csp=True)
    page = context.new_page()
    page.goto(f"{hall}/desk/window/{window.id}/", wait_until="load")
    page.evaluate(AXE)
    only = "async () => (await axe.run(document, {runOnly: {type: 'rule', values: ['target-size']}})).violations"
    for height in range(560, 960, 20):
        page.set_viewport_size({"width": 390, "height": height})
        assert [v["nodes"][0]["target"] for v in page.evaluate(only)] == [], height
    low = page.locator("main :is(select, textarea, button):visible").evaluate_all(
        "all => all.filter(one => one.getBoundingClientRect().height < 44).map(one => one.id || one.className || one.textContent)"
    )
    assert low == []
    context.close()
