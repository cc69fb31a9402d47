"""The materials of a case: the list, uploads, deletions."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laihua.cases import actions as cases
from laihua.cases.queries import Dossier, is_prechecked, missing_consents
from laihua.kernel import clock
from laihua.kernel.texts import Reason, Refused, Text
from laihua.portal.access import is_script, safe_next
from laihua.portal.applicant import prechecks, slots, steps
from laihua.portal.applicant.opening import acting, applicants, open_case
from laihua.portal.applicant.views.form import said

NO_FILE = Reason("no_file", Text("请先选择文件", "Please choose a file first"))
TAKEN = Text("已沿用{n}项材料，请核对", "{n} taken over; please check")
REMOVED = Text("已删除，可以重新上传", "Removed; you can upload another")


@applicants
@require_safe
def materials(request: HttpRequest, case_id: UUID) -> HttpResponse:
    return show(request, open_case(request, case_id))


def show(
    request: HttpRequest, dossier: Dossier, refused: dict[str, Sequence[Reason]] | None = None, *, status: int = 200
) -> HttpResponse:
    tab = request.GET.get("tab", slots.ALL)
    results = read_of(dossier)
    found = slots.rows(dossier, refused, offers=True, read=prechecks.slot_lines(results.precheck) if results else None)
    known = slots.tabs(dossier, found, tab)
    if tab not in {t.key for t in known}:
        return HttpResponseRedirect(reverse("applicant:materials", args=[dossier.case.id]))
    words = {
        **steps.head(dossier, steps.MATERIALS), "tab": tab, "tabs": known, "groups": slots.groups(dossier, found, tab),
        "counts": slots.counts(found), "results": results,
        "subject_may": dossier.service.confirmation and any(r.slot.by != "unit" for r in found),
        "at_once": sum(r.reuse is not None and r.reuse.at_once for r in found),
        "any_pdf": any(r.slot.accept == "pdf" for r in found), "refused": refused,
        **sums(found), "consents": missing_consents(dossier) if may_upload_some(found) else [],
    }
    return render(request, "applicant/materials.html", words, status=status)


def read_of(dossier: Dossier) -> prechecks.Results | None:
    """What pre-review found; None in a service without documents that are read."""
    return prechecks.results(dossier) if is_prechecked(dossier.service) else None


def may_upload_some(found: list[slots.MaterialRow]) -> bool:
    return any(row.can_upload for row in found)


def sums(found: list[slots.MaterialRow]) -> dict[str, int]:
    return {
        "to_replace": sum(r.is_returned for r in found),
        "to_add": sum(r.is_todo and not r.is_returned for r in found),
    }


@applicants
@require_POST
def upload(request: HttpRequest, case_id: UUID, key: str) -> HttpResponse:
    """One file for one slot. To the script the row as it is now, or 422 with the reasons; else the page."""
    file = request.FILES.get("file")
    try:
        if file is None:
            raise Refused(NO_FILE)
        cases.upload_material(
            case_id=case_id, key=key, name=file.name or "", content=file.read(), actor=acting(request), at=clock.now()
        )
    except Refused as refused:
        return refusal(request, case_id, key, refused.reasons)
    return done(request, case_id, key, "")


@applicants
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, case_id: UUID, key: str) -> HttpResponse:
    """GET asks; POST takes the file out of its slot. Earlier versions stay in the history."""
    if request.method == "GET":
        dossier = open_case(request, case_id)
        row = next((r for r in slots.rows(dossier) if r.key == key and r.file), None)
        if row is None:
            return HttpResponseRedirect(reverse("applicant:materials", args=[case_id]))
        return render(request, "applicant/materials_remove.html", {"row": row, "case": dossier.case})
    try:
        cases.remove_material(case_id=case_id, key=key, actor=acting(request), at=clock.now())
    except Refused as refused:
        return refusal(request, case_id, key, refused.reasons)
    return done(request, case_id, key, str(REMOVED))


@applicants
@require_POST
def reuse(request: HttpRequest, case_id: UUID, key: str) -> HttpResponse:
    """What an earlier case has for this slot. Sensitive data is consented to again, a day of issue is given where one counts."""
    given = request.POST
    try:
        cases.reuse_material(
            case_id=case_id, key=key, file_id=identity(given.get("file", "")), actor=acting(request), at=clock.now(),
            consent=given.get("consent") == "yes", issued_on=day(given.get("issued_on", "")),
        )
    except Refused as refused:
        return refusal(request, case_id, key, refused.reasons)
    return done(request, case_id, key, str(TAKEN.format(n=1)))


@applicants
@require_POST
def reuse_all(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Everything that earlier cases have and that asks for nothing more."""
    open_case(request, case_id)
    try:
        count = cases.reuse_all(case_id=case_id, actor=acting(request), at=clock.now())
    except Refused as refused:
        messages.error(request, str(refused.reasons[0].text))
    else:
        messages.success(request, str(TAKEN.format(n=count)))
    return HttpResponseRedirect(reverse("applicant:materials", args=[case_id]))


def identity(text: str) -> UUID:
    """An address that was tampered with is that of nothing."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def refusal(request: HttpRequest, case_id: UUID, key: str, reasons: Sequence[Reason]) -> HttpResponse:
    if is_script(request):
        return JsonResponse({"reasons": [said(r) for r in reasons]}, status=422)
    return show(request, open_case(request, case_id), {key: reasons}, status=422)


def done(request: HttpRequest, case_id: UUID, key: str, message: str) -> HttpResponse:
    if is_script(request):
        return JsonResponse(fragments(request, open_case(request, case_id), key))
    if message:
        messages.success(request, message)
    back = safe_next(request, reverse("applicant:materials", args=[case_id]))
    return HttpResponseRedirect(f"{back}#material-{key}")


def fragments(request: HttpRequest, dossier: Dossier, key: str) -> dict[str, Any]:
    """What changes on the page when one slot does."""
    results = read_of(dossier)
    found = slots.rows(dossier, offers=True, read=prechecks.slot_lines(results.precheck) if results else None)
    row = next((r for r in found if r.key == key), None)
    tab = request.GET.get("tab", slots.ALL)
    words = {
        "case": dossier.case, "counts": slots.counts(found), "tabs": slots.tabs(dossier, found, tab), "row": row,
    }
    return {
        "row_html": render_to_string("applicant/materials_row.html", words, request) if row else "",
        "counts_html": render_to_string("applicant/materials_counts.html", words),
        "tabs_html": render_to_string("applicant/materials_tabs.html", words),
    }
