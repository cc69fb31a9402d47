"""沿用: what was given in an earlier case and is still valid is not asked for again. Pure.

Whether a file may be offered for a slot is decided here, of plain values: it was given and not refused, it is of the same
person or unit, and it fits the slot as an upload would have to, dates included. Kinds of documents and whose they are stand in
reference/documents.yaml; what has no kind, or is printed for its case, is never offered.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from laihua.catalog.definitions import MaterialSlot
from laihua.catalog.documents import Kind
from laihua.catalog.gaps import too_old, too_short
from laihua.kernel.texts import Text

TYPES = {"pdf": ("application/pdf",), "photo": ("image/jpeg", "image/png"), "picture": ("image/jpeg", "image/png")}
ANOTHER = Text(
    "号码与现在填报的不同，是另一份证件，请上传现在的",
    "Its number is not the one of this form: it is another document. Please upload the present one",
)
OTHER_DATE = Text("有效期与现在填报的不同，请上传现在的", "It ends on another day than this form says. Please upload the present one")
TOO_BIG = Text("超过这里的大小上限，请重新扫描", "It is larger than allowed here. Please scan it again")
OTHER_TYPE = Text("文件格式与这里的要求不同，请重新上传", "It is of another type than asked for here. Please upload it anew")
NOT_IN_COLOUR = Text(
    "这里须为彩色扫描件，原来的未按彩色核对，请重新扫描",
    "A colour scan is asked for here and that one was not checked for it. Please scan it again",
)
LONG_AGO = Text(
    "须为{n}个月内签发，原来的是{day}上传的，请上传新的",
    "It has to be issued within {n} months; that one was uploaded on {day}. Please upload a new one",
)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose case it is. `delegation_id` where an agency files it."""

    unit_id: UUID | None = None
    subject_id: UUID | None = None
    staff_id: UUID | None = None
    passport: str = ""                  # its blind index; a person without an account is known by it within one unit
    delegation_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """A file that stands in a slot of another case."""

    file_id: UUID
    case_id: UUID
    number: str
    slot: MaterialSlot
    owner: Owner
    status: str                         # of the material: uploaded, accepted, returned
    outcome: str                        # of its case, empty while it runs
    submitted: bool
    sha256: str
    size: int
    content_type: str
    pages: int
    uploaded_at: datetime
    differs: bool = False               # from its original, as a clerk found


@dataclass(frozen=True, slots=True)
class Wanted:
    """The slot to fill. `answers` are those of the case, dates as dates; `by_person`: the person himself looks, not his unit."""

    slot: MaterialSlot
    kind: Kind
    owner: Owner
    answers: Mapping[str, Any]
    today: date
    by_person: bool = False


def was_given(one: Given) -> bool:
    """Handed in, and neither returned nor refused nor found to differ from its original. From a case that ended without an
    approval only what an officer accepted."""
    if not one.submitted or one.slot.form or one.differs or one.status not in ("uploaded", "accepted"):
        return False
    return one.outcome in ("", "approved") or (one.outcome == "withdrawn" and one.status == "accepted")


def refused_contents(everything: Iterable[Given]) -> frozenset[str]:
    """What an officer turned down anywhere is not offered from anywhere."""
    return frozenset(g.sha256 for g in everything if g.status == "returned" or g.outcome == "refused" or g.differs)


def is_of_same(one: Owner, wanted: Wanted) -> bool:
    """The same person, the same unit, or both, as the kind of document asks. A unit sees what was filed for it and nothing
    that its people gave elsewhere; an agency what was filed under its delegation."""
    mine = wanted.owner
    if mine.delegation_id is not None and one.delegation_id != mine.delegation_id:
        return False
    unit = one.unit_id is not None and one.unit_id == mine.unit_id
    if not unit and not (wanted.by_person and wanted.kind.of == "person"):
        return False
    return wanted.kind.of == "unit" or same_person(one, mine)


def same_person(one: Owner, other: Owner) -> bool:
    pairs = ((one.subject_id, other.subject_id), (one.staff_id, other.staff_id))
    if any(a is not None and a == b for a, b in pairs):
        return True
    if any(a is not None and b is not None for a, b in pairs):
        return False                    # two accounts, or two rows of the roster: two people, be the number the same
    return bool(one.passport) and one.passport == other.passport and one.unit_id == other.unit_id


def fits(one: Given, wanted: Wanted, said: Mapping[str, Any]) -> Text | None:
    """Why a new one is needed; None where this one will do. `said`: the answers of its case, dates as dates."""
    slot = wanted.slot
    if one.content_type not in TYPES[slot.accept]:
        return OTHER_TYPE
    if one.size > slot.max_bytes:
        return TOO_BIG
    if slot.colour and not one.slot.colour:
        return NOT_IN_COLOUR
    number = wanted.kind.number
    if number and wanted.answers.get(number) and said.get(number) and wanted.answers[number] != said[number]:
        return ANOTHER
    return in_date(one, wanted, said)


def in_date(one: Given, wanted: Wanted, said: Mapping[str, Any]) -> Text | None:
    """As an upload is judged: by the days of the form where they are known, else by what its own case said of it."""
    slot = wanted.slot
    for window, earlier, wrong in (
        (slot.min_left, one.slot.min_left, too_short), (slot.issued_within, one.slot.issued_within, too_old),
    ):
        if window is None:
            continue
        then = said.get(earlier.on) if earlier and earlier.on else None
        now = wanted.answers.get(window.on) if window.on else None
        if isinstance(then, date) and isinstance(now, date) and then != now:
            return OTHER_DATE
        day = then if isinstance(then, date) else now
        if isinstance(day, date) and (message := wrong(day, window, wanted.today)):
            return message
    if slot.issued_within and not slot.issued_within.on:
        uploaded = one.uploaded_at.date()
        if too_old(uploaded, slot.issued_within, wanted.today):
            return LONG_AGO.format(n=slot.issued_within.months, day=uploaded.isoformat())
    return None


def choice(everything: Sequence[Given], wanted: Wanted) -> list[Given]:
    """What could be offered for a slot, the newest first; its dates are still to be looked at."""
    turned_down = refused_contents(everything)
    found = [g for g in everything if was_given(g) and g.sha256 not in turned_down and g.slot.reads == wanted.slot.reads
             and is_of_same(g.owner, wanted)]
    return sorted(found, key=lambda g: g.uploaded_at, reverse=True)
