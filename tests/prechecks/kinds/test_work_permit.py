"""Work permits: the card, the electronic permit and the print of this system; what is written about them is none."""

import pytest

from laihua.prechecks.kind import CERTAIN
from laihua.prechecks.kinds.work_permit import KIND
from tests.prechecks.kinds.trying import said, seen
from tests.prechecks.leafs import leaf

CARD = (
    "中华人民共和国外国人工作许可证", "FOREIGNER'S WORK PERMIT OF THE PEOPLE'S REPUBLIC OF CHINA",
    "姓名 Name：BRUCKENTHAL ANNA LENA", "性别 Sex：女 Female   国籍 Nationality：德国 Germany", "出生日期 Date of Birth：1985-03-14",
    "工作许可号码 Permit No.：310407182931407", "类别 Category：A", "有效期至 Valid Until：2027-05-01",
)
TABLE = (
    "外国人工作许可证",
    (("工作许可证号码", 0.1), ("310407182931407", 0.4)), (("姓名", 0.1), ("BRUCKENTHAL ANNA LENA", 0.4)), (("国籍", 0.1), ("德国", 0.4)),
    (("出生日期", 0.1), ("1985年3月14日", 0.4)), (("护照号码", 0.1), ("C0QXF4T71", 0.4)), (("聘用单位", 0.1), ("上海沧湖装备有限公司",
                                                                                                               0.4)),
    (("职务", 0.1), ("研发总监", 0.4)), (("类别", 0.1), ("外国高端人才（A类）", 0.4)), (("有效期", 0.1),
                                                                                        ("自2026年5月2日至2027年5月1日", 0.4)),
)
OWN = (     # as services/work_permit prints it: labels and most values Chinese over English
    "外国人来华工作许可", "Work permit for foreigners",
    (("许可编号 Permit No.", 0.1), ("类别 Category", 0.7)), (("3104 0718 2931 407", 0.1), ("A", 0.7)),
    (("姓名", 0.1), ("BRUCKENTHAL ANNA LENA（安娜）", 0.3)), (("Name", 0.1),), "",
    (("性别", 0.1), ("女", 0.3), ("出生日期", 0.5), ("1985年3月14日", 0.68)), (("Sex", 0.1), ("Female", 0.3), ("Date of birth", 0.5)), "",
    (("国籍", 0.1), ("德国", 0.3), ("护照号", 0.5), ("C0QXF4T71", 0.68)), (("Nationality", 0.1), ("Germany", 0.3), ("Passport No.",
                                                                                                                    0.5)), "",
    (("用人单位", 0.1), ("上海沧湖装备有限公司", 0.3)), (("Employer", 0.1), ("Shanghai Canghu Equipment Co., Ltd.", 0.3)), "",
    (("职务", 0.1), ("研发总监", 0.3)), (("Position", 0.1), ("Director of Research", 0.3)), "",
    (("有效期", 0.1), ("2026年5月2日至2027年5月1日", 0.3)), (("Valid", 0.1), ("From 2026-05-02 to 2027-05-01", 0.3)),
)


def page(rows, by="ocr"):
    turned = [row if isinstance(row, str) else tuple((at, text) for text, at in row) for row in rows]
    return leaf(*turned, pitch=0.024, by=by)


@pytest.mark.req("PRE-4")
@pytest.mark.parametrize("rows", [CARD, TABLE, OWN])
@pytest.mark.parametrize("by", ["text", "ocr"])
def test_permits_are_read(rows, by):
    found = said("work_permit", page(rows, by))

    assert KIND.score(page(rows, by)) >= CERTAIN
    assert found["number"] == ["310407182931407"]
    assert found["name"][0] == "BRUCKENTHAL ANNA LENA"
    assert found["birth_date"] == ["1985-03-14"]
    assert found["nationality"] == ["DEU"]
    assert found["category"] == ["A"]
    assert found["expires_on"] == ["2027-05-01"]
    if rows is not CARD:
        assert found["from_date"] == ["2026-05-02"]
        assert found["employer"][0] == "上海沧湖装备有限公司"
        assert found["position"][0] == "研发总监"
        assert found["passport_number"] == ["C0QXF4T71"]


def test_employer_and_position_are_kept_in_both_languages():
    found = said("work_permit", page(OWN))

    assert found["employer"] == ["上海沧湖装备有限公司", "Shanghai Canghu Equipment Co., Ltd."]
    assert found["position"] == ["研发总监", "Director of Research"]


@pytest.mark.req("PRE-3")
@pytest.mark.parametrize("title", [
    "外国人来华工作许可申请表", "外国人来华工作许可注销证明", "外国人工作许可通知", "准予外国人来华工作许可决定书",
    "外国人来华工作许可受理单",
])
def test_papers_about_a_permit_are_none(title):
    rows = (title, "许可编号 Permit No.：310407182931407", "类别：A", "用人单位：上海沧湖装备有限公司", "护照号：C0QXF4T71",
            "职务：总监", "有效期至：2027-05-01")

    assert "work_permit" not in seen(page(rows))


@pytest.mark.req("PRE-4")
def test_a_permit_may_say_all_of_a_person_in_a_sentence():
    page = leaf("外国人工作许可证", "兹准予 ANNA LENA BERGQVIST（女，瑞典籍，1985年3月14日出生，护照号 C0QXF4T71）在上海某某精密机械",
                "有限公司任职，职务为机械工程师。", "证号：310123456789012", "有效期至：2027年5月1日")
    found = said("work_permit", page)

    assert (found["number"], found["birth_date"], found["nationality"]) == (["310123456789012"], ["1985-03-14"], ["SWE"])
    assert (found["sex"], found["passport_number"], found["expires_on"]) == (["F"], ["C0QXF4T71"], ["2027-05-01"])


def test_a_country_and_a_label_are_no_names():
    page = leaf("外国人工作许可证", ((0.1, "持证人"), (0.4, "瑞典")), ((0.1, "姓名"), (0.4, "ANNA LENA BERGQVIST")), ((0.1, "Name"),),
                ((0.1, "证号"), (0.4, "310123456789012")), ((0.1, "No."),))
    found = said("work_permit", page)

    assert (found["name"], found["number"]) == (["ANNA LENA BERGQVIST"], ["310123456789012"])
