"""What pre-review found, shown beside the pages of the documents; and what the applicant answers to each finding."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from laihua.cases import actions
from laihua.cases import queries as cases
from laihua.cases.queries import Dossier
from laihua.kernel import clock
from laihua.kernel.texts import Reason, Refused, Text
from laihua.portal import findings
from laihua.portal.access import is_script
from laihua.portal.applicant import prechecks, steps
from laihua.portal.applicant.opening import applicants, open_case

DONE = {
    "adopt": Text("已按材料更改", "Changed to what the document says"), "seen": Text("已记下", "Noted"),
    "explain": Text("说明已保存，审核人员可以看到", "Saved; the officer can read it"),
    "take_back": Text("已撤回", "Taken back"), "read_again": Text("已重新排队读取", "It will be read again"),
}

UNKNOWN = Reason("unknown_answer", Text(
    "没有这样的答复，请刷新页面后再试。", "There is no such answer. Please reload the page and try again."))


@applicants
@require_safe
def prechecks_page(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """`?show=mismatch` one level alone, `?at=finding-…` that one with its place on the page."""
    return show(request, open_case(request, case_id))


def show(
    request: HttpRequest, dossier: Dossier, refused: Sequence[Reason] = (), *, at: str = "", status: int = 200
) -> HttpResponse:
    if not cases.is_prechecked(dossier.service):
        raise Http404
    head = steps.head(dossier, steps.RESULTS)
    trail = [*head["crumbs"], (dossier.case.number, reverse("applicant:form", args=[dossier.case.id]))]
    words = {**head, **words_of(request, dossier, at), "refused": refused, "trail": trail}
    return render(request, "applicant/prechecks.html", words, status=status)


def words_of(request: HttpRequest, dossier: Dossier, at: str = "") -> dict[str, Any]:
    """What every part of these pages has in its template."""
    found = prechecks.results(dossier)
    given = request.POST if request.method == "POST" else request.GET
    level = given.get("show", "")
    level = level if level in findings.LEVELS else ""
    current = findings.chosen([*found.at(level), *found.matches], at or request.GET.get("at", ""))
    leaves = findings.leaves(found.precheck, found.cards)
    return {
        "case": dossier.case, "show": level, "shown": found.at(level), "at": current.anchor if current else "",
        "leaves": leaves, "leaf": next((leaf for leaf in leaves if current and leaf.id == current.leaf), None),
        "is_editable": dossier.may_edit or steps.may_supply(dossier), **prechecks.words_beside(found),
        "first": f":{prechecks.FIRST}", "then": f"{prechecks.FIRST}:", "first_number": prechecks.FIRST,
        "rest": max(0, len(found.matches) - prechecks.FIRST),
    }


@applicants
@require_safe
def standing(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """For the script of an open page: what changed since the `digest` that it shows; 204 where nothing did."""
    dossier = open_case(request, case_id)
    parts = prechecks.PARTS.get(request.GET.get("of", ""), prechecks.parts_of_page)
    if not cases.is_prechecked(dossier.service):
        raise Http404
    words = words_of(request, dossier)
    if request.GET.get("digest") == words["results"].precheck.version:
        return HttpResponse(status=204)
    return JsonResponse(said(request, words, parts))


def said(request: HttpRequest, words: Mapping[str, Any], parts: prechecks.Parts) -> dict[str, Any]:
    precheck = words["results"].precheck
    return {"digest": precheck.version, "running": precheck.is_running, "parts": parts(request, words)}


@applicants
@require_POST
def answer(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """`do`: adopt what the document says, explain why the form is right, note a doubt, take that back; `digest`: as the page
    showed it. Or `read_again`, with the `key` of a material that could not be read."""
    dossier, post = open_case(request, case_id), request.POST
    do, key = post.get("do", ""), post.get("key", "")
    try:
        respond(dossier, do, key, post.get("digest", ""), post.get("text", ""))
    except Refused as refused:
        if is_script(request):
            return JsonResponse({"reasons": [{"code": r.code, "text": str(r.text)} for r in refused.reasons]}, status=422)
        fresh = open_case(request, case_id)
        return show(request, fresh, refused.reasons, at=anchor_of(fresh, key), status=422)
    fresh = open_case(request, case_id)
    if is_script(request):
        parts = prechecks.PARTS.get(post.get("of", ""), prechecks.parts_of_page)
        return JsonResponse({**said(request, words_of(request, fresh), parts), "text": str(DONE[do])})
    messages.success(request, str(DONE[do]))
    level = post.get("show", "")
    query = f"?show={level}" if level in findings.LEVELS else ""
    return HttpResponseRedirect(f"{reverse('applicant:prechecks', args=[case_id])}{query}#{anchor_of(fresh, key)}")


def respond(dossier: Dossier, do: str, key: str, digest: str, text: str) -> None:
    if do not in DONE:
        raise Refused(UNKNOWN)
    if do == "read_again":
        actions.read_again(case_id=dossier.case.id, key=key, actor=dossier.actor, at=clock.now())
        return
    actions.answer_finding(
        case_id=dossier.case.id, key=key, digest=digest, how=do, text=text, actor=dossier.actor,  # type: ignore[arg-type]
        at=clock.now(),
    )


def anchor_of(dossier: Dossier, key: str) -> str:
    found = cases.findings_of(dossier).finding(key)
    return found.anchor if found else "prechecks-list"
