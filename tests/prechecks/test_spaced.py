"""Characters of a label that stand far apart are one label again, and what stands alone stays alone."""

from laihua.prechecks.spaced import mended
from laihua.prechecks.words import Box, Line

ASPECT = 0.7


def line(text: str, left: float, top: float, right: float, bottom: float) -> Line:
    return Line(text, Box(left, top, right, bottom))


def test_a_column_of_first_characters_is_cut_and_each_joined_to_its_second():
    lines = (
        line("姓性住", 0.17, 0.10, 0.20, 0.16), line("名", 0.21, 0.10, 0.24, 0.12), line("吕佳萱", 0.30, 0.10, 0.38, 0.12),
        line("别女", 0.21, 0.12, 0.27, 0.14), line("址", 0.24, 0.14, 0.27, 0.16), line("某某路1号", 0.30, 0.14, 0.42, 0.16),
    )

    assert {one.text for one in mended(lines, ASPECT)} == {"姓名", "吕佳萱", "性别女", "住址", "某某路1号"}


def test_each_character_knows_its_place_again():
    [label] = mended((line("姓", 0.1, 0.1, 0.12, 0.115), line("名", 0.16, 0.1, 0.18, 0.115)), ASPECT)

    assert label.part(1, 2).left - 0.12 < 0.001
    assert abs(label.part(0, 1).right - 0.12) < 0.001
    assert abs(label.box.right - 0.18) < 0.001


def test_characters_that_make_no_label_stay_where_they_are():
    lines = (line("男", 0.1, 0.1, 0.12, 0.115), line("汉", 0.14, 0.1, 0.16, 0.115), line("姓", 0.1, 0.2, 0.12, 0.215), line("名", 0.4,
                                                                                                                            0.2, 0.42,
                                                                                                                            0.215))

    assert set(mended(lines, ASPECT)) == set(lines)


def test_lines_that_run_across_are_not_cut():
    lines = (line("中华人民共和国", 0.1, 0.1, 0.3, 0.12), line("ABCD", 0.1, 0.2, 0.12, 0.3))

    assert mended(lines, ASPECT) == lines
