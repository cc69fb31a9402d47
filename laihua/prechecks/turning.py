"""How a page lies in its picture: on its side, upside down, askew; and where its lines stand once it is upright."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Quad = NDArray[np.float32]          # four corners from the upper left, clockwise, in pixels

LONG = 4.0                          # from this ratio on the direction of a line is known well
TALL = 1.5                          # the engine takes what is taller than this for a line that stands on end
STEEP = 20.0                        # degrees; what leans more is something else, such as the words around a seal


def lies_on_its_side(grey: Grey) -> bool:
    """Told by the gaps between lines: along them the sums of ink jump, across them they do not. Cheap, and not always right."""
    step = max(1, max(grey.shape) // 800)
    ink = 255.0 - grey[::step, ::step].astype(np.float32)
    ink -= np.median(ink)
    ink[ink < 40] = 0
    along, across = ((np.diff(ink.mean(axis=axis)) ** 2).sum() for axis in (1, 0))
    return bool(across > 1.6 * along and across > 1.0)


def stand_on_end(quads: Sequence[Quad]) -> bool:
    """Most of what is long enough to tell runs from top to bottom."""
    upright = on_end = 0.0
    for quad in quads:
        across, down = sides(quad)
        if down > TALL * across:
            on_end += down
        elif across > TALL * down:
            upright += across
    return on_end > 1.5 * upright


def lean(quads: Sequence[Quad]) -> float:
    """By how many degrees most lines lean clockwise; the longer ones tell more."""
    found = []
    for quad in quads:
        across, down = sides(quad)
        if across > LONG * down:
            x, y = (quad[1] - quad[0]) + (quad[2] - quad[3])
            angle = math.degrees(math.atan2(float(y), float(x)))
            if abs(angle) < STEEP:
                found.append((angle, across))
    found.sort()
    half, reached = sum(length for _, length in found) / 2, 0.0
    for angle, length in found:
        reached += length
        if reached >= half:
            return angle if abs(angle) > 0.15 else 0.0
    return 0.0


def sides(quad: Quad) -> tuple[float, float]:
    """Width and height, the mean of two sides each."""
    across = (np.linalg.norm(quad[1] - quad[0]) + np.linalg.norm(quad[2] - quad[3])) / 2
    down = (np.linalg.norm(quad[3] - quad[0]) + np.linalg.norm(quad[2] - quad[1])) / 2
    return float(across), float(down)


def straightened(quad: Quad, width: int, height: int, skew: float) -> tuple[float, float, float, float]:
    """Left, top, right and bottom on the straightened page, as shares of it."""
    placed = [straight(x / width, y / height, width / height, skew) for x, y in quad.tolist()]
    return min(x for x, _ in placed), min(y for _, y in placed), max(x for x, _ in placed), max(y for _, y in placed)


def upright(x: float, y: float, *, aspect: float, turned: int, skew: float = 0.0) -> tuple[float, float]:
    """A place of the page as it is shown, on the upright page, whose `aspect` is given: `Leaf.on_page` the other way round."""
    if turned == 90:
        x, y = 1 - y, x
    elif turned == 180:
        x, y = 1 - x, 1 - y
    elif turned == 270:
        x, y = y, 1 - x
    return straight(x, y, aspect, skew)


def straight(x: float, y: float, aspect: float, skew: float) -> tuple[float, float]:
    if not skew:
        return x, y
    angle = math.radians(skew)
    across, down = (x - 0.5) * aspect, y - 0.5
    return (
        (across * math.cos(angle) + down * math.sin(angle)) / aspect + 0.5,
        down * math.cos(angle) - across * math.sin(angle) + 0.5,
    )
