"""Makes scans and photographs of pages: noise, tint, a slight lean, JPEG; shadow and perspective; turned, grey, unreadable."""

import time
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter

TABLE = (92, 78, 66)
MADE = time.gmtime(0)


@dataclass(frozen=True, slots=True)
class Scan:
    """`turned`: quarters clockwise, in degrees. `lean`: degrees. `blur`: radius in inches, so that the page is as unreadable at any dpi."""

    dpi: int = 150
    turned: int = 0
    lean: float = 0.0
    grey: bool = False
    photographed: bool = False
    blur: float = 0.0
    seed: int = 0


def scanned(pdf: bytes, scan: Scan) -> bytes:
    """The same document as pictures of its pages, in a PDF as a scanner writes it."""
    rng = np.random.default_rng(scan.seed)
    with pdfium.PdfDocument(pdf) as document:
        pages = [picture(page.render(scale=scan.dpi / 72).to_pil().convert("RGB"), scan, rng) for page in document]
    out = BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=scan.dpi, quality=int(rng.integers(62, 90)),
                  creationDate=MADE, modDate=MADE)
    return out.getvalue()


def picture(page: Image.Image, scan: Scan, rng: np.random.Generator) -> Image.Image:
    lean = scan.lean or float(rng.uniform(-0.35, 0.35))
    if scan.photographed:
        page = photographed(page, rng)
    else:
        page = page.rotate(lean, Image.Resampling.BICUBIC, expand=abs(lean) > 1, fillcolor="white")
    if scan.blur:
        page = page.filter(ImageFilter.GaussianBlur(scan.blur * scan.dpi))
    page = noisy(page, rng)
    if scan.turned:
        page = page.rotate(-scan.turned, expand=True)
    return page.convert("L") if scan.grey else page


def noisy(page: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Grain, a yellowish or bluish paper, ink that is not quite black, a slightly soft lens."""
    page = page.filter(ImageFilter.GaussianBlur(float(rng.uniform(0.2, 0.55))))
    pixels = np.asarray(page, dtype=np.float32)
    pixels = pixels * (1 - rng.uniform(0.06, 0.16)) + rng.uniform(8, 24)
    pixels *= 1 - np.array([rng.uniform(0, 0.02), rng.uniform(0, 0.02), rng.uniform(0, 0.06)], dtype=np.float32)
    pixels += rng.normal(0, rng.uniform(3, 9), pixels.shape).astype(np.float32)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def photographed(page: Image.Image, rng: np.random.Generator) -> Image.Image:
    """On a table, seen from a corner, with the shadow of a hand across it."""
    width, height = page.size
    wide, high = int(width * 1.12), int(height * 1.12)
    def inset(most: float) -> float:
        return float(rng.uniform(0.01, most))

    corners = [(wide * inset(0.07), high * inset(0.05)), (wide * (1 - inset(0.07)), high * inset(0.05)),
               (wide * (1 - inset(0.03)), high * (1 - inset(0.04))), (wide * inset(0.03), high * (1 - inset(0.04)))]
    flat = page.transform((wide, high), Image.Transform.PERSPECTIVE, coefficients(corners, width, height), Image.Resampling.BICUBIC,
        fillcolor=TABLE)
    down, across = np.mgrid[0:high, 0:wide].astype(np.float32)
    angle, edge = rng.uniform(0, 2 * np.pi), rng.uniform(0.35, 0.65)
    way = across / wide * np.cos(angle) + down / high * np.sin(angle)
    way = (way - way.min()) / (way.max() - way.min())
    shade = 1 - rng.uniform(0.25, 0.42) / (1 + np.exp(-(way - edge) * 18))
    light = 1 - 0.14 * ((across / wide - 0.5) ** 2 + (down / high - 0.5) ** 2)
    return Image.fromarray(np.clip(np.asarray(flat, dtype=np.float32) * (shade * light)[..., None], 0, 255).astype(np.uint8))


def coefficients(corners: list[tuple[float, float]], width: int, height: int) -> list[float]:
    """For PIL: from the places of the corners in the photograph back to the page."""
    page = [(0, 0), (width, 0), (width, height), (0, height)]
    rows, right = [], []
    for (x, y), (u, v) in zip(corners, page, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    return [float(c) for c in np.linalg.solve(np.array(rows, dtype=np.float64), np.array(right, dtype=np.float64))]
