"""What many tests begin with: built through the actions once in a run, later put back as it was, by COPY.

A test may do with the rows and with the value what it likes: the next one gets them as they were.
"""

from collections.abc import Callable, Hashable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection, transaction

from laihua.kernel.queries import forget_calendar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept:
    value: Any
    rows: dict[str, bytes]      # by table


_kept: dict[Hashable, Kept] = {}


@transaction.atomic
def again(key: Hashable, build: Callable[[], T]) -> T:
    """What `build` made the first time. Where rows of others stand in its tables already, it builds."""
    before = sizes()
    kept = _kept.get(key)
    if kept is not None and not any(before[table] for table in kept.rows):
        for table, rows in kept.rows.items():
            with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" FROM STDIN (FORMAT BINARY)') as copy:
                copy.write(rows)
        forget_calendar()
        return deepcopy(kept.value)  # type: ignore[no-any-return]
    value = build()
    grown = [table for table, size in sizes().items() if size != before[table]]
    if not any(before[table] for table in grown):
        _kept[key] = Kept(deepcopy(value), {table: rows_of(table) for table in grown})
    return value


def sizes() -> dict[str, int]:
    """Of every table, in rows."""
    tables = connection.introspection.table_names()
    counts = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM \"{table}\"" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(counts)
        return dict(cursor.fetchall())


def rows_of(table: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" TO STDOUT (FORMAT BINARY)') as copy:
        return b"".join(bytes(part) for part in copy)
