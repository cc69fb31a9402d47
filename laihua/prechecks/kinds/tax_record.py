"""纳税记录, 完税证明: of the income tax of a person."""

import re

from laihua.kernel.texts import Text
from laihua.prechecks.kind import Carried, Fields, Kind
from laihua.prechecks.kinds._evidence import Evidence
from laihua.prechecks.kinds._papers import COMMISSIONS, FORMS, LEASES, PLEDGES
from laihua.prechecks.kinds._readers import ANYBODY, LATIN, days, name, organisation
from laihua.prechecks.kinds._told import Told, all_dates, clause, fields, pages_of
from laihua.prechecks.words import Reading

EVIDENCE = Evidence(
    titles=(
        "个人所得税纳税记录", "纳税记录", "个人所得税纳税清单", "纳税清单", "税收完税证明", "完税证明", "个人所得税完税证明",
        "税收缴款书", "纳税证明", "完税凭证", "个人所得税完税凭证", "扣缴个人所得税完税凭证", "税收完税凭证", "所得税证明",
        "中华人民共和国个人所得税纳税记录", "中华人民共和国税收完税证明", "Individual income tax record",
        "Record of individual income tax payment",
        "Individual income tax payment record", "Record of income tax", "Tax payment certificate", "Certificate of tax payment",
        "Tax record", "Income tax certificate", "Tax payment record", "Individual income tax certificate", "Tax clearance certificate",
    ),
    words=(
        (0.20, ("个人所得税", "individual income tax", "income tax")),
        (0.15, ("国家税务总局", "税务局", "税务机关", "Taxation Administration", "tax authority", "Tax Bureau", "Tax Service", "税务")),
        (0.15, ("纳税人", "taxpayer", "纳税人识别号", "Taxpayer identification")),
        (0.12, ("扣缴义务人", "withholding agent", "扣缴单位", "withheld by")),
        (0.12, ("实缴（退）税额", "实缴", "税额", "应纳税", "入（退）库日期", "入库日期", "所得项目", "税款所属期", "已缴税额",
            "应税收入", "应纳税所得", "品目名称", "Tax paid", "tax period", "taxable", "Amount of tax")),
        (0.10, ("工资薪金", "工资、薪金", "Wages and salaries", "wages, salaries", "金额合计", "合计", "开具机关", "开票", "证件号码")),
    ),
    other=(*PLEDGES, *FORMS, *LEASES, *COMMISSIONS, "劳动合同", "聘用合同", "Employment contract", "营业执照"),
)

TOLD = Told(
    labels={
        "name": ("纳税人姓名", "纳税人名称", "姓名", "纳税人", "Name", "Taxpayer's name", "Name of taxpayer", "Taxpayer",
            "Taxpayer name", "Full name"),
        "organisation": ("扣缴义务人", "扣缴义务人名称", "扣缴单位", "扣缴单位名称", "Withholding agent", "Name of withholding agent",
            "Withheld by", "Employer"),
        "issued_on": ("开具日期", "开票日期", "制单日期", "填发日期", "开具时间", "出具日期", "打印日期", "Date of issue", "Issued on",
            "Date issued", "Issue date", "Date"),
        "-": ("应税收入", "已缴税额", "应纳税额", "开具机关", "纳税人识别号", "身份证件类型", "身份证件号码", "证件类型", "证件号码",
            "国籍", "记录期间", "税款所属期", "申报日期", "实缴（退）税额", "入（退）库日期", "所得项目", "税务机关", "合计",
            "金额合计", "No.", "编号", "Taxpayer identification number", "Taxpayer ID", "ID type", "ID number", "Tax period", "Period",
            "Tax authority", "Total", "Passport No.", "护照号", "主管税务机关", "Amount", "税种", "品目名称", "原凭证号", "备注",
            "查询验证码", "Nationality", "Tax paid"),
    },
    readers={"name": name, "organisation": organisation, "issued_on": days},
    prose=(
        re.compile(rf"(?:纳税人|纳税义务人|自然人)\s*(?P<name>{ANYBODY})\s*(?=[，,（(]|护照|证件|先生|女士|于|在|自|由)"),
        re.compile(rf"(?:兹证明|现证明|特证明|经查询?)[，,：:]?\s*(?P<name>{ANYBODY})\s*(?=[，,（(]|护照|证件|先生|女士|于|在|自|由)"),
        re.compile(rf"(?i:certif(?:y|ies)\s*that|confirms?\s*that|taxpayer)\s*[:：,]?\s*{LATIN.pattern}"),
        re.compile(r"(?:由|经|受雇于|任职于)\s*(?:其?(?:任职受雇|所在|工作)?单位|扣缴义务人)?\s*(?P<organisation>[^，,。；;\n由经]{4,50}?)\s*"
                   r"(?:代扣|扣缴|代缴|预扣|为其|依法|申报)"),
        re.compile(r"(?i:withheld(?:\s+and\s+(?:paid|remitted))?\s+by|withholding\s+agent\s*,?|employed\s+by|paid\s+through)\s+"
                   r"(?P<organisation>[A-Z][^\n;]{4,90}?)(?=\s*(?:\.\s*$|\.\s+[A-Z]|,?\s+(?i:for|in|from|during|on|has|and\s+paid|the\s+total)\b|"
                   r"\n))"),
    ),
)
MADE = re.compile(r"(?i)开具|填发|出具|打印|issued?|date\s*[:：]?\s*$|日期\s*[:：]?\s*$")


def extract(reading: Reading) -> Fields:
    pages = pages_of(EVIDENCE, reading)
    found = TOLD.gather(reading, pages)
    if not found["issued_on"]:
        every = all_dates(reading, pages)
        found["issued_on"] = [d.found for d in every if MADE.search(clause(d))][::-1] or [d.found for d in every][-1:]
    return fields(found)


KIND = Kind(
    "tax_record", Text("纳税记录", "Tax record"),
    (
        Carried("name", Text("纳税人", "Taxpayer"), "name"), Carried("organisation", Text("扣缴义务人", "Withholding agent"),
        "organisation"),
        Carried("issued_on", Text("开具日期", "Issued on"), "date"),
    ),
    score=EVIDENCE.score, extract=extract, issued="issued_on", always=("name",),
)
