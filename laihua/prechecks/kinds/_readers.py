"""What may be a name, an organisation, a post in the words that stand at a label or in a sentence: each reader yields the
values it finds with their places, and nothing where the words are no such thing. Better nothing than something wrong.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from laihua.kernel.texts import Text
from laihua.prechecks.comparing import countries, dates, money


@dataclass(frozen=True, slots=True)
class Value:
    """`start`, `end`: where it stands in the words. `doubt`: what else it may be."""

    value: str
    start: int
    end: int
    doubt: Text | None = None


Reader = Callable[[str], Iterable[Value]]

HAN = "\u3400-\u9fff"
CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽȘȚА-ЯΑ-Ω"
NOT_A_NAME = (
    r"has|have|had|was|were|are|been|be|being|born|holder|holding|bearer|of|with|from|who|whose|the|for|and|(?:an|in|on|at|to|or|no|he|"
    r"by|as|is|it)(?=\s+[^\W\d_])|passport|nationality|citizen|"
    "national|date|hereinafter|hereafter|hereby|male|female|whom|did|does|not|worked|works|working|served|joined|residing|resident|"
    "successfully|completed|having|signature|seal|stamp|name|surname|given|names|full|place|sex|gender|age|number|occupation|address|country|birth|certificate|degree|"
    "bachelor|master|doctor|university|college|institute|company|employer|employee|party|shall|will|this|that|she|upon|under|which|issued|"
    "né|née|geboren|geb|nacido|nacida|con|naissance|documento|identity|id|card|document|mr|ms|mrs|position|post|title|department|manager|engineer|director|valid|until"
)
PARTICLE = (
    r"(?:de|del|della|dela|di|da|das|do|dos|du|van|von|vom|zu|zur|der|den|ter|ten|bin|binti|bint|ibn|ben|la|le|las|los|el|al|y|"
    r"e|af|av)"
)
HONORIFIC = (
    r"(?:(?i:mr|mrs|ms|miss|mx|dr|prof|professor|herrn|herr|frau|mme|mlle|monsieur|madame|sig|signor|signora|sr|sra|don|doña|"
    r"dona|senhor|senhora)\b\.?\s*|M\.\s+)"
)
GIVEN = rf"(?!(?i:(?:{NOT_A_NAME})\b))(?:[dDlLoO]['’‘])?[{CAPITAL}](?:[^\W\d_{HAN}]|-[ ]?(?=[^\W\d_{HAN}])|['’‘`.](?=[^\W\d_]))*\.?"
PERSON = rf"{GIVEN}(?:(?:\s*,[ ]?|[ ]|(?<=\.))(?:{PARTICLE}[ ]?){{0,3}}{GIVEN}){{0,6}}"
"""A name in Latin letters on one line: words with capitals, particles between them, ended by any word of a sentence."""
LATIN = re.compile(rf"(?:{HONORIFIC})*(?P<name>(?:{PARTICLE}[ ]?){{0,3}}{PERSON})")
CHINESE = re.compile(rf"(?<![{HAN}])(?P<name>[{HAN}]{{1,8}}(?:\s?[·•・.]\s?[{HAN}]{{1,8}}){{1,4}}|[{HAN}]{{2,4}})(?![{HAN}])")
LETTER = rf"(?:(?![{HAN}])[^\W\d_]|[ ,.'’`-])"
ANYBODY = rf"(?!兹|特此|经查|现证明)(?:[{HAN}·•]{{2,15}}?|[{CAPITAL}]{LETTER}{{3,50}}?)"
"""A name in a sentence in Chinese, as short as what follows it allows."""
CHINESE_WORDS = re.compile(
    "收入|税|金额|所得|缴|合计|期限|类型|种类|方式|状态|项目|工资|费用|病|血|身高|体重|受托|委托|代理|该人|上述|此人|本国|下列|以下|经查|查询|记录|前述|其人|当事|姓名|性别|国籍|护照|签名|签字|盖章|日期|先生|女士|甲方|乙方|本人|同志|学生|公司|单位|学校|大学|号码|证件|身份|出生|职务|职位|岗位|地址|电话|编号|部门|"
    "中国|美国|英国|日期|男性|女性|有限|合同|证明|人员|申请|雇员|员工|受聘|用人|代表|经理|主管|工程师|总监|教师|应当|同意|外国|没有|以上|其他|译文|原件|聘用|支付|负责|一方|双方"
)
ROLES = re.compile(r"(?i)\s*[（(](?:以下|下称|甲方|乙方|盖章|签字|签名|公章|雇主|受聘|hereinafter|hereafter|the\s|seal|stamp|signature|"
    r"party|employe)[^)）]*[)）]?.*$", re.DOTALL)


def name(text: str) -> Iterator[Value]:
    """A person's name in Latin letters, and one in Chinese characters beside it. A name in Latin letters alone has two words."""
    latin = next((m for m in LATIN.finditer(text) if begins(text, m.start()) and named(m["name"])), None)
    chinese = next((m for m in CHINESE.finditer(text) if begins(text, m.start(), latin) and not CHINESE_WORDS.search(m["name"])), None)
    if latin:
        yield Value(re.sub(r"-\s+", "", tidy(latin["name"])).strip(" ,"), *latin.span("name"))
    if chinese:
        yield Value(tidy(chinese["name"]), *chinese.span("name"))


def begins(text: str, at: int, other: re.Match[str] | None = None) -> bool:
    """Whether nothing comes before but marks, the name in the other script, or a courtesy."""
    before = text[other.end():at] if other and other.end() <= at else text[:at]
    return not re.sub(r"(?i)mr|mrs|ms|先生|女士|[\W_]", "", before) or bool(CHINESE.fullmatch(before.strip(" （(/")))


def named(text: str) -> bool:
    letters = sum(c.isalpha() for c in text)
    return letters >= 4 and len(text.split()) <= 8 and (" " in text.strip() or "," in text or letters >= 8)


SUFFIX = re.compile(
    r"(?i)\b(?:ltd|limited|inc|incorporated|llc|llp|plc|corp|corporation|company|co|gmbh|ag|kg|se|ab|as|a/s|aps|oy|oyj|nv|n\.v|bv|b\.v|"
    r"sa|s\.a|sas|sarl|srl|s\.r\.l|spa|s\.p\.a|sl|"
    r"pte|pty|sdn|bhd|kk|university|institute|college|school|academy|hospital|foundation|association|group|holdings?|partners|bank|"
    r"laborator(?:y|ies)|labs?|"
    r"technologies|systems|industries|international|solutions|consulting|services|agency|ministry|office|clinic|centre|center|works|"
    r"studio|studios)\b\.?"
)
CHINESE_END = re.compile(
    "(?:有限责任公司|股份有限公司|有限公司|公司|株式会社|会社|集团|大学|学院|学校|中学|小学|幼儿园|研究院|研究所|医院|事务所|代表处|办事处|中心|银行|协会|基金会|工厂|厂|酒店|饭店|俱乐部|出版社|"
    "分公司|合伙企业[（(][^)）]{2,8}[)）]|合伙|工作室|商行|院|局|厅|社|部)(?:[（(][^)）]{2,12}[)）])?(?:[^，。；、\\s]{2,10}(?:分公司|分行|代表处|办事处|分院|校区))?"
)
PRINTED = re.compile(r"(?i)盖章|签章|签名|签字|\b(?:seal|stamp|signature|signed|certificate|name of|address of|head)\b")
SENTENCE = re.compile(r"(?i)\b(?:am|was|were|writing|you|your|he|she|we)\b|甲方|乙方|双方|应当|同意|聘用|支付|本合同|按照|\b(?:shall|"
    r"will|agrees?|hereby|"
    r"must|may|employs?|pays?|"
    r"undertakes?|is|has|the employee)\b")


def organisation(text: str) -> Iterator[Value]:
    """The name of a firm or another body: in Chinese up to what such names end with, in Latin letters one with a capital."""
    whole = ROLES.sub("", text)
    if chinese := re.match(rf"[\s:：）)]*(?P<name>[{HAN}（(][{HAN}\w（）()·&.\- ]*)", whole):
        ends = [m.end() for m in CHINESE_END.finditer(chinese["name"]) if len(chinese["name"][:m.end()]) >= 4]
        cut = chinese["name"][:ends[-1]] if ends else ""
        if cut and not SENTENCE.search(cut) and not PRINTED.search(cut):
            yield Value(tidy(cut), chinese.start("name"), chinese.start("name") + len(cut))
    latin = re.search(rf"(?:^|[\s/|（({HAN}])(?P<name>[{CAPITAL}\d][^\n\t{HAN}；;：:。（]*)", whole)
    if latin:
        cut = re.sub(r"\s*\([^)]*$", "", latin["name"]).rstrip(" ,.-/|(（")
        if re.search(r"(?:td|nc|Co|rp|\.[A-Z])\.$", latin["name"].rstrip(" ,")):
            cut += "."
        known = SUFFIX.search(cut) or (len(cut.split()) >= 2 and not re.search(r"\d{4}", cut))
        if known and not PRINTED.search(cut) and 3 <= len(cut) <= 120 and not SENTENCE.search(cut):
            yield Value(tidy(cut), latin.start("name"), latin.start("name") + len(cut))


BOTH_ZH_FIRST = re.compile(rf"^(?P<zh>.*[{HAN}][^A-Za-z{HAN}]*?)[\s/（(|,，]+(?P<en>[A-Z][A-Za-z&,.'/\- ]{{2,}}[A-Za-z.])\s*[)）]?$",
re.DOTALL)
BOTH_EN_FIRST = re.compile(rf"^(?P<en>[A-Z][A-Za-z&,.'/\- ]{{3,}}?)[\s/（(|,，]+(?P<zh>[{HAN}][{HAN}A-Za-z/（）()· ]*)[)）]?$", re.DOTALL)


def position(text: str) -> Iterator[Value]:
    """A post in both languages is two values."""
    start = re.match(r"(?i)[\s:：“\"'‘）)]*(?:为|是|担任|从事|as\s+an?\s|as\s+the\s|as\s|an?\s|the\s)?[\s:：“\"'‘]*", text)
    begin = start.end() if start else 0
    whole = re.split(r"[。；;\n\t]|，(?=[^，]{6})|\.\s|\.$", text[begin:])[0].rstrip(" ,，.”\"'’")
    if not 1 < len(whole) <= 70 or SENTENCE.search(whole) or re.search(r"\d{3}|(?i:\bor\b)", whole) or not re.search(r"[^\W\d_]{2}",
    whole):
        return
    if both := BOTH_ZH_FIRST.match(whole) or BOTH_EN_FIRST.match(whole):
        yield Value(tidy(both["zh"]).rstrip("/（( "), begin + both.start("zh"), begin + both.end("zh"))
        yield Value(tidy(both["en"]), begin + both.start("en"), begin + both.end("en"))
    else:
        yield Value(tidy(whole), begin, begin + len(whole))


PASSPORT = re.compile(r"(?<![A-Z0-9])(?=(?:[A-Z< ]*[0-9OIl]){5})[A-Z]{0,3}\s?[0-9OIl](?:[ ]?[A-Z0-9OIl]){4,9}(?![A-Za-z0-9])")


def passport_number(text: str) -> Iterator[Value]:
    for match in PASSPORT.finditer(text):
        bare = re.sub(r"\s", "", match.group())
        if 6 <= len(bare) <= 11 and sum(c.isdigit() for c in bare) >= 4:
            yield Value(bare.upper(), *match.span())


NUMBER = re.compile(r"(?i)(?:no|nr|n°|nº|#)?\.?\s*(?P<number>[A-Z0-9][A-Z0-9/().-]*(?:[ ]?[A-Z0-9][A-Z0-9/().-]*){0,4})")


def number(text: str) -> Iterator[Value]:
    """Of a paper: letters and digits, at least three of these."""
    match = NUMBER.match(text.lstrip())
    if match and sum(c.isdigit() for c in match["number"]) >= 3:
        shift = len(text) - len(text.lstrip())
        yield Value(match["number"].rstrip(".-/("), shift + match.start("number"), shift + match.end("number"))


CREDIT_CODE = re.compile(r"(?<![A-Z0-9])[0-9A-HJ-NPQRTUWXY](?:[ ]?[0-9A-Z]){17}(?![A-Z0-9])")


def credit_code(text: str) -> Iterator[Value]:
    for match in CREDIT_CODE.finditer(text):
        bare = match.group().replace(" ", "")
        if sum(c.isdigit() for c in bare) >= 8:
            yield Value(bare, *match.span())


def sex(text: str) -> Iterator[Value]:
    if match := re.match(r"\s*(?:(?P<m>男|male\b|M\b|männlich|masculin|masculino|homme)|(?P<f>女|囡|female\b|F\b|weiblich|féminin|"
    r"femenino|feminino|femme))", text, re.IGNORECASE):
        yield Value("M" if match["m"] else "F", *match.span())


def country(text: str) -> Iterator[Value]:
    stop = re.split(r"[\n\t，,；;。]", text)[0]
    if found := countries.read(stop) or countries.read(text):
        yield Value(found, 0, len(stop))


def address(text: str) -> Iterator[Value]:
    start = re.match(r"(?i)[\s:：]*(?:为|是|位于|在|is\s+located\s+(?:at|in)|shall\s+be|will\s+be|is|located\s+(?:at|in)|at\s|"
    r"in\s)?[\s:：]*", text)
    begin = start.end() if start else 0
    whole = re.split(r"[。；;]|\.\s*(?=[A-Z][a-z]+\s[a-z])|，(?=甲方|乙方|工作)", text[begin:])[0].rstrip(" ,，.")
    if re.match(r"[a-zà-þ]", whole):
        return
    if len(whole) >= (5 if re.search(rf"[{HAN}]", whole) else 8) and not re.search(r"甲方|乙方|\b(?:shall|agrees?|may|will|your|"
    r"normal)\b", whole):
        yield Value(tidy(whole), begin, begin + len(whole))


def text_of(text: str) -> Iterator[Value]:
    whole = re.split(r"[。；;\n\t]", text.strip())[0].strip(" :：,，.")
    if len(whole) > 1 and not PRINTED.search(whole) and re.search(r"[^\W\d_]{2}", whole):
        start = text.find(whole)
        yield Value(tidy(whole), max(start, 0), max(start, 0) + len(whole))


def amount(text: str) -> Iterator[Value]:
    for one in money.read(text):
        yield Value(one.value, *one.text_span, one.doubt)


def dated(order: dates.Order = "", *, months: bool = False) -> Reader:
    """Days; with `months` days and months, as months."""
    def read(text: str) -> Iterator[Value]:
        for one in dates.read(text, order=order):
            if months:
                yield Value(one.value[:7], *one.text_span)
            elif len(one.value) == 10:
                yield Value(one.value, *one.text_span, one.doubt)
    return read


days = dated()
"""Told apart by those who know in which order a document writes day and month."""


def tidy(text: str) -> str:
    """On one line; between Chinese characters no blanks."""
    one = re.sub(r"\s+", " ", text).strip()
    return re.sub(rf"(?<=[{HAN}，（）])\s+(?=[{HAN}，（）\d])|(?<=\d)\s+(?=[{HAN}])", "", one)
