"""Writes: audit entries and their daily seal, stored files, the calendar."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from laihua.kernel import chain as chains
from laihua.kernel import events, queries, seals
from laihua.kernel.calendar import day_of
from laihua.kernel.models import AuditEntry, CalendarYear, DailySeal, SealedHead, StoredFile
from laihua.kernel.rules import CalendarFault, read_notices
from laihua.kernel.storage import file_storage, name_of

CALENDAR = settings.BASE_DIR / "reference" / "calendar.yaml"


@transaction.atomic
def record(
    *, chain: str, action: str, actor: UUID | str, at: datetime, acting_for: UUID | str | None = None,
    subject: UUID | str = "", data: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Append to an audit chain, in the caller's transaction. Whoever appends to the same chain waits for its end, so
    chains are small: one account, one unit, one grant. `data` holds identifiers and plain facts, no personal data."""
    chains.lock(chain)
    seq, previous = chains.tail(AuditEntry, chain)
    entry = AuditEntry(
        chain=chain, seq=seq + 1, previous_hash=previous, at=at, action=action, actor=str(actor),
        acting_for=None if acting_for is None else str(acting_for), subject=str(subject), data=dict(data or {}),
    )
    chains.seal(entry)
    entry.save(force_insert=True)
    return entry


@transaction.atomic
def seal_day(*, at: datetime) -> DailySeal:
    """Sign the heads of all chains. One seal a day: a second call gives the day's first."""
    chains.lock("kernel:seals")
    day = day_of(at)
    last = DailySeal.objects.order_by("-number").first()
    if last and day <= last.date:
        return last
    heads = list(queries.heads_to_seal())
    seal = seals.signed(previous=last, day=day, at=at, heads=len(heads), digest=seals.digest_of_heads(heads))
    seal.save(force_insert=True)
    SealedHead.objects.bulk_create(
        (SealedHead(seal=seal, table=table, chain=chain, seq=seq, hash=hash_) for table, chain, seq, hash_ in heads),
        batch_size=5000,
    )
    return seal


def store_file(*, content: bytes, content_type: str, at: datetime) -> StoredFile:
    """The file with this content; the same content is stored once. It is on disk before the row can be committed."""
    digest = sha256(content).hexdigest()
    storage, name = file_storage(), name_of(digest)
    known = StoredFile.objects.filter(sha256=digest).first()
    if known is None or not storage.exists(name):
        storage.save(name, ContentFile(content))
    if known is not None:
        return known
    StoredFile.objects.bulk_create(
        [StoredFile(sha256=digest, size=len(content), content_type=content_type, created_at=at)], ignore_conflicts=True
    )
    return StoredFile.objects.get(sha256=digest)


@transaction.atomic
def import_calendar(*, at: datetime, actor: UUID | str = "system", source: Path = CALENDAR) -> tuple[int, ...]:
    """Take the years of the file over. Returns those that were new or different; they are told by CalendarImported.

    Raises CalendarFault naming every wrong entry. Years that the file does not hold stay as they are.
    """
    changed = tuple(notice.year for notice in _notices(source) if _take_over(notice, at))
    if changed:
        record(chain="kernel:calendar", action="import_calendar", actor=actor, at=at, data={"years": list(changed)})
        queries.forget_calendar()
        transaction.on_commit(queries.forget_calendar)
        events.publish(events.CalendarImported(years=changed, at=at))
    return changed


def _notices(source: Path) -> list[Any]:
    try:
        return read_notices(yaml.safe_load(source.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError) as wrong:
        raise CalendarFault([f"{source}: {wrong}"]) from wrong
    except CalendarFault as wrong:
        raise CalendarFault([f"{source}: {fault}" for fault in wrong.faults]) from wrong


def _take_over(notice: Any, at: datetime) -> bool:
    told = {
        "published": notice.published, "source": notice.source,
        "off": [day.isoformat() for day in notice.off], "work": [day.isoformat() for day in notice.work],
    }
    known = CalendarYear.objects.filter(year=notice.year).values(*told).first()
    if known == told:
        return False
    CalendarYear.objects.update_or_create(year=notice.year, defaults={**told, "imported_at": at})
    return True
