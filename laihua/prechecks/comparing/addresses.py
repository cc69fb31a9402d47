"""Addresses in Chinese and English: the same house and room, whatever stands before them and however they are abbreviated."""

import re

from laihua.prechecks.comparing.levels import EQUAL, Likeness, different, equal, near
from laihua.prechecks.comparing.organisations import spelled
from laihua.prechecks.comparing.plain import bare, narrow, words_of
from laihua.prechecks.comparing.scripts import chinese, has_han, has_latin, latin

ADMIN = re.compile(
    r"^(?:中国|中华人民共和国)?(?:[^省市区县]{2,8}(?:省|自治区|特别行政区))?(?P<city>[^市区县]{2,6}市)?"
    r"(?P<district>[^区县号路弄街]{1,6}(?:区|县|旗))?(?:[^镇号路弄街]{1,6}(?:镇|乡))?"
)
SHORT_FORMS = (
    "rd=road st=street ave=avenue av=avenue blvd=boulevard ln=lane bldg=building bld=building rm=room fl=floor flr=floor f=floor "
    "apt=apartment e=east w=west n=north s=south hwy=highway sq=square"
)
SHORT = dict(pair.split("=") for pair in SHORT_FORMS.split())
PASSED_OVER = words_of(
    "no number the china p r prc pr dist district city province new area shanghai people republic of"
)
COMMON = words_of("road street avenue lane building room floor unit tower block east west north south middle")
GLUED = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=\d)(?=[A-Za-z])(?!(?:st|nd|rd|th)\b)|(?<=[A-Za-z])(?=\d)")
"""Between words that reading has run together, such as 188YunqiRoad."""
NUMERALS = {c: str(n) for n, c in enumerate("〇一二三四五六七八九")}
PLACE = equal("省、市、区的写法详略不同，门牌一致", "Province, city and district are given more or less fully; the house is the same")
MORE = near("门牌一致，一处写得更详细", "The same house; one says more, such as a room")
SCRIPTS = near("一处是中文地址，一处是外文地址，无法直接比较", "One address is Chinese, the other is not: they cannot be compared directly")
HOUSE = different("门牌号或室号不同", "The number of the house or room differs")
DIFFERENT = different("地址不同", "The addresses differ")
ALIKE = near("地址相近但不相同", "The addresses are alike, but not the same")


def likeness(given: str, read: str) -> Likeness:
    if has_han(given) and has_han(read):
        one, two = chinese(given) or given, chinese(read) or read
        return DIFFERENT if elsewhere(one, two) else of_chinese(house(one), house(two), plain(one) == plain(two))
    if has_latin(latin(given)) and has_latin(latin(read)):
        return EQUAL if spelled(latin(given)) == spelled(latin(read)) else of_latin(words(given), words(read))
    return SCRIPTS


def plain(text: str) -> str:
    """Without spaces and signs; 二层 is 2层, 3幢 and 3栋 are 3号楼, postcodes fall away."""
    text = re.sub(r"(?:邮编|邮政编码)?[:：]?\d{6}(?!\d)", "", bare(narrow(text)))
    text = re.sub(r"[^\w]|_", "", text)
    text = re.sub(r"[〇一二三四五六七八九](?=[层楼幢栋号弄室单座])", lambda m: NUMERALS[m[0]], text)
    return re.sub(r"(?<=[\da-z])(?:幢|栋|号楼|座)", "楼", text).replace("层", "楼")


def elsewhere(one: str, two: str) -> bool:
    """Both name a city or a district, and not the same."""
    first, second = ADMIN.match(plain(one)), ADMIN.match(plain(two))
    return bool(first and second and any(first[key] and second[key] and first[key] != second[key] for key in ("city", "district")))


def house(text: str) -> str:
    return ADMIN.sub("", plain(text), count=1)


def of_chinese(one: str, two: str, same: bool) -> Likeness:
    if one == two or same:
        return EQUAL if same else PLACE
    first, second = re.findall(r"\d+", one), re.findall(r"\d+", two)
    shorter, longer = sorted((one, two), key=len)
    if shorter and (longer.startswith(shorter) or shorter in longer):
        return PLACE if longer.endswith(shorter) and first == second else MORE
    roads = [re.match(r"\D+", row) for row in (one, two)]
    if roads[0] and roads[1] and roads[0][0] == roads[1][0]:
        return ALIKE if first == second else HOUSE
    return ALIKE if first == second and len(set(one) & set(two)) * 2 > len(set(one) | set(two)) else DIFFERENT


def words(text: str) -> list[str]:
    plain_text = GLUED.sub(" ", narrow(latin(text) if has_han(text) else text).replace("'", ""))
    found = re.findall(r"\d+(?:st|nd|rd|th)\b|\d+|[a-z]+", bare(plain_text))
    return [SHORT.get(re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", w), w) for w in found]


def of_latin(one: list[str], two: list[str]) -> Likeness:
    """The order of the parts does not matter."""
    first, second = (sorted(w for w in row if w not in PASSED_OVER) for row in (one, two))
    if first == second:
        return EQUAL
    figures = [sorted(w for w in row if w[0].isdigit()) for row in (first, second)]
    letters = [{w for w in row if not w[0].isdigit() and w not in COMMON} for row in (first, second)]
    shared = len(letters[0] & letters[1]) / max(1, min(map(len, letters)))
    if shared < 0.5:
        return DIFFERENT
    if set(figures[0]) <= set(figures[1]) or set(figures[1]) <= set(figures[0]):
        return MORE if shared == 1 else ALIKE
    return HOUSE
