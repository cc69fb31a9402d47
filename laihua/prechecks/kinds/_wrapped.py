"""Names that did not fit in their line: a narrow cell prints the last of them below the others."""

import re
from dataclasses import replace

from laihua.prechecks.kinds._readers import HAN, NOT_A_NAME, PARTICLE
from laihua.prechecks.layout import Cell, same_row
from laihua.prechecks.words import Leaf, Line

LATIN_WORDS = re.compile(rf"[^\W\d_{HAN}][^\W\d_{HAN}.'’-]*(?:[ ,][^\W\d_{HAN}.'’-]+){{0,2}}")
UNFINISHED = re.compile(rf"(?i)[ ]{PARTICLE}$|[ ,-]$")      # no name ends so
WORDS = re.compile(rf"(?i)\b(?:{NOT_A_NAME})\b")


def whole_name(leaf: Leaf, cell: Cell, taken: frozenset[int]) -> Cell:
    """The cell with the line below it, where its first word would not have fitted any more or the name cannot end so.

    `taken`: lines with labels."""
    if "\n" in cell.text or not LATIN_WORDS.match(cell.text.split(" ")[-1]):
        return cell
    line = next((one for one in leaf.lines if one.box.left <= cell.box.left + 0.001 and one.box.right >= cell.box.right - 0.001
                 and same_row(one.box, cell.box)), None)
    if not line or line.box.right > cell.box.right + cell.box.height / leaf.aspect:
        return cell
    high = cell.box.height
    for number, below in enumerate(leaf.lines):
        near = -0.4 * high <= below.box.top - cell.box.bottom <= 0.6 * high and 0.7 <= below.box.height / (high or 1) <= 1.4
        level = min(abs(below.box.left - left) for left in (cell.box.left, line.box.left)) <= 0.5 * high / leaf.aspect
        if near and level and number not in taken and continues(cell.text, below.text) and not owned(leaf, below, taken) \
                and (UNFINISHED.search(cell.text)
                     or cell.box.right + first_word(below) + 0.2 * high / leaf.aspect > edge(leaf, line, below)):
            return replace(cell, text=f"{cell.text}\n{below.text.strip()}", box=cell.box.joined(below.box), sure=min(cell.sure, below.sure))
    return cell


def continues(text: str, below: str) -> bool:
    """Whether both are of one script and one case, and the second is nothing but words of a name."""
    words = below.strip()
    return bool(LATIN_WORDS.fullmatch(words)) and not WORDS.search(words) and (words.isupper() == text.isupper() or words[:1].islower())


def owned(leaf: Leaf, below: Line, taken: frozenset[int]) -> bool:
    """Whether a label of its own stands left of it."""
    return any(same_row(leaf.lines[n].box, below.box) and leaf.lines[n].box.right <= below.box.left
               and abs(leaf.lines[n].box.middle[1] - below.box.middle[1]) < 0.4 * below.box.height for n in taken)


def first_word(line: Line) -> float:
    return line.part(0, len(line.text.split(" ")[0])).width


def edge(leaf: Leaf, line: Line, below: Line) -> float:
    """Where the column ends: at the next thing to the right in one of both rows, else where the text of the page does."""
    right = [one.box.left for one in leaf.lines for row in (line, below) if one is not row and same_row(one.box, row.box)
             and one.box.left >= row.box.right]
    return min(right, default=max(one.box.right for one in leaf.lines))
