"""居民身份证. Both sides of a resident's card, on one page or two; cards of other states by their machine-readable zone."""

from laihua.kernel.texts import Text
from laihua.prechecks import mrz
from laihua.prechecks.kind import Fields, Kind
from laihua.prechecks.kinds import _identity as identity
from laihua.prechecks.kinds._evidence import Evidence
from laihua.prechecks.words import Leaf, Reading

CARRIES = identity.carried(
    name=("姓名", "Name", "name"), number=("身份证号", "Identity number", "number"), sex=("性别", "Sex", "sex"),
    birth_date=("出生日期", "Date of birth", "date"), address=("住址", "Address", "address"), authority=("签发机关", "Authority",
                                                                                                         "organisation"),
    issued_on=("有效期起", "Valid from", "date"), expires_on=("有效期至", "Valid until", "date"),
)
LABELS = identity.labels(
    "birth_date", "expires_on", "authority", sex=identity.HALF_SEX,
    name=identity.HALF_NAME, number=("公民身份号码", "公民身份证号码", "身份证号码", "身份号码", "identity number"),
    address=("住址", "address", *identity.HALF_ADDRESS), folk=("民族", "ethnicity"),
)
EVIDENCE = Evidence(
    titles=("居民身份证", "中华人民共和国居民身份证", "resident identity card", "citizen identity card"),
    words=((0.35, ("公民身份号码", "身份号码")), (0.15, ("签发机关",)), (0.15, ("有效期限",)), (0.1, ("民族",)), (0.1, ("住址",)),
           (0.05, ("出生",)),
           (0.05, ("姓名",)), (0.05, ("性别",))),
    other=("常住人口登记卡", "居民户口簿", "户口簿", "居住证", "上海市居住证", "港澳台居民居住证", "结婚证", "出生医学证明", "申请表",
           "登记表", "信息表"),
)
MOST_LINES = 45
CARD_CODES = ("I", "A", "C", "ID")


def score(leaf: Leaf) -> float:
    zone = mrz.zone_of(leaf)
    if zone and zone.form in ("TD1", "TD2") and zone.code.startswith(CARD_CODES):
        return 0.85
    return 0.0 if zone else min(EVIDENCE.score(leaf), 1.0 if len(leaf.lines) <= MOST_LINES else 0.5)


def extract(reading: Reading) -> Fields:
    pages = [page_of(leaf) for leaf in reading.leaves]
    return identity.gathered(pages, [one.key for one in CARRIES])


def page_of(leaf: Leaf) -> identity.Page:
    page = identity.printed(leaf, LABELS, {
        "name": identity.name, "number": identity.identity_number, "sex": identity.sex, "birth_date": identity.day(),
        "authority": identity.place, "expires_on": identity.last_day(),
    })
    page["issued_on"] = identity.printed(leaf, LABELS, {"expires_on": identity.first_day()})["expires_on"]
    page["address"] = identity.long_words(leaf, LABELS, "address")
    page["number"] = page["number"] or identity.anywhere(leaf, identity.identity_number)
    return identity.with_zone(page, mrz.zone_of(leaf), leaf)


KIND = Kind("identity_card", Text("居民身份证", "Resident identity card"), CARRIES, score, extract, expires="expires_on",
            issued="issued_on", always=("name", "number"))
