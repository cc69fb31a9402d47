"""A document as it is remembered after it was read: its kind, what it carries and where. Much smaller than its words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from laihua.prechecks.kind import CERTAIN, Found, Kind, kinds
from laihua.prechecks.words import Box, Leaf, Reading

HAN = re.compile(r"[\u3400-\u9fff]")
NUMBERED = (
    re.compile(r"第\s*(?P<n>\d{1,3})\s*页\s*[,，、/|(（]?\s*[共总]\s*(?P<of>\d{1,3})\s*页"),
    re.compile(r"[共总]\s*(?P<of>\d{1,3})\s*页\s*[,，、/|(（]?\s*第\s*(?P<n>\d{1,3})\s*页"),
    re.compile(
        r"\b(?:page|seite|pagina|página|side|sida|strona|strana|sayfa|стр\.?|страница)\s*(?P<n>\d{1,3})\s*"
        r"(?:/|of|out of|von|sur|de|di|van|av|af|z|ze|из)\s*(?P<of>\d{1,3})\b", re.IGNORECASE),
)
CERTIFIED = re.compile(
    r"(?:附加证明书|海牙认证|领事认证书?|使馆认证|\bapostill?[ea]\b|\bconsular\s+(?:authentication|legali[sz]ation))[)）]?\s*"
    r"(?:(?:apostille|编号|号码|证书号|no|number|nr|n°|nº)[.:：]?\s*){0,2}[:：#]?\s*(?=[A-Z0-9/-]*\d{3})(?=[A-Z0-9/-]{5})[A-Z]{0,4}[-/]?\d",
    re.IGNORECASE)
"""What certifies a page by a mere line: its name and its number."""


@dataclass(frozen=True, slots=True)
class KindSeen:
    """`pages`: those that are of the kind, the best score first."""

    id: str
    score: float
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What is remembered of one page. Places are those on the page as it is shown."""

    number: int
    by: Literal["text", "ocr", "nothing"]
    words: int
    sure: float                         # the mean of its words, by their length; 0 where there are none
    turned: int = 0
    seals: tuple[Box, ...] = ()
    signatures: tuple[Box, ...] = ()
    numbered: tuple[int, int] | None = None     # “page 2 of 5”, as it is printed
    chinese: float = 0.0                # the share of Chinese characters among its letters: a translation is known by it
    certified: bool = False             # a line names its apostille or authentication with the number


@dataclass(frozen=True, slots=True)
class Document:
    pages: int
    seen: tuple[KindSeen, ...]          # the likeliest first
    fields: Mapping[str, Mapping[str, tuple[Found, ...]]]   # by kind, then by key; places on the page as it is shown
    leaves: tuple[Page, ...]
    codes: tuple[str, ...] = ()

    def kind(self, id: str) -> KindSeen | None:
        return next((k for k in self.seen if k.id == id), None)

    def found(self, kind: str, key: str) -> tuple[Found, ...]:
        return self.fields.get(kind, {}).get(key, ())


def remember(reading: Reading, wanted: str) -> Document:
    """What is kept of a reading: what it carries as the kinds that it is of, and as the one that is `wanted` in its slot."""
    seen = sorted((k for kind in kinds().values() if (k := seen_as(kind, reading))), key=lambda k: -k.score)
    extracted = [k.id for k in seen] + [wanted] * (wanted in kinds() and wanted not in {k.id for k in seen})
    leaves = {leaf.number: leaf for leaf in reading.leaves}
    return Document(
        reading.pages, tuple(seen),
        {id: {key: tuple(as_shown(one, leaves) for one in found) for key, found in kinds()[id].extract(reading).items() if found}
         for id in extracted},
        tuple(page_of(leaf) for leaf in reading.leaves), reading.codes,
    )


def seen_as(kind: Kind, reading: Reading) -> KindSeen | None:
    scores = sorted(((kind.score(leaf), leaf.number) for leaf in reading.leaves), key=lambda s: (-s[0], s[1]))
    pages = tuple(number for score, number in scores if score >= CERTAIN)
    return KindSeen(kind.id, scores[0][0], pages) if pages else None


def as_shown(found: Found, leaves: Mapping[int, Leaf]) -> Found:
    return replace(found, box=leaves[found.page].on_page(found.box))


def page_of(leaf: Leaf) -> Page:
    letters = sum(len(line.text) for line in leaf.lines)
    sure = sum(line.sure * len(line.text) for line in leaf.lines) / letters if letters else 0.0
    numbers = next((match for pattern in NUMBERED if (match := pattern.search(leaf.text))), None)
    return Page(
        leaf.number, leaf.by, len(leaf.lines), sure, leaf.turned, tuple(map(leaf.on_page, leaf.seals)),
        tuple(map(leaf.on_page, leaf.signatures)), (int(numbers["n"]), int(numbers["of"])) if numbers else None, chinese_share(leaf.text),
        any(CERTIFIED.search(line.text) for line in leaf.lines),
    )


def chinese_share(text: str) -> float:
    letters = sum(c.isalpha() for c in text)
    return len(HAN.findall(text)) / letters if letters else 0.0
