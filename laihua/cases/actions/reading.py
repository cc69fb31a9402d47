"""Documents are read after their upload, by a worker: what is asked for in the upload's transaction, and what it keeps."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from laihua.accounts.permissions import Actor
from laihua.cases import staleness
from laihua.cases.actions.lock import at_hand
from laihua.cases.hiding import where
from laihua.cases.models import DocumentRead, MaterialFile
from laihua.cases.queries.prechecking import is_read, kind_read
from laihua.catalog import queries as catalog
from laihua.catalog.definitions import MaterialSlot
from laihua.kernel import jobs
from laihua.kernel.queries import file_content
from laihua.kernel.texts import Reason, Refused, Text
from laihua.prechecks.document import Document, remember
from laihua.prechecks.kind import kinds
from laihua.prechecks.remembered import document_of, document_to_json, reading_of, reading_to_json
from laihua.prechecks.words import Reading

log = logging.getLogger(__name__)
SECONDS = 20.0
"""After so long a reading goes to the end of the line, so that one long file does not keep the others waiting."""
State = DocumentRead.State
UNAVAILABLE = Text(
    "这份材料暂时不能自动读取，稍后会自动再试。不影响填报和提交，由审核人员查看。",
    "This document cannot be read automatically just now and will be tried again. Nothing is held up; an officer looks at it.",
)
NOT_UNDERSTOOD = Text(
    "这份材料已经打开，但没有能自动识别其内容。不影响提交，由审核人员查看。",
    "This document was opened, but its content could not be evaluated. Nothing is held up; an officer looks at it.",
)
NOTHING_READ = Text(
    "这份材料没有可以自动读取的页面（扫描件可能未启用识别）。不影响提交，由审核人员查看。",
    "No page of this document can be read automatically (scans may not be read here). Nothing is held up; an officer looks at it.",
)
NOT_FAILED = Reason("not_failed", Text("这份材料不用重新读取。", "This document need not be read again."))


def ask_reading(file: MaterialFile, slot: MaterialSlot, at: datetime) -> None:
    """The job comes with the commit of the upload. What was read before, of the same content, is taken over at once."""
    if not is_read(slot):
        return
    case, kind = file.material.case, kind_read(slot)
    row = DocumentRead(file=file, case=case, kind=kind, asked_at=at)
    twin = DocumentRead.objects.filter(file__stored=file.stored, kind=kind, state=State.DONE).order_by("-ended_at").first()
    if twin is not None:
        row.state, row.found, row.pages_read, row.began_at, row.ended_at = State.DONE, twin.found, twin.pages_read, at, at
        row.stale_on = goes_stale(document_of(twin.found), slot)
    row.save(force_insert=True)
    if twin is None:
        put_in_line(file.id)


def put_in_line(file_id: Any) -> None:
    jobs.defer("cases.jobs.read_document", queue=jobs.READING, file_id=str(file_id))


@transaction.atomic
def read_again(*, case_id: UUID, key: str, actor: Actor, at: datetime) -> None:
    """A document that could not be read, once more. Refused for any other."""
    now = at_hand(case_id, actor=actor, at=at)
    material = now.materials.get(key)
    file_id = material.current_id if material else None
    changed = DocumentRead.objects.filter(file_id=file_id, state=State.FAILED).update(
        state=State.WAITING, problem=None, pages_read=0, asked_at=at)
    if not changed:
        raise Refused(NOT_FAILED)
    put_in_line(file_id)


def read_document(*, file_id: UUID, now: Callable[[], datetime]) -> bool:
    """Read on for a while; whether it has to go on later. Doing it twice, or again after it broke off, does no harm.

    No transaction spans it: how far it has come is seen while it runs, and kept when the worker is killed between two turns.
    """
    began = now()
    read = taken_up(file_id, began)
    if read is None:
        return False
    before = reading_of(read.partial) if read.partial else None
    begin = len(before.leaves) + 1 if before else 1
    seen = Progress(read, begin)
    try:
        from laihua.prechecks import reading  # with the engine, which no web process needs

        content = file_content(MaterialFile.objects.select_related("stored").get(id=file_id).stored)
        portion = reading.read(content, begin=begin, seconds=SECONDS, on_page=seen)
    except Exception:
        fail(read, UNAVAILABLE, now(), keep=read.partial)
        raise                           # the job is tried again, with growing pauses
    if portion.problem is not None:
        fail(read, portion.problem.text, now())
        return False
    whole = joined(before, portion.reading)
    read.seconds += max(0.0, (now() - began).total_seconds())
    if portion.next is not None:
        read.partial, read.pages_read = reading_to_json(whole), len(whole.leaves)
        read.save(update_fields=["partial", "pages_read", "seconds"])
        return True
    finish(read, whole, now())
    return False


class Progress:
    """Told of each page that was read."""

    def __init__(self, read: DocumentRead, begin: int) -> None:
        self.read, self.done = read, begin - 1

    def __call__(self, *_: Any) -> None:
        self.done += 1
        DocumentRead.objects.filter(pk=self.read.pk).update(pages_read=self.done)


@transaction.atomic
def taken_up(file_id: UUID, at: datetime) -> DocumentRead | None:
    """None where it was read, or nobody wants it any more."""
    read = (
        DocumentRead.objects.select_for_update(of=("self",)).select_related("file__material").filter(file_id=file_id)
        .exclude(state=State.DONE).first()
    )
    if read is None:
        return None
    if read.file.material.current_id != read.file_id:
        read.delete()
        return None
    read.state, read.began_at = State.READING, at
    read.save(update_fields=["state", "began_at"])
    return read


def finish(read: DocumentRead, whole: Reading, at: datetime) -> None:
    try:
        document = remember(whole, read.kind)
    except Exception as error:      # whatever the words of a kind trip over concerns this document alone
        log.error("what was read of file %s could not be evaluated: %s", read.file_id, where(error))
        fail(read, NOT_UNDERSTOOD, at)
        return
    if all(leaf.by == "nothing" for leaf in whole.leaves):
        fail(read, NOTHING_READ, at)
        return
    slot = catalog.version(read.case.version_id).service.slots().get(read.file.material.key)
    read.state, read.found, read.partial, read.problem = State.DONE, document_to_json(document), None, None
    read.pages_read, read.ended_at = len(whole.leaves), at
    read.stale_on = goes_stale(document, slot) if slot else None
    read.save(update_fields=["state", "found", "partial", "problem", "pages_read", "ended_at", "seconds", "stale_on"])


def fail(read: DocumentRead, problem: Text, at: datetime, keep: Any = None) -> None:
    """`keep`: the pages with which another try goes on."""
    read.state, read.problem, read.partial, read.ended_at = State.FAILED, problem.as_data(), keep, at
    read.save(update_fields=["state", "problem", "partial", "ended_at"])


def joined(before: Reading | None, more: Reading) -> Reading:
    if before is None:
        return more
    return Reading(more.pages, (*before.leaves, *more.leaves), tuple(dict.fromkeys((*before.codes, *more.codes))))


def goes_stale(document: Document, slot: MaterialSlot) -> Any:
    """What is counted to the upload does not change after it."""
    if not kind_read(slot):
        return None
    left, within = (window.months if window and not window.at_upload else None for window in (slot.min_left, slot.issued_within))
    return staleness.stale_on(document, kinds()[slot.reads], left, within)
