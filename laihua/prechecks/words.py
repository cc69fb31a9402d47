"""What reading yields: lines of words with their places on the upright page. Plain values.

Places are shares of the page, 0 to 1, from its left and upper edge. A scan may lie on its side or askew: `Leaf.lines` stand
on the upright page, and `Leaf.on_page` says where that is on the page as it is shown.
"""

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def joined(self, other: "Box") -> "Box":
        return Box(min(self.left, other.left), min(self.top, other.top), max(self.right, other.right), max(self.bottom, other.bottom))


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on one line without a wide gap: a label, a value, a line of a paragraph.

    `ends`: where each character ends, as shares of the line's width; empty where only the line's own place is known.
    `sure`: from 0 to 1; 1 where the page carries its text.
    """

    text: str
    box: Box
    sure: float = 1.0
    ends: tuple[float, ...] = ()

    def part(self, start: int, end: int) -> Box:
        """Where the characters from `start` to before `end` stand; by their widths where that is not known."""
        ends = self.ends if len(self.ends) == len(self.text) else spread(self.text)
        before = ends[start - 1] if start else 0.0
        after = ends[min(end, len(ends)) - 1] if end else before
        width = self.box.width
        return Box(self.box.left + before * width, self.box.top, self.box.left + after * width, self.box.bottom)


def spread(text: str) -> tuple[float, ...]:
    """Where each character ends if Chinese characters are twice as wide as others."""
    widths = [2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text]
    total, reached, ends = sum(widths) or 1, 0, []
    for width in widths:
        reached += width
        ends.append(reached / total)
    return tuple(ends)


@dataclass(frozen=True)
class Leaf:
    """One page as it was read, from 1. `aspect`: width to height of the upright page.

    `turned`: by how many degrees clockwise the page as it is shown must be turned to stand upright, a quarter at a time;
    `skew`: how far it leans besides, clockwise, in degrees. `seals` and `signatures` are what looks like one.
    """

    number: int
    aspect: float
    lines: tuple[Line, ...]
    by: Literal["text", "ocr", "nothing"]
    turned: Literal[0, 90, 180, 270] = 0
    skew: float = 0.0
    seals: tuple[Box, ...] = ()
    signatures: tuple[Box, ...] = ()

    @cached_property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    def on_page(self, box: Box) -> Box:
        """The same place on the page as it is shown, before it is turned and straightened."""
        corners = [self._back(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
        across, down = [x for x, _ in corners], [y for _, y in corners]
        return Box(max(0.0, min(across)), max(0.0, min(down)), min(1.0, max(across)), min(1.0, max(down)))

    def _back(self, x: float, y: float) -> tuple[float, float]:
        if self.skew:
            angle = math.radians(self.skew)
            across, down = (x - 0.5) * self.aspect, y - 0.5
            x = (across * math.cos(angle) - down * math.sin(angle)) / self.aspect + 0.5
            y = across * math.sin(angle) + down * math.cos(angle) + 0.5
        if self.turned == 90:
            return y, 1 - x
        if self.turned == 180:
            return 1 - x, 1 - y
        if self.turned == 270:
            return 1 - y, x
        return x, y


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as far as it was read. `pages`: how many it has; `codes`: what the QR codes of our own prints say."""

    pages: int
    leaves: tuple[Leaf, ...]
    codes: tuple[str, ...] = ()

    def lines(self) -> Iterator[tuple[Leaf, Line]]:
        for leaf in self.leaves:
            for line in leaf.lines:
                yield leaf, line
