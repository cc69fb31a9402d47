"""Where a value stands on a page: beside or below its printed label, or in a sentence. For kinds of documents, whatever their layout.

Labels are matched as in `wording`: without case, accents, spaces and punctuation, with one slip of OCR in six letters.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from laihua.kernel.texts import Text
from laihua.prechecks.kind import Found
from laihua.prechecks.wording import is_han, letters, scripts, sought
from laihua.prechecks.words import Box, Leaf, Line, Reading
from laihua.prechecks.wrapping import rest_of, within_row

HIGHER = 1.3            # lines of one sentence do not differ more in height
How = Literal["colon", "run", "beside", "below", "prose"]
FILLING = " \t\u3000_＿.．…·:：;；,，、|｜/／-–—=*＊"
TRAILING = re.compile(r"(?:[\s_＿…·:：;；,，、|｜/／–—=*＊-]|[.．]{2,})+$")
AFTER_COLON = re.compile(r"\s*[.．。]?\s*[:：﹕]\s*")
ASIDE = re.compile(r"\s*[.．]?\s*(?:[（(\[【][^)）\]】]{0,60}[)）\]】]|[\d¹²³*]{1,2}(?=\s*[:：]))")
OTHER_TONGUE = re.compile(r"\s*[.．]?\s*[/／|｜\\]")
NUMBERING = re.compile(r"[\W\d_]*(?:[(（]?(?:[a-zA-Z]|\d{1,2}[a-zA-Z]?|[一二三四五六七八九十]{1,3})[).．、）:]\W*)?")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with the label that it belongs to. `how` it stands there: after a colon, run on in one line, beside, below."""

    text: str
    label: str
    page: int
    box: Box
    sure: float = 1.0
    how: How = "prose"

    def found(self, value: str | None = None, doubt: Text | None = None) -> Found:
        return Found(self.text if value is None else value, self.text, self.page, self.box, self.sure, doubt=doubt)


@dataclass(frozen=True, slots=True)
class Passage:
    """What a pattern matched on one page. `groups` and `boxes` by the number of the group, 0 being the whole; None: not matched."""

    page: int
    groups: tuple[str | None, ...]
    boxes: tuple[Box | None, ...]
    names: Mapping[str, int]
    sure: float = 1.0

    @property
    def text(self) -> str:
        return self.groups[0] or ""

    def cell(self, group: int | str = 0) -> Cell | None:
        """One group as a cell, its text without surrounding blanks; None where the group is not in the match or empty."""
        number = self.names[group] if isinstance(group, str) else group
        text, box = self.groups[number], self.boxes[number]
        return Cell(text.strip(), "", self.page, box, self.sure) if text and text.strip() and box else None


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label: from `start` to before `end` in the line, the other languages of it included."""

    key: str
    word: str
    line: int
    start: int
    end: int
    slips: int = 0


# --- labels ---

def labelled(leaf: Leaf, *labels: str) -> list[Cell]:
    """What stands beside or below one of these labels, the likeliest first. Several may be given for one label: the caller judges."""
    return cells(leaf, {"": labels})[""]


def cells(leaf: Leaf, labels: Mapping[str, Iterable[str]]) -> dict[str, list[Cell]]:
    """The same for many labels by a key of the caller's. Knowing them all, a value ends where the next label begins and is
    never a label itself, so name also the labels whose values are not wanted."""
    marks = printed_labels(leaf, labels)
    taken = {mark.line for mark in marks if leads(leaf, mark) or mark.end >= len(leaf.lines[mark.line].text.rstrip(FILLING))}
    offered = [(mark, list(inline(leaf, mark, marks)), list(beside(leaf, mark, marks, taken)), list(below(leaf, mark, marks, taken)))
               for mark in marks]
    across = sum(bool(next_to) and not under for _, run, next_to, under in offered if not run)
    down = sum(bool(under) and not next_to for _, run, next_to, under in offered if not run)
    found: dict[str, list[Cell]] = {key: [] for key in labels}
    for mark, run, next_to, under in offered:
        found[mark.key] += run or ([*next_to, *under] if across >= down else [*under, *next_to])
    order: dict[How, int] = {"colon": 0}
    return {key: sorted(some, key=lambda cell: order.get(cell.how, 1)) for key, some in found.items()}


def leads(leaf: Leaf, mark: Label) -> bool:
    """Whether nothing but a number stands before the label in its line."""
    return bool(NUMBERING.fullmatch(leaf.lines[mark.line].text[:mark.start]))


def continued(leaf: Leaf, cell: Cell, labels: Iterable[str] = (), most: int = 3) -> Cell:
    """The cell with up to `most` lines straight below it that begin where it begins and are no labels, such as a long address."""
    marks = {mark.line for mark in printed_labels(leaf, {"": labels})}
    for _ in range(most):
        high = cell.box.height if "\n" not in cell.text else cell.box.height / (cell.text.count("\n") + 1)
        following = next((
            line for number, line in enumerate(leaf.lines)
            if number not in marks and -0.4 * high <= line.box.top - cell.box.bottom <= 0.9 * high
            and abs(line.box.left - cell.box.left) <= 1.5 * high / leaf.aspect and 0.6 <= line.box.height / (high or 1) <= 1.6
            and not any(cell.box.middle[1] < leaf.lines[mark].box.middle[1] < line.box.middle[1]
                        and leaf.lines[mark].box.left < line.box.right and leaf.lines[mark].box.right > line.box.left for mark in marks)
            and not any(apart is not line and same_row(apart.box, line.box) and apart.box.right <= line.box.left
                        and leaf.lines.index(apart) in marks for apart in leaf.lines)
        ), None)
        if following is None:
            return cell
        cell = replace(cell, text=cell.text + "\n" + following.text.strip(), box=cell.box.joined(following.box),
                       sure=min(cell.sure, following.sure))
    return cell


def printed_labels(leaf: Leaf, labels: Mapping[str, Iterable[str]]) -> list[Label]:
    """The labels as they are printed, line by line. Of labels that overlap the one with fewer slips, then the longer, stays."""
    return list(all_labels(leaf, tuple((key, tuple(words)) for key, words in labels.items())))


@lru_cache(maxsize=64)
def all_labels(leaf: Leaf, named: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[Label, ...]:
    """A label may go on in the line below: then it stands in both."""
    order, keys = sought(tuple(word for _, words in named for word in words)), [key for key, _ in named]
    key_of = {word: key for key, words in reversed(named) for word in words}

    def within_line(text: str, number: int) -> list[Label]:
        spots = order.places(text, exactly=leaf.by == "text")
        here = [Label(key_of[word], word, number, start, end, slips) for word, start, end, slips in spots]
        here.sort(key=lambda mark: (mark.slips, mark.start - mark.end, keys.index(mark.key)))
        kept: list[Label] = []
        for mark in here:
            if all(mark.end <= other.start or mark.start >= other.end for other in kept):
                kept.append(mark)
        return list(chained(text, sorted(kept, key=lambda mark: mark.start), keys))

    marks = {number: within_line(line.text, number) for number, line in enumerate(leaf.lines)}
    for number, line in enumerate(leaf.lines):
        own = marks[number]
        if (own and own[-1].end >= len(line.text.rstrip(FILLING))) or (rest := rest_of(leaf, number)) is None or marks[rest]:
            continue
        both = f"{line.text} {leaf.lines[rest].text}"
        whole = within_line(both, number)
        last = whole[-1] if whole else None
        if last and last.start < len(line.text) and last.end >= len(both.rstrip(FILLING)) and \
                len(letters(last.word)) > len(letters(leaf.lines[rest].text)):
            marks[number] = [*whole[:-1], replace(last, end=len(line.text))]
            marks[rest] = [replace(last, line=rest, start=0, end=len(leaf.lines[rest].text))]
    return tuple(mark for some in marks.values() for mark in some)


def chained(text: str, marks: list[Label], keys: list[str]) -> Iterator[Label]:
    """Those that stand as labels: at the beginning, after another language's, or after another label and its value.

    One that says the same in several languages is one; of two meanings that it may have the earlier in `keys` counts.
    """
    last: Label | None = None
    for mark in marks:
        before = ASIDE.sub("", text[last.end:mark.start]) if last else text[:mark.start]
        if last is None:
            foreign = OTHER_TONGUE.match(before.rstrip()[-1:]) or scripts(mark.word).isdisjoint(scripts(before))
            if not (NUMBERING.fullmatch(before) or (foreign and len(letters(before)) <= 40 and not before.count(":"))):
                continue
            mark = replace(mark, start=0)
        elif not letters(before) and (mark.key == last.key or OTHER_TONGUE.match(before) or (before.strip() == "" and alien(mark, last))):
            key, word = min((last.key, last.word), (mark.key, mark.word), key=lambda named: keys.index(named[0]))
            last = replace(last, key=key, word=word, end=mark.end)
            continue
        elif not stands_alone(text, mark, before):
            continue
        if last:
            yield last
        last = mark
    if last:
        yield last


def alien(mark: Label, other: Label) -> bool:
    """Whether two labels are of different scripts: 姓名 Surname says one thing twice."""
    return scripts(mark.word).isdisjoint(scripts(other.word))


def stands_alone(text: str, mark: Label, before: str) -> bool:
    """Whether a label after a value is one and no word of the value."""
    after = text[mark.end:mark.end + 3]
    if not letters(before) or before.endswith(("  ", "\t", "\u3000")) or re.match(r"\s*[:：/／|]", after):
        return True
    chinese = "han" in scripts(mark.word)
    return chinese and (len(before.strip(FILLING)) <= 6 or not letters(after[:1]))


def inline(leaf: Leaf, mark: Label, marks: list[Label]) -> Iterator[Cell]:
    """What follows on the same line."""
    line = leaf.lines[mark.line]
    stop = min((m.start for m in marks if m.line == mark.line and m.start >= mark.end), default=len(line.text))
    start, how = value_start(line.text, mark.end, stop)
    if how and (cell := piece(leaf, line, start, stop, mark, how)):
        yield cell


def value_start(text: str, start: int, stop: int) -> tuple[int, How | None]:
    while aside := ASIDE.match(text, start, stop):
        start = aside.end()
    if colon := AFTER_COLON.match(text, start, stop):
        return colon.end(), "colon"
    if OTHER_TONGUE.match(text, start, stop):
        later = re.compile(r"[:：]").search(text, start, stop)
        return (later.end(), "colon") if later else (stop, None)
    return start, "run"


def beside(leaf: Leaf, mark: Label, marks: list[Label], taken: Collection[int]) -> Iterator[Cell]:
    """The next thing to the right in the same row, with what stands right above and below it there, unless a label comes first.

    A label printed in two languages, one above the other, is one row.
    """
    if any(m.line == mark.line and m.start >= mark.end for m in marks):
        return
    line, stacked = leaf.lines[mark.line], tall(leaf, mark, marks)
    row = [number for number, other in enumerate(leaf.lines) if number != mark.line and within_row(other.box, stacked)
           and other.box.left >= line.box.right - 0.6 * line.box.height / leaf.aspect]
    if not row:
        return
    first = min((leaf.lines[number].box for number in row), key=lambda box: box.left)
    column = [number for number in row if leaf.lines[number].box.left <= first.left + 2 * line.box.height / leaf.aspect
              and not (same_row(first, leaf.lines[number].box) and leaf.lines[number].box.left >= first.right)]
    if any(number in taken for number in column):
        return
    for lines in wrapped(grown(leaf, column, stacked, taken)):
        pieces = [piece(leaf, one, 0, min((m.start for m in marks if leaf.lines[m.line] is one), default=len(one.text)), mark, "beside")
                  for one in lines]
        if whole := [one for one in pieces if one]:
            yield in_one(whole)


def grown(leaf: Leaf, column: list[int], row: Box, taken: Collection[int]) -> list[Line]:
    """The lines of a cell from the top: what stands right over and right under a line that is level with its label, as many
    times on either side, is of the same cell."""
    lines = sorted((leaf.lines[number] for number in column), key=lambda one: one.box.top)
    rest = [one for number, one in enumerate(leaf.lines) if number not in taken and number not in column
            and not any(same_row(leaf.lines[label].box, one.box) and leaf.lines[label].box.right <= one.box.left for label in taken)]
    while True:
        first, last = lines[0].box, lines[-1].box
        near = 0.5 * first.height
        over = [one for one in rest if 0 <= first.top - one.box.bottom + near <= 2 * near and abs(one.box.left - first.left) <= near]
        under = [one for one in rest if 0 <= one.box.top - last.bottom + near <= 2 * near and abs(one.box.left - last.left) <= near]
        if not over or not under:
            return lines
        lines = [over[0], *lines, under[0]]
        rest = [one for one in rest if one not in lines]


def wrapped(lines: list[Line]) -> list[list[Line]]:
    """Lines of one script are one value that did not fit in its line; another script begins another value, the translation."""
    groups: list[list[Line]] = []
    for line in lines:
        said = scripts(line.text)
        if groups and (not said or not said.isdisjoint(scripts(groups[-1][0].text))):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def in_one(pieces: list[Cell]) -> Cell:
    whole = pieces[0]
    for one in pieces[1:]:
        whole = replace(whole, text=f"{whole.text}\n{one.text}", box=whole.box.joined(one.box), sure=min(whole.sure, one.sure))
    return whole


def tall(leaf: Leaf, mark: Label, marks: list[Label]) -> Box:
    """The place of a label with the lines right above and below it that say the same."""
    whole = leaf.lines[mark.line].box
    for other in marks:
        box = leaf.lines[other.line].box
        close = min(abs(box.top - whole.bottom), abs(whole.top - box.bottom)) <= 0.6 * whole.height
        if other.key == mark.key and other.line != mark.line and close and abs(box.left - whole.left) <= whole.height / leaf.aspect:
            whole = whole.joined(box)
    return whole


def below(leaf: Leaf, mark: Label, marks: list[Label], taken: Collection[int]) -> Iterator[Cell]:
    """The two lines straight below in the column of the label, up to the next label; cut where the next column begins."""
    line = leaf.lines[mark.line]
    following = [m for m in marks if m.line == mark.line and m.start >= mark.end]
    at = line.part(0 if leads(leaf, mark) else mark.start, following[0].start if following else len(line.text))
    letter = at.height / leaf.aspect
    row = [leaf.lines[n].box.left for n in taken if n != mark.line and same_row(leaf.lines[n].box, line.box)]
    edge = min([left for left in row if left > at.left] + [line.part(m.start, m.end).left for m in following], default=2.0)
    reach, over = at, list[Cell]()
    for _ in range(2):
        under = [
            (round(box.top - reach.bottom, 3), abs(box.left - at.left), number)
            for number, box in enumerate(other.box for other in leaf.lines)
            if box.middle[1] > reach.bottom and box.top - reach.bottom <= 1.3 * max(reach.height, box.height)
            and box.left < max(at.right, at.left + 3 * letter) and box.right > at.left - letter and box.left < edge
        ]
        if not under:
            return
        top = min(under)[0]
        number = min((far, number) for gap, far, number in under if gap <= top + 0.5 * at.height)[1]
        if number in taken:
            return
        other = leaf.lines[number]
        start, stop = column(other, at.left, edge, letter)
        if cell := piece(leaf, other, start, stop, mark, "below"):
            yield cell
            if over and re.fullmatch(r"[\d ./-]+", cell.text):      # the rest of a number or a day
                yield in_one([*over, cell])
            over = [cell]
        reach = other.box


def column(line: Line, left: float, edge: float, letter: float) -> tuple[int, int]:
    """The words of a line between two edges: a row of values may have been read as one line."""
    words = [(m.start(), m.end(), line.part(m.start(), m.end())) for m in re.finditer(r"\S+", line.text)]
    if line.box.right <= edge and line.box.left >= left - 4 * letter:
        return 0, len(line.text)
    held = [(start, end) for start, end, box in words if box.middle[0] < edge and box.right > left - letter]
    return (held[0][0], held[-1][1]) if held else (0, 0)


def piece(leaf: Leaf, line: Line, start: int, stop: int, mark: Label, how: How) -> Cell | None:
    text = line.text[start:stop]
    start += len(text) - len(text.lstrip(FILLING))
    text = TRAILING.sub("", text.lstrip(FILLING))
    if not any(map(str.isalnum, text)):
        return None
    return Cell(text, mark.word, leaf.number, line.part(start, start + len(text)), line.sure, how)


def same_row(one: Box, other: Box) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared >= 0.45 * min(one.height, other.height)


# --- prose ---

def search(reading: Reading, pattern: re.Pattern[str], *, pages: Collection[int] | None = None) -> list[Passage]:
    """Every match of a pattern on each page, over lines joined: a line that is full runs on into the next (in Chinese without a
    blank), other lines end with a line feed, and things side by side are parted by a tab."""
    return [passage for leaf in reading.leaves if pages is None or leaf.number in pages for passage in within(leaf, pattern)]


def within(leaf: Leaf, pattern: re.Pattern[str]) -> Iterator[Passage]:
    text, spots = joined(leaf)
    for match in pattern.finditer(text):
        boxes = tuple(place(leaf, spots, *match.span(n)) for n in range((pattern.groups or 0) + 1))
        touched = {spot[0] for spot in spots[match.start():match.end()] if spot[0] >= 0}
        sure = min((leaf.lines[n].sure for n in touched), default=1.0)
        yield Passage(leaf.number, (match.group(), *match.groups()), boxes, pattern.groupindex, sure)


def joined(leaf: Leaf) -> tuple[str, list[tuple[int, int]]]:
    """The page as one text, and for each character its line and place in it; -1 for what joins them."""
    right = sorted(line.box.right for line in leaf.lines)[int(0.9 * len(leaf.lines)):][:1]
    text, spots = "", []
    for number, line in enumerate(leaf.lines):
        if number:
            joint = between(leaf.lines[number - 1], line, right[0])
            text += joint
            spots += [(-1, -1)] * len(joint)
        text += line.text
        spots += [(number, place) for place in range(len(line.text))]
    return text, spots


def between(before: Line, after: Line, right: float) -> str:
    if same_row(before.box, after.box):
        return "\t"
    if max(before.box.height, after.box.height) > HIGHER * min(before.box.height, after.box.height):
        return "\n"
    full = before.box.right >= right - 0.12 * max(before.box.width, after.box.width)
    if not full or not before.text or not after.text:
        return "\n"
    return "" if is_han(before.text[-1]) or is_han(after.text[0]) or before.text[-1] in "，。；：、（）" else " "


def place(leaf: Leaf, spots: list[tuple[int, int]], start: int, end: int) -> Box | None:
    if start < 0:
        return None
    held: dict[int, list[int]] = {}
    for number, at in spots[start:end]:
        if number >= 0:
            held.setdefault(number, []).append(at)
    boxes = [leaf.lines[number].part(min(at), max(at) + 1) for number, at in held.items()]
    whole = boxes[0] if boxes else None
    for box in boxes[1:]:
        whole = whole.joined(box) if whole else box
    return whole
