"""The fields of the pages under 我的信息, as the components draw them. Rules are in accounts.identity and units."""

from collections.abc import Mapping

from laihua.accounts.identity import documents
from laihua.catalog import queries as catalog
from laihua.catalog.definitions import Choice, Field
from laihua.kernel.texts import Text
from laihua.units import legal_information as unit

NAME_HINT = Text("与证件一致；不是登录名", "As on the document; not the login name")
UNTIL_HINT = Text("证件上的截止日期，当日仍有效", "The last day on the document; it still counts")
LONG_TERM = Field("document_long_term", "declaration", Text("证件长期有效（居民身份证）", "Valid without an end (resident identity card)"))


def _choices(titles: Mapping[str, Text]) -> tuple[Choice, ...]:
    return tuple(Choice(code, title) for code, title in titles.items())


def _documents(keys: tuple[str, ...] = tuple(documents.TYPES)) -> tuple[Choice, ...]:
    return tuple(Choice(key, documents.TYPES[key].title) for key in keys)


PERSON: tuple[tuple[Field, bool], ...] = (
    (Field("document_type", "choice", Text("证件类型", "Kind of document"), choices=_documents()), True),
    (Field("document_number", "text", Text("证件号码", "Document number"), max_chars=30), True),
    (Field("name_zh", "text", Text("中文姓名", "Chinese name"), hint=NAME_HINT, max_chars=100), False),
    (Field("name_latin", "latin_name", Text("外文姓名", "Name in Latin letters"),
           hint=Text(
        "护照、永久居留身份证必填，与证件一致", "Needed for a passport or a permanent residence card, as on it"), max_chars=100), False),
    (Field("document_until", "date", Text("证件有效期至", "Document valid until"), hint=UNTIL_HINT), False),
    (LONG_TERM, False),
    (Field("email", "email", Text("电子邮箱", "E-mail"), max_chars=200), False),
)


def unit_fields(part: str) -> list[tuple[Field, bool]]:
    """The fields of one part and whether they are asked for. The countries are read when they are shown."""
    return _PARTS[part]()


def _basic() -> list[tuple[Field, bool]]:
    return [
        (Field("name", "text", Text("单位名称", "Name of the unit"), width="full", hint=Text(
            "与营业执照等登记证照一致。名称变更的，填最新名称",
            "As on the certificate of registration; after a change, the newest name")), True),
        (Field("name_en", "text", Text("单位英文名称", "Name in English"), max_chars=300), False),
        (Field("credit_code", "text", Text("统一社会信用代码", "Unified social credit code"), max_chars=30, hint=Text(
            "18位；境外、港澳台单位没有的可以不填", "18 characters; units outside the mainland may leave it empty")), True),
        (Field("place", "choice", Text("单位所在地", "Where the unit is"), choices=_choices(unit.PLACES)), True),
        (Field("kind", "choice", Text("单位类型", "Kind of unit"), choices=_choices(unit.KINDS), hint=Text(
            "境内企业法人、社会组织法人、事业单位法人自动核验，其他由人工审核",
            "Enterprises, social organisations and public institutions of the mainland are checked automatically, "
            "others by an officer")), True),
        (Field("address", "address", Text("注册地址", "Registered address"), width="full", max_chars=300), True),
    ]


def _authorisation() -> list[tuple[Field, bool]]:
    return [
        (Field("handler_name", "text", Text("主代办人姓名", "Main handler's name"), hint=NAME_HINT), True),
        (Field("handler_phone", "phone", Text("主代办人手机号码", "Main handler's mobile number")), True),
        (Field("handler_document_type", "choice", Text("主代办人证件类型", "Main handler's kind of document"), choices=_documents()), True),
        (Field("handler_document_number", "text", Text("主代办人证件号码", "Main handler's document number"), max_chars=30), True),
        (Field("handler_document_until", "date", Text("证件有效期至", "Document valid until"), hint=UNTIL_HINT), False),
        (Field("handler_document_long_term", "declaration", LONG_TERM.label), False),
        (Field("handler_email", "email", Text("主代办人电子邮箱", "Main handler's e-mail")), False),
        (Field("until", "date", Text("授权有效期至", "Authorisation valid until"), hint=Text(
            "单位授权主代办人办理业务的截止日期", "The last day on which the main handler may act for the unit")), True),
    ]


def _representative() -> list[tuple[Field, bool]]:
    countries = tuple(choice for choice in catalog.choices("countries") if choice.code not in {"HKG", "MAC", "TWN"})
    return [
        (Field("type", "choice", Text("类型", "Type"), width="full", choices=_choices(unit.REPRESENTATIVE_TYPES), hint=Text(
            "中国大陆居民选第一项；持护照的选“其他”",
            "Residents of mainland China choose the first; holders of a passport choose “Other”")), True),
        (Field("continent", "choice", Text("所属大洲", "Continent"), choices=_choices(unit.CONTINENTS), hint=Text(
            "类型为港澳台、其他时填写", "For the types “Hong Kong, Macao, Taiwan” and “Other”")), False),
        (Field("country", "country", Text("国家", "Country"), choices=countries,
               hint=Text("类型为其他时填写", "For the type “Other”")), False),
        (Field("name", "text", Text("法定代表人姓名", "Legal representative's name"), hint=NAME_HINT), True),
        (Field("document_type", "choice", Text("证件类型", "Kind of document"), choices=_documents(), hint=Text(
            "大陆地区为居民身份证；其他为普通护照或外国人永久居留身份证",
            "Resident identity card for the mainland; ordinary passport or permanent residence card for “Other”")), True),
        (Field("document_number", "text", Text("证件号码", "Document number"), max_chars=30), True),
    ]


_PARTS = {"basic": _basic, "authorisation": _authorisation, "representative": _representative}
