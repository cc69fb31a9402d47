"""外国人工作许可证. The card, its electronic form and the printed permit; notices, decisions and applications are none."""

import re
from collections.abc import Iterator

from laihua.kernel.texts import Text
from laihua.prechecks.comparing import dates
from laihua.prechecks.kind import Fields, Kind
from laihua.prechecks.kinds import _identity as identity
from laihua.prechecks.kinds import _sentences as sentences
from laihua.prechecks.kinds._evidence import Evidence
from laihua.prechecks.words import Leaf, Reading

CARRIES = identity.carried(
    number=("许可编号", "Permit number", "number"), name=("姓名", "Name", "name"), nationality=("国籍", "Nationality", "country"),
    passport_number=("护照号", "Passport number", "number"), birth_date=("出生日期", "Date of birth", "date"), sex=("性别", "Sex", "sex"),
    employer=("用人单位", "Employer", "organisation"), position=("职务", "Position", "position"), from_date=("有效期起", "Valid from",
                                                                                                             "date"),
    expires_on=("有效期至", "Valid until", "date"), category=("类别", "Category", "text"),
)
LABELS = identity.labels(
    "nationality", "passport_number", "birth_date", "sex",
    number=(
        "许可编号", "工作许可号码", "工作许可证号码", "工作许可证号", "工作许可编号", "工作许可号", "许可证号", "许可证编号",
        "证件编号", "证书编号", "编号", "permit no", "permit number",
        "work permit no", "work permit number", "work permit id", "license no", "certificate no", "证号", "许可证号码", "permit id", "no",
    ),
    name=("被许可人姓名", "被许可人", "持证人", "holder", *identity.LABELS["name"]), chinese_name=identity.LABELS["chinese_name"],
    employer=("用人单位", "聘用单位", "工作单位", "聘请单位", "单位名称", "用人单位名称", "employer", "employing unit",
              "name of employer", "company"),
    position=("职务", "职位", "岗位", "工作岗位", "担任职务", "受聘职务", "position", "job title", "post", "title"),
    category=("类别", "人才类别", "人员类别", "外国人类别", "category", "class", "type of talent"),
    from_date=("有效期自", "有效期起", "有效期开始", "起始日期", "valid from", "effective from", "start date"),
    expires_on=("有效期至", "有效期止", "有效期", "有效期限", "许可有效期", "valid", *identity.LABELS["expires_on"]),
    workplace=("工作地点", "工作地址", "place of work"), issued_on=identity.LABELS["issued_on"],
)
EVIDENCE = Evidence(
    titles=(
        "外国人工作许可证", "中华人民共和国外国人工作许可证", "外国人来华工作许可", "外国人来华工作许可证", "外国人工作许可",
        "foreigner's work permit", "work permit for foreigners",
        "work permit for foreigner", "foreigners work permit", "permit for foreigners to work in china", "外国专家证", "外国人就业证",
        "work permit",
    ),
    words=((0.12, ("许可编号", "工作许可号码", "工作许可证号", "工作许可编号", "permit no", "permit number")), (0.08, ("类别",
                                                                                                                       "category")),
           (0.1, ("用人单位", "聘用单位", "employer")), (0.1, ("有效期", "valid")), (0.07, ("护照号", "passport no", "passport number")),
           (0.07, ("职务", "职位", "position")), (0.05, ("国籍", "nationality")), (0.05, ("姓名", "name"))),
    other=("居留许可", "residence permit", "劳动合同", "labour contract", "employment contract"),
)
OTHER_PAPERS = ("申请表", "注销证明", "通知", "通知书", "决定书", "受理单", "受理通知书", "补正告知书", "承诺书", "说明", "回执",
                "情况表", "延期", "申请")


def score(leaf: Leaf) -> float:
    said = EVIDENCE.score(leaf)
    return min(said, 0.3) if identity.is_about(leaf, "许可", OTHER_PAPERS) or identity.is_about(leaf, "permit", IN_ENGLISH) else said


IN_ENGLISH = ("application", "application form", "cancellation certificate", "notice", "notification", "notification letter",
              "decision", "receipt", "letter")


def extract(reading: Reading) -> Fields:
    return identity.gathered([page_of(leaf) for leaf in reading.leaves], [one.key for one in CARRIES])


def page_of(leaf: Leaf) -> identity.Page:
    order = dates.order_of(line.text for line in leaf.lines)
    page = identity.printed(leaf, LABELS, {
        "number": identity.number, "name": identity.name, "nationality": identity.country, "passport_number": identity.number,
        "birth_date": identity.day(order), "sex": identity.sex, "employer": identity.place, "position": identity.place,
        "from_date": identity.day(order), "expires_on": identity.last_day(order), "category": category,
    })
    page["from_date"] = page["from_date"] or identity.printed(leaf, LABELS, {"expires_on": identity.first_day(order)})["expires_on"]
    page = sentences.completed(page, leaf, {
        "birth_date": identity.day(order), "nationality": identity.country, "sex": identity.sex, "passport_number": identity.number,
        "employer": identity.place, "position": identity.place,
    })
    both = {"employer", "position", "name"}
    return {key: some[:2 if key in both else 1] for key, some in page.items()}


def category(text: str) -> Iterator[identity.Value]:
    if match := re.search(r"(?<![A-Za-z])([ABC])(?![A-Za-z])", text):
        yield match[1], *match.span(1), None


KIND = Kind("work_permit", Text("外国人工作许可证", "Foreigner's work permit"), CARRIES, score, extract, expires="expires_on",
            always=("name", "number"))
