"""Pages sent as pictures: in colour, whatever the paper looks like; what only has a tint is none (UNI-2)."""

import os
from io import BytesIO

import pytest
from PIL import Image, ImageDraw, ImageOps

from laihua.prechecks import gate
from tests.prechecks import samples

SIZE = (827, 1169)
SEAL = (196, 30, 42)


def page(seal: int = 0, ink: tuple[int, int, int] = SEAL) -> Image.Image:
    """A page of black letters; a round seal of so many pixels across, ring and star of red on what is below."""
    picture = samples.page_image(colour=False, size=SIZE)
    if seal:
        draw = ImageDraw.Draw(picture)
        left, top = 520, 900
        draw.ellipse((left, top, left + seal, top + seal), outline=ink, width=max(2, seal // 20))
        draw.regular_polygon((left + seal / 2, top + seal / 2, seal / 5), 5, fill=ink)
        draw.text((left + seal / 5, top + seal / 5), "XING HAI", fill=ink, font_size=max(8, seal // 8))
    return picture


def grey(picture: Image.Image) -> Image.Image:
    return picture.convert("L").convert("RGB")


def grain(picture: Image.Image, part: float = 0.12) -> Image.Image:
    return Image.blend(picture, Image.frombytes("L", picture.size, os.urandom(picture.width * picture.height)).convert("RGB"), part)


def sepia(picture: Image.Image) -> Image.Image:
    return ImageOps.colorize(picture.convert("L"), black="#2a1a08", mid="#a07a4c", white="#f6ead2")


def cast(picture: Image.Image, by: tuple[float, float, float]) -> Image.Image:
    """The light of a lamp over everything."""
    return Image.merge("RGB", [c.point(lambda v, f=f: round(v * f)) for c, f in zip(picture.split(), by, strict=True)])


def sent(picture: Image.Image, kind: str = "JPEG", quality: int = 85) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **({"quality": quality} if kind == "JPEG" else {}))
    return out.getvalue()


def codes(content: bytes, name: str = "licence.jpg", *, colour: bool = True) -> list[str]:
    found = gate.inspect(content, name=name, accept="picture", max_bytes=5 * 1024**2, colour=colour)
    assert found.ok == (not found.problems)
    return [problem.code for problem in found.problems]


WARM, COLD = (1.0, 0.9, 0.72), (0.84, 0.92, 1.0)


@pytest.mark.req("UNI-2")
@pytest.mark.parametrize("picture", [
    page(seal=170), page(seal=60), grain(page(seal=80)), cast(page(seal=120), WARM), cast(page(seal=120), COLD),
    page(seal=120, ink=(226, 138, 140)), samples.page_image(),
], ids=["seal", "small seal", "seal in grain", "warm lamp", "cold light", "pale seal", "coloured print"])
@pytest.mark.parametrize("quality", [30, 90])
def test_a_page_in_colour_is_taken(picture: Image.Image, quality: int) -> None:
    assert codes(sent(picture, quality=quality)) == []


@pytest.mark.req("UNI-2")
@pytest.mark.parametrize("picture", [
    grey(page(seal=170)), grain(grey(page(seal=170))), cast(grey(page(seal=170)), WARM), cast(grey(page(seal=170)), COLD),
    sepia(page(seal=170)), sepia(grain(page(seal=170))), page(seal=170).convert("1").convert("RGB"),
], ids=["grey", "grey with grain", "grey under a warm lamp", "grey in cold light", "sepia", "sepia with grain", "two shades"])
@pytest.mark.parametrize("quality", [30, 90])
def test_a_page_without_colour_is_refused(picture: Image.Image, quality: int) -> None:
    assert codes(sent(picture, quality=quality)) == ["picture_without_colour"]


@pytest.mark.req("UNI-2")
def test_noise_in_the_colours_of_a_grey_scan_is_no_colour() -> None:
    """A cheap scanner: every channel has noise of its own."""
    noisy = Image.merge("RGB", [
        Image.blend(page(seal=170).convert("L"), Image.frombytes("L", SIZE, os.urandom(SIZE[0] * SIZE[1])), 0.15) for _ in range(3)
    ])
    assert codes(sent(noisy, quality=60)) == ["picture_without_colour"]


@pytest.mark.req("UNI-2")
def test_the_refusal_says_why_and_how_to_mend_it() -> None:
    problem, = gate.inspect(sent(grey(page(seal=170))), name="a.jpg", accept="picture", max_bytes=5 * 1024**2, colour=True).problems
    assert all(part in problem.text.zh for part in ("禁止使用黑白图片", "用彩色模式重新扫描或拍照"))
    assert all(part in problem.text.en for part in ("in black and white", "again in colour"))


@pytest.mark.parametrize(("content", "name", "expected"), [
    (sent(page(seal=170), "PNG"), "a.png", []),
    (sent(page(seal=170).convert("RGBA"), "PNG"), "a.png", []),
    (sent(page(seal=170).resize((599, 900))), "a.jpg", ["picture_too_small"]),
    (sent(page(seal=170).resize((600, 848))), "a.jpg", []),
    (sent(Image.new("RGB", SIZE, "white")), "a.jpg", ["blank_picture"]),
    (samples.scan(), "a.pdf", ["wrong_ending"]),
    (samples.scan(), "a.jpg", ["not_a_photo"]),
    (sent(page(seal=170))[:20_000], "a.jpg", ["damaged"]),
], ids=["png", "transparent png", "narrow", "just wide enough", "blank", "pdf", "pdf named jpg", "cut off"])
def test_what_else_is_wrong_is_said(content: bytes, name: str, expected: list[str]) -> None:
    assert codes(content, name) == expected


def test_where_no_colour_is_asked_for_grey_will_do() -> None:
    assert codes(sent(grey(page())), colour=False) == []
