"""What a list of staff may hold: every cell is judged, and every fault names its row and column."""

from datetime import date

import pytest

from laihua.catalog import registry
from laihua.catalog.roster_columns import columns, read_staff
from laihua.kernel.texts import Refused

TODAY = date(2026, 11, 12)
HEADING = ["姓（护照拼写）*", "Given names", "birth_date", "国籍", "护照号", "许可编号", "许可有效期止", "备注"]
ROW = ["WEBER", "ANNA", "1988/4/2", "德国", "c01x 00t47", "WPX1", "2027-01-31", "x"]


def read(*rows, heading=HEADING):
    return read_staff([heading, *rows], TODAY)


def faults(row, heading=HEADING):
    return {key: text.en for key, _, text in read(row, heading=heading).rows[0].faults}


def changed(**cells):
    names = ("surname", "given_names", "birth_date", "nationality", "passport_number", "permit_number", "permit_to", "note")
    return [cells.get(name, value) for name, value in zip(names, ROW, strict=True)]


def test_headings_in_either_language_and_values_as_the_roster_keeps_them():
    found = read(ROW)
    assert found.ignored == ["备注"]
    assert found.rows[0].faults == []
    assert found.rows[0].values == {
        "surname": "WEBER", "given_names": "ANNA", "birth_date": "1988-04-02", "nationality": "DEU", "passport_number": "C01X00T47",
        "permit_number": "WPX1", "permit_to": "2027-01-31",
    }


def test_every_column_is_known_to_forms():
    assert columns().keys() <= registry.FACTS["staff"]
    assert all(field.choices for field in columns().values() if field.type in ("choice", "country"))


@pytest.mark.parametrize(("cells", "place", "words"), [
    ({"surname": ""}, "surname", "Required"),
    ({"surname": "魏"}, "surname", "Letters A to Z"),
    ({"birth_date": "1988-02-30"}, "birth_date", "date"),
    ({"birth_date": "2026-11-12"}, "birth_date", "in the past"),
    ({"nationality": "Utopia"}, "nationality", "Utopia"),
    ({"nationality": "中国"}, "nationality", "foreigners"),
    ({"passport_number": "12"}, "passport_number", "5 to 20"),
    ({"permit_to": ""}, "permit_to", "last day"),
    ({"given_names": "=HYPERLINK(\"http://x\")"}, "given_names", "formula"),
    ({"permit_number": "=1+1"}, "permit_number", "formula"),
])
def test_a_fault_names_its_column(cells, place, words):
    found = faults(changed(**cells))
    assert list(found) == [place]
    assert words.casefold() in found[place].casefold()


def test_periods_end_after_they_begin():
    heading = [*HEADING[:5], "合同开始日期", "合同结束日期"]
    assert list(faults([*ROW[:5], "2027-01-01", "2026-12-31"], heading)) == ["contract_to"]
    assert faults([*ROW[:5], "2027-01-01", "2027-01-01"], heading) == {}


def test_the_same_person_twice_is_told_with_the_first_row():
    found = read(ROW, [], ["KLEIN", *ROW[1:4], "C01-X00T47", "", "", ""])
    assert [row.number for row in found.rows] == [2, 4]
    assert [(key, text.en) for key, _, text in found.rows[1].faults] == [("passport_number", "The same as in row 2")]


@pytest.mark.parametrize(("heading", "code"), [
    (["姓（护照拼写）", "国籍", "护照号"], "columns_missing"), ([*HEADING, "护照号"], "column_twice"), ([], "columns_missing"),
])
def test_a_heading_that_does_not_do_is_refused(heading, code):
    with pytest.raises(Refused) as refused:
        read(ROW, heading=heading)
    assert refused.value.reasons[0].code == code


def test_a_heading_alone_is_no_list():
    with pytest.raises(Refused) as refused:
        read()
    assert refused.value.reasons[0].code == "no_rows"
