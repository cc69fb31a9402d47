"""Shanghai residence cards, their printed confirmations, and what is only written about them."""

import pytest

from tests.prechecks.kinds.trying import said, score, seen
from tests.prechecks.leafs import leaf

NUMBER, CARD = "000101198503140028", "990407182931407182"
COPY = ("上海市居住证", "姓名 吕佳萱", "性别 女   民族 汉", f"公民身份号码 {NUMBER}", f"居住证号码 {CARD}", "",
        "居住地址 上海市徐汇区某某路一百弄2号",
        "签发机关 上海市公安局", "签发日期 2026.05.02", "有效期限 2026.05.02-2027.05.01")
TABLE = ("上海市居住证信息", ((0.1, "姓名"), (0.3, "吕佳萱")), ((0.1, "证件号码"), (0.3, NUMBER)), ((0.1, "居住证编号"), (0.3, CARD)),
         ((0.1, "现居住地址"), (0.3, "上海市徐汇区某某路一百弄2号")), ((0.1, "发证日期"), (0.3, "2026年5月2日")), ((0.1, "有效期至"),
                                                                                                                   (0.3, "2027年5月1日")))
LINES = ("上海市居住证", "姓名：吕佳萱", f"居住证号：{CARD}", f"身份证号：{NUMBER}", "居住地址：上海市徐汇区某某路一百弄2号",
         "签发日期：2026-05-02",
         "有效期限：2026-05-02至2027-05-01")


@pytest.mark.req("PRE-4")
@pytest.mark.parametrize("rows", [COPY, TABLE, LINES])
@pytest.mark.parametrize("by", ["text", "ocr"])
def test_cards_are_read(rows, by):
    page = leaf(*rows, by=by)
    found = said("residence_card", page)

    assert score("residence_card", page) >= 0.6
    assert (found["name"], found["number"], found["identity_number"]) == (["吕佳萱"], [CARD], [NUMBER])
    assert found["address"] == ["上海市徐汇区某某路一百弄2号"]
    assert (found["issued_on"], found["expires_on"]) == (["2026-05-02"], ["2027-05-01"])


@pytest.mark.req("PRE-3")
@pytest.mark.parametrize("rows", [
    ("上海市居住证积分申请表", "姓名 吕佳萱", f"居住证号码 {CARD}", "居住地址 上海市", "有效期至 2027-05-01"),
    ("上海市居住证积分通知书", "姓名 吕佳萱", f"居住证号码 {CARD}", "有效期至 2027-05-01"),
    ("中华人民共和国外国人居留许可", "RESIDENCE PERMIT FOR FOREIGNER", "姓名 NAME  ANNA LENA", "护照号码 PASSPORT NO.  C0QXF4T71",
     "有效期至 VALID UNTIL  2027-05-01"),
])
def test_papers_about_it_are_none(rows):
    assert "residence_card" not in seen(leaf(*rows))


@pytest.mark.req("PRE-4")
def test_an_address_ends_at_the_next_label_where_labels_stand_over_their_values():
    page = leaf("上海市居住证", "姓名", "吕佳萱", "居住证号码", CARD, "居住地址", "上海市徐汇区某某路一百弄2号", "签发日期", "2026年5月2日",
                height=0.03, pitch=0.024)

    assert said("residence_card", page)["address"] == ["上海市徐汇区某某路一百弄2号"]
