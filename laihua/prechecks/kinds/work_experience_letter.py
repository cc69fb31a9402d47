"""工作资历证明: what a former employer writes of a person's post and time."""

import re
from collections.abc import Collection
from itertools import zip_longest

from laihua.kernel.texts import Text
from laihua.prechecks.comparing import dates
from laihua.prechecks.kind import Carried, Fields, Found, Kind
from laihua.prechecks.kinds._evidence import Evidence
from laihua.prechecks.kinds._papers import COMMISSIONS, FORMS, LEASES, PERMITS, PLEDGES, SKILLS
from laihua.prechecks.kinds._readers import (
    ANYBODY,
    HAN,
    LATIN,
    SUFFIX,
    Value,
    dated,
    days,
    name,
    organisation,
    passport_number,
    position,
)
from laihua.prechecks.kinds._told import Sheet, Told, fields, issue_dates, order_in, pages_of, sheets
from laihua.prechecks.layout import is_han
from laihua.prechecks.words import Reading

EVIDENCE = Evidence(
    titles=(
        "工作资历证明", "工作经历证明", "工作证明", "工作履历证明", "任职经历证明", "工作经验证明", "工作年限证明", "在职证明",
        "离职证明", "从业经历证明", "工作資歷證明", "服務證明", "在職證明", "離職證明", "在職証明書", "経歴証明書", "退職証明書",
        "재직증명서", "경력증명서",
        "Proof of work experience", "Work experience letter", "Work experience certificate", "Certificate of work experience",
        "Working experience certificate", "Work certificate", "Working certificate", "Letter of experience", "Experience letter",
        "Experience certificate", "Certificate of experience",
        "Employment certificate", "Certificate of employment", "Employment verification letter", "Verification of employment",
        "Confirmation of employment", "Employment confirmation", "Proof of employment", "Employment reference", "Letter of employment",
        "Certificate of service", "Service certificate", "Reference letter",
        "Employment letter", "Letter of reference", "Employer's reference", "Arbeitszeugnis", "Arbeitsbestätigung",
        "Arbeitsbescheinigung", "Zwischenzeugnis", "Certificat de travail", "Attestation de travail", "Attestation d'emploi",
        "Attestation employeur", "Certificado de trabajo", "Certificado laboral", "Constancia laboral", "Constancia de trabajo",
        "Declaração de trabalho", "Certificato di servizio", "Attestato di servizio", "Tjänstgöringsintyg", "Arbetsintyg",
        "Arbetsgivarintyg", "Werkgeversverklaring", "Getuigschrift", "Świadectwo pracy", "Справка с места работы",
        "To whom it may concern", "Relieving letter",
    ),
    words=(
        (0.15, ("兹证明", "特此证明", "This is to certify", "hereby certif", "hereby confirm", "This letter confirms",
            "This letter is to confirm", "we confirm that", "we certify", "is to confirm that", "I confirm that", "we hereby",
            "hiermit bestätigen", "bestätigen wir", "certifions", "atteste", "attestons", "certifica que", "intygas", "verify that",
            "To whom it may concern")),
        (0.25, ("was employed", "has been employed", "had been employed", "has worked", "worked for", "worked with", "worked at",
            "worked as", "worked in", "working with us", "has been working", "employed by", "employed as", "employed with",
            "was with us", "served as", "employment with", "joined our company", "joined the company", "joined us", "war bei uns",
            "beschäftigt", "tätig", "a été employé", "a travaillé", "occupé le poste", "a occupé", "ha trabajado", "trabajó",
            "desempeñ", "ha lavorato", "har varit anställd", "anställd", "全职工作", "工作期间", "在职期间", "在本单位工作",
            "在我公司", "在我单位", "在我司", "在本公司", "任职", "就职", "工作表现", "工作经历")),
        (0.12, ("position", "job title", "as a ", "duties", "responsibilities", "responsible for", "职务", "职位", "担任", "岗位",
            "负责", "任", "Position", "Stelle", "poste", "cargo", "befattning")),
        (0.12, ("period", "from", "until", "since", "full time", "full-time", "起止时间", "工作时间", "起止日期", "至今", "在职时间",
            "自", "vom", "bis zum", "du ", "desde", "hasta")),
        (0.10, ("referee", "contact", "证明人", "联系方式", "联系电话", "Human Resources", "人力资源", "HR Manager", "HR Director",
            "Personnel", "Yours faithfully", "Yours sincerely", "Sincerely", "负责人", "Mit freundlichen", "e-mail", "email", "Tel")),
    ),
    other=(*PLEDGES, *FORMS, *LEASES, *COMMISSIONS, *PERMITS, *SKILLS, "推荐信", "Letter of recommendation", "Curriculum vitae",
    "简历", "劳动合同", "聘用合同", "Employment contract", "Labour contract", "无犯罪记录证明", "体检证明", "学位证书",
           "Apostille", "纳税记录", "完税证明", "Police clearance certificate", "Certificate of no criminal record", "收入证明",
           "Certificate of income"),
)

EMPLOYED = (
    r"(?:worked|works|working|employed|served|been\s+working|been\s+employed|joined|employment|engaged|tätig|beschäftigt|"
    r"anställd|employée?|travaillé|trabajado|trabajó|lavorato)"
)
ORGANISATION = rf"[A-Z0-9][^\n\t{HAN}，。;；(]{{2,70}}?"
STOP = (
    r"(?=\s*(?:\.\s|\.$|\n|\t|[,;，。；(（]|(?i:\b(?:as|from|since|between|in\s+the|on\s+a|for|during|full|and|where|holding|until|"
    r"with\s+effect|at\s+our|within|reporting|of\s+our|under|to\s+date|starting)\b)))"
)
TOLD = Told(
    labels={
        "name": ("姓名", "员工姓名", "职工姓名", "Name", "Full name", "Name of employee", "Employee", "Employee name",
            "Name and surname", "Nom et prénom", "Nom", "Nombre", "Nome", "Namn", "Mitarbeiter", "氏名", "성명"),
        "passport_number": ("护照号", "护照号码", "护照", "证件号码", "Passport No.", "Passport number", "Passport",
            "Passport / ID No.", "ID / Passport No."),
        "employer": ("单位名称", "工作单位", "原工作单位", "用人单位", "公司名称", "任职单位", "出具单位", "Employer", "Company",
            "Company name", "Name of company", "Name of employer", "Organisation", "Organization", "Firm", "Arbeitgeber", "Employeur",
            "Empresa"),
        "position": ("职务", "职位", "岗位", "担任职务", "工作岗位", "职务名称", "职称", "Position", "Job title", "Title", "Post",
            "Position held", "Positions held", "Last position", "Role", "Designation", "Tätigkeit", "Fonction", "Poste", "Cargo",
            "Puesto", "Befattning"),
        "period": ("起止时间", "工作时间", "任职时间", "在职时间", "起止日期", "起止年月", "工作期间", "工作起止时间", "任职期间",
            "服务期间", "Period", "Employment period", "Period of employment", "Dates of employment", "Duration", "Period of service",
            "Dates", "Employment dates", "Zeitraum", "Période"),
        "from_date": ("入职日期", "入职时间", "开始日期", "起始日期", "到职日期", "开始时间", "起始时间", "开始年月", "入司日期",
            "入司时间", "到岗日期", "到岗时间", "Start date", "Date started", "Starting date", "Started on", "Commencement date",
            "From", "Date of joining",
            "Joining date", "Date joined", "Employed from", "Employed since", "Hire date", "Date of hire", "Employment start date",
            "Date of entry"),
        "to_date": ("离职日期", "离职时间", "结束日期", "终止日期", "结束时间", "终止时间", "结束年月", "离司日期",
            "离司时间", "离岗日期", "离岗时间", "End date", "Date ended", "Ending date", "Ended on", "Left on",
            "To", "Date of leaving", "Leaving date",
            "Date of relieving", "Last working day", "Last day of employment", "Employed until", "Employment end date", "Until",
            "Termination date", "Date of departure"),
        "issued_on": ("出具日期", "签发日期", "日期", "开具日期", "落款日期", "Issued on", "Date of issue", "Date", "Date issued",
            "Datum", "Fecha", "Date of letter"),
        "-": ("证明人", "联系方式", "联系电话", "电话", "邮箱", "地址", "国籍", "性别", "出生日期", "工作内容", "主要职责", "Referee",
            "Contact", "Telephone", "Tel", "E-mail", "Email", "Address", "Nationality", "Date of birth", "Sex", "Gender", "Duties",
            "Main duties", "Responsibilities", "Signature", "Seal", "Phone", "Department", "部门", "Employment type",
            "Reason for leaving", "Salary", "Website", "Ref", "Our ref", "Subject", "Re", "负责人", "Head of Human Resources",
            "HR Manager", "公司地址", "工作性质", "Contact person", "Reference No."),
    },
    readers={"name": name, "passport_number": passport_number, "employer": organisation, "position": position, "issued_on": days},
    prose=(
        re.compile(rf"(?i:certif(?:y|ies|ied)\s*that|confirm(?:s|ed)?\s*that|verif(?:y|ies)\s*that|attest(?:s|ons|e)?\s+que|"
            rf"certifi(?:e|ons)\s+que|certificamos\s+que|constar\s+que|certifica\s+que|hace\s+constar\s+que|attesta\s+che|"
            rf"bestätigen\s+wir,?\s+dass|bestätigen,?\s+dass|"
            rf"intygas\s+att|employment\s+of|regarding|reference\s+for)\s*[:：]?\s*{LATIN.pattern}"),
        re.compile(rf"(?:^|\n)\s*{LATIN.pattern}(?=[ ,]*(?:\([^)]{{0,80}}\)|,[^\n]{{0,80}},)?[ ]*(?i:has\s+been\s+employed|"
            rf"was\s+employed|has\s+worked|worked\s|is\s+employed|was\s+working|joined\s|war\s|ist\s+bei))"),
        re.compile(rf"(?:兹证明|特证明|现证明|证明)[，,：:]?\s*(?:我单位|我公司|我司|本公司|本单位)?(?:员工|职工|同志|"
            rf"雇员)?\s*(?P<name>{ANYBODY})\s*(?=[，,（(]|先生|女士|自|于|从|在|曾|男|女|护照|同志|系|是|为)"),
        re.compile(r"(?i:passport)\s*(?i:no|number|nr)?\s*[.:：]?\s*(?P<passport_number>[A-Z0-9][A-Z0-9 ]{5,12})"),
        re.compile(r"护照\s*(?:号码?|编号)?\s*(?:为|是|[:：])?\s*(?P<passport_number>[A-Z0-9][A-Z0-9 ]{5,12})"),
        re.compile(rf"(?i:\b{EMPLOYED})\s+(?i:[a-z-]+\s+){{0,4}}?(?i:by|with|for|at|in|bei|chez|en|our\s+company|"
            rf"joined)\s+(?i:us\s+at\s+|our\s+company,?\s+|the\s+company\s+|bei\s+)?(?P<employer>{ORGANISATION}(?:(?<=Ltd|Inc|S\.A|"
            rf"orp)\.)?){STOP}"),
        re.compile(rf"(?i:employed\s+(?:full[- ]time\s+)?|worked\s+(?:full[- ]time\s+)?|working\s+|served\s+|joined\s+[^\n]{{0,80}}?|"
            rf"position\s+of\s+|post\s+of\s+|role\s+of\s+|capacity\s+of\s+|employ(?:ed|ment)\s[^\n]{{0,120}}?|"
            rf"worked\s[^\n]{{0,120}}?|with\s+us\s[^\n]{{0,60}}?|title\s+of\s+)(?i:(?:as|als|comme|como|in\s+the\s+position\s+of|"
            rf"in\s+the\s+role\s+of|holding\s+the\s+position\s+of|en\s+qualité\s+de)\s+)?(?i:(?<=as\s)|(?<=of\s)|(?<=als\s)|"
            rf"(?<=comme\s)|(?<=como\s)|(?<=de\s))(?i:an?\s+|the\s+|"
            rf"our\s+)?[\"“]?(?P<position>[A-Z][\w&/'’()+\- ]{{2,60}}?)[\"”]?{STOP}"),
        re.compile(r"\bals\s+(?P<position>[A-ZÄÖÜ][\w-]+(?:\s[\w-]+){0,4}?)(?=\s+(?:in|im|bei|am|der|beschäftigt|tätig|angestellt)\b|"
            r"\s*[,.;\n])"),
        re.compile(r"(?i:en\s+qualité\s+de|en\s+tant\s+que|au\s+poste\s+de|le\s+poste\s+de|el\s+cargo\s+de|el\s+puesto\s+de|"
            r"o\s+cargo\s+de|in\s+qualità\s+di|como)\s+(?P<position>[A-ZÀ-Þ][^\n,.;\d]{2,60}?)(?=\s+(?:du|depuis|desde|durante|dal|"
            r"de\s+\d|au\s+sein|dans|chez|en\s+la|en\s+el|presso)\b|\s*[,.;\n])"),
        re.compile(r"(?:担任|职务为|职位为|任职?)\s*[“\"]?(?P<position>[^，。；\n]{2,40}?)[”\"]?\s*(?:一职|职务|职位|岗位|"
            r"[，。；、（\n]|$)"),
        re.compile(r"(?:至今|[月日年\d])\s*(?:期间|止)?\s*[，,]?\s*(?:在|就职于|任职于|受雇于|"
            r"供职于)\s*(?P<employer>[^，。；\n]{4,60}?)\s*(?:[（(][^）)]{0,60}[）)])?\s*(?:全职|担任|工作|任|从事|就职|[，。])"),
        re.compile(r"(?:就职于|任职于|受雇于|供职于)\s*(?P<employer>[^，。；\n]{4,60}?)\s*(?:[（(][^）)]{0,60}[）)])?\s*(?:全职|担任|"
            r"工作|任|从事|[，。])"),
    ),
)

JOINED = re.compile(r"(?i)至|到|止|\bto\b|until|till|through|\bbis\b|\bau\b|\bal\b|hasta|\btill?\b|[—–~～-]|\band\b|t\.?o\.?m|离职|left")
TITLE = re.compile(r"(?i)证明|certificate|letter")
NOW = re.compile(r"(?i)^[\s,，]*(?:起|入职|到岗)?[\s,，]*(?:至今|到今|至现在|(?:to|until|till|[-–—~])\s*(?:the\s+)?(?:date|present|now|"
r"today)|"
    r"to\s+date)")


def extract(reading: Reading) -> Fields:
    pages = pages_of(EVIDENCE, reading)
    found = TOLD.gather(reading, pages)
    found["from_date"], found["to_date"] = period(reading, pages)
    if not found["employer"]:
        found["employer"] = letterhead(reading, pages)
    if not found["issued_on"]:
        worked = {f.value for f in (*found["from_date"], *found["to_date"])}
        found["issued_on"] = [f for f in issue_dates(reading, pages) if f.value[:7] not in worked]
    return fields(found)


def period(reading: Reading, pages: Collection[int]) -> tuple[list[Found], list[Found]]:
    """From and to as months: at their labels, else the first two dates that “to” joins. Whoever still works there has no end."""
    read = dated(order_in(reading), months=True)
    begins: list[Found] = []
    ends: list[Found] = []
    for one in sheets(reading, pages):
        held = TOLD.at(one)
        for key, into in (("from_date", begins), ("to_date", ends)):
            for cell in held[key]:
                into += [Found(v.value, cell.text, cell.page, cell.box, cell.sure) for v in list(read(cell.text))[:1]]
    if begins and ends:
        return begins, ends
    for one in sheets(reading, pages):
        for begin, end in spans(one, order_in(reading)):
            begins.append(begin)
            if end:
                ends.append(end)
    return begins, ends


def spans(one: Sheet, order: dates.Order) -> list[tuple[Found, Found | None]]:
    read = [d for d in dates.read(one.text, order=order) if d.value != dates.LONG]
    found: list[tuple[Found, Found | None]] = []
    for first, second in zip_longest(read, read[1:]):
        if NOW.match(one.text[first.text_span[1]:]) and (begin := one.found(Value(first.value[:7], *first.text_span))):
            found.append((begin, None))
        elif second:
            middle = one.text[first.text_span[1]:second.text_span[0]]
            if len(middle) <= 45 and JOINED.search(middle) and "。" not in middle and "\n\n" not in middle and first.value < second.value:
                begin, end = (one.found(Value(d.value[:7], *d.text_span)) for d in (first, second))
                if begin and end:
                    found.append((begin, end))
    return found


def letterhead(reading: Reading, pages: Collection[int]) -> list[Found]:
    """An organisation that stands alone on one of the first lines or of the last ones, as head or signature."""
    found = []
    for leaf in reading.leaves:
        if leaf.number in pages:
            for line in (*leaf.lines[:4], *leaf.lines[-5:]):
                for value in organisation(line.text):
                    start, end = value.start, value.end
                    known = SUFFIX.search(value.value) or is_han(value.value[0])
                    if known and end - start >= 0.5 * len(line.text) and not TITLE.search(line.text):
                        found.append(Found(value.value, line.text[start:end], leaf.number, line.part(start, end), line.sure))
    return found


KIND = Kind(
    "work_experience_letter", Text("工作资历证明", "Proof of work experience"),
    (
        Carried("name", Text("姓名", "Name"), "name"), Carried("passport_number", Text("护照号", "Passport number"), "number"),
        Carried("employer", Text("原工作单位", "Former employer"), "organisation"), Carried("position", Text("职务", "Position"),
        "position"),
        Carried("from_date", Text("开始年月", "From"), "month"), Carried("to_date", Text("结束年月", "To"), "month"),
        Carried("issued_on", Text("出具日期", "Issued on"), "date"),
    ),
    score=EVIDENCE.score, extract=extract, issued="issued_on", always=("name",),
)
