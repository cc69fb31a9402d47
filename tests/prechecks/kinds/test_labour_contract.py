"""Contracts as lists, in sentences, as tables, in two languages, as their last page alone. People and firms are invented."""

import pytest

from laihua.prechecks.comparing import dates
from tests.prechecks.kinds.trying import said, score, seen
from tests.prechecks.leafs import leaf

pytestmark = pytest.mark.req("PRE-3")

SENTENCES = leaf(
    "EMPLOYMENT AGREEMENT",
    "This Agreement is made on 3 November 2026 between Quillmere Optics (Shanghai) Co., Ltd.,",
    "a company registered in Shanghai (hereinafter “the Company”), and Mr. Tobias Falkenreck, holder of",
    "passport No. C4ZK81T20 (hereinafter “the Employee”).",
    "1. The Company employs the Employee as Senior Optics Engineer. He shall report to the Managing Director.",
    "2. The term of employment shall commence on 1 January 2027 and shall end on 31 December 2028,",
    "including a probation period from 1 January 2027 to 31 March 2027.",
    "3. The place of work is Room 1204, No. 66 Fenglin Road, Xuhui District, Shanghai.",
    "4. The Company pays a gross monthly salary of RMB 45,000. In addition the Employee receives a housing",
    "allowance of RMB 8,000 per month and an annual bonus of RMB 90,000.",
    "5. Either party may terminate this Agreement under the Labour Contract Law of the People’s Republic of China.",
)
CLAUSES = leaf(
    "外籍人员聘用合同书",
    "甲方（聘用单位）：上海砚溪建筑设计事务所有限公司",
    "法定代表人：钱若棠　　　联系电话：021-55500000",
    "乙方（受聘人）：安娜·林德（Anna Lind）　　护照号码：EK5501278",
    "一、甲方聘请乙方担任建筑设计师一职，聘期自二〇二六年十二月一日起至二〇二八年十一月三十日止，",
    "其中试用期自2026年12月1日至2027年1月31日。",
    "二、乙方工作地点为上海市杨浦区示例路9号3楼。",
    "三、甲方每月支付乙方税前工资人民币叁万元整（¥30,000.00），另付住房补贴每月5,000元。",
    "四、任何一方提前解除合同，应支付违约金人民币20,000元。",
    "甲方（盖章）：　　　　　　　　　　　　乙方（签字）：",
    "签订日期：2026年11月2日",
)
TABLE = leaf(
    "劳动合同  LABOUR CONTRACT", "",
    ((0.1, "Employer"), (0.4, "Harrow & Finch (Shanghai) Trading Co., Ltd.")),
    ((0.1, "Employee"), (0.4, "OKONKWO CHIDI SAMUEL")),
    ((0.1, "Passport No."), (0.4, "A09 331 472")),
    ((0.1, "Job title"), (0.4, "Regional Sales Director")),
    ((0.1, "Contract period"), (0.4, "15/01/2027 - 14/01/2030")),
    ((0.1, "Work location"), (0.4, "88 Wangjiang Road, Pudong, Shanghai")),
    ((0.1, "Annual salary (before tax)"), (0.4, "CNY 720,000")),
    ((0.1, "Date of signing"), (0.4, "28/10/2026")),
)


@pytest.mark.parametrize("page", [SENTENCES, CLAUSES, TABLE])
def test_a_contract_is_known_for_one_and_nothing_else(page):
    assert seen(page) == {"labour_contract"}


@pytest.mark.req("PRE-4")
def test_what_sentences_in_english_say():
    assert said("labour_contract", SENTENCES) | {"signed_on": []} == {
        "employer": ["Quillmere Optics (Shanghai) Co., Ltd."], "employee": ["Tobias Falkenreck"], "passport_number": ["C4ZK81T20"],
        "position_en": ["Senior Optics Engineer"], "from_date": ["2027-01-01"], "to_date": ["2028-12-31"],
        "work_address": ["Room 1204, No. 66 Fenglin Road, Xuhui District, Shanghai"], "salary": ["45000.00 CNY/month"], "signed_on": [],
    }
    assert said("labour_contract", SENTENCES)["signed_on"] == ["2026-11-03"]


@pytest.mark.req("PRE-4")
def test_what_clauses_in_chinese_say():
    found = said("labour_contract", CLAUSES)
    assert found["employer"] == ["上海砚溪建筑设计事务所有限公司"]
    assert found["employee"] == ["Anna Lind", "安娜·林德"]
    assert (found["passport_number"], found["position"]) == (["EK5501278"], ["建筑设计师"])
    assert (found["from_date"], found["to_date"], found["signed_on"]) == (["2026-12-01"], ["2028-11-30"], ["2026-11-02"])
    assert found["work_address"] == ["上海市杨浦区示例路9号3楼"]
    assert found["salary"] == ["30000.00 CNY/month"]


@pytest.mark.req("PRE-4")
def test_what_a_table_says():
    found = said("labour_contract", TABLE)
    assert found["employer"] == ["Harrow & Finch (Shanghai) Trading Co., Ltd."]
    assert (found["employee"], found["passport_number"]) == (["OKONKWO CHIDI SAMUEL"], ["A09331472"])
    assert (found["position_en"], found["salary"]) == (["Regional Sales Director"], ["720000.00 CNY/year"])
    assert (found["from_date"], found["to_date"], found["signed_on"]) == (["2027-01-15"], ["2030-01-14"], ["2026-10-28"])
    assert found["work_address"] == ["88 Wangjiang Road, Pudong, Shanghai"]


def test_the_two_pages_that_are_asked_for_are_enough():
    term = leaf("第二条　合同期限：自2026年3月1日起至2029年2月28日止。",
    "第三条　乙方的工作岗位为测试工程师，工作地点：上海市示例路5号。",
                "第四条　劳动报酬：甲方每月15日支付乙方工资人民币12,000元，甲方依法缴纳社会保险。",
                "第五条　本合同的解除适用《劳动合同法》。")
    found = said("labour_contract", term, leaf("甲方（盖章）　　　　乙方（签字）", "日期：2026年2月20日", number=2))
    assert score("labour_contract", term) >= 0.6
    assert (found["from_date"], found["to_date"], found["position"]) == (["2026-03-01"], ["2029-02-28"], ["测试工程师"])


def test_a_contract_without_an_end_has_none():
    page = leaf("劳动合同书", "甲方：上海澄湖智能装备有限公司", "乙方：陆归远", "合同期限：无固定期限，自2026年1月1日起。",
    "工资：每月20000元")
    assert said("labour_contract", page)["to_date"] == [dates.LONG]


@pytest.mark.parametrize("page", [
    leaf("房屋租赁合同", "甲方（出租方）：陆归远　乙方（承租方）：上海示例有限公司",
    "租赁期限自2026年1月1日至2028年12月31日，本合同一式两份。", "租金每月人民币20,000元"),
    leaf("薪资事项承诺书", "本单位聘用安娜·林德担任建筑设计师，承诺每月支付税前工资人民币30,000元。", "用人单位盖章　工作地点上海"),
    leaf("Letter of recommendation",
    "Mr. Falkenreck holds the position of engineer; his salary and duties were as agreed with the employer."),
    leaf("技术服务合同", "甲方：上海示例有限公司　乙方：上海云图有限公司", "合同期限自2026年1月1日至2026年12月31日，本合同一式两份。"),
])
def test_what_only_looks_like_one_is_none(page):
    assert "labour_contract" not in seen(page)


def test_spelling_slips_of_reading_do_not_matter():
    page = leaf("EMPL0YMENT C0NTRACT", "Emp1oyer: Quillmere Optics (Shanghai) Co., Ltd.", "Ernployee: FALKENRECK TOBIAS",
                "Contractperiod:1January2027to31December2028", "Monthly salary:RMB 45,000 (before tax)",
                "Position:Senior Optics Engineer")
    found = said("labour_contract", page)
    assert seen(page) == {"labour_contract"}
    assert (found["from_date"], found["to_date"], found["employee"]) == (["2027-01-01"], ["2028-12-31"], ["FALKENRECK TOBIAS"])
