"""Printed words and phrases found in what was read, with the slips that OCR makes.

They are compared without case, accents, spaces and punctuation. In pictures one slip in six letters is allowed, but only
where nothing stands there exactly; what a page carries as text has none.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from laihua.prechecks.words import Leaf

ALIKE = str.maketrans("01iı曰入末己巳", "olll日人未已已")     # what OCR takes for one another


def says(leaf: Leaf, *words: str) -> int:
    """How many of these words or phrases the page carries anywhere, also over the end of a line."""
    text = " ".join(line.text for line in leaf.lines)
    return len({word for word, *_ in sought(words).places(text, exactly=leaf.by == "text", inside=True)})


def titled(leaf: Leaf, *titles: str) -> str:
    """Which of these stands as a line of its own, or fills at least half of one; "" for none."""
    for line in leaf.lines:
        whole = len(letters(line.text))
        for title, start, end, _ in sought(titles).places(line.text, exactly=leaf.by == "text", inside=True):
            if 2 * len(letters(line.text[start:end])) >= whole:
                return title
    return ""


def places(text: str, word: str, *, exactly: bool = False) -> list[tuple[int, int, int]]:
    """Where a word or phrase stands in a text, by whole words: start, end, slips."""
    return [(start, end, slips) for _, start, end, slips in sought((word,)).places(text, exactly=exactly)]


@dataclass(frozen=True)
class Sought:
    """Many words to be found at once. `words` by their folded letters; `parts`: what stands right in each however it slips,
    with its place in the word and the slips that the word allows."""

    words: dict[str, str]
    parts: dict[str, list[tuple[str, int, int]]]

    @cached_property
    def lengths(self) -> tuple[list[int], list[int]]:
        return sorted({len(word) for word in self.words}), sorted({len(part) for part in self.parts})

    def places(self, text: str, *, exactly: bool = False, inside: bool = False) -> list[tuple[str, int, int, int]]:
        """Word, start, end and slips of each; a word that stands there exactly is not looked for with slips. `inside`: Chinese
        words also where other Chinese characters stand before them."""
        plain, at = folded(text)
        hits = list(self.exact(plain))
        if not exactly:
            hits += self.alike(plain, {word for word, *_ in hits})
        found = []
        for word, start, end, slips in hits:
            limit = at[end] if end < len(at) else len(text)
            first, last = at[start], closed(text, at[start], last_letter(text, at[end - 1], limit))
            if whole_word(text, first, last, inside=inside):
                found.append((self.words[word], first, last, slips))
        return found

    def exact(self, plain: str) -> Iterator[tuple[str, int, int, int]]:
        for start in range(len(plain)):
            for length in self.lengths[0]:
                if (word := plain[start:start + length]) in self.words and len(word) == length:
                    yield word, start, start + length, 0

    def alike(self, plain: str, known: set[str]) -> Iterator[tuple[str, int, int, int]]:
        tried = set()
        for at in range(len(plain)):
            for length in self.lengths[1]:
                for word, offset, slips in self.parts.get(plain[at:at + length], ()):
                    low = max(0, at - offset - slips)
                    if word in known or (word, low) in tried:
                        continue
                    tried.add((word, low))
                    if match := best(plain[low:low + len(word) + 3 * slips], word, slips):
                        yield word, low + match[0], low + match[1], match[2]


@lru_cache(maxsize=256)
def sought(words: tuple[str, ...]) -> Sought:
    """One slip in six letters, two at most: so one of that many parts and one more stands there as it should. None where a
    word ends with a single letter (passport n): that may be all that is there of it."""
    folds = {letters(word): word for word in reversed(words) if letters(word)}
    parts: dict[str, list[tuple[str, int, int]]] = {}
    for word, printed in folds.items():
        slips = 0 if re.search(r"[\s'][a-zA-Z]\W*$", printed) else min(2, len(word) // 6)
        size = len(word) // (slips + 1)
        for offset in range(0, size * (slips + 1), size) if slips else ():
            parts.setdefault(word[offset:offset + size], []).append((word, offset, slips))
    return Sought(folds, parts)


def last_letter(text: str, start: int, limit: int) -> int:
    """Where the last letter of a match ends: one folded letter may be printed as two."""
    end = start + 1
    while end < limit and text[end].isalnum():
        end += 1
    return end


def closed(text: str, start: int, end: int) -> int:
    """The end of a match with the bracket that closes one opened in it: name(s)."""
    return end + 1 if text[end:end + 1] in (")", "）") and re.search(r"[(（]", text[start:end]) else end


def whole_word(text: str, start: int, end: int, *, inside: bool = False) -> bool:
    """Whether a match does not begin or end within a word. Chinese words end anywhere: their values follow without a blank."""
    before, first, last, after = text[start - 1:start], text[start], text[end - 1], text[end:end + 1]
    if is_han(first):
        spaced = before == " " and re.search(r"\s", text[start:end]) and start > 1
        if is_han(text[start - 2] if spaced else before) and not inside and not value_before(text, start):
            return False
    elif before.isalpha() and not is_han(before):
        return False
    if is_han(first) and end == start + 1 and is_han(after):
        return False
    return not last.isalnum() or is_han(last) or not after.isalpha() or is_han(after)


def value_before(text: str, start: int) -> bool:
    """Chinese labels run on without a blank (性别男民族汉): after a short value, that of sex, one may begin."""
    return text[start - 1:start] in "男女日号"


@lru_cache(maxsize=4096)
def best(text: str, wanted: str, slips: int) -> tuple[int, int, int] | None:
    """The stretch of a text that is likest to the wanted one, with its number of slips, if these are few enough."""
    row = [(0, start) for start in range(len(text) + 1)]
    for number, letter in enumerate(wanted, 1):
        before, row = row, [(number, 0)]
        for column_, other in enumerate(text, 1):
            row.append(min((before[column_ - 1][0] + (letter != other), before[column_ - 1][1]),
                           (before[column_][0] + 1, before[column_][1]), (row[-1][0] + 1, row[-1][1])))
    cost, _, end = min((cost, -end, end) for end, (cost, _) in enumerate(row))
    return (row[end][1], end, cost) if cost <= slips and row[end][1] < end else None


@lru_cache(maxsize=8192)
def folded(text: str) -> tuple[str, tuple[int, ...]]:
    """The text as labels are compared, and where each of its letters stands in it."""
    plain: list[str] = []
    at: list[int] = []
    for number, char in enumerate(text):
        for letter in unicodedata.normalize("NFKD", char).casefold().translate(ALIKE):
            if letter.isalnum():
                if letter == "n" and plain[-1:] == ["r"]:       # read as one letter as often as not
                    plain[-1] = "m"
                    continue
                plain.append(letter)
                at.append(number)
    return "".join(plain), tuple(at)


def letters(text: str) -> str:
    return folded(text)[0]


def is_han(char: str) -> bool:
    return bool(char) and ("\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff")


def scripts(text: str) -> set[str]:
    """The scripts of the letters in a text, as the names of letters begin: han, latin, cyrillic, arabic …"""
    return {"han" if is_han(c) else unicodedata.name(c, "?").split()[0].lower() for c in text if c.isalpha()}
