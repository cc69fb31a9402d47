"""结婚证. Who is married to whom since when: the Chinese booklet and certificates of other states."""

import re
from collections.abc import Iterable, Iterator

from laihua.kernel.texts import Text
from laihua.prechecks.comparing import dates
from laihua.prechecks.kind import Fields, Found, Kind
from laihua.prechecks.kinds import _identity as identity
from laihua.prechecks.kinds._evidence import Evidence
from laihua.prechecks.kinds._readers import PERSON
from laihua.prechecks.kinds._sentences import DAY, HAN
from laihua.prechecks.layout import within
from laihua.prechecks.words import Leaf, Reading

CARRIES = identity.carried(
    name=("姓名", "Name", "name"), spouse=("配偶姓名", "Spouse", "name"), number=("结婚证字号", "Registration number", "number"),
    registered_on=("登记日期", "Date of marriage", "date"),
)
LABELS = identity.labels(
    "sex", "nationality", "birth_date", "birth_place", "personal_number",
    holder=("持证人", "持证人姓名", "holder"),
    first=(
        "name of husband", "husband", "husband's name", "name of groom", "groom", "groom's name", "bridegroom", "full name of groom",
        "full name of husband", "full name of first spouse", "first spouse", "spouse 1", "spouse a", "party a", "party 1", "男方姓名",
        "男方", "丈夫", "époux",
        "ehemann", "esposo", "contrayente 1", "marito", "sposo", "mąż", "name of first party",
    ),
    second=(
        "name of wife", "wife", "wife's name", "name of bride", "bride", "bride's name", "full name of bride", "full name of wife",
        "full name of second spouse", "second spouse", "spouse 2", "spouse b", "party b", "party 2", "女方姓名", "女方", "妻子",
        "配偶姓名", "配偶", "spouse", "épouse",
        "ehefrau", "esposa", "contrayente 2", "moglie", "sposa", "żona", "name of second party", "name of spouse", "spouse's name",
    ),
    name=identity.LABELS["name"],
    number=(
        "结婚证字号", "结婚证号", "证书编号", "证号", "字号", "registration number", "registration no", "certificate number",
        "certificate no", "license number",
        "file number", "entry no", "no", "numéro d'acte", "registernummer", "número de registro",
    ),
    registered_on=(
        "登记日期", "结婚日期", "结婚登记日期", "date of marriage", "date of registration", "marriage date", "registered on",
        "married on", "date de mariage",
        "tag der eheschließung", "datum der eheschließung", "fecha de matrimonio", "fecha del matrimonio", "data de casamento",
        "data del matrimonio",
    ),
    place_of_marriage=("place of marriage", "结婚地点", "登记机关"),
)
EVIDENCE = Evidence(
    titles=(
        "结婚证", "中华人民共和国结婚证", "结婚证书", "certificate of marriage", "marriage certificate",
        "marriage registration certificate", "acte de mariage",
        "extrait d'acte de mariage", "heiratsurkunde", "eheurkunde", "acta de matrimonio", "certificado de matrimonio",
        "certidão de casamento",
        "atto di matrimonio", "akt małżeństwa", "certified copy of an entry of marriage", "marriage licence and certificate",
        "свидетельство о заключении брака", "婚姻证明", "婚姻登记档案证明", "婚姻登记证明", "婚姻关系证明",
        "extract from the register of marriages", "extract from a register of marriages",
    ),
    words=((0.15, ("登记日期", "date of marriage", "marriage date", "结婚日期", "date de mariage", "eheschließung", "married on")),
           (0.2, ("结婚证字号",)),
           (0.1, ("持证人", "husband", "wife", "bride", "groom", "spouse", "配偶", "époux", "ehegatten", "esposo")),
           (0.1, ("registrar", "婚姻登记", "standesamt", "officier de l'état civil", "registro civil"))),
    other=("无犯罪记录证明", "未婚证明", "无婚姻登记记录证明", "离婚证", "申请表", "certificate of no impediment", "divorce decree"),
)

MOST_LINES = 150
ASIDE = r"(?:\s*[,(（，][^;；。]{0,120}?)?\s*,?\s+"
BOTH = rf"(?P<first>{PERSON}){ASIDE}(?:and|et|y|e|und|with|to)\s+(?P<second>{PERSON})"
MARRIAGE = r"(?:married|marriage|matrimony|wedlock|mariage|mariés|matrimonio|casamento|Ehe\b|Eheschließung)"
ANYBODY = rf"[{HAN}·]{{2,12}}?|{PERSON}"
COUPLES = (
    re.compile(rf"\b(?:that|que|dass)\s+{BOTH}[^;]{{0,160}}?{MARRIAGE}"),
    re.compile(rf"\b{MARRIAGE}\s+(?:between|of|entre|de|tra|zwischen|von)\s+{BOTH}"),
    re.compile(rf"(?:证明|男方)[ ：:]*(?P<first>{ANYBODY})\s*(?:[，,（(][^。；]{{0,60}}?)?\s*[与和同]\s*(?:女方)?\s*(?P<second>{ANYBODY})"
               r"\s*(?:[，,（(][^。；]{0,60}?)?\s*于[^。；]{0,60}?(?:结婚|结为夫妻|婚姻)"),
)
"""Both in one sentence, as certificates without labels have them."""
ON = (
    re.compile(rf"\b(?:{MARRIAGE}|solemni[sz]ed|celebrated|contracted)\b[^;]{{0,120}}?\b(?:on|le|el|am|em|dated)\s+(?P<said>[^;]{{6,45}})"),
    re.compile(rf"于\s*(?P<said>{DAY})[^。；]{{0,40}}?(?:结婚|结为夫妻|婚姻)"),
)
UNDER = (re.compile(r"(?i)\b(?:under|with|entry|register|registration|certificate|licen[cs]e|acta|acte)\s+(?:the\s+)?(?:[a-z]+\s+){0,2}"
                    r"(?:no|number|nr|n°|nº|núm)\b\.?:?\s*(?P<said>[A-Z0-9][^\s,;]{3,30})"),)


def told(leaf: Leaf, patterns: Iterable[re.Pattern[str]], group: str, read: identity.Reader) -> Iterator[Found]:
    """What sentences say; a page that goes on and on has none of these."""
    for pattern in patterns if len(leaf.lines) <= MOST_LINES else ():
        for passage in within(leaf, pattern):
            if cell := passage.cell(group):
                yield from identity.values([cell], read)


def score(leaf: Leaf) -> float:
    return EVIDENCE.score(leaf)


def extract(reading: Reading) -> Fields:
    return identity.gathered([page_of(leaf) for leaf in reading.leaves], [one.key for one in CARRIES])


def page_of(leaf: Leaf) -> identity.Page:
    """Where no holder is named either of the two may be who it is for: both stand as `name` and as `spouse`, in turn."""
    order = dates.order_of(line.text for line in leaf.lines)
    page = identity.printed(leaf, LABELS, {
        "holder": identity.name, "first": identity.name, "second": identity.name, "name": identity.name,
        "number": identity.number, "registered_on": identity.day(order),
    })
    for key, patterns, group, read in (
        ("first", COUPLES, "first", identity.name), ("second", COUPLES, "second", identity.name),
        ("number", UNDER, "said", identity.number), ("registered_on", ON, "said", identity.day(order)),
    ):
        page[key] = page[key] or list(told(leaf, patterns, group, read))
    couple = identity.once([*page["first"][:1], *page["second"][:1]] or page["name"])
    holder = page["holder"][:1]
    page["name"] = holder or couple
    page["spouse"] = [one for one in identity.once([*couple, *page["name"]]) if one.value not in {h.value for h in holder}]
    if not holder:
        page["spouse"] = page["spouse"][::-1]
    return page | {"number": page["number"][:1], "registered_on": page["registered_on"][:1]}


KIND = Kind("marriage_certificate", Text("结婚证", "Marriage certificate"), CARRIES, score, extract, issued="registered_on",
            always=("name",))
