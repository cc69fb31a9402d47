"""Lines that reading parted are one again, and those of other cells stay apart."""

import pytest

from laihua.prechecks.kind import kinds
from laihua.prechecks.kinds._mended import mended
from laihua.prechecks.words import Box, Leaf, Line
from tests.prechecks.kinds.trying import said
from tests.prechecks.leafs import leaf, reading


def page(*lines: tuple[str, float, float, float, float]) -> Leaf:
    return Leaf(1, 0.707, tuple(Line(text, Box(*place)) for text, *place in lines), "ocr")


def texts(leaf: Leaf) -> list[str]:
    return [line.text for line in mended(leaf).lines]


def test_a_spaced_label_and_its_value_keep_their_places():
    whole = mended(page(("名", 0.1, 0.1, 0.12, 0.12), ("称上海示例光学有限公司", 0.16, 0.1, 0.4, 0.12))).lines
    assert [line.text for line in whole] == ["名称上海示例光学有限公司"]
    assert whole[0].part(2, 12).left == pytest.approx(0.182, abs=0.002)


def test_a_name_that_two_fonts_draw_is_one_word():
    assert texts(page(("Małgorzata Ś", 0.4, 0.1, 0.54, 0.114), ("wierczyńska", 0.534, 0.1, 0.64, 0.114))) == ["Małgorzata Świerczyńska"]


def test_lines_of_a_cell_are_one_where_the_label_stands_at_their_middle():
    table = page(
        ("Passport number", 0.1, 0.2, 0.25, 0.22), ("XL973677", 0.28, 0.2, 0.36, 0.22),
        ("韦德海默精密机械（上海）", 0.28, 0.24, 0.48, 0.26), ("单位名称", 0.1, 0.25, 0.2, 0.27), ("有限公司", 0.28, 0.262, 0.36, 0.282),
        ("岗位", 0.5, 0.25, 0.59, 0.27), ("英语教师", 0.7, 0.25, 0.78, 0.27),
    )
    assert texts(table) == ["Passport number", "XL973677", "韦德海默精密机械（上海）有限公司", "单位名称", "岗位", "英语教师"]


def test_lines_with_labels_of_their_own_stay_apart():
    rows = leaf(((0.1, "姓名"), (0.3, "LIND ANNA")), ((0.1, "护照号"), (0.3, "EK5501278")), pitch=0.025)
    assert texts(rows) == ["姓名", "LIND ANNA", "护照号", "EK5501278"]


def test_what_follows_a_bracket_in_the_next_cell_stays_apart():
    assert texts(page(("奎尔米尔（上海）", 0.1, 0.1, 0.3, 0.12), ("岗位", 0.34, 0.1, 0.4, 0.12))) == ["奎尔米尔（上海）", "岗位"]


EMPTY, ODD = leaf(), leaf("", "：", "2026", "（）", "甲方", "至", "Name", "自2026年1月1日起至", "Bachelor of", "certify that", "1",
"·", "—")


@pytest.mark.parametrize("kind", sorted(kinds()))
@pytest.mark.parametrize("pages", [(), (EMPTY,), (ODD,), (EMPTY, ODD)])
def test_no_kind_fails_on_a_page_that_says_nothing(kind, pages):
    assert all(kinds()[kind].score(one) < 0.6 for one in pages)
    found = kinds()[kind].extract(reading(*pages))
    assert all(one.value and one.page == 1 for some in found.values() for one in some)


def test_a_place_is_that_of_the_value_alone():
    one = leaf("乙方：安娜·林德（Anna Lind），护照号：EK5501278")
    found = kinds()["labour_contract"].extract(reading(one))["passport_number"][0]
    line = one.lines[0]
    assert (found.box.left, found.box.right) == (line.part(line.text.index("EK"), len(line.text)).left, line.box.right)
    assert said("labour_contract", one)["passport_number"] == ["EK5501278"]
