"""Sums of money as contracts and letters write them, with currency and period, and whether two of them are the same."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from laihua.kernel.texts import Text
from laihua.prechecks.comparing.levels import EQUAL, Likeness, different, equal, near
from laihua.prechecks.comparing.plain import bare, narrow

CURRENCIES = {
    "CNY": r"人民币|人民幣|rmb|cny|cn¥|[¥￥]|元|yuan|renminbi",
    "USD": r"美元|美金|usd|us\$|u\.s\. ?dollars?|us dollars?",
    "EUR": r"欧元|歐元|eur(?:os?)?|€",
    "GBP": r"英镑|英鎊|gbp|£|pounds? sterling",
    "JPY": r"日元|日圆|日圓|jpy|yen|円",
    "HKD": r"港币|港幣|港元|hkd|hk\$", "MOP": r"澳门元|澳門元|mop", "TWD": r"新台币|新臺幣|台币|twd|nt\$",
    "SGD": r"新加坡元|新元|sgd|s\$", "AUD": r"澳元|澳大利亚元|aud|a\$", "CAD": r"加元|加拿大元|cad|c\$", "NZD": r"新西兰元|nzd|nz\$",
    "CHF": r"瑞士法郎|瑞郎|chf", "KRW": r"韩元|韓元|韩币|krw|₩|won", "RUB": r"卢布|rub|₽", "INR": r"卢比|inr|₹|rs\.?",
    "SEK": r"瑞典克朗|sek", "DKK": r"丹麦克朗|dkk", "NOK": r"挪威克朗|nok",
}
PERIODS = {
    "month": r"每个?月|/\s*月|月(?:基本)?(?:薪|工资|收入|报酬|劳务费)|按月|monthly|(?:(?:per|each|every)\s*|\ba )(?:calendar\s*)?month"
             r"|monatlich|mensuel(?:le)?s?|mensual|mensal|(?:par|al|por|pro|im) (?:mois|mes|monat)"
             r"|/\s*(?:month|mth|mo|monat|mois)\b|p\.?\s?m\.(?!\w)",
    "year": r"每年|/\s*年|年度?(?:薪|工资|收入|报酬)|全年|annual(?:ly)?|yearly|(?:(?:per|each|every)\s*|\ba )(?:year|annum)"
            r"|jahrlich|annuel(?:le)?s?|anual|(?:par|al|por|pro|im) (?:an|ano|jahr)\b|/\s*(?:year|yr|annum|jahr|an)\b|p\.?\s?a\.(?!\w)",
    "other": r"每[天日小周星]|/\s*(?:天|日|小时|周)|时薪|日薪|周薪|hourly|daily|weekly|per (?:hour|day|week)|/\s*(?:hour|day|week)\b",
}
TRADITIONAL = ("零〇", "壹一弌", "贰二貳两", "叁三參", "肆四", "伍五", "陆六陸", "柒七", "捌八", "玖九")
CAPITAL = {c: n for n, row in enumerate(TRADITIONAL) for c in row}
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
BIG = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
NUMBER = (
    r"\d{1,3}(?:[,'] ?\d{2,3})+(?:\.\d{1,2})?|\d{1,3}(?:\.\d{3})+(?:,\d{1,2})|\d{1,3}(?:\.\d{3}){2,}"
    r"|\d{1,3}(?: \d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,4})?"
)
WORDS = rf"[{''.join(CAPITAL)}{''.join(UNITS)}{''.join(BIG)}]{{2,20}}"
ANY_CURRENCY = "|".join(f"(?P<{{side}}{code}>(?<![a-z]){words}(?![a-z]))" for code, words in CURRENCIES.items())
AMOUNT = re.compile(
    rf"(?:(?:{ANY_CURRENCY.replace('{side}', 'b')})[\s:.]*)?(?:(?:{ANY_CURRENCY.replace('{side}', 'c')})[\s:.]*)?"
    rf"(?:(?<![\w.,/-])|(?<=[a-z一-鿿])|(?<=rs\.))(?:(?P<n>{NUMBER})|(?P<w>{WORDS}))(?![\d%])(?:\s*(?P<k>万|萬|亿|千(?!克|米)|k\b))?"
    rf"(?:\s*(?:{ANY_CURRENCY.replace('{side}', 'a')}))?(?:整|正)?"
)
BARE = re.compile(rf"\s*(?:{NUMBER})\s*[万k]?\s*(?:整|正)?\s*")
PAY = re.compile(r"(?:月薪|年薪|工资|薪酬|薪金|月收入|年收入|salary|remuneration|wages?)[^\d;；。,，]{0,12}$")
SENTENCE = re.compile(r"[;；。\n]|[.,，、](?=\s|\D)")
MOST = 10**12
NEAR = 60
"""So many characters before and after a sum may say of which period it is."""


@dataclass(frozen=True, slots=True)
class MoneyRead:
    """`value`: “40000.00 CNY/month”; the currency or the period is left out where nothing says it."""

    value: str
    text_span: tuple[int, int]
    doubt: Text | None = None

    @property
    def period(self) -> str:
        return self.value.partition("/")[2]


def read(text: str, label: str = "") -> list[MoneyRead]:
    """All sums of money in a text, as they follow each other. A plain number counts where it is all there is.

    `label`: what stands beside the text and may name currency and period, such as 月薪（人民币）.
    """
    flat = flattened(text)
    alone = BARE.fullmatch(flat) is not None
    found = []
    for match in AMOUNT.finditer(flat):
        currency = next((key[1:] for key, value in match.groupdict().items() if value and len(key) == 4), "")
        if not (currency or (match["k"] and match["k"] != "千") or alone or is_pay(flat, match)):
            continue
        amount = amount_of(match)
        if amount is None or amount >= MOST:
            continue
        period = period_of(flat, match.span()) or period_in(flattened(label))
        found.append(MoneyRead(written(amount, currency or currency_in(flattened(label)), period), match.span()))
    return once(found)


def is_pay(text: str, match: re.Match[str]) -> bool:
    """A number right after a word for pay, such as 月工资标准：35000."""
    return match["n"] is not None and PAY.search(text[max(0, match.start() - 24):match.start()]) is not None \
        and re.match(r"\s*[年月日号天时%/]", text[match.end():]) is None and len(re.sub(r"\D", "", match["n"])) > 3


def once(found: list[MoneyRead]) -> list[MoneyRead]:
    """A sum in figures and the same one again in words, as contracts have it, is one."""
    kept: list[MoneyRead] = []
    for one in found:
        if kept and amount_in(kept[-1].value) == amount_in(one.value) and one.text_span[0] - kept[-1].text_span[1] < NEAR:
            last = kept.pop()
            value = max(last.value, one.value, key=len)
            one = MoneyRead(value, last.text_span)
        kept.append(one)
    return kept


def flattened(text: str) -> str:
    flat = "".join(b if len(b := bare(c)) == 1 else c for c in narrow(text))
    return re.sub(r"(?<=\d)[\do,.]*o[\do,.]*(?![^\W\d])", lambda m: m[0].replace("o", "0"), flat)


def amount_of(match: re.Match[str]) -> Decimal | None:
    amount = number(match["n"]) if match["n"] else in_words(match["w"])
    if amount is None:
        return None
    return amount * {"k": 1000, "千": 1000, "亿": 10**8}.get(match["k"], 10**4) if match["k"] else amount


def number(text: str) -> Decimal:
    """40,000.00, 40.000,00, 40 000 and 40'000 are the same; a single mark before three digits groups them."""
    text = re.sub(r"[ ']", "", text)
    last = max(text.rfind(","), text.rfind("."))
    if last < 0:
        return Decimal(text)
    mark, tail = text[last], text[last + 1:]
    both = "," in text and "." in text
    groups = not both and len(tail) == 3 and (mark == "," or text.count(".") > 1 or (len(text) - last == 4 and text[0] != "0"))
    if groups or (not both and text.count(mark) > 1):
        return Decimal(re.sub(r"[.,]", "", text))
    return Decimal(re.sub(r"[.,]", "", text[:last]) + "." + tail)


def in_words(text: str) -> Decimal | None:
    """肆万元, 四万五千, 壹拾贰万; None where it is a mere row of digits or no number."""
    if not any(c in UNITS or c in BIG for c in text):
        return None
    total = section = digit = 0
    for c in text:
        if c in CAPITAL:
            digit = CAPITAL[c]
        elif c in UNITS:
            section, digit = section + (digit or 1) * UNITS[c], 0
        else:
            total, section, digit = (total + section + digit) * BIG[c] if c in "亿億" else total + (section + digit) * BIG[c], 0, 0
    return Decimal(total + section + digit) or None


def period_of(text: str, span: tuple[int, int]) -> str:
    """What stands right after a sum says it first, then the nearest word before it in its sentence."""
    after = SENTENCE.split(text[span[1]:span[1] + NEAR])[0]
    starts = [(m.start(), name) for name, words in PERIODS.items() if (m := re.search(words, after))]
    if starts and min(starts)[0] <= 12:
        return min(starts)[1]
    before = re.split(r"[;；。\n]", text[max(0, span[0] - NEAR):span[0]])[-1]
    ends = [(m.end(), name) for name, words in PERIODS.items() for m in re.finditer(words, before)]
    return max(ends)[1] if ends else min(starts)[1] if starts else ""


def period_in(label: str) -> str:
    return next((name for name, words in PERIODS.items() if re.search(words, label)), "")


def currency_in(label: str) -> str:
    return next((code for code, words in CURRENCIES.items() if re.search(rf"(?<![a-z])(?:{words})(?![a-z])", label)), "")


def written(amount: Decimal, currency: str, period: str) -> str:
    value = str(amount.quantize(Decimal("0.01"), ROUND_HALF_UP))
    return value + (f" {currency}" if currency else "") + (f"/{period}" if period else "")


def amount_in(value: str) -> Decimal:
    return Decimal(re.split(r"[ /]", value)[0])


def currency_of(value: str) -> str:
    return re.split(r"[ /]", value)[1] if " " in value else ""


YEARLY = equal("按年计，合每月的数额一致", "Given by the year; by the month it is the same")
ANOTHER_PERIOD = different("一处按月，一处按年", "One is by the month, the other by the year")
TWELVE = near("正好相差12倍，可能一处按月、一处按年", "One is 12 times the other: one may be by the month, the other by the year")
UNREAD = near("没有读出金额", "The amount could not be read")
VALUE = re.compile(r"-?\d+(?:\.\d+)?(?: [A-Z]{3})?(?:/\w+)?")
CURRENCY = different("币种不同", "The currencies differ")
AMOUNT_DIFFERS = different("金额不同", "The amounts differ")


def likeness(given: str, read_value: str, *, label: str = "") -> Likeness:
    """`given` as a form keeps it, such as 40000 or 40000.00; in yuan, by the period that its `label` says. Words are read first."""
    given, read_value = (value if VALUE.fullmatch(value) else next((r.value for r in read(value)), "") for value in (given, read_value))
    if not given or not read_value:
        return UNREAD
    first, second = amount_in(given), amount_in(read_value)
    currency, period = currency_of(read_value), read_value.partition("/")[2]
    asked = given.partition("/")[2] or period_in(flattened(label))
    if currency and currency != (currency_of(given) or "CNY"):
        return CURRENCY
    factor = {("month", "year"): Decimal(12), ("year", "month"): Decimal(1) / 12}.get((asked, period))
    if factor:
        return YEARLY if abs(first * factor - second) < 12 else ANOTHER_PERIOD if first == second else AMOUNT_DIFFERS
    if first == second:
        return EQUAL if period != "other" else near("材料上的金额按日、周或小时计", "The document gives it by the hour, day or week")
    return TWELVE if not (asked and period) and (first * 12 == second or second * 12 == first) else AMOUNT_DIFFERS
