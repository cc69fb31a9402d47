"""A scan must be sharp and fine enough to be read. Whatever can be read, however poor, is taken."""

import random
from functools import cache
from io import BytesIO

import pikepdf
import pytest
import typst
from PIL import Image, ImageDraw, ImageFilter

from laihua.prechecks import gate
from tests.prechecks import samples

pytestmark = pytest.mark.req("PRE-1")
SENTENCE = "甲方与乙方经协商一致，订立本合同。The employer and the employee agree as follows, from 1 March 2026. "
DPI = 150


@cache
def page(points: float = 10.5, times: int = 14, dpi: int = DPI) -> Image.Image:
    """A4 in print."""
    text = f"#set page(width: 210mm, height: 297mm)\n#set text(size: {points}pt)\n= CONTRACT 合同\n\n" + "\n\n".join([SENTENCE] * times)
    drawn = typst.compile(text.encode(), format="png", ppi=dpi)
    return Image.open(BytesIO(drawn[0] if isinstance(drawn, list) else drawn)).convert("RGB")


def pdf(picture: Image.Image, dpi: float = DPI) -> bytes:
    out = BytesIO()
    picture.save(out, "PDF", resolution=dpi)
    return out.getvalue()


def codes(content: bytes) -> list[str]:
    found = gate.inspect(content, name="scan.pdf", accept="pdf", max_bytes=2**24, colour=False)
    return [problem.code for problem in found.problems]


def blurred(picture: Image.Image, millimetres: float) -> Image.Image:
    """As by a lens: points become discs of about twice this on the paper."""
    return picture.filter(ImageFilter.GaussianBlur(millimetres * picture.height / 297))


def grain(picture: Image.Image, part: float = 0.15) -> Image.Image:
    noise = Image.frombytes("L", picture.size, random.Random(5).randbytes(picture.width * picture.height))
    return Image.blend(picture, noise.convert("RGB"), part)


def shadow(picture: Image.Image) -> Image.Image:
    shade = Image.linear_gradient("L").resize(picture.size).point(lambda v: 90 + v // 2)
    return Image.composite(picture, Image.new("RGB", picture.size, (60, 58, 55)), shade)


def pale(picture: Image.Image) -> Image.Image:
    return picture.point(lambda v: 185 + v * 65 // 255)


def jpeg(picture: Image.Image, quality: int = 25) -> Image.Image:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return Image.open(out)


def askew(picture: Image.Image) -> Image.Image:
    return picture.rotate(3, fillcolor="white", resample=Image.Resampling.BICUBIC)


def photographed(picture: Image.Image) -> Image.Image:
    """On a table, from an angle."""
    table = Image.new("RGB", (picture.width * 5 // 4, picture.height * 5 // 4), (112, 84, 60))
    width, height = picture.size
    seen = picture.transform(table.size, Image.Transform.QUAD, (-120, -90, -60, height + 150, width + 110, height + 80, width + 60, -130))
    mask = Image.new("L", picture.size, 255).transform(
        table.size, Image.Transform.QUAD, (-120, -90, -60, height + 150, width + 110, height + 80, width + 60, -130))
    table.paste(seen, mask=mask)
    return shadow(table)


@pytest.mark.parametrize("spoil", [
    lambda p: p, grain, shadow, pale, jpeg, askew, photographed, lambda p: blurred(p, 0.3), lambda p: jpeg(grain(askew(p))),
    lambda p: grain(blurred(pale(p), 0.2), 0.05), lambda p: p.convert("1").convert("RGB"), lambda p: p.rotate(90, expand=True),
    lambda p: shadow(blurred(p, 0.3)), lambda p: p.convert("L"),
], ids=["clean", "grain", "shadow", "pale", "jpeg", "askew", "photographed", "a little soft", "poor", "pale and grainy", "two shades",
        "on its side", "soft in shadow", "grey"])
@pytest.mark.parametrize(("points", "times"), [(10.5, 14), (8, 20), (16, 1)], ids=["letter", "small print", "a few words"])
def test_what_can_be_read_is_taken(spoil, points: float, times: int) -> None:
    assert codes(pdf(spoil(page(points, times)))) == []


@pytest.mark.parametrize("spoil", [
    lambda p: p, lambda p: grain(p, 0.05), shadow, lambda p: jpeg(p, 40), lambda p: p.rotate(90, expand=True), askew,
], ids=["clean", "grain", "shadow", "jpeg", "on its side", "askew"])
@pytest.mark.parametrize("points", [8, 10.5, 16])
def test_what_nobody_can_read_is_told(spoil, points: float) -> None:
    assert codes(pdf(spoil(blurred(page(points, 14), 1.0)))) == ["blurred_page"]


def show_through(_: Image.Image) -> Image.Image:
    """The print of the other side."""
    return page().transpose(Image.Transpose.FLIP_LEFT_RIGHT).point(lambda v: 236 + v * 14 // 255)


def fold(_: Image.Image) -> Image.Image:
    empty = Image.new("RGB", page().size, (238, 237, 233))
    ImageDraw.Draw(empty).rectangle((0, 860, empty.width, 880), fill=(205, 204, 200))
    return empty.filter(ImageFilter.GaussianBlur(8))


@pytest.mark.parametrize("spoil", [show_through, fold, lambda p: grain(show_through(p), 0.1)], ids=["print behind", "fold", "both"])
def test_an_empty_side_is_blank_whatever_its_paper_shows(spoil) -> None:
    assert codes(pdf(spoil(page()))) == ["blank_page"]


def test_the_page_is_named() -> None:
    out = BytesIO()
    page().save(out, "PDF", resolution=DPI, save_all=True, append_images=[blurred(page(), 1.2)])
    problem, = gate.inspect(out.getvalue(), name="scan.pdf", accept="pdf", max_bytes=2**24, colour=False).problems
    assert problem.text.zh.startswith("第2页模糊")
    assert problem.text.en.startswith("Page 2 is blurred")


@pytest.mark.parametrize(("dpi", "expected"), [(72, ["low_resolution"]), (88, ["low_resolution"]), (92, []), (100, []), (150, [])])
def test_a_scan_has_enough_dots_to_an_inch(dpi: int, expected: list[str]) -> None:
    assert codes(pdf(page(dpi=dpi), dpi)) == expected


def test_a_photograph_on_a_page_of_its_pixels_is_fine_enough() -> None:
    """Programs that give a picture one point for each pixel make pages a metre high."""
    assert codes(pdf(page(dpi=200), 72)) == []


def test_a_card_on_a_small_page_is_judged_by_its_own_size() -> None:
    card = page(9, 3, 200).crop((0, 0, 700, 440))
    assert codes(pdf(card, 200)) == []
    assert codes(pdf(card.resize((245, 154)), 70)) == ["low_resolution"]


def with_text_and(picture: Image.Image) -> bytes:
    """A letter typed by a word processor, with a picture of a few pixels across its head."""
    drawn = typst.compile(f"#set page(width: 210mm, height: 297mm)\n#v(40mm)\n{SENTENCE * 8}".encode())
    with pikepdf.open(BytesIO(drawn)) as file:
        raw = picture.convert("RGB")
        image = pikepdf.Stream(file, raw.tobytes(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=raw.width,
                               Height=raw.height, ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8)
        file.pages[0].obj.Resources.XObject = pikepdf.Dictionary(Logo=image)
        file.pages[0].contents_add(b"q 500 0 0 700 40 100 cm /Logo Do Q", prepend=True)
        out = BytesIO()
        file.save(out)
        return out.getvalue()


def test_a_coarse_picture_behind_typed_text_is_no_matter() -> None:
    assert codes(with_text_and(Image.new("RGB", (60, 90), (240, 244, 250)))) == []


def test_a_text_document_is_never_too_coarse_or_blurred() -> None:
    assert codes(typst.compile(f"#set page(width: 210mm, height: 297mm)\n{SENTENCE * 20}".encode())) == []


def test_a_page_sent_as_a_picture_is_told_too() -> None:
    def sent(picture: Image.Image) -> list[str]:
        out = BytesIO()
        seal = picture.copy()
        ImageDraw.Draw(seal).ellipse((600, 900, 900, 1200), outline=(200, 20, 30), width=14)
        seal.save(out, "JPEG", quality=80)
        found = gate.inspect(out.getvalue(), name="a.jpg", accept="picture", max_bytes=2**23, colour=True)
        return [problem.code for problem in found.problems]

    assert sent(page()) == []
    assert sent(blurred(page(), 0.3)) == []
    assert sent(blurred(page(), 1.2)) == ["blurred_picture"]


def test_a_file_of_ordinary_size_is_answered_within_a_second() -> None:
    """The best of three, since this machine may be busy with other things."""
    content = samples.scan(*[samples.page_image(size=(1654, 2339))] * 3)
    assert min(gate.inspect(content, name="a.pdf", accept="pdf", max_bytes=2**24, colour=True).seconds for _ in range(3)) < 1
