"""The record of a case: what happened, what was said, what came out of it, who works on it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages as toasts
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from laihua.accounts.queries import names_of
from laihua.cases import actions, queries
from laihua.kernel import clock
from laihua.kernel.texts import Reason, Refused, Text
from laihua.permits import actions as permit_actions
from laihua.permits import queries as permits
from laihua.portal.officer.pages import acting, due_label, of_proceeding, on_case
from laihua.portal.officer.views_review import beside, country_of, fresh, may_release


@on_case()
@require_GET
def record(request: HttpRequest, seen: queries.Dossier) -> HttpResponse:
    return show(request, seen)


def show(request: HttpRequest, seen: queries.Dossier, *, refused: tuple[Reason, ...] = (), text: str = "") -> HttpResponse:
    p = seen.proceeding
    is_head = "head" in seen.here
    return render(request, "officer/record.html", {
        "seen": seen, "of": of_proceeding(seen.key), "beside": beside(seen),
        "case": seen.case, "service": seen.service, "proceeding": p, "history": queries.history(seen),
        "messages_of_case": queries.messages_of(seen), "papers": permits.issued_of(seen.case.id),
        "being_made": [seen.service.outputs[k].title for k in permits.being_made(seen.case.id) if k in seen.service.outputs],
        "delivery": permits.delivery_of(seen.case.id), "may_post": bool(seen.here & permits.roles_for("record_posting")),
        "holder": names_of([p.holder_id]).get(p.holder_id, "") if p.holder_id else "",
        "colleagues": queries.colleagues_for(seen) if is_head else [], "may_release": may_release(seen),
        "booking": queries.booking_of(p.id) if seen.step.booking else None, "promise": seen.promise,
        "due": due_label(p.due_on, seen.today), "country": country_of(seen), "category": seen.definition.category(seen.names),
        "refused": refused, "text": text, "waiting": waits(seen),
    }, status=409 if refused else 200)


@dataclass(frozen=True, slots=True)
class Wait:
    """A move that comes by itself: when, and how the notice fared for which it waits."""

    label: Text
    at: datetime | None
    deliveries: list[tuple[Text, Text, datetime | None, str]]


def waits(seen: queries.Dossier) -> list[Wait]:
    return [
        Wait(one.move.label, one.at, [
            (queries.CHANNELS[d.channel], queries.STATES[d.state], d.delivered_at, d.error) for d in one.deliveries])
        for one in queries.waiting(seen)
    ]


def back_to(seen: queries.Dossier, anchor: str) -> HttpResponse:
    return redirect(f"{reverse('officer:record', args=[seen.case.id])}{of_proceeding(seen.key)}#{anchor}")


@on_case("head")
@require_POST
def hand_over(request: HttpRequest, seen: queries.Dossier) -> HttpResponse:
    try:
        to = UUID(request.POST.get("to", ""))
    except ValueError:
        missing = Reason("no_officer", Text("请选择转交给谁。", "Choose who is to take the case."), place="to")
        return show(request, seen, refused=(missing,))
    try:
        actions.hand_over(case_id=seen.case.id, proceeding=seen.key, to=to, actor=acting(request), at=clock.now())
    except Refused as refused:
        return show(request, fresh(seen), refused=refused.reasons)
    toasts.success(request, str(Text("已转交{name}", "Reassigned to {name}").format(name=names_of([to]).get(to, ""))))
    return back_to(seen, "holder")


@on_case()
@require_POST
def message(request: HttpRequest, seen: queries.Dossier) -> HttpResponse:
    text = request.POST.get("text", "")
    try:
        actions.write_message(case_id=seen.case.id, proceeding=seen.key, text=text, actor=acting(request), at=clock.now())
    except Refused as refused:
        return show(request, fresh(seen), refused=refused.reasons, text=text)
    return back_to(seen, "messages")


@on_case(*sorted(permits.roles_for("record_posting")))
@require_POST
def posting(request: HttpRequest, seen: queries.Dossier) -> HttpResponse:
    try:
        permit_actions.record_posting(
            case_id=seen.case.id, tracking_number=request.POST.get("tracking_number", ""), actor=acting(request), at=clock.now()
        )
    except Refused as refused:
        return show(request, fresh(seen), refused=refused.reasons)
    toasts.success(request, str(Text("已记录运单号", "Tracking number recorded")))
    return back_to(seen, "delivery")
