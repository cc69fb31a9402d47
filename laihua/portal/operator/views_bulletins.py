"""Where operators keep notices and news: drafts, an editor, when they are shown, and files beside them (XP-3)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from laihua.accounts.permissions import Actor
from laihua.accounts.queries import actor_of
from laihua.bulletins import actions, queries
from laihua.bulletins.actions import TEXTS
from laihua.bulletins.queries import PAGE
from laihua.bulletins.safe_html import from_typed
from laihua.kernel import clock
from laihua.kernel.calendar import ZONE
from laihua.kernel.texts import Reason, Refused, Text
from laihua.portal.access import allow
from laihua.portal.account.entry.board import download, next_page, position
from laihua.portal.given import whole_number
from laihua.portal.statuses import Status
from laihua.portal.systems import System, systems
from laihua.prechecks import gate

FILE_BYTES = 5 * 1024 * 1024
STATES = {
    "draft": Status("grey", "", Text("草稿", "Draft")),
    "planned": Status("azure", "clock", Text("定时发布", "Planned")),
    "shown": Status("green", "circle-check", Text("已发布", "Published")),
    "over": Status("grey", "", Text("已下线", "Ended")),
}
SAVED, OUT = Text("已保存", "Saved"), Text("已发布", "Published")
PLANNED = Text("已定时，到时自动发布", "It will be published at that time")
BACK, DISCARDED = Text("已撤下，现在是草稿", "Withdrawn; it is a draft now"), Text("草稿已删除", "The draft was deleted")
ATTACHED, DETACHED = Text("附件已添加", "The file was added"), Text("附件已移除", "The file was removed")
NO_FILE = Reason("file_missing", Text("请选择文件。", "Please choose a file."), place="file")
NOT_A_TIME = Text("请写成2026-11-20 09:00这样的时间。", "Write a time such as 2026-11-20 09:00.")


@allow("operator")
@never_cache
@require_safe
def bulletins(request: HttpRequest) -> HttpResponse:
    """Everything that is kept, the last changed first."""
    kind, system, places = request.GET.get("kind", ""), request.GET.get("system", ""), boards()
    kind, system = kind if kind in kinds() else "", system if system in places else ""
    found = queries.kept(actor=actor(request), kind=kind, system=system, after=position(request), limit=PAGE + 1)
    at = clock.now()
    return render(request, "operator/bulletins.html", {
        "rows": [(row, STATES[state_of(row, at)], titles(row)) for row in found[:PAGE]], "kinds": kinds(), "places": places, "kind": kind,
        "system": system, "next": next_page(found, "changed_at", kind=kind, system=system), "is_first": "after" not in request.GET,
        "waiting": queries.counts_of_questions().get("waiting", 0),
    })


@allow("operator")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """GET shows an empty editor; POST keeps a draft, or publishes it at once."""
    if request.method != "POST":
        return _editor(request, None)
    try:
        made = actions.write(
            kind=_one_of(request, "kind", kinds()), system=_one_of(request, "system", boards()), texts=_texts(request),
            pinned="pinned" in request.POST, actor=actor(request), at=clock.now(),
        )
    except Refused as refused:
        return _editor(request, None, refused.reasons)
    return _saved(request, made.id)


@allow("operator")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bulletin(request: HttpRequest, bulletin_id: UUID) -> HttpResponse:
    """GET shows the editor; POST does what its button says: save, publish, withdraw, discard, attach, detach."""
    found = queries.kept_bulletin(bulletin_id, actor=actor(request))
    if found is None:
        raise Http404
    if request.method != "POST":
        return _editor(request, found)
    try:
        return DEEDS.get(request.POST.get("do", ""), _save)(request, bulletin_id)
    except Refused as refused:
        return _editor(request, queries.kept_bulletin(bulletin_id, actor=actor(request)), refused.reasons)


@allow("operator")
@never_cache
@require_safe
def file(request: HttpRequest, bulletin_id: UUID, attachment_id: UUID) -> HttpResponse:
    found = queries.kept_bulletin(bulletin_id, actor=actor(request))
    content = queries.attachment(found, attachment_id) if found else None
    if content is None:
        raise Http404
    return download(*content)


def _save(request: HttpRequest, bulletin_id: UUID) -> HttpResponse:
    actions.change(
        bulletin_id=bulletin_id, texts=_texts(request), pinned="pinned" in request.POST, actor=actor(request), at=clock.now(),
        expected=_revision(request),
    )
    return _saved(request, bulletin_id)


def _saved(request: HttpRequest, bulletin_id: UUID) -> HttpResponse:
    """What is saved may be published with the same press."""
    if request.POST.get("do") != "publish":
        messages.success(request, str(SAVED))
        return HttpResponseRedirect(reverse("operator:bulletin", args=[bulletin_id]))
    try:
        at = clock.now()
        begins, ends = (_moment(request, name) for name in ("publish_at", "publish_until"))
        actions.publish(bulletin_id=bulletin_id, begins=begins, ends=ends, actor=actor(request), at=at)
    except Refused as refused:
        return _editor(request, queries.kept_bulletin(bulletin_id, actor=actor(request)), refused.reasons)
    messages.success(request, str(PLANNED if begins and begins > at else OUT))
    return HttpResponseRedirect(reverse("operator:bulletin", args=[bulletin_id]))


def _withdraw(request: HttpRequest, bulletin_id: UUID) -> HttpResponse:
    actions.withdraw(bulletin_id=bulletin_id, actor=actor(request), at=clock.now())
    return _told(request, BACK, "operator:bulletin", bulletin_id)


def _discard(request: HttpRequest, bulletin_id: UUID) -> HttpResponse:
    actions.discard(bulletin_id=bulletin_id, actor=actor(request), at=clock.now())
    return _told(request, DISCARDED, "operator:bulletins")


def _attach(request: HttpRequest, bulletin_id: UUID) -> HttpResponse:
    upload = request.FILES.get("file")
    if upload is None:
        raise Refused(NO_FILE)
    name = upload.name or ""
    content = upload.read() if (upload.size or 0) <= FILE_BYTES else b""
    result = gate.inspect(content or b" " * (FILE_BYTES + 1), name=name, accept="pdf", max_bytes=FILE_BYTES, colour=False)
    if not result.ok:
        raise Refused(*(Reason(p.code, p.text, place="file") for p in result.problems))
    actions.attach(
        bulletin_id=bulletin_id, name=name, content=content, content_type=result.content_type, actor=actor(request), at=clock.now()
    )
    return _told(request, ATTACHED, "operator:bulletin", bulletin_id)


def _detach(request: HttpRequest, bulletin_id: UUID) -> HttpResponse:
    try:
        attachment_id = UUID(request.POST.get("attachment", ""))
    except ValueError:
        raise Http404 from None
    actions.detach(bulletin_id=bulletin_id, attachment_id=attachment_id, actor=actor(request), at=clock.now())
    return _told(request, DETACHED, "operator:bulletin", bulletin_id)


DEEDS = {
    "save": _save, "publish": _save, "withdraw": _withdraw, "discard": _discard, "attach": _attach, "detach": _detach,
}


def _told(request: HttpRequest, text: Text, name: str, *args: Any) -> HttpResponse:
    messages.success(request, str(text))
    return HttpResponseRedirect(reverse(name, args=args))


def _editor(request: HttpRequest, found: Any, reasons: Sequence[Reason] = ()) -> HttpResponse:
    typed = reasons and request.POST.get("do") in ("save", "publish")
    values = {name: shown_again(name, text) for name, text in _texts(request).items()} if typed else {
        name: getattr(found, name, "") for name in TEXTS}
    times = {name: request.POST.get(name, "") if typed else written(getattr(found, name, None)) for name in ("publish_at", "publish_until")}
    at = clock.now()
    return render(request, "operator/bulletin.html", {
        "item": found, "values": values, "times": times, "kinds": kinds().items(), "places": [(k, s.short) for k, s in boards().items()],
        "status": STATES[state_of(found, at)] if found else STATES["draft"], "state": state_of(found, at) if found else "draft",
        "pinned": "pinned" in request.POST if typed else getattr(found, "pinned", False), "titles": titles(found) if found else None,
        "kind": found.kind if found else request.POST.get("kind") or request.GET.get("kind", "") or next(iter(kinds())),
        "system": found.system if found else request.POST.get("system") or next(iter(boards()), ""),
        "errors": {r.place: r.text for r in reasons if r.place}, "general": [r for r in reasons if not r.place],
    }, status=422 if reasons else 200)


def kinds() -> dict[str, Text]:
    """The boards of all systems, each kind once, under the first system's title."""
    return {kind: title for s in reversed(boards().values()) if s.home for kind, title in s.home.boards.items()}


def boards() -> dict[str, System]:
    return {key: system for key, system in systems().items() if system.home is not None}


def titles(row: Any) -> tuple[Text, Text]:
    """The board and the system of one row."""
    system = systems().get(row.system)
    return kinds().get(row.kind, Text(row.kind, row.kind)), system.short if system else Text(row.system, row.system)


def state_of(row: Any, at: datetime) -> str:
    if row.publish_at is None:
        return "draft"
    if row.publish_at > at:
        return "planned"
    return "over" if row.publish_until is not None and row.publish_until <= at else "shown"


def written(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""


def _moment(request: HttpRequest, name: str) -> datetime | None:
    """As it is typed, in China; a day alone begins at midnight, and as an end it is over at the next."""
    text = request.POST.get(name, "").strip()
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.replace("：", ":")).replace(tzinfo=ZONE)
    except ValueError:
        raise Refused(Reason("not_a_time", NOT_A_TIME, place=name)) from None
    return moment + timedelta(days=1) if name == "publish_until" and len(text) <= 10 else moment


def shown_again(name: str, text: str) -> str:
    """What was refused stands in the editor again, as clean as if it had been kept."""
    return from_typed(text) if name.startswith(("body_", "answer_")) else text


def _texts(request: HttpRequest) -> Mapping[str, str]:
    return {name: request.POST.get(name, "") for name in TEXTS}


def _one_of(request: HttpRequest, name: str, known: Mapping[str, Any]) -> str:
    value = request.POST.get(name, "")
    return value if value in known else next(iter(known))


def _revision(request: HttpRequest) -> int | None:
    return whole_number(request.POST.get("revision"))


def actor(request: HttpRequest) -> Actor:
    found = actor_of(request)
    if found is None:
        raise RuntimeError("the page is not open to visitors")
    return found
