"""系统已确认的法人信息: its three parts, and what is wrong with them (ACC-8). Pure.

Values are text, by part and field: `{"basic": {"name": …}, "authorisation": {…}, "representative": {…}}`. Every message
names the part of the page in which the field stands, for whoever looks in the wrong one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from laihua.accounts.identity.documents import (
    FOREIGN,
    HK_MO_TW,
    LONG_TERM,
    MAINLAND,
    TYPES,
    clean_number,
    wrong_number,
    wrong_until,
)
from laihua.kernel.texts import Reason, Text
from laihua.units import rules

Information = Mapping[str, Mapping[str, str]]
Values = dict[str, dict[str, str]]

PARTS: dict[str, Text] = {
    "basic": Text("法人单位基本信息", "Basic information of the unit"),
    "authorisation": Text("法人授权信息", "Authorisation"),
    "representative": Text("法定代表人信息", "Legal representative"),
}
FIELDS: dict[str, tuple[str, ...]] = {
    "basic": ("name", "name_en", "credit_code", "place", "kind", "address"),
    "authorisation": ("handler_name", "handler_document_type", "handler_document_number", "handler_document_until",
                      "handler_phone", "handler_email", "until"),
    "representative": ("type", "continent", "country", "name", "document_type", "document_number"),
}
PLACES = {"domestic": Text("境内", "Mainland China"), "hk_mo_tw": Text("港澳台", "Hong Kong, Macao, Taiwan"),
          "overseas": Text("境外", "Overseas")}
KINDS = {
    "enterprise": Text("企业法人", "Enterprise"), "social_organisation": Text("社会组织法人", "Social organisation"),
    "public_institution": Text("事业单位法人", "Public institution"), "other": Text("其他", "Other"),
}
AUTOMATIC_KINDS = frozenset({"enterprise", "social_organisation", "public_institution"})
REPRESENTATIVE_TYPES = {
    "mainland": Text("中华人民共和国大陆地区", "Mainland of the People's Republic of China"),
    "hk_mo_tw": Text("港澳台", "Hong Kong, Macao, Taiwan"), "other": Text("其他", "Other"),
}
CONTINENTS = {
    "asia": Text("亚洲", "Asia"), "europe": Text("欧洲", "Europe"), "africa": Text("非洲", "Africa"),
    "north_america": Text("北美洲", "North America"), "south_america": Text("南美洲", "South America"),
    "oceania": Text("大洋洲", "Oceania"),
}
DOCUMENTS_OF_TYPE = {"mainland": MAINLAND, "hk_mo_tw": HK_MO_TW, "other": FOREIGN}

LENGTHS = {"name": 200, "name_en": 300, "address": 300}
NEEDED: dict[str, tuple[tuple[str, Text], ...]] = {
    "basic": (
        ("name", Text("请填写单位名称", "Please give the name of the unit")),
        ("place", Text("请选择单位所在地", "Please choose where the unit is")),
        ("kind", Text("请选择单位类型", "Please choose the kind of unit")),
        ("address", Text("请填写注册地址", "Please give the registered address")),
    ),
    "authorisation": (
        ("handler_name", Text("请填写主代办人姓名", "Please give the main handler's name")),
        ("handler_phone", Text("请填写主代办人手机号码", "Please give the main handler's mobile number")),
        ("until", Text("请填写授权有效期至", "Please give the day until which the authorisation is valid")),
    ),
    "representative": (("name", Text("请填写法定代表人姓名", "Please give the legal representative's name")),),
}
TYPE_EMPTY = Text("法定代表人类型不能为空", "The type of the legal representative must not be empty")
CONTINENT_EMPTY = Text(
    "请选择所属大洲；法定代表人是中国大陆居民的，请把类型改为“中华人民共和国大陆地区”",
    "Please choose the continent; for a resident of mainland China choose the type “Mainland of the People's Republic of China”")
COUNTRY_EMPTY = Text("请选择国家", "Please choose the country")
COUNTRY_CHINA = Text(
    "“亚洲”中没有中国：法定代表人是中国大陆居民的，请把类型改为“中华人民共和国大陆地区”",
    "China is not among the countries of Asia here: choose the type “Mainland of the People's Republic of China”")
LONG = Text("最多{n}个字符", "At most {n} characters")
PHONE_WRONG = Text("请填写11位手机号码，如13800000000", "Write a mobile number of 11 digits, such as 13800000000")
DAY_WRONG = Text("日期请写成YYYY-MM-DD，如2027-12-31", "Write the date as YYYY-MM-DD, such as 2027-12-31")
AUTHORISATION_ENDED = Text("授权有效期已过，请填写今天或以后的日期", "The authorisation has ended; give today or a later day")
EMAIL_WRONG = Text("请填写完整的电子邮箱，如name@example.com", "Write a complete address, such as name@example.com")

UNIT_IDENTITY = (("basic", "name"), ("basic", "credit_code"), ("basic", "place"), ("basic", "kind"),
                 ("representative", "name"), ("representative", "document_type"), ("representative", "document_number"))
HANDLER_IDENTITY = (("authorisation", "handler_name"), ("authorisation", "handler_document_type"),
                    ("authorisation", "handler_document_number"))


@dataclass(frozen=True, slots=True)
class MainHandler:
    """主代办人, as he is given when the unit registers."""

    name: str
    document_type: str
    document_number: str
    phone: str
    email: str


def at_registration(*, name: str, credit_code: str, kind: str, handler: MainHandler) -> Values:
    """What is known of a unit that has just registered; the rest is asked for before its real name is checked."""
    return cleaned({
        "basic": {"name": name, "credit_code": credit_code, "kind": kind, "place": "domestic"},
        "authorisation": {
            "handler_name": handler.name, "handler_document_type": handler.document_type,
            "handler_document_number": handler.document_number, "handler_phone": handler.phone.removeprefix("+86"),
            "handler_email": handler.email,
        },
    })


def cleaned(typed: Information) -> Values:
    """As it is stored. What the representative's type does not ask for is dropped, whatever was typed there before."""
    values = {part: {key: " ".join(str(typed.get(part, {}).get(key, "")).split()) for key in keys} for part, keys in FIELDS.items()}
    basic, handler, person = values["basic"], values["authorisation"], values["representative"]
    basic["credit_code"] = rules.clean_credit_code(basic["credit_code"])
    handler["handler_document_number"] = clean_number(handler["handler_document_number"])
    handler["handler_phone"] = clean_number(handler["handler_phone"])
    person["document_number"] = clean_number(person["document_number"])
    if person["type"] in DOCUMENTS_OF_TYPE:
        allowed = DOCUMENTS_OF_TYPE[person["type"]]
        if person["type"] == "mainland":
            person["continent"] = person["country"] = ""
            person["document_type"] = allowed[0]
        elif person["type"] == "hk_mo_tw":
            person["country"] = ""
        elif not person["document_type"]:
            person["document_type"] = "passport"
    return values


def problems(values: Information, today: date) -> list[Reason]:
    """Everything that is wrong with cleaned values, in the order of the page."""
    return [*_basic(values["basic"]), *_authorisation(values["authorisation"], today), *_representative(values["representative"])]


def is_automatic(values: Information) -> bool:
    """Which units the provider knows; the others go to an officer at once (manual)."""
    basic = values.get("basic", {})
    return basic.get("place") == "domestic" and basic.get("kind") in AUTOMATIC_KINDS


def changed(before: Information, after: Information, fields: tuple[tuple[str, str], ...]) -> bool:
    return any(before.get(part, {}).get(key, "") != after.get(part, {}).get(key, "") for part, key in fields)


def wrong(part: str, key: str, text: Text) -> Reason:
    return Reason(f"{part}_{key}", Text("{part}：{text}", "{part}: {text}").format(part=PARTS[part], text=text), place=f"{part}.{key}")


def _missing(part: str, values: Mapping[str, str]) -> list[Reason]:
    return [wrong(part, key, text) for key, text in NEEDED[part] if not values[key]]


def _too_long(part: str, values: Mapping[str, str]) -> list[Reason]:
    return [wrong(part, key, LONG.format(n=LENGTHS.get(key, 100))) for key, value in values.items() if len(value) > LENGTHS.get(key, 100)]


def _basic(values: Mapping[str, str]) -> list[Reason]:
    found = [*_missing("basic", values), *_too_long("basic", values)]
    given = values["credit_code"]
    if given or values["place"] in ("", "domestic"):
        refusal = rules.refusal_of_credit_code(given)
        found += [wrong("basic", "credit_code", refusal.text)] if refusal else []
    return found


def _authorisation(values: Mapping[str, str], today: date) -> list[Reason]:
    part = "authorisation"
    found = [*_missing(part, values), *_too_long(part, values)]
    document = wrong_number(values["handler_document_type"], values["handler_document_number"])
    if document:
        found.append(wrong(part, f"handler_document_{document[0]}", document[1]))
    if values["handler_document_type"] in TYPES:
        until = wrong_until(values["handler_document_type"], values["handler_document_until"], today)
        found += [wrong(part, "handler_document_until", until)] if until else []
    phone = values["handler_phone"].removeprefix("+86")
    if phone and not (len(phone) == 11 and phone.isdecimal() and phone[0] == "1" and phone[1] in "3456789"):
        found.append(wrong(part, "handler_phone", PHONE_WRONG))
    if values["handler_email"] and not _looks_like_email(values["handler_email"]):
        found.append(wrong(part, "handler_email", EMAIL_WRONG))
    if values["until"]:
        found += [wrong(part, "until", text) for text in _wrong_day(values["until"], today)]
    return found


def _representative(values: Mapping[str, str]) -> list[Reason]:
    part, kind = "representative", values["type"]
    if kind not in REPRESENTATIVE_TYPES:
        return [wrong(part, "type", TYPE_EMPTY), *_missing(part, values), *_too_long(part, values)]
    found: list[Reason] = []
    if kind != "mainland" and values["continent"] not in CONTINENTS:
        found.append(wrong(part, "continent", CONTINENT_EMPTY))
    if kind == "other":
        if values["country"] == "CHN":
            found.append(wrong(part, "country", COUNTRY_CHINA))
        elif not (len(values["country"]) == 3 and values["country"].isalpha()):
            found.append(wrong(part, "country", COUNTRY_EMPTY))
    found += [*_missing(part, values), *_too_long(part, values)]
    document = wrong_number(values["document_type"], values["document_number"], allowed=DOCUMENTS_OF_TYPE[kind])
    if document:
        found.append(wrong(part, f"document_{document[0]}", document[1]))
    return found


def _wrong_day(text: str, today: date) -> list[Text]:
    try:
        return [AUTHORISATION_ENDED] if date.fromisoformat(text) < today else []
    except ValueError:
        return [DAY_WRONG]


def _looks_like_email(text: str) -> bool:
    local, at, domain = text.rpartition("@")
    return bool(local and at and "." in domain.strip(".") and " " not in text)


__all__ = [
    "CONTINENTS", "DOCUMENTS_OF_TYPE", "FIELDS", "KINDS", "LONG_TERM", "PARTS", "PLACES", "REPRESENTATIVE_TYPES", "changed",
    "cleaned", "is_automatic", "problems", "wrong",
]
