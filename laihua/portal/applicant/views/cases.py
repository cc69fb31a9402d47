"""One's own cases: the list, and the page of each."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from laihua.cases import actions as cases
from laihua.cases import queries as case_queries
from laihua.cases.queries import Dossier
from laihua.catalog import queries as catalog
from laihua.catalog.definitions import Service
from laihua.kernel import clock
from laihua.kernel.texts import Reason, Refused, Text
from laihua.permits import queries as permits
from laihua.portal.applicant import earlier, facts, listing, papers, record, steps, together
from laihua.portal.applicant.opening import acting, applicants, open_case

TABS = (("open", Text("进行中", "Under way")), ("done", Text("已完成", "Completed")))
SENT = Text("留言已发送", "Message sent")
INVITED = Text("邀请已重新发送，之前的链接不再有效", "The invitation was sent again; earlier links no longer work")


@applicants
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor = acting(request)
    done, asked = request.GET.get("tab") == "done", request.GET.get("q", "")[:100].replace("\0", "")
    try:
        page = case_queries.my_cases(
            actor, done=done, asked=asked, after=request.GET.get("after", ""), before=request.GET.get("before", "")
        )
    except ValueError:
        raise Http404 from None
    counts = case_queries.my_counts(actor)
    further = case_queries.further_of(page.rows)
    bookings = case_queries.bookings_of(p.id for p in page.rows)
    kept = {key: value for key, value in (("tab", "done" if done else ""), ("q", asked)) if value}
    offered = [d.service for d in catalog.services() if is_filed_here(d.service) and cases.may_start(d.service, actor)]
    services = case_queries.shown_to(offered, actor, clock.now())
    return render(request, "applicant/cases.html", {
        "rows": [listing.row(p, actor, bookings, further.get(p.case_id, ())) for p in page.rows],
        "q": asked, "done": done, "is_unit": actor.is_unit(),
        "tabs": [(key, label, counts[n], (key == "done") == done) for n, (key, label) in enumerate(TABS)],
        "previous": f"?{urlencode({**kept, 'before': page.before})}" if page.before else "",
        "next": f"?{urlencode({**kept, 'after': page.after})}" if page.after else "", "services": services,
        "earlier": earlier.rows(case_queries.earlier_cases_of(actor)) if done and not asked else [],
    })


def is_filed_here(service: Service) -> bool:
    """Real names, appeals and the profiles that let one into a system begin on pages of their own."""
    return service.enrols is None and not service.serves


@applicants
@require_safe
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Where the case stands. A draft that was never submitted has no progress yet: it opens its form."""
    dossier = open_case(request, case_id)
    if dossier.may_edit and not dossier.past:
        return HttpResponseRedirect(reverse("applicant:form", args=[case_id]))
    return show(request, dossier)


@applicants
@require_safe
def standing(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What an open page asks while a paper is made: 204 as long as nothing changed, else word that it loads anew."""
    dossier = open_case(request, case_id)
    is_same = together.versions(dossier) == request.GET.get("version") and bool(
        permits.being_made(case_id)
    ) == (request.GET.get("making") == "1")
    return HttpResponse(status=204, headers={} if is_same else {"HX-Refresh": "true"})


def show(
    request: HttpRequest, dossier: Dossier, reasons: Sequence[Reason] = (), *, text: str = "", status: int = 200
) -> HttpResponse:
    """`reasons`: why something on this page was just refused; `text`: the message that was typed, which is kept."""
    offers, found = together.offers(dossier), papers.papers(dossier)
    making = papers.being_made(dossier)
    only_returns = request.GET.get("only") == "returns"
    doing = together.todo_of(dossier, offers, found)
    lines, refused = together.lines(dossier), together.remedies(dossier)
    first = doing.primary.offer if doing.primary else None
    beside = [act.offer for act in doing.others if act.offer]
    others = [o for o in offers if o.open and o is not first and o not in beside and not is_form_move(dossier, o)]
    return render(request, "applicant/case.html", {
        **page_head(dossier), "lines": lines, "line": lines[0].steps, "cells": together.cells(dossier),
        "doing": doing, "others": others,
        "asks": [*others, *beside, *([first] if first and first.move.confirm else [])],
        "papers": found, "making": making, "watch": bool(making) or any(run.step.holder == "hall" for run in dossier.runs),
        "history": record.lines(dossier, only_returns=only_returns), "only_returns": only_returns,
        "objection": objection(dossier), "talk": case_queries.messages_of(dossier), "text": text,
        "general": [r for r in reasons if r.place != "text"], "errors": {r.place: r.text for r in reasons if r.place == "text"},
        "facts": facts.facts(dossier), "links": facts.links(dossier), "may_invite": may_invite(dossier),
        "delivery": permits.delivery_of(dossier.case.id) if dossier.case.submitted_at else None,
        "refused": bool(refused), "version": together.versions(dossier),
        "office": office_of((refused or [dossier])[0]),
    }, status=status)


def office_of(dossier: Dossier) -> Text:
    return Text(dossier.proceeding.office.name_zh, dossier.proceeding.office.name_en)


def page_head(dossier: Dossier) -> dict[str, Any]:
    closed = dossier.case.closed_at is not None
    where = reverse("applicant:cases") + ("?tab=done" if closed else "")
    return {
        "dossier": dossier, "case": dossier.case, "service": dossier.service, "subject_name": dossier.proceeding.subject_name,
        "crumbs": [(steps.CASES, reverse("applicant:cases")), (TABS[closed][1], where)],
        "status": listing.status_of(dossier.proceeding, dossier.step), "category": dossier.proceeding.category,
    }


def is_form_move(dossier: Dossier, offer: Any) -> bool:
    """Moves that hand in what was filled in stand on the page where it is checked, those of a person where he confirms."""
    return not offer.move.danger and (dossier.step.editable or (dossier.step is dossier.service.confirmation and dossier.side == "subject"))


def objection(dossier: Dossier) -> str:
    """What the applicant said was wrong, while the unit mends it."""
    if not dossier.step.editable or dossier.proceeding.asked_by_step or dossier.last is None:
        return ""
    last = next((e for e in case_queries.history(dossier) if e.kind == "move"), None)
    return last.text if last else ""


def may_invite(dossier: Dossier) -> bool:
    return (
        dossier.side == "unit" and dossier.case.subject_id is None and dossier.step.holder == "subject"
        and bool(dossier.service.subject_check)
    )


@applicants
@require_POST
def message(request: HttpRequest, case_id: UUID) -> HttpResponse:
    text = request.POST.get("text", "")
    try:
        cases.write_message(case_id=case_id, text=text, actor=acting(request), at=clock.now())
    except Refused as refused:
        return show(request, open_case(request, case_id), refused.reasons, text=text, status=422)
    messages.success(request, str(SENT))
    return HttpResponseRedirect(reverse("applicant:case", args=[case_id]) + "#messages")


@applicants
@require_POST
def invite(request: HttpRequest, case_id: UUID) -> HttpResponse:
    try:
        cases.invite_subject(case_id=case_id, actor=acting(request), at=clock.now())
    except Refused as refused:
        return show(request, open_case(request, case_id), refused.reasons, status=422)
    messages.success(request, str(INVITED))
    return HttpResponseRedirect(reverse("applicant:case", args=[case_id]))
