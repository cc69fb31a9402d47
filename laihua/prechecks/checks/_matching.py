"""One value of a form, or of another document, held against everything that a document may be taken to say of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from laihua.kernel.texts import Text
from laihua.prechecks import mrz
from laihua.prechecks.checks._common import readings
from laihua.prechecks.comparing import dates, degrees, likeness, sexes
from laihua.prechecks.comparing.levels import Likeness
from laihua.prechecks.comparing.scripts import has_han, has_latin
from laihua.prechecks.findings import Given
from laihua.prechecks.kind import Carried, Found

ORDER = ("equal", "near", "different")
OTHER_CHINESE = Text("拼写一致，中文姓名不同（{said}）", "The spelling agrees, the Chinese name does not ({said})")
PART_OF_NAME = frozenset({"surname", "given_names"})


@dataclass(frozen=True, slots=True)
class Said:
    """`values`: the same thing as it may be written; for a name in Latin letters its `parts`. `shown`: for people."""

    values: tuple[str, ...]
    shown: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    likeness: Likeness
    found: Found


def said(given: Given, fields: Sequence[str], carried: Carried) -> Said | None:
    """What the form says; None where it says nothing yet. A Chinese and a Latin name are two writings of one person's."""
    answers = [str(answer) for field in fields if (answer := given.answers.get(field)) not in (None, "", [])]
    if not answers:
        return None
    if carried.type == "name":
        latin = tuple(a for a in answers if has_latin(a))
        chinese = [a for a in answers if a not in latin]
        values = ([" ".join(latin)] if latin else []) + chinese
        return Said(tuple(values), " ".join(answers), latin)
    label = given.codes.get(fields[0], {}).get(answers[0]) if len(answers) == 1 else None
    if carried.type == "sex":
        sex = sexes.read(label.zh if label else answers[0])
        return Said((sex,), label.zh if label else answers[0]) if sex else None
    if carried.type in {"country", "degree"} or label is None:
        whole = " ".join(answers)
        return Said((whole,), label.zh if label else whole)
    return Said((label.zh, label.en, answers[0]), label.zh)


def best(value: Said, found: Sequence[Found], carried: Carried, **context: Any) -> Match | None:
    """The match of what comes closest. A name is compared in each script that both sides have; the worst of them counts."""
    if carried.type == "name":
        by_script = [
            closest([v for v in value.values if has(v)], [f for f in found if has(f.value)], value, carried, context)
            for has in (has_latin, has_han)
        ]
        if matches := [match for match in by_script if match]:
            return of_both(*matches) if len(matches) == 2 else matches[0]
    return closest(value.values, found, value, carried, context)


def of_both(latin: Match, chinese: Match) -> Match:
    """The worse of the two counts; where the passport's spelling agrees another Chinese name is a doubt only."""
    if latin.likeness.level == "equal" and chinese.likeness.level == "different":
        return Match(Likeness("near", OTHER_CHINESE.format(said=chinese.likeness.text)), chinese.found)
    return max((latin, chinese), key=lambda match: ORDER.index(match.likeness.level))


def closest(values: Iterable[str], found: Sequence[Found], value: Said, carried: Carried, context: dict[str, Any]) -> Match | None:
    matches = [Match(compared(v, one, value, carried, context), one) for v in values for one in found]
    return min(matches, key=lambda match: ORDER.index(match.likeness.level), default=None)


def compared(value: str, one: Found, by: Said, carried: Carried, context: dict[str, Any]) -> Likeness:
    order = context.get("order", "")
    if carried.type in {"date", "month"}:
        return dates.likeness(value, one.value, others=readings(one, order)[1:], doubt=doubt_of(one, order))
    how: dict[str, Any] = {"label": context.get("label", "")}
    if carried.type == "name":
        how = {"parts": by.parts, "whole": carried.key not in PART_OF_NAME, "zone": context.get("cut", 0) if one.source == "zone" else 0}
    found = likeness(carried.type, value, one.text if carried.type == "degree" and not degrees.read(one.value) else one.value, **how)
    return Likeness("near", one.doubt) if one.doubt and found.level == "equal" else found


def doubt_of(one: Found, order: dates.Order) -> Text | None:
    """A day that may be read in two ways is none where the other dates of the document show its order."""
    if one.doubt is None or not order:
        return one.doubt
    read = next((r for r in dates.read(one.text, order=order)), None)
    return read.doubt if read and read.value == one.value else one.doubt


def cut_in(given: Given) -> int:
    """How many letters the name fills its zone with, 0 where it is not filled to the end."""
    for one in given.document.found(given.asks.kind, "name"):
        if mrz.is_truncated(one):
            return len(one.text)
    return 0
