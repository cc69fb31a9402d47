"""What stands above the pages on which a case is filled in: the step bar and the words of the head."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from laihua.cases.queries import Dossier, is_prechecked
from laihua.flow.moves import ASKED
from laihua.kernel.texts import Text
from laihua.portal import navigation

CASES = Text("我的办件", "My cases")
FORM, MATERIALS, RESULTS, CHECK = "form", "materials", "prechecks", "check"     # pages, by the names of their addresses
STATUS_OF_STEP = {"draft": "draft", "correction": "correction", "confirmation": "confirmation"}


@dataclass(frozen=True, slots=True)
class BarStep:
    label: Text
    url: str = ""
    page: str = ""


def bar(dossier: Dossier) -> list[BarStep]:
    """Fill in, upload, see what pre-review found where documents are read, submit; then, in a service that has it, the
    applicant's own confirmation."""
    pages = [(FORM, Text("填写信息", "Details")), (MATERIALS, Text("上传材料", "Documents"))]
    if is_prechecked(dossier.service):
        pages += [(RESULTS, Text("核对结果", "Check results")), (CHECK, Text("提交", "Submit"))]
    else:
        pages.append((CHECK, Text("核对并提交", "Check and submit")))
    steps = [BarStep(label, reverse(f"applicant:{page}", args=[dossier.case.id]), page) for page, label in pages]
    if dossier.service.confirmation:
        steps.append(BarStep(Text("本人确认", "Applicant confirms")))
    return steps


@dataclass(frozen=True, slots=True)
class FormToSign:
    """A form that is printed from the draft, for the slot that takes its scan."""

    key: str
    label: Text


def forms_to_sign(dossier: Dossier) -> list[FormToSign]:
    """Those that the answers so far ask for, with what the service calls their button."""
    outputs = dossier.service.outputs
    asked = [state.slot for state in dossier.asked if state.slot.form]
    return [FormToSign(slot.key, button) for slot in asked if (button := outputs[slot.form].button) is not None]


def head(dossier: Dossier, page: str) -> dict[str, Any]:
    """Names that every page of the bar has in its template."""
    steps = bar(dossier)
    current = next(n for n, step in enumerate(steps, 1) if step.page == page)
    return {
        "dossier": dossier,
        "case": dossier.case,
        "service": dossier.service,
        "steps": steps,
        "current": current,
        "has_results": is_prechecked(dossier.service),
        "badge": STATUS_OF_STEP.get(dossier.step.key, "under_way"),
        "subject_name": dossier.proceeding.subject_name,
        "is_correction": dossier.step.editable and bool(dossier.proceeding.asked_by_step),
        "is_editable": dossier.may_edit or may_supply(dossier),
        "returned_at": returned_at(dossier),
        "to_sign": forms_to_sign(dossier) if dossier.may_edit else [],
        "crumbs": [(CASES, address)] if (address := navigation.address("applicant:cases")) else [],
    }


def returned_at(dossier: Dossier) -> Any:
    """When the case came back for correction, while it lies there."""
    if not (dossier.step.editable and dossier.proceeding.asked_by_step):
        return None
    return dossier.proceeding.entered_at


def may_supply(dossier: Dossier) -> bool:
    """Whether the other end, too, may supply what was asked for and send the case back to the step that asked."""
    moves = dossier.service.moves.values()
    return dossier.step.editable and any(m.target == ASKED and dossier.step.key in m.sources and dossier.here & set(m.by) for m in moves)
