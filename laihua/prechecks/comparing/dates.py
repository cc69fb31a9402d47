"""Dates and months as they are written in Chinese, English and other languages, and whether two of them are the same."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from laihua.kernel.texts import Text
from laihua.prechecks.comparing.levels import EQUAL, Likeness, different
from laihua.prechecks.comparing.month_names import MONTHS
from laihua.prechecks.comparing.plain import bare, narrow

Order = Literal["dmy", "mdy", ""]
LONG = "9999-12-31"
"""长期: what never ends."""
FIRST_YEAR, LAST_YEAR, CENTURY = 1900, 2100, 50
ORDER = Text("日和月的先后看不出来，可以是{value}，也可以是{others}", "Day and month may stand either way: {value} or {others}")
YEAR = Text("年份只印了两位，可以是{value}，也可以是{others}", "The year is printed with two digits: {value} or {others}")


@dataclass(frozen=True, slots=True)
class DateRead:
    """`value`: 2026-11-20, or 2026-11 for a month. `others`: what it may say as well, with `doubt` then."""

    value: str
    text_span: tuple[int, int]
    doubt: Text | None = None
    others: tuple[str, ...] = ()


ERAS = {"民国": 1911, "民國": 1911, "令和": 2018, "平成": 1988, "昭和": 1925}
DIGITS = {c: str(n) for n, c in enumerate("零一二三四五六七八九")} | dict.fromkeys("〇○oо", "0")
Parse = Callable[[re.Match[str], Order], Iterable[str]]


def read(text: str, *, order: Order = "") -> list[DateRead]:
    """All dates and months in a text, as they follow each other. `order`: that of day and month, where it is known."""
    flat = flattened(text)
    order = order or order_of([text])
    found: list[DateRead] = []
    taken = [False] * len(flat)
    for pattern, parse in PATTERNS:
        for match in pattern.finditer(flat):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            values = list(dict.fromkeys(v for v in parse(match, order) if v))
            if values:
                taken[start:end] = [True] * (end - start)
                found.append(DateRead(values[0], (start, end), doubt_of(values), tuple(values[1:])))
    return sorted(found, key=lambda one: one.text_span)


def days(text: str, *, order: Order = "") -> list[DateRead]:
    """Those of `read` that name a day."""
    return [one for one in read(text, order=order) if len(one.value) == len(LONG)]


def order_of(texts: Iterable[str]) -> Order:
    """How a document orders day and month, as its unmistakable dates show; empty where they do not, or contradict each other."""
    seen: set[Order] = set()
    for text in texts:
        for match in NUMERIC.finditer(flattened(text)):
            first, second = int(match[1]), int(match[4])
            if 31 >= first > 12 >= second:
                seen.add("dmy")
            elif 31 >= second > 12 >= first:
                seen.add("mdy")
    return seen.pop() if len(seen) == 1 else ""


def flattened(text: str) -> str:
    """Small letters without accents and digits for the letters that OCR takes them for; as long as the text."""
    flat = "".join(b if len(b := bare(c)) == 1 else c for c in narrow(text))
    flat = re.sub(r"(?<=[\d/.-])o(?=\d)|(?<=[/.-]\d)o(?!\w)", "0", flat)
    return re.sub(r"(?<![^\W\d])[li|](?=\d)|(?<=\d)[li|](?=[\d/.-])", "1", flat)


def doubt_of(values: list[str]) -> Text | None:
    if len(values) < 2:
        return None
    same_year = {v[:4] for v in values} == {values[0][:4]}
    return (ORDER if same_year else YEAR).format(value=values[0], others=values[1])


def day(year: int, month: int, number: int) -> str:
    """Empty where there is no such day."""
    try:
        return date(year, month, number).isoformat() if FIRST_YEAR <= year <= LAST_YEAR else ""
    except ValueError:
        return ""


def month_of(year: int, month: int) -> str:
    return f"{year:04}-{month:02}" if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 else ""


def years(digits: str) -> tuple[int, ...]:
    """Of a year with two digits the likelier century first."""
    if len(digits) > 2:
        return (int(digits),)
    short = int(digits)
    return (2000 + short, 1900 + short) if short < CENTURY else (1900 + short, 2000 + short)


def year_first(match: re.Match[str], order: Order) -> Iterable[str]:
    return [day(int(match["y"]), int(match["m"]), int(match["d"]))]


def in_chinese(match: re.Match[str], order: Order) -> Iterable[str]:
    year, month = chinese_year(match[1]), chinese_count(match[2])
    return [day(year, month, chinese_count(match[3]))] if match.re.groups == 3 else [month_of(year, month)]


def chinese_year(text: str) -> int:
    era = next((e for e in ERAS if text.startswith(e)), "")
    rest = text[len(era):].replace(" ", "")
    if era:
        return ERAS[era] + (1 if rest == "元" else chinese_count(rest))
    digits = "".join(DIGITS.get(c, c) for c in rest)
    return int(digits) if digits.isdecimal() else 0


def chinese_count(text: str) -> int:
    """Up to 199; 0 where it is no number."""
    text = text.replace(" ", "").replace("廿", "二十").replace("卅", "三十")
    hundreds, _, text = text.rpartition("百")
    text = text.lstrip("零〇○")
    total = 100 if hundreds else 0
    if text.isdecimal():
        return total + int(text)
    tens, ten, ones = text.rpartition("十")
    if any(c not in DIGITS for c in tens + ones) or max(len(tens), len(ones)) > 1:
        return 0
    return total + (int(DIGITS.get(tens, "1")) * 10 if ten else 0) + int(DIGITS.get(ones, "0"))


def named_day(match: re.Match[str], order: Order) -> Iterable[str]:
    return [day(year, MONTHS[match["n"]], int(match["d"])) for year in years(match["y"])]


def named_month(match: re.Match[str], order: Order) -> Iterable[str]:
    return [month_of(int(match["y"]), MONTHS[match["n"]])]


def numeric(match: re.Match[str], order: Order) -> Iterable[str]:
    """Day and month by `order`, by what is possible, by the point that puts the day first; otherwise both ways."""
    first, mark, second, year = int(match[1]), match[2] or "", int(match[4]), match[5]
    orders: tuple[Order, ...] = (order,) if order else ("dmy",) if mark.strip() in {".", ""} else ("dmy", "mdy")
    found = [day(y, second, first) if o == "dmy" else day(y, first, second) for o in orders for y in years(year)]
    if len(year) == 2 and not order:
        found += [day(y, second, int(year)) for y in years(match[1].zfill(2))]       # 26-11-20
    return found if any(found) else [day(y, first, second) for y in years(year)]


def number_of_month(match: re.Match[str], order: Order) -> Iterable[str]:
    return [month_of(int(match["y"]), int(match["m"]))]


def without_end(match: re.Match[str], order: Order) -> Iterable[str]:
    return [LONG]


NAME = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
NAMED = rf"(?:\d{{1,2}}\s*[月월]\s*[/.]?\s*)?(?P<n>{NAME})\.?(?:\s*/\s*(?:{NAME})\.?)?(?!(?!of|de)[^\W\d])"     # 11月/NOV, MAR/MARS
DAY = r"(?<![\d.,/])(?P<d>\d{1,2})(?:st|nd|rd|th|er|[oa](?!\w))?"
OF = r"[\s,./-]{0,3}(?:(?:day\s*)?(?:of|de|del|d'|the)\s*)?"
AFTER = r"[\s,./-]{0,3}(?:(?:of|del?)\s*)?'?"
YEAR_OF_NAMED = r"(?P<y>\d{4}|\d{2})"
END = r"(?!\d|[./-]\d)"
NUMERAL = "〇零○0-9o一二三四五六七八九"
CHINESE_YEAR = (
    rf"((?<!\d)\d\s?\d\s?\d\s?\d|[{NUMERAL}]{{4}}|"
    rf"(?:{'|'.join(ERAS)})\s*(?:元|\d{{1,3}}|[零〇一二三四五六七八九十百]{{1,5}}))\s*[年년]"
)
CHINESE_MONTH = r"\s*(\d\s?\d?|[一二三四五六七八九十]{1,2})\s*[月월]"
CHINESE_DAY = r"\s*(\d\s?\d?|[一二三四五六七八九十廿卅]{1,3})(?:\s*[日号號일]|(?!\d))"
NUMERIC = re.compile(
    r"(?<![a-z0-9_.,/-])(\d{1,2})(?:(\s?[/.-]\s?)|(?<=\d\d)(\s)(?=\d\d\s\d{4}))(\d{1,2})(?:\2|\3)(\d{4}|\d{2})(?!\d|[./-]\d|[a-z])"
)
PATTERNS: tuple[tuple[re.Pattern[str], Parse], ...] = (
    (re.compile(CHINESE_YEAR + CHINESE_MONTH + CHINESE_DAY), in_chinese),
    (re.compile(rf"{DAY}{OF}{NAMED}{AFTER}{YEAR_OF_NAMED}{END}"), named_day),
    (re.compile(rf"(?<![^\W\d]){NAMED}[\s.-]{{0,2}}{DAY}[\s,]{{1,3}}(?P<y>\d{{4}}){END}"), named_day),
    (re.compile(rf"(?<!\d)(?P<y>\d{{4}})[\s,/.-]{{0,2}}{NAMED}[\s.,/-]{{0,2}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?{END}"), named_day),
    (re.compile(rf"(?<![a-z0-9_.,/-])(?P<y>\d{{4}})(?P<s>\s?[-/.]\s?)(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}}){END}"), year_first),
    (NUMERIC, numeric),
    (re.compile(r"(?<![\w.,/-])(?P<y>(?:19|20)\d\d)(?P<s>\s?)(?P<m>\d\d)(?P=s)(?P<d>\d\d)(?![\w./])"), year_first),
    (re.compile(CHINESE_YEAR + CHINESE_MONTH), in_chinese),
    (re.compile(rf"(?<![a-z0-9_])(?<!\d[\s./-]){NAMED}[\s,./-]{{0,3}}(?:(?:of|de|del)\s+)?(?P<y>\d{{4}}){END}"), named_month),
    (re.compile(r"(?<![a-z0-9_.,/])(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d\d)(?![a-z0-9_/]|[.-]\d\d?(?!\d))"), number_of_month),
    (re.compile(r"(?<![a-z0-9_.,/])(?P<m>\d\d)[/.](?P<y>(?:19|20)\d\d)(?![a-z0-9_/]|\.\d)"), number_of_month),
    (re.compile(r"长期|長期|永久有效|无固定期限|無固定期限|^\s*(?:permanent|indefinite|long[ -]?term)\s*$"), without_end),
)


def likeness(given: str, read_value: str, *, others: Iterable[str] = (), doubt: Text | None = None) -> Likeness:
    """Of two days or months; a month agrees with its days. `others`: what the document may say as well, `doubt` why."""
    if not doubt and (given.startswith(read_value) or read_value.startswith(given)) and given and read_value:
        return EQUAL
    if doubt and given in {read_value, *others}:
        return Likeness("near", doubt)
    if {given[5:7], given[8:]} == {read_value[5:7], read_value[8:]} and given[:4] == read_value[:4]:
        return different("日和月的位置对调了", "Day and month have changed places")
    for part, zh, en in ((slice(0, 4), "年份", "year"), (slice(5, 7), "月份", "month"), (slice(8, 10), "日", "day")):
        if given[:part.start] + given[part.stop:] == read_value[:part.start] + read_value[part.stop:]:
            return different(f"{zh}不同", f"The {en} differs")
    return different("日期不同", "The dates differ")
