"""Finding a service by what somebody types: in both languages, by the beginnings of its sounds, and with a slip. Pure.

A word counts by where it stands: in the title most, then in what the service is about, then in its documents and reasons.
Exact words come first; only where nothing holds them all are words taken that are one slip away.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from laihua.catalog.definitions import Service
from laihua.kernel.texts import Text

TITLE, ABOUT, WITHIN = 8, 4, 1
MATERIAL, REASON = Text("材料：{name}", "Document: {name}"), Text("退回原因：{name}", "Reason for return: {name}")
HAN = ("\u3400", "\u9fff")


@dataclass(frozen=True, slots=True)
class Hit:
    """`because`: the document or the reason in which a word was found, where neither title nor summary has it."""

    score: int
    because: Text | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """`near`: nothing holds the words themselves; these are a slip away."""

    hits: Mapping[str, Hit]
    near: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of a service, folded; `sounds` are the first letters of its characters."""

    weight: int
    folded: str
    sounds: str
    because: Text | None = None


def search(services: Sequence[Service], typed: str, events: Mapping[str, Text]) -> Found:
    """By service id. `events`: the labels of life events. Nothing typed finds everything."""
    words = typed.casefold().split()
    if not words:
        return Found({s.id: Hit(0) for s in services})
    entries = {s.id: list(entries_of(s, [str_of(events[e]) for e in s.life_events if e in events])) for s in services}
    for near in (False, True):
        found = {id: hit for id, rows in entries.items() if (hit := _hit(rows, words, near)) is not None}
        if found:
            return Found(found, near)
    return Found({})


def _hit(entries: Sequence[Entry], words: Sequence[str], near: bool) -> Hit | None:
    score, because = 0, None
    for word in words:
        best = max((e for e in entries if holds(e, word, near)), key=lambda e: e.weight, default=None)
        if best is None:
            return None
        score += best.weight
        because = because or (best.because if best.weight == WITHIN else None)
    return Hit(score, because)


def holds(entry: Entry, word: str, near: bool) -> bool:
    if word in entry.folded:
        return True
    if entry.weight > WITHIN and len(word) >= 3 and word.isascii() and word.isalpha() and word in entry.sounds:
        return True
    return near and entry.weight > WITHIN and is_near(word, entry.folded)


def entries_of(service: Service, events: Sequence[str]) -> Iterator[Entry]:
    for text in (service.title, service.short_title):
        yield _entry(TITLE, str_of(text))
    for about in (str_of(service.family), str_of(service.summary), *events):
        yield _entry(ABOUT, about)
    for slot in service.slots().values():
        yield _entry(WITHIN, str_of(slot.title), MATERIAL.format(name=slot.title))
    for reason in service.reasons.values():
        yield _entry(WITHIN, str_of(reason.title), REASON.format(name=reason.title))


def _entry(weight: int, text: str, because: Text | None = None) -> Entry:
    return Entry(weight, text, initials(text) if weight > WITHIN else "", because)


def str_of(text: Text) -> str:
    return f"{text.zh} {text.en}".casefold()


def is_near(word: str, text: str) -> bool:
    """A word of the text, or a stretch of Chinese as long, is one slip away: two from eight letters on. Not for short words."""
    if any(HAN[0] <= c <= HAN[1] for c in word):
        letters = set(word)
        stretches = (text[i : i + n] for n in (len(word), len(word) - 1, len(word) + 1) for i in range(len(text) - n + 1))
        return len(word) >= 3 and any(len(letters & set(s)) >= len(letters) - 1 and slips(word, s, 1) <= 1 for s in stretches)
    allowed = 0 if len(word) < 4 else 1 if len(word) < 8 else 2
    return allowed > 0 and any(slips(word, one, allowed) <= allowed for one in _latin(text))


def _latin(text: str) -> list[str]:
    return "".join(c if c.isascii() and c.isalnum() else " " for c in text).split()


def slips(a: str, b: str, most: int) -> int:
    """Letters to change, add, drop or swap with a neighbour until one is the other; anything beyond `most` is `most` + 1."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    rows = [list(range(len(b) + 1))]
    for i, x in enumerate(a, 1):
        row, above = [i], rows[-1]
        for j, y in enumerate(b, 1):
            cost = min(above[j] + 1, row[-1] + 1, above[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return min(rows[-1][-1], most + 1)


# In GB 2312 the common characters stand in the order of their sounds: where each first letter begins.
_BEGINS = (
    (0xB0A1, "a"), (0xB0C5, "b"), (0xB2C1, "c"), (0xB4EE, "d"), (0xB6EA, "e"), (0xB7A2, "f"), (0xB8C1, "g"), (0xB9FE, "h"), (0xBBF7, "j"),
    (0xBFA6, "k"), (0xC0AC, "l"), (0xC2E8, "m"), (0xC4C3, "n"), (0xC5B6, "o"), (0xC5BE, "p"), (0xC6DA, "q"), (0xC8BB, "r"), (0xC8F6, "s"),
    (0xCBFA, "t"), (0xCDDA, "w"), (0xCEF4, "x"), (0xD1B9, "y"), (0xD4D1, "z"), (0xD7FA, ""),
)


def initials(text: str) -> str:
    """The first letters of the sounds of its Chinese characters: 工作许可 → gzxk. A rarer character ends a stretch."""
    return "".join(_initial(c) for c in text)


@lru_cache(maxsize=4096)
def _initial(char: str) -> str:
    if not HAN[0] <= char <= HAN[1]:
        return " "
    try:
        code = int.from_bytes(char.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return " "
    return next((letter or " " for begin, letter in reversed(_BEGINS) if code >= begin), " ")
