"""A choice in steps: first the kind, then one entry after the other, each below the one before. Pure.

The entries of the list say their `level` and, below another one, their `parent`; the field says which levels may be chosen
and which of them lie `within` another: 市级外专局 within 省级外专局. Kept is the code of the last entry alone, for the way
to it follows from the list. What is not chosen to its end is kept as the page sent it: [kind, entry, entry].
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from laihua.catalog.definitions import Choice, Field, Level
from laihua.kernel.texts import Text

NOT_LISTED = Text("请从列表中选择", "Choose from the list")
KIND_MISSING = Text("请先选择{label}", "{label} is to be chosen first")
ENTRY_MISSING = Text("请选择{label}", "{label} is still to be chosen")
NOT_BELOW = Text("{entry}不属于{above}，请重新选择", "{entry} does not belong to {above}; please choose again")


class NotChosen(Exception):
    """The way ends too early, or leads to somewhere else. `message` says what to choose."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the selects. Of `entries` an entry counts where `shown` says so for the choices before it."""

    number: int
    label: Text
    value: str
    entries: tuple[Choice, ...]


def chain(field: Field, kind: str) -> list[Level]:
    """The levels from the topmost down to the chosen one. Empty for an unknown kind."""
    by_code, found, code = {level.code: level for level in field.levels}, [], kind
    while code in by_code and by_code[code] not in found:
        found.append(by_code[code])
        code = by_code[code].within
    return found[::-1]


def depth(field: Field) -> int:
    return max((len(chain(field, level.code)) for level in field.levels), default=0)


def way_to(field: Field, code: str) -> list[str]:
    """[kind, entry, entry] of a stored code; empty where the list does not know it."""
    entries = {c.code: c for c in field.choices}
    last, way = entries.get(code), []
    if last is None:
        return []
    at: Choice | None = last
    while at is not None and at.code not in way:
        way.append(at.code)
        at = entries.get(at.parent)
    return [last.level, *way[::-1]]


def chosen(field: Field, raw: Any) -> str | None:
    """The code that is kept; None when nothing was chosen at all. Raises NotChosen.

    Without script every select is there: whoever chose a city alone has said the province with it, but a province that
    is not the city's is asked about.
    """
    if isinstance(raw, str):
        way = way_to(field, raw)
        if not way or not chain(field, way[0]):
            raise NotChosen(NOT_LISTED)
        return raw
    given = [str(part) for part in raw]
    if not any(given):
        return None
    kind, parts = given[0], given[1:]
    if len(field.levels) == 1 and not kind:
        kind = field.levels[0].code
    levels = chain(field, kind)
    if not levels:
        raise NotChosen(KIND_MISSING.format(label=field.kind_label or field.label))
    return _last(field, levels, parts[: len(levels)])


def _last(field: Field, levels: Sequence[Level], parts: Sequence[str]) -> str:
    entries = {c.code: c for c in field.choices}
    code = parts[len(levels) - 1] if len(parts) >= len(levels) else ""
    wanted = code or next((level for level, part in zip(levels, [*parts, *[""] * len(levels)], strict=False) if not part), levels[-1])
    if isinstance(wanted, Level):
        raise NotChosen(ENTRY_MISSING.format(label=wanted.label))
    last = entries.get(code)
    if last is None or last.level != levels[-1].code:
        raise NotChosen(NOT_LISTED)
    for part, truly in zip(parts, way_to(field, code)[1:], strict=False):
        if part and part != truly:
            above = entries.get(part)
            raise NotChosen(NOT_BELOW.format(entry=last.label, above=above.label if above else Text(part, part)))
    return code


def stages(field: Field, value: Any) -> list[Stage]:
    """The selects below the one for the kind, each with every entry that can stand there, and what is chosen in it."""
    way = value if isinstance(value, list) else way_to(field, str(value or ""))
    parts = [*way[1:], *[""] * depth(field)]
    return [Stage(n, label_of(field, n), parts[n], tuple(at_depth(field, n))) for n in range(depth(field))]


def kind_of(field: Field, value: Any) -> str:
    way = value if isinstance(value, list) else way_to(field, str(value or ""))
    return way[0] if way else field.levels[0].code if len(field.levels) == 1 else ""


def label_of(field: Field, number: int) -> Text:
    """The first one bears the name of the field, each below it that of its level."""
    if number == 0:
        return field.label
    names = dict.fromkeys(c[number].label for level in field.levels if len(c := chain(field, level.code)) > number)
    return Text(" / ".join(n.zh for n in names), " / ".join(n.en for n in names))


def at_depth(field: Field, number: int) -> Iterator[Choice]:
    levels = {c[number].code for level in field.levels if len(c := chain(field, level.code)) > number}
    yield from (c for c in field.choices if c.level in levels)


def kinds_at(field: Field, entry: Choice) -> list[str]:
    """The kinds for which this entry can be chosen on the way: one without anything below it leads to no city."""
    below = {c.parent for c in field.choices if c.parent}
    found = []
    for level in field.levels:
        levels = [one.code for one in chain(field, level.code)]
        if entry.level in levels and (entry.level == level.code or entry.code in below):
            found.append(level.code)
    return found


def in_words(field: Field, value: Any) -> Text:
    """The whole way: 市级外专局 · 河北省科学技术厅 · 邯郸市外国专家局."""
    way = value if isinstance(value, list) else way_to(field, str(value)) or [str(value)]
    labels = {c.code: c.label for c in field.choices}
    parts = [labels.get(str(part), Text(str(part), str(part))) for part in way[1:] if part]
    if len(field.levels) > 1:
        parts = [*(level.label for level in field.levels if level.code == way[0]), *parts]
    return Text(" · ".join(p.zh for p in parts), " · ".join(p.en for p in parts))


def faults(field: Field) -> Iterator[str]:
    """What is wrong with the levels or the list, for `laihua check`."""
    codes = [level.code for level in field.levels]
    entries = {c.code: c for c in field.choices}
    for level in field.levels:
        if level.within and level.within not in codes:
            yield f"level “{level.code}” lies within “{level.within}”, which the field does not name."
        if not any(c.level == level.code for c in field.choices):
            yield f"the list of “{field.key}” has no entry of the level “{level.code}”."
        for entry in (c for c in field.choices if c.level == level.code):
            above = entries.get(entry.parent)
            if level.within and (above is None or above.level != level.within):
                yield f"entry “{entry.code}” has no parent of the level “{level.within}”."
