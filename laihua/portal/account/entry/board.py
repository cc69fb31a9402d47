"""Notices, news, questions and answers, as the users of a system see them (XP-1, XP-3)."""

from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from laihua.bulletins import actions, queries
from laihua.bulletins.queries import PAGE, Position
from laihua.kernel import clock
from laihua.kernel.texts import Refused, Text
from laihua.portal.access import SIGNED_IN, allow
from laihua.portal.account.entry.rules import Page
from laihua.portal.account.entry.standing import Door, door_of
from laihua.portal.account.entry.views import frame_of, system_of
from laihua.portal.statuses import Status
from laihua.portal.systems import Home

STATES = {
    "waiting": Status("azure", "hourglass", Text("待审核", "Waiting")),
    "published": Status("green", "circle-check", Text("已发布", "Published")),
    "rejected": Status("red", "circle-x", Text("未发布", "Not published")),
}
ASKED = Text("问题已提交，审核后发布，结果会通知您", "Your question was sent; you are told once it was read")


class NotInside(Exception):
    """Who asks has not come through the door; ENT-1 says where he belongs."""


@allow(SIGNED_IN)
@never_cache
@require_safe
def bulletins(request: HttpRequest, system: str) -> HttpResponse:
    """All that is shown of one kind, newest first."""
    return inside(request, system, _bulletins)


@allow(SIGNED_IN)
@never_cache
@require_safe
def bulletin(request: HttpRequest, system: str, bulletin_id: UUID) -> HttpResponse:
    return inside(request, system, _bulletin, bulletin_id)


@allow(SIGNED_IN)
@never_cache
@require_safe
def file(request: HttpRequest, system: str, bulletin_id: UUID, attachment_id: UUID) -> HttpResponse:
    return inside(request, system, _file, bulletin_id, attachment_id)


@allow(SIGNED_IN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest, system: str) -> HttpResponse:
    """The published ones, one's own beside them; POST asks."""
    return inside(request, system, _ask if request.method == "POST" else _questions)


@allow(SIGNED_IN)
@never_cache
@require_safe
def question(request: HttpRequest, system: str, question_id: UUID) -> HttpResponse:
    return inside(request, system, _question, question_id)


def inside(request: HttpRequest, key: str, page: Any, *more: Any) -> HttpResponse:
    """The page for whoever has come through the system's door; everybody else goes to the door."""
    system = system_of(key)
    if system.home is None:
        raise Http404
    door = door_of(request, system, at=clock.now())
    if door.page is not Page.HOME:
        return HttpResponseRedirect(reverse("account:enter", args=[key]))
    answer: HttpResponse = page(request, door, *more)
    return answer


def _bulletins(request: HttpRequest, door: Door) -> HttpResponse:
    home = home_of(door)
    kind = request.GET.get("kind") or next(iter(home.boards))
    if kind not in home.boards:
        raise Http404
    found = queries.bulletins(door.system.key, kind, at=clock.now(), after=position(request), limit=PAGE + 1)
    return render(request, "account/board_list.html", {
        **frame_of(door), "kind": kind, "title": home.boards[kind], "rows": found[:PAGE], "is_first": "after" not in request.GET,
        "next": next_page(found, "publish_at", kind=kind), "here": kind,
    })


def _bulletin(request: HttpRequest, door: Door, bulletin_id: UUID) -> HttpResponse:
    found = queries.bulletin(bulletin_id, door.system.key, at=clock.now())
    home = home_of(door)
    if found is None or found.kind not in home.boards:
        raise Http404
    return render(request, "account/board_item.html", {
        **frame_of(door), "item": found, "board": home.boards[found.kind], "here": found.kind})


def _file(request: HttpRequest, door: Door, bulletin_id: UUID, attachment_id: UUID) -> HttpResponse:
    item = queries.bulletin(bulletin_id, door.system.key, at=clock.now())
    found = queries.attachment(item, attachment_id) if item else None
    if found is None:
        raise Http404
    return download(*found)


def _questions(request: HttpRequest, door: Door, *, refused: Refused | None = None) -> HttpResponse:
    found = queries.questions(door.system.key, after=position(request), limit=PAGE + 1)
    errors = {r.place: r.text for r in refused.reasons} if refused else {}
    return render(request, "account/questions.html", {
        **frame_of(door), "rows": found[:PAGE], "next": next_page(found, "asked_at"), "is_first": "after" not in request.GET,
        "here": "questions",
        "own": [(q, STATES[q.state]) for q in queries.own_questions(door.system.key, door.actor)],
        "errors": errors, "general": [r for r in refused.reasons if not r.place] if refused else [],
        "typed": {key: request.POST.get(key, "") for key in ("title", "text")},
    }, status=422 if refused else 200)


def _ask(request: HttpRequest, door: Door) -> HttpResponse:
    try:
        actions.ask(
            system=door.system.key, title=request.POST.get("title", ""), text=request.POST.get("text", ""), actor=door.actor, at=clock.now()
        )
    except Refused as refused:
        return _questions(request, door, refused=refused)
    messages.success(request, str(ASKED))
    return HttpResponseRedirect(reverse("account:questions", args=[door.system.key]))


def _question(request: HttpRequest, door: Door, question_id: UUID) -> HttpResponse:
    found = queries.question(question_id, door.system.key, door.actor)
    if found is None:
        raise Http404
    mine = found.asker_id == door.actor.account_id
    return render(request, "account/question.html", {
        **frame_of(door), "question": found, "mine": mine, "status": STATES[found.state], "here": "questions"})


def home_of(door: Door) -> Home:
    if door.system.home is None:
        raise Http404
    return door.system.home


def position(request: HttpRequest) -> Position | None:
    """Where the page before ended. A mark that is not one begins at the top."""
    moment, _, row = request.GET.get("after", "").partition("~")
    try:
        return (datetime.fromisoformat(moment), UUID(row)) if row else None
    except ValueError:
        return None


def next_page(found: list[Any], moment: str, **more: str) -> str:
    """The address of the page after, where one row more than a page was found."""
    if len(found) <= PAGE:
        return ""
    last = found[PAGE - 1]
    return "?" + urlencode({**more, "after": f"{getattr(last, moment).isoformat()}~{last.id}"})


def download(attachment: Any, content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type=attachment.file.content_type)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(attachment.name, safe='')}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
