"""Reads: the calendar, stored files, and whether the audit trail is whole."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from laihua.kernel import seals
from laihua.kernel.calendar import WorkingCalendar
from laihua.kernel.chain import GENESIS, ChainedRecord, chained_models, column_of, digest, hashed_fields
from laihua.kernel.models import AuditEntry, CalendarYear, DailySeal, SealedHead, StoredFile
from laihua.kernel.rules import CalendarNotice, calendar_of
from laihua.kernel.storage import file_storage, name_of

_SECONDS = 300.0
_calendar: tuple[float, WorkingCalendar] | None = None


def working_calendar() -> WorkingCalendar:
    """The imported years. An import is seen at once in its own process, and within five minutes in the others."""
    global _calendar
    if _calendar is None or time.monotonic() - _calendar[0] > _SECONDS:
        _calendar = (time.monotonic(), calendar_of([_notice(year) for year in CalendarYear.objects.order_by("year")]))
    return _calendar[1]


def forget_calendar() -> None:
    global _calendar
    _calendar = None


def file_content(file: StoredFile) -> bytes:
    """Raises FileNotFoundError or storage.DamagedFile; what it returns has the file's hash."""
    with file_storage().open(name_of(file.sha256)) as content:
        return bytes(content.read())


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """The first row of the audit trail that is not as it was written. `row` is empty where the row itself is gone."""

    table: str
    row: str
    chain: str
    seq: int
    wrong: str

    def __str__(self) -> str:
        return f"{self.table} {self.row or '(row is gone)'}, chain {self.chain}, number {self.seq}: {self.wrong}"


@dataclass(frozen=True, slots=True)
class Verification:
    """`records` and `seals` say how much was read until the end or the first fault."""

    records: int
    seals: int
    broken: BrokenRow | None
    newest_seal: DailySeal | None = None


def verify() -> Verification:
    """Read the whole trail: every record against its hash and its neighbour, then against the daily seals."""
    records = 0
    for model in chained_models():
        for broken in broken_links(model):
            if broken:
                return Verification(records, 0, broken)
            records += 1
    count, newest = 0, None
    for seal in DailySeal.objects.order_by("number"):
        if wrong := fault_of_seal(seal, newest):
            row = BrokenRow(DailySeal._meta.db_table, str(seal.number), str(seal.date), seal.number, wrong)
            return Verification(records, count, row)
        count, newest = count + 1, seal
    return Verification(records, count, next(missing_heads(), None), newest)


def broken_links(model: type[ChainedRecord]) -> Iterator[BrokenRow | None]:
    """One item per record, in the order of the chains: None where it is whole."""
    fields = hashed_fields(model)
    names = ["pk", "chain", "seq", "previous_hash", "hash", *(field.attname for field in fields)]
    rows = model._default_manager.order_by("chain", "seq").values_list(*names)
    last_chain, last_seq, last_hash = None, 0, GENESIS
    for pk, chain, seq, previous, hash_, *values in rows.iterator(chunk_size=2000):
        if chain != last_chain:
            last_chain, last_seq, last_hash = chain, 0, GENESIS
        content = {column_of(field): value for field, value in zip(fields, values, strict=True)}
        wrong = _fault(seq, bytes(previous), bytes(hash_), last_seq, last_hash, content)
        yield BrokenRow(model._meta.db_table, str(pk), chain, seq, wrong) if wrong else None
        last_seq, last_hash = seq, bytes(hash_)


def fault_of_seal(seal: DailySeal, previous: DailySeal | None) -> str:
    if seal.number != (previous.number + 1 if previous else 1):
        return "a seal before it is missing"
    if bytes(seal.previous) != seals.link(previous):
        return "it is not linked to the seal before it"
    if bytes(seal.public_key) != seals.public_key():
        return "it was made with another key than LAIHUA_SEAL_KEY"
    if not seals.is_signed(seal):
        return "its signature does not agree with it"
    heads = SealedHead.objects.filter(seal=seal).order_by("id").values_list("table", "chain", "seq", "hash")
    if seals.digest_of_heads(heads.iterator(chunk_size=5000)) != bytes(seal.digest):
        return "the heads listed with it are not those that were sealed"
    return ""


def missing_heads() -> Iterator[BrokenRow]:
    """Records that a seal vouches for and that are gone or different now."""
    for model in chained_models():
        table = model._meta.db_table
        statement = (
            f'SELECT s.chain, s.seq, r."{model._meta.pk.column}", d.date '  # noqa: S608  names of our own tables
            f'FROM kernel_sealedhead s JOIN kernel_dailyseal d ON d.number = s.seal_id '
            f'LEFT JOIN "{table}" r ON r.chain = s.chain AND r.seq = s.seq '
            'WHERE s."table" = %s AND r.hash IS DISTINCT FROM s.hash ORDER BY s.chain, s.seq'
        )
        for chain, seq, pk, day in _rows(statement, [table]):
            wrong = f"missing, though sealed on {day}" if pk is None else f"differs from what was sealed on {day}"
            yield BrokenRow(table, "" if pk is None else str(pk), chain, seq, wrong)


def heads_to_seal() -> Iterator[seals.Head]:
    """The last record of every chain that has grown since it was sealed last."""
    for model in chained_models():
        table = model._meta.db_table
        statement = (
            'SELECT h.chain, h.seq, h.hash FROM '  # noqa: S608  names of our own tables
            f'(SELECT DISTINCT ON (chain) chain, seq, hash FROM "{table}" ORDER BY chain, seq DESC) h LEFT JOIN '
            '(SELECT chain, max(seq) AS seq FROM kernel_sealedhead WHERE "table" = %s GROUP BY chain) s USING (chain) '
            'WHERE h.seq > coalesce(s.seq, 0) ORDER BY h.chain'
        )
        for chain, seq, hash_ in _rows(statement, [table]):
            yield table, chain, seq, bytes(hash_)


def audit_entries(
    *, subject: str = "", actor: str = "", action: str = "", before: int | None = None, limit: int = 50,
) -> list[AuditEntry]:
    """Newest first; `before` is the id of the last entry of the page before. Empty means any."""
    wanted = {name: value for name, value in (("subject", subject), ("actor", actor), ("action", action)) if value}
    rows = AuditEntry.objects.filter(**wanted).order_by("-id")
    return list((rows.filter(id__lt=before) if before else rows)[:limit])


def newest_seal() -> DailySeal | None:
    return DailySeal.objects.order_by("-number").first()


@dataclass(frozen=True, slots=True)
class JobCount:
    task: str
    status: str
    count: int
    oldest_id: int


def job_counts() -> list[JobCount]:
    """How many jobs of each kind stand where (todo, doing, failed, …)."""
    statement = (
        "SELECT task_name, status::text, count(*), min(id) FROM procrastinate_jobs GROUP BY 1, 2 ORDER BY 1, 2"
    )
    return [JobCount(*row) for row in _rows(statement, [])]


def _fault(
    seq: int, previous: bytes, hash_: bytes, last_seq: int, last_hash: bytes, content: dict[str, Any]
) -> str:
    if seq != last_seq + 1:
        return f"the record before it is missing: number {last_seq + 1} was expected"
    if previous != last_hash:
        return "it is not linked to the record before it"
    if hash_ != digest(previous, content):
        return "its content is not what was written"
    return ""


def _notice(row: CalendarYear) -> CalendarNotice:
    off, work = ([date.fromisoformat(day) for day in days] for days in (row.off, row.work))
    return CalendarNotice(row.year, row.published, row.source, tuple(off), tuple(work))


def _rows(statement: str, values: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, list(values))
        while chunk := cursor.fetchmany(5000):
            yield from chunk
