"""Visas, residence permits and the permanent resident's card, with their labels over, beside or in front of the values."""

import pytest

from laihua.prechecks.kind import CERTAIN
from laihua.prechecks.kinds.residence_permit import KIND
from tests.prechecks.kinds.trying import said, seen
from tests.prechecks.leafs import leaf

STICKER = (
    "中华人民共和国外国人居留许可",
    "RESIDENCE PERMIT FOR FOREIGNER",
    "                                        W31407182",
    "姓名 NAME                  性别 SEX      出生日期 DATE OF BIRTH",
    "BRUCKENTHAL, ANNA LENA     F             1985-03-14",
    "国籍 NATIONALITY           护照号码 PASSPORT NO.",
    "德国 GERMANY               C0QXF4T71",
    "居留事由 PURPOSE OF RESIDENCE     有效期至 VALID UNTIL",
    "工作 WORK                         2027-05-01",
    "签发日期 DATE OF ISSUE     签发地 PLACE OF ISSUE",
    "2026-05-02                 上海 SHANGHAI",
)
VISA = (
    "中华人民共和国签证   CHINESE VISA        R4071829",
    "类别/CATEGORY   Z        入境次数/ENTRIES   01 壹次",
    "入境前有效/ENTER BEFORE   01MAY2027     停留期/DURATION OF EACH STAY   000 天/DAYS",
    "签发日期/ISSUE DATE   02MAY2026     签发地点/ISSUED AT   BERLIN",
    "全名/FULL NAME   BRUCKENTHAL ANNA LENA",
    "出生日期/BIRTH DATE   14MAR1985     护照号码/PASSPORT NO.   C0QXF4T71",
)
LETTER = (
    "外国人居留许可信息",
    "姓名：BRUCKENTHAL ANNA LENA", "性别：女", "国籍：德国", "出生日期：1985年03月14日", "护照号码：C0QXF4T71", "居留许可编号：314071829",
    "居留事由：工作", "签发日期：2026年05月02日", "有效期至：2027年05月01日", "签发机关：上海市公安局出入境管理局",
)
PERMANENT = (
    "中华人民共和国外国人永久居留身份证",
    "FOREIGN PERMANENT RESIDENT ID CARD",
    "姓名/Name", "BRUCKENTHAL, ANNA LENA",
    "性别/Sex      出生日期/Date of Birth      国籍/Nationality",
    "女/F          1985.03.14                  德国/DEU",
    "证件号码/ID No.", "911276198503140026",
    "有效期限/Period of Validity", "2026.05.02-2036.05.01",
    "签发机关/Issuing Authority", "中华人民共和国国家移民管理局",
)


@pytest.mark.req("PRE-4")
@pytest.mark.parametrize(("rows", "number", "issued", "expires"), [
    (STICKER, "W31407182", "2026-05-02", "2027-05-01"), (VISA, "R4071829", "2026-05-02", "2027-05-01"),
    (LETTER, "314071829", "2026-05-02", "2027-05-01"), (PERMANENT, "911276198503140026", "", "2036-05-01"),
])
@pytest.mark.parametrize("by", ["text", "ocr"])
def test_permits_and_visas_are_read(rows, number, issued, expires, by):
    page = leaf(*rows, by=by)
    found = said("residence_permit", page)

    assert KIND.score(page) >= CERTAIN
    assert found["number"][0] == number
    assert found["name"][0].replace(",", "") == "BRUCKENTHAL ANNA LENA"
    assert found["birth_date"] == ["1985-03-14"]
    assert found["expires_on"] == [expires]
    assert found.get("issued_on", [""])[0] == issued
    if rows is not PERMANENT:
        assert found["passport_number"] == ["C0QXF4T71"]


@pytest.mark.parametrize(("rows", "sort"), [(STICKER, "工作 WORK"), (VISA, "Z"), (LETTER, "工作")])
def test_the_sort_of_visa_or_permit(rows, sort):
    assert said("residence_permit", leaf(*rows))["type"] == [sort]


@pytest.mark.req("PRE-3")
@pytest.mark.parametrize("rows", [
    ("上海市居住证", "姓名 吕佳萱", "居住地址 上海市徐汇区某路1号", "有效期限 2026.05.02-2027.05.01"),
    ("签证申请表", "VISA APPLICATION FORM", "姓名 Name: Anna", "护照号码 Passport No.: C0QXF4T71", "入境次数 Entries: 1"),
    ("外国人居留许可申请回执", "姓名：BRUCKENTHAL", "护照号码：C0QXF4T71", "居留事由：工作"),
    ("外国人来华工作许可证", "姓名：BRUCKENTHAL", "护照号码：C0QXF4T71", "有效期至：2027-05-01"),
])
def test_papers_about_them_are_none(rows):
    assert "residence_permit" not in seen(leaf(*rows))


@pytest.mark.req("PRE-4")
def test_the_number_of_the_document_is_its_own_where_the_passport_has_another_label():
    page = leaf("外国人居留许可  RESIDENCE PERMIT", ((0.1, "证件号码 No"), (0.5, "318204517")),
                ((0.1, "姓名 Name"), (0.5, "BERGQVIST ANNA")),
                ((0.5, "LENA MARIA"),), ((0.1, "护照号码 Passport No"), (0.5, "C0QXF4T71")),
                ((0.1, "居留有效期至"), (0.5, "2027.05.01")))
    found = said("residence_permit", page)

    assert (found["number"], found["passport_number"]) == (["318204517"], ["C0QXF4T71"])
    assert "BERGQVIST ANNA LENA MARIA" in found["name"]
