"""The columns of a list of foreign staff that a unit imports, and what is wrong with each of its rows. Pure.

A column is found by its Chinese or English name or by its key, which is one of `registry.FACTS["staff"]`.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from laihua.catalog import reference, values
from laihua.catalog.definitions import Choice, Field
from laihua.kernel.texts import Reason, Refused, Text

FORMULA = Text("单元格里是公式，请改为填写结果", "The cell holds a formula; enter its result instead")
HOME = frozenset({"CHN", "HKG", "MAC", "TWN"})
NOT_FOREIGN = Text("名册只登记外国人", "The roster is for foreigners only")
BORN_LATER = Text("出生日期须早于今天", "The date of birth must be in the past")
ENDS_FIRST = Text("不能早于“{other}”", "Cannot be before “{other}”")
NEEDS_END = Text("填写了许可编号，请同时填写有效期止", "With a permit number its last day is needed too")
TWICE = Text("与第{row}行重复", "The same as in row {row}")
NOT_IN_LIST = Text("“{value}”不在选项中，例如“{example}”", "“{value}” is none of the choices, such as “{example}”")
PERIODS = (("permit_from", "permit_to"), ("contract_from", "contract_to"), ("passport_issue", "passport_expiry"))
ONCE = ("passport_number", "permit_number")
HIRE = (("contract", "聘用合同", "Employment contract"), ("appointment", "任职证明", "Letter of appointment"),
        ("secondment", "派遣函", "Secondment letter"))
# key, type, Chinese, English, list of reference/ or characters, mask; * is required
COLUMNS: tuple[tuple[str, str, str, str, str | int, str], ...] = (
    ("surname*", "latin_name", "姓（护照拼写）", "Surname", 60, ""),
    ("given_names", "latin_name", "名（护照拼写）", "Given names", 100, ""),
    ("chinese_name", "text", "中文名", "Chinese name", 30, ""),
    ("sex", "choice", "性别", "Sex", "sex", ""),
    ("birth_date*", "date", "出生日期", "Date of birth", 10, ""),
    ("nationality*", "country", "国籍", "Nationality", "countries", ""),
    ("passport_type", "choice", "护照类型", "Type of passport", "passport_types", ""),
    ("passport_number*", "passport_number", "护照号", "Passport number", 20, "passport"),
    ("passport_issue", "date", "护照签发日期", "Passport issued on", 10, ""),
    ("passport_expiry", "date", "护照有效期至", "Passport valid until", 10, ""),
    ("marital", "choice", "婚姻状况", "Marital status", "marital", ""),
    ("email", "email", "电子邮箱", "E-mail", 200, "email"),
    ("mobile_cn", "phone", "在华手机", "Mobile number in China", 30, "mobile"),
    ("overseas_phone", "phone", "境外电话", "Telephone abroad", 30, "mobile"),
    ("permit_number", "text", "许可编号", "Permit number", 30, ""),
    ("permit_from", "date", "许可有效期起", "Permit from", 10, ""),
    ("permit_to", "date", "许可有效期止", "Permit until", 10, ""),
    ("category", "choice", "类别", "Category", "categories", ""),
    ("position", "text", "职务", "Position", 60, ""),
    ("position_en", "text", "职务（英文）", "Position in English", 100, ""),
    ("occupation", "choice", "职业类别", "Occupation", "occupations", ""),
    ("duties", "long_text", "岗位职责", "Duties", 500, ""),
    ("work_address", "address", "工作地点", "Place of work", 200, ""),
    ("hire_type", "choice", "聘用方式", "Basis of employment", "", ""),
    ("contract_from", "date", "合同开始日期", "Contract from", 10, ""),
    ("contract_to", "date", "合同结束日期", "Contract to", 10, ""),
    ("months_per_year", "integer", "每年在华工作月数", "Months in China a year", 2, ""),
    ("salary_monthly", "money", "税前月薪（元）", "Monthly pay before tax (CNY)", 20, ""),
    ("pay_source", "choice", "支付方", "Paid by", "pay_source", ""),
    ("salary_monthly_domestic", "money", "其中境内支付（元）", "Of which paid in China (CNY)", 20, ""),
    ("visa_type", "choice", "签证或居留证件种类", "Visa or residence document", "visa_types", ""),
    ("visa_number", "text", "签证或居留证件号码", "Number of the visa or document", 30, "passport"),
    ("visa_expiry", "date", "签证或居留有效期至", "Visa or residence valid until", 10, ""),
)


@dataclass(frozen=True, slots=True)
class ListRow:
    """`values` by key, as the roster keeps them; `faults`: (key, what was typed, what is wrong). `number` as the sheet counts."""

    number: int
    values: dict[str, str]
    faults: list[tuple[str, str, Text]]


@dataclass(frozen=True, slots=True)
class StaffList:
    rows: list[ListRow]
    ignored: list[str]


@cache
def columns() -> dict[str, Field]:
    return {field.key: field for field in map(_column, COLUMNS)}


def _column(row: tuple[str, str, str, str, str | int, str]) -> Field:
    key, kind, zh, en, how, mask = row
    choices = tuple(Choice(code, Text(z, e)) for code, z, e in HIRE) if how == "" else ()
    if isinstance(how, str) and how:
        choices = reference.lists()[how]
    return Field(
        key.rstrip("*"), kind, Text(zh, en), required=key.endswith("*"), choices=choices, mask=mask,  # type: ignore[arg-type]
        max_chars=how if isinstance(how, int) else 200,
    )


def read_staff(sheet: Sequence[Sequence[str]], today: date) -> StaffList:
    """The rows of a sheet whose first one names the columns. Refused where a required column is missing or one stands twice."""
    found, ignored = _columns_of(sheet[0])
    missing = [field.label for field in columns().values() if field.required and field.key not in found.values()]
    if missing:
        names = Text("、".join(f"“{t.zh}”" for t in missing), ", ".join(f"“{t.en}”" for t in missing))
        raise Refused(Reason("columns_missing", Text(
            "第一行缺少{names}列。请对照模板的列名", "The first row lacks {names}. Please compare with the template").format(names=names),
            place="file"))
    rows = [
        _row(number, {key: cells[n] for n, key in found.items() if n < len(cells)}, today)
        for number, cells in enumerate(sheet[1:], start=2) if any(cells)
    ]
    if not rows:
        raise Refused(Reason("no_rows", Text("名单里还没有人员", "Nobody is on the list yet"), place="file"))
    return StaffList(_doubles(rows), ignored)


def _columns_of(heading: Sequence[str]) -> tuple[dict[int, str], list[str]]:
    known = {_plain(name): key for key, field in columns().items() for name in (key, field.label.zh, field.label.en)}
    found: dict[int, str] = {}
    ignored: list[str] = []
    for n, name in enumerate(heading):
        key = known.get(_plain(name))
        if key is None:
            ignored += [name] if name else []
        elif key in found.values():
            raise Refused(Reason("column_twice", Text(
                "“{name}”列出现了两次", "The column “{name}” stands twice").format(name=columns()[key].label), place="file"))
        else:
            found[n] = key
    return found, ignored


def _plain(name: str) -> str:
    """Headings differ in stars, spaces, brackets and case."""
    return re.sub(r"[\s*_()（）]", "", unicodedata.normalize("NFKC", name)).casefold()


def _row(number: int, cells: Mapping[str, str], today: date) -> ListRow:
    kept: dict[str, str] = {}
    faults: list[tuple[str, str, Text]] = []
    for key, field in columns().items():
        typed = cells.get(key, "")
        if not typed:
            faults += [(key, "", values.REQUIRED)] if field.required else []
        elif typed.startswith(("=", "+", "@")) and field.type != "phone":
            faults.append((key, typed, FORMULA))
        else:
            try:
                kept[key] = str(values.clean(field, code_of(field, typed)))
            except values.Invalid as invalid:
                faults.append((key, typed, _wrong_choice(field, typed) or invalid.message))
    faults += [(key, kept.get(key, ""), text) for key, text in _across(kept, today)]
    return ListRow(number, kept, faults)


def code_of(field: Field, typed: str) -> str:
    """Choices by their code or by either label, the brackets behind it left out."""
    if not field.choices:
        return typed
    wanted = _plain(typed)
    for choice in field.choices:
        labels = (choice.code, choice.label.zh, choice.label.en)
        if wanted in {_plain(name) for label in labels for name in (label, re.split(r"[（(]", label)[0])}:
            return choice.code
    return typed


def _wrong_choice(field: Field, typed: str) -> Text | None:
    return NOT_IN_LIST.format(value=typed[:30], example=field.choices[0].label) if field.choices else None


def _across(kept: Mapping[str, str], today: date) -> list[tuple[str, Text]]:
    found: list[tuple[str, Text]] = []
    if kept.get("nationality") in HOME:
        found.append(("nationality", NOT_FOREIGN))
    if kept.get("birth_date", "") >= today.isoformat():
        found.append(("birth_date", BORN_LATER))
    for first, last in PERIODS:
        if kept.get(first) and kept.get(last) and kept[last] < kept[first]:
            found.append((last, ENDS_FIRST.format(other=columns()[first].label)))
    if kept.get("permit_number") and not kept.get("permit_to"):
        found.append(("permit_to", NEEDS_END))
    return found


def _doubles(rows: Sequence[ListRow]) -> list[ListRow]:
    """A passport or a permit stands once in a list; the first row with it is the right one."""
    seen: dict[tuple[str, str], int] = {}
    found = []
    for row in rows:
        again = []
        for key in ONCE:
            value = "".join(filter(str.isalnum, row.values.get(key, ""))).casefold()
            if value and seen.setdefault((key, value), row.number) != row.number:
                again.append((key, row.values[key], TWICE.format(row=seen[key, value])))
        found.append(replace(row, faults=[*row.faults, *again]))
    return found
