"""A case laid out for the officer who judges it: every value with its verdict, what was returned before and what became of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from laihua.cases.content import is_judged, row_label
from laihua.cases.models import CaseEvent, MaterialFile
from laihua.cases.queries.dossier import ITEM, Dossier, SlotView
from laihua.cases.queries.reuse import Taken, taken_from
from laihua.cases.rules import Item, Word, is_locked
from laihua.catalog.definitions import Field, ReturnReason, Section
from laihua.kernel.masking import mask
from laihua.kernel.texts import Text

IN_LISTS = frozenset({"name_zh", "name_latin"})
"""Names stand in every list of the desk: hiding them in one row would hide nothing."""
GONE = Text("已删除", "Removed")


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as the officer sees it. `place`: where the hidden value can be asked for; empty when nothing is hidden."""

    text: Text
    label: Text
    place: str = ""
    revealed: bool = False


@dataclass(frozen=True, slots=True)
class Earlier:
    """A return of an earlier round: why, what the applicant answered, and what stands there now."""

    round: int
    reasons: tuple[ReturnReason, ...]
    note: str
    reply: str
    before: Text | None = None
    after: Text | None = None
    changed: bool | None = None         # None: not the latest return, so not compared
    old_version: int | None = None      # of a document: the version that was returned
    old_pages: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """`state`: "" not judged yet, accepted, returned, or fixed where there is nothing to judge."""

    kind: str
    key: str
    label: Text
    value: Shown | None
    state: str
    details: tuple[Shown, ...] = ()
    reasons: tuple[str, ...] = ()
    note: str = ""
    locked: bool = False
    earlier: tuple[Earlier, ...] = ()
    slot: SlotView | None = None
    outdated: bool = False              # accepted before, and changed since for another office
    waits_for: Text | None = None       # the other proceeding for which the applicant is correcting it now
    taken: Taken | None = None          # of a document that was taken over from an earlier case

    @property
    def item(self) -> str:
        return f"{self.kind}:{self.key}"

    @property
    def anchor(self) -> str:
        return f"row-{self.kind}-{self.key.replace('.', '-')}"


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    title: Text
    rows: tuple[Row, ...]

    @property
    def open(self) -> list[Row]:
        """What can be accepted in one go: not judged, never returned before, and not changed under the officer's eyes."""
        return [r for r in self.rows if r.state == "" and not (r.earlier or r.outdated or r.waits_for)]


@dataclass(frozen=True, slots=True)
class Sheet:
    form: tuple[Group, ...]
    materials: tuple[Group, ...]
    judging: bool
    saved_at: datetime | None = None
    reasons: Mapping[str, tuple[ReturnReason, ...]] = field(default_factory=dict)

    def rows(self, tab: str = "") -> Iterator[Row]:
        groups = {"form": self.form, "materials": self.materials}.get(tab, (*self.form, *self.materials))
        return (row for group in groups for row in group.rows)

    def group(self, key: str) -> Group | None:
        return next((g for g in (*self.form, *self.materials) if g.key == key), None)

    def row(self, item: str) -> Row | None:
        return next((r for r in self.rows() if r.item == item), None)

    def count(self, tab: str = "") -> tuple[int, int]:
        """(judged, to be judged)"""
        states = [r.state for r in self.rows(tab) if r.state != "fixed"]
        return sum(s != "" for s in states), len(states)

    @property
    def done(self) -> int:
        return self.count()[0]

    @property
    def total(self) -> int:
        return self.count()[1]

    @property
    def left(self) -> int:
        return self.total - self.done

    @property
    def returned(self) -> int:
        return sum(r.state == "returned" for r in self.rows())

    @property
    def form_count(self) -> str:
        return "{}/{}".format(*self.count("form"))

    @property
    def material_count(self) -> str:
        return "{}/{}".format(*self.count("materials"))


def review_sheet(seen: Dossier, revealed: frozenset[str] = frozenset()) -> Sheet:
    """Everything of the case in the order of the form and of the checklist. `revealed`: places shown unmasked."""
    items = {i.id: i for i in seen.items}
    earlier = earlier_returns(seen, items)
    sections = sorted(seen.definition.visible_sections(seen.names), key=lambda s: seen.key not in s.judged_by)
    judging = seen.step.reviews and seen.proceeding.holder_id == seen.actor.account_id and seen.step.by in seen.here
    return Sheet(
        form=tuple(
            Group(s.key, s.title, rows)
            for s in sections
            if (rows := tuple(section_rows(seen, s, items, earlier, revealed)))
        ),
        materials=tuple(material_groups(seen, items, earlier)),
        judging=judging,
        saved_at=max((v.at for v in seen.verdicts if v.word.round == seen.proceeding.round), default=None) if judging else None,
        reasons={
            kind: tuple(r for r in seen.service.reasons.values() if kind in r.applies) for kind in ("field", "material")
        },
    )


def section_rows(
    seen: Dossier, section: Section, items: Mapping[ITEM, Item], earlier: Mapping[ITEM, tuple[Earlier, ...]],
    revealed: frozenset[str],
) -> Iterator[Row]:
    if section.rows is not None:
        for n, answers in enumerate(seen.answers.get(section.key) or []):
            key = f"{section.key}.{n}"
            details = row_details(seen, section, n, answers, revealed)
            title = next((d for d in details if section.rows.title and d.label == title_label(section)), None)
            yield judged(
                seen, items, earlier, "field", key, row_label(section, n), title or details[0] if details else None,
                details=tuple(d for d in details if d is not (title or details[0])),
            )
        return
    for one in section.fields:
        value = seen.answers.get(one.key)
        if value in (None, "", []):
            continue
        shown = shown_value(seen, one, value, one.key, revealed)
        yield judged(seen, items, earlier, "field", one.key, one.label, shown)


def title_label(section: Section) -> Text | None:
    return next((f.label for f in section.fields if section.rows and f.key == section.rows.title), None)


def row_details(seen: Dossier, section: Section, n: int, answers: Mapping[str, Any], revealed: frozenset[str]) -> list[Shown]:
    return [
        shown_value(seen, f, answers[f.key], f"{section.key}.{n}.{f.key}", revealed, section.key)
        for f in section.fields
        if answers.get(f.key) not in (None, "", [])
    ]


def judged(
    seen: Dossier, items: Mapping[ITEM, Item], earlier: Mapping[ITEM, tuple[Earlier, ...]], kind: str, key: str, label: Text,
    value: Shown | None, *, details: tuple[Shown, ...] = (), slot: SlotView | None = None,
) -> Row:
    """The row with the verdict that counts now: given in this round, or an earlier acceptance of what is unchanged."""
    item, word = items.get((kind, key)), seen.words.get((kind, key))
    state, note, locked = "fixed", "", False
    reasons: tuple[str, ...] = ()
    if item is not None:
        state = ""
        if word is not None and word.result == "accepted" and word.digest == item.digest:
            state, locked = "accepted", word.published
        elif word is not None and word.result == "returned" and not word.published:
            state, reasons, note = "returned", word.reasons, word.note
    outdated = state == "" and item is not None and is_locked(word)
    waits = seen.being_corrected((kind, key)) if item is not None else None
    return Row(
        kind, key, label, value, state, details, reasons, note, locked, earlier.get((kind, key), ()) if item else (), slot,
        outdated, waits.title if waits else None,
    )


def material_groups(
    seen: Dossier, items: Mapping[ITEM, Item], earlier: Mapping[ITEM, tuple[Earlier, ...]]
) -> Iterator[Group]:
    taken = taken_from(seen)
    for group in seen.service.groups:
        rows = tuple(
            replace(judged(seen, items, earlier, "material", view.slot.key, view.slot.title, None, slot=view),
                    taken=taken.get(view.slot.key))
            for view in seen.slots
            if view.group == group.key and (view.file is not None or view.required)
        )
        if rows:
            yield Group(f"materials-{group.key}", group.title, rows)


# Values

def shown_value(
    seen: Dossier, one: Field, value: Any, place: str, revealed: frozenset[str] = frozenset(), section: str = ""
) -> Shown:
    words = seen.definition.words(one.key, value, section)
    if not one.mask or one.mask in IN_LISTS:
        return Shown(words, one.label)
    if place in revealed:
        return Shown(words, one.label, place, revealed=True)
    hidden = mask(one.mask, str(value))
    return Shown(Text(hidden, hidden), one.label, place)


def value_at(seen: Dossier, place: str) -> Shown | None:
    """One value of the case in full, by its place; None where there is nothing."""
    one = seen.definition.field(place)
    head, _, rest = place.partition(".")
    number, _, key = rest.partition(".")
    value: Any = seen.answers.get(head)
    if rest:
        rows = value if isinstance(value, list) else []
        value = rows[int(number[:6])].get(key) if number.isdecimal() and int(number[:6]) < len(rows) else None
    if one is None or not one.mask or value in (None, "", []):
        return None
    return shown_value(seen, one, value, place, frozenset({place}), head if rest else "")


def in_words(seen: Dossier, item_key: str, answers: Mapping[str, Any]) -> Text | None:
    """An item of the form in one line, personal values masked; None where it is absent."""
    head, _, number = item_key.partition(".")
    section = next((s for s in seen.service.sections if s.rows is not None and s.key == head), None)
    if section is not None:
        rows = answers.get(head) or []
        if not number.isdecimal() or int(number[:6]) >= len(rows):
            return None
        shown = row_details(seen, section, int(number), rows[int(number)], frozenset())
        return Text("，".join(s.text.zh for s in shown), ", ".join(s.text.en for s in shown))
    one, value = seen.definition.field(item_key), answers.get(item_key)
    return shown_value(seen, one, value, item_key).text if one and is_judged(one) and value not in (None, "", []) else None


# What was returned before

def earlier_returns(seen: Dossier, items: Mapping[ITEM, Item]) -> dict[ITEM, tuple[Earlier, ...]]:
    """The told returns of each item, newest first; of the newest one what was there and what is there now.

    No statement of its own while nothing was ever returned, two otherwise.
    """
    returns: dict[ITEM, list[Word]] = {}
    for verdict in reversed(seen.verdicts):
        if verdict.word.result == "returned" and verdict.word.published:
            returns.setdefault((verdict.kind, verdict.key), []).append(verdict.word)
    if not returns:
        return {}
    moves = [e.details for e in CaseEvent.objects.filter(proceeding=seen.proceeding).exclude(to_step="").order_by("-seq")]
    versions = {
        (f.material.key, f.stored.sha256): f
        for f in MaterialFile.objects.filter(material__case=seen.case).select_related("material", "stored")
    }
    found: dict[ITEM, tuple[Earlier, ...]] = {}
    for item, told in returns.items():
        found[item] = (compared(seen, item, told[0], judged_as(item, moves), versions), *(plain(seen, w) for w in told[1:]))
    return found


def judged_as(item: ITEM, moves: list[dict[str, Any]]) -> dict[str, Any]:
    """What had been submitted when the item was returned last. `moves`: their details, newest first."""
    returning = next(
        (n for n, d in enumerate(moves) if any((v["kind"], v["key"]) == item for v in d.get("verdicts", ()))), len(moves)
    )
    return next((d for d in moves[returning:] if "answers" in d), {})


def plain(seen: Dossier, word: Word, **more: Any) -> Earlier:
    reasons = tuple(seen.service.reasons[c] for c in word.reasons if c in seen.service.reasons)
    return Earlier(word.round, reasons, word.note, word.reply, **more)


def compared(
    seen: Dossier, item: ITEM, word: Word, before: Mapping[str, Any], versions: Mapping[tuple[str, str], MaterialFile]
) -> Earlier:
    kind, key = item
    if kind == "material":
        old_sha, new_sha = (before.get("files") or {}).get(key, ""), seen.files.get(key, "")
        old = versions.get((key, old_sha))
        return plain(
            seen, word, changed=old_sha != new_sha, old_version=old.version if old else None, old_pages=old.pages if old else 0,
            before=version_of(old), after=version_of(versions.get((key, new_sha))),
        )
    old_words = in_words(seen, key, before.get("answers") or {})
    new_words = in_words(seen, key, seen.answers)
    return plain(seen, word, changed=word.digest != digest_now(seen, item), before=old_words, after=new_words or GONE)


def digest_now(seen: Dossier, item: ITEM) -> str:
    return next((i.digest for i in seen.items if i.id == item), "")


def version_of(file: MaterialFile | None) -> Text | None:
    if file is None:
        return None
    pages = "1 page" if file.pages == 1 else f"{file.pages} pages"
    return Text(f"第{file.version}版（{file.pages}页）", f"version {file.version} ({pages})")
