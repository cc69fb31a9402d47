"""Records that nobody changes unseen.

Each record carries the hash of the one before it in its chain and a hash over its own columns. Triggers refuse UPDATE,
DELETE and TRUNCATE; whoever gets round them leaves a broken link. A cut-off end is found by the daily seals.

The hash is computed from column values alone, so raw SQL may write records too:

    digest(previous_hash, {"chain": …, "seq": …, every other column: …})

with every column of the table but `previous_hash`, `hash` and a serial primary key. Columns that are NULL may be left
out, so a table can grow nullable columns later; its columns are never renamed.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson
from django.apps import apps
from django.db import connection, models
from django.db.migrations.operations import RunSQL

GENESIS = bytes(32)
EXACT = 2**53


class ChainedRecord(models.Model):
    """Subclasses that have a Meta of their own derive it from `ChainedRecord.Meta` and keep its constraint."""

    chain = models.TextField()
    seq = models.IntegerField()
    previous_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=("chain", "seq"), name="%(app_label)s_%(class)s_chain")]


def digest(previous_hash: bytes | memoryview, fields: Mapping[str, Any]) -> bytes:
    """The hash (32 bytes) of a record with these columns that follows `previous_hash` (`GENESIS` for the first)."""
    return sha256(bytes(previous_hash) + canonical(fields)).digest()


def canonical(fields: Mapping[str, Any]) -> bytes:
    """The one way to write these values, the same before they are stored and after they were read back.

    Refuses (TypeError, ValueError) what does not come back from the database as it went in.
    """
    present = {name: _plain(value) for name, value in fields.items() if value is not None}
    return orjson.dumps(present, option=orjson.OPT_SORT_KEYS)


def seal(record: ChainedRecord) -> None:
    """Set the hash of a record whose other columns, `previous_hash` included, are set."""
    record.hash = digest(record.previous_hash, hashed_values(record))


def hashed_values(record: ChainedRecord) -> dict[str, Any]:
    """Column values as they will be stored: an encrypted field gives its ciphertext."""
    return {
        column_of(field): field.ciphertext(record) if hasattr(field, "ciphertext") else getattr(record, field.attname)
        for field in hashed_fields(type(record))
    }


def hashed_fields(model: type[ChainedRecord]) -> list[models.Field[Any, Any]]:
    fields = model._meta.concrete_fields
    return [f for f in fields if f.name not in ("hash", "previous_hash") and not isinstance(f, models.AutoField)]


def column_of(field: models.Field[Any, Any]) -> str:
    return field.column or field.attname


def chained_models() -> list[type[ChainedRecord]]:
    """Every chained table of the hall, in the order of their names."""
    found = [model for model in apps.get_models() if issubclass(model, ChainedRecord)]
    return sorted(found, key=lambda model: model._meta.db_table)


def lock(chain: str) -> None:
    """Until the end of this transaction nobody else appends to the chain."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [chain])


def tail(model: type[ChainedRecord], chain: str) -> tuple[int, bytes]:
    """Number and hash of the last record of a chain; `(0, GENESIS)` where there is none."""
    last = model._default_manager.filter(chain=chain).order_by("-seq").values_list("seq", "hash").first()
    return (last[0], bytes(last[1])) if last else (0, GENESIS)


REFUSE_CHANGE = RunSQL(
    """
    CREATE FUNCTION kernel_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'records of % are never changed or removed (% refused)', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'insufficient_privilege';
    END $$
    """,
    "DROP FUNCTION kernel_refuse_change()",
)


def protect(table: str) -> RunSQL:
    """A migration operation: from now on the table only grows. Needs kernel's first migration as a dependency."""
    return RunSQL(
        f'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change()",
        f'DROP TRIGGER append_only ON "{table}"',
    )


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | str():
            return value
        case int() | float():
            return _number(value)
        case datetime():
            if value.tzinfo is None:
                raise ValueError("a moment in a chained record needs a time zone")
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case UUID() | Decimal():
            return str(value)
        case bytes() | bytearray() | memoryview():
            return bytes(value).hex()
        case Mapping():
            return dict(_entries(value))
        case list() | tuple():
            return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no place in a chained record")


def _number(value: int | float) -> int | float:
    """jsonb knows no difference between 1.0 and 1, and keeps numbers that Python's JSON does not."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value != value or abs(value) > EXACT:
        raise ValueError("a number in a chained record stays below 2^53; write it as text")
    return value


def _entries(value: Mapping[Any, Any]) -> Iterator[tuple[str, Any]]:
    for key, item in value.items():
        if not isinstance(key, str):
            raise TypeError("keys in a chained record are text")
        yield key, _plain(item)
