"""Verified records, health certificates, reports of hospitals. All invented."""

import pytest

from tests.prechecks.kinds.trying import said, seen
from tests.prechecks.leafs import leaf

pytestmark = [pytest.mark.req("PRE-3"), pytest.mark.req("PRE-4")]

VERIFIED = leaf(
    "境外人员体格检查记录验证证明", "VERIFICATION CERTIFICATE OF PHYSICAL EXAMINATION RECORD", "编号 No.  SH2026004170", "",
    ((0.1, "姓名 Name"), (0.3, "FALKENRECK TOBIAS"), (0.55, "性别 Sex"), (0.7, "男 Male")),
    ((0.1, "国籍 Nationality"), (0.3, "德国 Germany"), (0.55, "出生日期 Date of birth"), (0.78, "1988-03-03")),
    ((0.1, "护照号码 Passport No."), (0.35, "C4ZK81T20")),
    "经验证，上述人员的体格检查记录符合要求。", "上海国际旅行卫生保健中心　签发日期 Date of issue：2026年10月9日",
)
ENGLISH = leaf(
    "HEALTH CERTIFICATE", "International Travel Healthcare Centre",
    "This is to certify that Ms. Anna Lind, born on 20 August 1990, passport No. EK5501278, nationality: Swedish,",
    "was medically examined on 1 October 2026 and is in good health. No infectious disease was found.",
    "Date of issue: 3 October 2026", "Physician: M. Example",
)
STACKED = leaf(
    "外国人体格检查表", "", ((0.1, "姓名"), (0.4, "性别"), (0.6, "出生日期")), ((0.1, "OKONKWO CHIDI"), (0.4, "男"), (0.6,
    "1985年7月21日")),
    ((0.1, "国籍"), (0.4, "护照号"), (0.6, "血型")), ((0.1, "尼日利亚"), (0.4, "A09331472"), (0.6, "O")),
    "身高 178 cm  体重 74 kg  血压 120/80", "检查日期：2026年9月30日", "医师签名",
)


@pytest.mark.parametrize(("page", "person", "passport", "country", "born", "sex", "issued"), [
    (VERIFIED, "FALKENRECK TOBIAS", "C4ZK81T20", "DEU", "1988-03-03", "M", "2026-10-09"),
    (ENGLISH, "Anna Lind", "EK5501278", "", "1990-08-20", "", "2026-10-03"),
    (STACKED, "OKONKWO CHIDI", "A09331472", "NGA", "1985-07-21", "M", "2026-09-30"),
])
def test_a_medical_certificate(page, person, passport, country, born, sex, issued):
    found = said("medical_certificate", page)
    assert seen(page) == {"medical_certificate"}
    assert (found["name"][0], found["passport_number"]) == (person, [passport])
    assert (found["birth_date"][0], found["issued_on"][0]) == (born, issued)
    assert not country or found["nationality"] == [country]
    assert not sex or found["sex"] == [sex]


@pytest.mark.parametrize("page", [
    leaf("健康承诺书", "本人安娜·林德，护照号EK5501278，承诺身体健康，入境后到检验检疫机构体检并补交体检证明。", "签名"),
    leaf("商业医疗保险单", "被保险人 Anna Lind", "医院 示例医院", "保险期限 2026年1月1日至2026年12月31日"),
    leaf("Travel insurance certificate", "Insured: Anna Lind", "Medical expenses up to EUR 100,000", "Hospital benefits"),
])
def test_what_only_speaks_of_health_is_none(page):
    assert "medical_certificate" not in seen(page)
