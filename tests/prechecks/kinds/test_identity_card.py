"""Residents' cards: both sides or one, labels set apart or tight; cards of other states by their zone."""

import pytest

from tests.prechecks.kinds.trying import said, score, seen
from tests.prechecks.leafs import leaf

NUMBER = "000101198503140028"
FRONT = (
    ((0.1, "姓名"), (0.2, "吕佳萱")), ((0.1, "性别"), (0.2, "女"), (0.3, "民族"), (0.38, "汉")), ((0.1, "出生"), (0.2,
                                                                                                                  "1985 年 3 月 14 日")),
    ((0.1, "住址"), (0.2, "上海市徐汇区某某路一百弄")), ((0.2, "2号301室"),), "", ((0.1, "公民身份号码"), (0.3, NUMBER)),
)
TIGHT = ("姓名吕佳萱", "性别女民族汉", "出生1985年3月14日", "住址上海市徐汇区某某路一百弄2号301室", f"公民身份号码{NUMBER}")
SPACED = ("姓  名  吕佳萱", "性  别  女    民  族  汉", "出  生  1985年3月14日", "住址    上海市徐汇区某某路一百弄2号301室",
          f"公民身份号码    {NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}")
BACK = ("中华人民共和国", "居民身份证", "签发机关   上海市公安局徐汇分局", "有效期限   2019.05.02-2039.05.02")
FOR_GOOD = ("中华人民共和国", "居民身份证", "签发机关  上海市公安局徐汇分局", "有效期限  2019.05.02-长期")


@pytest.mark.req("PRE-4")
@pytest.mark.parametrize("front", [FRONT, TIGHT])
@pytest.mark.parametrize("by", ["text", "ocr"])
def test_both_sides_on_one_page(front, by):
    found = said("identity_card", leaf(*front, "", *BACK, by=by))

    assert found == {
        "name": ["吕佳萱"], "number": [NUMBER], "sex": ["F"], "birth_date": ["1985-03-14"],
        "address": ["上海市徐汇区某某路一百弄2号301室"],
        "authority": ["上海市公安局徐汇分局"], "issued_on": ["2019-05-02"], "expires_on": ["2039-05-02"],
    }


@pytest.mark.parametrize("rows", [FRONT, TIGHT, BACK, FOR_GOOD, (*FRONT, "", *BACK)])
@pytest.mark.req("PRE-3")
def test_each_side_is_recognised_alone(rows):
    assert score("identity_card", leaf(*rows)) >= 0.6


def test_the_sides_may_lie_on_two_pages():
    found = said("identity_card", leaf(*FRONT), leaf(*FOR_GOOD, number=2))

    assert (found["number"], found["expires_on"]) == ([NUMBER], ["9999-12-31"])


def test_a_card_of_another_state_is_known_by_its_zone():
    page = leaf("IDENTITÄTSKARTE / IDENTITY CARD", "I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6",
                "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")

    assert seen(page) == {"identity_card"}
    assert said("identity_card", page)["number"] == ["D23145890"]


@pytest.mark.req("PRE-3")
@pytest.mark.parametrize("rows", [
    ("常住人口登记卡", "姓名 吕佳萱", "性别 女", "民族 汉", "出生日期 1985年3月14日", f"公民身份证件编号 {NUMBER}", "与户主关系 户主"),
    ("上海市居住证", *TIGHT), ("申请人信息表", *TIGHT),
    ("PASSPORT", "Surname: LYU", "Given names: JIAXUAN", "Identity No.: 4071829"),
])
def test_papers_with_the_same_words_are_none(rows):
    assert "identity_card" not in seen(leaf(*rows))


def test_a_name_is_found_where_half_of_its_label_was_lost():
    page = leaf(((0.1, "姓"), (0.2, "吕佳萱")), ((0.1, "性别"), (0.2, "女民族汉")), f"公民身份号码 {NUMBER}")

    assert said("identity_card", page)["name"] == ["吕佳萱"]


@pytest.mark.req("PRE-4")
def test_labels_set_apart_may_be_run_into_their_values_or_lose_a_half():
    page = leaf(
        ((0.1, "姓"), (0.15, "名吕佳萱")), ((0.1, "性"), (0.15, "别"), (0.2, "女民族汉")), ((0.1, "出"), (0.15, "生"), (0.2,
                                                                                                              "1985年3月14日")),
        ((0.1, "住"), (0.2, "上海市徐汇区某某路一百弄")), ((0.2, "2号301室"),), "", ((0.1, "公民身份号码"), (0.3, NUMBER)),
    )

    assert said("identity_card", page) == {
        "name": ["吕佳萱"], "number": [NUMBER], "sex": ["F"], "birth_date": ["1985-03-14"], "address": ["上海市徐汇区某某路一百弄2号301室"]}


@pytest.mark.parametrize("by", ["text", "ocr"])
def test_a_label_close_behind_a_value_takes_nothing_of_it(by):
    page = leaf(((0.1, "性别"), (0.2, "女"), (0.23, "民族汉")), f"公民身份号码 {NUMBER}", by=by)

    assert said("identity_card", page)["sex"] == ["F"]
