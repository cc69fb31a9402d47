"""axe-core on the public pages in a real browser: nothing serious, nothing sideways, in both languages and widths."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from laihua.catalog import actions as catalog

AXE = (Path(__file__).resolve().parents[1] / "browser/vendor/axe.min.js").read_text()
RUN = "async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']})).violations"
PATHS = ("/", "/services/work_permit.new/", "/help/", "/about/pdf/", "/components/", "/nothing/")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="module")  # its loop must not outlive the file: signing needs one of its own
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
@pytest.mark.django_db(transaction=True)
def test_nothing_serious(live_server: Any, browser: Browser, at: datetime, language: str, width: int) -> None:
    catalog.sync(at=at)
    context = browser.new_context(viewport={"width": width, "height": 900}, locale=language, bypass_csp=True)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    for path in PATHS:
        page.goto(live_server.url + path, wait_until="load")
        sideways = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert sideways <= 0, path
        page.evaluate(AXE)
        found = [f"{v['impact']} {v['id']} {v['nodes'][0]['target']}" for v in page.evaluate(RUN)]
        assert found == [], path
    context.close()
    assert faults == []


@pytest.mark.django_db(transaction=True)
def test_parts_work_by_keyboard_under_the_real_policy(live_server: Any, browser: Browser) -> None:
    page = browser.new_page(locale="en-GB", viewport={"width": 1280, "height": 900})
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.goto(live_server.url + "/components/", wait_until="load")

    search = page.get_by_role("combobox", name="Nationality")
    search.fill("fin")
    search.press("Enter")
    assert page.locator("select[name=country]").input_value() == "FIN"

    steps = page.locator(".lh-line-step")
    steps.nth(3).focus()
    assert page.locator(".lh-line-hint p:visible").inner_text().startswith("Decision")
    page.keyboard.press("Escape")
    assert page.locator(".lh-line-hint p:visible").inner_text().startswith("Originals check")

    opener = page.get_by_role("button", name="Open the dialog")
    opener.focus()
    page.keyboard.press("Enter")
    assert page.locator("dialog#check").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("dialog#check").is_visible()
    assert opener.evaluate("e => e === document.activeElement")

    page.locator(".lh-error-summary a").click()
    assert page.evaluate("document.activeElement.id") == "f-duties"

    gutter = page.get_by_role("separator")
    gutter.focus()
    before = int(gutter.get_attribute("aria-valuenow") or 0)
    page.keyboard.press("ArrowRight")
    assert int(gutter.get_attribute("aria-valuenow") or 0) == before + 2
    assert refused == []
    page.close()


@pytest.mark.django_db(transaction=True)
def test_the_language_switch_keeps_page_and_scroll_and_waits_for_unsaved_work(live_server: Any, browser: Browser) -> None:
    page = browser.new_page(locale="en-GB", viewport={"width": 1280, "height": 600})
    page.goto(live_server.url + "/about/pdf/?kept=1", wait_until="load")
    page.evaluate("scrollTo(0, 300)")
    third = "document.querySelectorAll('.lh-prose h2')[2].getBoundingClientRect().top"
    before = page.evaluate(third)
    page.evaluate("""document.addEventListener('laihua:leave', e => e.detail.wait(
        Promise.resolve().then(() => sessionStorage.setItem('saved', '1'))))""")
    page.evaluate("document.querySelector('.lh-bar form[data-lh-language]').requestSubmit()")
    page.locator("html[lang=zh-Hans]").wait_for()
    page.wait_for_load_state("load")
    assert abs(page.evaluate(third) - before) < 60
    assert page.evaluate("scrollY") > 0
    assert page.url.endswith("/about/pdf/?kept=1")
    assert page.evaluate("sessionStorage.getItem('saved')") == "1"
    page.close()
