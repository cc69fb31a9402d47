"""The history of a case as its applicant reads it: newest first, uploads in a row as one line, what changed unfolded."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, pairwise
from typing import Any

from django.utils import timezone

from laihua.cases.queries import Dossier, Entry, history
from laihua.catalog.definitions import ReturnReason
from laihua.kernel.texts import Text
from laihua.portal.applicant.changes import Change, changes
from laihua.portal.applicant.days import on

CLOCK = {
    "start": Text("开始计时", "the clock starts"), "pause": Text("计时暂停", "the clock is paused"),
    "resume": Text("继续计时", "the clock goes on"), "stop": Text("计时停止", "the clock stops"),
}
UPLOADS = Text("上传、删除材料", "Documents uploaded or removed")


@dataclass(frozen=True, slots=True)
class ReturnedItem:
    label: Text
    reasons: Sequence[ReturnReason]
    note: str


@dataclass(frozen=True, slots=True)
class Line:
    at: datetime
    what: Text
    who: Text | str
    kind: str
    notes: list[Text]
    text: str = ""
    returned: list[ReturnedItem] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    items: list[tuple[datetime, Text]] = field(default_factory=list)

    @property
    def has_more(self) -> bool:
        return bool(self.returned or self.changes or self.items)


def lines(dossier: Dossier, *, only_returns: bool = False) -> list[Line]:
    """`only_returns`: what was returned, and what answered it."""
    entries = history(dossier)
    before = submissions(entries)
    made: list[Line] = []
    for (is_upload, _), group in groupby(entries, key=lambda e: ("material" in e.details, on(e.at) if "material" in e.details else e.at)):
        found = list(group)
        if is_upload and len(found) > 1:
            made.append(uploads(found))
        else:
            made += [line(dossier, e, before.get(id(e))) for e in found]
    return [one for one in made if one.kind in ("return", "answer")] if only_returns else made


def submissions(entries: Sequence[Entry]) -> dict[int, Any]:
    """For each entry that keeps what was handed in: what had been handed in before."""
    kept = [e for e in entries if "answers" in e.details]
    return {id(new): old.details for new, old in pairwise(kept)}


def uploads(found: Sequence[Entry]) -> Line:
    n = Text(f"{len(found)}次", f"{len(found)} times")
    return Line(found[0].at, UPLOADS, found[0].who, "other", [n], items=[(e.at, e.what) for e in found])


def line(dossier: Dossier, entry: Entry, before: Any) -> Line:
    notes = [entry.proceeding] if entry.proceeding else []
    items = returned_items(dossier, entry)
    if items:
        n = len(items)
        notes.append(Text(f"{n}项退回", f"{n} item{'' if n == 1 else 's'} returned"))
    if entry.reasons:
        codes = [r.code for r in entry.reasons]
        notes.append(Text("、".join(codes), ", ".join(codes)))
    made = changes(dossier.definition, before, entry.details) if before is not None else []
    if made:
        notes.append(Text(f"修改{len(made)}处", f"{len(made)} change{'' if len(made) == 1 else 's'}"))
    if booked := entry.details.get("starts_at"):
        time = f"{timezone.localtime(datetime.fromisoformat(booked)):%Y-%m-%d %H:%M}"
        notes.append(Text(time, time))
    if office := entry.details.get("office"):
        notes.append(Text(f"转至{office['zh']}", f"to {office['en']}"))
    if entry.round > 1 and entry.kind != "other":
        notes.append(Text(f"第{entry.round}轮", f"round {entry.round}"))
    if entry.clock:
        notes.append(CLOCK[entry.clock])
    kind = "return" if entry.kind == "return" else "answer" if entry.clock == "resume" else entry.kind
    return Line(entry.at, entry.what, entry.who, kind, notes, entry.text, items, made)


def returned_items(dossier: Dossier, entry: Entry) -> list[ReturnedItem]:
    if entry.kind != "return":
        return []
    known = dossier.service.reasons
    return [
        ReturnedItem(label_of(dossier, v["kind"], v["key"]), [known[c] for c in v["reasons"] if c in known], v.get("note", ""))
        for v in entry.details.get("verdicts", []) if v["result"] == "returned"
    ]


def label_of(dossier: Dossier, kind: str, key: str) -> Text:
    if kind == "material":
        slot = dossier.service.slots().get(key)
        return slot.title if slot else Text(key, key)
    head, _, row = key.partition(".")
    section = next((s for s in dossier.service.sections if s.key == head and s.rows is not None), None)
    if section is not None and row.isdecimal():
        return Text(f"{section.title.zh} {int(row) + 1}", f"{section.title.en} {int(row) + 1}")
    field_ = dossier.service.field_keys().get(key)
    return field_.label if field_ else Text(key, key)
