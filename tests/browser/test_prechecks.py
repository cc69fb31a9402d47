"""What pre-review finds, in a browser: it arrives on the open page, is seen at its place, mended by a click, judged by the officer."""

import re
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from laihua.cases import actions
from laihua.cases.models import Case, FindingReply, FindingVerdict
from tests import world as building
from tests.browser.conftest import Enter, aside
from tests.browser.visitor import Visitor
from tests.cases.prechecks import paper
from tests.world import World

KEY = "fields:passport:passport_number"


def numbers() -> tuple[str, str]:
    """That of the passport, and the same with one digit wrong, as it stands in the form."""
    right = paper("passport")[0].form.answers["passport_number"]
    return right, right[:-1] + str((int(right[-1]) + 5) % 10)


def filled(world: World, at: datetime) -> Case:
    """Everything is there but the passport, and its number in the form is wrong by one digit."""
    case = building.complete_draft(world, at, **paper("passport")[0].form.answers | {"passport_number": numbers()[1]})
    read_everything()
    actions.remove_material(case_id=case.id, key="passport", actor=world.handler, at=at)
    return case


def with_passport(world: World, at: datetime) -> Case:
    case = filled(world, at)
    actions.upload_material(
        case_id=case.id, key="passport", name="passport.pdf", content=paper("passport")[1], actor=world.handler, at=at
    )
    return case


def read_everything() -> None:
    from laihua.kernel import jobs

    aside(lambda: jobs.run_waiting(reading=True))


def kept(case: Case) -> Any:
    return aside(lambda: Case.objects.get(id=case.id)).answers["passport_number"]


def frames(visitor: Visitor) -> Locator:
    return visitor.page.locator("#prechecks-leaves .lh-mark[aria-current]")


@pytest.mark.req("PRE-6", "PRE-7", "WP-5")
@pytest.mark.parametrize(("language", "width"), [("zh-hans", 1280), ("en", 390)])
def test_a_passport_that_differs_by_one_digit_is_seen_and_mended_in_one_click(
    enter: Enter, people: World, at: datetime, language: str, width: int
) -> None:
    case, (right, wrong) = filled(people, at), numbers()
    visitor = enter(language, width=width, who=people.client("handler", language))
    page = visitor.go(f"/cases/{case.id}/materials/").page
    visitor.upload("passport", "passport.pdf", paper("passport")[1])
    line = page.locator("#read-passport")
    expect(line).to_contain_text(visitor.word("核对中", "Checking"))
    read_everything()
    expect(line).to_contain_text(visitor.word("护照号", "Passport number"))      # it came by itself
    expect(line.locator(".lh-badge-red")).to_have_count(1)

    line.get_by_role("link").click()
    page.wait_for_url("**/prechecks/**")
    card = page.locator("article[aria-current]")
    expect(card.get_by_role("heading")).to_contain_text(visitor.word("护照号", "Passport number"))
    expect(card.locator("dd")).to_have_text([wrong, right])
    expect(card.locator("mark")).to_have_text([wrong[-1], right[-1]])
    expect(page.locator("main")).to_contain_text(visitor.word("由审核人员决定", "a person decides"))
    card.locator("[data-pf-see]").click()
    frame, picture = frames(visitor).first, page.locator("#prechecks-leaves .lh-sheet:not([hidden]) img")
    expect(frame).to_be_visible()
    expect(picture).to_have_js_property("complete", True)
    page.wait_for_function("() => document.querySelector('#prechecks-leaves .lh-sheet:not([hidden]) img').naturalWidth > 0")
    inner, outer = frame.bounding_box(), picture.bounding_box()
    assert inner
    assert outer
    assert outer["x"] <= inner["x"] < inner["x"] + inner["width"] <= outer["x"] + outer["width"]
    assert 0 < inner["width"] < outer["width"] / 2
    assert 0 < inner["height"] < outer["height"] / 8

    card.get_by_role("button", name=right).click()
    expect(page.locator("#prechecks-matches")).to_contain_text(right)
    expect(page.locator("#prechecks-head [aria-current], #prechecks-head a").first).to_contain_text("0")
    assert kept(case) == right
    visitor.click("下一步", "Next", role="link")
    page.wait_for_url("**/check/")
    visitor.click("提交本人确认", "Submit for confirmation")
    page.wait_for_url(f"**/cases/{case.id}/")


@pytest.mark.req("PRE-7")
def test_results_come_while_one_types_and_take_neither_word_nor_focus(enter: Enter, people: World, at: datetime) -> None:
    case, (right, wrong) = with_passport(people, at), numbers()
    visitor = enter(who=people.client("handler"))
    page = visitor.go(f"/cases/{case.id}/form/").page
    panel = page.locator("#prechecks-beside")
    expect(panel).to_contain_text("核对中")
    page.locator("#s-employment > summary").click()
    box = page.locator("#f-position")
    box.fill("")
    box.press_sequentially("光学")
    read_everything()
    expect(panel).to_contain_text(right)
    expect(box).to_be_focused()
    box.press_sequentially("总监")
    expect(box).to_have_value("光学总监")
    expect(page.locator("#f-passport_number")).to_have_value(wrong)

    panel.get_by_role("button", name=right).click()
    expect(page.locator("#f-passport_number")).to_have_value(right)
    expect(panel.get_by_role("button", name=right)).to_have_count(0)
    expect(box).to_have_value("光学总监")
    expect(page.locator("#save-state")).to_contain_text("已自动保存")
    assert kept(case) == right


@pytest.mark.req("PRE-6")
def test_without_script_the_place_is_shown_and_the_form_is_right(enter: Enter, people: World, at: datetime) -> None:
    case, (right, wrong) = with_passport(people, at), numbers()
    read_everything()
    visitor = enter("en", script=False, who=people.client("handler", "en"))
    page = visitor.go(f"/cases/{case.id}/prechecks/").page
    card = page.locator("article.lh-finding").filter(has_text="Passport number").first
    card.locator("[data-pf-see]").click()
    expect(frames(visitor).first).to_be_visible()
    card.locator("summary").click()
    card.get_by_label("Why").fill("A new passport is on its way.")
    card.get_by_role("button", name="Save the explanation").click()
    expect(card).to_contain_text("A new passport is on its way.")
    assert kept(case) == wrong
    card.get_by_role("button", name=right).click()
    expect(page.locator("#prechecks-matches")).to_contain_text(right)
    assert kept(case) == right
    assert aside(lambda: FindingReply.objects.filter(case=case).count()) == 0


@pytest.mark.req("PRE-6")
def test_the_officer_sees_the_same_with_the_explanation_and_says_what_it_was_worth(enter: Enter, people: World, at: datetime) -> None:
    case, (right, wrong) = with_passport(people, at), numbers()
    read_everything()
    digest = finding_of(case, people, at).digest
    actions.answer_finding(
        case_id=case.id, key=KEY, digest=digest, how="explain", text="新护照正在办理。", actor=people.handler, at=at
    )
    actions.move(case_id=case.id, move="submit", actor=people.handler, at=at)
    Case.objects.filter(id=case.id).update(subject_id=people.subject.account_id)
    case.refresh_from_db()
    confirmed_by_the_subject(case, people, at)
    actions.claim(case_id=case.id, actor=people.pre_reviewer, at=at)
    visitor = enter(width=1440, who=people.client("pre_reviewer"))
    page = visitor.go(f"/desk/cases/{case.id}/").page
    page.locator("#row-field-passport_number [data-finding-at]").click()
    card = page.locator(f"[data-finding='{KEY}']")
    expect(card).to_be_visible()
    expect(card).to_contain_text("新护照正在办理。")
    assert right not in page.content()
    assert wrong not in page.content()
    expect(page.locator(".lh-sheet .lh-mark[aria-current]").first).to_be_visible()
    expect(page.locator("[data-finding-foot]")).to_contain_text("护照号")
    card.get_by_role("button", name="误报").click()
    expect(card.get_by_role("button", name="误报")).to_have_attribute("aria-pressed", "true")
    page.locator("#findings-missed summary").click()
    page.get_by_label("应由哪项核对发现").select_option("seal")
    page.get_by_role("button", name="报告漏报").click()
    expect(page.locator("#findings-missed")).to_contain_text("已报漏报")
    words = aside(lambda: sorted(FindingVerdict.objects.values_list("check_name", "word")))
    assert words == [("fields", "wrong"), ("seal", "missed")]

    operator = enter(who=people.client("operator"))
    operator.go("/operator/prechecks/")
    expect(operator.page.locator("tr").filter(has_text="与填报比对").first).to_contain_text(re.compile(r"0\s*1\s*0\s*0.0%"))


def finding_of(case: Case, world: World, at: datetime) -> Any:
    from tests.cases.prechecks import finding, seen

    return finding(seen(case, "handler", world, at))


def confirmed_by_the_subject(case: Case, world: World, at: datetime) -> None:
    from laihua.cases import queries

    seen = queries.dossier(case.id, actor=world.subject, at=at)
    declared = {
        f.key: True for s in seen.definition.visible_sections(seen.names) for f in s.fields
        if f.by == "subject" and f.type == "declaration"
    }
    actions.save_answers(case_id=case.id, changes=declared, base=case.revision, actor=world.subject, at=at)
    actions.move(case_id=case.id, move="confirm", actor=world.subject, at=at)
