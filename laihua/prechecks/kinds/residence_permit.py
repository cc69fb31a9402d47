"""签证或居留许可. The sticker in the passport, the permanent resident's card, and printed confirmations of them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from laihua.kernel.texts import Text
from laihua.prechecks import mrz
from laihua.prechecks.comparing import dates
from laihua.prechecks.kind import Fields, Found, Kind
from laihua.prechecks.kinds import _identity as identity
from laihua.prechecks.kinds._evidence import Evidence
from laihua.prechecks.layout import Cell
from laihua.prechecks.wording import says
from laihua.prechecks.words import Leaf, Reading

CARRIES = identity.carried(
    name=("姓名", "Name", "name"), number=("签证或居留许可号码", "Visa or permit number", "number"), type=("种类", "Type", "text"),
    passport_number=("护照号", "Passport number", "number"), birth_date=("出生日期", "Date of birth", "date"), sex=("性别", "Sex", "sex"),
    nationality=("国籍", "Nationality", "country"), issued_on=("签发日期", "Date of issue", "date"), expires_on=("有效期至",
                                                                                                                 "Valid until", "date"),
)
DOCUMENT = ("证件号码", "证件号", "document no", "document number")
"""Of the passport or of the permit itself, as the other labels of the page show."""
LABELS = {"document": DOCUMENT} | identity.labels(
    "passport_number", "birth_date", "sex", "nationality", "issued_on",
    name=("全名", *identity.LABELS["name"]), chinese_name=identity.LABELS["chinese_name"],
    number=(
        "居留许可号码", "居留许可号", "居留许可编号", "居留许可证号", "许可编号", "许可号码", "签证号码", "签证号", "签证编号",
        "证件编号", "停留证件号码", "编号", "号码", "no", "visa no", "visa number",
        "permit no", "permit number", "residence permit no", "residence permit number", "control number", "card no",
    ),
    type=("居留事由", "居留许可种类", "许可种类", "签证种类", "签证类别", "类别", "种类", "purpose of residence", "category",
          "visa type", "type of visa", "permit type", "type", "purpose", "purpose of stay"),
    expires_on=("有效期至", "居留有效期至", "停留有效期至", "居留期限至", "停留期限至", "居留期至", "准予居留至", "入境前有效",
                "有效期截止", "enter before", "enter by",
                *identity.LABELS["expires_on"]),
    entries=("入境次数", "entries", "number of entries"), stay=("每次停留", "停留期限", "duration of each stay", "duration of stay"),
)
PERMANENT = ("永久居留", "permanent resident")
EVIDENCE = Evidence(
    titles=(
        "外国人居留许可", "中华人民共和国外国人居留许可", "居留许可", "residence permit for foreigner",
        "residence permit for foreigners", "residence permit",
        "中华人民共和国签证", "签证", "chinese visa", "china visa", "visa", "visa of the people's republic of china", "外国人居留证",
        "外国人永久居留身份证", "外国人永久居留证",
        "foreign permanent resident id card", "外国人停留证件", "停留证件", "外国人居留许可信息",
    ),
    words=(
        (0.14, ("居留事由", "purpose of residence", "许可种类", "居留许可号")), (0.14, ("入境次数", "entries")),
        (0.14, ("每次停留", "duration of each stay")), (0.12, ("入境前有效", "enter before")), (0.08, ("护照号码", "passport no")),
        (0.08, ("有效期至", "valid until")), (0.08, ("签发地", "place of issue", "issued at", "签发日期", "issue date")),
        (0.06, ("出入境管理",)), (0.2, PERMANENT),
    ),
    other=("申请表", "承诺书", "邀请函", "邀请信", "劳动合同", "通知", "上海市居住证"),
)
ZONE = 0.25
OTHER_PAPERS = ("申请表", "通知", "通知书", "证明", "注销证明", "承诺书", "受理回执", "申请回执", "回执", "邀请函", "确认函",
                "invitation letter", "application form",
                "letter", "application")


def score(leaf: Leaf) -> float:
    zone = mrz.zone_of(leaf)
    if (says(leaf, "居住证") and not says(leaf, "外国人", "签证")) or (zone and zone.code.startswith("P") and not says(leaf, "居留许可",
                                                                                                                       "签证")):
        return 0.0
    said = EVIDENCE.score(leaf) + ZONE * bool(zone and zone.code[:1] in "VAIC" and zone.issuer == "CHN")
    about = any(identity.is_about(leaf, word, OTHER_PAPERS) for word in ("许可", "签证", "visa", "permit"))
    return min(said, 0.3 if about else 1.0)


def extract(reading: Reading) -> Fields:
    chosen = [leaf for leaf in reading.leaves if score(leaf) >= 0.5] or list(reading.leaves)
    return identity.gathered([page_of(leaf) for leaf in chosen], [one.key for one in CARRIES])


def page_of(leaf: Leaf) -> identity.Page:
    order = dates.order_of(line.text for line in leaf.lines)
    page = identity.printed(leaf, LABELS, {
        "name": identity.name, "number": identity.number, "type": sort, "passport_number": identity.number,
        "birth_date": identity.day(order), "sex": identity.sex, "nationality": identity.country, "issued_on": identity.day(order),
        "expires_on": identity.last_day(order), "document": identity.number,
    })
    document = page.pop("document")
    if says(leaf, *PERMANENT):      # its 证件号码 is its own
        page = page | {"number": page["number"] or document or page["passport_number"], "passport_number": []}
    elif page["passport_number"]:
        page["number"] = page["number"] or document
    else:
        page["passport_number"] = document
    passports = {one.value for one in page["passport_number"]}
    page["number"] = [one for one in page["number"] if one.value not in passports] or standing_alone(leaf, passports)
    return identity.with_zone(page, zone_of(leaf), leaf)


def zone_of(leaf: Leaf) -> mrz.Zone | None:
    """That of a visa holds the number of the passport or of the visa, as its state likes: it is left out."""
    zone = mrz.zone_of(leaf)
    if not zone or zone.code.startswith("P"):
        return None
    left_out = {"number", "expires_on"} if zone.form.startswith("MRV") or zone.form == "TD2" else set()
    return replace(zone, fields={key: some for key, some in zone.fields.items() if key not in left_out})


def standing_alone(leaf: Leaf, passports: set[str]) -> list[Found]:
    """The number of a sticker often has no label: it stands alone in the upper part, a letter and eight digits or nine digits."""
    return [
        identity.found(Cell(line.text, "", leaf.number, line.box, line.sure), value)
        for line in leaf.lines for value in bare_number(line.text) if value[0] not in passports
    ][:1]


def bare_number(text: str) -> Iterator[identity.Value]:
    if match := re.fullmatch(r"(?:No\.?|№|NO\.?)?\s*([A-Z]{0,2}\s?\d{7,9})", text.strip()):
        start = text.index(match[1])
        yield match[1].replace(" ", ""), start, start + len(match[1]), None


def sort(text: str) -> Iterator[identity.Value]:
    """The letter of a visa, or the words for a purpose."""
    if match := re.fullmatch(r"\s*([A-Z]\d?)(?:\s*字?)?\s*", text):
        yield match[1], *match.span(1), None
    else:
        yield from identity.place(text)


KIND = Kind("residence_permit", Text("签证或居留许可", "Visa or residence permit"), CARRIES, score, extract, expires="expires_on",
            issued="issued_on", always=("name", "number", "expires_on"))
