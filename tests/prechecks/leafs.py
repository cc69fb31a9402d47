"""Pages as they are after reading, written as rows of text: what kinds of documents are tried on."""

import re
import unicodedata
from typing import Literal

from laihua.prechecks.words import Box, Leaf, Line, Reading

Row = str | tuple[tuple[float, str], ...]


def leaf(
    *rows: Row, by: Literal["text", "ocr"] = "ocr", number: int = 1, height: float = 0.02, pitch: float = 0.03, left: float = 0.1,
) -> Leaf:
    """Rows from top to bottom. In a string, two blanks or more part things side by side, where they stand in it;
    a tuple names the left edge of each. An empty string leaves a row free."""
    lines = []
    for index, row in enumerate(rows):
        top = 0.05 + index * pitch
        apart = re.finditer(r"\S(?:\s?\S)*", row) if isinstance(row, str) else ()
        for at, text in [(left + width(row[:m.start()]), m.group()) for m in apart] if isinstance(row, str) else row:
            lines.append(Line(text, Box(at, top, at + width(text), top + height)))
    return Leaf(number, 0.707, tuple(lines), by)


def reading(*leaves: Leaf) -> Reading:
    return Reading(len(leaves), leaves)


def width(text: str) -> float:
    return 0.011 * sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
