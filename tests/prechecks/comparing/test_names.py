import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laihua.prechecks.comparing import names


@pytest.mark.req("PRE-4")
@pytest.mark.parametrize(("form", "read"), [
    ("LINDQVIST SOEREN MIKAEL", "LINDQVIST SÖREN MIKAEL"), ("LINDQVIST SOREN", "Sören Lindqvist"),
    ("LINDQVIST SOEREN", "Mr. Sören LINDQVIST"),
    ("KIM MIN JAE", "Kim Min-jae"), ("KIM MIN JAE", "MINJAE KIM"), ("O'CONNOR LIAM", "Liam O’Connor"),
    ("DE LA CRUZ ANA", "Ana Delacruz"),
    ("WEISS-KOEHN ANNEKE", "Anneke Weiß-Köhn"), ("GUENDOGMUSLU CAGRI", "Çağrı Gündoğmuşlu"),
    ("NGUYEN THI HONG VAN", "Nguyễn Thị Hồng Vân"),
    ("AAKERBLADH MAJA", "Maja Åkerbladh"), ("WISNIEWSKI LUKASZ", "Łukasz Wiśniewski"),
    ("THORSDOTTIR AESA", "Æsa Þórsdóttir"), ("HOLM SOREN", "Holm, Søren"),
    ("LINDQVIST SOEREN", unicodedata.normalize("NFD", "Sören Lindqvist")),
    ("LINDQVIST SOEREN", "ＬＩＮＤＱＶＩＳＴ ＳＯＥＲＥＮ"),
])
def test_one_name_however_it_is_written(form: str, read: str) -> None:
    assert names.likeness(form, read).level == "equal"


@pytest.mark.parametrize(("form", "read", "said"), [
    ("LINDQVIST SOREN MIKAEL", "Soren Lindqvist", "MIKAEL"), ("ROSSI MARIA", "Maria Rossi Bianchi", "BIANCHI"),
    ("SMITH JOHN PAUL", "John P. Smith", "首字母"),
    ("MUEHLBRUECK JOERG", "Jorg Muhlbruck", "变音"), ("BRACKENFELD MARCUS", "柏明德", "无法直接比较"),
    ("LINDQVIST SOREN", "Сёрен Линдквист", "无法直接比较"), ("吕佳萱", "吕佳宣", "读音相同"),
    ("ABEL BRUNO CARLA", "CARLA ABEL BRUNO DAAN", "DAAN"),
    ("ABEL BRUNO CARLA", "BRUNO ABEL CARLA", "词序"),
])
def test_likely_the_same_is_a_doubt(form: str, read: str, said: str) -> None:
    found = names.likeness(form, read)
    assert found.level == "near"
    assert said in found.text.zh


@pytest.mark.parametrize(("form", "read"), [
    ("LINDQVIST SOREN", "LINDQUIST SOREN"), ("LINDQVIST SOREN", "BERGSTROM MAJA"), ("SMITH JOHN", "SMITH JANE"),
    ("LYU JIAXUAN", "LI JIAXUAN"),
    ("吕佳萱", "吕佳明"), ("吕佳萱", "李佳萱"), ("SMITH JOHN", "SMITH PAUL"), ("IVANOV PETR", "PETROV IVAN"),
])
def test_other_people(form: str, read: str) -> None:
    assert names.likeness(form, read).level == "different"


def test_where_a_letter_differs_is_said() -> None:
    assert names.likeness("LINDQVIST", "LINDQUIST", whole=False).text.zh == "第6个字母不同：填的是“V”，材料上是“U”"
    assert "missing in the form" in names.likeness("LINDQVIST", "LINDQVISTT", whole=False).text.en
    assert "第3个字" in names.likeness("吕佳萱", "吕佳明").text.zh


def test_given_names_keep_their_order_and_full_names_do_not() -> None:
    assert names.likeness("ANNA MARIA", "MARIA ANNA", whole=False).level == "near"
    assert names.likeness("ROSSI ANNA", "ANNA ROSSI").level == "equal"
    assert names.likeness("VAN DER BERG PIETER JAN", "PIETER JAN VAN DER BERG", parts=("VAN DER BERG", "PIETER JAN")).level == "equal"
    assert names.likeness("VAN DER BERG PIETER JAN", "JAN VAN DER BERG PIETER", parts=("VAN DER BERG", "PIETER JAN")).level == "near"


def test_zones_cut_long_names() -> None:
    form, read = "PAPANDROPOULOS CHRISTODOULOS ALEXANDROS", "PAPANDROPOULOS CHRISTODOULOS ALEXAN"
    assert names.likeness(form, read, zone=39).level == "equal"
    assert names.likeness(form, read).level == "different"
    assert names.likeness(form, "PAPANDROPOULOS CHRISTODOULOS ELENA", zone=39).level == "different"
    assert names.likeness("LI NA MARIA", "LI NA M", zone=7).level == "near"


@pytest.mark.parametrize(("form", "read"), [
    ("LYU JIAXUAN", "吕佳萱"), ("LV JIAXUAN", "吕佳萱"), ("LU JIAXUAN", "吕佳萱"), ("SHAN WEIMING", "单伟明"),
    ("WEIMING SHAN", "单伟明"), ("OUYANG ZHUQING", "欧阳竹青"),
    ("ZENG YUNFAN", "曾云帆"), ("REN YI", "任怡"), ("XIE CHUNHUA", "解春华"), ("ZHAI YUE", "翟乐"),
    ("吕佳萱", "LYU Jiaxuan"),
])
def test_a_chinese_name_by_its_readings(form: str, read: str) -> None:
    assert names.likeness(form, read).level == "equal"


def test_a_name_in_both_scripts_is_compared_in_the_one_that_both_sides_have() -> None:
    assert names.likeness("吕佳萱", "吕佳萱 (LYU Jiaxuan)").level == "equal"
    assert names.likeness("LYU JIAXUAN", "吕佳萱（LYU Jiaxuan）").level == "equal"
    assert names.likeness("LYU JIAMING", "吕佳萱（LYU Jiaxuan）").level == "different"
    assert names.likeness("吕佳萱", "吕佳萱女士").level == "equal"


LETTERS = st.text(alphabet="ABCDEFGHKLMNPRSTUVW", min_size=2, max_size=9).filter(lambda name: name not in names.TITLES)


@settings(max_examples=60, deadline=None)
@given(LETTERS, LETTERS, LETTERS)
def test_order_case_spaces_and_hyphens_never_matter(surname: str, first: str, second: str) -> None:
    form, parts = f"{surname} {first} {second}", (surname, f"{first} {second}")
    for read in (
        f"{first} {second} {surname}", f"{surname.title()}, {first.title()} {second.title()}", f"{surname} {first}-{second}".lower(),
        f"{surname}{first}{second}", f"Ms. {first} {second} {surname}",
    ):
        assert names.likeness(form, read, parts=parts).level == "equal", read


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ABCDEFGHKLMNPRSTUVW", min_size=4, max_size=9), st.integers(0, 3), st.sampled_from("XYQJ"))
def test_another_letter_is_another_name(name: str, at: int, letter: str) -> None:
    assert names.likeness(name, name[:at] + letter + name[at + 1:], whole=False).level != "equal"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=20), st.text(max_size=20))
def test_anything_can_be_compared(form: str, read: str) -> None:
    assert names.likeness(form, read).level in {"equal", "near", "different"}
    assert names.likeness(form, read).text.zh
    assert names.likeness(form, read).text.en
