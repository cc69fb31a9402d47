"""Pages of an uploaded file for those who read them: lines of their text layer, and pictures. In the child process only.

The answer names for each page its lines and the size of its picture; behind it the pictures follow as raw pixels, one after
the other. A page that shows nothing but its text comes as a small picture, for seals and signatures; others at full size.
"""

from typing import Any

import pypdfium2
from PIL import Image, ImageOps

from laihua.prechecks import textlayer
from laihua.prechecks.opening import Answer, Stop, check_envelope, on_white, open_photo, page_of

SMALL_DPI = 75
PIXELS = 9_000_000                  # of a picture; A4 at 240 dpi has 5.6 million, A3 at 200 dpi 7.7 million
BYTES = 48 * 1024**2                # of all pictures of an answer; what does not fit is asked for again
PAGES = 40                          # of an answer


def read(content: bytes, *, first: int, last: int, dpi: int) -> tuple[Answer, bytes]:
    """Pages from `first` to `last` as far as they fit into one answer, `first` in any case."""
    if content.startswith((b"\xff\xd8", b"\x89PNG")):
        return read_photo(content, first)
    check_envelope(content)
    found: list[dict[str, Any]] = []
    pictures: list[bytes] = []
    try:
        document = pypdfium2.PdfDocument(content)
        if not 1 <= first <= len(document):
            raise Stop("no_such_page", first)
        for number in range(first, min(last, len(document), first + PAGES - 1) + 1):
            leaf, picture = read_page(document, number, dpi)
            if found and sum(map(len, pictures)) + len(picture) > BYTES:
                break
            found.append(leaf)
            pictures.append(picture)
    except (pypdfium2.PdfiumError, ZeroDivisionError, ValueError) as error:
        raise Stop("damaged") from error
    return {"pages": len(document), "type": "application/pdf", "problems": [], "leaves": found}, b"".join(pictures)


def read_page(document: pypdfium2.PdfDocument, number: int, dpi: int) -> tuple[dict[str, Any], bytes]:
    try:
        page = page_of(document, number)
        picture = drawn(page, SMALL_DPI)
        layer = textlayer.read(page, picture)
        if not layer.whole:
            picture = drawn(page, dpi)
    except (pypdfium2.PdfiumError, ZeroDivisionError, ValueError) as error:
        raise Stop("damaged_page", number) from error
    width, height = page.get_size()
    return {
        "number": number, "width": width / 72, "height": height / 72, "lines": layer.lines, "turned": layer.turned,
        "whole": layer.whole, "picture": (*picture.size, picture.mode),
    }, picture.tobytes()


def drawn(page: pypdfium2.PdfPage, dpi: int) -> Image.Image:
    across, down = page.get_size()
    scale = min(dpi / 72, (PIXELS / (across * down)) ** 0.5)
    return page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")


def read_photo(content: bytes, first: int) -> tuple[Answer, bytes]:
    """A picture is its own only page, as large as it is or as large as pages may be."""
    if first != 1:
        raise Stop("no_such_page", first)
    opened = open_photo(content)
    kind = "image/png" if opened.format == "PNG" else "image/jpeg"
    picture = on_white(ImageOps.exif_transpose(opened))
    scale = min(1.0, (PIXELS / (picture.width * picture.height)) ** 0.5)
    if scale < 1:
        picture = picture.resize((max(1, int(picture.width * scale)), max(1, int(picture.height * scale))), reducing_gap=2)
    leaf = {
        "number": 1, "width": 0.0, "height": 0.0, "lines": [], "turned": 0, "whole": False, "picture": (*picture.size, picture.mode),
    }
    return {"pages": 1, "type": kind, "problems": [], "leaves": [leaf]}, picture.tobytes()
