"""The outbox: everything that was or will be sent, and a fresh start for dead letters."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages as toasts
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from laihua.accounts.queries import actor_of
from laihua.kernel import clock
from laihua.kernel.texts import Refused, Text
from laihua.notifications import actions, queries
from laihua.portal.access import allow
from laihua.portal.statuses import Status

REQUEUED = Text("已重新排队，将在一分钟内再次发送", "Queued again; it will be sent within a minute")
STATES = {
    "queued": Status("azure", "clock", Text("待发送", "Queued")),
    "sending": Status("azure", "loader-2", Text("发送中", "Being sent")),
    "sent": Status("green", "circle-check", Text("已发送", "Sent")),
    "dead": Status("red", "circle-x", Text("已放弃", "Given up")),
}
CHANNELS = {"sms": Text("短信", "SMS"), "email": Text("电子邮件", "E-mail")}


@allow("operator")
@require_GET
def messages(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    state, channel = chosen(request.GET, "state", STATES), chosen(request.GET, "channel", CHANNELS)
    rows = queries.messages_for_operator(actor=actor, state=state, channel=channel,  # type: ignore[arg-type]
                                         after=position(request.GET), limit=queries.PAGE + 1)
    shown = rows[:queries.PAGE]
    return render(request, "operator/messages.html", {
        "rows": [(row, STATES[row.state], CHANNELS[row.channel]) for row in shown],
        "states": STATES, "channels": CHANNELS, "state": state, "channel": channel, "backlog": counters(state, channel),
        "next": address(state, channel, shown[-1].position) if len(rows) > queries.PAGE else "",
        "first": address(state, channel, None) if "after" in request.GET else "", "readable": settings.DEMO,
        "here": request.get_full_path(),
    })


@allow("operator")
@require_POST
def requeue(request: HttpRequest, message_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    try:
        actions.requeue(message_id=message_id, actor=actor, at=clock.now())  # type: ignore[arg-type]
    except Refused as refused:
        toasts.error(request, "；".join(str(reason) for reason in refused.reasons))
    else:
        toasts.success(request, str(REQUEUED))
    back = request.POST.get("back", "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, None)
    return redirect(back if is_ours else "operator:messages")


def counters(state: str, channel: str) -> list[tuple[str, Status | None, int, bool]]:
    """(address, state or None for all, how many, whether it is the one shown)."""
    counts = {row.state.value: row.count for row in queries.backlog()}
    every = (address("", channel, None), None, sum(counts.values()), not state)
    return [every, *((address(key, channel, None), STATES[key], counts[key], state == key) for key in STATES)]


def chosen(given: QueryDict, name: str, known: dict[str, Status] | dict[str, Text]) -> str:
    value = given.get(name, "")
    return value if value in known else ""


def position(given: QueryDict) -> queries.Position | None:
    """From `after=moment_id`; what cannot be read means the first page."""
    moment, _, row_id = given.get("after", "").partition("_")
    try:
        return datetime.fromisoformat(moment), UUID(row_id)
    except ValueError:
        return None


def address(state: str, channel: str, after: queries.Position | None) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in (("state", state), ("channel", channel)) if value})
    if after:
        query["after"] = f"{after[0].isoformat()}_{after[1]}"
    return f"{reverse('operator:messages')}{'?' if query else ''}{query.urlencode()}"
