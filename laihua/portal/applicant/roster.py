"""The people on a unit's roster, as its pages show them: masked numbers, and what falls due when. No statements."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from laihua.catalog import queries as catalog
from laihua.kernel.masking import mask
from laihua.kernel.texts import Text
from laihua.portal.statuses import Status
from laihua.units import queries as units
from laihua.units.queries import Urgency

TONES = {
    Urgency.OVER: ("red", "alert-triangle"), Urgency.NEAR: ("amber", "clock"), Urgency.OPEN: ("azure", "calendar-event"),
    Urgency.LATER: ("grey", ""), Urgency.UNKNOWN: ("grey", ""),
}
EXPIRED = Text("许可已到期", "Permit ended")
TOO_LATE = Text("已过最晚申请日", "Last day to file passed")
LAST_DAY = Text("今天是最晚申请日", "Today is the last day to file")
SOON = Text("{n}天内须申请延期", "File within {n} days")
MAY = Text("可以申请延期", "May be filed now")
NOT_YET = Text("{n}天后可申请延期", "May be filed in {n} days")
NO_PERMIT = Text("没有许可日期", "No permit date")
HAS_LEFT = Text("已离职", "Left")


@dataclass(frozen=True, slots=True)
class Due:
    """A day of the roster with its colour; `note` says the same in words."""

    day: date | None
    tone: str = ""
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Person:
    id: UUID
    name: str
    chinese_name: str
    country: Text | str
    passport: str
    permit: str
    category: str
    position: str
    status: Status
    first: date | None
    last: date | None
    permit_to: date | None
    contract: Due
    passport_ends: Due
    left_on: date | None
    urgency: str


def person(member: Any, today: date) -> Person:
    record, extension = member.record, units.extension(member.permit_to)
    return Person(
        member.id, full_name(record), record.get("chinese_name", ""), country(record.get("nationality", "")),
        mask("passport", record.get("passport_number", "")), record.get("permit_number", ""), member.category,
        record.get("position", ""), status(member, today), extension.first if extension else None,
        extension.last if extension else None, member.permit_to,
        due(member.contract_to, today, units.roster_periods().near_contract),
        due(member.passport_to, today, units.roster_periods().near_passport), member.left_on,
        "" if member.left_on else str(urgency(member, today)),
    )


def full_name(record: Any) -> str:
    return f"{record.get('surname', '')} {record.get('given_names', '')}".strip()


def urgency(member: Any, today: date) -> Urgency:
    extension = units.extension(member.permit_to)
    return extension.urgency(today, units.roster_periods().near_extension) if extension else Urgency.UNKNOWN


def status(member: Any, today: date) -> Status:
    """What has to be done about the permit."""
    if member.left_on is not None:
        return Status("grey", "", HAS_LEFT)
    found = urgency(member, today)
    return Status(*TONES[found], words(member, found, today))


def words(member: Any, found: Urgency, today: date) -> Text:
    extension = units.extension(member.permit_to)
    if extension is None:
        return NO_PERMIT
    if found == Urgency.OVER:
        return EXPIRED if member.permit_to < today else TOO_LATE
    if found == Urgency.LATER:
        return NOT_YET.format(n=(extension.first - today).days)
    if found == Urgency.OPEN:
        return MAY
    left = (extension.last - today).days
    return SOON.format(n=left) if left else LAST_DAY


def due(day: date | None, today: date, near: int) -> Due:
    found = units.urgency_of_end(day, today, near)
    if day is None or found == Urgency.LATER:
        return Due(day)
    if found == Urgency.OVER:
        return Due(day, "red", Text("已过期", "ended"))
    left = (day - today).days
    return Due(day, "amber", Text("今天到期", "ends today") if not left else Text("还有{n}天", "{n} days left").format(n=left))


@cache
def countries() -> dict[str, Text]:
    return {choice.code: choice.label for choice in catalog.choices("countries")}


def country(code: str) -> Text | str:
    return countries().get(code, code)


FACTS: tuple[tuple[str, Text, str], ...] = (
    ("birth_date", Text("出生日期", "Date of birth"), ""),
    ("passport_number", Text("护照号", "Passport number"), "passport"),
    ("passport_expiry", Text("护照有效期至", "Passport valid until"), ""),
    ("email", Text("电子邮箱", "E-mail"), "email"),
    ("mobile_cn", Text("在华手机", "Mobile number in China"), "mobile"),
    ("position", Text("职务", "Position"), ""),
    ("work_address", Text("工作地点", "Place of work"), ""),
    ("contract_from", Text("合同开始日期", "Contract from"), ""),
    ("contract_to", Text("合同结束日期", "Contract to"), ""),
    ("permit_from", Text("许可有效期起", "Permit from"), ""),
    ("permit_to", Text("许可有效期止", "Permit until"), ""),
    ("visa_number", Text("签证或居留证件号码", "Number of the visa or document"), "passport"),
    ("visa_expiry", Text("签证或居留有效期至", "Visa or residence valid until"), ""),
)


def facts(member: Any) -> list[tuple[Text, Text | str]]:
    """What the roster holds, numbers masked; what it does not hold is left out."""
    record = member.record
    found = [(label, mask(how, record[key]) if how else record[key]) for key, label, how in FACTS if record.get(key)]
    if record.get("nationality"):
        found.insert(0, (Text("国籍", "Nationality"), country(record["nationality"])))
    return found
