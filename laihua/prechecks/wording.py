"""Printed words and phrases found in what was read, with the slips that OCR makes.

They are compared without case, accents, spaces and punctuation. In pictures one slip in six letters is allowed, but only
where nothing stands there exactly; what a page carries as text has none.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from laihua.prechecks.words import Leaf

ALIKE = str.maketrans("01iı曰入末己巳", "olll日人未已已")     # what OCR takes for one another


def says(leaf: Leaf, *words: str) -> int:
    """How many of these words or phrases the page carries anywhere, also over the end of a line."""
    text = " ".join(line.text for line in leaf.lines)
    return sum(bool(places(text, word, exactly=leaf.by == "text")) for word in words)


def titled(leaf: Leaf, *titles: str) -> str:
    """Which of these stands as a line of its own, or fills at least half of one; "" for none."""
    for line in leaf.lines:
        whole = len(letters(line.text))
        for title in titles:
            found = places(line.text, title, exactly=leaf.by == "text")
            if any(2 * len(letters(line.text[start:end])) >= whole for start, end, _ in found):
                return title
    return ""


def places(text: str, word: str, *, exactly: bool = False) -> list[tuple[int, int, int]]:
    """Where a word or phrase stands in a text, by whole words: start, end, slips."""
    plain, at = folded(text)
    wanted = folded(word)[0]
    found = []
    for start, end, slips in near(plain, wanted, exactly=exactly) if wanted else ():
        limit = at[end] if end < len(at) else len(text)
        first, last = at[start], closed(text, at[start], last_letter(text, at[end - 1], limit))
        if whole_word(text, first, last):
            found.append((first, last, slips))
    return found


def last_letter(text: str, start: int, limit: int) -> int:
    """Where the last letter of a match ends: one folded letter may be printed as two."""
    end = start + 1
    while end < limit and text[end].isalnum():
        end += 1
    return end


def closed(text: str, start: int, end: int) -> int:
    """The end of a match with the bracket that closes one opened in it: name(s)."""
    return end + 1 if text[end:end + 1] in (")", "）") and re.search(r"[(（]", text[start:end]) else end


def whole_word(text: str, start: int, end: int) -> bool:
    """Whether a match does not begin or end within a word. Chinese words end anywhere: their values follow without a blank."""
    before, first, last, after = text[start - 1:start], text[start], text[end - 1], text[end:end + 1]
    if is_han(first):
        spaced = before == " " and re.search(r"\s", text[start:end]) and start > 1
        if is_han(text[start - 2] if spaced else before) and not value_before(text, start):
            return False
    elif before.isalpha() and not is_han(before):
        return False
    if is_han(first) and end == start + 1 and is_han(after):
        return False
    return is_han(last) or not after.isalpha() or is_han(after)


def value_before(text: str, start: int) -> bool:
    """Chinese labels run on without a blank (性别男民族汉): after a short value, that of sex, one may begin."""
    return text[start - 1:start] in "男女日号"


def near(plain: str, wanted: str, *, exactly: bool = False) -> Iterator[tuple[int, int, int]]:
    """Every exact match, or else those with as many slips as the length allows."""
    if wanted in plain:
        yield from ((start, start + len(wanted), 0) for start in every(plain, wanted))
        return
    slips = 0 if exactly else min(2, len(wanted) // 6)
    reached = 0
    for offset, part in parts(wanted, slips):
        for hit in every(plain, part):
            low = max(reached, hit - offset - slips)
            if hit >= reached and (match := best(plain[low:low + len(wanted) + 3 * slips], wanted, slips)):
                start, end, cost = match
                yield low + start, low + end, cost
                reached = low + end


def every(plain: str, part: str) -> Iterator[int]:
    at = plain.find(part)
    while at >= 0:
        yield at
        at = plain.find(part, at + 1)


@lru_cache(maxsize=8192)
def parts(wanted: str, slips: int) -> tuple[tuple[int, str], ...]:
    """With so few slips one of these parts stands there as it should: only there is it worth while to look closer."""
    size = len(wanted) // (slips + 1)
    return tuple((offset, wanted[offset:offset + size]) for offset in range(0, size * (slips + 1), size)) if slips else ()


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
