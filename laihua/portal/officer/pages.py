"""What the officer's views share: who acts, which case, and how a due date reads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from laihua.accounts.permissions import Actor
from laihua.accounts.queries import actor_of
from laihua.cases import queries
from laihua.catalog.proceedings import MAIN
from laihua.kernel import clock
from laihua.kernel.calendar import WorkingCalendar
from laihua.kernel.queries import working_calendar
from laihua.kernel.texts import Text
from laihua.portal.access import View, allow
from laihua.portal.officer.apps import OFFICERS


@dataclass(frozen=True, slots=True)
class DueLabel:
    """`tone`: late, soon or plain, the colours of the queue."""

    tone: str
    icon: str
    text: Text
    on: date | None


def due_label(due_on: date | None, today: date, calendar: WorkingCalendar | None = None) -> DueLabel:
    if due_on is None:
        return DueLabel("plain", "", Text("无期限", "No limit"), None)
    left = (calendar or working_calendar()).between(today, due_on)
    if due_on < today:
        text = Text("逾期{n}个工作日", "{n} working days late") if left < -1 else Text("逾期1个工作日", "1 working day late")
        return DueLabel("late", "alert-triangle", text.format(n=-left) if left else Text("已逾期", "Overdue"), due_on)
    if due_on == today:
        return DueLabel("soon", "clock", Text("今日到期", "Due today"), due_on)
    if left <= 1:
        return DueLabel("soon", "clock", Text("剩1个工作日", "1 working day left"), due_on)
    return DueLabel("plain", "", Text("剩{n}个工作日", "{n} working days left").format(n=left), due_on)


def of_proceeding(key: str) -> str:
    """What the address of a case adds for a further proceeding; one office may have several."""
    return "" if key == MAIN else f"?proceeding={key}"


def acting(request: HttpRequest) -> Actor:
    """The officer; `allow` has made sure that there is one."""
    actor = actor_of(request)
    if actor is None:
        raise Http404
    return actor


def on_case(*roles: str) -> Callable[[Callable[..., HttpResponse]], View]:
    """For views on one case: officers of its office only; for everybody else there is no such case."""

    def declare(view: Callable[..., HttpResponse]) -> View:
        @allow(*(roles or OFFICERS))
        @wraps(view)
        def found(request: HttpRequest, case_id: UUID, **rest: Any) -> HttpResponse:
            try:
                seen = queries.desk_dossier(
                    case_id, actor=acting(request), at=clock.now(), proceeding=request.GET.get("proceeding", MAIN)[:40])
                return view(request, seen, **rest)
            except queries.NotYours:
                raise Http404 from None

        return found

    return declare
