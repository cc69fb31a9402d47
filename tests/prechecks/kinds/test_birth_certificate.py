"""Certificates of birth from China and elsewhere: the child, and whose child it is."""

import pytest

from tests.prechecks.kinds.trying import said, score, seen
from tests.prechecks.leafs import leaf

CHINESE = (
    "出生医学证明", "BIRTH CERTIFICATE", ((0.1, "新生儿姓名"), (0.3, "单小满"), (0.5, "性别"), (0.6, "男")), ((0.1, "出生时间"), (0.3,
                                                                                                                                  "2019年5月2日8时30分")),
    ((0.1, "出生孕周"), (0.3, "39周"), (0.5, "出生体重"), (0.65, "3200克")), ((0.1, "母亲姓名"), (0.3, "吕佳萱"), (0.5, "年龄"), (0.6,
                                                                                                                                  "34")),
    ((0.1, "父亲姓名"), (0.3, "单伟明"), (0.5, "年龄"), (0.6, "35")), ((0.1, "出生证编号"), (0.3, "T310407182")),
)
ENGLISH = (
    "CERTIFIED COPY OF AN ENTRY OF BIRTH", "Name of child: Oliver Brackenfeld", "Sex: Male   Date of birth: 2 May 2019",
    "Place of birth: Norwich",
    "Name of father: Marcus Brackenfeld", "Name of mother: Anna Lena Brackenfeld", "Maiden surname of mother: Brückenthal",
)
STACKED = (
    "STATE OF UTOPIA     CERTIFICATE OF LIVE BIRTH", "Child's name                Date of birth      Sex",
    "Oliver Brackenfeld          May 2, 2019        M",
    "Father's name               Mother's maiden name", "Marcus Brackenfeld          Anna Lena Brückenthal",
)
SPANISH = (
    "ACTA DE NACIMIENTO", "Apellidos: Ibarrola Núñez", "Nombres: Oliver", "Fecha de nacimiento: 02/05/2019", "Sexo: Masculino",
    "Padre: Marcus Ibarrola",
    "Madre: Anna Núñez",
)


@pytest.mark.req("PRE-4")
@pytest.mark.parametrize(("rows", "name", "father", "mother"), [
    (CHINESE, "单小满", "单伟明", "吕佳萱"), (ENGLISH, "Oliver Brackenfeld", "Marcus Brackenfeld", "Anna Lena Brackenfeld"),
    (STACKED, "Oliver Brackenfeld", "Marcus Brackenfeld", "Anna Lena Brückenthal"), (SPANISH, "Ibarrola Núñez Oliver",
                                                                                     "Marcus Ibarrola", "Anna Núñez"),
])
@pytest.mark.parametrize("by", ["text", "ocr"])
def test_child_and_parents(rows, name, father, mother, by):
    page = leaf(*rows, by=by)
    found = said("birth_certificate", page)

    assert score("birth_certificate", page) >= 0.6
    assert (found["name"][0], found["father"][0], found["mother"][0]) == (name, father, mother)
    assert found["birth_date"] == ["2019-05-02"]
    assert found["sex"] == ["M"]


@pytest.mark.req("PRE-3")
@pytest.mark.parametrize("rows", [
    ("PASSEPORT", "Nom/Surname: BRUCKENTHAL", "Prénoms/Given names: ANNA", "Date de naissance/Date of birth: 14 03 1985",
     "Lieu de naissance: LYON"),
    ("无犯罪记录证明", "姓名：吕佳萱", "出生日期：1985年3月14日"), ("亲属关系证明", "父亲 单伟明", "母亲 吕佳萱",
                                                                    "出生日期 2019年5月2日"),
])
def test_papers_that_name_a_birth_are_none(rows):
    assert "birth_certificate" not in seen(leaf(*rows))


@pytest.mark.req("PRE-3")
def test_an_extract_of_a_register_of_births_is_one():
    page = leaf("Record of birth", "Infant: Mira Lena Bergqvist", "Date of birth: 3 May 2019", "Mother: Anna Lena Bergqvist",
                "Father: Nils Bergqvist")
    found = said("birth_certificate", page)

    assert "birth_certificate" in seen(page)
    assert (found["name"], found["mother"]) == (["Mira Lena Bergqvist"], ["Anna Lena Bergqvist"])
