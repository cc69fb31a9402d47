"""居民户口簿. The first page, about the household, and the pages of its members; several may lie in one file."""

from laihua.kernel.texts import Text
from laihua.prechecks.kind import Fields, Kind
from laihua.prechecks.kinds import _identity as identity
from laihua.prechecks.kinds._evidence import Evidence
from laihua.prechecks.words import Leaf, Reading

CARRIES = identity.carried(
    name=("姓名", "Name", "name"), head=("户主姓名", "Head of the household", "name"), number=("公民身份号码", "Identity number",
                                                                                               "number"),
    household_number=("户号", "Household number", "number"), address=("住址", "Address", "address"), sex=("性别", "Sex", "sex"),
    birth_date=("出生日期", "Date of birth", "date"),
)
LABELS = identity.labels(
    "birth_date", sex=identity.HALF_SEX,
    name=identity.HALF_NAME, head=("户主姓名",), household_number=("户号", "户编号", "户口簿编号", "户口簿号"),
    number=("公民身份证件编号", "公民身份号码", "公民身份证号码", "公民身份证编号", "身份证件编号", "身份证号码", "身份证号"),
    address=("住址", "户籍地址", "户口所在地", "常住户口所在地", *identity.HALF_ADDRESS),
    relation=("户主或与户主关系", "与户主关系"), former=("曾用名",), birth_place=("出生地",), folk=("民族",), origin=("籍贯",),
    elsewhere=("本市（县）其他住址", "本市县其他住址"), belief=("宗教信仰",), tall=("身高",), blood=("血型",), schooling=("文化程度",),
    married=("婚姻状况",), service=("兵役状况",), work=("服务处所",), post=("职业",), moved=("何时由何地迁来本市（县）",
                                                                                             "何时由何地迁来本市县",
                                                                                             "何时由何地迁来本址"),
    registered=("登记日期",), sort=("户别",), clerk=("承办人签章", "承办人"),
)
EVIDENCE = Evidence(
    titles=("居民户口簿", "户口簿", "常住人口登记卡", "集体户口登记卡", "户口登记簿", "户籍证明", "户籍信息证明",
            "户籍登记证明", "户口证明", "Household register"),
    words=((0.25, ("户主或与户主关系", "与户主关系")), (0.12, ("户籍地址", "户籍所在地", "户口所在地")),
           (0.12, ("户号",)), (0.12, ("户主姓名",)), (0.12, ("户别",)), (0.1, ("籍贯",)),
           (0.1, ("公民身份证件编号", "公民身份号码")), (0.1, ("曾用名",)), (0.05, ("文化程度",)), (0.1, ("兵役状况",)), (0.1,
                                                                                                                          ("何时由何地迁来",))),
    other=("申请表", "登记表", "信息表", "居民身份证", "居住证", "上海市居住证"),
)


def score(leaf: Leaf) -> float:
    return EVIDENCE.score(leaf)


def extract(reading: Reading) -> Fields:
    return identity.gathered([page_of(leaf) for leaf in reading.leaves], [one.key for one in CARRIES])


def page_of(leaf: Leaf) -> identity.Page:
    page = identity.printed(leaf, LABELS, {
        "name": identity.chinese_name, "head": identity.chinese_name, "number": identity.identity_number,
        "household_number": identity.number, "sex": identity.sex, "birth_date": identity.day(),
    })
    page["address"] = identity.long_words(leaf, LABELS, "address")
    page["number"] = page["number"] or identity.anywhere(leaf, identity.identity_number)
    return page


KIND = Kind("household_register", Text("户口簿", "Household register"), CARRIES, score, extract, always=("name",))
