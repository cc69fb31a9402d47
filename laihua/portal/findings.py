"""Findings of pre-review as pages show them: both values with what differs, the place on the page, what was said of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha1
from typing import Any

from laihua.cases.queries import Dossier, Noted, Precheck, SlotRead
from laihua.kernel.texts import Text
from laihua.portal.statuses import STATUSES
from laihua.prechecks.checks import checks
from laihua.prechecks.findings import Finding, Level, Place
from laihua.prechecks.words import Box

LEVELS: tuple[Level, ...] = ("mismatch", "doubt", "pass")
STATUS: dict[Level, str] = {"pass": "match", "doubt": "doubt", "mismatch": "mismatch"}
TONES: dict[Level, str] = {"pass": "green", "doubt": "amber", "mismatch": "red"}
SHORTEST = 2        # characters that two values must share in a row before they count as the same
LONGEST = 200       # a longer value is a paragraph: shown, not compared letter by letter
LISTS = frozenset({"choice", "country"})
YOURS, FORM = Text("您填写的", "You entered"), Text("申请表填写的", "The form says")
READ = Text("从材料读到的", "Read in the document")
PRINTED, ZONE = Text("资料页印的", "Printed on the page"), Text("机读区读到的", "Machine-readable zone")
NO_ROOM = 0.04      # of the page above a frame: less than a label needs
AROUND = 2e-3       # of the page: what a frame keeps away from its words, beside its own two pixels


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A frame on a page. `x`, `y`, `w`, `h` are shares of it, ready for a style. `is_first`: of those of its finding, and so
    the one that carries the label; `is_high`: above it there is no room for one."""

    x: str
    y: str
    w: str
    h: str
    tone: str
    label: Text
    anchor: str
    is_first: bool
    is_high: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A finding as it is shown to whoever looks: what `noted` hides from him is hidden here.

    `entered`: what the value of the form is called on the page. `said` and `seen`: both values in the words of a list, such
    as a country, where they are taken from one.
    """

    noted: Noted
    entered: Text
    other: Text | None = None           # the title of the other document, where two are compared
    said: Text | None = None
    seen: Text | None = None

    @property
    def finding(self) -> Finding:
        return self.noted.finding

    @property
    def anchor(self) -> str:
        return self.noted.anchor

    @property
    def title(self) -> Text:
        return self.finding.title

    @property
    def status(self) -> str:
        return STATUS[self.noted.level]

    @property
    def is_match(self) -> bool:
        return self.noted.level == "pass"

    @property
    def is_of_form(self) -> bool:
        """Whether it is mended in the form; else the document is replaced."""
        return bool(self.noted.fields)

    @property
    def place(self) -> Place | None:
        return next(iter(self.finding.places), None)

    @property
    def page(self) -> int:
        return self.place.page if self.place else 1

    @property
    def leaf(self) -> str:
        return leaf_id(self.finding.slot, self.page)

    @property
    def where(self) -> Text:
        if self.place is None:
            return self.noted.material
        return Text("{title} 第{n}页", "{title}, page {n}").format(title=self.noted.material, n=self.place.page)

    @property
    def given(self) -> str:
        return str(self.said) if self.said else self.noted.given

    @property
    def read(self) -> str:
        return str(self.seen) if self.seen else self.noted.read

    @property
    def read_pieces(self) -> list[Piece]:
        return pieces(self.read, self.given)

    @property
    def sides(self) -> list[tuple[Text, list[Piece]]]:
        """The values side by side under their names; none where the sentence says it all."""
        finding = self.finding
        if finding.check == "zone":
            named = (PRINTED, ZONE)
        elif self.other:
            named = (self.other, self.noted.material)
        elif self.is_of_form or finding.check == "window":
            named = (self.entered, READ)
        else:
            return []
        both = [(named[0], pieces(self.given, self.read)), (named[1], self.read_pieces)]
        return both if self.is_of_form else [(name, found) for name, found in both if found[0].text]

    @property
    def change_to(self) -> str:
        """What the button says that puts the document's value into the form; empty where there is none."""
        return " ".join(str(one.after) for one in self.noted.adopts)

    @property
    def sig(self) -> str:
        """Changes whenever the card would look different."""
        return signed(self)


def signed(*values: Any) -> str:
    return sha1(repr(values).encode(), usedforsecurity=False).hexdigest()[:16]


def pieces(one: str, other: str) -> list[Piece]:
    """`one` in pieces, those marked that are not the same in `other`; nothing is marked where there is nothing to compare."""
    if not one or not other or len(one) > LONGEST or len(other) > LONGEST:
        return [Piece(one)]
    start = common(one, other)
    end = common(one[start:][::-1], other[start:][::-1])
    middle, found = one[start:len(one) - end], [Piece(one[:start])]
    at = 0
    for block in SequenceMatcher(None, middle, other[start:len(other) - end], autojunk=False).get_matching_blocks():
        if block.size >= SHORTEST:
            found += [Piece(middle[at:block.a], True), Piece(middle[block.a:block.a + block.size])]
            at = block.a + block.size
    found += [Piece(middle[at:], True), Piece(one[len(one) - end:])]
    return [piece for piece in found if piece.text]


def common(one: str, other: str) -> int:
    """With how many of the same characters both begin."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def cards(precheck: Precheck, dossier: Dossier) -> list[Card]:
    titles = {slot.key: slot.title for slot in precheck.slots}
    entered = YOURS if dossier.is_applicant else FORM
    return [
        Card(noted, entered, titles.get(noted.finding.other_slot), *from_list(noted, dossier)) for noted in precheck.findings
    ]


def from_list(noted: Noted, dossier: Dossier) -> tuple[Text | None, Text | None]:
    """What the form says and what it would say after “改为”, where one field is filled from a list and nothing is hidden."""
    field = dossier.service.field_keys().get(noted.fields[0]) if len(noted.fields) == 1 else None
    if field is None or field.mask or field.type not in LISTS or not (value := dossier.answers.get(field.key)):
        return None, None
    said = dossier.definition.words(field.key, value)
    if noted.level == "pass":
        return said, said
    right = noted.finding.suggests.get(field.key)
    return said, dossier.definition.words(field.key, right) if right else None


def counts(precheck: Precheck) -> list[tuple[Level, str, int]]:
    """(level, its badge, how many), the worst first."""
    return [(level, STATUS[level], precheck.count(level)) for level in LEVELS]


def progress(slot: SlotRead) -> Text:
    """How far a document is, or why it could not be read; empty once it was."""
    if slot.state == "reading" and slot.pages > 1:
        page = min(slot.pages_read + 1, slot.pages)
        return Text("正在读取第{n}页，共{all}页", "Reading page {n} of {all}").format(n=page, all=slot.pages)
    if slot.state == "failed":
        return slot.problem or slot.says
    return slot.says if slot.is_running or slot.state == "unread" else Text("", "")


# The pages beside the findings

@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of one document with the frames on it."""

    slot: str
    title: Text
    number: int
    of: int
    marks: tuple[Mark, ...]

    @property
    def id(self) -> str:
        return leaf_id(self.slot, self.number)

    @property
    def sig(self) -> str:
        return signed(self.marks, self.of)


def leaf_id(slot: str, page: int) -> str:
    return f"leaf-{slot}-{page}"


def leaves(precheck: Precheck, found: Sequence[Card]) -> list[Leaf]:
    """Every page of the documents about which something was found."""
    marks = marks_of(found)
    return [
        Leaf(slot.key, slot.title, number, slot.pages, tuple(marks.get((slot.key, number), ())))
        for slot in precheck.slots if slot.findings for number in range(1, slot.pages + 1)
    ]


def marks_of(found: Iterable[Card]) -> dict[tuple[str, int], list[Mark]]:
    """By slot and page; what agrees first, so that it lies below what does not."""
    marks: dict[tuple[str, int], list[Mark]] = {}
    for card in reversed(list(found)):
        boxes = [(place.page, place.box) for place in card.finding.places if place.box is not None]
        for number, (page, box) in enumerate(boxes):
            marks.setdefault((card.finding.slot, page), []).append(mark(card, box, is_first=number == 0))
    return marks


def mark(card: Card, box: Box, *, is_first: bool) -> Mark:
    left, top = max(0.0, box.left - AROUND), max(0.0, box.top - AROUND)
    right, bottom = min(1.0, box.right + AROUND), min(1.0, box.bottom + AROUND)
    x, y, w, h = (f"{value:.4f}" for value in (left, top, right - left, bottom - top))
    return Mark(x, y, w, h, TONES[card.noted.level], label_of(card), card.anchor, is_first, top < NO_ROOM)


def label_of(card: Card) -> Text:
    return Text("{title}：{level}", "{title}: {level}").format(title=card.title, level=STATUSES[card.status].label)


def chosen(found: Sequence[Card], anchor: str) -> Card | None:
    """The one that was asked for, else the first."""
    return next((c for c in found if c.anchor == anchor), None) or next(iter(found), None)


# The checks by name, for those who judge them

CHECKS: dict[str, Text] = {
    "kind": Text("材料种类", "Kind of document"), "fields": Text("与填报比对", "Against the form"),
    "zone": Text("机读区", "Machine-readable zone"), "between": Text("材料之间比对", "Between documents"),
    "window": Text("有效期和签发日期", "Validity and date of issue"), "certified": Text("认证和译文", "Certification and translation"),
    "seal": Text("印章", "Seal"), "signature": Text("签名", "Signature"), "pages": Text("缺页", "Missing pages"),
    "legible": Text("清晰度", "Legibility"),
}


def check_title(name: str) -> Text:
    return CHECKS.get(name, Text(name, name))


def known_checks() -> list[tuple[str, Text]]:
    return [(name, check_title(name)) for name in checks()]
