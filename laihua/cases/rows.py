"""What a case and its moves read, in plain SQL: one statement for each thing, and no QuerySet around it.

Here and in `store` the engine's speed is decided; everything else reads and writes through the models.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID

import orjson
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model

from laihua.cases.models import Case, Material, MaterialFile, Proceeding
from laihua.cases.rules import Past, Word
from laihua.kernel.chain import GENESIS
from laihua.kernel.crypto import decrypt

CASE = """
SELECT {proceeding}, {case}, {started_by}, {unit}, {office}, (SELECT count(*) FROM cases_proceeding x WHERE x.case_id = c.id)
FROM cases_proceeding p
JOIN cases_case c ON c.id = p.case_id
JOIN accounts_account a ON a.id = c.started_by_id
LEFT JOIN units_unit u ON u.organisation_id = c.unit_id
LEFT JOIN accounts_organisation o ON o.id = p.office_id
WHERE p.case_id = %s AND """
BY_KEY = CASE + "p.key = %s\n"
AT_OFFICE = CASE + "p.office_id = %s ORDER BY p.key <> %s, p.key <> 'main', p.key LIMIT 1"
LOCK = BY_KEY + "FOR UPDATE OF c, p"
OTHERS = """
SELECT {proceeding}, {office}
FROM cases_proceeding p
JOIN accounts_organisation o ON o.id = p.office_id
WHERE p.case_id = %s AND p.id <> %s
"""
TRAIL = """
SELECT proceeding_id = %(proceeding)s AND to_step <> '', seq, hash, move, from_step, to_step, clock, at, actor_id
FROM cases_caseevent
WHERE chain = %(chain)s AND (
    (proceeding_id = %(proceeding)s AND to_step <> '')
    OR seq = (SELECT max(seq) FROM cases_caseevent WHERE chain = %(chain)s)
)
ORDER BY seq
"""
VERDICTS = """
SELECT id, kind, key, at, result, round, subject_digest, reasons, note, reply, published_at IS NOT NULL
FROM cases_verdict WHERE proceeding_id = %s ORDER BY round, at
"""
MATERIALS = """
SELECT m.key, f.id, s.sha256, o.id, o.matches, f.uploaded_at, {material}, {file}, {stored}
FROM cases_material m
LEFT JOIN cases_materialfile f ON f.id = m.current_id
LEFT JOIN kernel_storedfile s ON s.id = f.stored_id
LEFT JOIN cases_originalcheck o ON o.material_file_id = f.id AND o.proceeding_id = %s
WHERE m.case_id = %s
"""


@dataclass(slots=True)
class Trail:
    """The moves of one proceeding, and the end of the chain of its case, to which `store` appends."""

    past: Sequence[Past]
    seq: int = 0
    hash: bytes = GENESIS


@dataclass(frozen=True, slots=True)
class Held:
    """The file that stands in a slot, and what the clerk said of its original."""

    file_id: UUID
    sha256: str
    check_id: UUID | None
    matches: bool | None
    uploaded_at: datetime


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict on one item in one round."""

    id: UUID
    kind: str
    key: str
    at: datetime
    word: Word


def rows(sql: str, values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def case(case_id: UUID, *values: Any, sql: str = BY_KEY) -> tuple[Case, Proceeding] | None:
    """Both rows, with whoever started the case, its unit and the office. `case.proceeding_count`: how many it has."""
    models: dict[str, type[Model]] = {
        "proceeding": Proceeding, "case": Case, "started_by": related(Case, "started_by"), "unit": related(Case, "unit"),
        "office": related(Proceeding, "office"),
    }
    found = rows(sql.format(**{name: columns(model, ALIASES[name]) for name, model in models.items()}), [case_id, *values])
    if not found:
        return None
    *row, count = found[0]
    proceeding, case, started_by, unit, office = instances(models.values(), row)
    proceeding.case, proceeding.office = case, office
    case.started_by, case.unit, case.proceeding_count = started_by, unit, count
    return case, proceeding


def case_at(case_id: UUID, office_id: UUID, key: str) -> tuple[Case, Proceeding] | None:
    """The proceeding that lies with the office: where it has several, the one of this key, or the main one."""
    return case(case_id, office_id, key, sql=AT_OFFICE)


def others(case_id: UUID, proceeding_id: UUID) -> list[Proceeding]:
    """The further proceedings of the case, with their offices."""
    office = related(Proceeding, "office")
    sql = OTHERS.format(proceeding=columns(Proceeding, "p"), office=columns(office, "o"))
    found = []
    for row in rows(sql, [case_id, proceeding_id]):
        proceeding, proceeding_office = instances((Proceeding, office), row)
        proceeding.office = proceeding_office
        found.append(proceeding)
    return found


def lock(case_id: UUID, key: str) -> tuple[Case, Proceeding] | None:
    """The same, the case and its proceeding locked until the end of the transaction, the case first: whoever changes one
    proceeding waits for whoever changes another of the same case.

    Whatever else the move reads comes in later statements: one that waits for a lock sees other tables as they were
    before it waited.
    """
    return case(case_id, key, sql=LOCK)


def trail(case_id: UUID, proceeding_id: UUID) -> Trail:
    found = rows(TRAIL, {"proceeding": proceeding_id, "chain": str(case_id)})
    past = [Past(*row[3:]) for row in found if row[0]]
    return Trail(past, found[-1][1], bytes(found[-1][2])) if found else Trail(past)


def verdicts(proceeding_id: UUID) -> list[Judged]:
    """Of all rounds, oldest first. Only a return carries a note or a reply."""
    found = []
    for id_, kind, key, at, result, round_, digest, reasons, note, reply, published in rows(VERDICTS, [proceeding_id]):
        returned = result == "returned"
        word = Word(
            result, round_, digest, tuple(orjson.loads(reasons)), opened("note", id_, note) if returned else "",
            opened("reply", id_, reply) if returned else "", published,
        )
        found.append(Judged(id_, kind, key, at, word))
    return found


def opened(column: str, id_: UUID, sealed: bytes) -> str:
    return decrypt("cases_verdict", column, id_, sealed).decode()


def slots(case_id: UUID, proceeding_id: UUID) -> list[tuple[Any, ...]]:
    """The materials of a case as rows, for `held` and `materials`."""
    sql = MATERIALS.format(
        material=columns(Material, "m"), file=columns(MaterialFile, "f"), stored=columns(related(MaterialFile, "stored"), "s")
    )
    return rows(sql, [proceeding_id, case_id])


def held(found: Sequence[tuple[Any, ...]]) -> dict[str, Held]:
    """By material key; slots without a file are left out."""
    return {key: Held(*rest[:5]) for key, *rest in found if rest[0] is not None}


def materials(found: Sequence[tuple[Any, ...]]) -> dict[str, Material]:
    """By key, with their files."""
    result = {}
    for key, _, _, _, _, _, *row in found:
        material, file, stored = instances((Material, MaterialFile, related(MaterialFile, "stored")), row)
        if file is not None:
            file.stored = stored
        material.current = file
        result[key] = material
    return result


# Instances from rows, with less ado than a QuerySet makes

ALIASES = {"proceeding": "p", "case": "c", "started_by": "a", "unit": "u", "office": "o"}


@cache
def related(model: type[Model], name: str) -> type[Model]:
    """The model to which a foreign key leads."""
    return cast(type[Model], model._meta.get_field(name).related_model)


@cache
def columns(model: type[Model], alias: str) -> str:
    return ", ".join(f'{alias}."{f.column}"' for f in model._meta.concrete_fields)


@cache
def readers(model: type[Model]) -> tuple[tuple[str, Any], ...]:
    """Attribute and conversion of each column; None where the driver's value is the field's."""
    return tuple((f.attname, getattr(f, "from_db_value", None)) for f in model._meta.concrete_fields)


def instances(models: Iterable[type[Model]], row: Sequence[Any]) -> list[Any]:
    """One of each, side by side in the row; None where an outer join found nothing."""
    found, start = [], 0
    for model in models:
        end = start + len(readers(model))
        part = row[start:end]
        found.append(None if all(value is None for value in part) else instance(model, part))
        start = end
    return found


def instance(model: type[Model], row: Sequence[Any]) -> Any:
    known = readers(model)
    values = [
        read(value, None, connection) if read else value for (_, read), value in zip(known, row, strict=True)
    ]
    return model.from_db(DEFAULT_DB_ALIAS, [name for name, _ in known], values)
