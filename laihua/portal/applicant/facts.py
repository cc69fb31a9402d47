"""The facts beside a case: who, for whom, what is asked for. Numbers are masked."""

from dataclasses import dataclass

from django.urls import reverse

from laihua.cases import queries
from laihua.cases.queries import Dossier
from laihua.kernel.masking import mask
from laihua.kernel.texts import Text
from laihua.portal.applicant.changes import masked

NAMES = frozenset({"latin_name"})


@dataclass(frozen=True, slots=True)
class Fact:
    label: Text
    value: Text | str
    more: str = ""


def facts(dossier: Dossier) -> list[Fact]:
    """The unit, the applicant, what the paper at the end will show, the period, and whom to ask."""
    case, service = dossier.case, dossier.service
    found = []
    if case.unit_id and case.unit:
        found.append(Fact(Text("用人单位", "Employer"), Text(case.unit.name_zh, case.unit.name_en or case.unit.name_zh)))
    if name := dossier.definition.subject_name(dossier.case.answers):
        found.append(Fact(Text("申请人", "Applicant"), name))
    fields = service.field_keys()
    shown = dict.fromkeys(k for output in service.outputs.values() if output.public for k in output.shows)
    for key in shown:
        field = fields.get(key)
        if field is None or field.source or field.type in NAMES or not dossier.case.answers.get(key):
            continue
        found.append(Fact(field.label, masked(dossier.definition, field, dossier.case.answers[key])))
    found += period(dossier)
    handler = dossier.known["handler"]
    if case.unit_id and handler.get("name"):
        found.append(Fact(Text("经办人", "Handler"), handler["name"], mask("mobile", handler.get("phone", ""))))
    return found


def period(dossier: Dossier) -> list[Fact]:
    output = next((o for o in dossier.service.outputs.values() if o.public and o.valid_from and o.valid_to), None)
    if output is None:
        return []
    begins, ends = (dossier.names.get(key) for key in (output.valid_from, output.valid_to))
    if not begins or not ends:
        return []
    period = Text(f"{begins:%Y-%m-%d}至{ends:%Y-%m-%d}", f"{begins:%Y-%m-%d} to {ends:%Y-%m-%d}")
    return [Fact(Text("申请期限", "Period asked for"), period)]


@dataclass(frozen=True, slots=True)
class Link:
    label: Text
    url: str
    icon: str


def links(dossier: Dossier) -> list[Link]:
    """To the form and the documents, which everybody of this side may read."""
    case_id, count = dossier.case.id, len(dossier.files)
    results = Link(Text("查看核对结果", "See the check results"), reverse("applicant:prechecks", args=[case_id]), "eye-check")
    return [
        *beside(dossier),
        Link(Text("查看申请内容", "See the application"), reverse("applicant:form", args=[case_id]), "file-text"),
        Link(Text(f"查看材料（{count}项）", f"See the documents ({count})"), reverse("applicant:materials", args=[case_id]), "paperclip"),
        *([results] if count and queries.is_prechecked(dossier.service) else []),
    ]


def beside(dossier: Dossier) -> list[Link]:
    """To the case that this one is about, and to what can be started about this one."""
    found, about = [], dossier.case.about
    if about is not None:
        found.append(Link(Text(f"所涉案件 {about.number}", f"Case {about.number}"), reverse("applicant:case", args=[about.id]), "folder"))
    for service in queries.services_that_follow(dossier):
        found.append(Link(service.short_title, f"{reverse('applicant:start', args=[service.id])}?about={dossier.case.id}", "file-plus"))
    return found
