"""Apostilles, consular authentications, reports of the Chinese bodies; and what is none of them. All invented."""

import pytest

from tests.prechecks.kinds.trying import said, seen
from tests.prechecks.leafs import leaf

pytestmark = [pytest.mark.req("PRE-3"), pytest.mark.req("PRE-5")]

APOSTILLE = leaf(
    "APOSTILLE", "(Convention de La Haye du 5 octobre 1961)", "1. Country: Republic of Easthaven", "This public document",
    "2. has been signed by  Jane Orwick",
    "3. acting in the capacity of  Notary Public", "4. bears the seal/stamp of  Jane Orwick", "Certified", "5. at  Easthaven City",
    "6. the  9th of March 2026",
    "7. by  Ministry of Foreign Affairs", "8. No.  EH-2026/00417", "9. Seal/stamp  10. Signature",
)
GERMAN = leaf(
    "Apostille", "(Convention de La Haye du 5 octobre 1961)", "1. Land: Bundesrepublik Deutschland", "Diese öffentliche Urkunde",
    "2. ist unterschrieben von K. Beispiel", "3. in seiner Eigenschaft als Dekan", "Bestätigt", "5. in Hollerau  6. am 11.02.2026",
    "8. unter Nr. 34a E 118/26",
)
CONSULAR = leaf(
    "认证", "（2026）示领认字第0004217号", "兹证明前面文书上东港共和国外交部的印章和该部官员的签字属实。", "文书内容由出证机构负责。",
    "中华人民共和国驻东港共和国大使馆", "领事：示例", "二〇二六年四月十七日",
)
ENGLISH = leaf(
    "CERTIFICATE OF AUTHENTICATION", "No. 2026-004217",
    "This is to certify that the seal and signature of the Ministry of Foreign Affairs on the annexed document are authentic.",
    "Embassy of the People's Republic of China in Easthaven", "Date: 17 April 2026",
)
OVERSEAS = leaf(
    "国外学历学位认证书", "教留服认外字〔2019〕00123号", "陆归远，男，中国国籍，1994年5月6日生。",
    "2016年9月至2018年7月在伊斯特黑文大学学习，获得理学硕士学位。经核查，",
    "所获学位表明其具有相应的学历。", "教育部留学服务中心", "2019年3月4日",
)
CHSI = leaf("教育部学历证书电子注册备案表", "更新日期：2026年10月20日", "姓名  陆归远", "性别  男", "院校名称  江左理工大学",
"专业  软件工程", "在线验证码  A1B2C3D4E5F6G7H8", "学信网")


@pytest.mark.parametrize(("page", "number", "day"), [
    (APOSTILLE, "EH-2026/00417", "2026-03-09"), (GERMAN, "34a E 118/26", "2026-02-11"), (CONSULAR, "", "2026-04-17"), (ENGLISH,
    "2026-004217", "2026-04-17"),
    (OVERSEAS, "", "2019-03-04"), (CHSI, "", "2026-10-20"),
])
def test_each_is_known_with_number_and_day(page, number, day):
    found = said("certification", page)
    assert "certification" in seen(page)
    assert not number or number in found["number"]
    assert found["issued_on"][0] == day


def test_who_authenticated():
    assert "中华人民共和国驻东港共和国大使馆" in said("certification", CONSULAR)["authority"]
    assert "教育部留学服务中心" in said("certification", OVERSEAS)["authority"]
    assert "陆归远" in said("certification", OVERSEAS)["name"]
    assert "陆归远" in said("certification", CHSI)["name"]


def test_the_day_of_the_convention_is_no_day_of_issue():
    assert "1961-10-05" not in said("certification", APOSTILLE)["issued_on"]


@pytest.mark.req("PRE-5")
@pytest.mark.parametrize("page", [
    leaf("材料清单", "最高学位证书（须经使领馆认证或附加证明书）", "无犯罪记录证明（须附加证明书）"),
    leaf("Police certificate", "No criminal record was found.", "An apostille can be had from the Ministry of Foreign Affairs."),
    leaf("NOTARIAL CERTIFICATE", "I certify that this is a true copy of the document shown to me.", "Jane Orwick, Notary Public"),
    leaf("学位证书", "认证情况：尚未认证"),
])
def test_a_mention_is_no_certification(page):
    assert "certification" not in seen(page)
