"""营业执照, and the other certificates that register a body: of public institutions, representative offices, associations."""

import re
from collections.abc import Collection, Iterator

from laihua.kernel.texts import Text
from laihua.prechecks.comparing import dates
from laihua.prechecks.kind import Carried, Fields, Found, Kind
from laihua.prechecks.kinds._evidence import Evidence
from laihua.prechecks.kinds._papers import COMMISSIONS, FORMS, LEASES, PLEDGES
from laihua.prechecks.kinds._readers import HAN, Value, address, credit_code, name, organisation, tidy
from laihua.prechecks.kinds._told import Told, fields, pages_of, sheets
from laihua.prechecks.layout import Cell, continued
from laihua.prechecks.words import Reading

EVIDENCE = Evidence(
    titles=(
        "营业执照", "營業執照", "企业法人营业执照", "营业执照副本", "营业执照正本", "Business licence", "Business license",
        "组织机构代码证", "事业单位法人证书", "社会团体法人登记证书", "民办非企业单位登记证书", "外国企业常驻代表机构登记证",
        "外国企业常驻代表机构登记证书", "基金会法人登记证书",
        "境外非政府组织代表机构登记证书", "境外非政府组织代表机构登记证", "社会保险登记证", "统一社会信用代码证书",
        "个体工商户营业执照", "民办学校办学许可证", "Registration certificate of representative office",
    ),
    words=(
        (0.20, ("统一社会信用代码", "社会信用代码", "Unified social credit", "注册号", "credit code")),
        (0.12, ("法定代表人", "负责人", "经营者", "首席代表", "执行事务合伙人", "Legal representative", "Representative")),
        (0.12, ("注册资本", "成立日期", "注册日期", "开办资金", "Registered capital", "Established", "Date of establishment", "出资额")),
        (0.12, ("经营范围", "业务范围", "宗旨和业务范围", "Business scope", "Scope of business")),
        (0.10, ("住所", "营业场所", "经营场所", "主要经营场所", "驻在场所", "Domicile", "Address")),
        (0.10, ("营业期限", "合伙期限", "营业期限至", "经营期限至", "有效期限至", "有效期", "驻在期限", "Term", "Operating period",
            "类型", "Kind", "Type")),
        (0.15, ("登记机关", "市场监督管理局", "工商行政管理局", "国家市场监督管理总局", "企业信用信息公示系统",
            "Registration authority", "举办单位", "民政局", "登记管理机关")),
    ),
    other=(*PLEDGES, *FORMS, *LEASES, *COMMISSIONS, "劳动合同", "聘用合同", "Employment contract", "纳税记录", "完税证明",
    "税收完税证明", "工作证明", "在职证明"),
)

LABELS = {
    "organisation": ("名称", "企业名称", "单位名称", "机构名称", "公司名称", "名　称", "Name", "Company name", "Name of enterprise",
        "Name of company", "Enterprise name", "代表机构名称"),
    "credit_code": ("统一社会信用代码", "社会信用代码", "代码", "注册号", "Unified social credit code", "Credit code",
        "Unified social credit identifier", "Code", "Registration number"),
    "legal_representative": ("法定代表人", "负责人", "经营者", "首席代表", "执行事务合伙人", "投资人", "法人代表", "法定代表人姓名",
        "Legal representative", "Representative", "Legal person", "Chief representative", "Person in charge"),
    "address": ("住所", "营业场所", "经营场所", "主要经营场所", "驻在场所", "地址", "注册地址", "住　所", "Address", "Domicile",
        "Registered address", "Business address", "Residence"),
    "expires_on": ("营业期限", "经营期限", "合伙期限", "营业期限至", "经营期限至", "有效期限至", "有效期", "有效期限", "驻在期限",
        "有效期至", "Term", "Operating period", "Business term", "Term of operation", "Validity", "Valid until", "Period of validity",
        "Term of business", "Operation term"),
    "-": ("类型", "注册资本", "成立日期", "经营范围", "登记机关", "注册日期", "核准日期", "实收资本", "宗旨和业务范围", "经费来源",
        "开办资金", "举办单位", "发证日期", "Type", "Kind", "Registered capital", "Date of establishment", "Established",
        "Business scope", "Scope of business", "Registration authority", "业务范围", "派出企业名称", "派出企业住所", "组成形式",
        "出资额", "副本编号", "证照编号", "编号", "Date of registration", "Issued by", "Date of issue", "Paid-in capital"),
}


def chinese_firm(text: str) -> Iterator[Value]:
    """The name of a body, whatever it ends with, since its label says that it is one."""
    read = list(organisation(text))
    if read or not (match := re.match(rf"\s*([{HAN}（(][{HAN}\w（）()·]{{3,40}})\s*$", text)):
        yield from read
    else:
        yield Value(tidy(match[1]), *match.span(1))


TOLD = Told(labels=LABELS, readers={"organisation": chinese_firm, "credit_code": credit_code, "legal_representative": name})
NO_END = re.compile(r"(?i)长期|長期|无固定期限|永久|不约定|long[ -]?term|permanent|indefinite|unlimited|no\s+fixed")


def extract(reading: Reading) -> Fields:
    pages = pages_of(EVIDENCE, reading)
    found = TOLD.gather(reading, pages)
    found["address"] = addresses(reading, pages)
    found["expires_on"] = expiry(reading, pages)
    if not found["credit_code"]:
        found["credit_code"] = [spot for one in sheets(reading, pages) for v in credit_code(one.text) if (spot := one.found(v))]
    return fields(found)


def addresses(reading: Reading, pages: Collection[int]) -> list[Found]:
    """An address may run over several lines; where it is read too far, what is compared still stands at its beginning."""
    found = []
    for one in sheets(reading, pages):
        for cell in TOLD.at(one)["address"]:
            longer = continued(one.leaf, cell, [label for labels in LABELS.values() for label in labels], most=2)
            for value in address(joined(longer)):
                found.append(Found(value.value, longer.text, longer.page, longer.box, longer.sure))
    return found


def joined(cell: Cell) -> str:
    return re.sub(rf"(?<=[{HAN}\d（(-])\n(?=[{HAN}\d）)])", "", cell.text).replace("\n", " ")


def expiry(reading: Reading, pages: Collection[int]) -> list[Found]:
    """The last day of the term; a term without an end is the day after which nothing is counted."""
    found = []
    for one in sheets(reading, pages):
        for cell in TOLD.at(one)["expires_on"]:
            read = [d for d in dates.read(cell.text) if len(d.value) == 10]
            if NO_END.search(cell.text):
                found.append(Found(dates.LONG, cell.text, cell.page, cell.box, cell.sure))
            elif (read and (len(read) > 1 or re.search(r"至|到|until|to\b",
            cell.text[:read[-1].text_span[0]]))) or (read and cell.label.endswith(("至", "until"))):
                found.append(Found(read[-1].value, cell.text, cell.page, cell.box, cell.sure, doubt=read[-1].doubt))
    return found


KIND = Kind(
    "business_licence", Text("营业执照或其他登记证书", "Business licence or other registration"),
    (
        Carried("organisation", Text("名称", "Name"), "organisation"), Carried("credit_code", Text("统一社会信用代码",
        "Unified social credit code"), "number"),
        Carried("legal_representative", Text("法定代表人", "Legal representative"), "name"), Carried("address", Text("住所",
        "Address"), "address"),
        Carried("expires_on", Text("营业期限至", "Valid until"), "date"),
    ),
    score=EVIDENCE.score, extract=extract, expires="expires_on", always=("organisation", "credit_code"),
)
