"""The individual end: the foreigner reads what the unit filled in, declares, and confirms or sends it back."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from laihua.accounts.permissions import SUBJECT
from laihua.cases import actions as cases
from laihua.cases.queries import Dossier, is_prechecked
from laihua.catalog.definitions import Field, Move
from laihua.kernel import clock
from laihua.kernel.texts import Reason, Refused
from laihua.portal.applicant import prechecks, progress, slots
from laihua.portal.applicant.opening import acting, applicants, open_case
from laihua.portal.applicant.sections import FormView, SectionView
from laihua.portal.applicant.todo import until
from laihua.portal.applicant.views.cases import page_head
from laihua.portal.given import whole_number


@applicants
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """GET shows everything. POST with `move` confirms with the declarations that are ticked, or sends it back with words.

    Whoever is not the applicant may look, and reads whose step it is; his POST is refused with the same sentence.
    """
    dossier = open_case(request, case_id)
    if dossier.step.holder != "subject" or dossier.step.editable or dossier.service.confirmation is None:
        return HttpResponseRedirect(reverse("applicant:case", args=[case_id]))
    if request.method != "POST":
        return show(request, dossier)
    text, ticked = request.POST.get("text", "")[:2000], ticks(request, dossier)
    key = request.POST.get("move", "")
    expected = whole_number(request.POST.get("version"))
    row = dossier.service.moves.get(key)
    try:
        if row is not None and row.text == "required":
            cases.move(case_id=case_id, move=key, actor=acting(request), at=clock.now(), expected=expected, text=text)
        else:
            cases.confirm_declared(
                case_id=case_id, confirm=key, declared=ticked, actor=acting(request), at=clock.now(), expected=expected
            )
    except Refused as refused:
        return show(request, open_case(request, case_id), refused.reasons, ticked=ticked, text=text, status=422)
    messages.success(request, str(dossier.service.moves[key].past))
    return HttpResponseRedirect(reverse("applicant:case", args=[case_id]))


def ticks(request: HttpRequest, dossier: Dossier) -> dict[str, bool]:
    return {f.key: request.POST.get(f.key) == "true" for f in declarations(dossier)}


def declarations(dossier: Dossier) -> list[Field]:
    """What the person declares and consents to, one by one, in this case."""
    visible = dossier.definition.visible_sections(dossier.names)
    return [f for s in visible if s.rows is None for f in s.fields if f.by == SUBJECT and f.type == "declaration"]


def show(
    request: HttpRequest, dossier: Dossier, reasons: Sequence[Reason] = (), *, ticked: Mapping[str, bool] | None = None,
    text: str = "", status: int = 200,
) -> HttpResponse:
    form = FormView(dossier)
    sections = sorted((s for s in map(shown, form.sections) if s.fields or s.section.rows), key=lambda s: not s.section.personal)
    confirming, objecting = moves_of(dossier)
    read = prechecks.slot_lines(prechecks.results(dossier).precheck) if is_prechecked(dossier.service) else None
    rows = slots.rows(dossier, read=read)
    standing = standing_in_the_way(dossier, confirming)
    return render(request, "applicant/confirm.html", {
        **page_head(dossier), "sections": sections, "rows": rows,
        "mine": [r for r in rows if r.can_upload], "theirs": [r for r in rows if not r.can_upload and r.file],
        "declarations": [(f, (ticked or {}).get(f.key, False)) for f in declarations(dossier)],
        "confirming": confirming, "objecting": objecting, "text": text, "until": until(dossier),
        "cells": progress.cells(dossier), "version": dossier.proceeding.version,
        "general": [r for r in reasons if not r.place], "placed": [r for r in reasons if r.place],
        "errors": {r.place: r.text for r in reasons if r.place}, "is_subject": dossier.side == SUBJECT, "standing": standing,
        "handler": dossier.known["handler"],
    }, status=status)


def shown(section: SectionView) -> SectionView:
    """Without its declarations, which stand on their own below."""
    section.fields = [f for f in section.fields if f.field.type != "declaration" or f.field.by != SUBJECT]
    return section


def moves_of(dossier: Dossier) -> tuple[Move | None, Move | None]:
    """What the applicant may do at this step: confirm it, and send it back with words."""
    mine = [m for m in dossier.service.moves.values() if dossier.step.key in m.sources and SUBJECT in m.by]
    return next((m for m in mine if m.text != "required"), None), next((m for m in mine if m.text == "required"), None)


def standing_in_the_way(dossier: Dossier, confirming: Move | None) -> Any:
    """What ticking and uploading on this page does not mend: another end's step, an expired filing."""
    if confirming is None:
        return None
    return next((r for r in dossier.obstacles(confirming) if not r.place), None)
