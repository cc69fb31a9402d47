"""S4, scope 1 to 4: each of the four procedures is found, started from the roster and asks only what it has to."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from laihua.cases import actions as cases
from laihua.cases.models import Case
from laihua.kernel import clock
from tests import permit_cases as counters
from tests.browser.conftest import Enter, aside
from tests.browser.visitor import Visitor
from tests.world import World

pytestmark = [pytest.mark.req("WP-1"), pytest.mark.req("WP-3")]
TITLES = (
    ("外国人来华工作许可（新办）", "Work permit for foreigners: new"), ("外国人来华工作许可（变更）", "Work permit for foreigners: change"),
    ("外国人来华工作许可（延期）", "Work permit for foreigners: extension"),
    ("外国人来华工作许可（注销）", "Work permit for foreigners: cancellation"),
)


@pytest.fixture
def employed(people: World, at: Any) -> World:
    """Somebody with a permit that may be extended; the clock stands in its window."""
    later = at + timedelta(days=20)
    aside(lambda: counters.granted(people, at, contract_from="2026-11-16", contract_to="2027-03-15"))
    clock.move_to(later)
    return people


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_scope_1_to_4(language: str, enter: Enter, employed: World, run_jobs: Callable[[], int]) -> None:
    handler = enter(language, who=employed.client("handler", language))
    page = handler.page
    handler.go("/")
    for title in TITLES:
        expect(page.locator("main").get_by_text(handler.word(*title), exact=True).first).to_be_visible()

    begin(handler, "work_permit.change")
    expect(handler.place("new_position")).to_have_count(0)
    handler.place("items").locator("label", has=page.locator("input[value=position]")).click()
    shown(handler, "new_position")
    expect(handler.place("old_position").locator(".lh-fixed")).to_contain_text("光学研发经理")
    expect(handler.place("new_passport_number")).to_have_count(0)
    expect(handler.place("surname").locator("input")).to_have_count(0)
    give_up(employed)

    begin(handler, "work_permit.extension")
    shown(handler, "extend_to")
    expect(handler.place("permit_to").locator(".lh-fixed")).to_contain_text("2027-03-15")
    give_up(employed)

    begin(handler, "work_permit.cancellation")
    handler.type("reason", "absconded")
    expect(handler.place("notice_on")).to_be_visible()
    expect(handler.place("signature")).to_have_count(0)
    handler.type("reason", "resigned")
    expect(handler.place("signature")).to_be_visible()
    expect(handler.place("notice_on")).to_have_count(0)


def begin(handler: Visitor, service: str) -> None:
    """By the choice of a person on the roster."""
    handler.go(f"/start/{service}/")
    handler.page.locator("main").get_by_role("link", name=re.compile("LINDQVIST")).first.click()
    handler.click("开始填写", "Start")
    handler.page.wait_for_url("**/form/")


def shown(handler: Visitor, place: str) -> None:
    section = handler.page.locator("details[data-lf-section]", has=handler.place(place))
    if section.get_attribute("open") is None:
        section.locator("> summary").click()
    expect(handler.place(place)).to_be_visible()


def give_up(world: World) -> None:
    case = Case.objects.filter(closed_at=None).order_by("-created_at")[0]
    aside(lambda: cases.move(case_id=case.id, move="discard", actor=world.handler, at=clock.now()))
