"""Everything on one page before it is handed in: answers in words, materials, what is missing, and the button."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from laihua.cases.queries import Dossier, Offer, is_prechecked
from laihua.kernel.texts import Reason, Text
from laihua.portal.applicant import prechecks, slots, steps, together
from laihua.portal.applicant.opening import applicants, open_case
from laihua.portal.applicant.sections import FormView
from laihua.portal.templatetags.portal import place_id
from laihua.units import queries as units


@dataclass(frozen=True, slots=True)
class Problem:
    """A reason with the address where it is mended."""

    text: Text
    url: str


@applicants
@require_safe
def check(request: HttpRequest, case_id: UUID) -> HttpResponse:
    return show(request, open_case(request, case_id), ())


def show(request: HttpRequest, dossier: Dossier, reasons: Sequence[Reason]) -> HttpResponse:
    """`reasons`: why the case was just refused; then the official sentence comes first, in a dialog."""
    offers, handing = together.offers(dossier), together.handing_in(dossier)
    submit = handing.first
    standing = list(submit.reasons) if submit else []
    words = {
        **steps.head(dossier, steps.CHECK),
        "form": FormView(dossier),
        "materials": slots.rows(dossier),
        "results": prechecks.results(dossier) if is_prechecked(dossier.service) else None,
        "problems": [problem(dossier, r) for r in (reasons or standing) if r.place],
        "barriers": [r for r in (reasons or standing) if not r.place],
        "was_refused": bool(reasons),
        "submit": submit, "handing": handing,
        "closed_by": barrier(submit),
        "others": [o for o in offers if o.move.danger and o.open],
        "filing": units.filing_state(dossier.case.unit_id, on=dossier.today) if dossier.case.unit_id else None,
        "version": dossier.proceeding.version,
    }
    return render(request, "applicant/check.html", words, status=422 if reasons else 200)


def barrier(submit: Offer | None) -> Reason | None:
    """What no correction on these pages removes, such as an expired filing: it closes the button."""
    return next((r for r in submit.reasons if not r.place), None) if submit else None


def problem(dossier: Dossier, reason: Reason) -> Problem:
    page = "applicant:materials" if reason.place.startswith("material:") else "applicant:form"
    address = reverse(page, args=[dossier.case.id])
    if reason.place == "checklist":
        return Problem(reason.text, f"{address}#checklist")
    query = "" if page == "applicant:materials" else "?check=1"
    return Problem(reason.text, f"{address}{query}#{place_id(reason.place)}")
