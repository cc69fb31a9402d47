"""Letters in pictures: words come back with their places however the page lies, from a process that holds nothing of the
hall, ends with its owner, and may die without harm."""

import math
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typst
from PIL import Image

from laihua.prechecks import engine, mrz, reading
from laihua.prechecks.child import Picture, Sheet
from laihua.prechecks.words import Leaf

ROOT = Path(engine.__file__).parents[2]
WORDS = ("护照 PASSPORT", "ERIKSSON", "ANNA MARIA", "签发日期 2026-03-09")
ZONE = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")


@pytest.fixture(scope="module", autouse=True)
def _it_ends_after_these_tests() -> Iterator[None]:
    yield
    engine.stop()


@cache
def page() -> Image.Image:
    """A small page, typeset, at 150 dpi."""
    import io

    import pylopdf_fonts_zh_cn

    lines = "\n\n".join(WORDS)
    rows = " \\ ".join(row.replace("<", "\\<") for row in ZONE)
    source = f"""#set page(width: 130mm, height: 95mm, margin: 8mm)
#set text(size: 11pt, font: "Noto Sans SC")
{lines}
#place(bottom, text(font: "DejaVu Sans Mono", size: 10.5pt, [{rows}]))"""
    fonts = typst.Fonts(include_system_fonts=True, font_paths=[str(Path(pylopdf_fonts_zh_cn.__file__).parent)])
    drawn = typst.compile(source.encode(), format="png", ppi=150, font_paths=fonts)
    assert isinstance(drawn, bytes)
    return Image.open(io.BytesIO(drawn)).convert("RGB")


def turned(degrees: float) -> Picture:
    """Clockwise, as it comes out of a scanner."""
    image = page().rotate(-degrees, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    return Picture(*image.size, image.tobytes())


def leaf(picture: Picture) -> Leaf:
    return reading.leaf_of(Sheet(1, 0, 0, (), False, 0, picture), True)


@pytest.mark.req("PRE-2")
@pytest.mark.parametrize(("degrees", "upright", "skew"), [(0, 0, 0), (90, 270, 0), (183, 180, 3), (267, 90, -3)])
def test_words_are_read_and_placed_however_the_page_lies(degrees: int, upright: int, skew: int) -> None:
    found = leaf(turned(degrees))
    assert (found.by, found.turned) == ("ocr", upright)
    assert found.skew == pytest.approx(skew, abs=0.6)
    texts = [line.text.replace(" ", "") for line in found.lines]
    for words in WORDS:
        assert words.replace(" ", "") in texts
    assert texts.index("ERIKSSON") < texts.index("ANNAMARIA"), "from the top"
    zone = mrz.zone_of(found)
    assert zone
    assert not zone.failed
    assert zone.fields["surname"][0].value == "ERIKSSON"
    assert marked(found, "ERIKSSON", turned(degrees))


def marked(found: Leaf, word: str, picture: Picture) -> bool:
    """Its place on the page as it is shown: the same middle as that of its ink on the page as it was drawn."""
    line = next(line for line in found.lines if line.text == word)
    x, y = found.on_page(line.box).middle
    angle = math.radians(found.turned - found.skew if found.turned else -found.skew)
    across, down = (x - 0.5) * picture.width, (y - 0.5) * picture.height
    back_x = across * math.cos(angle) - down * math.sin(angle) + page().width / 2
    back_y = across * math.sin(angle) + down * math.cos(angle) + page().height / 2
    grey = page().convert("L").point(lambda shade: 255 * (shade < 128))
    box = grey.crop((0, int(back_y) - 14, page().width // 2, int(back_y) + 14)).getbbox()
    return box is not None and abs((box[0] + box[2]) / 2 - back_x) < 25


def test_each_character_has_its_place() -> None:
    line = next(line for line in leaf(turned(0)).lines if line.text.startswith("签发日期"))
    assert len(line.ends) == len(line.text)
    assert list(line.ends) == sorted(line.ends)
    date = line.part(line.text.index("2026"), len(line.text))
    assert 0.3 < (date.left - line.box.left) / line.box.width < 0.55, "four Chinese characters and a space before ten digits"


def test_what_is_known_already_is_not_read_again() -> None:
    whole = leaf(turned(0))
    known = next(line for line in whole.lines if line.text == "ERIKSSON")
    seen = engine.see(turned(0), known=(whole.on_page(known.box),))
    assert seen
    assert "ERIKSSON" not in [line.text for line in seen.lines]
    assert len(seen.lines) == len(whole.lines) - 1


def test_an_empty_page_says_nothing() -> None:
    image = Image.new("RGB", (600, 800), "white")
    seen = engine.see(Picture(*image.size, image.tobytes()))
    assert seen
    assert (seen.lines, seen.turned, seen.skew) == ((), 0, 0.0)


@pytest.mark.parametrize("size", [(1, 1), (3000, 2), (2, 900), (40_000, 20), (9, 9)])
def test_a_strip_is_a_page_too(size: tuple[int, int]) -> None:
    image = Image.new("RGB", size, "black")
    seen = engine.see(Picture(*size, image.tobytes()))
    assert seen is not None
    assert seen.lines == ()


def test_it_holds_nothing_of_the_hall_and_one_serves_all_pages() -> None:
    engine.see(turned(0))
    pid = engine.process_id()
    assert pid
    environment = Path(f"/proc/{pid}/environ").read_bytes()
    assert environment == b"LC_ALL=C.UTF-8\0"
    limits = Path(f"/proc/{pid}/limits").read_text()
    assert limit(limits, "Max open files") == "3"
    assert limit(limits, "Max processes") == "0"
    assert limit(limits, "Max file size") == "0"
    assert int(limit(limits, "Max address space")) == 3 * 1024**3
    peak = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmHWM"))
    assert int(peak.split()[1]) < 1024**2, "a gigabyte"
    assert engine.process_id() == pid


def limit(limits: str, name: str) -> str:
    return next(line for line in limits.splitlines() if line.startswith(name))[len(name):].split()[0]


def test_one_that_was_killed_is_replaced() -> None:
    engine.see(turned(0))
    first = engine.process_id()
    assert first
    os.kill(first, signal.SIGKILL)
    seen = engine.see(turned(0))
    assert seen
    assert seen.lines
    assert engine.process_id() not in (None, first)


def test_it_ends_with_its_owner() -> None:
    program = (
        "from laihua.prechecks import engine; from laihua.prechecks.child import Picture\n"
        "engine.see(Picture(64, 64, b'\\xff' * 64 * 64 * 3)); print(engine.process_id(), flush=True); input()"
    )
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as owner:
        assert owner.stdout
        pid = int(owner.stdout.readline())
        watched = os.pidfd_open(pid)
        owner.kill()
    from select import POLLIN, poll

    waiting = poll()
    waiting.register(watched, POLLIN)
    assert waiting.poll(20_000), "it is still there"
    os.close(watched)
