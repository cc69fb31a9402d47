"""The queue of an office, taking cases from it, and finding one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages as toasts
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from laihua.accounts.permissions import Actor
from laihua.accounts.queries import names_of
from laihua.cases import actions, queries
from laihua.catalog import queries as catalog
from laihua.catalog.proceedings import MAIN
from laihua.kernel import clock
from laihua.kernel.calendar import day_of
from laihua.kernel.queries import working_calendar
from laihua.kernel.texts import Refused, Text
from laihua.permits import queries as permits
from laihua.portal.access import allow, safe_next
from laihua.portal.officer.apps import OFFICERS
from laihua.portal.officer.pages import DueLabel, acting, due_label, of_proceeding
from laihua.units import queries as units

UNTOLD_AFTER = timedelta(minutes=10)
PURPOSE = Text("办理本机关的案件", "For officers who handle the cases of their office")
BESIDE_STEPS = {
    "paused": (Text("待补正", "In correction"), ""),
    "today": (Text("今日到期", "Due today"), "lh-amber"),
    "late": (Text("已逾期", "Overdue"), "lh-red"),
    "mine": (Text("我办理中", "With me"), ""),
}
DUE = {"late": Text("已逾期", "Overdue"), "today": Text("今日到期", "Due today")}
HOLDER = {"none": Text("待领取", "Unclaimed"), "me": Text("我", "Me")}


@dataclass(frozen=True, slots=True)
class Tab:
    key: str
    title: Text
    count: str
    aside: Text
    tone: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class QueueRow:
    """`may_claim`: nobody holds it and its step is the actor's."""

    proceeding: Any
    due: DueLabel
    service: Text | str
    country: Text | str
    holder: str
    is_mine: bool
    may_claim: bool
    step: Text | str

    @property
    def of(self) -> str:
        return of_proceeding(self.proceeding.key)

    @property
    def named(self) -> str:
        """How a form of the queue names it."""
        p = self.proceeding
        return str(p.case_id) if p.key == MAIN else f"{p.case_id}:{p.key}"


@allow(*OFFICERS, purpose=PURPOSE)
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    return show_queue(request, request.GET)


def show_queue(request: HttpRequest, given: QueryDict, refused: list[Text] | None = None) -> HttpResponse:
    actor, now = acting(request), clock.now()
    today = day_of(now)
    services = {d.service.id: d for d in catalog.services()}
    systems = units.systems_of_office(actor.organisation_id)
    steps = queries.desk_steps(actor, services.values(), systems)
    counters = queries.counters(actor, steps, today=today)
    shown = queries.steps_at_work(steps, counters)
    asked = asked_for(given, steps, services, first=shown[0].key if shown else "mine")
    page = page_of(actor, asked, today, given)
    narrowed = any((asked.service, asked.category, asked.holder, asked.due, asked.text))
    return render(request, "officer/queue.html", {
        "tabs": tabs(shown, counters, asked.tab), "rows": rows(page.rows, actor, services, steps, today), "asked": asked,
        "page": page, "total": None if narrowed else shown_count(counters.by_tab[asked.tab].total), "narrowed": narrowed,
        "services": [(k, d.service.short_title) for k, d in services.items()], "categories": counters.categories,
        "due": DUE, "holder": HOLDER, "now": now, "office": actor.organisation_name, "refused": refused or [],
        "claims": asked.tab != "paused" and any(s.by & actor.roles for s in steps),
        "before": address(given, before=page.before), "after": address(given, after=page.after), "here": address(given, **place(given)),
        "untold": queries.untold(actor.organisation_id, now - UNTOLD_AFTER) if waits_for_notices(services, systems) else [],
        "clear": f"{reverse('officer:queue')}?tab={asked.tab}",
    }, status=409 if refused else 200)


def waits_for_notices(services: Mapping[str, Any], systems: frozenset[str]) -> bool:
    """Whether the office has services with moves that wait for their notice; the queue of the others asks nothing more."""
    return any(
        m.automatic and m.automatic.once_told
        for d in services.values() if d.service.system in systems for m in d.service.moves.values()
    )


def asked_for(
    given: QueryDict, steps: list[queries.DeskStep], services: Mapping[str, Any], first: str
) -> queries.QueueFilter:
    """What cannot be read is not asked for."""
    keys = [s.key for s in steps]
    tab = given.get("tab", "")
    text = given.get("text", "").strip()
    return queries.QueueFilter(
        tab=tab if tab in (*keys, *BESIDE_STEPS) else first, steps=tuple(keys),
        service=known(given, "service", services), category=given.get("category", "").strip()[:8],
        holder=known(given, "holder", HOLDER), due=known(given, "due", DUE),
        text=text[:80] if sum(c.isalnum() for c in text) >= 2 else "",
    )


def known(given: QueryDict, name: str, values: Mapping[str, Any]) -> str:
    value = given.get(name, "")
    return value if value in values else ""


def place(given: QueryDict) -> dict[str, str]:
    return {name: str(given[name]) for name in ("after", "before") if given.get(name)}


def page_of(actor: Actor, asked: queries.QueueFilter, today: date, given: QueryDict) -> queries.Page:
    """A page token that was tampered with means the first page."""
    at = place(given)
    try:
        return queries.queue(actor, asked, today=today, after=at.get("after", ""), before=at.get("before", ""))
    except (ValueError, ValidationError):
        return queries.queue(actor, asked, today=today)


def tabs(steps: list[queries.DeskStep], counters: queries.Counters, current: str) -> list[Tab]:
    found = []
    for step in steps:
        count = counters.by_tab[step.key]
        aside = Text("今日预约{n}", "{n} booked today") if step.booking else Text("待领取{n}", "{n} to claim")
        found.append((step.key, step.title, "", count.total, aside.format(n=shown_count(count.aside))))
    for key, (title, tone) in BESIDE_STEPS.items():
        count = counters.by_tab[key]
        aside = Text("我名下{n}", "{n} mine").format(n=shown_count(count.aside))
        if key == "paused":
            aside = Text("计时暂停", "Clock paused")
        elif key == "mine":
            aside = Text("已领取", "Claimed")
        found.append((key, title, tone, count.total, aside))
    base = reverse("officer:queue")
    return [
        Tab(key, title, shown_count(total), aside, tone, f"{base}?tab={key}", key == current)
        for key, title, tone, total, aside in found
    ]


def shown_count(count: int) -> str:
    return str(count) if count <= queries.UP_TO else f"{queries.UP_TO}+"


def rows(
    found: list[Any], actor: Actor, services: Mapping[str, Any], steps: list[queries.DeskStep], today: date
) -> list[QueueRow]:
    calendar, workable = working_calendar(), {s.key for s in steps if s.by & actor.roles}
    names = names_of({p.holder_id for p in found if p.holder_id and p.holder_id != actor.account_id})
    return [
        QueueRow(
            p, due_label(p.due_on, today, calendar), service_title(services, p), country(services, p),
            names.get(p.holder_id, ""), p.holder_id is not None and p.holder_id == actor.account_id,
            p.holder_id is None and p.step in workable and p.closed_at is None, step_title(services, p),
        )
        for p in found
    ]


def service_title(services: Mapping[str, Any], p: Any) -> Text | str:
    if p.service not in services:
        return str(p.service)
    service = services[p.service].service
    if not service.proceedings or p.key == MAIN:
        return service.short_title
    title = service.title_of(p.key)
    return Text(f"{service.short_title.zh} · {title.zh}", f"{service.short_title.en} · {title.en}")


def step_title(services: Mapping[str, Any], p: Any) -> Text | str:
    step = services[p.service].service.steps.get(p.step) if p.service in services else None
    return step.title if step else p.step


def country(services: Mapping[str, Any], p: Any) -> Text | str:
    definition = services.get(p.service)
    if definition is None or not p.subject_country or not definition.service.subject_country:
        return p.subject_country
    return definition.words(definition.service.subject_country, p.subject_country)


def address(given: QueryDict, **places: str) -> str:
    """The queue with the same filters on another page; nothing where there is no such page."""
    if places and not any(places.values()):
        return ""
    kept = given.copy()
    for name in ("after", "before", "csrfmiddlewaretoken", "case", "only", "next"):
        kept.pop(name, None)
    for name, value in places.items():
        kept[name] = value
    return f"{reverse('officer:queue')}?{kept.urlencode()}"


@allow(*OFFICERS, purpose=PURPOSE)
@require_POST
def claim(request: HttpRequest) -> HttpResponse:
    """Take the chosen cases, each by itself: what another took in between is left out and said."""
    wanted = [request.POST["only"]] if request.POST.get("only") else request.POST.getlist("case")
    taken: list[tuple[UUID, str]] = []
    refused: list[Text] = []
    for case_id, key in named(wanted):
        try:
            actions.claim(case_id=case_id, proceeding=key, actor=acting(request), at=clock.now())
            taken.append((case_id, key))
        except Refused as reason:
            refused += [said(case_id, acting(request), r.text) for r in reason.reasons]
        except queries.NotYours:
            refused.append(Text("没有这件案件，或者不属于本机关。", "There is no such case in your office."))
    if not taken and not refused:
        refused.append(Text("请先勾选要领取的案件。", "Tick the cases to claim first."))
    if taken:
        toasts.success(request, str(Text("已领取{n}件", "Claimed: {n}").format(n=len(taken))))
    back = safe_next(request, reverse("officer:queue"))
    if refused:
        return show_queue(request, QueryDict(back.partition("?")[2]), refused)
    return redirect(review_page(*taken[0])) if request.POST.get("only") else redirect(back)


def review_page(case_id: UUID, key: str) -> str:
    return reverse("officer:review", args=[case_id]) + of_proceeding(key)


def named(values: list[str]) -> list[tuple[UUID, str]]:
    """Cases with their proceedings, as the rows name them."""
    found = []
    for value in values[:100]:
        case_id, _, key = value.partition(":")
        try:
            found.append((UUID(case_id), key[:40] or MAIN))
        except ValueError:
            continue
    return found


def said(case_id: UUID, actor: Actor, text: Text) -> Text:
    seen = queries.desk_dossier(case_id, actor=actor, at=clock.now())
    return Text(f"{seen.case.number}：{text.zh}", f"{seen.case.number}: {text.en}")


@allow(*OFFICERS, purpose=PURPOSE)
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """By case number, QR code, passport or permit number, or full name. Posted, so that no number stands in an address."""
    asked = request.POST.get("q", "").strip()[:200]
    actor, today = acting(request), clock.today()
    found = find(actor, asked)
    if len(found) == 1:
        return redirect(review_page(found[0].case_id, found[0].key))
    services = {d.service.id: d for d in catalog.services()}
    return render(request, "officer/search.html", {
        "asked": asked, "rows": rows(found, actor, services, queries.desk_steps(actor, services.values()), today),
    })


def find(actor: Actor, asked: str) -> list[Any]:
    """What a scanner reads from a permit is the address of its verify page; from a notice it is the case number."""
    if not asked:
        return []
    case_id = permits.case_of_code(asked)
    if case_id is not None:
        try:
            return [queries.desk_dossier(case_id, actor=actor, at=clock.now()).proceeding]
        except queries.NotYours:
            return []
    return queries.find_cases(actor, asked)
