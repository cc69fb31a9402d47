"""What a page of a PDF is drawn of and where: texts, pictures, ruled lines. In the child process only."""

import ctypes
import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from laihua.prechecks.lines import Area

MAX_PARTS, MAX_DEPTH = 20_000, 4    # of a page
THIN = 3.0                          # points: a ruled line, or a rectangle that looks like one
A4 = 842                            # points, its longer side
SEGMENTS = 400                      # of a path that may be a table

Matrix = tuple[float, float, float, float, float, float]


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

    @property
    def page(self) -> Area:
        return Area(0, 0, self.width, self.height)

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

    def upright(self, turned: int) -> Area:
        return Area(0, 0, *((self.height, self.width) if turned in (90, 270) else (self.width, self.height)))

    def turn(self, area: Area, turned: int) -> Area:
        ax, ay = self.turn_point(area.left, area.top, turned)
        bx, by = self.turn_point(area.right, area.bottom, turned)
        return Area(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), area.order)

    def turn_point(self, x: float, y: float, turned: int) -> tuple[float, float]:
        """Where a point of the page as it is shown comes to lie when the page is turned."""
        match turned:
            case 90:
                return self.height - y, x
            case 180:
                return self.width - x, self.height - y
            case 270:
                return y, self.width - x
        return x, y


@dataclass(slots=True)
class Parts:
    """`texts` by their address: when they are drawn, whether so that one sees them, and in a font that the file brings along.

    A picture that one can see through has order 0. `dots`: how many pixels the pictures have, in their order. `rules`: ruled
    lines, across and down.
    """

    onto: Placing
    texts: dict[int, tuple[int, bool, bool]] = field(default_factory=dict)
    pictures: list[Area] = field(default_factory=list)
    dots: list[int] = field(default_factory=list)
    rules: list[Area] = field(default_factory=list)
    paths: int = 0
    count: int = 0

    def take(self, objects: Iterable[Any], matrix: Matrix = (1, 0, 0, 1, 0, 0), depth: int = 0) -> None:
        for item in objects:
            self.count += 1
            if self.count > MAX_PARTS:
                return
            match pdfium.FPDFPageObj_GetType(item):
                case pdfium.FPDF_PAGEOBJ_TEXT:
                    self.take_text(item)
                case pdfium.FPDF_PAGEOBJ_IMAGE:
                    self.take_picture(item, matrix)
                case pdfium.FPDF_PAGEOBJ_PATH:
                    self.paths += 1
                    self.take_path(item, matrix)
                case pdfium.FPDF_PAGEOBJ_FORM if depth < MAX_DEPTH:
                    number = min(pdfium.FPDFFormObj_CountObjects(item), MAX_PARTS)
                    inner = (pdfium.FPDFFormObj_GetObject(item, n) for n in range(number))
                    self.take(inner, times(matrix_of(item), matrix), depth + 1)

    def take_text(self, item: Any) -> None:
        font = pdfium.FPDFTextObj_GetFont(item)
        own = bool(font) and pdfium.FPDFFont_GetIsEmbedded(font) == 1
        seen = pdfium.FPDFTextObj_GetTextRenderMode(item) not in (3, 7)
        self.texts[address(item)] = (self.count, seen, own)

    def take_picture(self, item: Any, matrix: Matrix) -> None:
        area = self.bounds(item, matrix).common(self.onto.page)
        self.pictures.append(area if not pdfium.FPDFPageObj_HasTransparency(item) else replace(area, order=0))
        width, height = ctypes.c_uint(), ctypes.c_uint()
        pdfium.FPDFImageObj_GetImagePixelSize(item, width, height)
        self.dots.append(width.value * height.value)

    def take_path(self, item: Any, matrix: Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
        if not fill.value and not stroke.value:
            return
        area = self.bounds(item, matrix)
        if min(area.right - area.left, area.bottom - area.top) <= THIN:
            self.rules.append(area)
        elif stroke.value and 0 < pdfium.FPDFPath_CountSegments(item) <= SEGMENTS:
            self.take_segments(item, times(matrix_of(item), matrix))

    def take_segments(self, item: Any, matrix: Matrix) -> None:
        x, y = ctypes.c_float(), ctypes.c_float()
        before = begin = (0.0, 0.0)
        for number in range(pdfium.FPDFPath_CountSegments(item)):
            segment = pdfium.FPDFPath_GetPathSegment(item, number)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = self.onto.point(*moved(x.value, y.value, matrix))
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                begin = point
            elif kind == pdfium.FPDF_SEGMENT_LINETO:
                self.take_side(before, point)
            if pdfium.FPDFPathSegment_GetClose(segment):
                self.take_side(point, begin)
            before = point

    def take_side(self, one: tuple[float, float], other: tuple[float, float]) -> None:
        area = Area(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))
        if min(area.right - area.left, area.bottom - area.top) <= THIN:
            self.rules.append(area)

    def bounds(self, item: Any, matrix: Matrix) -> Area:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
        corners = [moved(x.value, y.value, matrix) for x in (left, right) for y in (bottom, top)]
        across, down = [x for x, _ in corners], [y for _, y in corners]
        return self.onto.area(min(across), min(down), max(across), max(down), order=self.count)


def parts_of(page: pypdfium2.PdfPage) -> Parts:
    found = Parts(Placing(page))
    found.take(pdfium.FPDFPage_GetObject(page, n) for n in range(min(pdfium.FPDFPage_CountObjects(page), MAX_PARTS)))
    return found


def is_scan(parts: Parts) -> bool:
    """Pictures are most of what one sees on the page, and little is written on it."""
    page = parts.onto.page
    seen = sum(is_seen for _, is_seen, _ in parts.texts.values())
    return seen < 10 and parts.paths < 100 and sum(picture.size for picture in parts.pictures) >= 0.5 * page.size


def scanned_dpi(parts: Parts) -> float:
    """How fine the finest picture is that is no mere speck; on paper of A4 where the page says that it is larger."""
    page = parts.onto.page
    fine = (dots / area.size for area, dots in zip(parts.pictures, parts.dots, strict=True) if area.size > 0.01 * page.size)
    return float(max(fine, default=0.0) ** 0.5 * 72 * max(1.0, max(page.right, page.bottom) / A4))


def address(item: Any) -> int:
    return ctypes.addressof(item.contents)


def matrix_of(item: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return x * a + y * c + e, x * b + y * d + f


def times(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    m, n, o, p, q, r = second
    return a * m + b * o, a * n + b * p, c * m + d * o, c * n + d * p, e * m + f * o + q, e * n + f * p + r
