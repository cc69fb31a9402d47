"""Positions in Chinese and English; which words mean the same stands in reference/positions.yaml."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from laihua.prechecks.comparing.apart import distance
from laihua.prechecks.comparing.levels import EQUAL, Likeness, different, equal, near
from laihua.prechecks.comparing.plain import bare, narrow
from laihua.prechecks.comparing.reference import table
from laihua.prechecks.comparing.scripts import chinese, has_han, has_latin, latin

TRANSLATED = equal("中文和英文职位名称对应", "The Chinese and the English position are the same")
SYNONYM = near("职位名称意思相近，写法不同", "The positions mean much the same in other words")
PART = near("一处比另一处多出部分内容，例如级别或部门", "One says more than the other, such as a rank or a department")
SCRIPTS = near("一处是中文，一处是外文，无法直接比较", "One is Chinese, the other is not: they cannot be compared directly")
SLIP = near("只差一两个字，可能是笔误或识读误差", "They differ in a letter or two, perhaps by a slip")
DIFFERENT = different("职位不同", "The positions differ")
STOP = {"of", "the", "for", "and", "in", "to", "a", "an", "at"}
LONG, FEW = 8, 4


@dataclass(frozen=True)
class Meaning:
    """`heads`: what somebody is; `parts`: in what. A word may mean several things, so each is a set. `rest`: unknown words."""

    heads: tuple[frozenset[int], ...]
    parts: tuple[frozenset[int], ...]
    rest: tuple[str, ...]


def likeness(given: str, read: str) -> Likeness:
    """A position named in two languages agrees where either of them does."""
    found = [one_likeness(a, b) for a in sides(given) for b in sides(read)]
    return min(found, key=lambda one: ("equal", "near", "different").index(one.level)) if found else DIFFERENT


def sides(text: str) -> list[str]:
    """The text and, where it has both, its Chinese and its Latin part."""
    both = [chinese(text), latin(text)] if has_han(text) and has_latin(text) else []
    return list(dict.fromkeys(part for part in (*both, text) if spelled(part)))


def one_likeness(one: str, two: str) -> Likeness:
    first, second = spelled(one), spelled(two)
    if first == second:
        return EQUAL
    crossed = has_han(one) != has_han(two)
    a, b = meaning(one), meaning(two)
    if not a.rest and not b.rest and agree(a.heads, b.heads) and agree(a.parts, b.parts):
        return TRANSLATED if crossed else SYNONYM
    if any(first in row and second in row for row in alike()):
        return SYNONYM
    if one_off(first, second) and (a.rest or b.rest):
        return SLIP
    if a.heads and b.heads and not any(x & y for x in a.heads for y in b.heads):
        return DIFFERENT
    if crossed:
        return SCRIPTS if a.rest or b.rest or not (a.heads and b.heads) else PART if within(a, b) or within(b, a) else DIFFERENT
    if within(a, b) or within(b, a):
        return PART
    return DIFFERENT


def one_off(one: str, two: str) -> bool:
    """Spelled nearly alike: one of them may hold a slip, unless both are known words, such as teachers of two languages."""
    if has_han(one):
        return has_han(two) and min(len(one), len(two)) >= FEW and distance(one, two) == 1
    return min(len(one), len(two)) >= LONG and distance(one, two) <= 2


def agree(one: tuple[frozenset[int], ...], two: tuple[frozenset[int], ...]) -> bool:
    """Each thing that one means is among what the other means, and the other way round."""
    return len(one) == len(two) and all(any(x & y for y in two) for x in one) and all(any(x & y for x in one) for y in two)


def within(one: Meaning, two: Meaning) -> bool:
    return (
        all(any(x & y for y in two.heads) for x in one.heads) and all(any(x & y for y in two.parts) for x in one.parts)
        and not Counter(one.rest) - Counter(two.rest) and bool(one.heads or one.parts or one.rest)
    )


def spelled(text: str) -> str:
    return "".join(pieces(text))


def pieces(text: str) -> list[str]:
    """Chinese characters as one row, English words one by one, short forms written out."""
    plain = bare(narrow(text)).replace("&", " ")
    if has_han(text):
        return re.findall(r"\w", plain)
    words = [word for raw in re.findall(r"\w+", plain) for part in parted(raw) for word in short().get(part, part).split()]
    return [singular(w) for w in words if w not in STOP]


@cache
def parted(word: str) -> tuple[str, ...]:
    """Known words that reading has run together; the word itself where it is none or no row of such."""
    if word in vocabulary() or len(word) < LONG:
        return (word,)
    reached: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(1, len(word) + 1):
        rows = [reached[at] + (word[at:end],) for at in reached if word[at:end] in vocabulary()]
        if rows:
            reached[end] = min(rows, key=len)
    return reached.get(len(word), (word,))


@cache
def vocabulary() -> frozenset[str]:
    rows = [*table("positions")["heads"], *table("positions")["parts"]]
    known = {w for row in rows for phrase in row if phrase.isascii() for w in phrase.split() if len(w) > 1}
    return frozenset(known | {f"{w}s" for w in known} | STOP - {"a"} | short().keys())


def singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "ics")) else word


@cache
def meaning(text: str) -> Meaning:
    row = pieces(text)
    end = len(row) if has_han(text) else len(pieces(re.split(r"(?i)\s(?:of|to|for|in)\s", text)[0]))
    heads: list[frozenset[int]] = []
    parts: list[frozenset[int]] = []
    rest: list[str] = []
    at = 0
    longest = max(map(len, concepts()))
    while at < len(row):
        for size in range(min(longest, len(row) - at), 0, -1):
            if found := concepts().get(tuple(row[at:at + size])):
                as_head, as_part = (frozenset(n for n in found if (n >= 0) == is_head) for is_head in (True, False))
                is_head = bool(as_head) and (at + size == end or not as_part)
                (heads if is_head else parts).append(as_head if is_head else as_part)
                at += size
                break
        else:
            rest.append(row[at])
            at += 1
    return Meaning(tuple(heads), tuple(parts), tuple(rest))


@cache
def short() -> dict[str, str]:
    return dict(table("positions")["short"])


@cache
def alike() -> list[set[str]]:
    return [set(map(spelled, row)) for row in table("positions")["alike"]]


@cache
def concepts() -> dict[tuple[str, ...], frozenset[int]]:
    """What each row of words means: heads by their number from 0, parts by negative ones. The last word of a title is its head."""
    found: dict[tuple[str, ...], set[int]] = {}
    for number, row in enumerate(table("positions")["heads"]):
        for word in row:
            found.setdefault(tuple(pieces(word)), set()).add(number)
    for number, row in enumerate(table("positions")["parts"], 1):
        for word in row:
            found.setdefault(tuple(pieces(word)), set()).add(-number)
    return {words: frozenset(meant) for words, meant in found.items()}
