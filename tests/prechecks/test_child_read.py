"""Pages as the child hands them to those who read them: what one sees on them, where, and a picture of the rest."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
import typst
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image, ImageDraw

from laihua.prechecks import child, gate, pages
from laihua.prechecks.child import Sheet
from laihua.prechecks.words import Box, Leaf
from tests.prechecks import samples

PARAGRAPH = "The employer and the employee agree as follows. " * 12


def typeset(text: str, paper: str = "width: 210mm, height: 297mm, margin: 20mm") -> bytes:
    made = typst.compile(f"#set page({paper})\n#set text(size: 11pt)\n{text}".encode())
    assert isinstance(made, bytes)
    return made


def sheet(content: bytes, page: int = 1) -> Sheet:
    found = child.read(content, first=page, last=page)
    assert not found.problems
    return found.sheets[0]


def texts(content: bytes) -> list[str]:
    return [line.text for line in sheet(content).lines]


def with_picture(content: bytes, picture: Image.Image, place: str, *, behind: bool) -> bytes:
    """`place`: a matrix, as PDF has it."""
    def change(pdf: pikepdf.Pdf) -> None:
        raw = picture.convert("RGB")
        image = Stream(pdf, raw.tobytes(), Type=Name.XObject, Subtype=Name.Image, Width=raw.width, Height=raw.height,
                       ColorSpace=Name.DeviceRGB, BitsPerComponent=8)
        page = pdf.pages[0]
        if "/XObject" not in page.obj.Resources:
            page.obj.Resources.XObject = Dictionary()
        page.obj.Resources.XObject["/Shown"] = image
        page.contents_add(f"q {place} cm /Shown Do Q".encode(), prepend=behind)

    return samples.altered(change, content)


def drawn(operators: bytes, *, width: int = 595, height: int = 842, font: str = "/Helvetica") -> bytes:
    """A page of these operators alone; /F is a font that every reader has."""
    with pikepdf.Pdf.new() as pdf:
        pdf.add_blank_page(page_size=(width, height))
        pdf.pages[0].obj.Resources = Dictionary(Font=Dictionary(F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(font))))
        pdf.pages[0].obj.Contents = Stream(pdf, operators)
        out = BytesIO()
        pdf.save(out)
        return out.getvalue()


def turned(content: bytes, by: int) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Rotate = by

    return samples.altered(change, content)


def ink(found: Sheet, box: Box) -> tuple[int, int]:
    """The darkest shade there, on the page as it is shown."""
    picture = Image.frombytes("RGB", (found.picture.width, found.picture.height), found.picture.pixels).convert("L")
    shown = Leaf(1, 1.0, (), "text", found.turned).on_page(box)
    return picture.crop((int(shown.left * picture.width), int(shown.top * picture.height), round(shown.right * picture.width) + 1,
                         round(shown.bottom * picture.height) + 1)).getextrema()


@pytest.mark.req("PRE-2")
def test_a_line_stands_where_it_is_seen() -> None:
    found = sheet(typeset('#place(top + left, dx: 21mm, dy: 29.7mm, "Passport No. C01X00T47")'))
    line, = found.lines
    assert line.text == "Passport No. C01X00T47"
    assert (line.box.left, line.box.top) == (pytest.approx(41 / 210, abs=0.005), pytest.approx(49.7 / 297, abs=0.008))
    number = line.part(13, 22)
    assert line.text[13:22] == "C01X00T47"
    assert number.left == pytest.approx(line.box.left + (line.box.right - line.box.left) * 13 / 22, abs=0.02)
    assert found.whole
    assert ink(found, number)[0] < 120
    assert ink(found, Box(line.box.right + 0.02, line.box.top, line.box.right + 0.2, line.box.bottom)) == (255, 255)


@pytest.mark.parametrize("by", [0, 90, 180, 270])
def test_a_page_that_is_shown_turned_is_upright_in_its_lines(by: int) -> None:
    """Places lie on the upright page; back on the page as it is shown they cover the same ink."""
    found = sheet(turned(typeset("Passport No. C01X00T47\n\n姓名 WEBER ANNA"), by))
    assert [line.text for line in found.lines] == ["Passport No. C01X00T47", "姓名 WEBER ANNA"]
    assert found.turned == (360 - by) % 360
    assert all(line.box.left == pytest.approx(20 / 210, abs=0.01) for line in found.lines)
    assert all(ink(found, line.box)[0] < 120 for line in found.lines)


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_text_that_is_set_sideways_is_read_in_its_order(angle: int) -> None:
    found = sheet(typeset(f"#rotate({angle}deg, reflow: true)[Passport No. C01X00T47 of WEBER ANNA]"))
    assert [line.text for line in found.lines] == ["Passport No. C01X00T47 of WEBER ANNA"]
    assert found.turned == (360 - angle) % 360
    assert ink(found, found.lines[0].box)[0] < 120


def test_a_wide_gap_or_a_ruled_line_parts_what_stands_beside_each_other() -> None:
    assert texts(typeset("姓名：WEBER ANNA #h(3cm) 护照号：C01X00T47")) == ["姓名：WEBER ANNA", "护照号：C01X00T47"]
    assert texts(typeset("#table(columns: 3, inset: 3pt, [姓名], [性别], [国籍], [WEBER], [女], [德国])")) == [
        "姓名", "性别", "国籍", "WEBER", "女", "德国"]
    one_path = b"BT /F 12 Tf 50 700 Td (Name) Tj 40 0 Td (WEBER) Tj ET 45 690 m 87 690 l 87 715 l 45 715 l h S"
    assert texts(drawn(one_path)) == ["Name", "WEBER"]
    assert texts(drawn(one_path.replace(b"S", b"n", 1))) == ["Name WEBER"]


def test_a_label_that_is_spaced_out_stays_whole() -> None:
    assert texts(typeset("姓#h(2em)名：WEBER ANNA\n\n#text(tracking: 0.6em)[劳动合同]")) == ["姓 名：WEBER ANNA", "劳动合同"]


def test_letters_are_those_that_people_write() -> None:
    """Ligatures are letters again, with a place each; a number set close to its label keeps its spaces."""
    line, = sheet(typeset("office difficult final, Müller, WEBER 王芳")).lines
    assert line.text == "office difficult final, Müller, WEBER 王芳"
    assert len(line.ends) == len(line.text)
    assert all(before <= after for before, after in zip(line.ends, line.ends[1:], strict=False))
    assert line.ends[2] < line.ends[3]


def test_text_that_is_drawn_twice_to_look_bold_is_there_once() -> None:
    assert texts(drawn(b"BT /F 12 Tf 50 700 Td (Contract) Tj ET BT /F 12 Tf 50.4 700 Td (Contract) Tj ET")) == ["Contract"]


WHITE = Image.new("RGB", (20, 20), "white")


@pytest.mark.parametrize(("content", "expected"), [
    (lambda: drawn(b"BT /F 12 Tf 50 700 Td (seen here) Tj 0 -30 Td 3 Tr (laid below) Tj ET"), ["seen here"]),
    (lambda: typeset("seen here\n\n#text(fill: white)[white on white]"), ["seen here"]),
    (lambda: with_picture(typeset("seen here #v(5cm) below a picture"), WHITE, "500 0 0 300 40 400", behind=False), ["seen here"]),
    (lambda: drawn(b"BT /F 12 Tf 50 700 Td (seen here) Tj 0 900 Td (beside the page) Tj ET"), ["seen here"]),
    (lambda: typeset("seen here #place(center + horizon, rotate(45deg)[#text(40pt, gray)[COPY ONLY]])"), ["seen here"]),
    (lambda: typeset("seen here #block(fill: black, inset: 4pt, text(fill: white)[white on black])"), ["seen here", "white on black"]),
], ids=["invisible", "colour of the paper", "covered", "beside the page", "watermark", "on dark ground"])
def test_only_what_one_sees_is_read(content: Callable[[], bytes], expected: list[str]) -> None:
    assert texts(content()) == expected


@pytest.mark.req("PRE-2")
def test_a_scan_comes_as_a_picture_at_the_resolution_asked_for() -> None:
    found = child.read(samples.scan(), first=1, last=1, dpi=150).sheets[0]
    assert not found.whole
    assert not found.lines
    assert (found.picture.width, found.picture.height) == (pytest.approx(8.27 * 150, abs=2), pytest.approx(11.69 * 150, abs=2))
    assert len(found.picture.pixels) == found.picture.width * found.picture.height * 3


def test_the_invisible_text_below_a_scan_is_not_believed() -> None:
    """Scanners lay their own guess there; the engine's is as good, and what it says can be seen."""
    guess = drawn(b"BT 3 Tr /F 12 Tf 50 700 Td (Passp0rt N0. C0IX00T47) Tj ET")
    scan = with_picture(guess, samples.page_image(), "595 0 0 842 0 0", behind=True)
    found = sheet(scan)
    assert not found.lines
    assert not found.whole
    assert found.picture.width > 1600


PICTURE = samples.page_image(size=(400, 280))


@pytest.mark.parametrize(("content", "whole"), [
    (lambda: with_picture(typeset("Copy of the passport"), PICTURE, "354 0 0 249 100 300", behind=True), False),
    (lambda: with_picture(typeset("Front of the card"), PICTURE, "243 0 0 153 100 300", behind=True), False),
    (lambda: with_picture(typeset(PARAGRAPH), samples.page_image(), "595 0 0 842 0 0", behind=False), False),
    (lambda: with_picture(typeset(PARAGRAPH), PICTURE, "113 0 0 113 400 100", behind=True), True),
    (lambda: with_picture(typeset(PARAGRAPH * 6), Image.new("RGB", (30, 40), "#eef"), "595 0 0 842 0 0", behind=True), True),
    (lambda: with_picture(typeset(PARAGRAPH), PICTURE, "500 0 0 90 40 100", behind=True), True),
    (lambda: typeset("#table(columns: 2, ..range(40).map(n => [cell #n]))"), True),
], ids=["passport on a page", "card on a page", "scan over text", "seal", "background", "letterhead", "table"])
def test_a_page_is_whole_where_no_picture_can_carry_more_words(content: Callable[[], bytes], whole: bool) -> None:
    found = sheet(content())
    assert found.whole == whole
    assert (found.picture.width > 1600) != whole


def test_letters_without_a_meaning_are_left_to_the_engine() -> None:
    """Fonts cut down so far that nobody knows which letter is which."""
    def change(pdf: pikepdf.Pdf) -> None:
        for font in pdf.pages[0].obj.Resources.Font.values():
            font.ToUnicode = Stream(pdf, (
                b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
                b"1 beginbfrange <0000> <00FF> <E000> endbfrange\nendcmap end end"))

    found = sheet(samples.altered(change, typeset("Passport No. C01X00T47")))
    assert not found.lines
    assert not found.whole


def filled_form() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        look = Stream(pdf, b"/Tx BMC BT /F 12 Tf 2 4 Td (WEBER ANNA) Tj ET EMC", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 150, 20],
                      Resources=Dictionary(Font=Dictionary(F=page.Resources.Font.F)))
        box = pdf.make_indirect(Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), V=String("WEBER ANNA"), Rect=[100, 695, 250, 715], F=4,
            AP=Dictionary(N=pdf.make_indirect(look)), DA=String("/F 12 Tf")))
        page.Annots = Array([box])
        pdf.Root.AcroForm = Dictionary(Fields=Array([box]))

    return samples.altered(change, drawn(b"BT /F 12 Tf 50 700 Td (Name:) Tj ET"))


@pytest.mark.req("PRE-2")
def test_what_was_typed_into_a_form_is_read_and_shown() -> None:
    assert texts(filled_form()) == ["Name: WEBER ANNA"]
    shown = Image.open(BytesIO(pages.render(filled_form(), 1, 595))).convert("L")
    assert shown.crop((100, 842 - 715, 250, 842 - 695)).getextrema()[0] < 120


def test_a_file_is_read_a_few_pages_at_a_time() -> None:
    scan = samples.scan(*[samples.page_image()] * 9)
    seen: list[int] = []
    while len(seen) < 9:
        found = child.read(scan, first=len(seen) + 1, last=9)
        assert found.pages == 9
        assert found.sheets
        seen += [one.number for one in found.sheets]
        assert sum(len(one.picture.pixels) for one in found.sheets) <= child.MOST_BYTES
    assert seen == list(range(1, 10))


def test_a_photograph_is_one_upright_page() -> None:
    picture = samples.page_image(size=(800, 600))
    ImageDraw.Draw(picture).rectangle((0, 0, 100, 100), fill="red")
    out, turned_by = BytesIO(), Image.Exif()
    turned_by[0x0112] = 6
    picture.save(out, "JPEG", exif=turned_by)
    found = sheet(out.getvalue())
    assert (found.picture.width, found.picture.height, found.whole) == (600, 800, False)
    red, green, _ = found.picture.pixels[(50 * 600 + 550) * 3: (50 * 600 + 550) * 3 + 3]
    assert red > 200 > 100 > green


@pytest.mark.req("PRE-8")
@pytest.mark.parametrize(("content", "code"), [
    (b"", "not_a_pdf"), (b"nonsense", "not_a_pdf"), (samples.scan()[:500], "damaged"), (samples.giant_png(), "photo_too_large"),
    (samples.encrypted(user="a", owner="b"), "damaged"),
])
def test_what_cannot_be_opened_is_a_problem_and_no_exception(content: bytes, code: str) -> None:
    found = child.read(content, first=1, last=3)
    assert not found.sheets
    assert [problem for problem, _ in found.problems] == [code]


@pytest.mark.req("PRE-8")
@pytest.mark.parametrize("size", [(14400, 14400), (14400, 3), (3, 14400)])
def test_a_picture_is_never_larger_than_a_page_needs(size: tuple[int, int]) -> None:
    found = sheet(drawn(b"0 0 9 9 re f", width=size[0], height=size[1]))
    assert found.picture.width * found.picture.height <= 10_000_000


@pytest.mark.req("PRE-8")
def test_a_page_of_a_million_letters_ends_in_time() -> None:
    found = child.read(drawn(b"BT /F 1 Tf 10 800 Td " + b"(" + b"A" * 1000 + b") Tj " * 1 + b"(x) Tj " * 300_000 + b"ET"), first=1, last=1)
    assert found.problems or len(found.sheets[0].lines) < 30_000


def test_the_gate_sees_a_form_that_was_filled_in() -> None:
    only_filled = samples.altered(lambda pdf: setattr(pdf.pages[0].obj, "Contents", Stream(pdf, b"")), filled_form())
    assert gate.inspect(only_filled, name="a.pdf", accept="pdf", max_bytes=2**20, colour=False).ok
