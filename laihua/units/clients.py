"""客户单位: for whom a service company's office works, kept by its officers. Offered by actions and queries.

The hall knows a person's employer from this list alone: the identity number that real-name authentication proved stands on
it, under the same name, below a unit whose contract runs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Q

from laihua.accounts.identity.documents import clean_number, wrong_number
from laihua.accounts.permissions import Actor
from laihua.accounts.queries import organisation
from laihua.kernel.actions import record
from laihua.kernel.texts import Reason, Refused, Text
from laihua.units import rules
from laihua.units.client_models import ClientEmployee, ClientUnit
from laihua.units.models import Jurisdiction

KEEPERS = frozenset({"pre_reviewer", "head"})
NOT_YOURS = Reason("not_client_keeper", Text("只有服务公司的人员可以维护客户名单", "Only the service company's own staff keep this list"))
NOT_LISTED = Text(
    "没有在{office}的客户单位雇员名单中查到您。请联系所在单位的人事部门，由单位通知{office}登记后再办理。",
    "You are not on the list of employees of the client units of {office}. Ask the personnel department of your employer to have "
    "{office} enter you, then come back.",
)
OTHER_NAME = Text(
    "{office}名单中与您身份证号码对应的姓名，与您实名认证的姓名不一致。请联系所在单位的人事部门更正。",
    "On the list of {office} your identity number stands under another name than the one you proved. Ask the personnel "
    "department of your employer to have it corrected.",
)
LEFT = Text(
    "名单显示您已于{day}从{unit}离职。请由现在的单位通知{office}登记；有疑问请联系{contact}。",
    "By the list you left {unit} on {day}. Your present employer can have {office} enter you; for questions ask {contact}.",
)
NO_CONTRACT = Text(
    "{unit}与{office}的服务合同{state}，暂不能办理。请联系{contact}。",
    "The service contract of {unit} with {office} {state}, so nothing can be handled now. Please ask {contact}.",
)
ENDED, NOT_YET = Text("已于{day}到期", "ended on {day}"), Text("自{day}起生效", "begins on {day}")
PERSONNEL = Text("单位人事部门", "its personnel department")


@dataclass(frozen=True, slots=True)
class Employment:
    """Where the list has a person, and what stands against it on a day."""

    unit_name: str = ""
    credit_code: str = ""
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """An employee as an officer enters him."""

    name: str
    document_number: str
    joined_on: date
    left_on: date | None = None


def employment_of(*, document_number: str, name: str, system: str, on: date) -> Employment:
    """The person's employer by the list of the office that handles the system for individuals."""
    office_id = Jurisdiction.objects.filter(system=system, region="").values_list("office_id", flat=True).first()
    office = organisation(office_id) if office_id else None
    called = Text(office.name_zh, office.name_en or office.name_zh) if office else Text("服务公司", "the service company")
    number = clean_number(document_number)
    found: list[ClientEmployee] = []
    if number and office:
        rows = ClientEmployee.objects.filter(document_index=number, client__office_id=office_id).select_related("client")
        found = sorted(rows, key=lambda row: (stands(row, on), row.joined_on))
    if not found:
        return Employment(reason=Reason("not_listed", NOT_LISTED.format(office=called)))
    row = found[-1]
    if "".join(row.name.split()) != "".join(name.split()):
        return Employment(reason=Reason("listed_under_other_name", OTHER_NAME.format(office=called)))
    return Employment(row.client.name_zh, row.client.credit_code, against(row, called, on))


def stands(row: ClientEmployee, on: date) -> bool:
    client = row.client
    runs = client.contract_from <= on and (client.contract_to is None or on <= client.contract_to)
    return runs and row.joined_on <= on and (row.left_on is None or on < row.left_on)


def against(row: ClientEmployee, office: Text, on: date) -> Reason | None:
    client = row.client
    values = {"unit": client.name_zh, "office": office, "contact": contact_of(client)}
    if row.left_on is not None and row.left_on <= on:
        return Reason("left_client", LEFT.format(day=row.left_on.isoformat(), **values))
    if client.contract_to is not None and client.contract_to < on:
        return Reason("client_ended", NO_CONTRACT.format(state=ENDED.format(day=client.contract_to.isoformat()), **values))
    if client.contract_from > on:
        return Reason("client_not_begun", NO_CONTRACT.format(state=NOT_YET.format(day=client.contract_from.isoformat()), **values))
    return None


def contact_of(client: ClientUnit) -> Text:
    person = " ".join(part for part in (client.contact_name, client.contact_phone) if part)
    return Text(f"{PERSONNEL.zh}{person}", f"{PERSONNEL.en} ({person})") if person else PERSONNEL


# The list as its office keeps it

def keeps_clients(actor: Actor, systems: Sequence[str]) -> bool:
    """Whether the actor's office handles one of these systems, and he may keep its list."""
    return bool(actor.roles & KEEPERS) and Jurisdiction.objects.filter(office_id=actor.organisation_id, system__in=systems).exists()


def clients_of(office_id: UUID | None) -> list[ClientUnit]:
    """By name, each with `people`: how many of its employees have not left."""
    rows = ClientUnit.objects.filter(office_id=office_id).annotate(people=Count("employees", filter=Q(employees__left_on=None)))
    return list(rows.order_by("name_zh", "id"))


def client_of(office_id: UUID | None, client_id: UUID) -> ClientUnit | None:
    return ClientUnit.objects.filter(id=client_id, office_id=office_id).first()


def employees_of(client: ClientUnit) -> list[ClientEmployee]:
    """Those who are there first, then who left; newest first."""
    return list(client.employees.order_by(F("left_on").desc(nulls_first=True), "-joined_on", "id"))


@transaction.atomic
def keep_client(
    *, name_zh: str, credit_code: str, contract_from: date, contract_to: date | None, contact_name: str, contact_phone: str,
    actor: Actor, at: datetime,
) -> ClientUnit:
    """Enter a client unit, or change the one with this code. Refused: no keeper, no name, a wrong code, days the wrong way."""
    office_id = authorise(actor)
    code, wrong = rules.clean_credit_code(credit_code), []
    if not name_zh.strip():
        wrong.append(Reason("missing", Text("请填写单位名称", "Give the unit's name"), place="name_zh"))
    if refusal := rules.refusal_of_credit_code(code):
        wrong.append(Reason(refusal.code, refusal.text, place="credit_code"))
    if contract_to is not None and contract_to < contract_from:
        wrong.append(Reason("ends_early", Text("止期早于起期", "It ends before it begins"), place="contract_to"))
    if wrong:
        raise Refused(*wrong)
    client = ClientUnit.objects.select_for_update().filter(office_id=office_id, credit_code=code).first() or ClientUnit(
        office_id=office_id, credit_code=code, listed_at=at, listed_by_id=actor.account_id)
    client.name_zh, client.contract_from, client.contract_to = name_zh.strip(), contract_from, contract_to
    client.contact_name, client.contact_phone, client.changed_at = contact_name.strip(), contact_phone.strip(), at
    client.save()
    _note("keep_client", client, {"contract_to": str(contract_to or "")}, actor, at)
    return client


@transaction.atomic
def list_employees(*, client_id: UUID, listed: Sequence[Listed], actor: Actor, at: datetime) -> int:
    """Enter these, or change those who are there. All or none: refused with every fault, each by its row (`rows.0`)."""
    client = ClientUnit.objects.select_for_update().filter(id=client_id, office_id=authorise(actor)).first()
    if client is None:
        raise Refused(NOT_YOURS)
    if wrong := [fault for n, one in enumerate(listed) for fault in faults_of(one, n, listed)]:
        raise Refused(*wrong)
    for one in listed:
        number = clean_number(one.document_number)
        row = ClientEmployee.objects.filter(client=client, document_index=number).first() or ClientEmployee(
            client=client, document_index=number, listed_at=at)
        row.name, row.document_number, row.joined_on, row.left_on = one.name.strip(), number, one.joined_on, one.left_on
        row.save()
    _note("list_employees", client, {"count": len(listed)}, actor, at)
    return len(listed)


def faults_of(one: Listed, n: int, listed: Sequence[Listed]) -> list[Reason]:
    place, found = f"rows.{n}", []
    if not one.name.strip():
        found.append(Reason("missing", Text("没有姓名", "The name is missing"), place=place))
    if wrong := wrong_number("resident_id", clean_number(one.document_number)):
        found.append(Reason("document", wrong[1], place=place))
    if one.left_on is not None and one.left_on < one.joined_on:
        found.append(Reason("left_early", Text("离职日期早于入职日期", "Left before joining"), place=place))
    if any(clean_number(other.document_number) == clean_number(one.document_number) for other in listed[:n]):
        found.append(Reason("twice", Text("与前面的一行身份证号码相同", "The same identity number as a row before"), place=place))
    return found


def authorise(actor: Actor) -> UUID:
    if not actor.roles & KEEPERS or actor.organisation_id is None:
        raise Refused(NOT_YOURS)
    return actor.organisation_id


def _note(action: str, client: ClientUnit, details: dict[str, object], actor: Actor, at: datetime) -> None:
    record(chain=f"clients:{client.office_id}", action=action, actor=actor.account_id or "system",
           acting_for=actor.organisation_id, subject=client.id, at=at, data=details)
