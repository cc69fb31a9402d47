"""The way into a business system (ENT-1 to ENT-4), and its first page."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from laihua.accounts import actions
from laihua.accounts.permissions import Actor
from laihua.cases import actions as case_actions
from laihua.cases import queries as cases
from laihua.catalog import queries as catalog
from laihua.catalog.definitions import Service
from laihua.kernel import clock
from laihua.kernel.texts import Refused, Text
from laihua.portal import navigation
from laihua.portal.access import SIGNED_IN, allow
from laihua.portal.account.entry.facts import account_facts, chain_of
from laihua.portal.account.entry.home import boards
from laihua.portal.account.entry.rules import Page, Stage
from laihua.portal.account.entry.standing import Door, door_of, profiles_of
from laihua.portal.applicant import listing
from laihua.portal.help_lines import help_line
from laihua.portal.systems import System, systems

FILL_IN = {
    Page.UNIT_PROFILE: Text(
        "首次进入“{system}”，请先填写单位信息，审核通过后即可进入。",
        "Before your first entry into “{system}” please fill in the unit's profile. Once it is approved you can enter.",
    ),
    Page.PERSON_PROFILE: Text(
        "您的单位已在“{system}”登记，请完善个人信息，审核通过后即可进入。",
        "Your unit is enrolled in “{system}”. Please complete your own profile; once it is approved you can enter.",
    ),
}
FIRST_ENTRY = Text(
    "首次进入“{system}”，请按照要求填写单位信息，提交等待审核通过后即可进入。",
    "Before your first entry into “{system}” please fill in the unit's information and submit it. Once it is approved you can enter.",
)
STATED = Text("说明已提交，管理员处理时会看到", "Your statement was sent; the operator will see it")
SHOWN = 5


@allow(SIGNED_IN)
@never_cache
@require_safe
def enter(request: HttpRequest, system: str) -> HttpResponse:
    """Leads to the page that ENT-1 has for this account, or on into the system: to `service`, where one was asked for."""
    door = door_of(request, system_of(system), at=clock.now())
    if door.page is Page.CHOOSE:
        return HttpResponseRedirect(f"{reverse('account:choose-organisation')}?{urlencode({'next': request.get_full_path()})}")
    if door.page in FILL_IN and door.profile is not None:
        return _to_profile(request, door)
    if door.page is Page.HOME:
        asked = request.GET.get("service", "")
        known = any(d.service.id == asked and d.service.system == system for d in catalog.services())
        return HttpResponseRedirect(reverse("applicant:start", args=[asked]) if known else _home(system))
    return _in_the_way(request, door)


@allow(SIGNED_IN)
@never_cache
@require_safe
def home(request: HttpRequest, system: str) -> HttpResponse:
    """The first page inside: what to do next, the system's services, one's own cases in it."""
    at = clock.now()
    door = door_of(request, system_of(system), at=at)
    if door.page is not Page.HOME:
        return HttpResponseRedirect(reverse("account:enter", args=[system]))
    offered = _services(system, door.actor)
    mine = cases.my_cases(door.actor, done=False, services=[s.id for s in offered["all"]])
    return render(request, "account/system_home.html", {
        **frame_of(door), "services": offered["open"], "rows": mine.rows[:SHOWN], "more": len(mine.rows) > SHOWN,
        "earlier": len(cases.earlier_cases_of(door.actor)), "listed": _listed(mine.rows[:SHOWN], door.actor),
        "here": "home", **boards(door.system, door.actor, offered["all"], at=at),
    })


@allow(SIGNED_IN)
@require_POST
def state(request: HttpRequest, system: str) -> HttpResponse:
    """What a held account has to say for itself."""
    door = door_of(request, system_of(system), at=clock.now())
    if door.page is not Page.SUSPENDED:
        return HttpResponseRedirect(reverse("account:enter", args=[system]))
    text = request.POST.get("statement", "")
    try:
        actions.state_case(account_id=door.account.id, text=text, at=clock.now())
    except Refused as refused:
        return _in_the_way(request, door, statement=text, error=refused.reasons[0].text, status=422)
    messages.success(request, str(STATED))
    return HttpResponseRedirect(reverse("account:enter", args=[system]))


def _in_the_way(request: HttpRequest, door: Door, *, status: int = 200, **more: Any) -> HttpResponse:
    words = {**frame_of(door), "facts": account_facts(door), **more}
    if door.page in (Page.UNIT_PENDING, Page.PERSON_PENDING):
        words |= {"chain": chain_of(door), "whom": "unit" if door.page is Page.UNIT_PENDING else "person"}
        return render(request, "account/pending.html", words)
    if door.page is Page.SUSPENDED:
        return render(request, "account/suspended.html", words | {"held": door.held}, status=status)
    return render(request, "account/no_entry.html", words)


def _to_profile(request: HttpRequest, door: Door) -> HttpResponse:
    """A new profile is begun, a draft goes on, a returned one is corrected on its case page."""
    enrolled, profile = door.enrolled, door.profile
    stage = Stage(enrolled.state) if enrolled else Stage.UNKNOWN
    if enrolled and enrolled.case_id and stage in (Stage.DRAFT, Stage.RETURNED) and _is_his(enrolled.case_id, door.actor):
        page = "applicant:form" if stage is Stage.DRAFT else "applicant:case"
        return HttpResponseRedirect(reverse(page, args=[enrolled.case_id]))
    if profile is None:
        raise Http404
    words = FILL_IN[door.page] if "unit" in profiles_of(door.system.key) else FIRST_ENTRY
    messages.info(request, str(words.format(system=door.system.title)))
    return HttpResponseRedirect(reverse("applicant:start", args=[profile.id]))


def _is_his(case_id: UUID, actor: Actor) -> bool:
    try:
        return cases.dossier(case_id, actor=actor, at=clock.now()).is_applicant
    except cases.NotYours:
        return False


def frame_of(door: Door) -> dict[str, Any]:
    """What the bar and the notice of a system's pages show."""
    return {
        "system": door.system, "door": door, "role": door.system.role_title(door.actor.roles),
        "line": help_line(door.system.key), "home_address": _home(door.system.key),
        "enter_address": reverse("account:enter", args=[door.system.key]),
    }


def _services(system: str, actor: Actor) -> dict[str, list[Service]]:
    """All of the system, and those that this actor may begin; profiles that only lead in stand apart."""
    every = [d.service for d in catalog.services() if d.service.system == system]
    profiles = {service.id for service in profiles_of(system).values()}
    return {"all": every, "open": cases.shown_to(
        [s for s in every if case_actions.may_start(s, actor) and s.id not in profiles], actor, clock.now())}


def _listed(rows: list[Any], actor: Actor) -> list[Any]:
    bookings = cases.bookings_of(p.id for p in rows)
    return [listing.row(p, actor, bookings) for p in rows]


def _home(system: str) -> str:
    return reverse("account:system", args=[system])


def system_of(key: str) -> System:
    found = systems().get(key)
    if found is None:
        raise Http404
    return found


def entry_address(service: Service) -> str:
    """Where the entry button of a catalogue item leads (ACC-13); profiles are begun directly."""
    if service.system not in systems() or service.enrols is not None:
        return navigation.address("applicant:start", service.id)
    return f"{navigation.address('account:enter', service.system)}?{urlencode({'service': service.id})}"
