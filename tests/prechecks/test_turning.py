"""How a page lies is told from its lines, and its places are carried to the upright page and back."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from laihua.prechecks import turning
from laihua.prechecks.words import Box, Leaf

QUARTERS = some.sampled_from([0, 90, 180, 270])


def quad(left: float, top: float, width: float, height: float, angle: float = 0.0) -> turning.Quad:
    """A line whose upper left corner stays where it is, leaning clockwise."""
    turn = np.array([[math.cos(math.radians(angle)), -math.sin(math.radians(angle))],
                     [math.sin(math.radians(angle)), math.cos(math.radians(angle))]])
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float64)
    return (corners @ turn.T + [left, top]).astype(np.float32)


def page(angle: float) -> list[turning.Quad]:
    return [quad(100, 100 + 50 * at, 300 + 40 * (at % 5), 24, angle) for at in range(12)]


@given(some.floats(0.1, 0.9), some.floats(0.1, 0.9), some.floats(0.5, 2.0), QUARTERS, some.floats(-10, 10))
def test_there_and_back(x: float, y: float, aspect: float, turned: int, skew: float) -> None:
    leaf = Leaf(1, aspect, (), "ocr", turned, skew)     # type: ignore[arg-type]
    shown_x, shown_y = leaf._back(x, y)
    assert turning.upright(shown_x, shown_y, aspect=aspect, turned=turned, skew=skew) == pytest.approx((x, y))


def test_a_place_on_a_page_that_lies_on_its_side() -> None:
    """The page is shown turned by 90° to the left: what is at the upper left is shown at the lower left."""
    box = Leaf(1, 0.7, (), "ocr", 90).on_page(Box(0.1, 0.05, 0.4, 0.1))
    assert (box.left, box.top, box.right, box.bottom) == pytest.approx((0.05, 0.6, 0.1, 0.9))


@pytest.mark.req("PRE-2")
@pytest.mark.parametrize("angle", [-12.0, -3.0, -0.5, 0.0, 0.5, 3.0, 12.0])
def test_most_lines_tell_by_how_much_a_page_leans(angle: float) -> None:
    others = [quad(500, 500, 200, 30, 45), quad(100, 900, 40, 40, -7), quad(300, 50, 20, 200, 2)]
    assert turning.lean(page(angle) + others) == pytest.approx(angle, abs=0.1)


def test_a_page_without_long_lines_leans_nowhere() -> None:
    assert turning.lean([]) == 0.0
    assert turning.lean([quad(0, 0, 30, 20, 9)]) == 0.0


def test_lines_that_stand_on_end() -> None:
    on_end = [quad(100 + 50 * at, 100, 24, 400) for at in range(10)]
    assert turning.stand_on_end(on_end + page(0)[:3])
    assert not turning.stand_on_end(page(3) + on_end[:3])
    assert not turning.stand_on_end([])


def test_a_straightened_line_is_level() -> None:
    left, top, right, bottom = turning.straightened(quad(400, 500, 600, 30, 3), 1400, 2000, 3.0)
    assert (right - left) * 1400 == pytest.approx(600, abs=0.5)
    assert (bottom - top) * 2000 == pytest.approx(30, abs=0.5)


@pytest.mark.parametrize("noise", [0, 12])
def test_a_page_on_its_side_is_told_by_its_ink(noise: int) -> None:
    rng = np.random.default_rng(7)
    picture = np.full((1400, 1000), 235, dtype=np.float32)
    for row in range(100, 1300, 40):
        column = 100
        while column < 850:
            wide = int(rng.integers(4, 14))
            if rng.random() > 0.15:
                picture[row:row + 18, column:column + wide] = 40
            column += wide + 5
    picture += rng.normal(0, noise, picture.shape)
    grey = np.clip(picture, 0, 255).astype(np.uint8)
    assert not turning.lies_on_its_side(grey)
    assert turning.lies_on_its_side(np.rot90(grey))
    assert not turning.lies_on_its_side(np.full((500, 400), 255, dtype=np.uint8))
