"""The text that a page of a PDF carries, as lines with their places. In the child process only.

What nobody sees is left out: text drawn invisibly (as scanners lay it below a picture), text below a picture, text in the
colour of its paper, text beside the page or at another angle than most of it.
"""

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

MAX_LETTERS, MAX_PARTS, MAX_DEPTH = 20_000, 20_000, 4   # of a page; an A4 page of small print has 8,000 letters
WIDE_GAP, WORD_GAP, SAME_LINE = 1.6, 0.17, 0.3          # in heights of letters
LABEL_GAP = 3.5                                         # the same, within labels such as 姓  名
CONTRAST = 24                                           # of 255 shades, between letters and paper
PICTURE_AREA = 30 * (72 / 2.54) ** 2                    # of 30 cm²: more than a portrait or a seal, less than a card
WRITTEN_OVER = 0.12                                     # share of a picture below text from which it is a background
MUCH_TEXT, LITTLE_TEXT, MANY_PATHS = 400, 40, 300
UNREADABLE = 0.1                                        # share of letters without a meaning
RADICALS = str.maketrans("⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻰", "母民虎西见角贝车长门青页风飞食马骨鬼鱼鸟麦黄齐龙")

LineFound = tuple[str, float, float, float, float, list[float]]


@dataclass(frozen=True, slots=True)
class Layer:
    """`lines`: text; left, top, right, bottom as shares of the upright page; where each character ends within its line.

    `whole`: the page shows no more than these; else it must be looked at as a picture too.
    """

    lines: list[LineFound]
    turned: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Area:
    """In points, from the left and upper edge. Of a picture: `order` tells what was drawn before it."""

    left: float
    top: float
    right: float
    bottom: float
    order: int = 0

    @property
    def size(self) -> float:
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)

    def common(self, other: "Area") -> "Area":
        return Area(max(self.left, other.left), max(self.top, other.top), min(self.right, other.right), min(self.bottom, other.bottom))


@dataclass(slots=True)
class Letter:
    """`foot`: the point on which it stands. `spaced`: a space stands before it. `own_font`: one that the file brings along."""

    text: str
    place: Area
    foot: tuple[float, float]
    spaced: bool
    own_font: bool

    @property
    def height(self) -> float:
        return self.place.bottom - self.place.top

    @property
    def base(self) -> float:
        return self.foot[1]


@dataclass(slots=True)
class Parts:
    """What the page is drawn of: texts by their address, pictures, and the number of paths."""

    texts: dict[int, tuple[int, bool, bool]] = field(default_factory=dict)      # order, is seen, in a font of its own
    pictures: list[Area] = field(default_factory=list)
    paths: int = 0
    count: int = 0


class Placing:
    """From the page's own measure to points from the left and upper edge of the page as it is shown."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.width, self.height = page.get_size()
        many = 1_000_000
        across, down = ctypes.c_int(), ctypes.c_int()
        ends = []
        for point in ((0, 0), (100, 0), (0, 100)):
            pdfium.FPDF_PageToDevice(page, 0, 0, many, many, 0, *point, across, down)
            ends.append((across.value / many * self.width, down.value / many * self.height))
        (self.x, self.y), right, up = ends
        self.xx, self.xy = (right[0] - self.x) / 100, (right[1] - self.y) / 100
        self.yx, self.yy = (up[0] - self.x) / 100, (up[1] - self.y) / 100

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.x + x * self.xx + y * self.yx, self.y + x * self.xy + y * self.yy

    def area(self, left: float, bottom: float, right: float, top: float, order: int = 0) -> Area:
        (ax, ay), (bx, by) = self.point(left, bottom), self.point(right, top)
        return Area(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), order)

    def direction(self, angle: float) -> int | None:
        """By how much the page must be turned for letters at this angle, clockwise, if that is a quarter of a turn."""
        across, down = math.cos(angle), -math.sin(angle)
        x, y = across * self.xx + down * self.yx, across * self.xy + down * self.yy
        degrees = math.degrees(math.atan2(y, x)) % 360
        quarter = round(degrees / 90) % 4
        return (-quarter * 90) % 360 if abs((degrees - 90 * quarter + 180) % 360 - 180) < 3 else None


def read(page: pypdfium2.PdfPage, view: Image.Image) -> Layer:
    """`view`: the page as it is shown, small."""
    onto = Placing(page)
    parts = parts_of(page, onto)
    letters, strange = letters_of(page, onto, parts)
    turned = Counter(angle for angle, _ in letters).most_common(1)[0][0] if letters else 0
    upright = Area(0, 0, *((onto.height, onto.width) if turned in (90, 270) else (onto.width, onto.height)))
    ink = view.convert("L").rotate(-turned, expand=True)
    lines = [line for line in lines_of(stand(letters, turned, onto)) if stands_out(line, ink, upright)]
    pictures = [turn(area, turned, onto) for area in parts.pictures]
    count = sum(len(line) for line in lines)
    whole = count > 2 and strange <= UNREADABLE * count and (count >= LITTLE_TEXT or parts.paths <= MANY_PATHS)
    return Layer(
        [as_shares(line, upright) for line in lines], turned, whole and not more_than_text(pictures, lines, upright, count)
    )


# What the page is drawn of

def parts_of(page: pypdfium2.PdfPage, onto: Placing) -> Parts:
    found = Parts()
    shown = Area(0, 0, onto.width, onto.height)
    whole_page = [pdfium.FPDFPage_GetObject(page, n) for n in range(min(pdfium.FPDFPage_CountObjects(page), MAX_PARTS))]
    walk(whole_page, (1, 0, 0, 1, 0, 0), 0, found, lambda *box: onto.area(*box, order=found.count).common(shown))
    return found


def walk(objects: Iterable[Any], matrix: tuple[float, ...], depth: int, found: Parts, placed: Any) -> None:
    for item in objects:
        found.count += 1
        if found.count > MAX_PARTS:
            return
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            seen = pdfium.FPDFTextObj_GetTextRenderMode(item) not in (3, 7)
            font = pdfium.FPDFTextObj_GetFont(item)
            found.texts[ctypes.addressof(item.contents)] = (found.count, seen, bool(font) and pdfium.FPDFFont_GetIsEmbedded(font) == 1)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            found.paths += 1
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            area = placed(*bounds(item, matrix))
            found.pictures.append(replace(area, order=0) if pdfium.FPDFPageObj_HasTransparency(item) else area)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            inner = pdfium.FS_MATRIX()
            pdfium.FPDFPageObj_GetMatrix(item, inner)
            number = min(pdfium.FPDFFormObj_CountObjects(item), MAX_PARTS)
            own = (inner.a, inner.b, inner.c, inner.d, inner.e, inner.f)
            walk((pdfium.FPDFFormObj_GetObject(item, n) for n in range(number)), times(own, matrix), depth + 1, found, placed)


def bounds(item: Any, matrix: tuple[float, ...]) -> tuple[float, float, float, float]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    a, b, c, d, e, f = matrix
    corners = [(x.value * a + y.value * c + e, x.value * b + y.value * d + f) for x in (left, right) for y in (bottom, top)]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(down), max(across), max(down)


def times(first: tuple[float, ...], second: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = first
    m, n, o, p, q, r = second
    return a * m + b * o, a * n + b * p, c * m + d * o, c * n + d * p, e * m + f * o + q, e * n + f * p + r


# Its letters

def letters_of(page: pypdfium2.PdfPage, onto: Placing, parts: Parts) -> tuple[list[tuple[int, Letter]], int]:
    """Those that are seen, with how the page must be turned for them; and how many have no meaning."""
    text = page.get_textpage()
    found: list[tuple[int, Letter]] = []
    strange, spaced = 0, False
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    for n in range(min(text.count_chars(), MAX_LETTERS)):
        code = pdfium.FPDFText_GetUnicode(text, n)
        if pdfium.FPDFText_IsGenerated(text, n) == 1 or code in (9, 10, 13, 32, 0xA0, 0x3000):
            spaced = True
            continue
        drawn = pdfium.FPDFText_GetTextObject(text, n)
        order, seen, own_font = parts.texts.get(ctypes.addressof(drawn.contents), (0, True, False)) if drawn else (0, True, False)
        meant = meaning(code)
        turned = onto.direction(pdfium.FPDFText_GetCharAngle(text, n))
        if not seen or not meant or turned is None or not pdfium.FPDFText_GetLooseCharBox(text, n, box):
            continue
        place = onto.area(box.left, box.bottom, box.right, box.top)
        if hidden(place, order, parts.pictures, onto):
            continue
        strange += meant == "\N{REPLACEMENT CHARACTER}"
        if unicodedata.combining(meant[0]) and found:
            found[-1][1].text = unicodedata.normalize("NFC", found[-1][1].text + meant)
            continue
        pdfium.FPDFText_GetCharOrigin(text, n, x, y)
        found.append((turned, Letter(meant, place, onto.point(x.value, y.value), spaced, own_font)))
        spaced = False
    return found, strange


def meaning(code: int) -> str:
    """As it is written elsewhere: many programs name Chinese letters by their radicals, and hyphens by signs of their own."""
    sign = chr(code) if code < 0x110000 else "\N{REPLACEMENT CHARACTER}"
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
            return "\N{REPLACEMENT CHARACTER}"
    return sign


def hidden(place: Area, order: int, pictures: list[Area], onto: Placing) -> bool:
    """Beside the page, or below a picture that was drawn after it."""
    x, y = (place.left + place.right) / 2, (place.top + place.bottom) / 2
    if not (0 <= x <= onto.width and 0 <= y <= onto.height):
        return True
    return any(order < p.order and p.left < x < p.right and p.top < y < p.bottom for p in pictures)


def stand(letters: list[tuple[int, Letter]], turned: int, onto: Placing) -> list[Letter]:
    """Those that stand upright on the page that is turned so."""
    found = []
    for angle, letter in letters:
        if angle == turned:
            letter.place, letter.foot = turn(letter.place, turned, onto), turned_point(*letter.foot, turned, onto)
            found.append(letter)
    return found


def turn(area: Area, turned: int, onto: Placing) -> Area:
    ax, ay = turned_point(area.left, area.top, turned, onto)
    bx, by = turned_point(area.right, area.bottom, turned, onto)
    return Area(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), area.order)


def turned_point(x: float, y: float, turned: int, onto: Placing) -> tuple[float, float]:
    """Where a point of the page as it is shown comes to lie."""
    match turned:
        case 90:
            return onto.height - y, x
        case 180:
            return onto.width - x, onto.height - y
        case 270:
            return y, onto.width - x
    return x, y


# Its lines

Run = list[Letter]


def lines_of(letters: list[Letter]) -> list[Run]:
    """Letters in the order in which they are drawn make runs; runs that follow each other on a line are joined."""
    runs: list[Run] = []
    for letter in letters:
        if runs and same(runs[-1][-1], letter):
            continue
        if runs and follows(runs[-1], letter):
            runs[-1].append(letter)
        else:
            runs.append([letter])
    return sorted((line for row in rows(runs) for line in joined(row)), key=lambda line: (line[0].base, line[0].place.left))


def same(before: Letter, letter: Letter) -> bool:
    """Drawn twice, to look bold."""
    gap = abs(before.place.left - letter.place.left) + abs(before.base - letter.base)
    return before.text == letter.text and gap < 0.15 * letter.height


def follows(run: Run, letter: Letter, gap_at_most: float = WIDE_GAP) -> bool:
    before = run[-1]
    height = min(before.height, letter.height)
    gap = letter.place.left - before.place.right
    return abs(before.base - letter.base) <= SAME_LINE * height and -SAME_LINE * height <= gap <= gap_at_most * height \
        and max(before.height, letter.height) < 1.7 * height


def rows(runs: list[Run]) -> Iterator[list[Run]]:
    """Runs that stand on the same line, from the left."""
    row: list[Run] = []
    for run in sorted(runs, key=lambda run: run[0].base):
        if row and run[0].base - row[0][0].base > SAME_LINE * min(run[0].height, row[0][0].height):
            yield sorted(row, key=lambda run: run[0].place.left)
            row = []
        row.append(run)
    if row:
        yield sorted(row, key=lambda run: run[0].place.left)


def joined(row: list[Run]) -> list[Run]:
    lines: list[Run] = []
    for run in row:
        if lines and (follows(lines[-1], run[0]) or (spaced_out(lines[-1], run) and follows(lines[-1], run[0], LABEL_GAP))):
            lines[-1] = lines[-1] + run
        else:
            lines.append(run)
    return lines


def spaced_out(left: Run, right: Run) -> bool:
    """The two halves of a label such as 姓  名."""
    return len(left) == 1 and all(is_chinese(letter.text) for letter in (left[0], right[0])) \
        and (len(right) == 1 or right[1].text in ":：(（")


def is_chinese(text: str) -> bool:
    return "\u3400" <= text[0] <= "\u9fff"


def around(line: Run) -> Area:
    return Area(
        min(letter.place.left for letter in line), min(letter.place.top for letter in line),
        max(letter.place.right for letter in line), max(letter.place.bottom for letter in line),
    )


def stands_out(line: Run, ink: Image.Image, upright: Area) -> bool:
    """From its paper. A font that the file does not bring along may not be drawn here, and is believed."""
    place, scale = around(line), ink.width / upright.right
    box = (math.floor(place.left * scale), math.floor(place.top * scale), math.ceil(place.right * scale), math.ceil(place.bottom * scale))
    if not any(letter.own_font for letter in line):
        return True
    darkest, lightest = ink.crop((max(0, box[0]), max(0, box[1]), min(ink.width, box[2]), min(ink.height, box[3]))).getextrema()
    return lightest - darkest >= CONTRAST


def more_than_text(pictures: list[Area], lines: list[Run], upright: Area, count: int) -> bool:
    """Pictures that may carry words themselves: larger than a portrait or a seal, and no background of the text."""
    places = [around(line) for line in lines]
    bare = [
        picture.size for picture in pictures if picture.size >= PICTURE_AREA
        and sum(picture.common(place).size for place in places) < WRITTEN_OVER * picture.size
    ]
    return bool(bare) and (count < MUCH_TEXT or sum(bare) > 0.2 * upright.size)


def as_shares(line: Run, upright: Area) -> LineFound:
    place = around(line)
    width = place.right - place.left or 1.0
    text, ends = "", []
    for number, letter in enumerate(line):
        begin, end = (letter.place.left - place.left) / width, (letter.place.right - place.left) / width
        if number and apart(line[number - 1], letter):
            text += " "
            ends.append(begin)
        for part, _ in enumerate(letter.text, 1):
            ends.append(begin + (end - begin) * part / len(letter.text))
        text += letter.text
    return (
        text, place.left / upright.right, place.top / upright.bottom, place.right / upright.right, place.bottom / upright.bottom,
        [round(end, 4) for end in ends],
    )


def apart(before: Letter, letter: Letter) -> bool:
    """A space between two words; Chinese letters that are merely set wide have none unless it is typed."""
    gap = letter.place.left - before.place.right
    limit = 0.5 if is_chinese(before.text) and is_chinese(letter.text) else WORD_GAP
    return letter.spaced or gap > limit * min(before.height, letter.height)
