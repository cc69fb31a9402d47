"""Reads of the permits app: the papers of a case, what a verifier may see, what is still to be made."""

from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from laihua.kernel.masking import mask
from laihua.kernel.queries import file_content
from laihua.kernel.texts import Text
from laihua.permits.models import Delivery, Issued, Order
from laihua.permits.permissions import MAY
from laihua.permits.rules import State, number_in_groups, read_code, read_number, state_on
from laihua.permits.rules import code_in_groups as code_in_groups

STANDING_FIRST = (F("replaced_by").asc(nulls_first=True), F("revoked_at").desc(nulls_first=True), "-issued_at")
"""Of the papers under one number: what was not replaced, of that what is in force, otherwise the last that was."""
NOTHING = "-"      # no code and no number looks like this


@dataclass(frozen=True, slots=True)
class Row:
    label: Text
    value: Text


@dataclass(frozen=True, slots=True)
class Verification:
    """What anyone may learn about a paper: never more than stands on it, persons masked.

    Asked by number alone it says nothing of the person: numbers run in order, codes are random.
    """

    state: State
    number: str = ""
    kind: str = ""
    title: Text | None = None
    category: str = ""
    holder: str = ""
    rows: tuple[Row, ...] = field(default=())
    valid_from: date | None = None
    valid_to: date | None = None
    authority: Text | None = None
    issued_on: date | None = None
    revoked_on: date | None = None
    replaced: bool = False
    by_code: bool = False


def issued_of(case_id: UUID) -> list[Issued]:
    """The papers of a case, the newest first. Facts and file stay unread."""
    papers = Issued.objects.filter(case_id=case_id).defer("facts").select_related("file")
    return list(papers.order_by("-issued_at", "key"))


def issued(issued_id: UUID, case_id: UUID) -> Issued | None:
    return Issued.objects.filter(id=issued_id, case_id=case_id).select_related("file").first()


def case_of_code(scanned: str) -> UUID | None:
    """The case of a paper by its code, or by the address that its QR code holds. Authorisation is the caller's."""
    code = read_code(scanned.strip().rstrip("/").rsplit("/", 1)[-1])
    return Issued.objects.filter(code=code).values_list("case_id", flat=True).first() if code else None


def number_of_code(scanned: str) -> str:
    """The number of the paper with this code; empty where there is none. Authorisation is the caller's."""
    code = read_code(scanned.strip().rstrip("/").rsplit("/", 1)[-1])
    return Issued.objects.filter(code=code).values_list("number", flat=True).first() or "" if code else ""


def content_of(paper: Issued) -> bytes:
    return file_content(paper.file)


def being_made(case_id: UUID) -> list[str]:
    """Keys of the papers that were asked for and are not there yet."""
    return list(Order.objects.filter(case_id=case_id, done_at=None).order_by("key").values_list("key", flat=True))


def roles_for(act: str) -> frozenset[str]:
    """Who may do this with a paper, for pages that declare it."""
    return MAY[act]


def delivery_of(case_id: UUID) -> Delivery | None:
    return Delivery.objects.filter(case_id=case_id).first()


def outstanding_orders(limit: int = 100) -> QuerySet[Order]:
    """For the operator: what is to be made, the oldest first, with the last fault."""
    return Order.objects.filter(done_at=None).select_related("case").order_by("ordered_at")[:limit]


def verify(code_or_number: str, today: date, *, code: str = "") -> Verification:
    """What a code, or a number, or both together say on a day. A number with the code of another paper is unknown.

    A permit keeps its number when it is changed, extended or replaced: the number finds the paper in force, a code its own.
    One statement by an index in every case, known or not.
    """
    wanted = read_code(code if code.strip() else code_or_number)
    number = read_number(code_or_number) or NOTHING
    if code.strip() and code_or_number.strip():
        asked = Q(code=wanted or NOTHING, number=number)
    elif code.strip() or wanted:
        asked = Q(code=wanted or NOTHING)
    else:
        asked = Q(number=number, kind="permit", code__isnull=False)
    paper = Issued.objects.filter(asked).order_by(*STANDING_FIRST).first()
    return _said(paper, today, by_code=wanted is not None) if paper is not None else Verification(State.UNKNOWN)


def verify_file(content: bytes, today: date) -> Verification:
    """Whether this very file, byte for byte, is one that the hall issued. The file is hashed, never opened."""
    paper = Issued.objects.filter(file__sha256=sha256(content).hexdigest(), code__isnull=False).first()
    return _said(paper, today, by_code=True) if paper is not None else Verification(State.UNKNOWN)


def _said(paper: Issued, today: date, *, by_code: bool) -> Verification:
    facts: dict[str, Any] = paper.facts
    return Verification(
        state=state_on(today, valid_from=paper.valid_from, valid_to=paper.valid_to, revoked_at=paper.revoked_at),
        number=number_in_groups(paper.number),
        kind=paper.kind,
        title=Text(paper.title_zh, paper.title_en),
        category=facts.get("category", ""),
        holder=_masked_name(facts.get("holder", "")) if by_code else "",
        rows=tuple(_row(row) for row in facts.get("rows", ())) if by_code else (),
        valid_from=paper.valid_from,
        valid_to=paper.valid_to,
        authority=Text.of(facts["authority"]),
        issued_on=_on(paper.issued_at),
        revoked_on=_on(paper.revoked_at) if paper.revoked_at else None,
        replaced=paper.replaced_by_id is not None,
        by_code=by_code,
    )


def _row(row: dict[str, Any]) -> Row:
    label = Text.of(row["label"])
    if not row.get("mask"):
        return Row(label, Text(row["zh"], row["en"]))
    hidden = mask(row["mask"], row["zh"])
    return Row(label, Text(hidden, hidden))


def _masked_name(name: str) -> str:
    return mask("name_latin" if name.isascii() else "name_zh", name) if name else ""


def _on(moment: datetime) -> date:
    return timezone.localtime(moment).date()
