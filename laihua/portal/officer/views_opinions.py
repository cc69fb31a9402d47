"""Experts' opinions: the expert's own list and page, and what the officer does with them."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages as toasts
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from laihua.cases import actions, queries
from laihua.kernel import clock
from laihua.kernel.texts import Reason, Refused, Text
from laihua.portal.access import View, allow
from laihua.portal.officer import views_files
from laihua.portal.officer.apps import EXPERTS
from laihua.portal.officer.pages import acting, on_case

GIVEN = Text("评审意见已提交", "Your opinion was sent")
DECLINED = Text("已回避，送审人会另请专家", "You declined; somebody else will be asked")
ASKED = Text("已送专家评审", "Sent to the experts")


def on_asked() -> Callable[[Callable[..., HttpResponse]], View]:
    """For views on one case of an expert who was asked; for everybody else there is no such case."""

    def declare(view: Callable[..., HttpResponse]) -> View:
        @allow(roles=EXPERTS)
        @wraps(view)
        def found(request: HttpRequest, case_id: UUID, **rest: Any) -> HttpResponse:
            try:
                seen, opinion = queries.opinion_asked(case_id, actor=acting(request), at=clock.now())
                return view(request, seen, opinion, **rest)
            except queries.NotYours:
                raise Http404 from None

        return found

    return declare


@allow(roles=EXPERTS)
@require_GET
def opinions(request: HttpRequest) -> HttpResponse:
    return render(request, "officer/opinions.html", {"rows": queries.opinions_asked_of(acting(request))})


@on_asked()
@require_GET
def opinion(request: HttpRequest, seen: queries.Dossier, asked: Any) -> HttpResponse:
    return show(request, seen, asked)


def show(
    request: HttpRequest, seen: queries.Dossier, asked: Any, reasons: tuple[Reason, ...] = (), declining: bool = False
) -> HttpResponse:
    """The form and the documents, and a place for scores and words. Nothing of other experts is on it."""
    asks, post, errors = queries.asks_of(seen), request.POST, {r.place: r.text for r in reasons if r.place}
    documents = [(s.slot.key, s.slot.title, s.file.pages, range(1, s.file.pages + 1)) for s in seen.slots if s.file is not None]
    state = "given" if asked.given_at else "declined" if asked.declined_at else "waiting" if seen.step.opinions else "over"
    return render(request, "officer/opinion.html", {
        "seen": seen, "case": seen.case, "service": seen.service, "asked": asked, "asks": asks, "state": state,
        "sheet": queries.review_sheet(seen), "documents": documents, "due": seen.proceeding.due_on,
        "criteria": [
            (c, post.get(c.key) if post else asked.scores.get(c.key), errors.get(c.key)) for c in (asks.criteria if asks else ())
        ],
        "chosen": post.get("recommendation") or asked.recommendation, "text": post.get("text", asked.text), "why": post.get("why", ""),
        "total": sum(asked.scores.values()), "maximum": sum(c.max for c in asks.criteria) if asks else 0,
        "errors": errors, "general": [r for r in reasons if not r.place], "declining": declining,
        "summary": list(reasons),
    }, status=422 if reasons else 200)


@on_asked()
@require_POST
def give(request: HttpRequest, seen: queries.Dossier, asked: Any) -> HttpResponse:
    try:
        actions.give_opinion(
            case_id=seen.case.id, scores=request.POST, recommendation=request.POST.get("recommendation", ""),
            text=request.POST.get("text", ""), actor=acting(request), at=clock.now(),
        )
    except Refused as refused:
        return show(request, seen, asked, refused.reasons)
    toasts.success(request, str(GIVEN))
    return redirect("officer:opinions")


@on_asked()
@require_POST
def decline(request: HttpRequest, seen: queries.Dossier, asked: Any) -> HttpResponse:
    try:
        actions.decline_opinion(case_id=seen.case.id, text=request.POST.get("why", ""), actor=acting(request), at=clock.now())
    except Refused as refused:
        return show(request, seen, asked, refused.reasons, declining=True)
    toasts.success(request, str(DECLINED))
    return redirect("officer:opinions")


@on_asked()
@require_GET
def file(request: HttpRequest, seen: queries.Dossier, asked: Any, key: str) -> HttpResponse:
    found = queries.material_file(seen, key)
    return views_files.download(queries.material_content(found), found.stored.content_type, found.name)


@on_asked()
@require_GET
def page(request: HttpRequest, seen: queries.Dossier, asked: Any, key: str, number: int) -> HttpResponse:
    return views_files.page_of(request, queries.material_file(seen, key), number)


@on_case()
@require_GET
def review(request: HttpRequest, seen: queries.Dossier) -> HttpResponse:
    """All opinions of the round together, for the office; while the case lies there, also whom to ask."""
    return show_all(request, seen)


def show_all(request: HttpRequest, seen: queries.Dossier, reasons: tuple[Reason, ...] = ()) -> HttpResponse:
    tally = queries.tally(seen)
    if tally is None:
        raise Http404
    is_mine = seen.proceeding.holder_id is not None and seen.proceeding.holder_id == seen.actor.account_id
    may_ask = bool(seen.step.opinions) and is_mine and seen.step.by in seen.here
    return render(request, "officer/opinions_of_case.html", {
        "seen": seen, "case": seen.case, "service": seen.service, "tally": tally, "reasons": reasons, "may_ask": may_ask,
    }, status=409 if reasons else 200)


@on_case()
@require_POST
def ask(request: HttpRequest, seen: queries.Dossier) -> HttpResponse:
    try:
        experts = [UUID(given) for given in request.POST.getlist("expert")]
    except ValueError:
        raise Http404 from None
    try:
        actions.ask_experts(case_id=seen.case.id, experts=experts, actor=acting(request), at=clock.now())
    except Refused as refused:
        return show_all(request, seen, refused.reasons)
    toasts.success(request, str(ASKED))
    return redirect("officer:case-opinions", case_id=seen.case.id)
