"""Certificates of marriage: the Chinese booklet with its holder, and certificates that name two people alike."""

import pytest

from tests.prechecks.kinds.trying import said, score, seen
from tests.prechecks.leafs import leaf

BOOKLET = (
    "结 婚 证", "持证人：吕佳萱", "登记日期：2019年5月2日", "结婚证字号：J310199-2019-004071", "备注：",
    "姓名 吕佳萱    性别 女", "国籍 中国      出生日期 1985年3月14日", "身份证件号 000101198503140028", "",
    "姓名 单伟明    性别 男", "国籍 新加坡    出生日期 1984年1月2日", "身份证件号 K4071829Q",
)
ENGLISH = (
    "CERTIFICATE OF MARRIAGE", "Registration No. 2019/4071", "Name of husband: Marcus Brackenfeld", "Name of wife: Anna Lena Brückenthal",
    "Date of marriage: 2 May 2019", "Place of marriage: Duluth", "Registrar",
)
GERMAN = (
    "Eheurkunde", "Standesamt Rheinstadt", "Registernummer     E 407/2019", "Ehemann     Marcus Brackenfeld",
    "Ehefrau     Anna Lena Brückenthal",
    "Tag der Eheschließung     02.05.2019",
)
STACKED = (
    "MARRIAGE CERTIFICATE", "Certificate number", "2019-4071", "Groom                  Bride",
    "Marcus Brackenfeld     Anna Lena Brückenthal", "Date of marriage",
    "May 2, 2019",
)


@pytest.mark.req("PRE-4")
def test_the_holder_of_a_booklet_and_the_other():
    found = said("marriage_certificate", leaf(*BOOKLET))

    assert (found["name"], found["spouse"]) == (["吕佳萱"], ["单伟明"])
    assert (found["number"], found["registered_on"]) == (["J310199-2019-004071"], ["2019-05-02"])


@pytest.mark.parametrize("rows", [ENGLISH, GERMAN, STACKED])
@pytest.mark.parametrize("by", ["text", "ocr"])
def test_where_nobody_is_the_holder_it_may_be_for_either(rows, by):
    page = leaf(*rows, by=by)
    found = said("marriage_certificate", page)

    assert score("marriage_certificate", page) >= 0.6
    assert found["name"] == ["Marcus Brackenfeld", "Anna Lena Brückenthal"]
    assert found["spouse"] == found["name"][::-1]
    assert found["registered_on"] == ["2019-05-02"]


@pytest.mark.req("PRE-3")
@pytest.mark.parametrize("rows", [
    ("离婚证", "持证人：吕佳萱", "登记日期：2019年5月2日"), ("无婚姻登记记录证明", "姓名：吕佳萱", "登记日期：2019年5月2日"),
    ("CERTIFICATE OF NO IMPEDIMENT TO MARRIAGE", "Name: Anna Lena", "Date: 2 May 2019"),
])
def test_papers_about_something_else_are_none(rows):
    assert "marriage_certificate" not in seen(leaf(*rows))


@pytest.mark.req("PRE-4")
@pytest.mark.parametrize("rows", [
    ("CERTIFICATE OF MARRIAGE", "I hereby certify that Nils Erik Bergqvist, born 3 May 1980, and Anna Lena Brunnen were united in",
     "matrimony on 14 June 2012 and entered under the registration number MR-2012-004417."),
    ("MARRIAGE CERTIFICATE", "The marriage between Nils Erik Bergqvist and Anna Lena Brunnen was celebrated at Lund on the 14th day",
     "of June 2012. Certificate No. MR-2012-004417"),
])
@pytest.mark.parametrize("by", ["text", "ocr"])
def test_a_sentence_may_say_it_all(rows, by):
    found = said("marriage_certificate", leaf(*rows, by=by))

    assert (found["name"], found["spouse"]) == (["Nils Erik Bergqvist", "Anna Lena Brunnen"], ["Anna Lena Brunnen", "Nils Erik Bergqvist"])
    assert (found["number"], found["registered_on"]) == (["MR-2012-004417"], ["2012-06-14"])


def test_a_sentence_in_chinese():
    found = said("marriage_certificate", leaf("婚姻证明", "兹证明吕佳萱与陈某某于2012年6月14日登记结婚。"))

    assert (found["name"], found["registered_on"]) == (["吕佳萱", "陈某某"], ["2012-06-14"])
