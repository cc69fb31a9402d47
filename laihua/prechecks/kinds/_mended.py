"""Lines that belong together although reading parted them: spaced-out labels (名　称), wide Chinese marks, letters that another
font draws, and what runs over some lines in a cell of a table beside a label that stands at its middle."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from laihua.prechecks.layout import is_han, same_row
from laihua.prechecks.words import Box, Leaf, Line, spread

SPACED = 9.0            # how far the characters of a label may be apart, in their heights
MARKED = 0.45           # how far what follows a wide mark
TOUCHING = 0.15         # how far the letters of a word
STACKED = 0.9           # how far the lines of a cell
LINES = 5               # the most of them
SPACED_OUT = frozenset(
    ["名称", "住所", "类型", "姓名", "性别", "国籍", "地址", "职务", "职业", "日期", "编号", "学校", "专业", "学位", "民族", "出生",
    "籍贯", "户号", "户别", "住址", "电话", "岗位", "职位", "单位", "期限", "甲方", "乙方", "部门", "签名", "盖章", "营业", "名稱",
    "簽名", "電話"]
)
OPENING, WIDE = "（《“【", "（）：，。；、《》“”【】"


@lru_cache(maxsize=32)
def mended(leaf: Leaf) -> Leaf:
    lines = list(leaf.lines)
    for pair in (word_apart, label_apart, mark_apart):
        lines = joined(lines, leaf.aspect, pair)
    return replace(leaf, lines=tuple(celled(lines, leaf.aspect)))


@lru_cache(maxsize=32)
def labels_whole(leaf: Leaf) -> Leaf:
    """With no more than spaced-out labels joined."""
    return replace(leaf, lines=tuple(joined(list(leaf.lines), leaf.aspect, label_apart)))


def joined(lines: list[Line], aspect: float, belong: Callable[[Line, Line, float], bool]) -> list[Line]:
    """The lines with those made one that stand in one row and belong together."""
    at = 0
    while at < len(lines):
        one = lines[at]
        following = [other for other in lines if other is not one and same_row(one.box,
        other.box) and other.box.left >= one.box.right - 0.9 * one.box.height / aspect
                     and other.box.left > one.box.left]
        nearest = min(following, key=lambda other: other.box.left, default=None)
        if nearest and belong(one, nearest, (nearest.box.left - one.box.right) * aspect / (max(one.box.height, nearest.box.height) or 1)):
            lines = [beside(one, nearest) if line is one else line for line in lines if line is not nearest]
            at = next(n for n, line in enumerate(lines) if line.text.startswith(one.text) and line.box.left == one.box.left)
        else:
            at += 1
    return lines


def label_apart(one: Line, other: Line, gap: float) -> bool:
    """名 | 称 上海…: characters that stand alone, and the last of them with the value after a blank, a colon, or at once."""
    first, second = "".join(one.text.split()), other.text.strip()
    sizes = one.box.height, other.box.height
    if max(sizes) > 2 * min(sizes):
        return False
    if gap > SPACED or not first or not second or len(first) > 3 or not all(map(is_han,
    first)) or (len(first) > 1 and " " not in one.text):
        return False
    return first + second[0] in SPACED_OUT or bool(re.match(r"[\u3400-\u9fff](?:\s|[:：]|$)", second))


def word_apart(one: Line, other: Line, gap: float) -> bool:
    """Ś | wierczyńska: a letter that another font draws."""
    if gap > TOUCHING or not one.text[-1:].isalpha() or is_han(one.text[-1]):
        return False
    return other.text[:1].islower() or other.text == "-" or (gap <= 0 and other.text[:1].isalpha() and not is_han(other.text[0]))


def mark_apart(one: Line, other: Line, gap: float) -> bool:
    if gap > MARKED or not one.text or not other.text:
        return False
    return other.text[0] == ":" or one.text[-1] in WIDE or (other.text[0] in WIDE and other.text[0] not in OPENING)


def beside(one: Line, other: Line) -> Line:
    """Both as one line in which each character keeps its place."""
    box = one.box.joined(other.box)
    ends = [(line.box.left + end * line.box.width - box.left) / (box.width or 1)
            for line in (one, other) for end in (line.ends if len(line.ends) == len(line.text) else spread(line.text))]
    text = one.text.strip() + other.text if is_han(one.text[-1]) and len(one.text.strip()) == 1 else one.text + other.text
    return Line(text, box, min(one.sure, other.sure), tuple(ends[-len(text):]))


def celled(lines: list[Line], aspect: float) -> Iterator[Line]:
    """The lines of one cell as one, where the label stands left of their middle."""
    stacks: dict[int, list[int]] = {}
    taken: set[int] = set()
    for at in range(len(lines)):
        if at not in taken and (stack := stack_of(lines, at, aspect)):
            stacks[at] = stack
            taken |= set(stack[1:])
    for at, line in enumerate(lines):
        if at in stacks:
            yield stacked([lines[n] for n in stacks[at]])
        elif at not in taken:
            yield line


def stacked(parts: list[Line]) -> Line:
    text, box = parts[0].text, parts[0].box
    for part in parts[1:]:
        text += ("" if is_han(text[-1:]) or is_han(part.text[:1]) else " ") + part.text
        box = box.joined(part.box)
    return Line(text, box, min(part.sure for part in parts))


def stack_of(lines: list[Line], at: int, aspect: float) -> list[int]:
    """This line and those straight below it that make one cell: none of them has a label of its own, but for the one in the
    middle of an odd number."""
    chain = [at]
    while len(chain) < LINES and (below := [n for n, other in enumerate(lines) if n not in chain and under(lines[chain[-1]], other,
    aspect)]):
        chain.append(min(below, key=lambda n: lines[n].box.top))
    if len(chain) < 2 or labels_of(lines, lines[at]):
        return []
    for length in range(2, len(chain) + 1):
        stack, half = chain[:length], length // 2
        owned = [bool(labels_of(lines, lines[n])) for n in stack]
        if length % 2 and owned[half] and sum(owned) == 1:
            return stack
        box = lines[at].box.joined(lines[stack[-1]].box)
        middle = Line("", Box(box.left, box.middle[1] - 0.01 * box.height, box.right, box.middle[1] + 0.01 * box.height))
        if length % 2 == 0 and not any(owned) and labels_of(lines, middle, lines[at].box.height):
            return stack
    return []


def under(one: Line, other: Line, aspect: float) -> bool:
    high = one.box.height
    return (abs(other.box.left - one.box.left) * aspect <= 0.7 * high and -0.3 * high <= other.box.top - one.box.bottom <= STACKED * high
            and 0.7 <= other.box.height / (high or 1) <= 1.4)


def labels_of(lines: list[Line], line: Line, high: float = 0.0) -> list[Line]:
    """What stands left of a line in the very same row, with nothing between them a little higher or lower."""
    high = high or line.box.height
    left = [other for other in lines if other is not line and other.box.right <= line.box.left + 0.01]
    near = [other for other in left if abs(other.box.middle[1] - line.box.middle[1]) < 0.3 * high]
    return [label for label in near if not any(
        other is not label and other.box.left >= label.box.right - 0.01 and abs(other.box.middle[1] - line.box.middle[1]) < 1.2 * high
        for other in left
    )]
