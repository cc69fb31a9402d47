"""The page of a service before its form: the kind, what is asked first, what is ticked; and one's own cases in it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from laihua.accounts.permissions import Actor
from laihua.cases import actions as cases
from laihua.cases import queries
from laihua.catalog.compiled import Definition
from laihua.kernel import clock
from laihua.kernel.texts import Reason, Refused, Text
from laihua.portal.applicant import listing, progress
from laihua.portal.help_lines import help_line

TABS = (("open", Text("进行中", "Under way")), ("done", Text("已完成", "Completed")))


def first_page(request: HttpRequest, definition: Definition, actor: Actor) -> HttpResponse:
    """GET asks. POST without the ticks shows what is to be read for these answers; with them the case begins.

    `next`: the answers were given; `begin`: the statements were shown. Nothing is stored before the case begins.
    """
    at, service = clock.now(), definition.service
    standing = cases.why_not_start(service_id=service.id, actor=actor, at=at)
    may = cases.may_start(service, actor)
    given = {key: request.POST.get(key, "").strip() for key in (service.before.fields if service.before else ())}
    agreed = {key.removeprefix("agree.") for key in request.POST if key.startswith("agree.")}
    reasons: list[Reason] = []
    statements: list[Any] = []
    if request.method == "POST" and not standing and may:
        reasons, statements = cases.read_first(service_id=service.id, actor=actor, at=at, answers=given)
        if not reasons and request.POST.get("do") == "begin":
            try:
                case = cases.start_case(service_id=service.id, actor=actor, at=at, answers=given, agreed=agreed)
            except Refused as refused:
                reasons = list(refused.reasons)
            else:
                return HttpResponseRedirect(reverse("applicant:form", args=[case.id]))
    return render(request, "applicant/first_page.html", {
        "service": service, "page": service.before, "standing": standing, "wrong_starter": not may, "reasons": reasons,
        "errors": {r.place: r.text for r in reasons}, "fields": asked(definition, given),
        "statements": [(s, f"agree.{s.key}", s.key in agreed) for s in statements],
        "line": help_line(service.system), **own_cases(request, service.id, actor),
    }, status=422 if reasons else 403 if standing and request.method == "POST" else 200)


def asked(definition: Definition, given: dict[str, str]) -> list[tuple[Any, str]]:
    fields = definition.service.field_keys()
    return [(fields[key], given.get(key, "")) for key in (definition.service.before.fields if definition.service.before else ())]


def own_cases(request: HttpRequest, service_id: str, actor: Actor) -> dict[str, Any]:
    """进行中 and 已完成 of this service, each with its line of steps."""
    done = request.GET.get("tab") == "done"
    page = queries.Page([]) if actor.roles else page_of(request, service_id, actor, done)
    found = [(listing.row(p, actor, {}), dossier_of(p, actor)) for p in page.rows]
    counts = queries.my_counts(actor, services=[service_id]) if not actor.roles else (0, 0)
    return {
        "rows": [(row, seen, [] if seen.may_edit and not seen.past else progress.line(seen), kind_of(seen)) for row, seen in found],
        "done": done, "tabs": [(key, label, counts[n], (key == "done") == done) for n, (key, label) in enumerate(TABS)],
        "after": f"?{urlencode({'tab': 'done' if done else 'open', 'after': page.after})}#mine" if page.after else "",
    }


def page_of(request: HttpRequest, service_id: str, actor: Actor, done: bool) -> queries.Page:
    try:
        return queries.my_cases(actor, done=done, services=[service_id], after=request.GET.get("after", ""))
    except ValueError:
        raise Http404 from None


def kind_of(seen: queries.Dossier) -> Text:
    """What was chosen on this page for good, in words."""
    page = seen.service.before
    words = [seen.definition.words(key, seen.answers.get(key)) for key in (page.fixed if page else ())]
    return Text(" · ".join(w.zh for w in words), " · ".join(w.en for w in words)) if words else seen.service.short_title


def dossier_of(p: Any, actor: Actor) -> queries.Dossier:
    return queries.dossier(p.case_id, actor=actor, at=clock.now(), proceeding=p.key)
