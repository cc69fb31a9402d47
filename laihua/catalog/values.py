"""From what a person typed to what is kept, per type of field. Pure. Every refusal says how to write it."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from laihua.catalog import cascades
from laihua.catalog.definitions import Field
from laihua.kernel.texts import Text

REQUIRED = Text("必填字段", "Required")
DECLARE = Text("请阅读并勾选", "Read and tick this")
# The letters as machine-readable zones print them (ICAO 9303-3, section 6).
LETTERS = str.maketrans({
    "Ä": "AE", "Ö": "OE", "Ü": "UE", "ẞ": "SS", "ß": "SS", "Å": "AA", "Ø": "OE", "Æ": "AE", "Œ": "OE", "Ł": "L", "Đ": "D", "Ð": "D",
    "Þ": "TH", "İ": "I", "Ħ": "H", "Ŋ": "N", "Ŧ": "T", "’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "‐": "-",
})
DATE_SHAPES = (
    re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"), re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日"),
)
MONTH_SHAPES = (
    re.compile(r"(\d{4})-(\d{1,2})"), re.compile(r"(\d{4})[/.](\d{1,2})"), re.compile(r"(\d{4})(\d{2})"),
    re.compile(r"(\d{4})年(\d{1,2})月"),
)
MAX_NUMBER = Decimal("999999999999")


class Invalid(Exception):
    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one value; the value is kept as typed."""

    value: Any
    message: Text


def is_absent(raw: Any) -> bool:
    return raw is None or raw == [] or (isinstance(raw, str) and not raw.strip())


def is_plain(raw: Any) -> bool:
    """What a person can have typed or ticked; a structure inside a value comes from no page of the hall."""
    return isinstance(raw, str | int | float) or (isinstance(raw, list) and all(isinstance(v, str | int | float) for v in raw))


def clean(field: Field, raw: Any) -> Any:
    """The stored form of a value, None when it is absent. Raises Invalid."""
    if is_absent(raw):
        return None
    if not is_plain(raw):
        raise Invalid(Text("请重新填写", "Fill this in again"))
    return CLEANERS[field.type](field, raw)


def _text(field: Field, raw: Any) -> str:
    if not isinstance(raw, str | int | float) or isinstance(raw, bool):
        raise Invalid(Text("请填写文字", "Write text"))
    lines = [
        " ".join("".join(c if unicodedata.category(c)[0] != "C" else " " for c in line).split()) for line in str(raw).splitlines()
    ]
    value = ("\n" if field.type == "long_text" else " ").join(lines).strip()
    if len(value) > field.max_chars:
        raise Invalid(Text(
            f"最多{field.max_chars}个字，现在有{len(value)}个", f"At most {field.max_chars} characters; there are {len(value)}"
        ))
    return value


def _narrow(raw: Any) -> str:
    """Full-width letters and digits of a Chinese keyboard as plain ones."""
    return unicodedata.normalize("NFKC", str(raw)).strip()


def _latin_name(field: Field, raw: Any) -> str:
    value = " ".join(_narrow(raw).upper().split())
    plain = "".join(
        c for c in unicodedata.normalize("NFD", unicodedata.normalize("NFC", value).translate(LETTERS)) if not unicodedata.combining(c)
    )
    simple = value.replace("’", "'").replace("‘", "'").replace("–", "-").replace("‐", "-")
    if not re.fullmatch(r"[A-Z][A-Z '-]*", simple):
        if re.fullmatch(r"[A-Z][A-Z '-]*", plain):
            raise Invalid(Text(
                f"按护照机读区填写，只用字母A至Z，例如“{plain}”",
                f"As in the machine-readable zone of the passport, letters A to Z only, for example “{plain}”",
            ))
        raise Invalid(Text(
            "只用字母A至Z、空格、连字符和撇号，与护照一致", "Letters A to Z, spaces, hyphens and apostrophes only, as in the passport"
        ))
    return _text(field, simple)


def _passport_number(field: Field, raw: Any) -> str:
    value = re.sub(r"[\s-]", "", _narrow(raw)).upper()
    if not re.fullmatch(r"[A-Z0-9]{5,20}", value):
        raise Invalid(Text("护照号为5至20位字母或数字", "A passport number has 5 to 20 letters or digits"))
    return value


def _email(field: Field, raw: Any) -> str:
    value = _narrow(raw)
    try:
        validate_email(value)
    except ValidationError:
        raise Invalid(Text("请填写完整的电子邮箱，如name@example.com", "Write a complete address, such as name@example.com")) from None
    local, _, domain = value.rpartition("@")
    return f"{local}@{domain.lower()}"


def _phone(field: Field, raw: Any) -> str:
    """A number without country code is taken as Chinese. Kept as +8613800000000."""
    typed = _narrow(raw)
    try:
        number = phonenumbers.parse(f"+{typed[2:]}" if typed.startswith("00") else typed, "CN")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise Invalid(Text(
            "号码无效。境内手机填11位，境外号码以+和国家代码开头，如+49 30 123456",
            "Not a valid number. In China 11 digits; abroad begin with + and the country code, such as +49 30 123456",
        ))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _by_shape(raw: Any, shapes: tuple[re.Pattern[str], ...]) -> date | None:
    typed = _narrow(raw).replace(" ", "")
    for shape in shapes:
        if match := shape.fullmatch(typed):
            try:
                found = date(*(int(part) for part in match.groups()), *((1,) if len(match.groups()) == 2 else ()))
            except ValueError:
                return None
            return found if 1900 <= found.year <= 2100 else None
    return None


def _date(field: Field, raw: Any) -> str:
    found = _by_shape(raw, DATE_SHAPES)
    if found is None:
        raise Invalid(Text("请填写真实日期，如2026-11-20", "Write a real date, such as 2026-11-20"))
    return found.isoformat()


def _month(field: Field, raw: Any) -> str:
    found = _by_shape(raw, MONTH_SHAPES)
    if found is None:
        raise Invalid(Text("请填写年月，如2026-11", "Write year and month, such as 2026-11"))
    return found.isoformat()[:7]


def _number(raw: Any) -> Decimal:
    """Refuses what is not a plain finite number."""
    typed = re.sub(r"[,，\s]|^[¥￥]|元$", "", _narrow(raw))
    if isinstance(raw, bool) or not re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", typed):
        raise Invalid(Text("请填写数字", "Write a number"))
    try:
        return Decimal(typed)
    except InvalidOperation:
        raise Invalid(Text("请填写数字", "Write a number")) from None


def _money(field: Field, raw: Any) -> str:
    value = _number(raw)
    if value < 0 or value > MAX_NUMBER:
        raise Invalid(Text("金额不能为负，也不能超过12位", "An amount is not negative and has at most 12 digits"))
    if value != value.quantize(Decimal("0.01")):
        raise Invalid(Text("最多两位小数", "At most two decimals"))
    return str(value.quantize(Decimal("0.01")))


def _decimal(field: Field, raw: Any) -> str:
    return f"{_number(raw).normalize():f}"


def _integer(field: Field, raw: Any) -> int:
    value = _number(raw)
    if value != value.to_integral_value() or abs(value) > MAX_NUMBER:
        raise Invalid(Text("请填写整数", "Write a whole number"))
    return int(value)


def _choice(field: Field, raw: Any) -> str:
    if not isinstance(raw, str | int) or str(raw) not in {c.code for c in field.choices}:
        raise Invalid(Text("请从列表中选择", "Choose from the list"))
    return str(raw)


def _choices(field: Field, raw: Any) -> list[str]:
    items = raw if isinstance(raw, list | tuple) else [raw]
    return list(dict.fromkeys(_choice(field, item) for item in items if not is_absent(item)))


def _cascade(field: Field, raw: Any) -> str | None:
    try:
        return cascades.chosen(field, raw if isinstance(raw, list) else str(raw))
    except cascades.NotChosen as problem:
        raise Invalid(problem.message) from None


def _boolean(field: Field, raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    if str(raw).lower() in ("true", "on", "1", "yes"):
        return True
    if str(raw).lower() in ("false", "off", "0", "no"):
        return False
    raise Invalid(Text("请选择是或否", "Choose yes or no"))


CLEANERS: dict[str, Callable[[Field, Any], Any]] = {
    "text": _text, "long_text": _text, "address": _text, "latin_name": _latin_name, "passport_number": _passport_number,
    "email": _email, "phone": _phone, "date": _date, "month": _month, "money": _money, "decimal": _decimal,
    "integer": _integer, "choice": _choice, "country": _choice, "choices": _choices, "countries": _choices,
    "boolean": _boolean, "declaration": _boolean, "cascade": _cascade,
}
YES, NO = Text("是", "Yes"), Text("否", "No")


def in_words(field: Field, value: Any) -> Text:
    """A stored value as people read it, unmasked. Empty for an absent one."""
    if is_absent(value):
        return Text("", "")
    if field.type == "cascade":
        return cascades.in_words(field, value)
    if field.choices:
        labels = {c.code: c.label for c in field.choices}
        shown = [labels.get(str(v), Text(str(v), str(v))) for v in (value if isinstance(value, list) else [value])]
        return Text("、".join(t.zh for t in shown), ", ".join(t.en for t in shown))
    if field.type in ("boolean", "declaration"):
        return YES if value is True else NO
    words = str(value)
    if field.type in ("money", "decimal"):
        try:
            words = f"{Decimal(words):,}"
        except InvalidOperation:
            pass
    unit = field.unit_label
    return Text(f"{words}{unit.zh}", f"{words} {unit.en}") if unit else Text(words, words)
