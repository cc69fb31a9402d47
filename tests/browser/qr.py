"""Is this QR code printed on that page? Found by its three corner marks, then compared module by module."""

import pypdfium2
import segno
from PIL import Image

SCALE = 6
DARK = 110


def holds(pdf: bytes, text: str) -> bool:
    """Whether the first page bears the QR code that says exactly this text."""
    wanted = [[bool(module) for module in line] for line in segno.make(text, error="m", micro=False).matrix]
    document = pypdfium2.PdfDocument(pdf)
    picture = document[0].render(scale=SCALE).to_pil().convert("L")
    marks = corner_marks(picture)
    return any(read(picture, top_left, top_right, len(wanted)) == wanted for top_left, top_right in pairs(marks))


def corner_marks(picture: Image.Image) -> list[tuple[float, float, float]]:
    """Centres of runs that are dark, light, dark, light, dark as 1:1:3:1:1 both ways: x, y, width of a module."""
    found: list[tuple[float, float, float]] = []
    pixels, (width, height) = picture.load(), picture.size
    for y in range(0, height, 2):
        for x, module in runs([pixels[x, y] < DARK for x in range(width)]):
            column = [pixels[int(x), j] < DARK for j in range(max(0, y - int(5 * module)), min(height, y + int(5 * module)))]
            for middle, other in runs(column):
                centre = middle + max(0, y - int(5 * module))
                if abs(other - module) < module / 3 and all(abs(x - a) + abs(centre - b) > module for a, b, _ in found):
                    found.append((x, centre, module))
    return found


def runs(line: list[bool]) -> list[tuple[float, float]]:
    """Where 1:1:3:1:1 begins dark and ends dark: its middle, and the width of one module."""
    edges = [0] + [i for i in range(1, len(line)) if line[i] != line[i - 1]] + [len(line)]
    found = []
    for i in range(len(edges) - 5):
        lengths = [edges[i + n + 1] - edges[i + n] for n in range(5)]
        module = sum(lengths) / 7
        if line[edges[i]] and module > 2 and all(
            abs(length - module * share) < module / 2 for length, share in zip(lengths, (1, 1, 3, 1, 1), strict=True)
        ):
            found.append(((edges[i] + edges[i + 5]) / 2, module))
    return found


def pairs(marks: list[tuple[float, float, float]]) -> list[tuple[tuple[float, float, float], tuple[float, float, float]]]:
    return [(a, b) for a in marks for b in marks if b[0] > a[0] and abs(a[1] - b[1]) < a[2]]


def read(
    picture: Image.Image, left: tuple[float, float, float], right: tuple[float, float, float], size: int
) -> list[list[bool]] | None:
    """The modules of an upright code; the centres of its upper marks are `size - 7` modules apart."""
    module = (right[0] - left[0]) / (size - 7)
    if abs(module - left[2]) > module / 3:
        return None
    x, y = left[0] - 3 * module, left[1] - 3 * module
    spots = [[(int(x + i * module), int(y + j * module)) for i in range(size)] for j in range(size)]
    if not all(0 <= a < picture.width and 0 <= b < picture.height for line in spots for a, b in line):
        return None
    return [[picture.getpixel(spot) < DARK for spot in line] for line in spots]  # type: ignore[operator]
