"""Before a case is begun: what it takes, and whether it can be."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from laihua.accounts.permissions import Actor
from laihua.cases import actions as cases
from laihua.cases import queries
from laihua.catalog import queries as catalog
from laihua.catalog.compiled import Definition
from laihua.catalog.definitions import Service
from laihua.catalog.queries import NoSuchService
from laihua.kernel import clock
from laihua.kernel.texts import Reason, Refused
from laihua.portal.applicant import followed, whom
from laihua.portal.applicant.opening import acting, applicants
from laihua.portal.applicant.views.first_page import first_page
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
    if definition.service.before is not None:
        return first_page(request, definition, actor)
    reasons: list[Reason] = []
    staff_id = whom.named(request)
    chosen = staff_id is not None or whom.is_nobody(request, definition.service)
    if whom.is_about_staff(definition.service) and not chosen and cases.may_start(definition.service, actor):
        return choose(request, definition.service, actor)
    about_id = followed.named(request)
    if about_id is None and followed.is_about_a_case(definition.service) and cases.may_start(definition.service, actor):
        return choose_case(request, definition, actor)
    if request.method == "POST":
        try:
            case = cases.start_case(service_id=service_id, actor=actor, at=clock.now(), staff_id=staff_id, about_id=about_id)
        except Refused as refused:
            reasons = list(refused.reasons)
        else:
            return HttpResponseRedirect(reverse("applicant:form", args=[case.id]))
    return render(
        request, "applicant/start.html", words(definition, actor, reasons, staff_id, about_id), status=403 if reasons else 200
    )


@applicants
@require_safe
def start_for(request: HttpRequest, need: str) -> HttpResponse:
    """The service for what the hall itself asks for, such as the enterprise filing."""
    service = catalog.serving(need)
    if service is None:
        raise Http404
    return HttpResponseRedirect(reverse("applicant:start", args=[service.id]))


def choose(request: HttpRequest, service: Service, actor: Actor) -> HttpResponse:
    """Whom on the roster it is about, before anything else."""
    sent = request.method == "POST"
    reasons = cases.why_not_start(service_id=service.id, actor=actor, at=clock.now()) if sent else []
    context = {"service": service, "reasons": reasons, **whom.choice(request, actor)}
    return render(request, "applicant/start_whom.html", context, status=422 if sent else 200)


def choose_case(request: HttpRequest, definition: Definition, actor: Actor) -> HttpResponse:
    """Which approved case it goes on from, before anything else."""
    service = definition.service
    standing = cases.why_not_start(service_id=service.id, actor=actor, at=clock.now())
    context = {
        "service": service, "standing": [r for r in standing if r.place != "about"], "rows": followed.choice(service, actor),
        "sent": request.method == "POST", "none": next((r for r in standing if r.place == "about"), None),
    }
    return render(request, "applicant/start_about.html", context, status=422 if context["sent"] else 200)


def words(
    definition: Definition, actor: Actor, reasons: list[Reason], staff_id: UUID | None = None, about_id: UUID | None = None
) -> dict[str, object]:
    service, today = definition.service, clock.today()
    standing = cases.why_not_start(service_id=service.id, actor=actor, at=clock.now(), staff_id=staff_id, about_id=about_id)
    may = cases.may_start(service, actor)
    filing = units.filing_state(actor.organisation_id, on=today) if actor.organisation_id and not standing else None
    drafts = [] if not may else [
        row for row in queries.my_cases(actor, done=False).rows if row.service == service.id and row.step == service.first_step
    ]
    return {
        "service": service,
        "reasons": [r for r in reasons if r not in standing],
        "standing": standing,
        "wrong_starter": not may,
        "person": whom.shown(actor, staff_id) if whom.is_about_staff(service) else None,
        "followed": next((row for row in followed.choice(service, actor) if row.case_id == about_id), None) if about_id else None,
        "filing": filing,
        "filing_matters": any("filing_valid" in move.requires for move in service.moves.values()),
        "drafts": drafts[:3],
        "needs_confirmation": service.confirmation,
        "at_window": [step for step in service.steps.values() if step.originals],
    }
