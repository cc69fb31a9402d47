"""Typesets a document of a kind: a layout of `layouts/`, fonts, facts. The text layer is what a word processor writes."""

import json
import re
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pylopdf_fonts_zh_cn
import segno
import typst

FOLDER = Path(__file__).parent / "layouts"
# The readers of the kinds were written by the first layouts. The second and third were made apart and measured unseen once; then
# the readers were mended by what had been missed in them. The blind ones were never shown to those who wrote the readers.
GROUPS = {"first": ("forms", "home", "study", "travel", "work"), "second": ("second",), "third": ("third",), "blind": ("blind",)}
# Latin and Chinese; the first of a pair that is not installed is passed over. The first two rows come with the packages.
FONTS = (
    ("Libertinus Serif", "Noto Serif SC"), ("New Computer Modern", "Noto Sans SC"), ("Liberation Sans", "Noto Sans SC"),
    ("Liberation Serif", "Noto Serif SC"),
    ("DejaVu Sans", "Noto Sans SC"), ("DejaVu Serif", "Noto Serif SC"), ("Liberation Sans Narrow", "Noto Serif SC"),
    ("Noto Serif CJK SC", "Noto Serif SC"),
)
MONO = ("Liberation Mono", "DejaVu Sans Mono")


@cache
def fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True,
        font_paths=[str(Path(pylopdf_fonts_zh_cn.__file__).parent)])


@cache
def workshop() -> TemporaryDirectory[str]:
    made = TemporaryDirectory(prefix="laihua-corpus-")
    for file in FOLDER.glob("*.typ"):
        (Path(made.name) / file.name).write_bytes(file.read_bytes())
    return made


def typeset(kind: str, layout: str, printed: Mapping[str, Any], *, font: int, group: str = "first") -> bytes:
    """The PDF. `font` counts the pairs of fonts around."""
    folder = Path(workshop().name)
    code = BytesIO()
    segno.make(f"https://example.org/p/{printed['case_number']}", error="m", micro=False).save(code, kind="svg", border=0)
    (folder / "qr.svg").write_bytes(code.getvalue())
    facts = dict(printed) | {"kind": kind, "layout": layout, "group": group, "wide": bool(font % 2),
        "font": list(FONTS[font % len(FONTS)]),
        "mono": MONO[font % len(MONO)]}
    (folder / "doc.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    made = typst.Compiler(str(folder / "main.typ"), root=str(folder), font_paths=fonts()).compile(timestamp=0)
    if not isinstance(made, bytes):
        raise TypeError("a document is one file")
    return made


def layouts(group: str = "first") -> dict[str, list[str]]:
    """The names of the layouts of a group by kind, as its files list them."""
    found: dict[str, list[str]] = {}
    for name in GROUPS[group]:
        kind = ""
        for line in (FOLDER / f"{name}.typ").read_text(encoding="utf-8").splitlines():
            if heading := re.match(r"  (\w+): \($", line):
                kind = heading[1]
            elif kind and (layout := re.match(r"    (\w+): d =>", line)):
                found.setdefault(kind, []).append(layout[1])
    return found
