"""The roster of a unit: all its foreign staff, what falls due when, and the page of each person."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from laihua.accounts.permissions import Actor
from laihua.cases import actions as cases
from laihua.cases import queries as case_queries
from laihua.catalog import queries as catalog
from laihua.catalog.definitions import Service
from laihua.kernel import clock
from laihua.kernel.texts import Reason, Refused, Text
from laihua.portal.applicant import listing, roster
from laihua.portal.applicant.roster import person
from laihua.portal.applicant.roster_opening import keepers, unit_of
from laihua.portal.applicant.whom import is_about_staff
from laihua.units import actions as units_actions
from laihua.units import queries as units

TABS = (("all", Text("全部在册", "All")), ("due", Text("可以或须要延期", "To be extended")), ("left", Text("已离职", "Left")))
ROSTER = Text("外籍人员名册", "Roster of foreign staff")
LEFT = Text("已标为离职。请自离职之日起10个工作日内申请注销许可", "Marked as left. Cancel the permit within 10 working days of that day")


@keepers
@require_safe
def index(request: HttpRequest, actor: Actor) -> HttpResponse:
    today, unit_id = clock.today(), unit_of(actor)
    tab = request.GET.get("tab", "all")
    asked = request.GET.get("q", "")[:100].replace("\0", "")
    if tab not in units.ROSTER_TABS:
        raise Http404
    try:
        page = units.roster_page(
            unit_id, today=today, tab=tab, asked=asked, after=request.GET.get("after", ""), before=request.GET.get("before", "")
        )
    except ValueError:
        raise Http404 from None
    counts, services = units.roster_counts(unit_id, today=today), services_of(actor)
    running = case_queries.running_about(member.id for member in page.rows)
    kept = {key: value for key, value in (("tab", "" if tab == "all" else tab), ("q", asked)) if value}
    return render(request, "applicant/roster.html", {
        "rows": [(person(member, today), offers(services, running.get(member.id, {}))) for member in page.rows], "q": asked,
        "tab": tab, "tabs": [(key, label, getattr(counts, key), key == tab) for key, label in TABS], "today": today,
        "filing": filing(units.filing_state(unit_id, on=today), today), "is_empty": not (counts.all or counts.left),
        "previous": f"?{urlencode({**kept, 'before': page.before})}" if page.before else "",
        "next": f"?{urlencode({**kept, 'after': page.after})}" if page.after else "", "periods": units.roster_periods(),
    })


@keepers
@require_safe
def member(request: HttpRequest, staff_id: UUID, actor: Actor) -> HttpResponse:
    return show(request, staff_id, actor)


@keepers
@require_POST
def left(request: HttpRequest, staff_id: UUID, actor: Actor) -> HttpResponse:
    """From the day that was given the person is not of the unit's staff any more."""
    if units.staff_member(unit_of(actor), staff_id) is None:
        raise Http404
    typed = request.POST.get("left_on", "")[:20]
    try:
        units_actions.mark_as_left(
            unit_id=unit_of(actor), staff_id=staff_id, on=units.day_of_text(typed.strip()), actor=actor, at=clock.now()
        )
    except Refused as refused:
        return show(request, staff_id, actor, refused.reasons, typed=typed, status=422)
    messages.success(request, str(LEFT))
    return redirect("roster:member", staff_id)


def show(
    request: HttpRequest, staff_id: UUID, actor: Actor, reasons: tuple[Reason, ...] = (), *, typed: str = "", status: int = 200
) -> HttpResponse:
    found, today = units.staff_member(unit_of(actor), staff_id), clock.today()
    if found is None:
        raise Http404
    history = case_queries.cases_about_staff(actor, staff_id)
    bookings = case_queries.bookings_of(p.id for p in history)
    running = {p.service: p.case_id for p in reversed(history) if p.closed_at is None}
    return render(request, "applicant/roster_member.html", {
        "crumbs": [(ROSTER, reverse("roster:list"))], "person": person(found, today), "facts": roster.facts(found),
        "offers": offers(services_of(actor), running),
        "history": [(listing.row(p, actor, bookings), p.case.created_at) for p in history],
        "reasons": [r for r in reasons if not r.place], "error": next((r.text for r in reasons if r.place), ""),
        "typed": typed, "today": today, "periods": units.roster_periods(), "source": found.source, "changed_at": found.changed_at,
    }, status=status)


def services_of(actor: Actor) -> list[Service]:
    """What can be started for somebody on the roster."""
    found = [definition.service for definition in catalog.services()]
    return [service for service in found if is_about_staff(service) and cases.may_start(service, actor)]


def offers(services: list[Service], running: Any) -> list[tuple[Service, UUID | None]]:
    """Each service, and the case of it that runs already."""
    return [(service, running.get(service.id)) for service in services]


def filing(state: Any, today: Any) -> Any:
    """The enterprise filing, where it ends soon or has ended."""
    if state.reason is not None:
        return {"tone": "red", "text": state.reason.text, "link": state.reason.link}
    left = (state.valid_to - today).days if state.valid_to else None
    if left is None or left > units.roster_periods().near_filing:
        return {"tone": "", "day": state.valid_to}
    text = Text("企业备案还有{n}天到期（{day}），到期后不能提交申请",
                "The enterprise filing ends in {n} days ({day}); after that nothing can be submitted")
    return {"tone": "amber", "text": text.format(n=left, day=state.valid_to.isoformat()), "link": units.START_FILING}
