"""Delegations given and held, what was done under them, and their revocation."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laihua.accounts import actions as accounts
from laihua.accounts import queries
from laihua.accounts.permissions import Actor
from laihua.cases import queries as cases
from laihua.kernel import clock
from laihua.kernel.masking import mask
from laihua.kernel.texts import Refused, Text
from laihua.portal.access import SIGNING_IN, allow
from laihua.portal.account import delegating
from laihua.portal.account.delegating import HANDLERS, acting, is_agency
from laihua.portal.account.inbox import position
from laihua.portal.account.ways import landing
from laihua.portal.statuses import Status
from laihua.units import actions
from laihua.units import queries as units
from laihua.units.queries import DelegationView

PAGE = 20
STATES = {
    "": Status("green", "circle-check", Text("有效", "Valid")),
    "delegation_revoked": Status("red", "circle-x", Text("已撤销", "Revoked")),
    "delegation_done": Status("grey", "check", Text("已办结", "Case closed")),
    "delegation_expired": Status("grey", "clock", Text("已到期", "Expired")),
}
REVOKED = Text("委托已撤销，代理机构不能再继续办理", "The delegation is revoked; the agency can do nothing more under it")


@allow(*HANDLERS)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Given by the unit; for an agency also those that it holds."""
    actor, agency = acting(request), is_agency(acting(request))
    given = request.GET.get("tab", "held" if agency else "given") != "held" or not agency
    found = units.delegations_of(
        unit_of(actor), given=given, after=position(request.GET.get("after", "")), limit=PAGE + 1)
    shown = found[:PAGE]
    last = shown[-1].row if len(found) > PAGE else None
    tab = "given" if given else "held"
    return render(request, "account/delegations.html", {
        "rows": words(*shown), "given": given, "agency": agency, "tab": tab,
        "previous": f"?tab={tab}" if "after" in request.GET else "",
        "next": f"?{urlencode({'tab': tab, 'after': f'{last.made_at.isoformat()}_{last.id}'})}" if last else "",
    })


@allow(*HANDLERS)
@require_safe
def detail(request: HttpRequest, delegation_id: UUID) -> HttpResponse:
    return _page(request, _found(request, delegation_id))


@allow(*HANDLERS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, delegation_id: UUID) -> HttpResponse:
    """Asks first. Not found for the agency, which cannot revoke."""
    actor, view = acting(request), _found(request, delegation_id)
    if view.row.principal_id != actor.organisation_id:
        raise Http404
    if request.method != "POST":
        return render(request, "account/delegation_revoke.html", {"one": words(view)[0]})
    try:
        actions.revoke_delegation(delegation_id=delegation_id, actor=actor, at=clock.now())
    except Refused as refused:
        return _page(request, _found(request, delegation_id), refused.reasons, status=409)
    messages.success(request, str(REVOKED))
    return redirect("account:delegation", delegation_id)


@allow(*HANDLERS)
@require_POST
def enter(request: HttpRequest, delegation_id: UUID) -> HttpResponse:
    """The agent takes it up again."""
    actor, view = acting(request), _found(request, delegation_id)
    if view.row.agent_id != actor.account_id or view.row.agency_id != actor.organisation_id:
        raise Http404
    if view.ended:
        return _page(request, view, (view.ended,), status=409)
    return delegating.enter(
        request, delegation_id, view.row.case_id, view.row.matter, view.row.principal, view.row.handler_id)


@allow(SIGNING_IN)
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Out of a delegation, over or not, back to what the agency does for itself."""
    accounts.stop_acting(request)
    actor = queries.actor_of(request)
    return redirect("account:delegations" if actor and actor.roles & set(HANDLERS) else landing())


def words(*views: DelegationView) -> list[dict[str, Any]]:
    titles = cases.titles_of({view.row.matter for view in views})
    return [
        {
            "view": view, "row": view.row, "matter": titles[view.row.matter], "url": reverse("account:delegation", args=[view.row.id]),
            "status": STATES[view.ended.code if view.ended else ""],
        }
        for view in views
    ]


def _page(request: HttpRequest, view: DelegationView, reasons: Any = (), status: int = 200) -> HttpResponse:
    actor, row = acting(request), view.row
    names = queries.names_of({row.handler_id, row.agent_id, *([row.ended_by_id] if row.ended_by_id else [])})
    mine = row.principal_id == actor.organisation_id
    return render(request, "account/delegation.html", {
        "one": words(view)[0], "mine": mine, "reasons": reasons, "number": cases.number_of(row.case_id) if row.case_id else "",
        "handler": names.get(row.handler_id, "") if mine else mask("name_zh", names.get(row.handler_id, "")),
        "agent": mask("name_zh", names.get(row.agent_id, "")) if mine else names.get(row.agent_id, ""),
        "ended_by": names.get(row.ended_by_id, "") if row.ended_by_id and mine else "",
        "may_enter": view.is_live and not mine and row.agent_id == actor.account_id,
        "done": cases.done_under(row.case_id, agency_id=row.agency_id) if row.case_id else [],
    }, status=status)


def _found(request: HttpRequest, delegation_id: UUID) -> DelegationView:
    """Raises Http404 to everybody but its two units."""
    view = units.delegation(delegation_id, unit_id=unit_of(acting(request)))
    if view is None:
        raise Http404
    return view


def unit_of(actor: Actor) -> UUID:
    if actor.organisation_id is None:
        raise Http404
    return actor.organisation_id


urlpatterns = [
    *delegating.urlpatterns,
    path("delegations/", index, name="delegations"),
    path("delegations/leave/", leave, name="delegation-leave"),
    path("delegations/<uuid:delegation_id>/", detail, name="delegation"),
    path("delegations/<uuid:delegation_id>/revoke/", revoke, name="delegation-revoke"),
    path("delegations/<uuid:delegation_id>/enter/", enter, name="delegation-enter"),
]
