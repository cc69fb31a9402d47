"""护照资料页. The data page of a passport of any state: its machine-readable zone, and what is printed above it."""

import re
from dataclasses import replace

from laihua.kernel.texts import Text
from laihua.prechecks import mrz
from laihua.prechecks.comparing import dates
from laihua.prechecks.comparing import names as comparing_names
from laihua.prechecks.kind import Fields, Found, Kind
from laihua.prechecks.kinds import _identity as identity
from laihua.prechecks.layout import Cell, printed_labels
from laihua.prechecks.wording import letters, says, titled
from laihua.prechecks.words import Leaf, Reading

CARRIES = identity.carried(
    surname=("姓", "Surname", "name"), given_names=("名", "Given names", "name"), name=("姓名", "Name", "name"),
    chinese_name=("中文姓名", "Chinese name", "name"), number=("护照号", "Passport number", "number"),
    nationality=("国籍", "Nationality", "country"), birth_date=("出生日期", "Date of birth", "date"), sex=("性别", "Sex", "sex"),
    birth_place=("出生地点", "Place of birth", "address"), issued_on=("签发日期", "Date of issue", "date"),
    expires_on=("有效期至", "Date of expiry", "date"),
)
LABELS = identity.labels(
    "surname", "given_names", "chinese_name", "birth_place", "issued_on", "expires_on", "birth_date", "nationality", "sex", "name",
    number=identity.LABELS["passport_number"],
)
TITLES = (
    "passport", "passeport", "pasaporte", "passaporte", "passaporto", "reisepass", "paspoort", "pass", "passi", "paszport",
    "pas", "cestovný pas", "cestovní pas", "útlevél", "pașaport", "pasaport", "паспорт", "διαβατήριο", "护照", "護照", "旅券",
    "여권", "hộ chiếu", "paspor", "travel document",
)
OTHER_PAPERS = (
    "居留许可", "居留证", "签证", "工作许可", "永久居留", "居民身份证", "申请表", "登记表", "信息表", "合同",
    "residence permit", "work permit", "application form", "curriculum vitae", "to whom it may concern",
    "certificate", "certify", "convictions",
)
OTHER_HEADINGS = (
    "certificate", "certification", "application", "contract", "agreement", "permit", "visa", "licence", "identity card",
    "form", "证明", "证书", "通知", "承诺书", "委托书",
)
MOST_LINES = 90
WORTH = {
    "surname": 0.12, "given_names": 0.12, "name": 0.08, "birth_date": 0.08, "birth_place": 0.1, "sex": 0.06, "nationality": 0.06,
    "issued_on": 0.08, "expires_on": 0.12, "number": 0.08, "~authority": 0.08, "~type": 0.06, "~code": 0.06,
}
TITLED, OTHERWISE = 0.16, 0.5
PASSPORT_CODE = re.compile(r"P")


def score(leaf: Leaf) -> float:
    zone = mrz.zone_of(leaf)
    if zone and PASSPORT_CODE.match(zone.code):
        return 0.97 if "expires_on" not in zone.failed else 0.85
    if zone and zone.form in ("TD3", "MRV-A") and not zone.code:      # the upper line could not be read
        return 0.8 if says(leaf, *TITLES) else 0.7
    if len(leaf.lines) > MOST_LINES:
        return 0.0
    said = {mark.key for mark in printed_labels(leaf, LABELS)}
    worth = sum(WORTH.get(key, 0.0) for key in said) + TITLED * is_headed(leaf)
    other = zone or "expires_on" not in said or says(leaf, *OTHER_PAPERS) or titled(leaf, *OTHER_HEADINGS)
    return round(min(OTHERWISE if other else 0.9, worth), 3)


def is_headed(leaf: Leaf) -> bool:
    """Whether a line says nothing but passport, in one language or several."""
    words = {letters(word) for title in TITLES for word in title.split()}
    return any(said and set(map(letters, said)) <= words for said in (re.findall(r"[^\W\d_]+", line.text) for line in leaf.lines))


def extract(reading: Reading) -> Fields:
    """Each page that is one for itself: the old and the new passport may lie in one file."""
    pages = [page_of(leaf) for leaf in reading.leaves if score(leaf) >= OTHERWISE] or [page_of(leaf) for leaf in reading.leaves]
    return identity.gathered(pages, [one.key for one in CARRIES])


def page_of(leaf: Leaf) -> identity.Page:
    zone = mrz.zone_of(leaf)
    order = order_of(leaf, zone)
    page = identity.printed(leaf, LABELS, {
        "surname": identity.latin_name, "given_names": identity.latin_name, "name": whole_name, "chinese_name": identity.chinese_name,
        "number": passport_number, "nationality": identity.country, "birth_date": identity.day(order), "sex": identity.sex,
        "birth_place": identity.place, "issued_on": identity.day(order), "expires_on": identity.last_day(order),
    })
    page = page | {key: in_two_lines(page[key], zone, key) for key in ("surname", "given_names")}
    page = {**page, "chinese_name": page["chinese_name"] or chinese_beside(leaf)}
    if not page["surname"] and not page["given_names"]:
        page = page | at_the_comma(page["name"][:1])
    if not page["number"] and zone:
        page["number"] = number_alone(leaf, zone)
    page = identity.with_zone(page, zone, leaf)
    page["name"] = names(page)
    if not page.get("issued_on"):
        page["issued_on"] = third_day(leaf, page, order)
    return {key: some for key, some in page.items() if some}


def order_of(leaf: Leaf, zone: mrz.Zone | None) -> dates.Order:
    """How the page orders day and month, as its other dates or its zone show."""
    if order := dates.order_of(line.text for line in leaf.lines):
        return order
    known = {one.value for key in ("birth_date", "expires_on") for one in (zone.fields.get(key, ()) if zone else ()) if not one.doubt}
    either = [line.text for line in leaf.lines if any(one.others for one in dates.days(line.text))]
    orders: tuple[dates.Order, ...] = ("dmy", "mdy")
    return next((o for o in orders if any(one.value in known for text in either for one in dates.days(text, order=o))), "")


def in_two_lines(some: list[Found], zone: mrz.Zone | None, key: str) -> list[Found]:
    """Long names take two lines, and so do two surnames: the zone knows, as it does not know a name by birth below the other."""
    said = next(iter(zone.fields.get(key, ())), None) if zone else None
    whole = identity.in_one(some[:1], some[1:2])
    if said and whole and comparing_names.likeness(said.value, whole[0].value, whole=False).level == "equal":
        return whole
    return some


def passport_number(text: str) -> list[identity.Value]:
    return [(value.replace("-", ""), start, end, doubt) for value, start, end, doubt in identity.number(text) if 6 <= len(value) <= 12]


def number_alone(leaf: Leaf, zone: mrz.Zone) -> list[Found]:
    """A number that no label names, in a corner or beside the heading: the one that differs from that of the zone in two places
    at most."""
    said = next(iter(zone.fields.get("number", ())), None)
    if said is None:
        return []
    lines = (Cell(line.text, "", leaf.number, line.box, line.sure) for line in leaf.lines if "<" not in line.text)
    alone = (one for one in identity.values(lines, passport_number) if len(one.value) == len(said.value))
    return sorted((one for one in alone if unlike(one, said) <= 2), key=lambda one: unlike(one, said))[:1]


def unlike(one: Found, other: Found) -> int:
    return sum(a != b for a, b in zip(one.value, other.value, strict=True))


def whole_name(text: str) -> list[identity.Value]:
    """The name in Latin letters, its parts as they follow each other."""
    return list(identity.latin_name(text))


def chinese_beside(leaf: Leaf) -> list[Found]:
    """A Chinese name in the cell of the name in Latin letters, or over it: whole, or surname and given names apart."""
    page = identity.printed(leaf, LABELS, {"name": identity.chinese_name, "surname": few_characters, "given_names": few_characters})
    apart = [replace(one, value=one.value.replace(" ", "")) for one in identity.in_one(page["surname"], page["given_names"])]
    return apart or page["name"][:1]


def few_characters(text: str) -> list[identity.Value]:
    """Part of a Chinese name: one to three characters."""
    match = re.fullmatch(r"[\s/]*([\u3400-\u9fff]{1,3})[\s/]*(?:[A-Z][A-Za-z ]*)?", text)
    return [(match[1], *match.span(1), None)] if match else []


def names(page: identity.Page) -> list[Found]:
    """Surname and given names in one value, as printed and as the zone has them."""
    whole = [one for one in page.get("name", []) if one.source == "zone"]
    surname, given = (next((one for one in page.get(key, []) if one.source == "printed"), None) for key in ("surname", "given_names"))
    if surname and given:
        value, text, box = f"{surname.value} {given.value}", f"{surname.text} {given.text}", surname.box.joined(given.box)
        return [replace(surname, value=value, text=text, box=box, sure=min(surname.sure, given.sure)), *whole]
    return [*(one for one in page.get("name", []) if one.source == "printed"), *whole] or [one for one in (surname, given) if one]


def at_the_comma(some: list[Found]) -> identity.Page:
    """LYU, JIAXUAN is a surname and given names."""
    parts = [part.strip() for one in some for part in one.value.split(",")]
    if len(parts) != 2 or not all(parts):
        return {}
    return {key: [replace(some[0], value=part, text=part)] for key, part in zip(("surname", "given_names"), parts, strict=True)}


def third_day(leaf: Leaf, page: identity.Page, order: dates.Order) -> list[Found]:
    """Where no label says which day is that of issue: the one that is neither that of birth nor that of expiry."""
    known = {one.value for key in ("birth_date", "expires_on") for one in page.get(key, ())}
    every = {
        one.value: identity.found(Cell(line.text, "", leaf.number, line.box, line.sure), (one.value, *one.text_span, one.doubt))
        for line in leaf.lines for one in dates.days(line.text, order=order) if one.value not in known
    }
    between = [one for value, one in every.items() if len(known) == 2 and min(known) < value < max(known)]
    return between if len(between) == 1 else []


KIND = Kind(
    "passport", Text("护照资料页", "Passport data page"), CARRIES, score, extract, expires="expires_on", issued="issued_on",
    always=("number", "surname", "nationality", "birth_date", "sex", "expires_on"),
)
