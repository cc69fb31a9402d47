"""Every page of the hall as people see it: both languages, desk and telephone, with a case in every state.

Pictures of all of them lie in artifacts/screenshots/ afterwards. A page without a row in `PAGES` fails the last test.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
import yaml
from django.conf import settings
from django.db import connections
from django.urls import get_resolver
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from laihua.accounts import actions as accounts
from laihua.accounts import queries as account_queries
from laihua.accounts.models import Account, Duplicate
from laihua.bulletins.models import Bulletin, Question
from laihua.cases.models import Case, MaterialFile, Proceeding
from laihua.catalog import queries as catalog_queries
from laihua.kernel import clock, jobs
from laihua.kernel.calendar import ZONE
from laihua.notifications.models import InboxMessage
from laihua.permits.models import Issued
from laihua.portal.operator import demo
from laihua.portal.operator.demo import casting
from laihua.units.models import ClientUnit, StaffMember, Unit
from tests.browser.conftest import LOCALES, PICTURES, aside
from tests.browser.visitor import Visitor
from tests.portal.language import chinese_left

pytestmark = [pytest.mark.django_db, pytest.mark.req("RP-6"), pytest.mark.req("OPS-1")]

MORNING = datetime(2026, 11, 12, 10, 0, tzinfo=ZONE)
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
RUN_AXE = """async () => (await axe.run(document, {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'],
})).violations"""
AGAIN = """async target => {
  document.querySelector(target).scrollIntoView({block: 'center', behavior: 'instant'});
  const again = await axe.run(document, {runOnly: {type: 'rule', values: ['target-size']}, resultTypes: ['violations']});
  return again.violations.some(v => v.nodes.some(n => n.target[0] === target));
}"""
LOOK = """() => {
  const seen = e => e.checkVisibility({visibilityProperty: true}) && !e.closest('dialog:not([open])');
  const all = s => [...document.querySelectorAll(s)].filter(seen);
  const sideways = () => [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && seen(e)).slice(0, 3)
    .map(e => e.tagName + '.' + e.className);
  return {
    sideways: document.documentElement.scrollWidth > innerWidth ? sideways() : [],
    headings: document.querySelectorAll('h1').length,
    primary: all('.btn-primary').filter(e => !e.closest('dialog')).map(e => e.innerText.trim()),
    nameless: [...document.querySelectorAll('img:not([alt]), i.ti:not([aria-label])')]
      .filter(e => !e.closest('[aria-hidden=true]')).map(e => e.outerHTML),
    tiny: all('main *').filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())
      && parseFloat(getComputedStyle(e).fontSize) < 12).map(e => e.outerHTML.slice(0, 80)),
  };
}"""


@dataclass(frozen=True)
class Row:
    """One page in one state. `{case}` is the case of this person, `{code}` that of his permit."""

    name: str
    path: str
    who: str = ""
    person: str = ""
    step: str = ""
    status: int = 200
    confirmed: bool = True


PAGES = (
    Row("home", "/"), Row("home-nothing", "/?q=zzz"), Row("guide", "/services/work_permit.new/"), Row("help", "/help/"),
    Row("simulator", "/simulators/residence_points.pre_review/"), Row("simulator-permit", "/simulators/work_permit.new/"),
    Row("about-pdf", "/about/pdf/"), Row("components", "/components/"), Row("not-found", "/nothing/", status=404),
    Row("sign-in", "/sign-in/"), Row("sign-in-natural", "/sign-in/?kind=natural"),
    Row("portals", "/portals/"),
    Row("register", "/register/"), Row("register-unit", "/register/unit/"), Row("register-unit-form", "/register/unit/form/"),
    Row("register-person", "/register/person/"), Row("recover", "/recover/"), Row("recover-other", "/recover/other/"),
    Row("password", "/password/{password}/"),
    Row("password-ended", "/password/nothing/", status=404), Row("appeal", "/appeal/"), Row("trouble", "/trouble/"),
    Row("trouble-ways", "/trouble/?who=unit&knows=old_name&knows=phone"), Row("agreement", "/about/agreement/"),
    Row("sessions", "/sessions/", "yanqiao"), Row("change-password", "/sessions/password/", "yanqiao"),
    Row("second-factor", "/sign-in/totp/", "prereview1", confirmed=False),
    Row("organisations", "/sign-in/organisation/", "yanqiao"), Row("forbidden", "/operator/", "yanqiao", status=403),
    Row("verify", "/verify/"), Row("verify-valid", "/verify/{code}/", person="tanaka", step="issued"),
    Row("verify-over", "/verify/{code}/", person="lindqvist", step="issued"),
    Row("verify-unknown", "/verify/AAAAA-AAAAA/"),
    Row("invitation", "/invitation/{token}/"), Row("invitation-known", "/invitation/{token}/?way=known"),
    Row("invitation-other", "/invitation/{token}/", "yanqiao"), Row("invitation-ended", "/invitation/nothing/", status=404),
    Row("my-cases", "/my/", "yanqiao"), Row("my-cases-done", "/my/?tab=done", "yanqiao"),
    Row("my-cases-nothing", "/my/?q=zzz", "yanqiao"), Row("my-cases-subject", "/my/", "moreau"),
    Row("start", "/start/work_permit.new/", "yanqiao"), Row("start-no-filing", "/start/work_permit.new/", "jiuzhou"),
    Row("start-wrong", "/start/work_permit.new/", "moreau"),
    Row("start-whom", "/start/work_permit.extension/", "yanqiao"),
    Row("start-for-staff", "/start/work_permit.extension/?staff={staff}", "yanqiao"),
    Row("roster", "/roster/", "yanqiao"), Row("roster-left", "/roster/?tab=left", "yanqiao"), Row("roster-none", "/roster/", "lanting"),
    Row("roster-member", "/roster/{staff}/", "yanqiao"), Row("roster-import", "/roster/import/", "yanqiao"),
    Row("roster-preview", "/roster/import/{list}/", "yanqiao"), Row("roster-calendar", "/roster/calendar/", "yanqiao"),
    Row("form-draft", "/cases/{case}/form/", "yanqiao", "lindqvist", "draft"),
    Row("form-errors", "/cases/{case}/form/?check=1", "yanqiao", "lindqvist", "draft"),
    Row("form-returned", "/cases/{case}/form/", "yanqiao", "virtanen"),
    Row("form-read", "/cases/{case}/form/", "yanqiao", "schneider"),
    Row("materials-draft", "/cases/{case}/materials/", "yanqiao", "lindqvist", "draft"),
    Row("materials-full", "/cases/{case}/materials/", "xingluo", "weber"),
    Row("materials-returned", "/cases/{case}/materials/", "yanqiao", "virtanen"),
    Row("materials-todo", "/cases/{case}/materials/?tab=todo", "yanqiao", "virtanen"),
    Row("prechecks", "/cases/{case}/prechecks/", "xingluo", "weber"),
    Row("prechecks-empty", "/cases/{case}/prechecks/", "yanqiao", "lindqvist", "draft"),
    Row("check-gaps", "/cases/{case}/check/", "yanqiao", "lindqvist", "draft"),
    Row("check-ready", "/cases/{case}/check/", "xingluo", "weber"),
    Row("check-no-filing", "/cases/{case}/check/", "jiuzhou", "hansen"),
    Row("case-objected", "/cases/{case}/", "haitang", "horvat"),
    Row("case-confirmation", "/cases/{case}/", "xingluo", "patel", "confirmation"),
    Row("case-review", "/cases/{case}/", "yanqiao", "schneider"),
    Row("case-messages", "/cases/{case}/", "xingluo", "kowalski"),
    Row("case-correction", "/cases/{case}/", "yanqiao", "virtanen"),
    Row("case-to-book", "/cases/{case}/", "yanqiao", "petrov"), Row("case-booked", "/cases/{case}/", "yanqiao", "park"),
    Row("case-issued", "/cases/{case}/", "yanqiao", "tanaka"), Row("case-issued-post", "/cases/{case}/", "lanting", "okonjo"),
    Row("case-refused", "/cases/{case}/", "qingyu", "fernandez"), Row("case-withdrawn", "/cases/{case}/", "qingyu", "putri"),
    Row("case-subject", "/cases/{case}/", "tanaka", "tanaka"),
    Row("confirm", "/cases/{case}/confirm/", "moreau", "moreau"),
    Row("confirm-unit", "/cases/{case}/confirm/", "qingyu", "moreau"),
    Row("booking", "/cases/{case}/booking/", "yanqiao", "petrov"), Row("booking-made", "/cases/{case}/booking/", "yanqiao", "park"),
    Row("booking-change", "/cases/{case}/booking/?change=1", "yanqiao", "park"),
    Row("me", "/me/", "yanqiao"), Row("me-information", "/me/information/", "yanqiao"),
    Row("enter-no-unit", "/enter/expert_projects/", "moreau"), Row("system-home", "/systems/one_network/", "yanqiao"),
    Row("privacy", "/privacy/", "yanqiao"), Row("privacy-close", "/privacy/close/", "yanqiao"),
    Row("duplicates", "/operator/duplicates/", "operator"), Row("duplicate", "/operator/duplicates/{duplicate}/", "operator"),
    Row("unit-information", "/me/unit/{unit}/", "yanqiao-unit"), Row("grants", "/grants/", "yanqiao-unit"),
    Row("grant-search", "/grants/new/", "yanqiao-unit"),
    Row("suspended", "/enter/one_network/", "ruyu-new"), Row("pending", "/enter/expert_projects/", "qingyu-unit"),
    Row("system-home-unit", "/systems/expert_projects/", "lanting-unit"), Row("delegations-given", "/delegations/", "qingyu-unit"),
    Row("me-waiting", "/me/", "wanzhao"), Row("queue-platform", "/desk/", "platform1"), Row("queue-national", "/desk/", "national1"),
    Row("earlier-cases", "/operator/earlier/", "operator"),
    Row("board", "/systems/expert_projects/bulletins/?kind=notice", "lanting-unit"),
    Row("board-item", "/systems/expert_projects/bulletins/{bulletin}/", "lanting-unit"),
    Row("questions", "/systems/expert_projects/questions/", "lanting-unit"),
    Row("question", "/systems/expert_projects/questions/{question}/", "lanting-unit"),
    Row("bulletins", "/operator/bulletins/", "operator"), Row("bulletin-new", "/operator/bulletins/new/", "operator"),
    Row("bulletin-edit", "/operator/bulletins/{bulletin}/", "operator"),
    Row("questions-desk", "/operator/questions/", "operator"), Row("question-desk", "/operator/questions/{question}/", "operator"),
    Row("inbox", "/inbox/", "yanqiao"), Row("inbox-message", "/inbox/{message}/", "yanqiao"),
    Row("queue", "/desk/?tab=pre_review", "prereview1"), Row("queue-late", "/desk/?tab=late", "prereview1"),
    Row("queue-paused", "/desk/?tab=paused", "prereview1"), Row("queue-mine", "/desk/?tab=mine", "prereview1"),
    Row("queue-nothing", "/desk/?tab=pre_review&text=zzzz", "prereview1"), Row("queue-head", "/desk/?tab=late", "head"),
    Row("search", "/desk/find/", "prereview1"),
    Row("review-free", "/desk/cases/{case}/", "prereview1", "schneider"),
    Row("review-mine", "/desk/cases/{case}/", "prereview1", "kowalski"),
    Row("review-materials", "/desk/cases/{case}/?tab=materials", "prereview1", "kowalski"),
    Row("review-findings", "/desk/cases/{case}/?tab=findings", "prereview1", "kowalski"),
    Row("review-again", "/desk/cases/{case}/?tab=materials", "prereview1", "yilmaz"),
    Row("review-head", "/desk/cases/{case}/", "head", "rossi"),
    Row("record", "/desk/cases/{case}/record/", "prereview1", "yilmaz"),
    Row("record-head", "/desk/cases/{case}/record/", "head", "okonjo"),
    Row("window", "/desk/window/", "window1"), Row("originals", "/desk/window/{case}/", "window1", "dubois"),
    Row("decision", "/desk/cases/{case}/", "decider1", "cohen"),
    Row("expert-list", "/desk/opinions/", "expert1"), Row("expert-opinion", "/desk/opinions/{project}/", "expert1"),
    Row("expert-tally", "/desk/cases/{project}/opinions/", "national1"),
    Row("project-review", "/cases/{project}/", "lanting-unit"),
    Row("start-about", "/start/expert_project.closing/", "lanting-unit"),
    Row("clients", "/desk/clients/", "points1"), Row("client", "/desk/clients/{client}/", "points1"),
    Row("points-start", "/start/residence_points.pre_review/", "mubai"),
    Row("points-not-client", "/start/residence_points.pre_review/", "yixin"),
    Row("points-not-shown", "/services/residence_points.pre_review/", status=403),
    Row("statistics", "/desk/statistics/", "head"), Row("statistics-year", "/desk/statistics/?period=year", "head"),
    Row("operator", "/operator/", "operator"), Row("messages", "/operator/messages/", "operator"),
    Row("operator-prechecks", "/operator/prechecks/", "operator"),
    Row("audit", "/operator/audit/", "auditor"),
    Row("special", "/special/"), Row("sign-ins", "/operator/sign-ins/", "auditor"), Row("delegations", "/delegations/", "yanqiao"),
)
ACTS = {  # addresses that are no page: they do something, or answer with a file or a part of a page
    "account:bulletin-file", "operator:bulletin-file",
    "account:captcha", "account:captcha-picture", "account:captcha-recording", "account:consent-withdraw",
    "account:consents-give", "account:delegation", "account:delegation-enter", "account:delegation-leave",
    "account:delegation-new", "account:delegation-revoke", "account:enter-statement", "account:grant-change",
    "account:grant-revoke", "account:grant-roles", "account:inbox_read_all", "account:me-documents",
    "account:portal", "account:portal-back", "account:privacy-export", "account:session-end",
    "account:sessions-end", "account:sign-out", "account:stay", "account:unit-documents", "account:unit-for",
    "account:unit-handler", "account:unit-way", "applicant:document", "applicant:file", "applicant:form-pdf",
    "applicant:form-save", "applicant:invite", "applicant:message", "applicant:move", "applicant:page",
    "applicant:prechecks-answer", "applicant:prechecks-standing",
    "applicant:remove", "applicant:reply", "applicant:sample", "applicant:standing", "applicant:start-for",
    "applicant:upload", "roster:accept", "roster:feed", "roster:left", "roster:template",
    "officer:ask-experts", "officer:give-opinion", "officer:decline-opinion", "officer:opinion-file", "officer:opinion-page",
    "officer:claim", "officer:claim-one", "officer:document", "officer:file",
    "officer:finding-missed", "officer:finding-verdict",
    "officer:hand-over", "officer:message", "officer:move", "officer:page", "officer:posting", "officer:release",
    "applicant:reuse", "applicant:reuse-all", "officer:ask", "officer:receive", "officer:standing",
    "officer:statistics-csv", "officer:tick", "officer:unmask", "officer:verdict", "operator:clock",
    "operator:duplicate-unmask", "operator:requeue", "operator:sign-in-value", "operator:sign-ins-csv",
    "operator:verify", "public:health", "public:language", "public:sample", "verify:file",
}

LISTED = {"position": "装配总监", "ignored": "备注"}     # what a unit wrote in the list that it uploads


@dataclass
class Demo:
    server: str
    chinese: frozenset[str]
    sessions: dict[tuple[str, bool], str]
    password_link: str
    contexts: dict[tuple[str, bool, str, int], tuple[BrowserContext, Visitor]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def shown(django_db_setup: None, django_db_blocker: Any, chromium: Browser) -> Iterator[Demo]:
    """The demo, built once for the file, and the hall on a port of its own; emptied afterwards."""
    from django.core.management import call_command
    from pytest_django.live_server_helper import LiveServer

    from laihua.catalog import actions as catalog
    from laihua.kernel import actions as kernel
    from laihua.kernel import queries as kernel_queries

    with django_db_blocker.unblock():
        def furnish() -> None:
            kernel.import_calendar(at=MORNING)
            catalog.sync(at=MORNING)
            clock.move_to(MORNING)
            demo.build(at=MORNING)
            jobs.run_waiting()

        aside(furnish)
        server = LiveServer("localhost")
        sessions = {(who, confirmed): session(who, confirmed) for who, confirmed in {(r.who, r.confirmed) for r in PAGES if r.who}}
        link = accounts.make_password_link(account_id=Account.objects.get(login_name="wanzhao").id, at=timezone.now())
        found = Demo(server.url, data_in_chinese(), sessions, link)
        yield found
        for context, _visitor in found.contexts.values():
            context.close()
        server.stop()
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
        clock.forget()
        kernel_queries.forget_calendar()
        connections.close_all()     # those of Playwright's context, which nobody else closes


def data_in_chinese() -> frozenset[str]:
    """What people of the demo wrote or are called: data, which has no English form."""
    found: set[str] = set()

    def collect(value: Any) -> None:
        if isinstance(value, dict):
            for one in value.values():
                collect(one)
        elif isinstance(value, list):
            for one in value:
                collect(one)
        elif isinstance(value, str):
            found.add(value)

    for name in ("people", "cases", "entries"):
        rows = yaml.safe_load((casting.FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
        collect({k: v for k, v in rows.items() if k != "organisations"} if isinstance(rows, dict) else rows)
    for case in Case.objects.all():
        collect(case.answers)
    found |= {file.name for file in MaterialFile.objects.all()}
    for definition in catalog_queries.services():
        collect([f.example for s in definition.service.sections for f in s.fields])
    found |= set(Unit.objects.values_list("name_zh", flat=True)) | {a.name_zh for a in Account.objects.all()}
    return frozenset((found | set(LISTED.values())) - {""})


def case_of(row: Row) -> Case:
    person = casting.persons()[row.person]
    proceedings = [p for p in Proceeding.objects.select_related("case") if p.subject_name == person.name]
    return next(p for p in proceedings if not row.step or p.step == row.step).case


def address(shown: Demo, row: Row) -> str:
    words: dict[str, Any] = {}
    if row.person:
        words["case"] = case_of(row).id
    if "{project}" in row.path:
        words["project"] = Proceeding.objects.get(step="expert_review").case_id
    if "{code}" in row.path:
        words["code"] = Issued.objects.get(case_id=words["case"], kind="permit").code
    if "{duplicate}" in row.path:
        words["duplicate"] = suspected_duplicate()
    if "{bulletin}" in row.path:
        words["bulletin"] = Bulletin.objects.filter(pinned=True).values_list("id", flat=True).get()
    if "{question}" in row.path:
        words["question"] = Question.objects.order_by("asked_at").values_list("id", flat=True)[0]
    if "{client}" in row.path:
        words["client"] = ClientUnit.objects.order_by("name_zh")[0].id
    if "{staff}" in row.path:
        words["staff"] = StaffMember.objects.get(record__isnull=False, permit_index="WPX310020240117").id
    if "{list}" in row.path:
        words["list"] = aside(lambda: uploaded_list(row.who))    # where the server can see it
    if "{password}" in row.path:
        words["password"] = shown.password_link
    if "{unit}" in row.path:
        words["unit"] = Unit.objects.get(account__login_name=row.who).organisation_id
    if "{token}" in row.path:
        words["token"] = open_invitation()
    if "{message}" in row.path:
        account = account_queries.account_named(row.who)
        words["message"] = InboxMessage.objects.filter(account_id=account.id).latest("created_at").id  # type: ignore[union-attr]
    return quote(row.path.format(**words), safe="/?=&%")


def suspected_duplicate() -> UUID:
    """The account of the demo that is held."""
    return Duplicate.objects.get(state="open").id


def uploaded_list(login_name: str) -> UUID:
    """With a fault, somebody new and a change."""
    from laihua.accounts.permissions import Actor
    from laihua.units.actions import keep_import

    account = account_queries.account_named(login_name)
    actor = Actor(account_id=account.id, name="")  # type: ignore[union-attr]
    values = {"surname": "BERG", "given_names": "NILS", "nationality": "NOR", "passport_number": "NO1234567", "permit_to": "2027-05-01"}
    known = {**StaffMember.objects.get(permit_index="WPX310020240117").record, "position": LISTED["position"]}
    fault = ["birth_date", "1990-01-32", ["请填写日期", "Write a date"]]
    rows = [{"n": n, "values": row, "faults": wrong} for n, row, wrong in ((2, values, []), (3, known, []), (4, values, [fault]))]
    unit_id = account.grants.get(role="handler").organisation_id  # type: ignore[union-attr]
    return keep_import(unit_id=unit_id, rows=rows, ignored=[LISTED["ignored"]], actor=actor, at=clock.now()).id


def open_invitation() -> str:
    from laihua.accounts.permissions import Actor
    from laihua.portal.operator.demo import invitations

    operator = account_queries.account_named("operator")
    reader = Actor(account_id=operator.id, name="", roles=frozenset({"operator"}))  # type: ignore[union-attr]
    found = (t for tokens in invitations.tokens(reader).values() for t in tokens)
    return next(t for t in found if invitations.is_open(t, clock.now()))


def visitor_of(shown: Demo, chromium: Browser, row: Row, language: str, width: int) -> Visitor:
    key = (row.who, row.confirmed, language, width)
    if key not in shown.contexts:
        context = chromium.new_context(viewport={"width": width, "height": 900}, locale=LOCALES[language])
        if row.who:
            value = shown.sessions[row.who, row.confirmed]
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": shown.server}])
        shown.contexts[key] = context, Visitor.at(context, shown.server, language)
    return shown.contexts[key][1]


def session(who: str, confirmed: bool) -> str:
    from django.test import Client

    client = Client()
    client.force_login(account_queries.account_named(who), backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[arg-type]
    session = client.session
    if confirmed:
        session[account_queries.CONFIRMED] = True
        session.save()
    return str(client.session.session_key)


@pytest.mark.parametrize("row", PAGES, ids=[row.name for row in PAGES])
def test_every_page_looks_right_in_both_languages_and_widths(shown: Demo, chromium: Browser, row: Row) -> None:
    faults: list[str] = []
    for language in LOCALES:
        for width in (1280, 390):
            visitor = visitor_of(shown, chromium, row, language, width)
            visitor.faults.clear()
            response = visitor.page.goto(shown.server + address(shown, row), wait_until="load")
            assert response
            if response.status != row.status:
                faults.append(f"status {response.status}")
            picture(visitor.page, f"{row.name}-{'zh' if language != 'en' else 'en'}-{width}")
            here = [*visitor.faults, *look(visitor.page), *spoken(visitor.page, language, shown.chinese)]
            if (language == "en") is (width == 1280):       # each language and each width once
                here += axe(visitor.page)
            faults += [f"{language} {width}: {fault}" for fault in here]
    assert not faults, "\n" + "\n".join(faults)


def picture(page: Page, name: str) -> None:
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def look(page: Page) -> list[str]:
    seen = page.evaluate(LOOK)
    found = [f"reaches beyond the right edge: {one}" for one in seen["sideways"]]
    found += [f"without a name: {one}" for one in seen["nameless"]] + [f"too small: {one}" for one in seen["tiny"]]
    if seen["headings"] != 1:
        found.append(f"{seen['headings']} h1")
    if len(seen["primary"]) > 1 and "/components/" not in page.url:
        found.append(f"primary buttons: {seen['primary']}")
    return found


def spoken(page: Page, language: str, data: frozenset[str]) -> list[str]:
    if page.evaluate("document.documentElement.lang") != ("en" if language == "en" else "zh-Hans"):
        return ["wrong lang"]
    return [f"not translated: {one}" for one in sorted(set(chinese_left(page.content(), allowed=data)))] if language == "en" else []


def axe(page: Page) -> list[str]:
    """What axe-core finds serious or critical. A target that only lies half behind a sticky bar is looked at again in view."""
    page.evaluate(AXE)
    found = []
    for fault in page.evaluate(RUN_AXE):
        if fault["impact"] not in ("serious", "critical"):
            continue
        targets = [node["target"][0] for node in fault["nodes"]]
        if fault["id"] == "target-size":
            targets = [one for one in targets if page.evaluate(AGAIN, one)]
        found += [f"{fault['impact']} {fault['id']} {one}" for one in targets]
    return found


def test_every_address_that_is_a_page_has_a_row() -> None:
    from django.urls import resolve

    resolver = get_resolver()
    names = {
        f"{space}:{name}" for space, (_, part) in resolver.namespace_dict.items()
        for name in part.reverse_dict if isinstance(name, str)
    }
    shown = set()
    for row in PAGES:
        path = row.path.partition("?")[0]
        for name in ("case", "message", "duplicate", "bulletin", "question", "unit", "staff", "list", "client", "project"):
            path = path.replace(f"{{{name}}}", str(UUID(int=0)))
        if row.status != 404:
            shown.add(resolve(path.format(code="AAAAA-AAAAA", token="a", password="a")).view_name)
    assert names - shown - ACTS == set()
