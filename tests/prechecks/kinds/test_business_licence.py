"""Licences in both directions of the sheet, other registrations. Firms are invented."""

import pytest

from laihua.prechecks.comparing import dates
from tests.prechecks.kinds.trying import said, seen
from tests.prechecks.leafs import leaf

pytestmark = [pytest.mark.req("PRE-3"), pytest.mark.req("PRE-4")]

LICENCE = leaf(
    "营业执照", "（副本）", "统一社会信用代码　91310115MA1HEXAM5Q",
    ((0.1, "名"), (0.16, "称"), (0.22, "上海示例光学有限公司"), (0.55, "注册资本"), (0.68, "伍佰万元整")),
    ((0.1, "类"), (0.16, "型"), (0.22, "有限责任公司"), (0.55, "成立日期"), (0.68, "2015年03月18日")),
    ((0.1, "法定代表人"), (0.22, "钱若棠"), (0.55, "营业期限"), (0.68, "2015年03月18日至2045年03月17日")),
    ((0.1, "经营范围"), (0.22, "光学仪器的研发、销售。"), (0.55, "住"), (0.61, "所"), (0.68, "上海市示例区示例路9号")),
    ((0.6, "登记机关"), (0.75, "上海市市场监督管理局")),
)
SHORT = leaf("营业执照", "统一社会信用代码：91310115MA1HEXAM5Q", "名称：北辰（上海）投资合伙企业（有限合伙）",
"执行事务合伙人：上海示例有限公司", "合伙期限：长期",
             ((0.1, "主要经营场所"), (0.3, "上海市示例区")), ((0.3, "望江路88号3幢"),), "登记机关：市场监督管理局")
OFFICE = leaf("外国企业常驻代表机构登记证", "统一社会信用代码：91310000EXAMPLE00X", "机构名称：奎尔米尔光学公司上海代表处",
"首席代表：FALKENRECK TOBIAS",
              "驻在场所：上海市示例区示例路1号1204室", "驻在期限：2024年5月6日至2027年5月5日", "登记机关：上海市市场监督管理局")


def test_spaced_labels_in_two_columns():
    found = said("business_licence", LICENCE)
    assert seen(LICENCE) == {"business_licence"}
    assert found == {
        "organisation": ["上海示例光学有限公司"], "credit_code": ["91310115MA1HEXAM5Q"], "legal_representative": ["钱若棠"],
        "address": ["上海市示例区示例路9号"], "expires_on": ["2045-03-17"],
    }


def test_a_term_without_end_and_an_address_on_two_lines():
    found = said("business_licence", SHORT)
    assert seen(SHORT) == {"business_licence"}
    assert (found["organisation"], found["expires_on"]) == (["北辰（上海）投资合伙企业（有限合伙）"], [dates.LONG])
    assert found["address"] == ["上海市示例区望江路88号3幢"]


def test_a_representative_office():
    found = said("business_licence", OFFICE)
    assert seen(OFFICE) == {"business_licence"}
    assert (found["organisation"], found["legal_representative"]) == (["奎尔米尔光学公司上海代表处"], ["FALKENRECK TOBIAS"])
    assert found["expires_on"] == ["2027-05-05"]


@pytest.mark.parametrize("page", [
    leaf("单位授权委托书", "统一社会信用代码：91310115MA1HEXAM5Q", "法定代表人：钱若棠", "兹授权陆归远办理业务，附营业执照复印件。"),
    leaf("劳动合同", "甲方：上海示例光学有限公司", "统一社会信用代码：91310115MA1HEXAM5Q", "住所：上海市示例路9号　法定代表人：钱若棠",
    "乙方：陆归远"),
])
def test_what_names_a_licence_is_none(page):
    assert "business_licence" not in seen(page)
