"""Degree certificates and diplomas of any country, and their translations."""

import re
from collections.abc import Collection, Iterator

from laihua.kernel.texts import Text
from laihua.prechecks.kind import Carried, Fields, Found, Kind
from laihua.prechecks.kinds._evidence import Evidence
from laihua.prechecks.kinds._papers import COMMISSIONS, FORMS, LEASES, LEAVING, PERMITS, PLEDGES, SKILLS
from laihua.prechecks.kinds._readers import ANYBODY, HAN, LATIN, Reader, Value, days, name, text_of, tidy
from laihua.prechecks.kinds._told import Told, fields, issue_dates, pages_of, sheets
from laihua.prechecks.words import Reading

NAMED_DEGREES = (
    r"(?:(?:Bachelor|Master|Doctor|Associate|Licenciate|Licentiate)(?:'s|’s)?\s+(?:degree\s+)?(?:of|in)\s+[A-Z][\w&,'’()\- ]{2,60}?|"
    r"(?:Bachelor|Master|Doctor)(?:'s|’s)?\s+degree|Doctor\s+of\s+Philosophy|"
    r"(?:BACHELOR|MASTER|DOCTOR)\s+(?:OF|IN)\s+[A-Z &\-]{3,60}|Ph\.?\s?D\.?|MBA|M\.?Sc\.?|B\.?Sc\.?|M\.?Eng\.?|B\.?Eng\.?|M\.?A\.|"
    r"B\.?A\.|LL\.?M\.?|"
    r"Diplom-?[A-Z]?\w+(?:\s\([A-Z]+\))?|Magister\s+\w+|Laurea(?:\s+[Mm]agistrale)?(?:\s+in\s+[\w ]+)?|Dottore(?:\s+[Mm]agistrale)?|"
    r"Licenciad[oa]\s+(?:en|em)\s+[\w ]+|Licence(?:\s+de|\s+en|\s+d['’])\s*[\w ]+|Maîtrise[\w ']*|Maestr[íi]a\s+en\s+[\w ]+|"
    r"Mestre\s+em\s+[\w ]+|Bacharel\s+em\s+[\w ]+|"
    r"(?i:dipl[oô]me|grade)\s+(?i:de)\s+(?i:licence|master|doctorat|docteur|bachelor)|Master(?=,?\s+mention)|Doctorat|"
    r"Grado\s+en\s+[\w ]+|M[áa]ster\s+(?:Universitario\s+)?en\s+[\w ]+|Diplôme\s+d['’][\w ]+|Candidatus?\s+\w+|Kandidatexamen|"
    r"Masterexamen|Civilingenjör)"
)

EVIDENCE = Evidence(
    titles=(
        "学位证书", "學位證書", "毕业证书", "畢業證書", "学士学位证书", "硕士学位证书", "博士学位证书", "学历证书",
        "普通高等学校毕业证书", "最高学位证书", "卒業証書", "学位記", "卒業証明書", "학위증", "학위기", "졸업증명서", "Диплом",
        "Degree certificate", "Certificate of degree", "Bachelor's degree", "Master's degree", "Doctoral degree", "Diploma",
        "Graduation certificate", "Certificate of graduation", "Diploma of graduation",
        "Bachelor of Science", "Bachelor of Arts", "Bachelor of Engineering", "Bachelor of Business Administration",
        "Master of Science", "Master of Arts", "Master of Engineering", "Master of Business Administration",
        "Doctor of Philosophy", "Bachelorurkunde", "Masterurkunde", "Diplomurkunde", "Urkunde", "Bachelor-Urkunde", "Master-Urkunde",
        "Diplome", "Diplôme de licence", "Diplôme de master", "Licence", "Título universitario",
        "Título de licenciado", "Título", "Diploma di laurea", "Laurea", "Examensbevis", "Vitnemål", "Eksamensbevis", "Dyplom",
        "Diploma de licenciatura", "Certificado de graduação", "Provisional certificate",
    ),
    words=(
        (0.22, ("the degree of", "la laurea", "laurea magistrale", "degree of bachelor", "degree of master", "degree of doctor",
            "bachelors degree", "masters degree", "akademischen Grad", "den akademischen", "le grade de", "diplôme de", "el título de",
            "o título de", "il titolo di", "the academic degree", "gradum", "学士学位", "硕士学位", "博士学位", "學士學位", "碩士學位",
            "博士學位", "学士の学位", "修士の学位", "博士の学位", "степень", "학위를")),
        (0.15, ("has been awarded", "have conferred", "has conferred", "was conferred", "hereby confer", "conferred upon",
            "conferred on", "has been conferred", "is awarded", "was awarded", "awarded the", "has awarded", "awards the",
            "has been admitted to the", "admitted to the degree", "verleiht", "wird verliehen", "décerne", "est conféré", "délivre à",
            "confiere", "otorga", "confere", "conferisce", "conferiamo", "presents to", "授予", "授与する", "присвоена", "has earned",
            "hereby grants", "granted the degree")),
        (0.12, ("University", "Universität", "Université", "Universidad", "Universidade", "Università", "Universiteit", "Universitet",
            "Uniwersytet", "Hochschule", "Institute of Technology", "Politecnico", "Politécnica", "École", "College", "大学", "大學",
            "学院", "대학교", "Университет")),
        (0.12, ("has satisfactorily", "having fulfilled", "has fulfilled", "has completed", "having completed",
            "successfully completed", "has satisfied", "the requirements", "prescribed", "with all the rights",
            "rights and privileges", "privileges", "bestanden", "Prüfung", "ayant subi", "las enseñanzas", "修业期满", "成绩合格",
            "准予毕业", "修完", "学制", "全日制", "所定の課程", "完成", "毕业")),
        (0.10, ("Chancellor", "Vice-Chancellor", "Registrar", "Rector", "Dean", "President of the University", "Provost", "Trustees",
            "Senate", "Rektor", "Dekan", "Le recteur", "El rector", "Il rettore", "Noi Rettore", "Board of", "校长", "校（院）长",
            "院长", "学长", "총장", "Ректор", "学位评定委员会")),
        (0.10, ("major", "field of study", "programme", "专业", "專業", "Studiengang", "filière", "spécialité", "mention", "honours",
            "honors", "cum laude", "证书编号", "证书号", "学校编号")),
    ),
    other=(*PLEDGES, *FORMS, *LEASES, *COMMISSIONS, *PERMITS, *LEAVING, *SKILLS, "Apostille",
    "APOSTILLE (Convention de La Haye du 5 octobre 1961)", "学历认证", "国外学历学位认证书", "学历证书电子注册备案表",
    "学位证书电子注册备案表",
           "Certificate of authentication", "劳动合同", "聘用合同", "Employment contract", "工作资历证明", "工作证明",
           "Work experience letter", "Employment certificate"),
)

SCHOOL_END = (
    r"(?:University|Universität|Université|Universidad|Universidade|Università|Universiteit|Universitet|Uniwersytet|"
    r"University of Applied Sciences|Hochschule|Institute|College|Academy|School|Polytechnic|Politecnico|Universitat|Instituto|Academia|"
    r"École|Ecole)"
)
SCHOOL = re.compile(
    rf"(?P<latin>(?:(?:[A-ZÀ-Þ][\w'’.&-]*|of|de|des|du|la|le|the|and|for|di|degli|in|für|und|der|e|"
    rf"y)[ ]){{0,8}}(?i:(?:[^\W\d_]{{0,30}}{SCHOOL_END})[^\W\d_]{{0,30}})(?:[ ](?:(?:of|de|for|and|the|für|di)?[A-ZÀ-Þ][\w'’.&-]*|of|"
    rf"de|des|du|la|le|"
    rf"the|and|for|di|degli|in|at|"
    rf"zu|für|und|der|e|"
    rf"y)){{0,9}})"
    rf"|(?P<zh>[{HAN}]{{2,20}}(?:大学|大學|学院|學院))"
)
NOT_A_SCHOOL = re.compile(r"(?i)^(?:the\s+)?(?:university|college|school|institute|the senate|president|rector|registrar|dean|board|"
    r"faculty|department)\s*(?:of the university|president|rector|registrar)?$|registrar|chancellor|president|rector|dean\b|senate|"
    r"trustees|council|authority of|本校|我校|本学|该校|在校")
FACULTY = re.compile(r"(?i)^(?:the\s+)?(?:faculty|department|school of|college of (?!.*university))")

STATE = re.compile(r"^[^a-zà-ÿ]*\b(?:MINIST\w+|REPUBLIC|R[ÉE]PUBLIQUE|REP[ÚU]BLICA|KINGDOM|ROYAUME|REINO)\b[^a-zà-ÿ]*\s"
                   r"(?=[A-ZÀ-Þ][a-zà-ÿ])")
"""In capitals over the school's name in small letters."""


def glued(text: str) -> bool:
    """Several words that were read as one."""
    return len(text) >= 14 and bool(re.search(r"[a-zà-ÿ][A-ZÀ-Þ]", text))


def school(text: str) -> Iterator[Value]:
    for match in SCHOOL.finditer(text):
        whole = match.group().strip(" ,.")
        whole = re.sub(r"^(?i:the|of|and|in|at|from|by)\s+(?=(?i:the\s)?[A-ZÀ-Þ])", "", whole)
        whole = re.sub(r"^(?i:(?:the\s+)?(?:board\s+of\s+)?(?:trustees|regents|governors|senate|president\s+and\s+fellows|"
        r"council)\s+of\s+(?:the\s+)?)", "", whole)
        whole = STATE.sub("", whole)
        whole = re.sub(r"^.*(?:毕业于|就读于|证明|在|于|授予)(?=..)", "", whole) if match["zh"] else whole
        whole = re.sub(r"(?:\s(?:DIPLOMA|DIPL[OÔ]ME|T[IÍ]TULO|LAUREA|DEGREE|CERTIFICATE|TRANSCRIPT|BACHELOR|MASTER|URKUNDE|Dipl[oô]me|"
        r"Diploma|Degree|Certificate|Urkunde|"
        r"Transcript))\b.*$", "", whole)
        whole = re.sub(r"(?:\s(?:of|de|des|du|the|and|for|di|in|at|e|y))+$", "", whole)
        if 4 <= len(whole) <= 90 and not NOT_A_SCHOOL.search(whole) and (match["zh"] or len(whole.split()) >= 2 or glued(whole)):
            start = text.find(whole, match.start())
            yield Value(tidy(whole), start, start + len(whole))


DEGREE = re.compile(rf"{NAMED_DEGREES}(?=\s*(?:[,.;\n\t(:/]|$|(?i:\b(?:with|in\s+the|from|on|by|at|together|and\s+is|awarded|having|"
    rf"was|has|under|cum|major|field|date|subject|programme|den|given|dated|this)\b)|[{HAN}]))|[{HAN}]{{0,6}}(?:学士|硕士|博士|學士|"
    rf"碩士)(?:专业)?(?:学位|"
    rf"學位)?|[{HAN}]{{2,8}}(?:の学位)|(?:修士|学士|博士)（[{HAN}]+）")


def degree(text: str) -> Iterator[Value]:
    for match in DEGREE.finditer(text):
        if text[match.end():match.end() + 1] == "证":
            continue
        whole = re.sub(r"^.*(?:被|并|兹|准予|授予|获得|获|颁发|取得|完成|[的予以其日年月])(?=..)", "", match.group().strip(" ,.;"))
        if len(whole) >= 2:
            start = text.find(whole, match.start())
            yield Value(tidy(whole), start, start + len(whole))


def labelled_degree(text: str) -> Iterator[Value]:
    if found := list(degree(text)):
        yield found[0]
    else:
        yield from (v for v in text_of(text) if 2 <= len(v.value) <= 60 and not re.match(r"证书|证明|授予|(?i:certificate|of\b|in\b|"
        r"de\b)",
        v.value))


CONFER = (
    r"(?i:certif(?:y|ies)\s*that|upon|conferred\s+on|confers?\s+on|awarded\s+to|presented\s+to|presents?\s+to|granted\s+to|"
    r"grants?\s+to|awards?\s+to|admitted|délivré\s+à|décerné\s+à|conféré\s+à|confère\s+à|délivre\s+à|otorga\s+a|confiere\s+a|"
    r"a\s+favor\s+de|confere\s+a|conferisce\s+a|"
    r"verleiht|wird\s+verliehen|bescheinigt\s*,?\s*dass|attest\w*\s+that|conferiamo\s+a|let\s+it\s+be\s+known\s+that|hereby\s+awards|"
    r"has\s+awarded|hereby\s+confers?)"
)
def major(text: str) -> Iterator[Value]:
    """In Chinese what stands before 专业 in a sentence, without the school and the verb before it."""
    for value in text_of(text):
        whole = re.sub(r"^.*(?:大学|學院|学院|[本我该]校|完成|主修|攻读|就读|学习|修完|培养|[了在于日])(?=..)", "", value.value)
        if not re.fullmatch(r"所学|相关|有关|本|该|各|其|主修|专业|紧缺|对口", whole):
            start = max(text.find(whole), 0)
            yield Value(whole, start, start + len(whole))


TOLD = Told(
    labels={
        "name": ("姓名", "学生姓名", "毕业生姓名", "Name", "Full name", "Name of student", "Name of graduate", "Name of the graduate",
            "Student name", "Student", "Graduate", "Holder", "Name of holder", "Nom", "Nombre", "Nome", "Name und Vorname",
            "Nom et prénom", "氏名", "성명", "Ф.И.О."),
        "school": ("学校", "学校名称", "毕业院校", "院校", "毕业学校", "大学", "University", "School", "Institution",
            "Name of institution", "Awarding institution", "College", "Universität", "Université", "Universidad", "University name",
            "学校 University", "授予单位"),
        "degree": ("学位", "学位类别", "学历", "学位名称", "学位种类", "授予学位", "Degree", "Degree awarded", "Qualification",
            "Award", "Title of degree", "Degree conferred", "Title", "Akademischer Grad", "Diplôme", "Titulación",
            "Qualification awarded", "学历层次"),
        "major": ("专业", "专业名称", "所学专业", "主修专业", "学科专业", "Major", "Field of study", "Programme", "Program",
            "Speciality", "Specialty", "Specialization", "Course of study", "Subject", "Course", "Discipline", "Studiengang",
            "Filière", "Spécialité", "Mention", "Field", "Programme of study"),
        "issued_on": ("授予日期", "毕业日期", "发证日期", "颁发日期", "签发日期", "颁证日期", "毕业时间", "学位授予日期",
            "Date of award", "Date awarded", "Awarded on", "Date of conferral", "Conferred on", "Date of conferment",
            "Date of graduation", "Graduation date", "Date of issue", "Issued on", "Date issued", "Date of degree", "Conferral date",
            "Date", "日期", "Datum", "Fecha"),
        "-": ("性别", "出生日期", "国籍", "学制", "入学日期", "证书编号", "证书号", "学习形式", "Date of birth", "Nationality", "Sex",
            "Gender", "Certificate No.", "Number", "Student No.", "Student ID", "Registration No.", "Date of admission", "Class",
            "Classification", "Honours", "Grade", "GPA", "Registrar", "Dean", "President", "Chancellor", "Vice-Chancellor", "Rector",
            "Signature", "Seal", "认证", "Authentication", "校长", "Place of birth", "Faculty", "Department", "Duration", "层次",
            "中文译文", "Translation", "born", "geboren am"),
    },
    readers={"name": name, "school": school, "degree": labelled_degree, "major": major, "issued_on": days},
    prose=(
        re.compile(rf"{CONFER}\s*[:：,]?\s*{LATIN.pattern}"),
        re.compile(rf"(?:^|\n)[ \t]*{LATIN.pattern}[ ,]*(?:\n\s*)?(?i:(?:,?\s*(?:born|né|née|geboren|"
            rf"nacid[oa])\b[^\n]{{0,60}}\n?\s*)?(?:has\s|having\s|was\s+(?:awarded|admitted|granted|this)|is\s+(?:hereby\s+)?awarded|"
            rf"hat\s|a\s+obtenu|ha\s+))"),
        re.compile(rf"(?:学生|兹证明|研究生|留学生|学员)\s*[:：]?\s*(?P<name>{ANYBODY})\s*(?=[，,（(]|系|性别|于|自|在|完成|男|女|已)"),
        re.compile(rf"(?:^|\n)\s*(?P<name>{ANYBODY})\s*[，,]\s*(?:性别\s*)?[男女]\s*[，,]"),
        re.compile(rf"(?P<major>[{HAN}]{{2,30}}?)\s*(?:专业|專業)(?!技术|课程名|委员)"),
        re.compile(r"(?i:major(?:ing|ed)?\s+in|with\s+a\s+major\s+in|specialis(?:ing|ation)\s+in|specializ(?:ing|ation)\s+in|"
            r"im\s+Studiengang|field\s+of\s+study\s*[:：]|dans\s+la\s+spécialité|spécialité\s*[:：]?|mention\s*[:：]|"
            r"especialidad\s+en)\s*[\"“]?(?P<major>[A-Z][\w&,'’ -]{2,60}?)[\"”]?(?=\s*(?:[.;,\n(]|(?i:\b(?:with|and\s+is|on|at|from|"
            r"having|has|given|dated|this|den|der|cum|mit|avec)\b)|$))"),
        re.compile(r"(?:Bachelor|Master|Doctor|BACHELOR|MASTER|DOCTOR)\s+(?i:of)\s+(?i:Science|Arts|Engineering|Philosophy|Education|"
            r"Technology|Business\s+Administration|Commerce|Laws?)\s*(?:\([A-Z][\w.]*\)\s*)?(?i:in|,|"
            r"with\s+honours\s+in)\s+(?P<major>(?!(?i:the|with|on|at)\b)[A-Z][\w&'’ -]{3,60}?)(?=\s*(?:[.;,\n(]|(?i:\b(?:with|and\s+is|"
            r"on|at|from|having|has|given|dated|this|den|der|cum|together)\b|im\s?studiengang)|$))"),
        re.compile(r"(?i:awarded|conferred|granted|graduated)\s+(?i:on|in)\s+(?P<issued_on>[^\n]{6,30})"),
    ),
)


def extract(reading: Reading) -> Fields:
    pages = pages_of(EVIDENCE, reading)
    found = TOLD.gather(reading, pages)
    found["degree"] += read_all(reading, pages, degree)
    found["school"] += read_all(reading, pages, school)
    if not found["issued_on"]:
        found["issued_on"] = issue_dates(reading, pages)
    return fields(found)


def read_all(reading: Reading, pages: Collection[int], read: Reader) -> list[Found]:
    return [spot for one in sheets(reading, pages) for value in read(one.text) if (spot := one.found(value))]


KIND = Kind(
    "degree", Text("学历学位证书", "Degree or diploma"),
    (
        Carried("name", Text("姓名", "Name"), "name"), Carried("school", Text("学校", "School"), "organisation"), Carried("degree",
        Text("学位", "Degree"), "degree"),
        Carried("major", Text("专业", "Major"), "text"), Carried("issued_on", Text("授予日期", "Awarded on"), "date"),
    ),
    score=EVIDENCE.score, extract=extract, issued="issued_on", always=("name",),
)
