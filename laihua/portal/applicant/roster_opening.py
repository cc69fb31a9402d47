"""The way into the pages of the roster: handlers and administrators of the unit itself, in the system of its permits."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from laihua.accounts.permissions import Actor
from laihua.kernel.texts import Text
from laihua.portal.access import allow
from laihua.portal.applicant.opening import acting
from laihua.units import queries as units

PURPOSE = Text("本页供用人单位的管理员和经办人管理本单位的外籍人员", "This page is for a unit's administrators and handlers")


def keepers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever acts for the unit in another business system alone, or under a delegation, is told so and sees nothing."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actor = acting(request)
        if not units.keeps_roster(actor):
            response = render(request, "applicant/roster_closed.html", {"delegated": actor.delegation_id is not None}, status=403)
        else:
            response = view(request, *args, actor=actor, **kwargs)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return allow("unit_admin", "handler", purpose=PURPOSE)(kept)


def unit_of(actor: Actor) -> UUID:
    if actor.organisation_id is None:
        raise RuntimeError("whoever keeps a roster acts for a unit")
    return actor.organisation_id
