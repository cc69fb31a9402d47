"""The form of a case: shown, saved as a whole, and saved as one types."""

from typing import Any
from uuid import UUID

import orjson
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from laihua.cases import actions as cases
from laihua.cases.actions import Conflict
from laihua.cases.queries import Dossier, is_prechecked
from laihua.catalog.definitions import Section
from laihua.kernel import clock
from laihua.kernel.texts import Reason, Refused, Text
from laihua.portal import navigation
from laihua.portal.applicant import prechecks, steps, typed
from laihua.portal.applicant.opening import acting, applicants, open_case
from laihua.portal.applicant.sections import FormView, SectionView
from laihua.portal.applicant.views import prechecks as answering
from laihua.portal.given import whole_number


@applicants
@require_http_methods(["GET", "POST"])
def form(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """GET shows it; `?check=1` with everything that is wrong. POST is the form sent as a whole, as without script."""
    dossier = open_case(request, case_id)
    if request.method == "POST":
        return send(request, dossier)
    return show(request, dossier, FormView(dossier, tried="check" in request.GET))


def show(request: HttpRequest, dossier: Dossier, view: FormView, *, status: int = 200, **more: Any) -> HttpResponse:
    words = {
        **steps.head(dossier, steps.FORM), **findings_beside(dossier),
        "form": view, "panel": panel(dossier), "revision": dossier.case.revision,
        "category": dossier.definition.category(dossier.names), "dialog": request.GET.get("check") == "made" and view.errors, **more,
    }
    return render(request, "applicant/form.html", words, status=status)


def send(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    post = request.POST
    changes = typed.changes_of(post, dossier)
    do, _, what = post.get("do", "save").partition(":")
    if do == "add":
        changes = added(changes, dossier, what)
    elif do == "remove":
        changes = removed(changes, dossier, what)
    try:
        if changes:
            cases.save_answers(
                case_id=dossier.case.id, changes=changes, base=whole_number(post.get("base")) or 0, actor=dossier.actor,
                at=clock.now(), force=post.get("force") == "1",
            )
    except Conflict as conflict:
        view = FormView(dossier, answers={**dossier.case.answers, **changes})
        return show(request, dossier, view, status=409, conflict=told(dossier, conflict, changes))
    except Refused as refused:
        view = FormView(dossier, answers={**dossier.case.answers, **changes})
        return show(request, dossier, view, status=422, reasons=refused.reasons)
    if do == "make":
        return make(request, dossier)
    if do in answering.DONE:
        return answered(request, dossier, do, what)
    return HttpResponseRedirect(after_sending(request, dossier, do, what))


def findings_beside(dossier: Dossier) -> dict[str, Any]:
    """What pre-review found about fields, in a service whose documents are read."""
    return prechecks.words_beside(prechecks.results(dossier)) if is_prechecked(dossier.service) else {}


def answered(request: HttpRequest, dossier: Dossier, do: str, what: str) -> HttpResponse:
    """An answer to a finding beside the form, after what was typed was saved."""
    key, _, digest = what.rpartition(":")
    fresh = open_case(request, dossier.case.id)
    try:
        answering.respond(fresh, do, key, digest, request.POST.get(f"_why.{key}", ""))
    except Refused as refused:
        return show(request, fresh, FormView(fresh), status=422, reasons=refused.reasons)
    messages.success(request, str(answering.DONE[do]))
    return HttpResponseRedirect(f"{reverse('applicant:form', args=[dossier.case.id])}#prechecks-beside")


def make(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """生成材料: the list, and on to it; with something missing the form again, with the official sentence first."""
    try:
        change = cases.make_checklist(case_id=dossier.case.id, actor=dossier.actor, at=clock.now())
    except Refused:
        return HttpResponseRedirect(f"{reverse('applicant:form', args=[dossier.case.id])}?check=made")
    messages.success(request, str(made_text(change)))
    return HttpResponseRedirect(reverse("applicant:materials", args=[dossier.case.id]))


def made_text(change: Any) -> Text:
    if not change:
        return Text("材料清单已生成，所需材料没有变化", "The list was made; the documents stay the same")
    parts = [(change.added, Text("新增{n}项", "{n} new")), (change.dropped, Text("{n}项不再需要", "{n} no longer needed"))]
    said = [text.format(n=len(slots)) for slots, text in parts if slots]
    return Text(f"材料清单已生成：{'，'.join(t.zh for t in said)}", f"The list was made: {', '.join(t.en for t in said)}")


def after_sending(request: HttpRequest, dossier: Dossier, do: str, what: str) -> str:
    here = reverse("applicant:form", args=[dossier.case.id])
    if do == "leave":
        return navigation.address("applicant:cases") or "/"
    if do == "next":
        fresh = open_case(request, dossier.case.id)
        wrong = any(not g.place.startswith("material:") and g.place != "checklist" for g in fresh.open_gaps)
        return f"{here}?check=1" if wrong else reverse("applicant:materials", args=[dossier.case.id])
    if do == "print" and what in {form.key for form in steps.forms_to_sign(dossier)}:
        return reverse("applicant:form-pdf", args=[dossier.case.id, what])
    place = what.partition(".")[0] if do in ("add", "remove") else ""
    return f"{here}#f-{place}" if place else here


def added(changes: dict[str, Any], dossier: Dossier, key: str) -> dict[str, Any]:
    """One more empty row."""
    if not typed.is_rows(dossier, key):
        return changes
    return {**changes, key: [*changes.get(key, dossier.case.answers.get(key) or []), {}]}


def removed(changes: dict[str, Any], dossier: Dossier, place: str) -> dict[str, Any]:
    key, _, number = place.partition(".")
    rows = list(changes.get(key, dossier.case.answers.get(key) or []))
    if not typed.is_rows(dossier, key) or (n := whole_number(number)) is None or n >= len(rows):
        return changes
    return {**changes, key: rows[:n] + rows[n + 1 :]}


@applicants
@require_http_methods(["GET", "POST"])
def save(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """For the script of the form. GET: a fresh token after signing in again. POST: save what was typed.

    Answers 200 with what must be drawn anew, 409 with both values of fields that were changed elsewhere, 422 with
    reasons; 401 comes from `allow`. Nothing of what was typed is kept here when it is refused: the page keeps it.
    """
    before = open_case(request, case_id)
    if request.method == "GET":
        return JsonResponse({"token": get_token(request)})
    try:
        if request.content_type != "application/json":
            raise ValueError("a form, whose body is read already")
        sent = orjson.loads(request.body)
        changes, base = dict(sent.get("changes") or {}), int(sent.get("base") or 0)
        shapes = {str(k): str(v) for k, v in dict(sent.get("shapes") or {}).items()}
    except (ValueError, TypeError, AttributeError):
        return JsonResponse({"reasons": [said(NOT_READABLE)]}, status=400)
    try:
        if changes:
            cases.save_answers(
                case_id=case_id, changes=typed.with_hidden(changes, before), base=base, actor=acting(request),
                at=clock.now(), force=sent.get("force") is True,
            )
    except Conflict as conflict:
        return JsonResponse(told(before, conflict, changes), status=409)
    except Refused as refused:
        return JsonResponse({"reasons": [said(r) for r in refused.reasons]}, status=422)
    return JsonResponse(answer(open_case(request, case_id), changes, base, shapes, tried=sent.get("tried") is True))


NOT_READABLE = Reason("not_readable", Text("内容没有保存，请刷新页面后再试", "Not saved. Please reload the page and try again"))


def answer(
    dossier: Dossier, changes: dict[str, Any], base: int, shapes: dict[str, str], *, tried: bool
) -> dict[str, Any]:
    """What the page needs after a save. `newer`: fields that others changed since `base`, already in `sections`."""
    view = FormView(dossier, tried=tried)
    newer = [k for k, r in dossier.case.field_revisions.items() if r > base and k not in changes]
    stale = {section_of(dossier, key) for key in newer}
    drawn = [s for s in view.sections if shapes.get(s.key) != s.shape or s.key in stale]
    return {
        "revision": dossier.case.revision,
        "saved_at": timezone.localtime(dossier.case.saved_at).strftime("%H:%M"),
        "problems": {g.place: str(g.message) for g in view.errors},
        "heads": {s.key: {"state": s.state, "summary": str(s.summary)} for s in view.sections},
        "totals": {s.key: render_to_string("applicant/form_totals.html", {"one": s}) for s in view.sections if s.totals},
        "order": [s.key for s in view.sections],
        "sections": {s.key: drawing(s, dossier) for s in drawn},
        "newer": newer,
        "panel_html": render_to_string(
            "applicant/form_panel.html", {"panel": panel(dossier), "category": dossier.definition.category(dossier.names)}
        ),
        "gaps_html": render_to_string("applicant/form_gaps.html", {"form": view, "case": dossier.case}),
        "checklist_html": render_to_string("applicant/form_checklist.html", {"dossier": dossier}) if dossier.is_generated else "",
    }


def drawing(view: SectionView, dossier: Dossier) -> str:
    return render_to_string("applicant/form_section.html", {"one": view, "case": dossier.case})


def section_of(dossier: Dossier, key: str) -> str:
    sections: tuple[Section, ...] = dossier.service.sections
    return next((s.key for s in sections if s.key == key or (s.rows is None and any(f.key == key for f in s.fields))), "")


def told(dossier: Dossier, conflict: Conflict, changes: dict[str, Any]) -> dict[str, Any]:
    """Who changed what in between, both values in words."""
    fields = [
        {
            "key": key, "label": str(label_of(dossier, key)), "section": section_of(dossier, key),
            "mine": in_words(dossier, key, changes.get(key)), "theirs": in_words(dossier, key, value),
        }
        for key, value in conflict.fields.items()
    ]
    return {
        "fields": fields, "name": conflict.name,
        "when": timezone.localtime(conflict.when).strftime("%Y-%m-%d %H:%M"),
    }


def label_of(dossier: Dossier, key: str) -> Text:
    field = dossier.service.field_keys().get(key)
    return field.label if field else next(s.title for s in dossier.service.sections if s.key == key)


def in_words(dossier: Dossier, key: str, value: Any) -> str:
    if typed.is_rows(dossier, key):
        rows = len(value or [])
        return str(Text(f"{rows}条", f"{rows} entries" if rows != 1 else "1 entry"))
    kept = dossier.definition.clean(key, value).value
    return str(dossier.definition.words(key, kept)) or str(Text("（空）", "(empty)"))


def panel(dossier: Dossier) -> Any:
    return dossier.definition.panel(dossier.names)


def said(reason: Reason) -> dict[str, str]:
    return {
        "code": reason.code, "text": str(reason.text), "place": reason.place, "link": reason.link,
        "link_text": str(reason.link_text or ""),
    }
