"""Uploaded lists are opened in the child process; hostile ones cost that child and a clear message."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from laihua.kernel.texts import Refused
from laihua.prechecks import lists
from laihua.prechecks.lists import read_list


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def code(content, name):
    with pytest.raises(Refused) as refused:
        read_list(content, name=name)
    return refused.value.reasons[0].code


def test_cells_come_as_text_and_formulas_as_they_stand():
    found = read_list(workbook(
        ["姓", "日期", "月薪", "公式"],
        ["WEBER", datetime(2027, 1, 31, 12), 40000.0, "=HYPERLINK(\"http://x\",\"y\")"],
        [None, None, None, None],
        [12, date(1988, 4, 2), 0.5, True],
        [None, None, None, None],
    ), name="名单.XLSX")
    assert found == [
        ["姓", "日期", "月薪", "公式"],
        ["WEBER", "2027-01-31", "40000", "=HYPERLINK(\"http://x\",\"y\")"],
        [],
        ["12", "1988-04-02", "0.5", "true"],
    ]


@pytest.mark.parametrize(("text", "encoding"), [
    ("姓,护照号\nWEBER,C01X\n", "utf-8"), ("姓;护照号\r\nWEBER;C01X\r\n", "utf-8-sig"), ("姓\t护照号\nWEBER\tC01X", "gb18030"),
])
def test_csv_in_the_usual_notations(text, encoding):
    assert read_list(text.encode(encoding), name="a.csv") == [["姓", "护照号"], ["WEBER", "C01X"]]


def bomb():
    """A sheet of 200 MB in some 200 KB."""
    out = io.BytesIO(workbook(["a"]))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/zeros.bin", b"\0" * (64 * 1024**2))
    return out.getvalue()


def laughs():
    inside = ["lol", *(f"&l{n};" * 10 for n in range(11))]
    entities = "".join(f'<!ENTITY l{n} "{words}">' for n, words in enumerate(inside))
    cell = '<c t="inlineStr"><is><t>&l11;</t></is></c>'
    sheet = f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><worksheet><sheetData><row>{cell}</row></sheetData></worksheet>'
    source, out = zipfile.ZipFile(io.BytesIO(workbook(["a"]))), io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in source.namelist():
            packed.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else source.read(name))
    return out.getvalue()


@pytest.mark.parametrize(("content", "name", "expected"), [
    (lambda: b"", "a.csv", "empty"),
    (lambda: b"\n\n", "a.csv", "empty_list"),
    (lambda: b"x" * (lists.MOST_BYTES + 1), "a.csv", "too_big"),
    (lambda: b"a,b", "a.xls", "wrong_ending"),
    (lambda: b"PK\x03\x04 and so on", "a.xlsx", "not_a_list"),
    (lambda: b"\x89PNG\0\0\0", "a.csv", "not_a_list"),
    (lambda: b"a\n" + b"x\n" * 1001, "a.csv", "too_many_rows"),
    (bomb, "a.xlsx", "file_too_complex"),
    (laughs, "a.xlsx", "not_a_list"),
    (lambda: workbook(["a"]).replace(b"xl/workbook.xml", b"xl/workbook.xmk"), "a.xlsx", "not_a_list"),
])
def test_what_is_no_proper_list_is_refused_with_its_reason(content, name, expected):
    assert code(content(), name) == expected


def test_a_thousand_rows_are_read_within_the_limits():
    assert len(read_list(workbook(*[["x" * 40] * 30 for _ in range(1001)]), name="a.xlsx")) == 1001
