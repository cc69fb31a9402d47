"""Where operators read questions: publish, answer, or reject with a reason for the asker (XP-3)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from laihua.bulletins import actions, queries
from laihua.bulletins.queries import PAGE
from laihua.kernel import clock
from laihua.kernel.texts import Reason, Refused, Text
from laihua.portal.access import allow
from laihua.portal.account.entry.board import STATES, next_page, position
from laihua.portal.given import whole_number
from laihua.portal.operator.views_bulletins import actor, shown_again
from laihua.portal.systems import systems

DONE = {
    "answer": Text("已答复并发布，提问人会收到通知", "Answered and published; the asker is told"),
    "publish": Text("已发布，提问人会收到通知", "Published; the asker is told"),
    "reject": Text("未发布，原因已告知提问人", "Not published; the asker is told why"),
}
NO_DECISION = Reason("decision_missing", Text("请选择怎样处理。", "Please choose what to do."))


@allow("operator")
@never_cache
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    state = state if state in STATES else "waiting"
    found = queries.asked(actor=actor(request), state=state, after=position(request), limit=PAGE + 1)
    counts = queries.counts_of_questions()
    return render(request, "operator/questions.html", {
        "rows": [(row, _system(row.system)) for row in found[:PAGE]], "state": state, "next": next_page(found, "asked_at", state=state),
        "is_first": "after" not in request.GET, "tabs": [(key, status, counts.get(key, 0)) for key, status in STATES.items()],
    })


@allow("operator")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """GET shows it; POST decides: answer, publish or reject."""
    if request.method != "POST":
        return _page(request, question_id)
    deed = request.POST.get("do", "")
    try:
        _decide(request, question_id, deed)
    except Refused as refused:
        return _page(request, question_id, refused.reasons)
    messages.success(request, str(DONE[deed]))
    return HttpResponseRedirect(reverse("operator:questions"))


def _decide(request: HttpRequest, question_id: UUID, deed: str) -> None:
    how: dict[str, Any] = {
        "question_id": question_id, "actor": actor(request), "at": clock.now(),
        "expected": whole_number(request.POST.get("revision")),
    }
    if queries.asked_question(question_id, actor=how["actor"]) is None:
        raise Http404
    match deed:
        case "answer":
            actions.answer(answer_zh=request.POST.get("answer_zh", ""), answer_en=request.POST.get("answer_en", ""), **how)
        case "publish":
            actions.publish_question(**how)
        case "reject":
            actions.reject(reason=request.POST.get("reason", ""), **how)
        case _:
            raise Refused(NO_DECISION)


def _page(request: HttpRequest, question_id: UUID, reasons: Sequence[Reason] = ()) -> HttpResponse:
    found = queries.asked_question(question_id, actor=actor(request))
    if found is None:
        raise Http404
    values = {
        name: shown_again(name, request.POST.get(name, "")) if reasons else getattr(found, name)
        for name in ("answer_zh", "answer_en", "reason")
    }
    return render(request, "operator/question.html", {
        "question": found, "status": STATES[found.state], "system": _system(found.system), "values": values,
        "errors": {r.place: r.text for r in reasons if r.place}, "general": [r for r in reasons if not r.place],
    }, status=422 if reasons else 200)


def _system(key: str) -> Text:
    return systems()[key].short if key in systems() else Text(key, key)
