"""Papers by typst: a template of the service, the shared library and the facts as JSON, in a folder of their own.

What people typed reaches the typesetter only through `data.json`, as strings that are printed and never parsed. Fonts
come from a package, so that a paper looks the same on every machine; system fonts are not read.
"""

import io
import json
import re
import tempfile
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import segno
import typst
from PIL import Image, ImageOps

from laihua.permits.glyphs import printable_characters

LIBRARY = Path(__file__).parent / "typst" / "laihua.typ"
PHOTO_PIXELS = (413, 551)       # 35 × 46.7 mm at 300 dpi
# Controls and the characters that turn the direction of writing: with them a name could be made to look like another.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
LONG_WORD = re.compile(r"[!-~]{33,}")


class RenderingFailed(Exception):
    """The typesetter refused the paper; the text says where. The facts of the case are not in it."""


FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
MISSING = "□"                   # what a printer sets for a character that it does not have
JOINERS = re.compile("[\u200c\u200d\ufe00-\ufe0f]")


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


@cache
def _characters() -> frozenset[int]:
    files = [file for file in FONTS.rglob("*") if file.suffix in (".ttf", ".otf")]
    return printable_characters(files) | frozenset(map(ord, "\t\n "))


def qr_svg(text: str) -> bytes:
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=0, dark="#17222D", xmldecl=False, scale=4)
    return out.getvalue()


def photo_jpeg(content: bytes) -> bytes:
    """The photograph drawn anew: no metadata, no other bytes of the upload survive."""
    with Image.open(io.BytesIO(content)) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail(PHOTO_PIXELS)
    pixels = Image.new("RGB", upright.size)
    pixels.paste(upright)
    out = io.BytesIO()
    pixels.save(out, "JPEG", quality=88, optimize=True)
    return out.getvalue()


def printable(value: Any) -> Any:
    """The same data without unprintable characters, and with places to break in endless words.

    PDF/A refuses a paper with one character that no font has: an emoji in an address must not keep back a permit.
    """
    if isinstance(value, str):
        known = _characters()
        clean = "".join(c if ord(c) in known else MISSING for c in JOINERS.sub("", UNPRINTABLE.sub("", value)))
        return LONG_WORD.sub(lambda m: "\u200b".join(re.findall(".{1,16}", m.group())), clean)
    if isinstance(value, Mapping):
        return {key: printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [printable(item) for item in value]
    return value


def render(*, template: str, data: Mapping[str, Any], images: Mapping[str, bytes], at: datetime) -> bytes:
    """The finished PDF (PDF/A-2b). The same input and moment give the same bytes. Raises RenderingFailed."""
    with tempfile.TemporaryDirectory(prefix="laihua-paper-") as folder:
        root = Path(folder)
        (root / "main.typ").write_text(template, encoding="utf-8")
        (root / LIBRARY.name).write_bytes(LIBRARY.read_bytes())
        (root / "data.json").write_text(json.dumps(printable(data), ensure_ascii=False), encoding="utf-8")
        for name, content in images.items():
            (root / name).write_bytes(content)
        try:
            main = str(root / "main.typ")
            compiler = typst.Compiler(main, root=folder, font_paths=_fonts(), ignore_system_fonts=True)
            pdf = compiler.compile(format="pdf", pdf_standards="a-2b", timestamp=int(at.timestamp()))
        except typst.TypstError as refusal:
            where = [line for line in refusal.trace if ".typ" in line][:3]
            raise RenderingFailed(f"{refusal.message} {'; '.join(where)}".strip()) from None
    if not isinstance(pdf, bytes):
        raise RenderingFailed("no PDF came out")
    return pdf
