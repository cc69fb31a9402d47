"""Commissions of units and persons. All invented."""

import pytest

from tests.prechecks.kinds.trying import said, seen
from tests.prechecks.leafs import leaf

pytestmark = [pytest.mark.req("PRE-3"), pytest.mark.req("PRE-5")]

LETTER = leaf("委托书", "我单位委托上海云岫人才服务有限公司代为办理我单位员工欧阳竹青的居住证积分事项。",
"委托期限：2026年10月1日至2027年9月30日。",
              "委托单位（盖章）：澄湖智能装备（上海）有限公司", "2026年10月6日")
FORM = leaf("咨询服务委托单", ((0.1, "委托单位"), (0.3, "澄湖智能装备（上海）有限公司")), ((0.1, "员工姓名"), (0.3, "欧阳竹青"), (0.55,
"身份证号码"), (0.72, "000101199110022538")),
            "办理业务：积分新办", "委托单位盖章", "落款日期：2026年11月2日", "上传材料时距盖章落款日期不得超过两个月。")
ENGLISH = leaf("LETTER OF AUTHORISATION",
"We hereby authorise Mr. Tobias Falkenreck to handle all matters of the registration on our behalf.",
               "Company: Quillmere Optics (Shanghai) Co., Ltd.  (seal)", "Valid until 31 December 2027", "Date: 3 November 2026")


@pytest.mark.parametrize(("page", "unit", "agent", "person", "day"), [
    (LETTER, "澄湖智能装备（上海）有限公司", "上海云岫人才服务有限公司", "欧阳竹青", "2026-10-06"),
    (FORM, "澄湖智能装备（上海）有限公司", "", "欧阳竹青", "2026-11-02"),
    (ENGLISH, "Quillmere Optics (Shanghai) Co., Ltd.", "Tobias Falkenreck", "", "2026-11-03"),
])
def test_a_commission(page, unit, agent, person, day):
    found = said("commission_letter", page)
    assert seen(page) == {"commission_letter"}
    assert unit in found["organisation"]
    assert not agent or agent in found["agent"]
    assert not person or person in found["name"]
    assert found["stamped_on"][0] == day


def test_without_a_date_beside_the_seal_there_is_none():
    page = leaf("授权委托书", "兹授权陆归远办理单位注册业务。", "授权期限至2027年12月31日", "单位盖章")
    assert "stamped_on" not in said("commission_letter", page)


@pytest.mark.parametrize("page", [
    leaf("承诺书", "本单位委托的经办人为陆归远，承诺材料真实。", "单位盖章", "2026年11月2日"),
    leaf("劳动合同", "甲方：上海示例光学有限公司　乙方：陆归远", "甲方委托银行发放工资", "合同期限自2026年1月1日至2027年12月31日"),
])
def test_what_only_mentions_one_is_none(page):
    assert "commission_letter" not in seen(page)
