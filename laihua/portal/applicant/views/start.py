"""Before a case is begun: what it takes, and whether it can be."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from laihua.accounts.permissions import Actor
from laihua.cases import actions as cases
from laihua.cases import queries
from laihua.catalog import queries as catalog
from laihua.catalog.compiled import Definition
from laihua.catalog.queries import NoSuchService
from laihua.kernel import clock
from laihua.kernel.texts import Reason, Refused
from laihua.portal.applicant.opening import acting, applicants
from laihua.units import queries as units


@applicants
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, service_id: str) -> HttpResponse:
    """GET: what the service asks for and the state of the unit's filing. POST: a new draft."""
    actor = acting(request)
    try:
        definition = catalog.current(service_id)
    except NoSuchService:
        raise Http404 from None
    reasons: list[Reason] = []
    if request.method == "POST":
        try:
            case = cases.start_case(service_id=service_id, actor=actor, at=clock.now())
        except Refused as refused:
            reasons = list(refused.reasons)
        else:
            return HttpResponseRedirect(reverse("applicant:form", args=[case.id]))
    return render(
        request, "applicant/start.html", words(definition, actor, reasons), status=403 if reasons else 200
    )


def words(definition: Definition, actor: Actor, reasons: list[Reason]) -> dict[str, object]:
    service, today = definition.service, clock.today()
    wrong_starter = refusal(definition, actor)
    filing = units.filing_state(actor.organisation_id, on=today) if actor.organisation_id and not wrong_starter else None
    drafts = [] if wrong_starter else [
        row for row in queries.my_cases(actor, done=False).rows if row.service == service.id and row.step == service.first_step
    ]
    return {
        "service": service,
        "reasons": reasons,
        "wrong_starter": wrong_starter,
        "filing": filing,
        "filing_matters": any("filing_valid" in move.requires for move in service.moves.values()),
        "drafts": drafts[:3],
        "needs_confirmation": service.confirmation,
        "at_window": [step for step in service.steps.values() if step.originals],
    }


def refusal(definition: Definition, actor: Actor) -> Reason | None:
    try:
        cases.refuse_wrong_starter(definition.service, actor)
    except Refused as refused:
        return refused.reasons[0]
    return None
