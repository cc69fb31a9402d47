"""How an uploaded file is opened in the child process, and the one way in which that ends early."""

import zlib
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

PHOTO_PIXELS = 40_000_000
MAX_NOTES = 1_000                   # and fields of a page; the forms of authorities have up to 300
MARKUP = (b"<html", b"<script", b"<!doctype", b"<svg", b"<?php")

Problem = tuple[str, int]
Answer = dict[str, Any]


class Stop(Exception):
    """Nothing more can be said of the file than this one problem."""

    def __init__(self, code: str, page: int = 0) -> None:
        super().__init__(code)
        self.problem = (code, page)


def check_envelope(content: bytes) -> None:
    """A PDF begins as one and ends as one: no page, archive or program is glued to it."""
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\0")
    if not head.startswith(b"%PDF-"):
        raise Stop("not_a_pdf")
    tail = content[content.rfind(b"%%EOF") + 5:].strip(b"\0\r\n \t\x1a") if b"%%EOF" in content else b""
    if any(mark in head.lower() for mark in MARKUP) or b"PK\x05\x06" in tail or len(tail) > 1024 \
            or any(mark in tail.lower() for mark in MARKUP):
        raise Stop("two_files_in_one")


def open_pdf(content: bytes) -> pikepdf.Pdf:
    """Strictly: a file whose table of contents must be guessed is damaged, since readers would guess differently."""
    try:
        pdf = pikepdf.open(BytesIO(content), attempt_recovery=False, suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise Stop("encrypted") from error
    except (pikepdf.PdfError, ValueError) as error:
        raise Stop("damaged") from error
    if pdf.is_encrypted:
        pdf.close()
        raise Stop("encrypted")
    return pdf


def page_of(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    """With what was filled in and stamped on it: fields and notes are drawn as parts of the page, as readers show them."""
    page = document[number - 1]
    if pdfium.FPDFPage_GetAnnotCount(page) > MAX_NOTES:
        raise Stop("file_too_complex", number)
    if pdfium.FPDFPage_GetAnnotCount(page) > 0 and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
        page.close()
        page = document[number - 1]
    return page


def open_photo(content: bytes) -> Any:
    try:
        picture = Image.open(BytesIO(content), formats=("JPEG", "PNG"))
        if picture.width * picture.height > PHOTO_PIXELS:
            raise Stop("photo_too_large")
        picture.load()
    except Image.UnidentifiedImageError as error:
        raise Stop("not_a_photo") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Stop("photo_too_large") from error
    except (OSError, ValueError, SyntaxError, zlib.error) as error:
        raise Stop("damaged") from error
    return picture


def on_white(picture: Image.Image) -> Image.Image:
    """What is transparent shows the paper below it."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    page = Image.new("RGB", picture.size, "white")
    page.paste(picture, mask=picture.convert("RGBA").getchannel("A"))
    return page
