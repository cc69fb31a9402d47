"""S0 薪酬购付汇 FAST PASS, step by step: 第1步 fill in online, 第2步 print both sides, sign, seal, scan, submit, 第3步 straight to the
window with the originals, where more is asked for and supplied on the spot."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pypdfium2
import pytest
from django.db import transaction
from playwright.sync_api import expect

from laihua.accounts.models import Account
from laihua.cases.models import Case, Proceeding
from tests import fx
from tests import unit_files as files
from tests.browser.conftest import Enter, aside
from tests.browser.visitor import Visitor
from tests.prechecks import samples
from tests.world import World

FORM = "info_form"


@pytest.mark.req("FX-1", "FX-2", "FX-3")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_s0_fx_purchase_in_three_steps(
    language: str, enter: Enter, people: World, run_jobs: Callable[[], int], at: datetime
) -> None:
    Account.objects.update(language=language)
    staff = aside(transaction.atomic(lambda: an_earlier_case(people, at)))
    unit = enter(language, who=people.client("handler", language))
    step_1_fill_in(unit, staff)
    case = step_2_print_sign_scan_submit(unit)
    clerk = enter(language, width=390 if language == "en" else 1280, who=people.client("clerk", language))
    step_3_at_the_window(clerk, unit, case, run_jobs)


def an_earlier_case(people: World, at: datetime) -> Any:
    """Half a year ago: what was given then and still holds is not asked for again."""
    from laihua.cases import actions

    then = at - timedelta(days=150)
    earlier = fx.at_window(people, then, income_from="2025-06", income_to="2026-05")
    fx.tick_all(people, earlier, then)
    actions.move(case_id=earlier.id, move="accept", actor=people.clerk, at=then)
    Case.objects.filter(id=earlier.id).update(closed_at=then)
    return earlier.staff


def step_1_fill_in(unit: Visitor, staff: Any) -> None:
    unit.go(f"/start/{fx.ID}/?staff={staff.id}")
    unit.click("开始填写", "Start")
    unit.page.wait_for_url("**/form/")
    expect(unit.page.locator("#f-passport_number")).to_have_value("EM7204138")
    expect(unit.page.locator("#f-permit_number")).to_have_value("WPX2026030100018")
    unit.type_all({k: v for k, v in fx.INCOME.items() if k != "declare_truth"})
    expect(unit.page.get_by_text("381,480").first).to_be_visible()
    unit.type("declare_truth", True)


def step_2_print_sign_scan_submit(unit: Visitor) -> str:
    page = unit.page
    with page.expect_navigation():
        unit.click("下一步", "Next")
    page.wait_for_url("**/materials/")
    unit.says("有3项材料以前交过、现在仍然有效", "Given before and still valid: 3")
    unit.click("全部沿用", "Use all again")
    for key in ("permit", "passport", "contract"):
        expect(unit.row(key)).to_contain_text(unit.word("沿用自", "Taken over from"))
    link = unit.row(FORM).get_by_role("link", name=unit.word("打印信息表", "Print the form"))
    answer = page.context.request.get(unit.server + str(link.get_attribute("href")))
    sheet = answer.body()
    assert len(pypdfium2.PdfDocument(sheet)) == 2, "front and reverse of one sheet"
    unit.upload(FORM, "front.pdf", aside(lambda: files.scanned(one_page(sheet), dpi=150)))
    expect(unit.row(FORM).locator("[data-lm-refusal] li")).to_contain_text(unit.word("没有读到反面的二维码", "The code of the reverse"))
    for key, content in ((FORM, aside(lambda: files.scanned(sheet, dpi=150, turned=1))), ("tax_record", samples.scan()),
                         ("authorisation", samples.scan())):
        unit.upload(key, f"{key}.pdf", content)
        expect(unit.row(key).locator(".lh-material-state")).to_contain_text(unit.word("已上传", "Uploaded"))
    unit.on_to_submitting()
    page.wait_for_url("**/check/")
    unit.click("提交申请", "Submit application")
    page.wait_for_url(lambda url: not url.endswith("/check/"))
    unit.says("带原件到窗口办理", "Take the originals to a window")
    unit.says("无须等待网上受理结果", "No need to wait for an online answer")
    return str(page.url.rstrip("/").rpartition("/")[2])


def one_page(sheet: bytes) -> bytes:
    from io import BytesIO

    import pikepdf

    with pikepdf.open(BytesIO(sheet)) as pdf:
        del pdf.pages[1:]
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def step_3_at_the_window(clerk: Visitor, unit: Visitor, case: str, run_jobs: Callable[[], int]) -> None:
    page = clerk.page
    clerk.go("/desk/window/")
    page.locator("#find").fill("WPX2026030100018")
    page.locator("#find").press("Enter")
    page.wait_for_url(f"**/desk/window/{case}/")
    clerk.click("来人到窗口，开始核对", "Visitor is here, begin")
    ticked(clerk, 6)
    ask = page.locator("#ask-other")
    ask.locator("summary").click()
    ask.locator("select").select_option("FX-R06")
    clerk.click("标记要求补充", "Mark it", within=ask)
    clerk.click("要求补充材料", "Ask for more", within=page.locator("#decision"))
    clerk.click("要求补充材料", "Ask for more", within=page.get_by_role("dialog"))
    clerk.says("正在等待上传", "is uploading")
    supply(unit, case)
    clerk.click("领取并核对", "Claim and check")
    ticked(clerk, 1)
    clerk.click("受理并开具信息表", "Accept and issue the form", within=page.locator("#decision"))
    clerk.click("受理并开具信息表", "Accept and issue the form", within=page.get_by_role("dialog"))
    clerk.says("正在制作文书", "The papers are being made")
    run_jobs()
    expect(page.locator(".lh-counter-papers")).to_contain_text(clerk.word("受理回执", "Receipt of acceptance"))
    assert Proceeding.objects.get(case_id=case).step == "issued"
    unit.go(f"/cases/{case}/")
    unit.says("领取外籍人才薪酬购汇专用信息表", "Receive the special Information Form")


def ticked(clerk: Visitor, count: int) -> None:
    """By keyboard where there is room for one: A ticks an original and goes on to the next."""
    open_rows = clerk.page.locator(".lh-verdict-row[data-item^='original:'][data-state='']")
    expect(open_rows).to_have_count(count)
    for left in range(count, 0, -1):
        open_rows.first.locator(".lh-accept").click()
        expect(open_rows).to_have_count(left - 1)


def supply(unit: Visitor, case: str) -> None:
    unit.go(f"/cases/{case}/materials/")
    expect(unit.row("other")).to_contain_text("FX-R06")
    unit.upload("other", "tax.pdf", samples.scan(samples.page_image(text="OCTOBER")))
    expect(unit.row("other").locator(".lh-material-state")).to_contain_text(unit.word("已上传", "Uploaded"))
    unit.on_to_submitting()
    unit.page.wait_for_url("**/check/")
    unit.click("已补齐，继续受理", "Supplied, go on")
    unit.page.wait_for_url(lambda url: not url.endswith("/check/"))
