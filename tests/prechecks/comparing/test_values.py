"""Numbers, countries, sex, degrees, employers, positions, addresses and plain words."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from laihua.prechecks.comparing import (
    COMPARE,
    KNOWS,
    addresses,
    countries,
    degrees,
    likeness,
    numbers,
    organisations,
    positions,
    sexes,
    texts,
)
from laihua.prechecks.comparing.reference import FOLDER


@pytest.mark.parametrize(("form", "read", "level"), [
    ("EM7204138", "EM7204138", "equal"), ("EM7204138", "em 720-4138", "equal"),
    ("EM7204138", "ＥＭ７２０４１３８", "equal"), ("EM72O4138", "EM7204138", "near"),
    ("E1234S678", "E12345678", "near"), ("EM7204138", "EM7204183", "different"),
    ("EM7204138", "EM7204139", "different"), ("EM7204138", "EM720413", "different"),
    ("EM7204138", "", "different"), ("B8204138", "88204138", "near"),
])
def test_numbers(form: str, read: str, level: str) -> None:
    assert numbers.likeness(form, read).level == level


def test_what_differs_in_a_number_is_said() -> None:
    assert numbers.likeness("EM7204183", "EM7204138").text.zh == "最后两位顺序不同"
    assert numbers.likeness("EM7204138", "EM7204139").text.zh == "第9位不同：填的是“8”，材料上是“9”"
    assert numbers.likeness("EM7204138", "EM7204139").text.en == "The 9th character differs: “8” in the form, “9” in the document"
    assert "少了第9位" in numbers.likeness("EM720413", "EM7204138").text.zh
    assert numbers.likeness("EM1204138", "EM2104138").text.en == "The 3rd and 4th characters have changed places"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="0123456789", min_size=7, max_size=10), st.integers(0, 6), st.integers(1, 9))
def test_one_figure_for_another_is_always_a_difference(number: str, at: int, more: int) -> None:
    other = number[:at] + str((int(number[at]) + more) % 10) + number[at + 1:]
    assert numbers.likeness(number, other).level == "different"


@pytest.mark.req("PRE-4")
@pytest.mark.parametrize(("text", "code"), [
    ("SWE", "SWE"), ("瑞典", "SWE"), ("瑞典籍", "SWE"), ("SWEDISH", "SWE"), ("Svensk/Swedish", "SWE"),
    ("瑞典 SWEDEN", "SWE"), ("D<<", "DEU"), ("DEUTSCH", "DEU"),
    ("British Citizen", "GBR"), ("United States of America", "USA"), ("美国", "USA"), ("Republic of Korea", "KOR"),
    ("韩国", "KOR"), ("朝鲜", "PRK"), ("NIGERIAN", "NGA"),
    ("Niger", "NER"), ("尼日利亚", "NGA"), ("尼日尔", "NER"), ("FRANÇAISE/FRENCH", "FRA"), ("印度", "IND"),
    ("印度尼西亚", "IDN"), ("几内亚", "GIN"), ("PAPUA NEW GUINEA", "PNG"),
    ("Guinea-Bissau", "GNB"), ("Dominican Republic", "DOM"), ("Dominica", "DMA"), ("中国香港", "HKG"),
    ("Hong Kong", "HKG"), ("CHINESE", "CHN"), ("Российская Федерация", "RUS"),
    ("国籍：法国", "FRA"), ("Nationality: German", "DEU"), ("BRASILEIRO(A)", "BRA"), ("T.C./TUR", "TUR"),
    ("SINGAPORE CITIZEN", "SGP"), ("Korea, Republic of", "KOR"), ("NEDERLANDSE", "NLD"),
    ("UnitedStatesofAmerica", "USA"), ("REPUBLICOFKOREA", "KOR"),
    ("hello", ""), ("EM7204138", ""), ("Born in France, lives in Germany", ""), ("", ""), ("NO", ""),
])
def test_countries(text: str, code: str) -> None:
    assert countries.read(text) == code


def test_every_country_is_read_in_both_languages_and_no_word_names_two() -> None:
    for entry in yaml.safe_load((FOLDER / "countries.yaml").read_text("utf-8"))["entries"]:
        assert [countries.read(str(entry[key])) for key in ("code", "zh", "en")] == [entry["code"]] * 3
    codes = {entry["code"] for entry in yaml.safe_load((FOLDER / "countries.yaml").read_text("utf-8"))["entries"]}
    seen: dict[str, str] = {}
    for code, words in yaml.load((FOLDER / "nationalities.yaml").read_text("utf-8"), Loader=yaml.CBaseLoader).items():
        assert code in codes
        for word in words.split(","):
            assert seen.setdefault(countries.spelled(word.strip(' "')), code) == code, word


def test_country_and_region_are_near() -> None:
    assert countries.likeness("HKG", "CHN").level == "near"
    assert countries.likeness("SWE", "NOR").level == "different"
    assert countries.likeness("SWE", "SWE").level == "equal"


@pytest.mark.parametrize(("text", "sex"), [
    ("M", "M"), ("F", "F"), ("男", "M"), ("女", "F"), ("Male", "M"), ("FEMALE", "F"), ("男/M", "M"), ("F / 女", "F"),
    ("Sex: F", "F"), ("性别：男", "M"), ("K/F", "F"), ("E/M", "M"),
    ("weiblich", "F"), ("1", "M"), ("2", "F"), ("X", ""), ("M/F", ""), ("", ""), ("9", ""),
])
def test_sexes(text: str, sex: str) -> None:
    assert sexes.read(text) == sex


def test_sex_of_form_and_document() -> None:
    assert sexes.likeness("1", "M").level == "equal"
    assert sexes.likeness("2", "M").level == "different"


@pytest.mark.parametrize(("text", "code"), [
    ("工学硕士", "master"), ("Master of Science in Engineering", "master"),
    ("Bachelor of Engineering (Honours)", "bachelor"), ("Doctor of Philosophy", "doctor"),
    ("Ph.D. in Physics", "doctor"), ("Diplom-Ingenieur", "master"), ("B.Sc.", "bachelor"),
    ("Licenciado en Física", "bachelor"), ("名誉博士", "honorary"),
    ("Magister Artium", "master"), ("Headmaster", ""), ("Engineer", ""), ("Master-Abschluss", "master"), ("", ""),
])
def test_degrees(text: str, code: str) -> None:
    assert degrees.read(text) == code


@pytest.mark.parametrize(("form", "read", "level"), [
    ("master", "工学硕士", "equal"), ("master", "Bachelor of Arts", "different"), ("bachelor", "Ph.D.", "different"),
    ("master", "Certificate", "near"), ("doctor", "名誉博士", "different"),
])
def test_degree_of_form_and_document(form: str, read: str, level: str) -> None:
    assert degrees.likeness(form, read).level == level


def test_a_higher_degree_than_the_form_says_is_named_as_such() -> None:
    assert "高于" in degrees.likeness("bachelor", "Ph.D.").text.zh
    assert "高于" not in degrees.likeness("doctor", "B.A.").text.zh


UNIT = "砚桥精密仪器（上海）有限公司"


@pytest.mark.parametrize(("form", "read", "level"), [
    (UNIT, "砚桥精密仪器(上海)有限公司", "equal"), (UNIT, "砚 桥 精密仪器（上海）有限公司", "equal"),
    (UNIT, UNIT + " Yanqiao Precision (Shanghai) Co., Ltd.", "equal"),
    (UNIT, "Yanqiao Precision Instruments (Shanghai) Co., Ltd.", "equal"), (UNIT, "Nordvall Engineering AB", "near"),
    (UNIT, "砚桥精密仪器（上海）有限责任公司", "near"),
    (UNIT, UNIT + "闵行分公司", "near"), (UNIT, "观桥精密仪器（上海）有限公司", "near"),
    (UNIT, "砚桥精密设备（上海）有限公司", "different"), (UNIT, "澄湖智能装备（上海）有限公司", "different"),
    ("Nordvall Engineering AB", "NORDVALL ENGINEERING AB", "equal"),
    ("Pinecrest Analytics Inc.", "Pinecrest Analytics, Incorporated", "equal"),
    ("Chenghu Equipment (Shanghai) Co., Ltd.", "Chenghu Equipment (Shanghai) Company Limited", "equal"),
    ("Brueckenwerk GmbH", "Brückenwerk GmbH", "equal"),
    ("Nordvall Engineering AB", "Nordvall Engineering Ltd", "near"),
    ("Nordvall Engineering AB", "Solmar Ingeniería S.A.", "different"),
    ("Smith & Sons Ltd", "Smith and Sons Limited", "equal"),
    ("University of Rheinstadt", "Universität Rheinstadt", "equal"),
    ("Nordvall Engineering", "Nordvall Marine", "different"),
])
def test_organisations(form: str, read: str, level: str) -> None:
    assert organisations.likeness(form, read).level == level


@pytest.mark.parametrize(("form", "read", "level"), [
    ("高级软件工程师", "高级软件工程师", "equal"), ("高级软件工程师", "Senior Software Engineer", "equal"),
    ("研发总监", "R&D Director", "equal"), ("法务顾问", "Legal Counsel", "equal"),
    ("财务总监", "Director of Finance", "equal"),
    ("高级软件工程师", "高级软件工程师 / Senior Software Engineer", "equal"),
    ("Senior Software Engineer", "Sr. Software Engineer", "equal"),
    ("副总经理", "Deputy General Manager", "equal"), ("英语教师", "English Teacher", "equal"),
    ("Software Engineers", "Software Engineer", "equal"),
    ("Research and Development Director", "Research andDevelopment Director", "equal"),
    ("研发总监", "ResearchandDevelopmentDirector", "equal"),
    ("Marketing Manager", "SalesManager", "different"),
    ("高级软件工程师", "资深软件工程师", "near"), ("高级软件工程师", "软件工程师", "near"),
    ("Software Engineer", "Senior Software Engineer", "near"), ("技术总监", "首席技术官", "near"),
    ("Finance Director", "Director of Finance", "near"),
    ("Senior Software Enginer", "Senior Software Engineer", "near"), ("量子光学研究员", "Quantum Researcher", "near"),
    ("高级软件工程师", "财务总监", "different"), ("市场总监", "销售总监", "different"),
    ("Marketing Manager", "Sales Manager", "different"), ("软件工程师", "Sales Manager", "different"),
    ("高级软件工程师", "高级软件工程帅", "near"), ("法语教师", "德语教师", "different"),
    ("市场总监", "Sales Director", "different"), ("总经理", "软件工程师", "different"),
])
def test_positions(form: str, read: str, level: str) -> None:
    assert positions.likeness(form, read).level == level


def test_every_pair_of_words_for_a_position_can_be_compared() -> None:
    """Each row of the reference means the same in both languages."""
    for row in yaml.safe_load((FOLDER / "positions.yaml").read_text("utf-8"))["heads"]:
        chinese, english = [w for w in row if not w.isascii()], [w for w in row if w.isascii()]
        assert all(positions.likeness(zh, en).level == "equal" for zh in chinese for en in english), row


IN_ENGLISH = "Room 502, Building 3, 188 Yunqi Road, Pudong New Area, Shanghai"
HOUSE = "上海市浦东新区云栖路188号3幢502室"


@pytest.mark.parametrize(("form", "read", "level"), [
    (HOUSE, HOUSE, "equal"), (HOUSE, "上海市浦东新区 云栖路 188 号 3 号楼 502 室", "equal"),
    (HOUSE, "云栖路188号3幢502室", "equal"), (HOUSE, HOUSE + "，邮编201203", "equal"),
    ("浦东新区张江镇云栖路188号", "上海市浦东新区云栖路188号", "equal"),
    ("上海市静安区常熟里15号二层", "上海市静安区常熟里15号2楼", "equal"),
    (HOUSE, "上海市浦东新区云栖路188号", "near"),
    (HOUSE, IN_ENGLISH, "near"),
    (HOUSE, "上海市浦东新区云栖路188号3幢503室", "different"), (HOUSE, "上海市徐汇区云栖路188号3幢502室", "different"),
    (HOUSE, "上海市徐汇区枫林湾路66弄9号楼1204室", "different"),
    (IN_ENGLISH, "Rm. 502, Bldg 3, No. 188 Yunqi Rd., Pudong, Shanghai, China", "equal"),
    ("188 Yunqi Road, Pudong", "Room 502, 188 Yunqi Road, Pudong New Area, Shanghai", "near"),
    ("No. 66 Fenglin Road", "No.66FenglinRoad", "equal"),
    (IN_ENGLISH, "Room502,Building3,188YunqiRoad,PudongNewArea,Shanghai", "equal"),
    ("12 5th Avenue", "No.12, 5th Ave.", "equal"),
    ("No. 66 Fenglin Road", "No.67FenglinRoad", "different"), ("77 Guyu Road", "78 Guyu Road", "different"),
    ("2688 Anlan Road", "77 Guyu Road", "different"),
])
def test_addresses(form: str, read: str, level: str) -> None:
    assert addresses.likeness(form, read).level == level


@pytest.mark.parametrize(("form", "read", "level"), [
    ("Mechanical Engineering", "MECHANICAL  ENGINEERING", "equal"),
    ("机械工程", "机械工程 Mechanical Engineering", "equal"), ("机械工程", "Mechanical Engineering", "near"),
    ("机械工程", "机械工程及自动化", "near"), ("Mechanical Engineering", "Mechanical Engineerin", "near"),
    ("机械工程", "建筑学", "different"), ("Architecture", "Molecular Biology", "different"),
])
def test_plain_words(form: str, read: str, level: str) -> None:
    assert texts.likeness(form, read).level == level


def test_each_type_has_a_comparison_and_a_value_agrees_with_itself() -> None:
    same = {"name": "LINDQVIST", "date": "2026-11-20", "month": "2026-11", "country": "SWE", "sex": "M", "money": "40000.00"}
    same["degree"] = "master"
    for type in COMPARE:
        value = same.get(type, "云栖路188号")
        assert likeness(type, value, value, label="", parts=(), order="").level == "equal"
    assert KNOWS.keys() <= COMPARE.keys()
