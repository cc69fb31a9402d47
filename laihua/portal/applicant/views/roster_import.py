"""Importing a list into the roster: upload, preview with what is wrong in which row and column, acceptance as a whole."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laihua.accounts.permissions import Actor
from laihua.catalog import queries as catalog
from laihua.catalog.values import in_words
from laihua.kernel import clock
from laihua.kernel.masking import mask
from laihua.kernel.texts import Reason, Refused, Text
from laihua.portal.applicant import roster_template
from laihua.portal.applicant.changes import HIDDEN
from laihua.portal.applicant.roster import full_name
from laihua.portal.applicant.roster_opening import keepers, unit_of
from laihua.prechecks.lists import read_list
from laihua.units import actions
from laihua.units import queries as units

ROSTER = Text("外籍人员名册", "Roster of foreign staff")
IMPORTING = Text("导入名单", "Import a list")
DONE = Text("已导入：新增{entered}人，更新{changed}人", "Imported: {entered} entered, {changed} changed")
CHOOSE = Reason("no_file", Text("请选择文件", "Please choose a file"), place="file")
SHOWN = 100
KINDS = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}


@keepers
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, actor: Actor) -> HttpResponse:
    if request.method != "POST":
        return _form(request)
    file = request.FILES.get("file")
    if file is None:
        return _form(request, (CHOOSE,))
    try:
        found = catalog.read_staff(read_list(file.read(), name=file.name or ""), clock.today())
    except Refused as refused:
        return _form(request, refused.reasons)
    rows = [
        {"n": row.number, "values": row.values, "faults": [[key, typed, [text.zh, text.en]] for key, typed, text in row.faults]}
        for row in found.rows
    ]
    kept = actions.keep_import(unit_id=unit_of(actor), rows=rows, ignored=found.ignored, actor=actor, at=clock.now())
    return redirect("roster:preview", kept.id)


@keepers
@require_safe
def preview(request: HttpRequest, import_id: UUID, actor: Actor) -> HttpResponse:
    return _preview(request, import_id, actor)


@keepers
@require_POST
def accept(request: HttpRequest, import_id: UUID, actor: Actor) -> HttpResponse:
    """All of it or nothing."""
    if units.import_of(unit_of(actor), import_id) is None:
        raise Http404
    try:
        entered, changed = actions.accept_import(unit_id=unit_of(actor), import_id=import_id, actor=actor, at=clock.now())
    except Refused as refused:
        return _preview(request, import_id, actor, refused.reasons, status=409)
    messages.success(request, str(DONE.format(entered=entered, changed=changed)))
    return redirect("roster:list")


@keepers
@require_safe
def template(request: HttpRequest, kind: str, actor: Actor) -> HttpResponse:
    """Headings in the language of the page; in XLSX a second sheet says what each column takes."""
    if kind not in KINDS:
        raise Http404
    columns = list(catalog.staff_columns().values())
    made = roster_template.xlsx(columns) if kind == "xlsx" else roster_template.delimited(columns)
    answer = HttpResponse(made, content_type=KINDS[kind])
    answer["Content-Disposition"] = f'attachment; filename="roster.{kind}"'
    return answer


def _form(request: HttpRequest, reasons: Iterable[Reason] = ()) -> HttpResponse:
    found = list(reasons)
    return render(request, "applicant/roster_import.html", {
        "crumbs": [(ROSTER, reverse("roster:list"))], "reasons": found,
        "columns": [(field, roster_template.takes(field)) for field in catalog.staff_columns().values()],
    }, status=422 if found else 200)


def _preview(
    request: HttpRequest, import_id: UUID, actor: Actor, reasons: Iterable[Reason] = (), *, status: int = 200
) -> HttpResponse:
    row = units.import_of(unit_of(actor), import_id)
    if row is None:
        raise Http404
    if row.done_at is not None and not reasons:
        return redirect("roster:list")
    plan = units.plan_of(row)
    by_kind = {what: [one for one in plan if one.what == what] for what in ("fault", "new", "update", "same")}
    return render(request, "applicant/roster_preview.html", {
        "crumbs": [(ROSTER, reverse("roster:list")), (IMPORTING, reverse("roster:import"))], "reasons": list(reasons), "id": import_id,
        "counts": {what: len(found) for what, found in by_kind.items()}, "done": row.done_at is not None,
        "faults": [line for one in by_kind["fault"] for line in _faults(one)][:SHOWN],
        "new": [_person(one) for one in by_kind["new"]][:SHOWN], "updates": [_changes(one) for one in by_kind["update"]][:SHOWN],
        "ignored": row.rows.get("ignored", []) if row.rows else [], "shown": SHOWN,
    }, status=status)


def _faults(one: Any) -> list[tuple[int, Text, str, Text]]:
    columns = catalog.staff_columns()
    return [(one.number, columns[key].label, typed[:60], text) for key, typed, text in one.faults]


def _person(one: Any) -> dict[str, Any]:
    values = one.values
    return {
        "number": one.number, "name": full_name(values), "chinese_name": values.get("chinese_name", ""),
        "passport": mask("passport", values["passport_number"]), "permit": values.get("permit_number", ""),
        "permit_to": values.get("permit_to", ""),
    }


def _changes(one: Any) -> dict[str, Any]:
    columns = catalog.staff_columns()
    return {
        "number": one.number, "name": full_name(one.values), "kept": [columns[key].label for key in one.kept],
        "changes": [(columns[key].label, *_sides(key, old, new)) for key, old, new in one.changes],
    }


def _sides(key: str, old: str, new: str) -> tuple[Text, Text | None]:
    field = catalog.staff_columns()[key]
    was, now = (in_words(field, value) if value else Text("—", "—") for value in (old, new))
    if not field.mask:
        return was, now
    was, now = (Text(mask(field.mask, side.zh), mask(field.mask, side.en)) if side.zh != "—" else side for side in (was, now))
    return (HIDDEN, None) if was == now else (was, now)
