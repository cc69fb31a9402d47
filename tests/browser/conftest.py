"""Chromium against the hall itself: the WSGI application on a port of its own, jobs done when a test says so.

Without sleeps: a test waits for what a person would see. Each visitor has a browser context of his own, and at the end
of the test his browser must have had nothing to complain about.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.visitor import Visitor

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]
LOCALES = {"zh-hans": "zh-CN", "en": "en-GB"}
PASSWORD = "a long pass phrase 2026"
WAIT = 10_000
PICTURES = Path(__file__).resolve().parents[2] / "artifacts" / "screenshots"
FAILED = pytest.StashKey[bool]()

T = TypeVar("T")
Enter = Callable[..., Visitor]
# Models are imported where they are used: pytest reads this file before Django is set up.


def aside(work: Callable[[], T]) -> T:
    """In a thread of its own, as the worker would: Playwright's loop runs in this one, and signing needs one too."""
    from django.db import connections

    def run() -> T:
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


@pytest.fixture(scope="module")  # its loop must not outlive the file: signing needs one of its own
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=WAIT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def hall(live_server: Any, transactional_db: None, at: datetime) -> Iterator[str]:
    """The address of the running hall, whose clock stands at the tests' morning."""
    from laihua.kernel import clock

    clock.move_to(at)
    yield live_server.url
    clock.forget()


@pytest.fixture
def people(hall: str, at: datetime) -> Any:
    """The small world, in which everybody has the same password."""
    from django.contrib.auth.hashers import make_password

    from laihua.accounts.models import Account
    from laihua.cases import actions as cases
    from tests import world as building

    world = building.build(at)
    cases.sync_windows()
    Account.objects.update(password=make_password(PASSWORD))
    for account in world.accounts.values():
        account.refresh_from_db()
    return world


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    item.stash.setdefault(FAILED, False)
    item.stash[FAILED] |= report.failed  # type: ignore[attr-defined]
    return report  # type: ignore[return-value]


@pytest.fixture
def enter(chromium: Browser, hall: str, request: pytest.FixtureRequest) -> Iterator[Enter]:
    """Opens a browser for one person: `enter(language="en", width=390, script=False, who=world.client("clerk"))`."""
    visitors: list[Visitor] = []
    contexts = []

    def open_browser(language: str = "zh-hans", width: int = 1280, script: bool = True, who: Any = None, **more: Any) -> Visitor:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, locale=LOCALES[language], java_script_enabled=script,
            accept_downloads=True, **more,
        )
        context.set_default_timeout(WAIT)
        if who is not None:
            context.add_cookies([{"name": n, "value": c.value, "url": hall} for n, c in who.cookies.items() if c.value])
        visitor = Visitor.at(context, hall, language)
        visitors.append(visitor)
        contexts.append(context)
        return visitor

    yield open_browser
    if request.node.stash.get(FAILED, False):
        for number, visitor in enumerate(visitors):
            if not visitor.page.is_closed():
                visitor.page.screenshot(path=PICTURES / "failed" / f"{request.node.name}-{number}.png", full_page=True)
    faults = [fault for visitor in visitors for fault in visitor.faults]
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def run_jobs(hall: str) -> Callable[[], int]:
    """Does what the worker would: called where a person would wait for it."""
    from laihua.kernel import jobs

    return lambda: aside(jobs.run_waiting)
