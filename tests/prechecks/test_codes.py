"""The code on a scan is read as offices scan: turned, skewed, grey, at 150 dpi, pale. Files made to harm end as a reason."""

from functools import cache
from io import BytesIO

import pikepdf
import pytest
import segno
from PIL import Image, ImageDraw, ImageFilter

from laihua.prechecks import gate
from tests.prechecks import samples

CODE = "LH1:UR-20261120-0001:12:0123456789ABCDEF"
MM = 1 / 25.4


@cache
def page(dpi: int, code: str = CODE, mm: float = 30) -> Image.Image:
    """A4 with lines of text and the code at the top right, as the form has it."""
    paper = Image.new("RGB", (int(210 * MM * dpi), int(297 * MM * dpi)), "white")
    pen = ImageDraw.Draw(paper)
    for line in range(40):
        pen.text((20 * MM * dpi, (60 + 5 * line) * MM * dpi), "LAIHUA registration form 2026 " * 3, fill="black", font_size=dpi // 9)
    pen.rectangle((20 * MM * dpi, 20 * MM * dpi, 60 * MM * dpi, 22 * MM * dpi), fill=(15, 92, 140))
    drawn = BytesIO()
    segno.make(code, error="m", micro=False).save(drawn, kind="png", border=0, scale=10)
    side = int(mm * MM * dpi)
    paper.paste(Image.open(drawn).convert("RGB").resize((side, side)), (int(162 * MM * dpi), int(18 * MM * dpi)))
    return paper


def pdf(*pages: Image.Image, dpi: int = 150) -> bytes:
    out = BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=dpi)
    return out.getvalue()


def read(content: bytes) -> tuple[str, ...]:
    found = gate.inspect(content, name="scan.pdf", accept="pdf", max_bytes=20 * 1024**2, colour=False, codes="first")
    assert found.ok, found.problems
    return found.codes


@pytest.mark.parametrize("turned", [0, 1.5, -3, 7, 90, 180, 270, 183])
@pytest.mark.parametrize("dpi", [150, 200])
def test_turned_and_skewed_scans_are_read(turned, dpi):
    assert read(pdf(page(dpi).rotate(turned, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC), dpi=dpi)) == (CODE,)


def grey(picture):
    return picture.convert("L")


def black_and_white(picture):
    return picture.convert("L").point(lambda v: 255 if v > 150 else 0).convert("1")


def pale(picture):
    return picture.convert("L").point(lambda v: 120 + v // 3)


def blurred(picture):
    return picture.filter(ImageFilter.GaussianBlur(1.2))


def as_jpeg(picture):
    out = BytesIO()
    picture.save(out, "JPEG", quality=35)
    return Image.open(BytesIO(out.getvalue()))


def shadowed(picture):
    shade = Image.linear_gradient("L").resize(picture.size).rotate(0).point(lambda v: 255 - v // 2)
    return Image.composite(picture, Image.new("RGB", picture.size, (90, 90, 90)), shade)


@pytest.mark.parametrize("spoil", [grey, black_and_white, pale, blurred, as_jpeg, shadowed])
def test_poor_scans_are_read(spoil):
    assert read(pdf(spoil(page(150).rotate(1, fillcolor="white")))) == (CODE,)


def test_the_code_is_found_on_a_later_page_and_beside_others():
    licence = page(150, "https://example.com/licence/1")
    assert read(pdf(licence, page(150)))[0] == "https://example.com/licence/1"
    both = page(150).copy()
    both.paste(page(150, "https://example.com").crop(both.getbbox()).resize((400, 566)), (100, 1000))
    assert CODE in read(pdf(both))
    blank_first = Image.new("RGB", page(150).size, "white")
    ImageDraw.Draw(blank_first).text((200, 200), "cover page " * 8, fill="black", font_size=30)
    assert read(pdf(blank_first, page(150))) == (CODE,)


def test_a_page_without_a_code_and_one_whose_code_is_torn_have_none():
    assert read(samples.scan()) == ()
    torn = page(150).copy()
    ImageDraw.Draw(torn).rectangle((int(170 * MM * 150), int(18 * MM * 150), torn.width, int(50 * MM * 150)), fill="white")
    assert read(pdf(torn)) == ()


def test_codes_are_not_looked_for_unasked():
    found = gate.inspect(pdf(page(150)), name="scan.pdf", accept="pdf", max_bytes=20 * 1024**2, colour=False)
    assert found.codes == ()


def sized(width: float, height: float) -> bytes:
    """A page of this size in points, with a picture over it."""
    with pikepdf.open(BytesIO(pdf(page(150)))) as file:
        file.pages[0].MediaBox = pikepdf.Array([0, 0, width, height])
        out = BytesIO()
        file.save(out)
        return out.getvalue()


@pytest.mark.parametrize("content", [
    sized(14400, 14400), sized(14400, 3), sized(3, 14400), pdf(page(150, "A" * 2000, mm=60)),
    pdf(page(150, "\N{SNOWMAN}\x00<script>" * 40, mm=60)),
    b"%PDF-1.4\n" + b"\xff" * 5000 + b"\n%%EOF", pdf(*[page(150)] * 40),
], ids=["huge", "long", "tall", "much", "odd", "noise", "many"])
def test_hostile_pages_end_as_an_answer(content):
    found = gate.inspect(content, name="scan.pdf", accept="pdf", max_bytes=50 * 1024**2, colour=False, codes="first")
    assert len(found.codes) <= 8
    assert all(len(code) <= 200 for code in found.codes)
    assert found.ok or all(r.text.zh for r in found.problems)


def test_noise_with_many_finder_patterns_ends_in_time():
    pattern = Image.new("L", (7, 7), 0)
    ImageDraw.Draw(pattern).rectangle((1, 1, 5, 5), fill=255)
    ImageDraw.Draw(pattern).rectangle((2, 2, 4, 4), fill=0)
    side = Image.new("L", (1240, 1754), 255)
    for x in range(0, 1240, 28):
        for y in range(0, 1754, 28):
            side.paste(pattern.resize((21, 21)), (x, y))
    found = gate.inspect(pdf(side), name="scan.pdf", accept="pdf", max_bytes=20 * 1024**2, colour=False, codes="first")
    assert found.codes == ()
    assert found.seconds < 10


def test_of_a_duplex_scan_the_codes_of_both_sides_are_read():
    both = pdf(page(200), page(200, f"{CODE}:B"), dpi=200)
    found = gate.inspect(both, name="scan.pdf", accept="pdf", max_bytes=20 * 1024**2, colour=False, codes="all")
    assert found.codes == (CODE, f"{CODE}:B")
