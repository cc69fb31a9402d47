"""What changed between two submissions, in words: old → new. Personal numbers are masked on both sides."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from laihua.catalog.compiled import Definition
from laihua.catalog.definitions import Field, Section
from laihua.kernel.masking import mask
from laihua.kernel.texts import Text

NOTHING = Text("—", "—")
ADDED, REMOVED, REPLACED = Text("新增", "added"), Text("删除", "removed"), Text("更换", "replaced")
HIDDEN = Text("已更改（不显示内容）", "changed (not shown)")


@dataclass(frozen=True, slots=True)
class Change:
    """`what` in place of both sides where a thing came, went or was replaced as a whole."""

    label: Text
    old: Text | None = None
    new: Text | None = None
    what: Text | None = None


def masked(definition: Definition, field: Field, value: Any, section: str = "") -> Text:
    if value in (None, "", []):
        return NOTHING
    words = definition.words(field.key, value, section)
    return Text(mask(field.mask, words.zh), mask(field.mask, words.en)) if field.mask else words


def changes(definition: Definition, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """`before`, `after`: what the history keeps of two submissions (`answers`, `files`). Declarations are
    given by another act than the submission, so they are no change of it."""
    old, new = before.get("answers") or {}, after.get("answers") or {}
    found: list[Change] = []
    for section in definition.service.sections:
        if section.rows is not None:
            found += of_rows(definition, section, old.get(section.key) or [], new.get(section.key) or [])
        else:
            found += of_fields(definition, section.fields, old, new)
    return [*found, *of_files(definition, before.get("files") or {}, after.get("files") or {})]


def of_fields(
    definition: Definition, fields: tuple[Field, ...], old: Mapping[str, Any], new: Mapping[str, Any], section: str = "",
    row: Text | None = None,
) -> Iterator[Change]:
    for field in fields:
        if old.get(field.key) == new.get(field.key) or field.type == "declaration":
            continue
        was, now = (masked(definition, field, side.get(field.key), section) for side in (old, new))
        label = field.label if row is None else Text(f"{row.zh}：{field.label.zh}", f"{row.en}: {field.label.en}")
        yield Change(label, what=HIDDEN) if was == now else Change(label, was, now)


def of_rows(definition: Definition, section: Section, old: list[Any], new: list[Any]) -> Iterator[Change]:
    for n in range(max(len(old), len(new))):
        label = Text(f"{section.title.zh} {n + 1}", f"{section.title.en} {n + 1}")
        if n >= len(old):
            yield Change(label, what=ADDED)
        elif n >= len(new):
            yield Change(label, what=REMOVED)
        else:
            yield from of_fields(definition, section.fields, old[n], new[n], section.key, label)


def of_files(definition: Definition, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for key, slot in definition.service.slots().items():
        was, now = old.get(key), new.get(key)
        if was != now:
            yield Change(slot.title, what=ADDED if was is None else REMOVED if now is None else REPLACED)
