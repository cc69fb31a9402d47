"""How a page is recognised by its words: what the paper is called in its heading, and what else such papers say.

Words are compared bare, so that spaces, accents, case and punctuation do not matter; in a heading a few characters may be
misread. Nothing depends on where on the page or in which font something stands, but for what makes a heading: a line of
little more than the title, or one that is taller than the others.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from statistics import median

from laihua.prechecks.kinds._mended import mended
from laihua.prechecks.layout import is_han
from laihua.prechecks.words import Leaf, Line

HEADED = 0.5            # what a title in a heading is worth
MENTIONED = 0.2         # and one within other words
WORDS_ALONE = 0.75      # the most that words without a title come to
COVERED = 0.45          # the share of its line that a title in a heading takes
TALL = 1.35             # how much taller than others a line is that is a heading whatever else it says
LONGEST_HEADING = 110
LOOKALIKE = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "5": "s", "8": "b"})
"""Characters that reading takes for one another stand for the same."""


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if c.isalnum()).translate(LOOKALIKE)


@dataclass(frozen=True)
class Heading:
    text: str
    tall: bool

    @cached_property
    def pairs(self) -> frozenset[str]:
        return pairs(self.text)


@dataclass(frozen=True)
class Words:
    """One page, ready to be searched. `text`: all its lines in one, since what they say runs over their ends."""

    text: str
    headings: tuple[Heading, ...]


def pairs(text: str) -> frozenset[str]:
    return frozenset(text[i:i + 2] for i in range(len(text) - 1))


@lru_cache(maxsize=16)
def words_of(lines: tuple[Line, ...]) -> Words:
    bared = [bare(line.text) for line in lines]
    usual = median(line.box.height for line in lines) if lines else 0.0
    tall = [line.box.height > TALL * usual for line in lines]
    return Words("".join(bared), tuple(Heading(text, high) for text, high in headings(bared, tall) if 0 < len(text) <= LONGEST_HEADING))


def headings(texts: list[str], tall: list[bool]) -> Iterator[tuple[str, bool]]:
    """Each line, and each with the one after it, since a title may take two."""
    yield from zip(texts, tall, strict=True)
    for (one, first), (two, second) in zip(zip(texts, tall, strict=True), zip(texts[1:], tall[1:], strict=True), strict=False):
        if one and two:
            yield one + two, first and second


def slips(text: str) -> int:
    """How many characters of a title may be misread; in words of letters half as many, since some differ by a few only."""
    return min(3, len(text) // (6 if is_han(text[0]) else 12))


def stands_in(title: str, text: str) -> bool:
    """With as many characters wrong, missing or too many as `slips` allows."""
    if title in text:
        return True
    allowed = slips(title)
    if not allowed or len(text) < len(title) - allowed:
        return False
    row = list(range(len(title) + 1))
    for character in text:
        before, row[0] = row[0], 0
        for at, wanted in enumerate(title, 1):
            before, row[at] = row[at], min(before + (wanted != character), row[at] + 1, row[at - 1] + 1)
        if row[-1] <= allowed:
            return True
    return False


@dataclass(frozen=True)
class Evidence:
    """`titles`: what the paper is called. `words`: groups of which each counts once, with what it is worth.

    `other`: headings that say that the page is something else, however alike its words are. `enough`: what `titles` alone
    are worth where the title says everything, such as that of a form of our own.
    """

    titles: tuple[str, ...]
    words: tuple[tuple[float, tuple[str, ...]], ...]
    other: tuple[str, ...] = ()
    headed: float = HEADED

    @cached_property
    def bare_titles(self) -> tuple[str, ...]:
        return tuple(sorted({bare(t) for t in self.titles}, key=len, reverse=True))

    @cached_property
    def bare_other(self) -> tuple[str, ...]:
        return tuple(bare(t) for t in self.other)

    @cached_property
    def bare_words(self) -> tuple[tuple[float, tuple[str, ...]], ...]:
        return tuple((worth, tuple(map(bare, phrases))) for worth, phrases in self.words)

    def score(self, leaf: Leaf) -> float:
        page = words_of(mended(leaf).lines)
        said = sum(worth for worth, phrases in self.bare_words if any(p in page.text for p in phrases))
        headed = any(heads(page, title) for title in self.bare_titles)
        if any(heads(page, title, exact=True) for title in self.bare_other) and not headed:
            return min(said, WORDS_ALONE) / 3
        if headed:
            return min(1.0, self.headed + said)
        named = MENTIONED if any(t in page.text for t in self.bare_titles if len(t) >= 5) else 0.0
        return min(WORDS_ALONE, named + said)


def heads(page: Words, title: str, *, exact: bool = False) -> bool:
    wanted, allowed = pairs(title), 0 if exact else slips(title)
    for heading in page.headings:
        if not heading.tall and len(title) < COVERED * len(heading.text):
            continue
        if len(wanted - heading.pairs) <= 2 * allowed and (title in heading.text or (allowed and stands_in(title, heading.text))):
            return True
    return False
