"""劳动合同: of employer and foreigner, in Chinese, English or both; also 聘用合同 and the letter of a dispatch."""

import re
from collections.abc import Collection
from itertools import pairwise

from laihua.kernel.texts import Text
from laihua.prechecks.comparing import dates, money
from laihua.prechecks.kind import Carried, Fields, Found, Kind
from laihua.prechecks.kinds._evidence import Evidence
from laihua.prechecks.kinds._papers import COMMISSIONS, FORMS, LEASES, LEAVING, PERMITS, PLEDGES, RECORDS
from laihua.prechecks.kinds._readers import (
    ANYBODY,
    HAN,
    LATIN,
    Value,
    address,
    days,
    name,
    organisation,
    passport_number,
    position,
)
from laihua.prechecks.kinds._told import ISSUED, Sheet, Told, all_dates, clause, fields, order_in, sheets
from laihua.prechecks.words import Reading

EVIDENCE = Evidence(
    titles=(
        "劳动合同", "劳动合同书", "聘用合同", "聘用合同书", "雇佣合同", "聘任合同", "聘请合同", "外国专家聘用合同", "外籍人员聘用合同",
        "勞動合同", "僱傭合約", "雇傭合同", "劳动合同续签",
        "Labour contract", "Labor contract", "Employment contract", "Contract of employment", "Employment agreement",
        "Service contract of foreign expert",
        "Contract of service", "Agreement of employment", "Arbeitsvertrag", "Anstellungsvertrag", "Contrat de travail",
        "Contrato de trabajo", "Contrato de trabalho",
        "Contratto di lavoro", "雇用契約書", "労働契約書", "근로계약서", "Трудовой договор", "派遣函", "任职证明",
        "Letter of assignment", "Assignment letter", "Secondment agreement",
    ),
    words=(
        (0.12, ("甲方", "用人单位", "聘用方", "雇主", "Party A", "the Employer", "hereinafter the Company", "Arbeitgeber", "employeur")),
        (0.12, ("乙方", "受聘方", "劳动者", "受聘人", "雇员", "Party B", "the Employee", "Arbeitnehmer", "le salarié")),
        (0.15, ("合同期限", "合同期", "聘期", "聘用期", "Term of contract", "contract period", "term of employment",
            "term of this contract", "contract term", "term of the contract", "duration of the contract", "period of employment",
            "Commencement of employment")),
        (0.15, ("劳动报酬", "工资", "薪酬", "月薪", "薪金", "税前", "salary", "remuneration", "wages", "Gehalt", "rémunération")),
        (0.10, ("工作地点", "工作地址", "Place of work", "work location", "working place", "Workplace")),
        (0.10, ("担任", "岗位", "职务", "职位", "工作内容", "position", "job title", "duties")),
        (0.12, ("劳动法", "劳动合同法", "Labour Law", "Labor Law", "Labor Contract Law", "Labour Contract Law")),
        (0.10, ("社会保险", "social insurance", "试用期", "probation", "工作时间", "working hours", "休假", "annual leave")),
        (0.12, ("解除合同", "终止合同", "解除本合同", "本合同", "Termination", "this Contract", "this Agreement")),
        (0.10, ("一式两份", "双方各执一份", "双方协商", "in duplicate", "two originals", "签字盖章", "甲方盖章", "甲方签章",
            "乙方签字", "乙方签名", "签订日期", "signature of the employee")),
    ),
    other=(*PLEDGES, *FORMS, *LEASES, *COMMISSIONS, *PERMITS, *RECORDS, *LEAVING, "工作资历证明", "工作证明", "在职证明",
    "Work experience letter", "离职证明"),
)

TOLD = Told(
    labels={
        "employer": ("甲方（用人单位）", "用人单位（甲方）名称", "甲方（用人单位）名称", "用人单位（甲方）", "甲方", "用人单位名称",
            "用人单位", "聘用单位", "聘方", "聘用方", "雇主", "单位名称", "甲方名称", "Party A", "Employer", "Employer (Party A)",
            "Party A (Employer)", "Name of employer", "Company", "Company name", "Name of company", "The Employer", "The Company",
            "Arbeitgeber", "Employeur"),
        "employee": ("乙方（劳动者）", "劳动者（乙方）姓名", "乙方（劳动者）姓名", "乙方（受聘人）", "乙方（受聘方）", "乙方（雇员）",
            "劳动者（乙方）", "乙方", "劳动者", "劳动者姓名", "受聘人", "受聘方", "受聘人姓名", "雇员", "员工", "员工姓名", "姓名",
            "乙方姓名", "Party B", "Employee", "Employee (Party B)", "Party B (Employee)", "Name of employee", "Employee name", "Name",
            "Full name", "The Employee", "Arbeitnehmer", "Salarié"),
        "passport_number": ("护照号", "护照号码", "护照编号", "护照", "证件号码", "有效证件号码", "身份证件号码", "Passport No.",
            "Passport number", "Passport", "ID / Passport No.", "Reisepass Nr."),
        "position": ("职务", "职位", "岗位", "工作岗位", "担任职务", "岗位名称", "职位名称", "聘用岗位", "职务（岗位）", "聘任岗位",
            "工作职务", "Position", "Job title", "Post", "Title", "Position title", "Job position", "Title of position", "Tätigkeit",
            "Fonction"),
        "term": ("合同期限", "合同期", "聘期", "聘用期限", "聘用期", "劳动合同期限", "合同有效期", "期限", "Term", "Contract term",
            "Contract period", "Term of contract", "Term of employment", "Period of employment", "Duration", "Contract duration"),
        "from_date": ("合同起始日期", "合同开始日期", "起始日期", "开始日期", "生效日期", "聘用起始日期", "入职日期", "Start date",
            "Commencement date", "Date of commencement", "From", "Effective date", "Employment start date"),
        "to_date": ("合同终止日期", "合同结束日期", "合同截止日期", "终止日期", "截止日期", "结束日期", "到期日期", "聘用终止日期",
            "End date", "Expiry date", "Date of expiry", "Expiration date", "To", "Termination date"),
        "work_address": ("工作地点", "工作地址", "工作场所", "Place of work", "Work place", "Workplace", "Work location",
            "Working place", "Work address", "Working address", "Place", "Location", "Location of work", "Place of employment",
            "Arbeitsort", "Lieu de travail"),
        "signed_on": ("签订日期", "签署日期", "签约日期", "合同签订日期", "签字日期", "签订时间", "Date of signing", "Signed on",
            "Date signed", "Signing date", "Date of signature", "Date of contract"),
        "salary": ("劳动报酬", "工资报酬", "工资", "工资标准", "月工资", "薪酬", "薪资", "月薪", "年薪", "税前月薪", "税前工资",
            "税前年薪", "月薪（税前）", "工资待遇", "Salary", "Monthly salary", "Annual salary", "Gross salary",
            "Gross monthly salary", "Remuneration", "Base salary", "Basic salary", "Pay", "Wage", "Compensation", "Gehalt"),
        "-": ("地址", "住所", "法定代表人", "联系电话", "电话", "统一社会信用代码", "国籍", "出生日期", "性别", "工作内容", "工作时间",
            "Address", "Legal representative", "Nationality", "Date of birth", "Gender", "Sex", "Telephone", "Duties", "甲方（盖章）",
            "乙方（签字）", "甲方（签章）", "乙方（签名）", "甲方盖章", "乙方签字", "Signature", "Seal", "日期", "Date", "Department",
            "部门", "Working hours", "签名", "盖章", "甲方地址", "乙方地址", "Unified social credit code", "Credit code", "试用期",
            "试用期限", "Probation", "Probation period", "工作内容 Work", "来华工作时间"),
    },
    readers={
        "employer": organisation, "employee": name, "passport_number": passport_number, "position": position, "work_address": address,
        "signed_on": days,
    },
    prose=(
        re.compile(rf"(?:^|\n|\(\d\)|"
            rf"\d\.)\s*(?P<employer>[A-Z][^\n\t{HAN}(]{{4,80}}?(?:\([A-Z]\w+\)[^\n\t{HAN}(]{{2,40}}?)?)(?:\s+of\s[^\n(]{{2,80}}?)?\s*"
            r"[,，]?\s*\((?i:hereinafter[^)]{0,30}|the\s+)?[\"“]?(?i:employer|company|party\s+a)"),
        re.compile(rf"(?:^|\n|\(\d\)|\d\.|(?i:\band|\bund|\bet|"
            rf"\by))\s*{LATIN.pattern.replace('name', 'employee')}[^\n(]{{0,100}}?\s*[(–—-]\s*"
            r"(?i:hereinafter[^)]{0,30}|the\s+|nachfolgend\s+|im\s+folgenden\s+)?[\"“„]?(?i:employee|party\s+b|arbeitnehmer)"),
        re.compile(rf"(?i:zwischen\s+(?:der\s+|dem\s+)?|"
            rf"entre\s+(?:la\s+société\s+)?)(?P<employer>[A-Z][^\n\t{HAN}]{{4,80}}?)\s*[–—,(-]\s*(?i:nachfolgend|im\s+folgenden|"
            rf"ci-après|représentée)"),
        re.compile(rf"(?i:\bbetween\s*[:：]?\s*)(?P<employer>(?-i:[A-Z])[^\n\t{HAN}]{{4,90}}?)\s*(?i:[,(（]\s*(?:hereinafter|hereafter|"
            rf"a\s+company|the\s|\"|“|registered|with\s|having|credit|unified)|\s+and\s+(?=(?:mr|ms|mrs|dr)\b))"),
        re.compile(rf"(?i:\band\s*[:：]?\s*){LATIN.pattern.replace('name', 'employee')}(?=[\s,，(（]*(?i:\(?hereinafter|\(?hereafter|"
            rf"holder|passport|a\s+citizen|a\s+national|nationality|\(?the\s+[\"“]?employee|\(?[\"“]?party\s+b|born|residing))"),
        re.compile(r"(?:甲方|用人单位|聘方|公司)?(?:聘用|聘请|雇用|雇佣|聘任|安排)\s*乙方\s*(?:在[^，。；]{2,30}(?:部门|"
            r"岗位)?)?[，,]?\s*(?:为其)?(?:担任|从事|任|为)\s*(?P<position>(?!(?:的|相关|该|本)?工作)[^，。；\n]{2,60}?)\s*(?:一职|职务|职位|岗位|工作|，|。|；|"
            r"\n)"),
        re.compile(r"乙方(?:同意)?(?:根据甲方(?:工作)?需要)?[，,]?\s*(?:在[^，。；]{0,30}?)?(?:担任|从事|"
            r"任)\s*(?P<position>(?!(?:的|相关|该|本)?工作)[^，。；\n]{2,60}?)\s*(?:一职|职务|职位|岗位|工作|，|。|；|\n)"),
        re.compile(r"(?:同意|安排|聘用|聘请|聘任|乙方)[^，。；\n]{0,8}?(?:在|到|从事|担任)\s*[_＿]*\s*(?:[^，。；\n（(在]{2,12}?部门?的?)?"
            r"(?P<position>[^，。；\n（(在到]{2,24}?)\s*[_＿]*\s*(?:岗位|职位|职务|一职)(?:\s*[（(](?:工种|职务|岗位)[）)])?"
            r"(?:\s*[（(]\s*(?:英文|英语|外文|English)?(?:名称|职务名?|岗位名?)?\s*(?:为|[:：])?\s*[_＿]*\s*(?P<position2>[A-Z][^）)\n]{2,60}?)\s*[_＿]*\s*[)）])?"),
        re.compile(r"(?:工作岗位|岗位|职务|职位)\s*(?:[（(](?:工种|职务|岗位|职位)[）)])?\s*(?:为|是|[:：])\s*[:：]?\s*(?P<position>[^，。；\n]{2,60}?)\s*(?:[，。；\n]|$)"),
        re.compile(
            r"(?i:(?:serve|act|work|be\s+employed|employed|engaged?|engaged|hired?|appointed?|employs?\s+the\s+employee|"
            r"position\s+of\s+the\s+employee\s+is|employs?\s+party\s+b)\s+(?:[a-z]+\s+){0,5}?(?:as|in\s+the\s+position\s+of|"
            r"to\s+the\s+position\s+of|for\s+the\s+position\s+of)\s+(?:an?\s+|the\s+|its\s+)?)"
            r"[\"“]?(?P<position>[A-Z][\w&/'()\- ]{2,60}?)[\"”]?(?=\s*(?:[,.;，。\n(]|(?i:\b(?:at|in\s+the|with|for\s+the|and\s+shall|"
            r"who|from|based|under|reporting|commencing|starting|located|within|position|of\s+the\s+(?:employer|company|party)))\b))"
        ),
        re.compile(r"(?i:(?:position|job\s+title|title)\s+(?:of\s+the\s+employee\s+|of\s+party\s+b\s+)?(?:is|shall\s+be|"
            r"will\s+be)\s*[:：]?\s*(?:that\s+of\s+)?(?:an?\s+|"
            r"the\s+)?)[\"“]?(?P<position>[A-Z][\w&/'()\- ]{2,60}?)[\"”]?(?=\s*[,.;，。\n])"),
        re.compile(r"(?:工作地点|工作地址)\s*(?:位于|为|是|在|[:：])\s*[:：]?\s*(?P<work_address>[^。；\n]{5,90})"),
        re.compile(r"(?i:place\s+of\s+work|work(?:ing)?\s*(?:place|location|address)|workplace)(?i:\s+of\s+the\s+employee)?\s*(?i:is|"
            r"shall\s+be|will\s+be)\s*(?i:located\s+)?(?i:at\s|in\s|:)?\s*"
            r"(?P<work_address>[^;。；\t]{8,120}?)(?=(?<!\bNo)(?<!\bRd)(?<!\bSt)\.(?:\s|$)|\n|;|；|。)"),
        re.compile(r"(?i:passport)\s*(?i:no|number|nr)?\s*[.:：]?\s*(?P<passport_number>[A-Z0-9][A-Z0-9 ]{5,12})"),
        re.compile(r"护照\s*(?:号码?|编号)?\s*(?:为|是|[:：])?\s*(?P<passport_number>[A-Z0-9][A-Z0-9 ]{5,12})"),
        re.compile(rf"(?:与|和)\s*(?P<employee>{ANYBODY})\s*[（(](?:以下|下称|乙方)"),
        re.compile(r"(?i:signed|made|entered\s+into|dated|executed|concluded)\s+(?i:[a-z ,]{0,60}?)(?i:on|as\s+of|this|"
            r"the)?\s*(?P<signed_on>[^\n]{6,40})"),
        re.compile(r"(?:于|在)?\s*(?P<signed_on>\d{4}\s*年[^，。；\n]{3,10})\s*(?:在[^，。；\n]{1,12})?(?:签订|签署|订立)"),
    ),
)

TERM = re.compile(
    r"(?i)合同期限?|聘用期限?|聘期|任期|期限|有效期|term\b|period\b|duration|commenc\w+|effective|valid\w*|shall\s+(?:begin|start)|"
    r"starts?\s+on|employ(?:ed|ment)\s+from|assignment|from\b|laufzeit|自\s*(?=\d)|从\s*(?=\d)"
)
NO_END = re.compile(r"(?i)无固定期限|無固定期限|open[- ]ended|indefinite\s+(?:term|period|duration)|without\s+(?:a\s+)?fixed\s+term|"
r"unbefristet|indéterminée")
PROBATION = re.compile(r"(?i)试用|試用|probation|trial|Probezeit|服务于|曾")
BETWEEN = re.compile(r"(?i)^[\s,，（(\"]*(?:起|开始|生效|始|日)?[\s,，)）/]*(?:(?:至|到|止于|—+|–|-+|~|～|to\b|until\b|till\b|"
    r"through\b|thru\b|up\s+to|bis\b|au\b|al\b|a\b|and\b|ending|expir\w*|terminat\w*|截止|终止)[\s,]*)")
JOINED = re.compile(r"(?i)至|到|止|\bto\b|until|till|through|expir|terminat|\bend|bis|\bau\b|\bal\b|[—–~～-]")
PAY = re.compile(r"(?i)工资|薪酬|薪资|月薪|年薪|劳动报酬|报酬|薪金|税前|salary|remuneration|wages?\b|compensation|gehalt|rémunération|"
    r"\bpays?\b")
ALLOWANCE = re.compile(r"(?i)津贴|补贴|补助|奖金|违约金|赔偿|补偿|经济|报销|保险|房租|住房|机票|最低|社保|allowance|bonus|penalt|"
    r"compensate|liquidated|reimburse|insurance|housing|minimum|subsid|airfare|deduct|damages|probation|试用")


def extract(reading: Reading) -> Fields:
    pages = tuple(leaf.number for leaf in reading.leaves)
    found = TOLD.gather(reading, pages)
    found["position"], found["position_en"] = in_chinese(found["position"])
    found["from_date"], found["to_date"] = term(reading, pages)
    found["salary"] = salary(reading, pages)
    if not found["signed_on"]:
        found["signed_on"] = signed(reading, pages, {f.value for f in (*found["from_date"], *found["to_date"])})
    return fields(found)


def in_chinese(found: list[Found]) -> tuple[list[Found], list[Found]]:
    """Posts in Chinese and those in other languages; what is there in one language only counts for it alone."""
    chinese = [f for f in found if re.search(rf"[{HAN}]", f.value)]
    return chinese, [f for f in found if f not in chinese]


def term(reading: Reading, pages: Collection[int]) -> tuple[list[Found], list[Found]]:
    """From and to: what stands at labels of its own, else two days joined by “to” after a word for the term. Not the probation."""
    order = order_in(reading)
    begins: list[Found] = []
    ends: list[Found] = []
    for one in sheets(reading, pages):
        held = TOLD.at(one)
        for key, into in (("from_date", begins), ("to_date", ends)):
            for cell in held[key]:
                read = [d for d in dates.read(cell.text, order=order) if len(d.value) == 10][:1]
                into += [Found(d.value, cell.text, cell.page, cell.box, cell.sure, doubt=d.doubt) for d in read]
    pairs = [pair for one in sheets(reading, pages) for pair in spans(one, order)]
    pairs.sort(key=lambda pair: -pair[0])
    if begins and ends:
        return begins, ends
    if not pairs and not ends:
        ends = [spot for one in sheets(reading, pages) for m in NO_END.finditer(one.text)
                if (spot := one.found(Value(dates.LONG, *m.span())))]
    return [first for _, first, _ in pairs] or begins, [second for _, _, second in pairs] or ends


def spans(one: Sheet, order: dates.Order) -> list[tuple[int, Found, Found]]:
    read = [d for d in dates.read(one.text, order=order) if len(d.value) == 10]
    found = []
    for first, second in pairwise(read):
        before = one.text[max(0, first.text_span[0] - 90):first.text_span[0]]
        middle = one.text[first.text_span[1]:second.text_span[0]]
        near = re.split(r"[。；;]|\d{4}", before)[-1]
        if len(middle) > 70 or not JOINED.search(middle) or "。" in middle or first.value >= second.value:
            continue
        if PROBATION.search(near[-30:] + middle):
            continue
        begin, end = (one.found(Value(d.value, *d.text_span, d.doubt)) for d in (first, second))
        if begin and end:
            found.append((2 if TERM.search(near) else 1, begin, end))
    return found


def salary(reading: Reading, pages: Collection[int]) -> list[Found]:
    """Sums after a word for pay. Those with a period first; allowances, bonuses and penalties are none."""
    found: list[tuple[int, Found]] = []
    for one in sheets(reading, pages):
        for cell in TOLD.at(one)["salary"]:
            for read in money.read(cell.text, cell.label)[:1]:
                start, end = read.text_span
                found.append((3, Found(read.value, cell.text[start:end], cell.page, cell.box, cell.sure, doubt=read.doubt)))
        for read in money.read(one.text):
            start, end = read.text_span
            before = re.split(r"[。；;\t]", one.text[max(0, start - 110):start])[-1]
            cue = [m.end() for m in PAY.finditer(before)]
            if not cue or ALLOWANCE.search(before[max(0, cue[-1] - 12):]) or ALLOWANCE.match(one.text[end:end + 12].lstrip(" ,，")):
                continue
            if spot := one.found(Value(read.value, start, end, read.doubt)):
                found.append((2 if read.period else 0, spot))
    found.sort(key=lambda pair: -(pair[0] + bool(pair[1].value.partition("/")[2])))
    return [spot for _, spot in found]


def signed(reading: Reading, pages: Collection[int], others: Collection[str]) -> list[Found]:
    """The last day that is neither the term's nor a birthday, where a word of signing or of the date stands before it."""
    every = [d for d in all_dates(reading,
    pages) if d.found.value not in others and ISSUED.search(clause(d)) and "出生" not in clause(d) and "birth" not in clause(d).casefold()]
    return [d.found for d in every[::-1]][:2]


KIND = Kind(
    "labour_contract", Text("劳动合同", "Labour contract"),
    (
        Carried("employer", Text("用人单位", "Employer"), "organisation"), Carried("employee", Text("受聘人", "Employee"), "name"),
        Carried("passport_number", Text("护照号", "Passport number"), "number"), Carried("position", Text("职务", "Position"),
        "position"),
        Carried("position_en", Text("职务（英文）", "Position in English"), "position"), Carried("from_date", Text("合同开始日期",
        "From"), "date"),
        Carried("to_date", Text("合同结束日期", "To"), "date"), Carried("salary", Text("工资", "Pay"), "money"),
        Carried("work_address", Text("工作地点", "Place of work"), "address"), Carried("signed_on", Text("签订日期", "Signed on"),
        "date"),
    ),
    score=EVIDENCE.score, extract=extract, expires="to_date", always=("employer", "employee"),
)
