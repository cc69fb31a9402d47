"""What looks like a seal or a signature on a page, with its place. A hint: whether it is a proper one, people see.

Works on a picture of about 100 dpi, in cells of about a millimetre.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laihua.prechecks.child import Picture
from laihua.prechecks.words import Box

PRINTED = 0.85                      # sureness from which a line is print and no handwriting
LONG_SIDE = 1200                    # pixels of the picture in which marks are looked for
CELLS = 200                         # across the shorter side
STRIP = 12                          # from that ratio of its sides on nothing is a page
SECTORS = 24
RING = 0.6                          # share of directions in which the edge of a seal is seen
EDGE = 0.35                         # share of each side along which the edge of a stamp is seen
RESTLESS = 2.2                      # most that such an edge goes up and down

Mask = NDArray[np.bool_]
Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Marks:
    """On the page as it is shown."""

    seals: tuple[Box, ...]
    signatures: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What hangs together, in cells: `mask` within its own bounds."""

    left: int
    top: int
    mask: Mask

    @property
    def width(self) -> int:
        return int(self.mask.shape[1])

    @property
    def height(self) -> int:
        return int(self.mask.shape[0])


def find(picture: Picture, printed: Sequence[Box], *, on_its_side: bool = False) -> Marks:
    """`printed`: where words are known to be printed; nothing there is handwriting. `on_its_side`: so the page lies in it."""
    if max(picture.width, picture.height) > STRIP * min(picture.width, picture.height):
        return Marks((), ())
    pixels = shrunk(np.frombuffer(picture.pixels, dtype=np.uint8).reshape(picture.height, picture.width, 3))
    height, width = pixels.shape[:2]
    cell = max(2, round(min(height, width) / CELLS))
    side, red, tint = min(height, width), reds(pixels), tints(pixels)
    seals = alone([part for part in parts(red, cell, share=0.2, reach=2)
                   if is_seal(part, red, cell, side) or is_stamp(part, red, cell, side)])
    seals += alone([part for part in parts(tint, cell, share=0.15, reach=2) if is_stamp(part, tint, cell, side)])
    ink = without_rules(inked(pixels) & ~reddish(pixels), 12 * cell)
    for box in (*printed, *(placed(part, cell, width, height) for part in seals if part.width > part.height * 2)):
        ink[box_slice(box, width, height, spare=cell // 2)] = False
    signatures = [
        part for part in parts(ink, cell, share=0.04, reach=2)
        if is_signature(*(laid_down(part), ink.T) if on_its_side else (part, ink), cell, side)
    ]
    return Marks(tuple(placed(part, cell, width, height) for part in seals),
                 tuple(placed(part, cell, width, height) for part in signatures))


# Seals

def reds(pixels: Pixels) -> Mask:
    """Red like ink of seals, faded or in shadow as well; neither skin nor brown nor pink tints of paper."""
    red, green, blue = (pixels[:, :, at].astype(np.int16) for at in range(3))
    most, least = np.maximum(green, blue), np.minimum(green, blue)
    return (red > 80) & (red - most > 32) & ((red - most) * 4 > red) & ((most - least) * 10 < 4 * (red - least)) \
        & ((green - blue) * 4 < red - least)


def reddish(pixels: Pixels) -> Mask:
    """Whatever is left of red ink at its edges; no pen writes so."""
    red, green, blue = (pixels[:, :, at].astype(np.int16) for at in range(3))
    return red - np.maximum(green, blue) > 18


def is_seal(part: Part, red: Mask, cell: int, side: int) -> bool:
    """Of the size of a seal, not filled, with an edge nearly all around: a ring, an oval or a frame."""
    width, height = part.width * cell, part.height * cell
    if min(width, height) < 0.045 * side or max(width, height) > 0.6 * side or not 0.4 <= width / height <= 2.5:
        return False
    if not 0.04 <= inside(part, red, cell).mean() <= 0.7:
        return False
    down, across = np.nonzero(part.mask)
    x, y = (across + 0.5) * 2 / part.width - 1, (down + 0.5) * 2 / part.height - 1
    at_the_edge = np.hypot(x, y) > 0.75
    sectors = np.floor((np.arctan2(y, x)[at_the_edge] / np.pi + 1) / 2 * SECTORS).astype(int) % SECTORS
    return len(np.unique(sectors)) >= RING * SECTORS


def tints(pixels: Pixels) -> Mask:
    """Inks of stamps other than red: blue, violet, green; not the yellow and brown of paper, wood and skin."""
    red, green, blue = (pixels[:, :, at].astype(np.int16) for at in range(3))
    most, least = np.maximum(np.maximum(red, green), blue), np.minimum(np.minimum(red, green), blue)
    strong = (most - least > 28) & ((most - least) * 6 > most)
    return strong & ((blue * 20 > green * 19) & (blue * 5 > red * 4) | (green * 5 > red * 6))


def is_stamp(part: Part, tint: Mask, cell: int, side: int) -> bool:
    """A frame or an oval: its four edges run along most of its sides without going up and down, which strokes of a pen do not."""
    width, height = part.width * cell, part.height * cell
    if min(width, height) < 0.045 * side or max(width, height) > 0.45 * side or not 0.4 <= width / height <= 7:
        return False
    if not 0.03 <= inside(part, tint, cell).mean() <= 0.6:
        return False
    down, across = -(-part.height // 5), -(-part.width // 5)
    edges = (part.mask[:down].any(axis=0), part.mask[-down:].any(axis=0),
             part.mask[:, :across].any(axis=1), part.mask[:, -across:].any(axis=1))
    sides = (part.mask, part.mask[::-1], part.mask.T, part.mask.T[::-1])
    return all(edge.mean() >= EDGE for edge in edges) and all(restless(side) <= RESTLESS for side in sides)


def restless(mask: Mask) -> float:
    """How far its upper edge goes up and down all along, in its heights: 1 for an oval, twice for each wave of a pen."""
    edge = np.argmax(mask, axis=0)[mask.any(axis=0)]
    return float(np.abs(np.diff(edge)).sum()) / len(mask)


def alone(found: list[Part]) -> list[Part]:
    """Without the star within a seal, and without the large letters of a heading, which stand in a row."""
    outer = [part for part in found if not any(other is not part and within(part, other) for other in found)]
    return [part for part in outer if sum(in_a_row(part, other) for other in outer) < 4]


def within(part: Part, other: Part) -> bool:
    return other.left <= part.left and part.left + part.width <= other.left + other.width \
        and other.top <= part.top and part.top + part.height <= other.top + other.height


def in_a_row(part: Part, other: Part) -> bool:
    return abs(2 * (part.top - other.top) + part.height - other.height) < 0.6 * part.height \
        and 0.6 < part.height / other.height < 1.7


def inside(part: Part, mask: Mask, cell: int) -> Mask:
    return mask[part.top * cell:(part.top + part.height) * cell, part.left * cell:(part.left + part.width) * cell]


# Signatures

def inked(pixels: Pixels) -> Mask:
    """Darker than the paper around."""
    grey = np.minimum(np.minimum(pixels[:, :, 0], pixels[:, :, 1]), pixels[:, :, 2]).astype(np.int16)
    block = max(8, min(pixels.shape[:2]) // 24)
    high, wide = (-(-size // block) for size in grey.shape)
    padded = np.pad(grey, ((0, high * block - grey.shape[0]), (0, wide * block - grey.shape[1])), mode="edge")
    paper = np.percentile(padded.reshape(high, block, wide, block).transpose(0, 2, 1, 3).reshape(high, wide, -1), 80, axis=2)
    around = paper.repeat(block, axis=0).repeat(block, axis=1)[:grey.shape[0], :grey.shape[1]]
    return np.asarray(grey < around - 60)


def without_rules(ink: Mask, length: int) -> Mask:
    """Lines of tables and forms are taken out; a stroke of a pen is nowhere straight for so long."""
    return ink & ~grown(runs(ink, length), 1) & ~grown(runs(ink.T, length).T, 1)


def runs(ink: Mask, length: int) -> Mask:
    """What lies in an unbroken row of at least that many pixels."""
    if ink.shape[1] <= length:
        return np.zeros_like(ink)
    sums = np.cumsum(np.pad(ink, ((0, 0), (1, 0))).astype(np.int32), axis=1)
    full = sums[:, length:] - sums[:, :-length] == length
    found = np.zeros_like(ink)
    rows, begins = np.nonzero(full)
    for shift in range(length):
        found[rows, begins + shift] = True
    return found


def is_signature(part: Part, ink: Mask, cell: int, side: int) -> bool:
    """Wider than high, larger than print, thin strokes that fill little of it and are not all in one row."""
    width, height = part.width * cell, part.height * cell
    if not 0.05 * side <= width <= 0.5 * side or not 0.018 * side <= height <= 0.2 * side or not 0.7 <= width / height <= 9:
        return False
    strokes = inside(part, ink, cell)
    rows = strokes.sum(axis=1)
    total = int(rows.sum())
    if not 0.02 <= total / strokes.size <= 0.3 or np.sort(rows)[-max(2, len(rows) // 12):].sum() > 0.5 * total:
        return False
    begins = int((np.diff(np.pad(strokes, ((0, 0), (1, 0))).astype(np.int8), axis=1) == 1).sum())
    return total / max(1, begins) <= 0.03 * side and len(pieces(strokes)) <= 2 + width / height * 3


def laid_down(part: Part) -> Part:
    return Part(part.top, part.left, part.mask.T)


def pieces(strokes: Mask) -> list[Part]:
    """What hangs together; print falls apart into its letters."""
    return [part for part in parts(strokes, 1, share=0.5, reach=1) if part.mask.size > 6]


# Masks

def shrunk(pixels: Pixels) -> Pixels:
    factor = max(1, round(max(pixels.shape[:2]) / LONG_SIDE))
    if factor == 1:
        return pixels
    high, wide = pixels.shape[0] // factor, pixels.shape[1] // factor
    total = np.zeros((high, wide, 3), dtype=np.uint32)
    for down in range(factor):
        for across in range(factor):
            total += pixels[down:high * factor:factor, across:wide * factor:factor]
    return (total // factor**2).astype(np.uint8)


def grown(mask: Mask, reach: int) -> Mask:
    found = mask.copy()
    for _ in range(reach):
        wider = found.copy()
        wider[1:] |= found[:-1]
        wider[:-1] |= found[1:]
        found = wider.copy()
        found[:, 1:] |= wider[:, :-1]
        found[:, :-1] |= wider[:, 1:]
    return found


def parts(mask: Mask, cell: int, *, share: float, reach: int) -> Iterator[Part]:
    """What hangs together where gaps of up to twice `reach` cells, less one, are bridged; cells filled to `share` count."""
    high, wide = mask.shape[0] // cell, mask.shape[1] // cell
    cells = mask[:high * cell, :wide * cell].reshape(high, cell, wide * cell).sum(axis=1, dtype=np.uint8)
    cells = cells.reshape(high, wide, cell).sum(axis=2, dtype=np.uint16) >= max(1.0, share * cell**2)
    bridged = grown(cells, reach - 1) if reach > 1 else cells
    open_ = set(zip(*(found.tolist() for found in np.nonzero(bridged)), strict=True))
    while open_:
        waiting, members = [open_.pop()], []
        while waiting:
            row, column = waiting.pop()
            members.append((row, column))
            for near in (
                (row - 1, column - 1), (row - 1, column), (row - 1, column + 1), (row, column - 1), (row, column + 1),
                (row + 1, column - 1), (row + 1, column), (row + 1, column + 1),
            ):
                if near in open_:
                    open_.remove(near)
                    waiting.append(near)
        rows, columns = np.array(members).T
        kept = cells[rows, columns]
        if kept.any():
            rows, columns = rows[kept], columns[kept]
            top, left = int(rows.min()), int(columns.min())
            own = np.zeros((int(rows.max()) - top + 1, int(columns.max()) - left + 1), dtype=np.bool_)
            own[rows - top, columns - left] = True
            yield Part(left, top, own)


def box_slice(box: Box, width: int, height: int, spare: int) -> tuple[slice, slice]:
    return (
        slice(max(0, int(box.top * height) - spare), max(0, int(box.bottom * height) + 1 + spare)),
        slice(max(0, int(box.left * width) - spare), max(0, int(box.right * width) + 1 + spare)),
    )


def placed(part: Part, cell: int, width: int, height: int) -> Box:
    return Box(part.left * cell / width, part.top * cell / height,
               (part.left + part.width) * cell / width, (part.top + part.height) * cell / height)
