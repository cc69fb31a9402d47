"""The officer's word on what pre-review found: right, a false alarm, or something that it did not tell."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from laihua.cases import actions, queries
from laihua.kernel import clock
from laihua.kernel.texts import Refused
from laihua.portal.access import is_script
from laihua.portal.officer.pages import acting, on_case
from laihua.portal.officer.views_review import fresh, show, words_of


@on_case()
@require_POST
def judge(request: HttpRequest, seen: queries.Dossier) -> HttpResponse:
    """`word`: right or wrong; the one that stands already takes itself back."""
    given, word = request.POST, request.POST.get("word", "")
    try:
        actions.judge_finding(
            case_id=seen.case.id, proceeding=seen.key, key=given.get("key", ""), digest=given.get("digest", ""),
            word=word if word in ("right", "wrong") else "", actor=acting(request), at=clock.now(),  # type: ignore[arg-type]
        )
    except Refused as refused:
        return refusal(request, seen, refused)
    return done(request, seen, given.get("key", ""))


@on_case()
@require_POST
def missed(request: HttpRequest, seen: queries.Dossier) -> HttpResponse:
    """What a document says and no finding told; `take_back` withdraws such a report."""
    given, actor, at = request.POST, acting(request), clock.now()
    slot, field = given.get("slot", ""), given.get("field", "")
    try:
        if given.get("do") == "take_back":
            actions.take_back_missed(case_id=seen.case.id, proceeding=seen.key, slot=slot, field=field, actor=actor, at=at)
        else:
            actions.report_missed(
                case_id=seen.case.id, proceeding=seen.key, slot=slot, field=field, check=given.get("check", ""),
                note=given.get("note", "")[:1000], actor=actor, at=at,
            )
    except Refused as refused:
        return refusal(request, seen, refused)
    return done(request, seen, "")


def refusal(request: HttpRequest, seen: queries.Dossier, refused: Refused) -> HttpResponse:
    if is_script(request):
        return JsonResponse({"reasons": [r.text.as_data() for r in refused.reasons]}, status=409)
    return show(request, fresh(seen), refused=refused.reasons, tab="findings")


def done(request: HttpRequest, seen: queries.Dossier, key: str) -> HttpResponse:
    """To the script the panel as it is now; else the page with it."""
    if is_script(request):
        now = fresh(seen)
        words = words_of(now, queries.review_sheet(now))
        return JsonResponse({"parts": {"findings": render_to_string("officer/_findings.html", words, request)}})
    query = f"?tab=findings&proceeding={seen.key}" if request.GET.get("proceeding") else "?tab=findings"
    return redirect(f"{reverse('officer:review', args=[seen.case.id])}{query}")
