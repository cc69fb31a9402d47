"""上海市居住证. The residence card of those registered elsewhere in China, both sides; also those of talents from abroad."""

from laihua.kernel.texts import Text
from laihua.prechecks.kind import Fields, Kind
from laihua.prechecks.kinds import _identity as identity
from laihua.prechecks.kinds._evidence import Evidence
from laihua.prechecks.words import Leaf, Reading

CARRIES = identity.carried(
    name=("姓名", "Name", "name"), number=("居住证号", "Card number", "number"), identity_number=("身份证号", "Identity number",
                                                                                                  "number"),
    sex=("性别", "Sex", "sex"), birth_date=("出生日期", "Date of birth", "date"), address=("居住地址", "Address", "address"),
    issued_on=("签发日期", "Date of issue", "date"), expires_on=("有效期至", "Valid until", "date"),
)
LABELS = identity.labels(
    "birth_date", "issued_on", sex=identity.HALF_SEX, name=identity.HALF_NAME,
    number=("居住证号码", "居住证号", "居住证编号", "居住证件号", "证号", "卡号", "编号", "card no", "permit no"),
    identity_number=("公民身份号码", "身份证号码", "身份证号", "身份证件号码", "证件号码", "身份号码", "identity number"),
    address=("居住地址", "现居住地址", "现住址", "住址", "地址", "address", *identity.HALF_ADDRESS),
    expires_on=(*identity.LABELS["expires_on"], "有效期限至", "有效期至", "证件有效期", "有效截止日期"), folk=("民族",),
)
EVIDENCE = Evidence(
    titles=("上海市居住证", "居住证", "上海市海外人才居住证", "海外人才居住证", "港澳台居民居住证", "Shanghai residence card",
            "居住证信息"),
    words=(
        (0.2, ("居住证号", "居住证编号")), (0.12, ("居住地址", "现住址")), (0.1, ("签发日期", "发证日期", "签发机关")),
        (0.1, ("有效期", "Valid until")), (0.1, ("公民身份号码", "身份证号", "证件号码")), (0.05, ("姓名", "Name")),
    ),
    other=("居住证积分申请表", "积分申请表", "承诺书", "申请表", "常住人口登记卡", "居民户口簿", "通知书"),
)
APPLICATIONS = ("申请表", "审核表", "通知", "通知书", "承诺书", "确认书", "证明", "回执")


def score(leaf: Leaf) -> float:
    return min(EVIDENCE.score(leaf), 0.3) if identity.is_about(leaf, "居住证", APPLICATIONS) else EVIDENCE.score(leaf)


def extract(reading: Reading) -> Fields:
    return identity.gathered([page_of(leaf) for leaf in reading.leaves], [one.key for one in CARRIES])


def page_of(leaf: Leaf) -> identity.Page:
    page = identity.printed(leaf, LABELS, {
        "name": identity.name, "number": identity.number, "identity_number": identity.identity_number, "sex": identity.sex,
        "birth_date": identity.day(), "issued_on": identity.day(), "expires_on": identity.last_day(),
    })
    page["issued_on"] = page["issued_on"] or identity.printed(leaf, LABELS, {"expires_on": identity.first_day()})["expires_on"]
    page["address"] = identity.long_words(leaf, LABELS, "address")
    page["number"] = page["number"] or page["identity_number"]
    return {key: some[:1] for key, some in page.items()}


KIND = Kind("residence_card", Text("上海市居住证", "Shanghai residence card"), CARRIES, score, extract, expires="expires_on",
            issued="issued_on", always=("name",))
