"""Reads a list (CSV or XLSX) in the child process: rows of text, and nothing that could act.

Formulas stay the text that stands in the cell (`=A1+1`); their cached results are not looked at. Dates become YYYY-MM-DD.
"""

import codecs
import csv
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import orjson
from openpyxl import Workbook, load_workbook

MOST_ROWS = 1_001               # the heading and a thousand
MOST_COLUMNS = 60
MOST_CHARACTERS = 500           # of a cell; longer ones are cut, and then too long for any column
UNPACKED = 48 * 1024**2         # of everything in an XLSX; a thousand rows have about 2 MB
MEMBERS = 200

Read = tuple[dict[str, Any], bytes]


class Unreadable(Exception):
    """Names the reason, a code of `reasons.REASONS`."""


def read(content: bytes, kind: str) -> Read:
    """The answer, and the rows as JSON behind it."""
    try:
        found = list(xlsx(content) if kind == "xlsx" else delimited(content))
    except Unreadable as fault:
        return {"pages": 0, "type": "", "problems": [(str(fault), 0)]}, b""
    while found and not any(found[-1]):
        found.pop()
    if not found:
        return {"pages": 0, "type": "", "problems": [("empty_list", 0)]}, b""
    if len(found) > MOST_ROWS:
        return {"pages": 0, "type": "", "problems": [("too_many_rows", 0)]}, b""
    return {"pages": len(found), "type": kind, "problems": []}, orjson.dumps(found)


def xlsx(content: bytes) -> Iterator[list[str]]:
    """The first sheet. What is packed beyond all proportion is refused before it is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            members = packed.infolist()
            if len(members) > MEMBERS or sum(m.file_size for m in members) > UNPACKED:
                raise Unreadable("file_too_complex")
            if any(m.flag_bits & 1 for m in members):
                raise Unreadable("encrypted_list")
        book = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        yield from limited(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS))
    except (Unreadable, MemoryError, RecursionError):
        raise
    except Exception as fault:
        raise Unreadable("not_a_list") from fault


def delimited(content: bytes) -> Iterator[list[str]]:
    """UTF-8, or what a Chinese Excel writes; separated by commas, semicolons or tabs."""
    if b"\0" in content[:4096]:
        raise Unreadable("not_a_list")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            raise Unreadable("not_a_list") from None
    heading = text.split("\n", 1)[0]
    separator = max(",;\t", key=heading.count)
    csv.field_size_limit(20_000)
    try:
        yield from limited(csv.reader(StringIO(text), delimiter=separator))
    except csv.Error as fault:
        raise Unreadable("not_a_list") from fault


def limited(rows: Iterable[Iterable[Any]]) -> Iterator[list[str]]:
    for number, row in enumerate(rows):
        if number > MOST_ROWS + 1_000:      # a sheet that says it has a million empty rows is not read to its end
            return
        cells = [text_of(cell) for cell in list(row)[:MOST_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        yield cells


def text_of(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(getattr(cell, "text", cell)).strip()[:MOST_CHARACTERS + 1]


def warm() -> None:
    """In the zygote, before any file comes: whatever the readers load on first use, they can load no more when confined."""
    for encoding in ("utf-8-sig", "gb18030", "cp437", "ascii"):
        codecs.lookup(encoding)
    book, made = Workbook(), BytesIO()
    sheet: Any = book.active
    sheet.append(["=1", date(2000, 1, 1), 1.5, "text"])
    book.save(made)
    read(made.getvalue(), "xlsx")
    read(b"a,b\n1,2", "csv")


warm()
