"""Seals and signatures are seen where they are, in good scans and poor ones; print, pictures and tables are neither."""

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from laihua.prechecks import marks
from laihua.prechecks.child import Picture
from laihua.prechecks.words import Box

WIDE, HIGH = 827, 1169              # A4 at 100 dpi
RED, BLUE, INK = (205, 40, 50), (50, 70, 160), (25, 30, 80)
Draw = Callable[[ImageDraw.ImageDraw], None]


def seal(left: int = 500, top: int = 800, size: int = 150, colour: tuple[int, int, int] = RED) -> Draw:
    """A ring with letters along it and a star in the middle."""
    def draw(on: ImageDraw.ImageDraw) -> None:
        on.ellipse((left, top, left + size, top + size), outline=colour, width=5)
        for at in range(14):
            angle = np.pi * (0.85 + 1.3 * at / 13)
            x, y = left + size / 2 + 0.37 * size * np.cos(angle), top + size / 2 + 0.37 * size * np.sin(angle)
            on.rectangle((x - 5, y - 6, x + 5, y + 6), outline=colour, width=2)
        on.regular_polygon((left + size / 2, top + size / 2, size / 8), 5, fill=colour)
    return draw


def frame(left: int = 120, top: int = 900, colour: tuple[int, int, int] = BLUE) -> Draw:
    """The stamp of a company abroad: three lines in an inclined frame."""
    def draw(on: ImageDraw.ImageDraw) -> None:
        corners = [(left, top + 24), (left + 230, top), (left + 236, top + 56), (left + 6, top + 80)]
        on.line([*corners, corners[0]], fill=colour, width=4)
        for row in range(2):
            for at in range(16):
                x, y = left + 24 + 12 * at, top + 32 + 20 * row - 1.3 * at
                on.rectangle((x, y, x + 7, y + 11), outline=colour, width=2)
    return draw


def signature(left: int = 150, top: int = 800, width: int = 170, height: int = 50, colour: tuple[int, int, int] = INK) -> Draw:
    def draw(on: ImageDraw.ImageDraw) -> None:
        rng = np.random.default_rng(5)
        at = np.linspace(0, 1, 400)
        y = sum(rng.uniform(0.3, 1) * np.sin(at * np.pi * 2 * k + rng.uniform(0, 6)) for k in (2, 3, 5, 8))
        points = list(zip(left + width * (at + 0.04 * np.sin(at * 40)), top + height * (0.5 + 0.5 * y / np.abs(y).max()), strict=True))
        on.line(points, fill=colour, width=3)
    return draw


def loops(many: float, waves: float, lean: float) -> Draw:
    """A signature in one stroke of a ballpoint pen that goes up and down all along."""
    def draw(on: ImageDraw.ImageDraw) -> None:
        at = np.linspace(0, 1, 300)
        x, y = 4 + 40 * at + 4 * np.sin(2 * np.pi * many * at), 7 + (6 - 3.5 * at) * np.sin(2 * np.pi * waves * at + lean)
        on.line(list(zip(110 + 4 * x, 940 + 4 * y, strict=True)), fill=(28, 63, 115), width=2)
    return draw


def text(left: int = 100, top: int = 120, rows: int = 12, colour: tuple[int, int, int] = (30, 30, 30), size: int = 14) -> Draw:
    """Letters apart from each other."""
    def draw(on: ImageDraw.ImageDraw) -> None:
        rng = np.random.default_rng(3)
        for row in range(rows):
            for at in range(44):
                if rng.random() > 0.15:
                    x, y = left + at * size, top + row * size * 2
                    on.rectangle((x, y, x + size * 0.6, y + size), outline=colour, width=2)
    return draw


def printed(rows: int = 12, left: int = 100, top: int = 120, size: int = 14) -> list[Box]:
    return [Box((left - 4) / WIDE, (top + row * size * 2 - 3) / HIGH, (left + 44 * size) / WIDE, (top + row * size * 2 + size + 3) / HIGH)
            for row in range(rows)]


def table(on: ImageDraw.ImageDraw) -> None:
    for row in range(8):
        on.line((100, 500 + 40 * row, 720, 500 + 40 * row), fill=(40, 40, 40), width=2)
    for column in range(5):
        on.line((100 + 155 * column, 500, 100 + 155 * column, 780), fill=(40, 40, 40), width=2)


def portrait(on: ImageDraw.ImageDraw) -> None:
    on.rectangle((560, 120, 700, 300), fill=(200, 210, 225))
    on.ellipse((600, 150, 660, 230), fill=(214, 170, 145))
    on.rectangle((580, 235, 680, 300), fill=(60, 40, 45))


def code(on: ImageDraw.ImageDraw) -> None:
    rng = np.random.default_rng(9)
    for x in range(25):
        for y in range(25):
            if rng.random() > 0.5:
                on.rectangle((640 + 4 * x, 60 + 4 * y, 643 + 4 * x, 63 + 4 * y), fill=(0, 0, 0))


def flag(on: ImageDraw.ImageDraw) -> None:
    on.rectangle((100, 60, 260, 160), fill=(222, 41, 16))


def heading(on: ImageDraw.ImageDraw) -> None:
    for at in range(9):
        on.rectangle((180 + 52 * at, 60, 180 + 52 * at + 38, 104), outline=RED, width=7)
    on.line((100, 130, 727, 130), fill=RED, width=4)


def page(*drawn: Draw, scan: str = "", scale: float = 1.0) -> Picture:
    image = Image.new("RGB", (WIDE, HIGH), "white")
    for draw in drawn:
        draw(ImageDraw.Draw(image))
    rng = np.random.default_rng(1)
    pixels = np.asarray(image.filter(ImageFilter.GaussianBlur(0.6)) if scan else image, dtype=np.float32)
    if scan == "faded":
        pixels = 255 - (255 - pixels) * 0.5
    if scan == "shadow":
        pixels = pixels * np.linspace(0.95, 0.5, WIDE)[None, :, None]
    if scan:
        pixels = pixels * 0.93 + rng.normal(0, 6, pixels.shape)
    whole = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    if scale != 1:
        whole = whole.resize((round(WIDE * scale), round(HIGH * scale)), Image.Resampling.BICUBIC)
    return Picture(*whole.size, whole.tobytes())


def lies_at(box: Box, left: float, top: float, width: float, height: float) -> bool:
    """Within a centimetre."""
    wanted = (left / WIDE, top / HIGH, (left + width) / WIDE, (top + height) / HIGH)
    return all(abs(one - other) < 0.05 for one, other in zip((box.left, box.top, box.right, box.bottom), wanted, strict=True))


@pytest.mark.parametrize("scan", ["", "plain", "faded", "shadow"])
@pytest.mark.parametrize("scale", [0.75, 1.0, 2.0])
def test_a_seal_over_text_and_a_signature_are_found_at_their_places(scan: str, scale: float) -> None:
    found = marks.find(page(text(rows=28), seal(300, 700), signature(120, 950), table, scan=scan, scale=scale), printed(28))
    assert len(found.seals) == 1
    assert lies_at(found.seals[0], 300, 700, 150, 150)
    assert len(found.signatures) == 1
    assert lies_at(found.signatures[0], 120, 950, 170, 50)


@pytest.mark.parametrize("size", [70, 100, 200])
@pytest.mark.parametrize("scan", ["", "faded", "shadow"])
def test_seals_of_persons_and_of_offices(size: int, scan: str) -> None:
    found = marks.find(page(seal(size=size), scan=scan), [])
    assert len(found.seals) == 1
    assert not found.signatures, "the letters of a seal are no handwriting"


@pytest.mark.parametrize("scan", ["", "plain", "shadow"])
@pytest.mark.parametrize("colour", [BLUE, (180, 35, 65)])
def test_a_stamp_in_a_frame_is_a_seal_and_no_signature(scan: str, colour: tuple[int, int, int]) -> None:
    found = marks.find(page(text(), frame(colour=colour), scan=scan), printed())
    assert len(found.seals) == 1
    assert lies_at(found.seals[0], 120, 900, 236, 80)
    assert not found.signatures


@pytest.mark.parametrize("colour", [INK, (20, 20, 20), (40, 60, 170)])
def test_a_signature_in_any_ink_is_no_seal(colour: tuple[int, int, int]) -> None:
    found = marks.find(page(text(), signature(colour=colour), scan="plain"), printed())
    assert len(found.signatures) == 1
    assert not found.seals


@pytest.mark.parametrize("shape", [(4.4, 5.2, 3.9), (3.6, 4.1, 5.5), (5.9, 3.7, 4.6), (4.9, 5.9, 4.1), (3.5, 6.0, 5.0)])
def test_a_blue_signature_that_goes_up_and_down_all_along_is_no_stamp(shape: tuple[float, float, float]) -> None:
    found = marks.find(page(text(), seal(), loops(*shape), scan="plain"), printed())
    assert len(found.signatures) == len(found.seals) == 1


@pytest.mark.parametrize("turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270])
def test_on_a_page_on_its_side_a_signature_stands_on_end(turn: Image.Transpose) -> None:
    upright = page(seal(), signature(), table, scan="plain")
    image = Image.frombytes("RGB", (WIDE, HIGH), upright.pixels).transpose(turn)
    found = marks.find(Picture(HIGH, WIDE, image.tobytes()), [], on_its_side=True)
    assert len(found.signatures) == 1
    assert found.signatures[0].height * WIDE == pytest.approx(170, abs=20)
    assert len(found.seals) == 1


def test_a_signature_on_a_line_to_sign_on() -> None:
    def rule(on: ImageDraw.ImageDraw) -> None:
        on.line((100, 838, 400, 838), fill=(40, 40, 40), width=2)

    assert len(marks.find(page(text(), signature(), rule, scan="plain"), printed()).signatures) == 1


@pytest.mark.parametrize("drawn", [
    (), (text(),), (table,), (portrait,), (code,), (flag,), (heading,), (text(colour=RED),), (text(colour=BLUE),),
    (table, portrait, code, flag, heading),
], ids=["empty", "text", "table", "portrait", "code", "flag", "heading", "red text", "blue text", "all"])
@pytest.mark.parametrize("scan", ["", "plain", "shadow"])
def test_nothing_is_seen_where_nothing_is(drawn: tuple[Draw, ...], scan: str) -> None:
    found = marks.find(page(*drawn, scan=scan), printed())
    assert found.seals == ()
    assert found.signatures == ()


@pytest.mark.parametrize(("wide", "high"), [(1, 1), (1, 2_000_000), (900_000, 4), (30, 20), (13, 150)])
def test_no_shape_of_a_picture_breaks_it(wide: int, high: int) -> None:
    pixels = np.random.default_rng(2).integers(0, 256, wide * high * 3, dtype=np.uint8).tobytes()
    assert marks.find(Picture(wide, high, pixels), [Box(0, 0, 1, 0.5)]) == marks.Marks((), ())


def test_a_grey_copy_shows_no_seal() -> None:
    assert not marks.find(page(seal(colour=(90, 90, 90))), []).seals
