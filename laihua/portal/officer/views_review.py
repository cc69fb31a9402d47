"""One case before its officer: judge, decide, take and give back."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages as toasts
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from laihua.accounts.queries import names_of
from laihua.cases import actions, queries
from laihua.catalog.proceedings import MAIN
from laihua.kernel import clock
from laihua.kernel.texts import Reason, Refused, Text
from laihua.portal.access import is_script
from laihua.portal.given import whole_number
from laihua.portal.officer.counter import counter_of, is_walk_in
from laihua.portal.officer.pages import acting, due_label, of_proceeding, on_case
from laihua.portal.officer.prechecks import panel_of

DECISIVE = frozenset({"not_claimed"})


@dataclass(frozen=True, slots=True)
class Decision:
    """The bar at the foot. `primary` is the move that the verdicts call for; `reasons` stand beside what is closed.

    `claim`: the case is free and its step the officer's. `barred`: what no claim would mend.
    """

    offers: list[queries.Offer]
    primary: str
    reasons: list[Reason]
    claim: bool
    barred: list[Reason]


@dataclass(frozen=True, slots=True)
class Document:
    key: str
    title: Text
    pages: int
    version: int


def decision_of(seen: queries.Dossier) -> Decision:
    if seen.step.holder != "authority" or seen.step.by not in seen.here:
        return Decision([], "", [], False, [])
    offers = seen.offers()
    closed = [{r.code: r for r in o.reasons} for o in offers]
    common = [r for code, r in closed[0].items() if all(code in other for other in closed)] if closed else []
    if seen.proceeding.holder_id is None:
        return Decision([], "", [], True, [r for r in common if r.code not in DECISIVE])
    open_now = [o.move for o in offers if o.open]
    wanted = [m.key for m in open_now if not m.danger and m.text != "required"]
    reasons = common or list({r.code: r for o in offers for r in o.reasons}.values())
    primary = wanted[0] if wanted else ""
    return Decision(sorted(offers, key=lambda o: o.move.key == primary), primary, reasons, False, [])


@on_case()
@require_GET
def review(request: HttpRequest, seen: queries.Dossier) -> HttpResponse:
    return show(request, seen)


def show(
    request: HttpRequest, seen: queries.Dossier, *, refused: tuple[Reason, ...] = (), revealed: frozenset[str] = frozenset(),
    tab: str = "", opened: str = "", asked: str = "", text: str = "",
) -> HttpResponse:
    """The page as it stands now; with `refused`, why what was sent was not done."""
    sheet = queries.review_sheet(seen, revealed)
    originals = original_rows(seen, sheet)
    words = words_of(seen, sheet, revealed)
    tabs = ["originals"] * (originals is not None) + ["form", "materials"] + ["findings"] * (words["prechecks"] is not None)
    wanted = tab or request.GET.get("tab", "")
    documents = documents_of(seen)
    chosen = chosen_document(documents, request.GET)
    return render(request, "officer/review.html", {
        **words, "originals": originals, "tabs": tabs, "tab": wanted if wanted in tabs else tabs[0],
        "originals_count": originals_count(originals or []), "documents": documents, "document": chosen[0], "page_number": chosen[1],
        "counter": counter_of(seen, sheet), "opened": opened or request.GET.get("open", ""),
        "asked": asked or request.GET.get("ask", ""), "text": text, "refused": refused,
        "due": due_label(seen.proceeding.due_on, seen.today), "country": country_of(seen),
        "category": seen.definition.category(seen.names), "panel": seen.definition.panel(seen.names),
        "may_release": may_release(seen), "tally": queries.tally(seen),
    }, status=409 if refused else 200)


def words_of(seen: queries.Dossier, sheet: queries.Sheet, revealed: frozenset[str] = frozenset()) -> dict[str, Any]:
    """What the parts of the page need that are sent again after each verdict."""
    p, prechecks = seen.proceeding, panel_of(seen, revealed)
    return {
        "prechecks": prechecks, "of_row": prechecks.by_row if prechecks else {},
        "agreeing": prechecks.agreeing(sheet) if prechecks and sheet.judging else {},
        "seen": seen, "case": seen.case, "service": seen.service, "sheet": sheet, "decision": decision_of(seen), "proceeding": p,
        "of": of_proceeding(seen.key), "beside": beside(seen),
        "holder": names_of([p.holder_id]).get(p.holder_id, "") if p.holder_id else "",
        "needs_verdicts": needs_verdicts(seen), "is_mine": p.holder_id is not None and p.holder_id == seen.actor.account_id,
    }


def needs_verdicts(seen: queries.Dossier) -> bool:
    """Whether the case can only go on once everything was judged; a window that goes by the originals asks for less."""
    return any(seen.step.key in m.sources and "all_accepted" in m.requires for m in seen.service.moves.values())


@dataclass(frozen=True, slots=True)
class Beside:
    """Another proceeding of the same case: where it stands, and where to work on it if it lies with this office too."""

    title: Text
    step: Text
    office: Text
    url: str


def beside(seen: queries.Dossier) -> list[Beside]:
    return [
        Beside(
            run.title, run.step.title, Text(p.office.name_zh, p.office.name_en or p.office.name_zh),
            f"{reverse('officer:review', args=[seen.case.id])}?proceeding={run.key}" if p.office_id == seen.proceeding.office_id else "",
        )
        for run in seen.runs if (p := run.proceeding).id != seen.proceeding.id
    ] if seen.is_shared else []


def original_rows(seen: queries.Dossier, sheet: queries.Sheet) -> list[dict[str, Any]] | None:
    """The originals of a step at the window with what was ticked; None where the step has none."""
    if not seen.step.originals:
        return None
    notes = queries.original_notes(seen)
    return [
        {"key": key, "title": title, "matches": matches, "row": sheet.row(f"material:{key}"),
         "file": seen.materials[key].current, "note": notes.get(key, "")}
        for key, title, matches in seen.originals
    ]


def originals_count(originals: list[dict[str, Any]]) -> str:
    return f"{sum(o['matches'] is not None for o in originals)}/{len(originals)}"


def documents_of(seen: queries.Dossier) -> list[Document]:
    titles = [(s.slot.key, s.slot.title) for s in seen.slots]
    files = {key: m.current for key, m in seen.materials.items() if m.current is not None}
    return [Document(key, title, files[key].pages, files[key].version) for key, title in titles if key in files]


def chosen_document(documents: list[Document], given: Any) -> tuple[Document | None, int]:
    document = next((d for d in documents if d.key == given.get("doc")), documents[0] if documents else None)
    page = whole_number(given.get("page")) or 1
    return document, min(max(page, 1), document.pages) if document else 1


def country_of(seen: queries.Dossier) -> Text | str:
    key = seen.service.subject_country
    return seen.definition.words(key, seen.answers.get(key)) if key and seen.answers.get(key) else ""


def may_release(seen: queries.Dossier) -> bool:
    holder = seen.proceeding.holder_id
    return holder is not None and (holder == seen.actor.account_id or "head" in seen.here)


# Verdicts

@on_case()
@require_POST
def verdict(request: HttpRequest, seen: queries.Dossier) -> HttpResponse:
    """Accept, return or clear. A script gets the changed parts of the page, a form the page."""
    given, case_id = request.POST, seen.case.id
    items, result = chosen_items(request, seen), given.get("result", "")
    try:
        if result == "clear":
            for item in items:
                actions.clear_verdict(case_id=case_id, proceeding=seen.key, item=item, actor=acting(request), at=clock.now())
        else:
            actions.record_verdicts(
                case_id=case_id, proceeding=seen.key, items=items, result="returned" if result == "returned" else "accepted",
                reasons=[r for r in given.getlist("reason") if r], note=given.get("note", "")[:1000], actor=acting(request),
                at=clock.now(),
            )
    except Refused as refused:
        if is_script(request):
            return JsonResponse({"reasons": [r.text.as_data() for r in refused.reasons]}, status=409)
        tab = "materials" if items and items[0][0] == "material" else "form"
        return show(request, fresh(seen), refused=refused.reasons, tab=tab, opened=":".join(items[0]) if items else "")
    if is_script(request):
        return parts(request, fresh(seen), items)
    tab = "materials" if items and items[0][0] == "material" else "form"
    anchor = f"#row-{items[0][0]}-{items[0][1].replace('.', '-')}" if items else ""
    chosen = f"&proceeding={seen.key}" if seen.key != MAIN else ""
    return redirect(f"{reverse('officer:review', args=[case_id])}?tab={tab}{chosen}{anchor}")


def fresh(seen: queries.Dossier) -> queries.Dossier:
    """The case as it stands after the action."""
    return queries.desk_dossier(seen.case.id, actor=seen.actor, at=clock.now(), proceeding=seen.key)


def chosen_items(request: HttpRequest, seen: queries.Dossier) -> list[tuple[str, str]]:
    """The named items, or what is still open of a whole section."""
    if section := request.POST.get("section"):
        group = queries.review_sheet(seen).group(section)
        return [(r.kind, r.key) for r in group.open] if group else []
    pairs = [value.partition(":") for value in request.POST.getlist("item")]
    return [(kind, key) for kind, _, key in pairs]


def parts(request: HttpRequest, seen: queries.Dossier, items: list[tuple[str, str]]) -> JsonResponse:
    """What a verdict changes on the page, by the id of the element."""
    sheet = queries.review_sheet(seen)
    words = words_of(seen, sheet)
    changed = [row for kind, key in items if (row := sheet.row(f"{kind}:{key}"))]
    found = {
        row.anchor: render_to_string("officer/_row.html", {**words, "row": row, "opened": ""}, request) for row in changed
    }
    found["decision"] = render_to_string("officer/_decision.html", words, request)
    for group in (*sheet.form, *sheet.materials):
        if any(row in group.rows for row in changed):
            found[f"group-{group.key}"] = render_to_string("officer/_group_head.html", {**words, "group": group}, request)
    return JsonResponse({
        "parts": found, "counts": {"form": sheet.form_count, "materials": sheet.material_count},
        "saved": timezone.localtime(seen.at).strftime("%H:%M"),
    })


@on_case()
@require_POST
def unmask(request: HttpRequest, seen: queries.Dossier, key: str) -> HttpResponse:
    """Show one hidden value. The look is recorded before anything is shown."""
    try:
        shown = actions.look_at(case_id=seen.case.id, proceeding=seen.key, place=key, actor=acting(request), at=clock.now())
    except Refused as refused:
        return show(request, seen, refused=refused.reasons)
    if is_script(request):
        return render(request, "officer/_value.html", {"shown": shown, "case": seen.case, "of": of_proceeding(seen.key)})
    return show(request, fresh(seen), revealed=frozenset({key}))


# Moves

@on_case()
@require_POST
def move(request: HttpRequest, seen: queries.Dossier, move: str) -> HttpResponse:
    """Make a decision. Refused, it says why on the page as the case stands now, with what was written kept."""
    expected = whole_number(request.POST.get("expected"))
    text = request.POST.get("text", "")[:2000]
    try:
        actions.move(
            case_id=seen.case.id, proceeding=seen.key, move=move, actor=acting(request), at=clock.now(), text=text,
            expected=expected,
        )
    except Refused as refused:
        return show(request, fresh(seen), refused=refused.reasons, asked=move if text else "", text=text)
    row = seen.service.moves[move]
    toasts.success(request, f"{row.past} · {seen.case.number}")
    if seen.step.originals and is_walk_in(seen):
        return redirect("officer:originals", case_id=seen.case.id)      # the visitor still stands there
    return redirect("officer:window" if seen.step.originals else "officer:queue")


@on_case()
@require_POST
def claim(request: HttpRequest, seen: queries.Dossier) -> HttpResponse:
    try:
        actions.claim(case_id=seen.case.id, proceeding=seen.key, actor=acting(request), at=clock.now())
    except Refused as refused:
        return show(request, fresh(seen), refused=refused.reasons)
    page = reverse("officer:originals" if seen.step.originals else "officer:review", args=[seen.case.id])
    return redirect(page + of_proceeding(seen.key))


@on_case()
@require_POST
def release(request: HttpRequest, seen: queries.Dossier) -> HttpResponse:
    try:
        actions.release(case_id=seen.case.id, proceeding=seen.key, actor=acting(request), at=clock.now())
    except Refused as refused:
        return show(request, fresh(seen), refused=refused.reasons)
    toasts.success(request, str(Text(f"已释放 {seen.case.number}", f"Released {seen.case.number}")))
    return redirect("officer:queue")
