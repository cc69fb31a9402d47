"""委托书, 委托单: what a unit commissions somebody with; the day beside its seal counts."""

import re
from collections.abc import Collection, Iterator

from laihua.kernel.texts import Text
from laihua.prechecks.kind import Carried, Fields, Found, Kind
from laihua.prechecks.kinds._evidence import Evidence
from laihua.prechecks.kinds._papers import FORMS, LEASES, PLEDGES
from laihua.prechecks.kinds._readers import ANYBODY, LATIN, Value, days, name, organisation
from laihua.prechecks.kinds._told import Told, all_dates, clause, fields, pages_of
from laihua.prechecks.words import Reading

EVIDENCE = Evidence(
    titles=(
        "委托书", "授权委托书", "委托单", "咨询服务委托单", "业务委托书", "代理委托书", "用人单位授权委托书", "单位授权委托书",
        "委托函", "授权书", "委託書", "授權書", "委任状", "위임장", "Доверенность",
        "Commission letter", "Letter of commission", "Power of attorney", "Letter of authorisation", "Letter of authorization",
        "Authorisation letter", "Authorization letter", "Letter of entrustment", "Entrustment letter", "Proxy", "Letter of attorney",
        "Vollmacht", "Procuration", "Poder notarial", "Procura", "Fullmakt",
    ),
    words=(
        (0.20, ("委托", "授权", "entrust", "authorise", "authorize", "hereby appoint", "commission", "bevollmächtig", "mandat")),
        (0.15, ("受托人", "被委托人", "受委托", "代理人", "被授权人", "经办人", "agent", "attorney", "representative", "代为办理",
            "代理")),
        (0.12, ("办理", "事项", "提供咨询", "handle", "on our behalf", "on behalf of", "matters", "业务")),
        (0.12, ("委托单位", "委托人", "授权单位", "委托方", "principal", "client", "本单位", "我单位", "我公司", "undersigned")),
        (0.12, ("盖章", "公章", "落款", "seal", "stamp", "签章", "委托期限", "授权期限", "有效期", "签名", "signature")),
    ),
    other=(*PLEDGES, *LEASES, *FORMS, "劳动合同", "聘用合同", "Employment contract", "营业执照", "公章授权书"),
)

TOLD = Told(
    labels={
        "organisation": ("委托单位", "委托人", "委托方", "授权单位", "授权人", "委托单位名称", "委托单位（盖章）", "单位名称",
            "授权单位（盖章）", "单位（盖章）", "委托方（盖章）", "委托单位盖章", "单位盖章", "Principal", "Client", "Company",
            "Entrusting party", "Entrusting unit", "Name of company", "Employer", "Organisation", "Commissioned by", "Unit"),
        "agent": ("受托人", "被委托人", "受托单位", "受委托单位", "受托方", "代理人", "被授权人", "经办人", "受委托人", "受托人姓名",
            "Agent", "Attorney", "Authorised person", "Authorized person", "Representative", "Authorised representative",
            "Entrusted party", "Entrusted unit", "Proxy", "Handler"),
        "name": ("姓名", "员工姓名", "申请人", "申请人姓名", "持证人", "外国人姓名", "被服务员工", "被服务人", "被服务人员", "服务对象",
            "被代理人", "办理人员", "员工", "职工", "职工姓名", "雇员姓名", "人员姓名", "人才姓名", "持证人姓名",
            "Name", "Name of employee", "Employee",
            "Applicant", "Name of applicant", "Full name", "Employee name"),
        "stamped_on": ("落款日期", "盖章日期", "委托日期", "日期", "签署日期", "签发日期", "授权日期", "Date", "Date of seal",
            "Date of stamp", "Date sealed", "Stamped on", "Sealed on", "Dated", "Date of commission", "Date beside the seal",
            "Signed on", "Date of signature"),
        "-": ("统一社会信用代码", "身份证号码", "证件号码", "护照号", "单位联系人", "联系电话", "办理业务", "委托事项", "授权事项",
            "授权期限", "委托期限", "性别", "地址", "Unified social credit code", "ID number", "Document", "Passport No.", "Contact",
            "Telephone", "Matters", "Business", "Until", "Term", "Valid until", "有效期", "有效期至", "法定代表人",
            "Legal representative", "签名", "Signature", "Address", "职务", "Position"),
    },
    readers={"organisation": organisation, "agent": lambda text: either(text), "name": name, "stamped_on": days},
    prose=(
        re.compile(r"(?:我|本|该)(?:单位|公司|司|校|院|所|中心|机构)\s*[（(]\s*(?:名称\s*[:：]\s*)?"
                   r"(?P<organisation>(?:[^（()）\n，。]|[（(][^（()）\n]{1,12}[）)]){4,50}?)\s*[）)]\s*(?=现|特|兹|就|委托|授权|因|为|拟)"),
        re.compile(r"作为\s*(?P<organisation>[^，。；\n]{4,50}?)\s*的\s*(?:委托)?(?:代理人|受托人|代表|经办人)"),
        re.compile(r"(?:我单位|我公司|本单位|本公司|兹|现|特)\s*(?:委托|"
            r"授权)\s*(?P<agent>[^，。；\n就为办代前作]{2,40}?)\s*(?=[，。；（(]|就|为|办理|代|前往|作为|同志|先生|女士)"),
        re.compile(rf"(?i:hereby\s+(?:authori[sz]es?|entrusts?|appoints?|commissions?)|we\s+(?:authori[sz]e|entrust|appoint|"
            rf"commission)|(?:authori[sz]es|entrusts|appoints|commissions))\s+{LATIN.pattern.replace('name', 'agent')}"),
        re.compile(r"(?i:hereby\s+(?:authori[sz]es?|entrusts?|appoints?|commissions?)|we\s+(?:authori[sz]e|entrust|appoint|commission)|"
            r"(?:authori[sz]es|entrusts|appoints|commissions))\s+(?P<agent>[A-Z][^\n,;]{4,70}?)(?=\s*(?:[,;\n(]|(?i:\b(?:to|as|with|"
            r"for)\b)))"),
        re.compile(rf"(?:就|为)\s*(?:上述)?(?:员工|我单位员工|外籍员工|本单位员工)\s*(?P<name>{ANYBODY})\s*(?=[，,（(的办申]|护照)"),
        re.compile(rf"(?:员工|职工|雇员|外籍人员|外国人|申请人)\s*(?P<name>{ANYBODY})\s*(?=[（(，的]|身份证|护照|同志|先生|女士|办理|"
            rf"申请)"),
        re.compile(r"(?:办理|为)\s*(?P<name>[A-Z][^\n，。；的（(]{3,50}?)\s*(?:先生|女士)?\s*(?=[的（(，])"),
        re.compile(r"(?i:our\s+employee|the\s+employee|for\s+the\s+applicant|on\s+behalf\s+of)\s+" + LATIN.pattern),
    ),
)
BESIDE = re.compile(r"落款|盖章|公章|日\s*期|签章|(?i:\bdate|seal|stamp|signed)")
TERM = re.compile(r"(?i)期限|有效|截止|until|valid|至\s*$|到\s*$|自\s*$|从\s*$|to\s*$|from\s*$|出生|born|birth")


def either(text: str) -> Iterator[Value]:
    """Whoever is commissioned is a person or a firm."""
    firms = list(organisation(text))
    yield from firms or name(text)


def extract(reading: Reading) -> Fields:
    pages = pages_of(EVIDENCE, reading)
    found = TOLD.gather(reading, pages)
    if not found["stamped_on"]:
        found["stamped_on"] = beside_the_seal(reading, pages)
    return fields(found)


def beside_the_seal(reading: Reading, pages: Collection[int]) -> list[Found]:
    """The lowest date that is no term: a day after words of a date or a seal first, then the last of all."""
    every = [d for d in all_dates(reading, pages) if not TERM.search(clause(d)[-14:]) and not d.after.lstrip().startswith(("至", "到",
    "起", "to ", "until"))]
    return ([d.found for d in every if BESIDE.search(clause(d))][::-1] + [d.found for d in every][::-1])[:2]


KIND = Kind(
    "commission_letter", Text("委托书", "Commission letter"),
    (
        Carried("organisation", Text("委托单位", "Commissioned by"), "organisation"), Carried("agent", Text("受托人", "Agent"), "text"),
        Carried("name", Text("姓名", "Name"), "name"), Carried("stamped_on", Text("盖章落款日期", "Date beside the seal"), "date"),
    ),
    score=EVIDENCE.score, extract=extract, issued="stamped_on", always=("organisation",),
)
