"""Identity documents and their numbers. Pure. What is wrong with a number is told with how it should look.

Resident identity card: GB 11643. Permanent residence card: 15 characters until 2023, 18 beginning with 9 since. The
check character of both 18-digit numbers is the same.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from laihua.kernel.texts import Reason, Text

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"


@dataclass(frozen=True, slots=True)
class DocumentType:
    """`latin`: the name stands on it in Latin letters. `mask`: how its number is shown to those who need not know it."""

    key: str
    title: Text
    fits: Callable[[str], bool]
    wrong: Text
    mask: str
    latin: bool = False


def check_character(first_17: str) -> str:
    return CHECK_CHARACTERS[sum(int(digit) * weight for digit, weight in zip(first_17, WEIGHTS, strict=True)) % 11]


def _is_18_digits(number: str) -> bool:
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number) or not _is_date(number[6:14]):
        return False
    return check_character(number[:17]) == number[17]


def _is_date(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def _resident(number: str) -> bool:
    return _is_18_digits(number) and number[0] != "9"


def _permanent(number: str) -> bool:
    if len(number) == 15:
        return re.fullmatch(r"[A-Z]{3}[0-9]{12}", number) is not None
    return number[:1] == "9" and _is_18_digits(number)


def _matching(pattern: str) -> Callable[[str], bool]:
    return lambda number: re.fullmatch(pattern, number) is not None


TYPES: dict[str, DocumentType] = {kind.key: kind for kind in (
    DocumentType("resident_id", Text("居民身份证", "Resident identity card"), _resident, Text(
        "居民身份证号码格式不正确，应为18位，最后一位是校验码，请对照证件核对",
        "This resident identity card number is not valid: it has 18 characters, the last one a check character. "
        "Please compare it with the card"), "identity_card"),
    DocumentType("hk_macao_pass", Text("港澳居民来往内地通行证", "Mainland Travel Permit for Hong Kong and Macao Residents"),
                 _matching(r"[HM]\d{8}(\d{2})?"), Text(
        "港澳居民来往内地通行证号码格式不正确，应为H或M加8位或10位数字",
        "This travel permit number is not valid: H or M and 8 or 10 digits"), "passport"),
    DocumentType("taiwan_pass", Text("台湾居民来往大陆通行证", "Mainland Travel Permit for Taiwan Residents"),
                 _matching(r"\d{8}"), Text(
        "台湾居民来往大陆通行证号码格式不正确，应为8位数字", "This travel permit number is not valid: 8 digits"), "passport"),
    DocumentType("permanent_residence", Text("外国人永久居留身份证", "Foreign permanent resident ID card"), _permanent, Text(
        "永久居留证号码格式不正确，应为15位（3个字母加12位数字），或以9开头的18位；持护照的，请把证件类型改为普通护照",
        "This permanent residence card number is not valid: 3 letters and 12 digits, or 18 characters that begin with 9. "
        "If you hold a passport, choose “Ordinary passport”"), "identity_card", latin=True),
    DocumentType("passport", Text("普通护照", "Ordinary passport"), _matching(r"(?=.*\d)[A-Z0-9]{5,9}"), Text(
        "护照号码格式不正确，应为5至9位字母或数字，请对照护照资料页核对",
        "This passport number is not valid: 5 to 9 letters or digits, as on the data page"), "passport", latin=True),
)}

MAINLAND, HK_MO_TW, FOREIGN = ("resident_id",), ("hk_macao_pass", "taiwan_pass"), ("passport", "permanent_residence")
WITHOUT_END = frozenset({"resident_id"})
"""A resident identity card may be valid without an end (长期)."""

TYPE_MISSING = Text("请选择证件类型", "Please choose the kind of document")
NUMBER_MISSING = Text("请填写证件号码", "Please give the number of the document")
UNTIL_MISSING = Text("请填写证件有效期，如2031-05-20", "Please give the day until which the document is valid, such as 2031-05-20")
UNTIL_WRONG = Text("日期请写成YYYY-MM-DD，如2031-05-20", "Write the date as YYYY-MM-DD, such as 2031-05-20")
EXPIRED = Text("证件已过期，请换用有效证件", "This document has expired; please use a valid one")
LONG_TERM = "long_term"


def clean_number(raw: str) -> str:
    """As it is stored: half width, capitals, without spaces and hyphens."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", raw)).upper()


def wrong_number(kind: str, number: str, *, allowed: tuple[str, ...] = tuple(TYPES)) -> tuple[str, Text] | None:
    """What is wrong with type or number, and which of the two (`type`, `number`) it concerns."""
    if kind not in allowed:
        return "type", TYPE_MISSING
    if not number:
        return "number", NUMBER_MISSING
    return None if TYPES[kind].fits(number) else ("number", TYPES[kind].wrong)


def wrong_until(kind: str, until: str, today: date) -> Text | None:
    """`until` is a day, or `long_term`. The last day still counts."""
    if until == LONG_TERM and kind in WITHOUT_END:
        return None
    if not until or until == LONG_TERM:
        return UNTIL_MISSING
    try:
        return EXPIRED if date.fromisoformat(until) < today else None
    except ValueError:
        return UNTIL_WRONG


def refusal(code: str, text: Text, place: str) -> Reason:
    return Reason(code, text, place=place)


def title_of(kind: str) -> Text:
    return TYPES[kind].title if kind in TYPES else Text("证件", "Document")
