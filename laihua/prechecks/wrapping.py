"""Labels that take two lines: what stands straight below a line and may be the rest of it, and what is in the row of both."""

import re

from laihua.prechecks.words import Box, Leaf

NEAR = 12           # so many lines further on at most: a row of narrow cells lies between
LONGEST = 24


def rest_of(leaf: Leaf, number: int) -> int | None:
    """The line right below another and level with its left edge, of the same size and short."""
    one = leaf.lines[number].box
    for other in range(number + 1, min(number + 1 + NEAR, len(leaf.lines))):
        box, text = leaf.lines[other].box, leaf.lines[other].text
        close = -0.4 * one.height <= box.top - one.bottom <= 1.2 * one.height
        level = abs(box.left - one.left) * leaf.aspect <= 0.7 * one.height
        if close and level and 0.7 * one.height <= box.height <= 1.4 * one.height:
            return other if len(text) <= LONGEST and not re.search(r"\d", text) else None
    return None


def within_row(one: Box, row: Box) -> bool:
    return min(one.bottom, row.bottom) - max(one.top, row.top) >= 0.2 * min(one.height, row.height)
