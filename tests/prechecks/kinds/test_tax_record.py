"""Tax records and certificates of payment. All invented."""

import pytest

from tests.prechecks.kinds.trying import said, seen
from tests.prechecks.leafs import leaf

pytestmark = [pytest.mark.req("PRE-3"), pytest.mark.req("PRE-4")]

RECORD = leaf(
    "中华人民共和国", "个人所得税纳税记录", "（原《税收完税证明》）", "纳税人姓名：FALKENRECK TOBIAS　　　开具日期：2026年11月4日",
    "身份证件类型：外国护照　　身份证件号码：C4ZK81T20",
    "申报日期  实缴（退）税额  入（退）库日期  所得项目  税款所属期  入库税务机关",
    "2026.02.10  4,210.00  2026.02.15  工资薪金  2026.01  国家税务总局上海市税务局",
    "扣缴义务人：上海示例光学有限公司", "金额合计  4,210.00",
)
ENGLISH = leaf("Individual income tax record", ((0.1, "Name of taxpayer"), (0.4, "Anna Lind")), ((0.1, "Taxpayer ID"), (0.4,
"EK5501278")),
               ((0.1, "Withholding agent"), (0.4, "Quillmere Optics (Shanghai) Co., Ltd.")), ((0.1, "Tax period"), (0.4,
               "2025-01 to 2025-12")),
               ((0.1, "Issued on"), (0.4, "5 November 2026")), "Shanghai Municipal Tax Service, State Taxation Administration")


@pytest.mark.parametrize(("page", "person", "agent", "day"), [
    (RECORD, "FALKENRECK TOBIAS", "上海示例光学有限公司", "2026-11-04"), (ENGLISH, "Anna Lind",
    "Quillmere Optics (Shanghai) Co., Ltd.", "2026-11-05"),
])
def test_a_tax_record(page, person, agent, day):
    found = said("tax_record", page)
    assert seen(page) == {"tax_record"}
    assert (found["name"][0], found["organisation"][0], found["issued_on"][0]) == (person, agent, day)


@pytest.mark.parametrize("page", [
    leaf("薪资事项承诺书", "本单位在上海市依法代扣代缴个人所得税；延期时按本承诺核对完税记录。"),
    leaf("收入证明", "兹证明陆归远月收入20000元（税前），依法缴纳个人所得税。"),
])
def test_what_only_mentions_tax_is_none(page):
    assert "tax_record" not in seen(page)
