"""What papers about a person have in common: their labels in many languages, and how the values beside these are read."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from laihua.kernel.texts import Text
from laihua.prechecks.comparing import countries, dates
from laihua.prechecks.kind import Carried, Found, Type
from laihua.prechecks.kinds._mended import labels_whole
from laihua.prechecks.kinds._person_labels import LABELS, NO_NAMES
from laihua.prechecks.layout import Cell, cells, continued
from laihua.prechecks.mrz import Zone
from laihua.prechecks.wording import is_han, letters, scripts
from laihua.prechecks.words import Leaf, Line

RANGE = re.compile(r"自(?=\d)|(?<=\d)[-–—至到](?=(?:19|20)\d\d[./年-]\d|长期|\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d)")
"""What stands between the two days of a validity, or before them: 2010.01.02-2030.01.02."""
Value = tuple[str, int, int, Text | None]       # the value, where it stands in the text, and what else it may be
Reader = Callable[[str], Iterable[Value]]
Page = dict[str, list[Found]]
ALIKE = str.maketrans("OQDILZSGB", "000112568")
"""Letters that OCR takes for digits: two numbers that differ in nothing else look the same in print."""
BORN_AS = re.compile(r"(?i)\b(?:geb|née?|nee|born|ép|épouse|wife of|husband of|formerly|ur)\b\.?.*$")
TITLE = re.compile(r"(?i)^(?:mr|mrs|ms|miss|dr|prof|herr|frau|mme|mlle)\.?\s+")
PRINTED_SEX = {
    "M": {"m", "male", "男", "mann", "man", "männlich", "masculin", "masculino", "maschile", "homme", "hombre", "e", "erkek", "м", "муж",
          "мужской", "남", "남성", "男性"},
    "F": {"f", "female", "女", "w", "weiblich", "féminin", "feminin", "femenino", "feminino", "femminile", "femme", "mujer", "k", "kadın",
          "v", "vrouw", "ж", "жен", "женский", "여", "여성", "女性"},
}


def carried(**keys: tuple[str, str, Type]) -> tuple[Carried, ...]:
    return tuple(Carried(key, Text(zh, en), kind) for key, (zh, en, kind) in keys.items())


HALF_NAME = (*LABELS["name"], "姓", "名")
HALF_ADDRESS, HALF_SEX = ("住", "址"), ("性", "别")
"""On papers of residents, whose labels are set apart: OCR may lose one of the two characters."""


def labels(*keys: str, **own: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The labels of these keys, those of the kind first, and then all others: where a value ends."""
    chosen = {key: own.get(key, ()) + LABELS.get(key, ()) for key in dict.fromkeys((*keys, *own))}
    taken = {letters(word) for words in chosen.values() for word in words}
    rest = {f"~{key}": tuple(word for word in words if letters(word) not in taken) for key, words in LABELS.items() if key not in chosen}
    return chosen | rest


def printed(leaf: Leaf, named: Mapping[str, tuple[str, ...]], readers: Mapping[str, Reader]) -> Page:
    """What the labels of a page say: by key the values of one cell, that of the likeliest place first."""
    leaf = labels_whole(leaf)
    found = cells(leaf, named)
    page = {key: values(found[key], read) for key, read in readers.items() if key in found}
    every = [word for words in named.values() for word in words]
    return {key: once([*some, *in_two_lines(leaf, found[key], every)]) if readers[key] in (name, latin_name) else some
            for key, some in page.items()}


def in_two_lines(leaf: Leaf, some: Iterable[Cell], every: list[str]) -> Iterator[Found]:
    """Names in Latin letters with the line straight below, where that has no label of its own and is printed alike."""
    for cell in some:
        if cell.how != "below" and "\n" not in cell.text:
            whole = continued(leaf, cell, every, most=1)
            rest = whole.text[len(cell.text):].strip()
            if re.fullmatch(r"[^\W\d_][^\d_:：]*", rest) and not scripts(rest) - {"latin"} and rest.isupper() == cell.text.isupper():
                yield from values([whole], latin_name)


def values(some: Iterable[Cell], read: Reader) -> list[Found]:
    once: dict[str, Found] = {}
    for cell in some:
        for value in read(cell.text.replace("\n", " ")):
            once.setdefault(value[0], found(cell, value))
    return list(once.values())


def found(cell: Cell, value: Value) -> Found:
    text, start, end, doubt = value
    whole = "\n" in cell.text or (start, end) == (0, len(cell.text))
    box = cell.box if whole else Line(cell.text, cell.box).part(start, end)
    return Found(text, cell.text[start:end].strip(), cell.page, box, cell.sure, doubt=doubt)


def with_zone(page: Page, zone: Zone | None, leaf: Leaf) -> Page:
    """One printed value for each key, the one that the zone says where it is among them, and that of the zone.

    In pictures numbers and days of the zone that its check digits confirm come first: they are read more surely than print.
    """
    one: Page = {}
    for key in {*page, *(zone.fields if zone else ())}:
        said = list(zone.fields.get(key, ()))[:1] if zone else []
        some = [agreeing(value, said[0]) for value in page.get(key, ())] if said else page.get(key, [])
        best = sorted(some, key=lambda value: not (said and same(value.value, said[0].value)))
        best = [one for one in best if one is best[0] or (not said and one.value.startswith(f"{best[0].value} "))]     # in two lines
        surer = bool(said and not said[0].doubt and leaf.by == "ocr" and key not in {"surname", "given_names", "name"})
        one[key] = [*said, *best] if surer else [*best, *said]
    return one


def agreeing(value: Found, zone: Found) -> Found:
    """A date that may be read in two ways is the one of the zone; a letter that looks like a digit is what its check digit says."""
    if value.doubt and not zone.doubt and any(one.value == zone.value or zone.value in one.others for one in dates.read(value.text)):
        return replace(value, value=zone.value, doubt=None)
    if not zone.doubt and value.value != zone.value and value.value.translate(ALIKE) == zone.value.translate(ALIKE) and value.sure < 1:
        return replace(value, value=zone.value)
    return value


def same(one: str, other: str) -> bool:
    return letters(one) == letters(other)


def gathered(pages: Iterable[Page], keys: Iterable[str], *, newest: str = "expires_on") -> dict[str, tuple[Found, ...]]:
    """Of several pages, such as the old and the new passport in one file, the one that holds longest comes first."""
    order = sorted(pages, key=lambda page: max((one.value for one in page.get(newest, ())), default=""), reverse=True)
    return {key: some for key in keys if (some := tuple(one for page in order for one in page.get(key, ())))}


# --- readers: what may stand at a label, and nothing where something else stands there ---

def name(text: str) -> Iterator[Value]:
    """A name in Latin letters, and one in Chinese characters. Other scripts are left out: they stand beside a Latin name."""
    yield from latin_name(text)
    yield from chinese_name(text)


def latin_name(text: str) -> Iterator[Value]:
    for start, end in runs(text, lambda c: c.isalpha() and "LATIN" in unicodedata.name(c, "")):
        run = BORN_AS.sub("", text[start:end])
        shift = len(run) - len(TITLE.sub("", run))
        value = run[shift:].strip(" ,.-'’`")
        words = {letters(word) for word in re.split(r"[\s,]+", value)}
        if value and not re.search(r"\d{2}", text) and not words & NO_NAMES and len(value) <= 80:
            at = text.index(value, start)
            yield re.sub(r"\s+", " ", value), at, at + len(value), None
            return


def chinese_name(text: str) -> Iterator[Value]:
    match = re.search(r"(?<![\u3400-\u9fff])[\u3400-\u9fff](?:\s?[·•・．.]?\s?[\u3400-\u9fff]){1,14}(?![\u3400-\u9fff])", text)
    value = re.sub(r"\s", "", match.group()) if match else ""
    if match and ("·" in value or len(value) <= 6) and not any(word in value for word in NO_CHINESE_NAMES) and not countries.read(value):
        yield value, match.start(), match.end(), None


NO_CHINESE_NAMES = (
    "姓名", "性别", "日期", "国籍", "护照", "号码", "证件", "签发", "单位", "公司", "有效", "民族",
    "出生", "住址", "照片", "类别", "机关", "签名", "盖章", "编号", "中国", "共和国", "职务", "许可",
    "配偶", "父亲", "母亲", "登记", "证书", "签证", "备注", "证号", "编码",
)


def runs(text: str, belongs: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """Stretches of such characters with what may stand within a name between them."""
    start = -1
    for at, char in enumerate(text + "\0"):
        if belongs(char):
            start = at if start < 0 else start
        elif start >= 0 and char not in " .,'’`-‐–\u0301":
            yield start, at
            start = -1


def day(order: dates.Order = "") -> Reader:
    def read(text: str) -> Iterator[Value]:
        for one in dates.days(RANGE.sub("~", text), order=order):
            yield one.value, *one.text_span, one.doubt
    return read


def last_day(order: dates.Order = "") -> Reader:
    """The end of a validity: of “from … to …” the later, and 长期."""
    def read(text: str) -> Iterator[Value]:
        yield from sorted(day(order)(text), key=lambda value: value[0], reverse=True)[:1]
    return read


def first_day(order: dates.Order = "") -> Reader:
    """The beginning of a validity, where the text says both."""
    def read(text: str) -> Iterator[Value]:
        both = sorted(day(order)(text), key=lambda value: value[0])
        if len(both) > 1:
            yield both[0]
    return read


def number(text: str) -> Iterator[Value]:
    """A number of a paper: five characters or more, a third of them digits; blanks within it do not count."""
    for match in re.finditer(r"(?<![A-Za-z0-9])[A-Z0-9](?:[ -]?[A-Z0-9]){4,24}(?![A-Za-z0-9])", unicodedata.normalize("NFKC", text)):
        value = match.group().replace(" ", "")
        if 3 * sum(c.isdigit() for c in value) >= len(value) and not looks_like_a_day(match.group()):
            yield value, match.start(), match.end(), None


def looks_like_a_day(text: str) -> bool:
    return bool(re.fullmatch(r"\d{1,2}[ -]?[A-Z]{3}[ -]?\d{2,4}|(?:19|20)\d\d[ -]\d\d[ -]\d\d|\d\d[ -]\d\d[ -](?:19|20)\d\d", text))


def identity_number(text: str) -> Iterator[Value]:
    """Of a resident: 18 characters."""
    for match in re.finditer(r"(?<![\dA-Za-z])\d(?: ?[\dOIl]){16} ?[\dXxOIl](?![\dA-Za-z])", unicodedata.normalize("NFKC", text)):
        yield match.group().replace(" ", "").upper().translate(str.maketrans("OIL", "011")), match.start(), match.end(), None


def sex(text: str) -> Iterator[Value]:
    for match in re.finditer(r"[^\W\d_]+", text):
        words = {match.group().casefold(), *([match.group()[0]] if is_han(match.group()[0]) else [])}
        for value, known in PRINTED_SEX.items():
            if words & known:
                yield value, match.start(), match.end(), None
                return


def country(text: str) -> Iterator[Value]:
    if code := countries.read(text) or next((c for part in re.split(r"[/|,\n]", text) if (c := countries.read(part))), ""):
        yield code, 0, len(text), None


def place(text: str) -> Iterator[Value]:
    """Words: an address, an authority, a place. More than two letters of them."""
    value = re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff\d])|(?<=\d)\s+(?=[\u3400-\u9fff])", "", re.sub(r"\s+", " ", text).strip())
    if sum(c.isalpha() for c in value) >= 2 and not dates.days(value):
        yield value, 0, len(text), None


# --- pages ---

def long_words(leaf: Leaf, named: Mapping[str, tuple[str, ...]], key: str) -> list[Found]:
    """An address or the like at a label, with the lines on which it goes on."""
    leaf, every = labels_whole(leaf), [word for words in named.values() for word in words]
    return values((continued(leaf, cell, every) for cell in cells(leaf, named)[key]), place)[:1]


def anywhere(leaf: Leaf, read: Reader) -> list[Found]:
    """What no label stands at, if there is only one such thing on the page."""
    every = values((Cell(line.text, "", leaf.number, line.box, line.sure) for line in leaf.lines), read)
    return every if len(every) == 1 else []


def once(some: Iterable[Found]) -> list[Found]:
    kept: dict[str, Found] = {}
    for one in some:
        kept.setdefault(one.value, one)
    return list(kept.values())


def in_one(surname: list[Found], given: list[Found]) -> list[Found]:
    """Surname and given names in one value."""
    if not surname or not given:
        return []
    first, last = surname[0], given[0]
    return [replace(first, value=f"{first.value} {last.value}", text=f"{first.text} {last.text}", box=first.box.joined(last.box),
                    sure=min(first.sure, last.sure))]


def is_about(leaf: Leaf, subject: str, papers: Iterable[str]) -> bool:
    """Whether a heading names an application for a thing, a notice of it or the like, and so not the thing itself."""
    about, ends = letters(subject), tuple(map(letters, papers))
    for line in leaf.lines:
        said = letters(line.text)
        if about in said and len(said) <= 60 and any(said.endswith(end) or said.startswith(end) for end in ends):
            return True
    return False
