"""The window: who comes today, and the originals against their uploads."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from laihua.cases import actions, queries
from laihua.catalog import queries as catalog
from laihua.kernel import clock
from laihua.kernel.calendar import day_of
from laihua.kernel.texts import Refused
from laihua.permits import queries as permits
from laihua.portal.access import allow, is_script
from laihua.portal.given import whole_number
from laihua.portal.officer.apps import AT_WINDOW
from laihua.portal.officer.counter import find_visitor, waits_for_window
from laihua.portal.officer.pages import acting, of_proceeding, on_case
from laihua.portal.officer.views_queue import rows
from laihua.portal.officer.views_review import fresh, original_rows, originals_count, show, words_of


@allow(*AT_WINDOW)
@require_http_methods(["GET", "POST"])
def window(request: HttpRequest) -> HttpResponse:
    """Today's bookings in order. A search is posted, so that no number of a person stands in an address."""
    actor, now = acting(request), clock.now()
    asked = request.POST.get("q", "").strip()[:200]
    found = find_visitor(actor, asked) if asked else []
    here = [p for p in found if waits_for_window(p)]
    if len(found) == 1 or len(here) == 1:
        return redirect("officer:originals", case_id=(here or found)[0].case_id)
    services = {d.service.id: d for d in catalog.services()}
    bookings = queries.bookings_on(actor.organisation_id, now) if actor.organisation_id else []
    steps = queries.desk_steps(actor, services.values())
    shown = rows([b.proceeding for b in bookings], actor, services, steps, day_of(now))
    return render(request, "officer/window.html", {
        "bookings": list(zip(bookings, shown, strict=True)), "asked": asked,
        "found": rows(found, actor, services, steps, day_of(now)), "now": now, "office": actor.organisation_name,
        "waiting": {s.key for s in steps if s.booking},
    })


@on_case(*AT_WINDOW)
@require_GET
def originals(request: HttpRequest, seen: queries.Dossier) -> HttpResponse:
    return show(request, seen, tab="originals" if "tab" not in request.GET else "")


@on_case("window_clerk")
@require_POST
def receive(request: HttpRequest, seen: queries.Dossier) -> HttpResponse:
    """The visitor is here: the case is the clerk's from now on."""
    expected = whole_number(request.POST.get("expected"))
    try:
        actions.receive_visitor(case_id=seen.case.id, actor=acting(request), at=clock.now(), expected=expected)
    except Refused as refused:
        return show(request, fresh(seen), refused=refused.reasons)
    return redirect("officer:originals", case_id=seen.case.id)


@on_case(*AT_WINDOW)
@require_POST
def ask(request: HttpRequest, seen: queries.Dossier) -> HttpResponse:
    """Mark a document that is not there to be asked for, or take the mark back. It is told with the move."""
    given, item = request.POST, ("material", request.POST.get("key", ""))
    act: dict[str, Any] = {"case_id": seen.case.id, "proceeding": seen.key, "actor": acting(request), "at": clock.now()}
    try:
        if given.get("back") == "yes":
            actions.clear_verdict(item=item, **act)
        else:
            reasons = [r for r in given.getlist("reason") if r]
            actions.record_verdicts(items=[item], result="returned", reasons=reasons, note=given.get("note", "")[:1000], **act)
    except Refused as refused:
        return show(request, fresh(seen), refused=refused.reasons, tab="originals", opened=f"ask:{item[1]}")
    return redirect(f"{reverse('officer:originals', args=[seen.case.id])}{of_proceeding(seen.key)}#ask-{item[1]}")


@on_case(*AT_WINDOW)
@require_GET
def standing(request: HttpRequest, seen: queries.Dossier) -> HttpResponse:
    """What the open page asks while the visitor uploads and while papers are made: word to load anew once that is done."""
    is_same = str(seen.proceeding.version) == request.GET.get("version") and bool(
        permits.being_made(seen.case.id)) == (request.GET.get("making") == "1")
    return HttpResponse(status=204, headers={} if is_same else {"HX-Refresh": "true"})


@on_case(*AT_WINDOW)
@require_POST
def tick(request: HttpRequest, seen: queries.Dossier) -> HttpResponse:
    given = request.POST
    key, matches = given.get("key", ""), given.get("agrees") == "yes"
    try:
        actions.tick_original(
            case_id=seen.case.id, proceeding=seen.key, key=key, matches=matches, note="" if matches else given.get("note", "")[:1000],
            reasons=[] if matches else [r for r in given.getlist("reason") if r], actor=acting(request), at=clock.now(),
        )
    except Refused as refused:
        if is_script(request):
            return JsonResponse({"reasons": [r.text.as_data() for r in refused.reasons]}, status=409)
        return show(request, fresh(seen), refused=refused.reasons, tab="originals", opened=f"original:{key}")
    now = fresh(seen)
    if not is_script(request):
        return redirect(f"{reverse('officer:originals', args=[seen.case.id])}{of_proceeding(seen.key)}#original-{key}")
    sheet = queries.review_sheet(now)
    words = {**words_of(now, sheet), "originals": original_rows(now, sheet)}
    one = next(o for o in words["originals"] if o["key"] == key)
    found = {
        f"original-{key}": render_to_string("officer/_original.html", {**words, "original": one, "opened": ""}, request),
        "decision": render_to_string("officer/_decision.html", words, request),
    }
    if row := one["row"]:
        found[row.anchor] = render_to_string("officer/_row.html", {**words, "row": row, "opened": ""}, request)
    return JsonResponse({
        "parts": found, "saved": timezone.localtime(now.at).strftime("%H:%M"),
        "counts": {"originals": originals_count(words["originals"]), "form": sheet.form_count, "materials": sheet.material_count},
    })
