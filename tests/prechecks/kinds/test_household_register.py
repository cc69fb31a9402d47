"""Household registers: the page about the household, the pages of members, both in one file."""

import pytest

from tests.prechecks.kinds.trying import said, score, seen
from tests.prechecks.leafs import leaf

NUMBER = "000101198503140028"
HOME = ("居民户口簿", "户别 家庭户   户主姓名 王某某", "户号 40718296   住址 上海市徐汇区某某路一百弄2号", "")
MEMBER = (
    "常住人口登记卡",
    ((0.1, "姓名"), (0.22, "吕佳萱"), (0.5, "户主或与户主关系"), (0.75, "妻")), ((0.1, "曾用名"), (0.5, "性别"), (0.75, "女")),
    ((0.1, "出生地"), (0.22, "浙江省杭州市"), (0.5, "民族"), (0.75, "汉族")), ((0.1, "籍贯"), (0.22, "浙江省杭州市"), (0.5, "出生日期"),
                                                                               (0.75, "1985年3月14日")),
    ((0.1, "本市（县）其他住址"), (0.5, "宗教信仰")), ((0.1, "公民身份证件编号"), (0.3, NUMBER), (0.62, "身高"), (0.75, "165"), (0.8,
                                                                                                                                 "血型")),
    ((0.1, "文化程度"), (0.22, "大学本科"), (0.5, "婚姻状况"), (0.75, "有配偶"), (0.84, "兵役状况")), ((0.1,
                                                                                                        "何时由何地迁来本市（县）"),
                                                                                                        (0.4, "2010年5月2日由杭州迁来")),
    "登记日期：2010年5月2日",
)
LINES = ("户口簿", "户主姓名：王某某", "户号：40718296", "住址：上海市徐汇区某某路一百弄2号", "常住人口登记卡", "姓名：吕佳萱",
         "性别：女", "民族：汉",
         "出生日期：1985年3月14日", f"公民身份号码：{NUMBER}")


@pytest.mark.req("PRE-4")
@pytest.mark.parametrize("pages", [[MEMBER], [HOME, MEMBER], [LINES]])
@pytest.mark.parametrize("by", ["text", "ocr"])
def test_a_member_is_read(pages, by):
    leaves = [leaf(*rows, by=by, number=number) for number, rows in enumerate(pages, 1)]
    found = said("household_register", *leaves)

    assert all(score("household_register", one) >= 0.6 for one in leaves)
    assert (found["name"], found["number"], found["sex"], found["birth_date"]) == (["吕佳萱"], [NUMBER], ["F"], ["1985-03-14"])
    if len(pages) == 2 or pages == [LINES]:
        assert (found["head"], found["address"]) == (["王某某"], ["上海市徐汇区某某路一百弄2号"])


@pytest.mark.req("PRE-3")
@pytest.mark.parametrize("rows", [
    ("姓名 吕佳萱", "性别 女   民族 汉", "出生 1985年3月14日", "住址 上海市徐汇区某某路", f"公民身份号码 {NUMBER}"),
    ("人员信息登记表", "姓名 吕佳萱", "籍贯 浙江", "文化程度 大学本科", f"公民身份号码 {NUMBER}"),
])
def test_papers_with_the_same_words_are_none(rows):
    assert "household_register" not in seen(leaf(*rows))
