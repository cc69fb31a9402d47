"""A person's cases as he may ask for them all: for the export of his data, and before his account is closed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from laihua.cases.models import Case, Proceeding
from laihua.catalog import queries as catalog
from laihua.catalog.proceedings import MAIN
from laihua.kernel.texts import Text


@dataclass(frozen=True, slots=True)
class OwnCase:
    """`answers`: (label, value) of what was filled in, in the order of the form."""

    number: str
    service: Text
    unit_name: str
    step: Text
    created_at: datetime
    submitted_at: datetime | None
    closed_at: datetime | None
    answers: list[tuple[str, Text, Any]]
    materials: list[tuple[Text, str]]


def open_cases_of(account_id: UUID) -> list[Proceeding]:
    """Cases about the person, or begun by him for himself, that are not closed."""
    his = Q(case__subject_id=account_id) | Q(case__started_by_id=account_id, case__unit=None)
    return list(Proceeding.objects.filter(his, key=MAIN, case__closed_at=None).order_by("number"))


def starter_of(case_id: UUID | None) -> UUID | None:
    return Case.objects.filter(id=case_id).values_list("started_by_id", flat=True).first() if case_id else None


def count_of(account_id: UUID) -> tuple[int, int]:
    """How many cases are about the person, and how many he has begun."""
    return Case.objects.filter(subject_id=account_id).count(), Case.objects.filter(started_by_id=account_id).count()


def cases_about(account_id: UUID) -> list[OwnCase]:
    """With everything that was filled in and the names of what was uploaded; oldest first."""
    rows = Proceeding.objects.filter(case__subject_id=account_id, key=MAIN).select_related("case").order_by("case__created_at", "id")
    return [_own(row) for row in rows]


def _own(row: Proceeding) -> OwnCase:
    case = row.case
    service = catalog.version(case.version_id).service
    fields = service.field_keys()
    labels = {key: field.label for key, field in fields.items()} | {s.key: s.title for s in service.sections if s.rows is not None}
    answers = [(key, labels[key], case.answers[key]) for key in labels if case.answers.get(key) not in (None, "", [])]
    slots = service.slots()
    files = case.materials.filter(current__isnull=False).select_related("current")
    return OwnCase(
        row.number, service.title, row.unit_name, service.steps[row.step].title, case.created_at, case.submitted_at,
        case.closed_at, answers,
        [(slots[m.key].title if m.key in slots else Text(m.key, m.key), m.current.name) for m in files if m.current],
    )
