"""A document is read page by page: its own text first, pictures where there is none, and no page costs the others."""

from collections.abc import Callable
from functools import cache
from io import BytesIO

import pytest
import typst
from PIL import Image, ImageDraw

from laihua.prechecks import child, engine, reading
from laihua.prechecks.child import Leaves, Picture, Sheet
from laihua.prechecks.engine import EngineAway, Seen
from laihua.prechecks.words import Box, Line
from tests.prechecks import samples

Pages = Callable[[int], Leaves]


@cache
def text_pdf(pages: int = 1) -> bytes:
    made = typst.compile("\n#pagebreak()\n".join(f"Page {n} of {pages}: Passport No. L898902C3" for n in range(1, pages + 1)).encode())
    assert isinstance(made, bytes)
    return made


@pytest.fixture
def _no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a picture was read")

    monkeypatch.setattr(engine, "see", refuse)


def seeing(monkeypatch: pytest.MonkeyPatch, *lines: Line, gone: bool = False) -> list[tuple[Box, ...]]:
    """The engine sees these in every picture; what it was told to be known."""
    told: list[tuple[Box, ...]] = []

    def see(picture: Picture, *, known: tuple[Box, ...] = ()) -> Seen | None:
        told.append(known)
        return None if gone else Seen(lines, 0, 0.0, picture.width / picture.height, True)

    monkeypatch.setattr(engine, "see", see)
    return told


def giving(monkeypatch: pytest.MonkeyPatch, given: Pages) -> None:
    monkeypatch.setattr(child, "read", lambda content, *, first, last: given(first))


def sheet(number: int, *lines: Line, whole: bool = True, turned: int = 0) -> Sheet:
    return Sheet(number, 8.3, 11.7, lines, whole, turned, Picture(60, 90, b"\xff" * 60 * 90 * 3))  # type: ignore[arg-type]


@pytest.mark.req("PRE-2")
@pytest.mark.usefixtures("_no_engine")
def test_text_is_taken_as_it_is_without_the_engine() -> None:
    told: list[tuple[int, int]] = []
    portion = reading.read(text_pdf(6), ocr=True, on_page=lambda *page: told.append(page))
    assert (portion.next, portion.problem, portion.reading.pages) == (None, None, 6)
    assert [(leaf.number, leaf.by) for leaf in portion.reading.leaves] == [(n, "text") for n in range(1, 7)]
    assert "Passport No. L898902C3" in portion.reading.leaves[5].text
    assert told == [(n, 6) for n in range(1, 7)]


@pytest.mark.usefixtures("_no_engine")
def test_a_scan_is_not_read_where_that_is_switched_off() -> None:
    leaf = reading.read(samples.scan()).reading.leaves[0]
    assert (leaf.by, leaf.lines) == ("nothing", ())


@pytest.mark.req("PRE-7")
def test_it_stops_between_two_pages_when_its_time_is_over_and_goes_on_there() -> None:
    first = reading.read(text_pdf(3), seconds=0)
    assert (len(first.reading.leaves), first.next, first.reading.pages) == (1, 2, 3)
    second = reading.read(text_pdf(3), begin=2, seconds=0)
    assert ([leaf.number for leaf in second.reading.leaves], second.next) == ([2], 3)
    third = reading.read(text_pdf(3), begin=3, seconds=0)
    assert ([leaf.number for leaf in third.reading.leaves], third.next) == ([3], None)


def test_it_leaves_off_when_its_process_is_about_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_leaving", reading.Event())
    reading.leave_off()
    assert reading.read(text_pdf(3)).next == 2


@pytest.mark.parametrize(("content", "code"), [
    (b"", "not_a_pdf"), (b"%PDF-1.4 nothing", "damaged"), (samples.encrypted(user="a", owner="b"), "damaged"),
])
def test_a_file_that_cannot_be_opened_has_a_problem(content: bytes, code: str) -> None:
    portion = reading.read(content)
    assert portion.problem
    assert portion.problem.code == code
    assert portion.reading.leaves == ()


def test_a_page_that_its_reader_dies_of_does_not_cost_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def given(first: int) -> Leaves:
        return Leaves(0, (), child.TOO_COMPLEX.problems) if first == 2 else Leaves(3, (sheet(first, Line("A", Box(0, 0, 1, 1))),))

    giving(monkeypatch, given)
    portion = reading.read(b"")
    assert [(leaf.number, leaf.by) for leaf in portion.reading.leaves] == [(1, "text"), (2, "nothing"), (3, "text")]
    assert (portion.problem, portion.next) == (None, None)


def test_pages_that_are_not_there_end_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    giving(monkeypatch, lambda first: Leaves(0, (), (("no_such_page", first),)))
    assert reading.read(b"", begin=4) == reading.Portion(reading.Reading(0, ()), None, None)


def test_a_page_that_the_engine_cannot_read_is_a_page_without_words(monkeypatch: pytest.MonkeyPatch) -> None:
    seeing(monkeypatch, gone=True)
    leaf = reading.read(samples.scan(), ocr=True).reading.leaves[0]
    assert (leaf.by, leaf.lines) == ("nothing", ())


def test_without_an_engine_the_document_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PROCESS", engine.PROCESS.with_name("not_there.py"))
    monkeypatch.setattr(engine, "_engine", None)
    with pytest.raises(EngineAway):
        reading.read(samples.scan(), ocr=True)


def test_what_a_page_carries_as_text_stays_and_the_rest_is_read_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    own, seen = Line("Passport No. L898902C3", Box(0.1, 0.1, 0.5, 0.13)), Line("盖章", Box(0.6, 0.05, 0.7, 0.08), 0.9)
    told = seeing(monkeypatch, seen)
    giving(monkeypatch, lambda first: Leaves(1, (sheet(1, own, whole=False),)))
    leaf = reading.read(b"", ocr=True).reading.leaves[0]
    assert leaf.by == "ocr"
    assert [line.text for line in leaf.lines] == ["盖章", "Passport No. L898902C3"]
    assert leaf.lines[1].sure == 1.0
    assert told == [(own.box,)]


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_text_of_a_turned_page_keeps_its_place_on_it(monkeypatch: pytest.MonkeyPatch, turned: int) -> None:
    own = Line("L898902C3", Box(0.1, 0.1, 0.5, 0.13))
    giving(monkeypatch, lambda first: Leaves(1, (sheet(1, own, turned=turned),)))
    leaf = reading.read(b"").reading.leaves[0]
    assert (leaf.turned, leaf.lines[0].box) == (turned, own.box)
    assert leaf.aspect == pytest.approx(60 / 90 if turned == 180 else 90 / 60)


def test_a_seal_has_its_place_on_the_upright_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawn at the lower right of the upright page, which is scanned lying on its left side."""
    page = Image.new("RGB", (827, 1169), "white")
    pen = ImageDraw.Draw(page)
    pen.ellipse((550, 900, 700, 1050), outline=(205, 40, 50), width=6)
    pen.regular_polygon((625, 975, 20), 5, fill=(205, 40, 50))
    out = BytesIO()
    page.rotate(90, expand=True).save(out, "PDF", resolution=100)
    monkeypatch.setattr(engine, "see", lambda picture, known: Seen(
        (Line("劳动合同", Box(0.4, 0.1, 0.6, 0.13), 0.9),), 90, 0.0, picture.height / picture.width, True))
    leaf = reading.read(out.getvalue(), ocr=True).reading.leaves[0]
    assert len(leaf.seals) == 1
    assert leaf.seals[0].middle == pytest.approx((625 / 827, 975 / 1169), abs=0.02)
    assert leaf.on_page(leaf.seals[0]).middle == pytest.approx((975 / 1169, 1 - 625 / 827), abs=0.02)
