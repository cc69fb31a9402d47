"""The text that a page of a PDF carries, as lines with their places. In the child process only.

What nobody sees is left out: text drawn invisibly (as scanners lay it below a picture), text below a picture, text in the
colour of its paper, text beside the page or at another angle than most of it.
"""

import ctypes
import math
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import cast

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from laihua.prechecks.drawing import Parts, address, parts_of
from laihua.prechecks.lines import Area, Letter, LineFound, Rules, Run, around, as_shares, lines_of

MAX_LETTERS = 20_000                                    # of a page; an A4 page of small print has 8,000
CONTRAST = 24                                           # of 255 shades, between letters and paper
PICTURE_AREA = 30 * (72 / 2.54) ** 2                    # of 30 cm²: more than a portrait or a seal, less than a card
WRITTEN_OVER = 0.12                                     # share of a picture below text from which it is a background
MUCH_TEXT, LITTLE_TEXT, MANY_PATHS = 400, 40, 300
UNREADABLE = 0.1                                        # share of letters without a meaning
SPACES = {9, 10, 13, 32, 0xA0, 0x3000, *range(0x2000, 0x200B)}
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
RADICALS = str.maketrans("⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻰", "母民虎西见角贝车长门青页风飞食马骨鬼鱼鸟麦黄齐龙")


@dataclass(frozen=True, slots=True)
class Layer:
    """`lines`: text; left, top, right, bottom as shares of the upright page; where each character ends within its line.

    `whole`: the page shows no more than these; else it must be looked at as a picture too.
    """

    lines: list[LineFound]
    turned: int
    whole: bool


def read(page: pypdfium2.PdfPage, view: Image.Image) -> Layer:
    """`view`: the page as it is shown, small."""
    parts = parts_of(page)
    letters = letters_of(page, parts)
    turned = Counter(angle for angle, _ in letters).most_common(1)[0][0] if letters else 0
    upright, ink = parts.onto.upright(turned), view.convert("L").rotate(-turned, expand=True)
    rules = Rules([area for rule in parts.rules if is_upright(area := parts.onto.turn(rule, turned))])
    lines = [line for line in lines_of(stand(letters, turned, parts), rules) if stands_out(line, ink, upright)]
    if not means_something(lines):
        return Layer([], 0, False)
    return Layer([as_shares(line, upright) for line in lines], turned, is_whole(lines, parts, turned))


def letters_of(page: pypdfium2.PdfPage, parts: Parts) -> list[tuple[int, Letter]]:
    """Those that are seen, each with how the page must be turned for it to stand upright."""
    text = page.get_textpage()
    found: list[tuple[int, Letter]] = []
    spaced = False
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    for n in range(min(text.count_chars(), MAX_LETTERS)):
        code = pdfium.FPDFText_GetUnicode(text, n)
        if pdfium.FPDFText_IsGenerated(text, n) == 1:
            continue
        if code in SPACES:
            spaced = True
            continue
        item = pdfium.FPDFText_GetTextObject(text, n)
        drawn = address(item) if item else 0
        order, seen, own_font = parts.texts.get(drawn, (0, True, False))
        turned = parts.onto.direction(pdfium.FPDFText_GetCharAngle(text, n))
        meant = meaning(code)
        if not seen or not meant or turned is None or not pdfium.FPDFText_GetLooseCharBox(text, n, box):
            continue
        place = parts.onto.area(box.left, box.bottom, box.right, box.top)
        if is_hidden(place, order, parts):
            continue
        if found and unicodedata.combining(meant[0]):
            found[-1][1].text = unicodedata.normalize("NFC", found[-1][1].text + meant)
            continue
        pdfium.FPDFText_GetCharOrigin(text, n, x, y)
        found.append((turned, Letter(meant, place, parts.onto.point(x.value, y.value), drawn, spaced, own_font)))
        spaced = False
    return found


def meaning(code: int) -> str:
    """As it is written elsewhere: many programs name Chinese letters by their radicals, and hyphens by signs of their own."""
    sign = chr(code) if code < 0x110000 else UNKNOWN
    if code in (2, 0xAD):
        return "-"
    if 0x2E80 <= code <= 0x2EFF:
        return sign.translate(RADICALS)
    if 0x2F00 <= code <= 0x2FDF or 0xF900 <= code <= 0xFB06:
        return unicodedata.normalize("NFKC", sign)
    match unicodedata.category(sign):
        case "Cf":
            return ""
        case "Cc" | "Co" | "Cn" | "Cs":
            return UNKNOWN
    return sign


def is_hidden(place: Area, order: int, parts: Parts) -> bool:
    """Beside the page, or below a picture that was drawn after it."""
    x, y = (place.left + place.right) / 2, (place.top + place.bottom) / 2
    if not (0 <= x <= parts.onto.width and 0 <= y <= parts.onto.height):
        return True
    return any(order < p.order and p.left < x < p.right and p.top < y < p.bottom for p in parts.pictures)


def stand(letters: list[tuple[int, Letter]], turned: int, parts: Parts) -> list[Letter]:
    """Those that stand upright on the page that is turned so."""
    found = [letter for angle, letter in letters if angle == turned]
    for letter in found:
        letter.place, letter.foot = parts.onto.turn(letter.place, turned), parts.onto.turn_point(*letter.foot, turned)
    return found


def is_upright(rule: Area) -> bool:
    return rule.bottom - rule.top > rule.right - rule.left


def stands_out(line: Run, ink: Image.Image, upright: Area) -> bool:
    """From its paper. A font that the file does not bring along may not be drawn here, and is believed."""
    if not any(letter.own_font for letter in line):
        return True
    place, scale = around(line), ink.width / upright.right
    darkest, lightest = cast(tuple[float, float], ink.crop((
        max(0, math.floor(place.left * scale)), max(0, math.floor(place.top * scale)),
        min(ink.width, math.ceil(place.right * scale)), min(ink.height, math.ceil(place.bottom * scale)),
    )).getextrema())
    return lightest - darkest >= CONTRAST


def means_something(lines: list[Run]) -> bool:
    """Fonts whose letters have no names, or false ones, yield signs that nobody sees on the page."""
    strange = sum(UNKNOWN in letter.text for line in lines for letter in line)
    return strange <= UNREADABLE * sum(len(line) for line in lines)


def is_whole(lines: list[Run], parts: Parts, turned: int) -> bool:
    """Whether words can stand on the page only as these lines: no picture may carry others, nor letters drawn as shapes."""
    count = sum(len(line) for line in lines)
    if count < 3 or (count < LITTLE_TEXT and parts.paths > MANY_PATHS):
        return False
    places = [around(line) for line in lines]
    bare = [
        picture.size for shown in parts.pictures if (picture := parts.onto.turn(shown, turned)).size >= PICTURE_AREA
        and sum(picture.common(place).size for place in places) < WRITTEN_OVER * picture.size
    ]
    return not bare or (count >= MUCH_TEXT and sum(bare) <= 0.2 * parts.onto.page.size)
