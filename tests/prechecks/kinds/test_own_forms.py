"""What the hall prints itself is known by title and code."""

import pytest

from laihua.prechecks.kind import kinds
from laihua.prechecks.words import Reading
from tests.prechecks.kinds.trying import said, seen
from tests.prechecks.leafs import leaf

pytestmark = pytest.mark.req("PRE-3")

UNIT = leaf("用人单位或受委托专门服务机构信息注册表", "Registration of a unit",
"案件号 Case number UR-20261120-0001  填报版本 Version 3", "",
            ((0.1, "单位名称"), (0.3, "上海示例光学有限公司"), (0.6, "统一社会信用代码"), (0.78, "91310115MA1HEXAM5Q")),
            "单位盖章 Seal of the unit")
FX = leaf("外籍人才薪酬购汇专用信息表", "Special Information Form for Salary FX Purchase of Foreign Talent",
"正面 Front 案件号 Case FX-20261118-0004",
          ((0.1, "姓 Surname"), (0.3, "FALKENRECK"), (0.55, "名 Given names"), (0.75, "TOBIAS")), ((0.1, "用人单位 Employer"), (0.3,
          "上海示例光学有限公司")))
REVERSE = leaf("外籍人才薪酬购汇专用信息表", "反面 购付汇记录（由银行填写） Reverse, for the banks", "日期  银行／网点  币种  金额",
number=2)


def test_each_form_is_known_with_its_number():
    assert (seen(UNIT), seen(FX), seen(REVERSE)) == ({"unit_form"}, {"fx_form"}, {"fx_form"})
    assert said("unit_form", UNIT) == {"case_number": ["UR-20261120-0001"], "organisation": ["上海示例光学有限公司"]}
    assert said("fx_form", FX, REVERSE) == {
        "case_number": ["FX-20261118-0004"], "organisation": ["上海示例光学有限公司"], "name": ["FALKENRECK TOBIAS"]}


def test_the_number_in_the_code_comes_first():
    found = kinds()["unit_form"].extract(Reading(1, (UNIT,), ("LH1:UR-20261120-0002:3:0123456789ABCDEF",
    "https://example.org")))["case_number"]
    assert [(one.value, one.source) for one in found] == [("UR-20261120-0002", "code"), ("UR-20261120-0001", "printed")]


def test_another_form_is_none():
    assert seen(leaf("外国人来华工作许可申请表", "案件号 Case number WP-20261118-0004", "用人单位 上海示例光学有限公司")) == set()
