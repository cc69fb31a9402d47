"""The simulators of services: open to anyone, without script too, and nothing of what is typed is kept or written anywhere."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from laihua.accounts.queries import actor_of
from laihua.cases import queries as cases
from laihua.catalog import queries as catalog
from laihua.catalog.compiled import Definition
from laihua.catalog.definitions import Field
from laihua.catalog.simulation import FieldShown, Simulation, simulation_of
from laihua.kernel import clock
from laihua.portal.access import ANYONE, allow

MANY = ("choices", "countries")
MAX_CHARS = 200
BEST = 5
"""Offers that are shown at once; the others open by a click."""


@allow(ANYONE)
@never_cache
@require_http_methods(["GET", "POST"])
def simulator(request: HttpRequest, service_id: str) -> HttpResponse:
    """GET: empty. POST: the result; for htmx only what changed, fields that opened or closed among it."""
    definition = _definition(service_id)
    simulation = simulation_of(definition)
    live = request.headers.get("HX-Request") == "true"
    result = simulation.run(typed(request.POST, simulation), timezone.localtime(clock.now()).date())
    drawn = {mark for mark in request.POST.getlist("_shown") if len(mark) <= MAX_CHARS}
    return render(request, "public/simulator_live.html" if live else "public/simulator.html", {
        "service": definition.service, "shown": not cases.not_shown(definition.service, actor_of(request), clock.now()),
        "simulator": simulation.simulator, "result": result, "live": live,
        "best": result.offers[:BEST], "others": result.offers[BEST:],
        "changed": [field for part in result.sections for field in part.fields if mark_of(field) not in drawn],
    })


def mark_of(field: FieldShown) -> str:
    """How a field stands on the page; the page sends it back, so that only what changed is drawn anew."""
    return f"{field.field.key}:{'asked' if field.asked else 'closed'}:{'wrong' if field.error else 'right'}"


def typed(post: QueryDict, simulation: Simulation) -> dict[str, Any]:
    return {key: _raw(post, field) for key, field in simulation.fields.items() if key in post}


def _raw(post: QueryDict, field: Field) -> Any:
    if field.type in MANY:
        return [value[:MAX_CHARS] for value in post.getlist(field.key)]
    value = (post.get(field.key) or "")[:MAX_CHARS]
    return {"true": True, "false": False}.get(value, value) if field.type in ("boolean", "declaration") else value


def _definition(service_id: str) -> Definition:
    for definition in catalog.services():
        if definition.service.id == service_id and definition.service.simulator is not None:
            return definition
    raise Http404
