"""The uploads of the demo: small PDFs that look like documents, and a silhouette where a photograph belongs.

Each says on every page that it is a specimen. They pass the gate: one of each kind is shown to it when the demo is
built, and the others of the kind differ in their words only.
"""

import json
from collections.abc import Mapping
from functools import cache
from hashlib import shake_256
from io import BytesIO
from math import sin, tau
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pylopdf_fonts_zh_cn
import pypdfium2 as pdfium
import typst
import yaml
from PIL import Image, ImageDraw, ImageFilter

FOLDER = Path(__file__).parent
TINTS = ("#1D4E89", "#7A2E3B", "#2E6B4F", "#5B4A8A", "#8A5A1D")
PHOTO_SIZE = (480, 640)


@cache
def kinds() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "papers.yaml").read_text(encoding="utf-8"))
    return found


def paper(kind: str, facts: Mapping[str, str], edition: int = 1) -> bytes:
    """The document for a slot of the checklist, filled with these facts. A later edition has another content."""
    known = kinds().get(kind) or {"layout": "letter", "zh": "其他材料", "en": "Other document"}
    doc: dict[str, Any] = {
        "head": "", "lines": [], "text": [], "rows": [], "sign": [], "seal": False, **filled(known, facts),
        "edition": edition, "number": facts["number"], "tint": TINTS[int(facts["number"]) % len(TINTS)],
    }
    if doc["layout"] == "passport":
        doc |= passport(facts)
    if doc["sign"]:
        doc["strokes"] = strokes(doc["sign"][0])
    return typeset(doc)


def strokes(name: str) -> list[tuple[float, float]]:
    """A scribble of its own for each name, as points of one stroke in millimetres: 50 wide, 14 high."""
    loops, waves, lean = (3.5 + part / 100 for part in shake_256(name.encode()).digest(3))
    steps = [n / 160 for n in range(161)]
    return [
        (round(4 + 40 * t + 4 * sin(tau * loops * t), 2), round(7 + (6 - 3.5 * t) * sin(tau * waves * t + lean), 2)) for t in steps
    ]


@cache
def specimen(zh: str, en: str, rows: tuple[tuple[str, str], ...] = (), sign: str = "") -> bytes:
    """A sealed letter of that title with what it says, for documents that no case of work permits knows."""
    return typeset({
        "head": "", "lines": [], "text": [], "rows": rows, "sign": [sign] if sign else [], "strokes": strokes(sign) if sign else [],
        "layout": "letter", "zh": zh, "en": en, "seal": True, "edition": 1, "number": "1", "tint": TINTS[1],
    })


@cache
def picture(zh: str, en: str) -> bytes:
    """Its first page as a photograph in colour, with a red ring where the seal would be."""
    page = pdfium.PdfDocument(specimen(zh, en))[0].render(scale=110 / 72).to_pil().convert("RGB")
    ImageDraw.Draw(page).ellipse((page.width * 0.62, page.height * 0.7, page.width * 0.84, page.height * 0.7 + page.width * 0.22),
                                 outline="#C8262E", width=9)
    out = BytesIO()
    page.save(out, "JPEG", quality=88)
    return out.getvalue()


def filled(value: Any, facts: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return value.format(**facts)
    if isinstance(value, list):
        return [filled(part, facts) for part in value]
    if isinstance(value, dict):
        return {key: filled(part, facts) for key, part in value.items()}
    return value


def typeset(doc: Mapping[str, Any]) -> bytes:
    (folder() / "doc.json").write_text(json.dumps(doc, ensure_ascii=False), encoding="utf-8")
    made = typst.Compiler(str(folder() / "papers.typ"), root=str(folder()), font_paths=fonts()).compile(timestamp=0)
    if not isinstance(made, bytes):
        raise TypeError("a specimen has one file")
    return made


@cache
def workshop() -> TemporaryDirectory[str]:
    made = TemporaryDirectory(prefix="laihua-demo-papers-")
    (Path(made.name) / "papers.typ").write_bytes((FOLDER / "papers.typ").read_bytes())
    (Path(made.name) / "photo.jpg").write_bytes(photo())
    return made


def folder() -> Path:
    return Path(workshop().name)


@cache
def fonts() -> typst.Fonts:
    packed = str(Path(pylopdf_fonts_zh_cn.__file__).parent)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[packed])


@cache
def photo(edition: int = 1) -> bytes:
    """A neutral head and shoulders on white. The fine grain of a camera makes it as large as a photograph is."""
    width, height = PHOTO_SIZE
    drawn = Image.new("RGB", PHOTO_SIZE, "#FFFFFF")
    pen = ImageDraw.Draw(drawn)
    pen.ellipse((width * 0.06, height * 0.66, width * 0.94, height * 1.4), fill="#5B6B7C")
    pen.rectangle((width * 0.41, height * 0.52, width * 0.59, height * 0.72), fill="#8C7B6E")
    pen.ellipse((width * 0.28, height * 0.16, width * 0.72, height * 0.62), fill="#9B897B")
    pen.pieslice((width * 0.26, height * 0.12, width * 0.74, height * 0.58), 180, 360, fill="#4A4540")
    grain = Image.frombytes("RGB", PHOTO_SIZE, shake_256(b"grain %d" % edition).digest(width * height * 3))
    picture = Image.blend(drawn.filter(ImageFilter.GaussianBlur(2)), grain, 0.04)
    out = BytesIO()
    picture.save(out, "JPEG", quality=94)
    return out.getvalue()


def passport(facts: Mapping[str, str]) -> dict[str, Any]:
    """The fields of the data page and its machine-readable zone (ICAO 9303, TD3)."""
    pairs = (
        ("护照号 Passport No.", "passport"), ("国籍 Nationality", "country"), ("姓 Surname", "surname"),
        ("名 Given names", "given_names"), ("出生日期 Date of birth", "born"), ("性别 Sex", "sex"),
        ("签发日期 Date of issue", "issued"), ("有效期至 Date of expiry", "expires"),
    )
    return {"pairs": [[label, facts[key]] for label, key in pairs], "country": facts["country"], "mrz": mrz(facts)}


def mrz(facts: Mapping[str, str]) -> list[str]:
    def zone(text: str, width: int) -> str:
        return text.upper().replace("'", "").replace(" ", "<").replace("-", "<").ljust(width, "<")[:width]

    def day(text: str) -> str:
        return text.replace("-", "")[2:]

    number, born, expires = zone(facts["passport"], 9), day(facts["born"]), day(facts["expires"])
    parts = [number + check(number), born + check(born), expires + check(expires), "<" * 14 + "0"]
    names = zone(f"{facts['surname']}  {facts['given_names']}", 39)
    second = f"{parts[0]}{facts['nationality']}{parts[1]}{facts['sex'][-1]}{parts[2]}{parts[3]}"
    return [f"P<{facts['nationality']}{names}", second + check("".join(parts))]


def check(text: str) -> str:
    """The weights 7, 3, 1 over digits, letters from A = 10, and fillers."""
    values = (0 if c == "<" else int(c, 36) for c in text)
    return str(sum(value * (7, 3, 1)[n % 3] for n, value in enumerate(values)) % 10)
