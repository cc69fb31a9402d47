"""What a paper says, by the labels that it prints and by its sentences: declared once for each kind, gathered from its pages."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from laihua.prechecks.comparing import dates
from laihua.prechecks.kind import CERTAIN, Fields, Found
from laihua.prechecks.kinds._evidence import Evidence
from laihua.prechecks.kinds._mended import mended
from laihua.prechecks.kinds._readers import Reader, Value, dated, days, name
from laihua.prechecks.kinds._wrapped import whole_name
from laihua.prechecks.layout import Cell, cells, joined, place, printed_labels, same_row
from laihua.prechecks.words import Box, Leaf, Line, Reading

MOST = 6        # values of one key
ROWS, SENTENCE, MARGIN = 3, 14, 0.3     # of two columns: rows and letters of a sentence at least, and where the second may begin
LINES, CHARACTERS = 400, 8_000      # of a page; a full one in two languages has some 5,000


@dataclass(frozen=True)
class Sheet:
    """One page as one text, in which each character knows where it stands."""

    leaf: Leaf
    text: str
    spots: tuple[tuple[int, int], ...]

    def found(self, value: Value, shift: int = 0) -> Found | None:
        """`shift`: where the words in which the value was found begin."""
        start, end = shift + value.start, shift + value.end
        box = place(self.leaf, list(self.spots), start, end)
        sure = min((self.leaf.lines[line].sure for line, _ in self.spots[start:end] if line >= 0), default=1.0)
        return Found(value.value, self.text[start:end].strip(), self.leaf.number, box, sure, doubt=value.doubt) if box else None


@lru_cache(maxsize=16)
def sheet(page: Leaf) -> Sheet:
    """As much of a page as one holds: what somebody made endless is not searched to its end."""
    kept, total = [], 0
    for line in page.lines[:LINES]:
        total += len(line.text)
        if total <= CHARACTERS:
            kept.append(line)
    leaf = mended(replace(page, lines=tuple(kept)))
    text, spots = joined(leaf)
    return Sheet(leaf, text, tuple(spots))


@lru_cache(maxsize=16)
def columns(page: Sheet) -> tuple[Sheet, ...]:
    """Both columns of a page on which sentences stand side by side, such as in two languages: each as a page of its own."""
    lines = page.leaf.lines
    edges = Counter(round(line.box.left, 2) for line in lines if len(line.text) >= SENTENCE and line.box.left > MARGIN)
    for edge, _ in edges.most_common(3):
        right = [line for line in lines if abs(line.box.left - edge) <= 0.01]
        left = [line for line in lines if line.box.right <= edge]
        beside = [one for one in right if any(same_row(one.box, other.box) for other in left)]
        if len(beside) < ROWS or sum(len(line.text) >= SENTENCE for line in beside) < ROWS:
            continue
        top, bottom = min(one.box.top for one in beside), max(one.box.bottom for one in beside)
        within = [line for line in lines if top - line.box.height <= line.box.top and line.box.bottom <= bottom + 3 * line.box.height]
        halves = [[line for line in within if line.box.right <= edge + 0.01], [line for line in within if line.box.left >= edge - 0.01]]
        if sum(map(len, halves)) == len(within) and sum(len(line.text) >= SENTENCE for line in halves[0]) >= ROWS:
            return tuple(sheet(replace(page.leaf, lines=tuple(half))) for half in halves)
    return ()


def sheets(reading: Reading, pages: Collection[int]) -> list[Sheet]:
    return [sheet(leaf) for leaf in reading.leaves if leaf.number in pages and leaf.lines]


@dataclass(frozen=True, eq=False)
class Told:
    """`labels`: the printed labels by key; keys without a reader are labels whose values nobody wants, where a value ends.

    `prose`: patterns whose named groups are keys, with a 2 behind where a key has two. `readers`: what may be a value.
    """

    labels: Mapping[str, tuple[str, ...]]
    readers: Mapping[str, Reader]
    prose: tuple[re.Pattern[str], ...] = ()

    def gather(self, reading: Reading, pages: Collection[int]) -> dict[str, list[Found]]:
        order = order_in(reading)
        readers = {key: dated(order) if read is days else read for key, read in self.readers.items()}
        found: dict[str, list[Found]] = {key: [] for key in readers}
        for one in sheets(reading, pages):
            taken = frozenset(mark.line for mark in printed_labels(one.leaf, self.labels))
            for key, some in self.at(one).items():
                if key in readers:
                    whole = [whole_name(one.leaf, cell, taken) for cell in some] if readers[key] is name else some
                    found[key] += values(whole, readers[key])
        for page in sheets(reading, pages):
            for one in (page, *columns(page)):
                for pattern in self.prose:
                    for match in pattern.finditer(one.text):
                        for group, words in match.groupdict().items():
                            if words and (key := group.rstrip("2")) in readers:
                                found[key] += filter(None, (one.found(v, match.start(group)) for v in readers[key](words)))
        return found

    def at(self, one: Sheet) -> Mapping[str, list[Cell]]:
        """What stands at the labels of a page."""
        return labelled_on(self, one.leaf)


@lru_cache(maxsize=32)
def labelled_on(told: Told, leaf: Leaf) -> Mapping[str, list[Cell]]:
    return cells(leaf, told.labels)


def values(cells: Iterable[Cell], read: Reader) -> Iterator[Found]:
    for cell in cells:
        for value in read(cell.text.replace("\n", " ") if read is name else cell.text):
            yield part(cell, value)


def part(cell: Cell, value: Value) -> Found:
    whole = "\n" in cell.text or (value.start, value.end) == (0, len(cell.text))
    box: Box = cell.box if whole else Line(cell.text, cell.box).part(value.start, value.end)
    return Found(value.value, cell.text[value.start:value.end].strip(), cell.page, box, cell.sure, doubt=value.doubt)


def fields(gathered: Mapping[str, Iterable[Found]]) -> Fields:
    """Each value once, where it stood first."""
    kept: dict[str, tuple[Found, ...]] = {}
    for key, some in gathered.items():
        once: dict[str, Found] = {}
        for one in some:
            once.setdefault(one.value.casefold(), one)
        if once:
            kept[key] = tuple(once.values())[:MOST]
    return kept


def pages_of(evidence: Evidence, reading: Reading) -> tuple[int, ...]:
    """The pages that are of the kind; all of them where none is, since somebody expects it here."""
    certain = tuple(leaf.number for leaf in reading.leaves if evidence.score(leaf) >= CERTAIN)
    return certain or tuple(leaf.number for leaf in reading.leaves)


@lru_cache(maxsize=8)
def order_in(reading: Reading) -> dates.Order:
    return dates.order_of(line.text for _, line in reading.lines())


# --- dates ---

BORN = re.compile(r"(?i)born|birth|naissance|n[ée]e?\s+le|geb(?:oren|urt|\.)|nacid|nasciment|nato\s|nata\s|出生|生日|生年|생년|рожд|"
    r"d\.?o\.?b\b")
UNTIL = re.compile(r"(?i)valid|until|expir|gültig|validade|有效期|截止|失效|届满")
ISSUED = re.compile(
    r"(?i)issued?|date\b|dated?\b|given\b|done\s+at|signed|ausgestellt|fait\s+[àa]|délivré|expedid|emitid|rilasciat|datum|fecha|\bdata\b|"
    r"签发|出具|开具|填发|颁发|发证|落款|日\s*期|授予|毕业|發給|核發|交付|발급|выда"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in the words of a page, with what stands before and after it."""

    found: Found
    before: str
    after: str
    others: tuple[str, ...] = ()


def all_dates(reading: Reading, pages: Collection[int], *, months: bool = False) -> list[Dated]:
    """Every date of these pages, in their order."""
    order = order_in(reading)
    every = []
    for one in sheets(reading, pages):
        for read in dates.read(one.text, order=order):
            start, end = read.text_span
            if (len(read.value) == 10 or months) and read.value != dates.LONG and (spot := one.found(Value(read.value, start, end,
            read.doubt))):
                every.append(Dated(spot, one.text[max(0, start - 40):start], one.text[end:end + 25], read.others))
    return every


def issue_dates(reading: Reading, pages: Collection[int]) -> list[Found]:
    """The day on which a paper without a label for it was made, the likeliest first: what words of issue stand before, else
    the last of its dates. Days of birth and of expiry are none."""
    every = [d for d in all_dates(reading,
    pages) if not BORN.search(clause(d)) and not UNTIL.search(clause(d)) and not re.match(r"\s*(?:出生|生)", d.after)]
    told = [d.found for d in every if ISSUED.search(clause(d))]
    return (told[::-1] + [d.found for d in every[::-1]])[:3]


def clause(one: Dated) -> str:
    """What stands before a date since the last one and the last stop."""
    return re.split(r"[。；;\t]|\d{4}|\n\s*\n|\.\s", one.before.rstrip())[-1]


def full_names(found: dict[str, list[Found]]) -> dict[str, list[Found]]:
    """With surname and given names, where they stand apart, as one name; it comes first, since it is the surer one."""
    for surname, given in zip(found.pop("surname", []), found.pop("given_names", []), strict=False):
        if surname.page == given.page and not re.search(r"\d", surname.value + given.value) and len(surname.value + given.value) <= 60:
            whole = Found(f"{surname.value} {given.value}", f"{surname.text} {given.text}", surname.page, surname.box.joined(given.box),
                          min(surname.sure, given.sure))
            found["name"].insert(0, whole)
            break
    return found


def of_person(evidence: Evidence, told: Told, reading: Reading) -> Fields:
    """What a paper about one person says. Where no label names the day of issue it is none on which he was born."""
    pages = pages_of(evidence, reading)
    found = full_names(told.gather(reading, pages))
    if not found["issued_on"]:
        born = {f.value for f in found["birth_date"]}
        found["issued_on"] = [f for f in issue_dates(reading, pages) if f.value not in born]
    return fields(found)
