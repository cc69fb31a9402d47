"""Labels whose characters are set apart (姓　　名), mended after OCR: it reads them one by one, or down the column as one line."""

from collections.abc import Sequence
from dataclasses import replace

from laihua.prechecks.wording import is_han
from laihua.prechecks.words import Box, Line, spread

APART = frozenset((
    "姓名", "性别", "民族", "出生", "住址", "籍贯", "职业", "职务", "职称", "户别", "户号", "国籍",
    "编号", "类别", "学历", "学位", "专业", "单位", "地址", "电话", "日期", "签名", "甲方", "乙方",
    "备注", "学号", "学制", "证号", "名称", "住所", "类型",
))
DOWN = 1.4              # how much higher than wide a line is that runs down
GAP = 4.0               # between two characters of a label, in their heights


def mended(lines: Sequence[Line], aspect: float) -> tuple[Line, ...]:
    """The lines with those that run down cut into characters, and with such labels put together. Not in any order."""
    cut = [piece for line in lines for piece in characters(line, aspect)]
    singles = sorted((line for line in cut if len(line.text) == 1 and is_han(line.text)), key=lambda line: (line.box.top, line.box.left))
    for single in singles:
        if single not in cut:
            continue
        following = [line for line in cut if line.text[:1] and single.text + line.text[0] in APART and is_next(single.box, line, aspect)]
        if following:
            nearest = min(following, key=lambda line: line.box.left)
            cut = [line for line in cut if line not in (single, nearest)] + [joined(single, nearest)]
    return tuple(cut)


def characters(line: Line, aspect: float) -> list[Line]:
    count, wide = len(line.text), line.box.width * aspect
    if count < 2 or not all(map(is_han, line.text)) or line.box.height < DOWN * wide or not 0.5 <= line.box.height / count / wide <= 2.5:
        return [line]
    box, step = line.box, line.box.height / count
    return [
        replace(line, text=character, ends=(), box=Box(box.left, box.top + n * step, box.right, box.top + (n + 1) * step))
        for n, character in enumerate(line.text)
    ]


def is_next(box: Box, line: Line, aspect: float) -> bool:
    """Whether a line goes on to the right in the row of a character; a longer one only where it follows closely."""
    far = (line.box.left - box.right) * aspect / box.height
    level = min(box.bottom, line.box.bottom) - max(box.top, line.box.top) >= 0.5 * min(box.height, line.box.height)
    return level and -0.5 <= far <= (GAP if len(line.text) == 1 else 1.5)


def joined(first: Line, second: Line) -> Line:
    box = first.box.joined(second.box)
    start = (second.box.left - box.left) / box.width
    within = second.ends if len(second.ends) == len(second.text) else spread(second.text)
    ends = ((first.box.right - box.left) / box.width, *(start + end * second.box.width / box.width for end in within))
    return Line(first.text + second.text, box, min(first.sure, second.sure), ends)
