"""A person at a browser: what he does on the pages, and whatever the browser complained about meanwhile."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response, expect

REFUSED = re.compile(r"Failed to load resource: the server responded with a status of (401|403|404|409|422|429) ")
"""What the browser notes when the hall says no; the page tells the person, so it is no fault."""


@dataclass
class Visitor:
    page: Page
    server: str
    language: str
    faults: list[str] = field(default_factory=list)

    @classmethod
    def at(cls, context: BrowserContext, server: str, language: str) -> "Visitor":
        visitor = cls(context.new_page(), server, language)
        context.on("page", visitor.watch)
        context.on("request", visitor.see_request)
        context.on("response", visitor.see_response)
        visitor.watch(visitor.page)
        return visitor

    # What must not happen

    def watch(self, page: Page) -> None:
        page.on("console", self.see_message)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error} on {page.url}"))

    def see_message(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not REFUSED.match(message.text):
            self.faults.append(f"console: {message.text} on {message.page.url if message.page else ''}")

    def see_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        own = {"data", "blob", "about", "chrome", "chrome-extension"}
        if address.scheme not in own and f"{address.scheme}://{address.netloc}" != self.server:
            self.faults.append(f"foreign host: {request.url}")

    def see_response(self, response: Response) -> None:
        if response.status >= 500 or (response.status >= 400 and response.request.resource_type in {"image", "stylesheet", "script"}):
            self.faults.append(f"{response.status} {response.url}")

    # Words

    def word(self, chinese: str, english: str) -> str:
        return english if self.language == "en" else chinese

    # Going about

    def go(self, path: str) -> "Visitor":
        self.page.goto(self.server + path if path.startswith("/") else path, wait_until="load")
        return self

    def click(self, chinese: str, english: str, role: str = "button", within: Locator | None = None) -> None:
        (within or self.page).get_by_role(role, name=self.word(chinese, english)).first.click()  # type: ignore[arg-type]

    def says(self, chinese: str, english: str) -> None:
        expect(self.page.get_by_text(self.word(chinese, english)).first).to_be_visible()

    def sign_in(self, login_name: str, password: str, *, kind: str) -> "Visitor":
        if not urlsplit(self.page.url).path.startswith("/sign-in"):
            self.go("/sign-in/")
        self.click(*{"legal": ("法人登录", "Legal person"), "natural": ("自然人登录", "Natural person")}[kind], role="link")
        self.page.get_by_label(self.word("登录名", "Login name")).fill(login_name)
        self.page.get_by_label(self.word("密码", "Password"), exact=True).fill(password)
        self.solve_captcha()
        self.page.locator("main form button.btn-primary").click()
        return self

    def solve_captcha(self) -> None:
        """What a person reads in the picture, the test reads in the table."""
        from tests.captchas import answer_of

        captcha_id = self.page.locator("main [name=captcha_id]").first.input_value()
        self.page.get_by_label(self.word("图形验证码", "Captcha"), exact=True).first.fill(answer_of(captcha_id))

    def confirm_code(self) -> "Visitor":
        """The demo shows the code that the authenticator app would."""
        shown = self.page.locator("[data-demo-code]").inner_text()
        self.page.get_by_label(self.word("动态口令", "One-time code")).fill(shown)
        self.page.locator("main form button.btn-primary").click()
        self.page.wait_for_url("**/desk/**")
        return self

    # The form

    def place(self, name: str) -> Locator:
        return self.page.locator(f"[data-lf-place='{name}']")

    def type(self, name: str, value: Any) -> None:
        """Fill in one place of the form as a person does, whatever control stands there."""
        place = self.place(name)
        section = self.page.locator("details[data-lf-section]", has=place)
        if section.get_attribute("open") is None:
            section.locator("> summary").click()
        control = place.locator("input:not([type=hidden]):not([tabindex='-1']), select:not([hidden]), textarea").first
        control.wait_for()
        kind, tag = control.get_attribute("type"), control.evaluate("e => e.tagName")
        if kind == "radio":
            code = str(value).lower() if isinstance(value, bool) else value
            place.locator(f"label:has(input[value='{code}'])").click()
        elif kind == "checkbox":
            if control.is_checked() != bool(value):
                place.locator("label").first.click()
        elif control.get_attribute("role") == "combobox":
            text = place.locator(f"select option[value='{value}']").first.inner_text()
            control.fill(text)
            control.press("Enter")
        elif tag == "SELECT":
            control.select_option(str(value))
        else:
            control.fill(str(value))

    def type_all(self, answers: Mapping[str, Any]) -> None:
        for name, value in answers.items():
            self.type(name, value)

    def type_rows(self, key: str, rows: Sequence[Mapping[str, Any]]) -> None:
        for number, row in enumerate(rows):
            box = self.page.locator(f"[data-lf-rows='{key}'] > [data-lf-row='{number}']")
            if not box.count():
                self.page.locator(f"[data-lf-add='{key}']").click()
                box.wait_for()
            for name, value in row.items():
                self.type(f"{key}.{number}.{name}", value)

    # Files

    def row(self, key: str) -> Locator:
        return self.page.locator(f"#material-{key}")

    def upload(self, key: str, name: str, content: bytes, kind: str = "application/pdf") -> None:
        self.row(key).locator("input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": content})

    def on_to_submitting(self) -> None:
        """From the materials to the last page, past what pre-review found where the service has documents that are read."""
        self.click("下一步", "Next", role="link")
        self.page.wait_for_url(re.compile(r"/(prechecks|check)/"))
        if "/prechecks/" in self.page.url:
            self.click("下一步", "Next", role="link")
        self.page.wait_for_url("**/check/")
