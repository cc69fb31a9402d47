"""Messages to the person who is signed in. `urlpatterns` belongs into the account part's own list."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from laihua.accounts.permissions import Actor
from laihua.accounts.queries import actor_of
from laihua.kernel import clock
from laihua.notifications import actions, queries
from laihua.portal.access import allow


@allow("signed_in")
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    account_id = account_of(request)
    rows = queries.inbox_of(account_id, after=position(request.GET.get("after", "")), limit=queries.PAGE + 1)
    shown = rows[:queries.PAGE]
    last = shown[-1] if len(rows) > queries.PAGE else None
    return render(request, "account/inbox.html", {
        "rows": shown, "unread": queries.unread_count(account_id), "older": "after" in request.GET,
        "next": f"{last.created_at.isoformat()}_{last.id}" if last else "",
    })


@allow("signed_in")
@require_GET
def message(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Somebody else's message is not found, so that nobody learns that it is there."""
    account_id = account_of(request)
    row = queries.inbox_message(account_id, message_id)
    if row is None:
        raise Http404
    actions.mark_read(account_id=account_id, message_id=row.id, at=clock.now())
    return render(request, "account/inbox_message.html", {"row": row})


@allow("signed_in")
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    actions.mark_all_read(account_id=account_of(request), at=clock.now())
    return redirect("account:inbox")


def account_of(request: HttpRequest) -> UUID:
    actor: Actor | None = actor_of(request)
    if actor is None or actor.account_id is None:
        raise Http404
    return actor.account_id


def position(after: str) -> queries.Position | None:
    moment, _, row_id = after.partition("_")
    try:
        return datetime.fromisoformat(moment), UUID(row_id)
    except ValueError:
        return None


urlpatterns = [
    path("inbox/", inbox, name="inbox"),
    path("inbox/read/", read_all, name="inbox_read_all"),
    path("inbox/<uuid:message_id>/", message, name="inbox_message"),
]
