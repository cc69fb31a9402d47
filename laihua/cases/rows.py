"""What a move reads, in plain SQL: one statement for each thing, and plain values instead of model instances.

Here and in `store` the engine's speed is decided; everything else reads and writes through the models.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

import orjson
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model

from laihua.cases.models import Case, Proceeding
from laihua.cases.rules import Past, Word
from laihua.kernel.chain import GENESIS
from laihua.kernel.crypto import decrypt

LOCK = """
SELECT {proceeding}, {case} FROM cases_proceeding p JOIN cases_case c ON c.id = p.case_id
WHERE p.case_id = %s AND p.key = %s FOR UPDATE OF p, c
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
WORDS = """
SELECT id, kind, key, result, round, subject_digest, reasons, note, reply, published_at IS NOT NULL
FROM cases_verdict WHERE proceeding_id = %s ORDER BY round
"""
HELD = """
SELECT m.key, s.sha256, o.matches
FROM cases_material m
JOIN cases_materialfile f ON f.id = m.current_id
JOIN kernel_storedfile s ON s.id = f.stored_id
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

    sha256: str
    matches: bool | None


def rows(sql: str, values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def lock(case_id: UUID, key: str) -> tuple[Case, Proceeding] | None:
    """Both rows, locked until the end of the transaction.

    Whatever else the move reads comes in later statements: one that waits for a lock sees other tables as they were
    before it waited.
    """
    found = rows(LOCK.format(proceeding=columns(Proceeding, "p"), case=columns(Case, "c")), [case_id, key])
    if not found:
        return None
    count = len(readers(Proceeding))
    proceeding, case = instance(Proceeding, found[0][:count]), instance(Case, found[0][count:])
    proceeding.case = case
    return case, proceeding


def trail(case_id: UUID, proceeding_id: UUID) -> Trail:
    found = rows(TRAIL, {"proceeding": proceeding_id, "chain": str(case_id)})
    past = [Past(*row[3:]) for row in found if row[0]]
    return Trail(past, found[-1][1], bytes(found[-1][2])) if found else Trail(past)


def words(proceeding_id: UUID) -> dict[tuple[str, str], Word]:
    """The latest verdict on each item, of all rounds. Only a return carries a note or a reply."""
    latest = {}
    for id_, kind, key, result, round_, digest, reasons, note, reply, published in rows(WORDS, [proceeding_id]):
        returned = result == "returned"
        latest[kind, key] = Word(
            result, round_, digest, tuple(orjson.loads(reasons)), opened("note", id_, note) if returned else "",
            opened("reply", id_, reply) if returned else "", published,
        )
    return latest


def opened(column: str, id_: UUID, sealed: bytes) -> str:
    return decrypt("cases_verdict", column, id_, sealed).decode()


def held(case_id: UUID, proceeding_id: UUID) -> dict[str, Held]:
    """By material key; slots without a file are left out."""
    return {key: Held(sha256, matches) for key, sha256, matches in rows(HELD, [proceeding_id, case_id])}


# Instances from rows, with less ado than a QuerySet makes

@cache
def columns(model: type[Model], alias: str) -> str:
    return ", ".join(f'{alias}."{f.column}"' for f in model._meta.concrete_fields)


@cache
def readers(model: type[Model]) -> tuple[tuple[str, Any], ...]:
    """Attribute and conversion of each column; None where the driver's value is the field's."""
    return tuple((f.attname, getattr(f, "from_db_value", None)) for f in model._meta.concrete_fields)


def instance(model: type[Model], row: Sequence[Any]) -> Any:
    known = readers(model)
    values = [
        read(value, None, connection) if read else value for (_, read), value in zip(known, row, strict=True)
    ]
    return model.from_db(DEFAULT_DB_ALIAS, [name for name, _ in known], values)
