"""A value is found by its label wherever the layout puts it, and nothing else is taken for it."""

import re

import pytest

from laihua.prechecks.layout import cells, continued, labelled, search
from laihua.prechecks.wording import says, titled
from laihua.prechecks.words import Box, Leaf, Line
from tests.prechecks.leafs import leaf, reading

LABELS = {
    "surname": ("surname", "nom", "姓"), "given": ("given names", "prénoms", "名"), "sex": ("sex", "sexe", "性别"), "folk": ("民族",),
    "birth": ("date of birth", "date de naissance", "出生日期"),
}


def first(page: Leaf, key: str) -> str:
    return next((cell.text for cell in cells(page, LABELS)[key]), "")


@pytest.mark.parametrize("rows", [
    ("Surname: MÜLLER", "Given names: ANNA LENA", "Date of birth: 14.03.1985", "Sex: F"),
    ("1. Surname / Nom", "MÜLLER", "2. Given names / Prénoms", "ANNA LENA", "3. Date of birth / Date de naissance    4. Sex / Sexe",
     "14.03.1985                                F"),
    ("Surname          MÜLLER", "Given Name(s)    ANNA LENA", "Date of birth    14.03.1985", "Sex              F"),
    ("姓 Surname     MÜLLER", "名 Given names     ANNA LENA", "出生日期 Date of birth     14.03.1985", "性别 Sex    F"),
    ("SURNAME/NOM: MÜLLER  GIVEN NAMES/PRÉNOMS: ANNA LENA", "DATE OF BIRTH/DATE DE NAISSANCE: 14.03.1985  SEX/SEXE: F"),
    ("Surname    Given names    Date of birth    Sex", "MÜLLER     ANNA LENA      14.03.1985       F"),
    ("Sumame", "MÜLLER", "Givem Names", "ANNA LENA", "Dateofbirth", "14.03.1985", "Sex", "F"),
    ("(a) Surname ........ MÜLLER", "(b) Given names ........ ANNA LENA", "(c) Date of birth ........ 14.03.1985", "(d) Sex ........ F"),
    ("姓：MÜLLER", "名：ANNA LENA", "出生日期：14.03.1985", "性别：F"),
])
def test_the_same_four_values_in_many_layouts(rows):
    page = leaf(*rows)

    assert [first(page, key) for key in ("surname", "given", "birth", "sex")] == ["MÜLLER", "ANNA LENA", "14.03.1985", "F"]


def test_chinese_labels_run_on_without_a_blank():
    page = leaf("性别男民族汉")

    assert (first(page, "sex"), first(page, "folk")) == ("男", "汉")


def test_a_word_in_a_value_is_no_label():
    page = leaf("Employer: Best Name Consulting", "Father's name: Ivan", "户主姓名：王五")

    assert labelled(page, "name") == []
    assert labelled(page, "姓名") == []


def test_a_row_of_values_read_as_one_line_is_cut_at_the_columns():
    page = leaf("Date of birth        Sex", ((0.1, "14 MAR 1985          F"),))

    assert (first(page, "birth"), first(page, "sex")) == ("14 MAR 1985", "F")


def test_a_label_without_a_value_takes_none_from_the_next_row():
    page = leaf("Surname:", "Given names: ANNA", "Sex: F")

    assert first(page, "surname") == ""


def test_the_place_of_a_value_is_that_of_the_value():
    page = leaf("Surname: MÜLLER")

    box = cells(page, LABELS)["surname"][0].box
    assert box.left == pytest.approx(0.1 + 9 * 0.011)
    assert box.right == pytest.approx(0.1 + 15 * 0.011)


def test_a_long_address_goes_on_below():
    page = leaf(((0.1, "住址"), (0.2, "上海市徐汇区某某路一百弄")), ((0.2, "2号301室"),), ((0.1, "公民身份号码"), (0.3, "000000")))
    cell = labelled(page, "住址")[0]

    assert continued(page, cell, ["公民身份号码"]).text == "上海市徐汇区某某路一百弄\n2号301室"


def test_prose_is_searched_over_the_end_of_a_line():
    page = leaf("甲方聘用乙方担任高级软件工程师职务每月工资为人民", "币40000元整，按月支付。", "第二条")

    [passage] = search(reading(page), re.compile(r"工资为人民币(?P<money>\d+)元"))
    assert passage.cell("money").text == "40000"
    assert passage.cell("money").box.top == pytest.approx(0.08)
    assert search(reading(page), re.compile(r"支付。第二条")) == []


def test_prose_in_english_is_joined_by_a_blank():
    page = leaf("This is to certify that Ms Anna Müller has been employed by", "Example Works Limited since 1 May 2019.")

    assert search(reading(page), re.compile(r"employed by Example Works"))
    assert says(page, "employed by Example Works Limited", "certify that", "dismissed") == 2


def test_a_title_fills_its_line():
    page = leaf("劳 动 合 同 LABOUR CONTRACT", "本劳动合同由双方订立")

    assert titled(page, "劳动合同") == ""
    assert titled(page, "labour contract", "劳动合同") == "labour contract"


def test_a_label_over_its_translation_has_one_value_in_the_middle_or_two():
    page = leaf(
        ((0.1, "国籍"), (0.3, "德国")), ((0.1, "Nationality"), (0.3, "Germany")), "",
        ((0.1, "性别"),), ((0.1, "Sex"),), pitch=0.024,
    )
    middle = Line("F", Box(0.3, 0.05 + 3.5 * 0.024, 0.31, 0.07 + 3.5 * 0.024))
    found = cells(Leaf(1, page.aspect, (*page.lines, middle), "text"), {"country": ("国籍", "nationality"), "sex": ("性别", "sex")})

    assert {cell.text for cell in found["country"]} == {"德国", "Germany"}
    assert next(cell.text for cell in found["sex"]) == "F"


def test_of_two_meanings_of_one_label_the_first_named_counts():
    page = leaf("1. Name/Surname/Nom", "MÜLLER", "2. Vornamen/Given names/Prénoms", "ANNA")
    found = cells(page, {"surname": ("surname", "nom"), "given": ("given names",), "name": ("name",)})

    assert {key: [cell.text for cell in some] for key, some in found.items()} == {"surname": ["MÜLLER"], "given": ["ANNA"], "name": []}


def test_a_value_that_did_not_fit_its_line_is_one():
    page = leaf(
        ((0.3, "THIBODAULT"),), ((0.1, "Name"), (0.6, "Sex"), (0.7, "F")), ((0.3, "GENEVIEVE"),), "",
        ((0.3, "Shanghai Chenghu"),), ((0.1, "Employer"), (0.3, "Intelligent Equipment")), ((0.3, "Co., Ltd."),), pitch=0.0115,
    )
    found = cells(page, {"name": ("name",), "sex": ("sex",), "employer": ("employer",)})

    assert [cell.text for cell in found["name"]] == ["THIBODAULT\nGENEVIEVE"]
    assert [cell.text for cell in found["employer"]] == ["Shanghai Chenghu\nIntelligent Equipment\nCo., Ltd."]


def test_a_remark_in_brackets_belongs_to_the_label():
    page = leaf("国籍（地区）Nationality   Netherlands", "Name (as in passport): ANNA")
    found = cells(page, {"nationality": ("国籍", "nationality"), "name": ("name",)})

    assert {key: [cell.text for cell in some] for key, some in found.items()} == {"nationality": ["Netherlands"], "name": ["ANNA"]}
