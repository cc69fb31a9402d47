"""Cases in number, quickly: one is brought to its step through the actions, the others are copies of its rows.

Every copy has keys, a number and a chain of its own, and its values are sealed anew for their new rows.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import Model

from laihua.cases.models import Case, CaseEvent, Material, MaterialFile, OriginalCheck, Proceeding, Verdict
from laihua.kernel import chain

Ids = dict[UUID, UUID]


@transaction.atomic
def multiply(case: Case, times: int) -> list[UUID]:
    """The ids of the copies."""
    rows = [Case.objects.get(id=case.id), *rows_of(case)]
    for row in rows:
        open_values(row)
    return [copy(rows, n) for n in range(1, times + 1)]


def rows_of(case: Case) -> list[Any]:
    return [
        *Proceeding.objects.filter(case=case), *Material.objects.filter(case=case),
        *MaterialFile.objects.filter(material__case=case), *Verdict.objects.filter(proceeding__case=case),
        *OriginalCheck.objects.filter(proceeding__case=case), *CaseEvent.objects.filter(case=case).order_by("seq"),
    ]


def open_values(row: Model) -> None:
    for field in row._meta.concrete_fields:
        getattr(row, field.attname)


def copy(rows: list[Any], n: int) -> UUID:
    new: Ids = {row.pk: uuid4() for row in rows}
    copies: dict[type[Model], list[Any]] = {}
    previous = chain.GENESIS
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    for row in rows:
        twin = twin_of(row, new, n)
        if isinstance(twin, CaseEvent):
            twin.previous_hash = previous
            chain.seal(twin)
            previous = twin.hash
        copies.setdefault(type(row), []).append(twin)
    for model, twins in copies.items():
        model._default_manager.bulk_create(twins)
    return new[rows[0].pk]


def twin_of(row: Any, new: Ids, n: int) -> Any:
    values = {f.attname: renamed(getattr(row, f.attname), new) for f in row._meta.concrete_fields}
    if "number" in values:
        values["number"] += f"-{n}"
    if "chain" in values:
        values["chain"] = str(values["case_id"])
    return type(row)(**values)


def renamed(value: Any, new: Ids) -> Any:
    return new.get(value, value) if isinstance(value, UUID) else value


def statuses(ids: Iterable[UUID]) -> set[str]:
    """The steps at which these cases lie."""
    return set(Proceeding.objects.filter(case_id__in=list(ids)).values_list("step", flat=True))
