"""用户授权管理: an administrator finds a natural person and ticks roles; lists, changes and revokes grants (ACC-9 to 11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laihua.accounts import queries as accounts
from laihua.accounts.permissions import ROLES, Actor
from laihua.kernel import clock
from laihua.kernel.texts import Reason, Refused, Text
from laihua.portal.access import allow
from laihua.portal.systems import systems
from laihua.units import actions
from laihua.units import queries as units

SALT, GOOD_FOR = "laihua.grants.found", 1800
"""Whom a search has found may be ticked for half an hour, by the grantor who searched and nobody else."""
PURPOSE = Text("管理本单位的授权", "Manages who acts for the unit")
EVERYWHERE = Text("全部业务系统", "All business systems")
NAME_MISSING = Reason("name_missing", Text("请填写对方的真实姓名", "Please give the person's real name"), place="name")
NUMBER_MISSING = Reason(
    "number_missing", Text("请填写对方的身份证件号码", "Please give the person's document number"), place="document_number")
SAVED = Text("授权已保存", "The grants are saved")
REVOKED = Text("授权已撤销，即时生效", "The grants are revoked, at once")

administrators = allow("unit_admin", purpose=PURPOSE)


@dataclass(frozen=True, slots=True)
class Tick:
    """One box: a role in one business system, or in all."""

    role: str
    system: str
    title: Text
    held: bool
    closed: Reason | None

    @property
    def value(self) -> str:
        return f"{self.role}@{self.system}"


@dataclass(frozen=True, slots=True)
class Group:
    """The boxes of one business system, and why none of them can be ticked now."""

    title: Text
    system: str
    ticks: list[Tick]

    @property
    def closed(self) -> Reason | None:
        reasons = [tick.closed for tick in self.ticks if not tick.held]
        return reasons[0] if reasons and all(reasons) else None


@administrators
@never_cache
@require_safe
def grants(request: HttpRequest) -> HttpResponse:
    """授权用户管理."""
    actor = _grantor(request)
    return render(request, "account/grants.html", {
        "rows": [_row(holder, actor) for holder in units.holders(_unit(actor))], "tab": "list",
    })


@administrators
@never_cache
@sensitive_post_parameters("name", "document_number")
@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: HttpRequest) -> HttpResponse:
    """授权操作: by real name and document number together. Only people who passed can be found, and the answer does not
    tell which of the two did not fit."""
    if request.method != "POST":
        return render(request, "account/grant.html", {"tab": "new", "typed": {}})
    typed = {key: request.POST.get(key, "").strip() for key in ("name", "document_number")}
    missing = [reason for key, reason in (("name", NAME_MISSING), ("document_number", NUMBER_MISSING)) if not typed[key]]
    if missing:
        return _search_page(request, typed, missing)
    actor = _grantor(request)
    try:
        found = accounts.verified_person(**typed, asked_by=actor.person_id, at=clock.now())
    except Refused as refused:
        return _search_page(request, typed, refused.reasons, status=429)
    if found is None:
        return render(request, "account/grant.html", {"tab": "new", "typed": typed, "nobody": True})
    key = signing.dumps({"who": str(found.id), "by": str(actor.account_id), "unit": str(_unit(actor))}, salt=SALT)
    return redirect("account:grant-roles", key)


@administrators
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: HttpRequest, key: str) -> HttpResponse:
    """勾选授权角色 for whom the search has found."""
    actor = _grantor(request)
    try:
        found = signing.loads(key, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return redirect("account:grant")
    if (found["by"], found["unit"]) != (str(actor.account_id), str(_unit(actor))):
        raise Http404
    return _tick(request, actor, UUID(found["who"]))


@administrators
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """修改授权 of somebody who holds a role of this unit; anybody else is not found."""
    actor = _grantor(request)
    if account_id not in {holder.account_id for holder in units.holders(_unit(actor))}:
        raise Http404
    return _tick(request, actor, account_id)


@administrators
@require_POST
def revoke(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """撤销 every role that this grantor may take away."""
    actor = _grantor(request)
    if account_id not in {holder.account_id for holder in units.holders(_unit(actor))}:
        raise Http404
    try:
        actions.set_roles(unit_id=_unit(actor), account_id=account_id, wanted=(), actor=actor, at=clock.now())
    except Refused as refused:
        messages.error(request, str(refused.reasons[0]))
    else:
        messages.success(request, str(REVOKED))
    return redirect("account:grants")


def _tick(request: HttpRequest, actor: Actor, account_id: UUID) -> HttpResponse:
    unit_id = _unit(actor)
    if request.method != "POST":
        return _tick_page(request, actor, account_id)
    wanted = {(role, system) for value in request.POST.getlist("roles") for role, _, system in [value.partition("@")]}
    try:
        actions.set_roles(unit_id=unit_id, account_id=account_id, wanted=wanted, actor=actor, at=clock.now())
    except Refused as refused:
        return _tick_page(request, actor, account_id, refused.reasons, wanted)
    messages.success(request, str(SAVED))
    return redirect("account:grants")


def _tick_page(
    request: HttpRequest, actor: Actor, account_id: UUID, reasons: tuple[Reason, ...] = (), wanted: Any = None
) -> HttpResponse:
    person = accounts.account(account_id)
    if person is None:
        raise Http404
    unit_id = _unit(actor)
    held = next((holder.ticks for holder in units.holders(unit_id) if holder.account_id == account_id), frozenset())
    return render(request, "account/grant_roles.html", {
        "person": accounts.name_of(person), "groups": groups(unit_id, actor, held if wanted is None else wanted, held),
        "reasons": reasons, "tab": "list" if held else "new",
    }, status=409 if reasons else 200)


def groups(unit_id: UUID, actor: Actor, ticked: Iterable[tuple[str, str]], held: frozenset[tuple[str, str]]) -> list[Group]:
    """Every box there is: ticked, open, or closed with its reason."""
    administers, approved, shown = units.administered(unit_id, actor.account_id), units.approved_systems(unit_id), set(ticked)

    def tick(role: str, system: str, title: Text) -> Tick:
        closed = units.obstacle((role, system), administers=administers, approved=approved)
        if closed and (role, system) in held and closed.code != "not_held_there":
            closed = None       # what is held may always be taken away
        return Tick(role, system, title, (role, system) in shown, closed)

    everywhere = [tick("unit_admin", "", ROLES["unit_admin"].title)]
    if ("handler", "") in held:
        may = "" in administers
        everywhere.append(Tick("handler", "", ROLES["handler"].title, ("handler", "") in shown, None if may else everywhere[0].closed))
    return [Group(EVERYWHERE, "", everywhere)] + [
        Group(system.title, key, [tick(role, key, system.roles.get(role, ROLES[role].title)) for role in ("unit_admin", "handler")])
        for key, system in systems().items()
    ]


def _search_page(request: HttpRequest, typed: dict[str, str], reasons: Any, status: int = 422) -> HttpResponse:
    return render(request, "account/grant.html", {
        "tab": "new", "typed": typed, "errors": {reason.place: reason.text for reason in reasons if reason.place},
        "general": [reason for reason in reasons if not reason.place],
    }, status=status)


def _row(holder: units.Holder, actor: Actor) -> dict[str, Any]:
    titles = {"": EVERYWHERE} | {key: system.short for key, system in systems().items()}
    return {
        "holder": holder, "self": holder.account_id == actor.account_id,
        "roles": [(ROLES[role].title, titles.get(system, system)) for role, system in sorted(holder.ticks)],
        "change": reverse("account:grant-change", args=[holder.account_id]),
        "revoke": reverse("account:grant-revoke", args=[holder.account_id]),
    }


def _grantor(request: HttpRequest) -> Actor:
    actor = accounts.actor_of(request)
    if actor is None:
        raise Http404
    return actor


def _unit(actor: Actor) -> UUID:
    if actor.organisation_id is None:
        raise Http404
    return actor.organisation_id


urlpatterns: list[URLPattern] = [
    path("grants/", grants, name="grants"),
    path("grants/new/", grant, name="grant"),
    path("grants/new/<str:key>/", roles, name="grant-roles"),
    path("grants/people/<uuid:account_id>/", change, name="grant-change"),
    path("grants/people/<uuid:account_id>/revoke/", revoke, name="grant-revoke"),
]
