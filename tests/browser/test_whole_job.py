"""One work permit from the first page to the signed permit, by the hands of everybody who has a part in it."""

import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import expect
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from laihua.accounts.models import Account
from laihua.kernel import clock
from tests import world as building
from tests.browser.conftest import PASSWORD, Enter, aside
from tests.browser.qr import holds
from tests.browser.visitor import Visitor
from tests.prechecks import samples
from tests.world import World

pytestmark = [pytest.mark.req(r) for r in ("WP-3", "WP-4", "WP-6", "WP-7", "WP-8", "RP-6", "OPS-1", "OPS-3")]

ADDRESS = "上海市浦东新区望江路88号3幢502室"
ADDRESS_AT_FIRST = "上海市浦东新区望江路88号"
NOTE = "与合同第2页的工作地点不一致"
SUBJECT_PASSWORD = "northern lights over Uppsala"
FIRST = ("location", "duration", "clause", "surname", "given_names", "chinese_name", "sex", "birth_date")
MATERIALS = ("photo", "degree", "work_proof", "police_record", "health_pledge", "chinese_proof", "application_form",
             "contract", "pay_commitment", "online_pledge")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_permit_from_the_first_page_to_the_verification(
    language: str, enter: Enter, people: World, run_jobs: Callable[[], int], hall: str, at: datetime, tmp_path: Path
) -> None:
    Account.objects.update(language=language)
    handler = enter(language)
    case = fill_in(handler)
    upload(handler, case)
    submit(handler, case)
    run_jobs()

    foreigner = enter("en")
    confirm(foreigner, letter_to(enter, people, language, "s.lindqvist@example.com"), case)
    run_jobs()

    reviewer = enter(language).sign_in("demo_pre_reviewer", PASSWORD, kind="natural").confirm_code()
    number = handler.page.locator(".lh-meta").get_by_text(re.compile(r"WP-\d{8}-\d{4}")).first.inner_text()
    number = re.search(r"WP-\d{8}-\d{4}", number)[0]  # type: ignore[index]
    send_back(reviewer, number)
    run_jobs()

    correct(handler, case)
    run_jobs()
    pass_pre_review(reviewer, number)
    run_jobs()

    day = book(handler, case)
    clock.move_to(day - timedelta(minutes=10))
    check_originals(enter(language).sign_in("demo_clerk", PASSWORD, kind="natural").confirm_code(), number)
    approve(enter(language).sign_in("demo_decider", PASSWORD, kind="natural").confirm_code(), number)
    run_jobs()

    permit, link = receive(handler, case, tmp_path)
    is_signed_and_whole(permit)
    printed = f"/verify/{link.strip('/').rpartition('/')[2][:5]}-{link.strip('/')[-5:]}/"
    assert holds(permit, settings.PUBLIC_URL + printed), "the QR code on the paper leads to the verification"
    anyone_verifies(enter(language), printed)
    everything_is_on_record(handler, foreigner, case)
    messages_went_out(enter, people, language)


# The handler

def fill_in(handler: Visitor) -> str:
    page, answers = handler.page, building.complete_answers(work_address="上海市浦东新区望江路")
    handler.go("/")
    handler.click("在线办理 外国人来华工作许可（新办）", "Apply online Work permit for foreigners: new", role="link")
    handler.sign_in("demo_handler", PASSWORD, kind="natural")
    handler.click("开始填写", "Start")
    page.wait_for_url("**/form/")
    case = page.url.split("/")[-3]

    handler.type("location", "inside")
    expect(handler.place("inside_reason")).to_be_visible()
    handler.type("location", "outside")
    expect(handler.place("inside_reason")).to_have_count(0)
    for name in FIRST[1:-1]:
        handler.type(name, answers[name])
    before = page.locator("[data-lf-total]").inner_text()
    with page.expect_response(lambda r: "/form/save/" in r.url and answers["birth_date"] in (r.request.post_data or "")):
        handler.type("birth_date", answers["birth_date"])
    expect(page.locator("#save-state")).to_contain_text(handler.word("已自动保存", "Saved automatically"))
    expect(page.locator("[data-lf-total]")).not_to_have_text(before)

    page.close()
    handler.page = page = page.context.new_page()
    handler.go("/my/")
    handler.click("填写并提交", "Fill in and submit", role="link")
    expect(page.locator("#f-surname")).to_have_value(answers["surname"])
    expect(page.locator("#f-birth_date")).to_have_value(answers["birth_date"])

    gaps_are_shown_all_at_once(handler)
    for name, value in answers.items():
        if name not in (*FIRST, "education", "work"):
            handler.type(name, value)
    handler.type_rows("education", answers["education"])
    handler.type_rows("work", answers["work"])
    expect(page.locator("[data-lf-total]")).to_have_text("80")
    next_page(handler)
    place = page.locator(".lh-error-summary li a")
    expect(place).to_have_count(1)
    place.click()
    expect(page.locator("#f-work_address")).to_be_focused()
    handler.type("work_address", ADDRESS_AT_FIRST)
    expect(handler.place("work_address").locator(".lh-error")).to_have_count(0)
    next_page(handler)
    page.wait_for_url("**/materials/")
    return case


def next_page(handler: Visitor) -> None:
    with handler.page.expect_navigation():
        handler.click("下一步", "Next")


def gaps_are_shown_all_at_once(handler: Visitor) -> None:
    page = handler.page
    next_page(handler)
    summary = page.locator(".lh-error-summary")
    expect(summary).to_be_focused()
    missing = summary.locator("li a")
    assert missing.count() > 15, "all that is missing, at once"
    expect(page.locator("[data-lf-place='nationality'] .lh-error")).to_be_visible()
    first = page.locator(str(missing.first.get_attribute("href")))
    missing.first.click()
    expect(first.locator("xpath=.").or_(first.locator("input")).and_(page.locator(":focus"))).to_be_in_viewport()


def upload(handler: Visitor, case: str) -> None:
    page, row = handler.page, handler.row("passport")
    handler.upload("passport", "passport.docx", samples.scan())
    expect(row.locator("[data-lm-refusal] li")).to_contain_text(".pdf")
    handler.upload("passport", "passport.pdf", b"%PDF-1.7\n" + b"0" * (2 * 1024 * 1024))
    expect(row.locator("[data-lm-refusal] li")).to_contain_text(handler.word("超过上限2.0 MB", "at most 2.0 MB"))
    with slowly(handler):
        handler.upload("passport", "passport.pdf", samples.scan(samples.page_image()))
        expect(row.locator("progress")).to_be_visible()
    uploaded = handler.word("已上传", "Uploaded")
    expect(row.locator(".lh-material-state")).to_contain_text(uploaded)
    expect(row.locator("[data-lm-refusal]")).to_be_hidden()
    for key in MATERIALS:
        if key == "photo":
            handler.upload(key, "photo.jpg", samples.photo(), "image/jpeg")
        else:
            handler.upload(key, f"{key}.pdf", samples.scan(samples.page_image(text=key)))
        expect(handler.row(key).locator(".lh-material-state")).to_contain_text(uploaded)
    handler.click("查看", "View", role="link", within=row)
    expect(page.locator("#preview img").first).to_be_visible()
    page.keyboard.press("Escape")
    handler.on_to_submitting()


class slowly:
    """Holds uploads up on their way, until the progress has been seen."""

    def __init__(self, visitor: Visitor) -> None:
        self.page = visitor.page

    def __enter__(self) -> None:
        self.held: list[Any] = []
        self.page.route("**/upload/**", lambda route: self.held.append(route))

    def __exit__(self, *_: object) -> None:
        for route in self.held:
            route.continue_()
        self.page.unroute("**/upload/**")


def submit(handler: Visitor, case: str) -> None:
    handler.page.wait_for_url("**/check/")
    expect(handler.page.locator(".lh-error-summary")).to_have_count(0)
    handler.click("提交本人确认", "Submit for confirmation")
    handler.page.wait_for_url(f"**/cases/{case}/")
    handler.says("等待", "wait")


def correct(handler: Visitor, case: str) -> None:
    page = handler.page
    handler.go(f"/cases/{case}/")
    handler.click("查看并补正", "See and correct", role="link")
    box = handler.place("work_address")
    expect(box).to_contain_text("WP-R01")
    expect(box).to_contain_text(NOTE)
    expect(handler.place("position").locator(".lh-fixed")).to_be_visible()
    handler.type("work_address", ADDRESS)
    next_page(handler)
    page.wait_for_url("**/materials/")
    degree = handler.row("degree")
    expect(degree).to_contain_text("WP-R02")
    expect(degree).to_contain_text(handler.word("将海外学历证明、无犯罪记录证明等进行公证认证", "notarised and certified"))
    expect(handler.row("contract").locator("input[type=file]")).to_have_count(0)
    handler.upload("degree", "degree-certified.pdf", samples.scan(samples.page_image(text="certified"), samples.page_image()))
    expect(degree.locator(".lh-material-state")).to_contain_text(handler.word("已上传", "Uploaded"))
    handler.on_to_submitting()
    handler.click("重新提交", "Submit again")
    page.wait_for_url(f"**/cases/{case}/")


def book(handler: Visitor, case: str) -> datetime:
    page = handler.page
    handler.go(f"/cases/{case}/")
    handler.click("预约", "Book", role="link", within=page.locator(".lh-todo"))
    page.wait_for_url("**/booking/")
    chosen = page.locator("label:has(input[name=starts_at]:not([disabled]))").first
    starts_at = datetime.fromisoformat(str(chosen.locator("input").get_attribute("value")))
    chosen.click()
    handler.click("预约这个时段", "Book this time")
    expect(page.locator("#booked")).to_be_visible()
    return starts_at


def receive(handler: Visitor, case: str, folder: Path) -> tuple[bytes, str]:
    page = handler.page
    page.close()
    handler.page = page = page.context.new_page()
    handler.go(f"/cases/{case}/")
    paper = page.locator("#papers li", has_text="WPX")
    with page.expect_download() as download:
        paper.locator("a").first.click()
    path = folder / "permit.pdf"
    download.value.save_as(path)
    link = paper.locator("a[href*='/verify/']").get_attribute("href") or ""
    return path.read_bytes(), link


def everything_is_on_record(handler: Visitor, foreigner: Visitor, case: str) -> None:
    for visitor in (handler, foreigner):
        visitor.go(f"/cases/{case}/")
        history = visitor.page.locator("#history")
        for chinese, english in (
            ("单位提交，等待本人确认", "Submitted by the employer for confirmation"),
            ("本人确认，申请已提交", "Confirmed by the applicant and submitted"),
            ("退回补正，计时暂停", "Returned for correction; clock paused"),
            ("重新提交，继续计时", "Submitted again; clock running"),
            ("线上预审通过", "Pre-review passed"), ("原件核验通过", "Originals checked"),
            ("准予许可", "Approved"), ("许可已发出", "Permit issued"),
        ):
            expect(history).to_contain_text(visitor.word(chinese, english))


# The foreigner

def letter_to(enter: Enter, people: World, language: str, address: str) -> str:
    """The link in the newest letter to this address, as the operator of a demo reads it."""
    operator = enter(language, who=people.client("operator", language))
    operator.go("/operator/messages/?channel=email")
    letter = operator.page.locator("tr", has_text=address).first
    letter.locator("summary").click()
    link = letter.locator("a[href*='/invitation/']").first.get_attribute("href") or ""
    return re.search(r"/invitation/[^/]+/", link)[0]  # type: ignore[index]


def confirm(foreigner: Visitor, link: str, case: str) -> None:
    page = foreigner.page
    foreigner.go(link)
    page.get_by_label("Passport number").fill("EM0000000")
    page.get_by_label("Date of birth").fill("1985-03-14")
    page.get_by_label("Login name").fill("soeren.lindqvist")
    page.get_by_label("Password", exact=True).fill(SUBJECT_PASSWORD)
    page.get_by_label("The password once more").fill(SUBJECT_PASSWORD)
    page.get_by_role("button", name="Check and create the account").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    page.get_by_label("Passport number").fill("EM7204138")
    page.get_by_label("Password", exact=True).fill(SUBJECT_PASSWORD)
    page.get_by_label("The password once more").fill(SUBJECT_PASSWORD)
    page.get_by_role("button", name="Check and create the account").click()
    page.wait_for_url(f"**/cases/{case}/confirm/")
    expect(page.locator("main")).to_contain_text("LINDQVIST")

    accept = page.locator(".lh-actions").get_by_role("button", name="Confirm and submit")
    accept.click()
    page.locator("dialog[open]").get_by_role("button", name="Confirm and submit").click()
    expect(page.locator(".lh-error-summary li a")).to_have_count(3)
    for box in page.locator("#confirm-form input[type=checkbox]").all():
        box.check()
    accept.click()
    page.locator("dialog[open]").get_by_role("button", name="Confirm and submit").click()
    page.wait_for_url(f"**/cases/{case}/")
    expect(page.locator("#history")).to_contain_text("Confirmed by the applicant and submitted")


# The officers

def claim(officer: Visitor, number: str, tab: str) -> None:
    officer.go(f"/desk/?tab={tab}")
    row = officer.page.locator("tr", has_text=number)
    officer.click("领取", "Claim", within=row)
    officer.page.wait_for_url("**/desk/cases/**")


def judge(officer: Visitor, item: str, verdict: tuple[str, str]) -> None:
    row = officer.page.locator(f"[data-item='{item}']")
    officer.click(*verdict, within=row)


def accept_the_rest(officer: Visitor) -> None:
    page = officer.page
    for tab in ("form", "materials"):
        page.locator(f"a[data-tab={tab}]").click()
        buttons = page.locator(f"[data-panel={tab}] form[data-section] button")
        for _ in range(buttons.count()):
            left = buttons.count()
            buttons.first.click()
            expect(buttons).to_have_count(left - 1)


def send_back(officer: Visitor, number: str) -> None:
    page = officer.page
    claim(officer, number, "pre_review")
    judge(officer, "field:work_address", ("退回", "Return"))
    row = page.locator("[data-item='field:work_address']")
    row.locator("select[name=reason]").select_option("WP-R01")
    expect(row.locator(".lh-hint").first).to_contain_text(officer.word("核对并修改填报信息", "Check and change the information"))
    expect(page.locator("#saved")).to_contain_text(officer.word("意见已保存", "Verdicts saved"))
    row = page.locator("[data-item='field:work_address']")
    row.locator("textarea[name=note]").fill(NOTE)
    with page.expect_response("**/verdict/"):
        row.locator("textarea[name=note]").blur()
    page.locator("a[data-tab=materials]").click()
    judge(officer, "material:degree", ("退回", "Return"))
    with page.expect_response("**/verdict/"):
        page.locator("[data-item='material:degree'] select[name=reason]").select_option("WP-R02")
    accept_the_rest(officer)
    expect(page.locator("[data-picture]")).to_be_visible()
    pass_on = page.locator("#decision").get_by_role("button", name=officer.word("预审通过", "Pass pre-review"))
    expect(pass_on).to_have_attribute("aria-disabled", "true")
    officer.click("退回补正", "Return for correction", within=page.locator("#decision"))
    officer.click("退回补正", "Return for correction", within=page.locator("dialog[open]"))
    page.wait_for_url("**/desk/**")


def pass_pre_review(officer: Visitor, number: str) -> None:
    page = officer.page
    officer.go("/desk/?tab=pre_review")
    row = page.locator("tr", has_text=number)
    if row.get_by_role("button", name=officer.word("领取", "Claim")).count():
        claim(officer, number, "pre_review")
    else:
        row.get_by_role("link", name=number).first.click()
    changed = page.locator("[data-item='field:work_address']")
    expect(changed.locator("ins")).to_contain_text(ADDRESS)
    expect(changed).to_contain_text(officer.word("已改", "Changed"))
    judge(officer, "field:work_address", ("通过", "Accept"))
    expect(changed).to_have_attribute("data-state", "accepted")
    page.locator("a[data-tab=materials]").click()
    degree = page.locator("[data-item='material:degree']")
    expect(degree).to_contain_text("degree-certified.pdf")
    judge(officer, "material:degree", ("通过", "Accept"))
    expect(degree).to_have_attribute("data-state", "accepted")
    officer.click("预审通过", "Pass pre-review", within=page.locator("#decision"))
    page.wait_for_url("**/desk/")


def check_originals(clerk: Visitor, number: str) -> None:
    page = clerk.page
    clerk.go("/desk/window/")
    page.locator("#find").fill(number)
    clerk.click("查找", "Find", within=page.locator("main"))
    page.wait_for_url("**/desk/window/*/")
    clerk.click("领取并核对", "Claim and check")
    rows = page.locator("[data-panel=originals] .lh-verdict-row")
    expect(rows).to_have_count(5)
    for row in rows.all():
        clerk.click("一致", "Matches", within=row)
        expect(row).to_have_attribute("data-state", "accepted")
    clerk.click("原件核验通过", "Pass originals check", within=page.locator("#decision"))
    page.wait_for_url("**/desk/window/")


def approve(decider: Visitor, number: str) -> None:
    page = decider.page
    claim(decider, number, "decision")
    decider.click("准予许可", "Approve", within=page.locator("#decision"))
    decider.click("准予许可", "Approve", within=page.locator("dialog[open]"))
    page.wait_for_url("**/desk/")


# The paper

def is_signed_and_whole(permit: bytes) -> None:
    roots = [load_cert_from_pemder(str(settings.SIGNING_CERTIFICATE))]
    signature = PdfFileReader(io.BytesIO(permit)).embedded_signatures[0]
    status = aside(lambda: validate_pdf_signature(signature, ValidationContext(trust_roots=roots)))
    assert status.intact
    assert status.valid
    assert status.trusted
    assert status.coverage.name == "ENTIRE_FILE"


def anyone_verifies(passer_by: Visitor, link: str) -> None:
    head = passer_by.page.locator(".lh-verify-head")
    passer_by.go(link)
    expect(head).to_contain_text(passer_by.word("尚未生效", "Not yet valid"))
    clock.move_to(clock.now().replace(year=2026, month=12, day=2))
    passer_by.go(link)
    expect(head).to_contain_text(passer_by.word("许可有效", "valid"))
    facts = passer_by.page.locator(".lh-facts").first
    expect(facts).to_contain_text("LINDQVIST S*****")
    expect(facts).not_to_contain_text("EM7204138")


def messages_went_out(enter: Enter, people: World, language: str) -> None:
    """To each in his own language, by e-mail and by SMS."""
    operator = enter(language, who=people.client("operator", language))
    operator.go("/operator/messages/?channel=email")
    letters = operator.page.locator("tbody tr")
    to_foreigner, to_handler = (letters.filter(has_text=a) for a in ("s.lindqvist@example.com", "handler@example.com"))
    expect(to_foreigner.filter(has_text="Work permit issued")).to_have_count(1)
    expect(to_handler.filter(has_text=operator.word("工作许可已发出", "Work permit issued"))).to_have_count(1)
    operator.go("/operator/messages/?channel=sms")
    texts = operator.page.locator("tbody tr")
    assert texts.filter(has_text=operator.word("工作许可已发出", "permit issued")).count() >= 1
