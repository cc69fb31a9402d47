"""The way into every applicant page: who may open it, and the case that it shows."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from laihua.accounts.permissions import ROLES, SUBJECT, Actor, Side
from laihua.accounts.queries import actor_of
from laihua.cases import queries as cases
from laihua.cases.queries import Dossier, NotYours
from laihua.catalog.proceedings import MAIN
from laihua.kernel import clock
from laihua.portal.access import allow

View = Callable[..., HttpResponse]
UNIT_ROLES = frozenset(role.key for role in ROLES.values() if role.side is Side.UNIT)


def applicants(view: View) -> View:
    """For the handlers of a unit, and for a person in his own cases. Somebody else's case is not found."""

    @wraps(view)
    def found(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except NotYours:
            raise Http404 from None
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return allow(SUBJECT, roles=UNIT_ROLES)(found)


def acting(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if actor is None:
        raise RuntimeError("the page is not open to visitors")
    return actor


def open_case(request: HttpRequest, case_id: UUID, *, proceeding: str = "", booking: bool = False) -> Dossier:
    """In the proceeding that now lies with the applicant, for which he books a time, or in the one that is named.

    Raises NotYours, also to the officers of the case: they have their desk, where hidden values are recorded.
    """
    dossier = cases.dossier(case_id, actor=acting(request), at=clock.now(), proceeding=proceeding or MAIN)
    if not dossier.is_applicant:
        raise NotYours
    return dossier if proceeding or not dossier.is_shared else dossier.at_hand(booking=booking)
