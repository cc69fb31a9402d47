"""What the hall knows of a person who files for himself, and what stands against it."""

from datetime import date
from typing import Any

from laihua.accounts.queries import person_facts
from laihua.catalog.definitions import Service
from laihua.kernel.texts import Reason, Text
from laihua.units import queries as units
from laihua.units.queries import Employment

EMPLOYER = frozenset({"person.employer", "person.employer_code"})
ME = "/me/"
NOT_PASSED = {
    "none": Text(
        "您还没有通过实名认证。请先在“我的信息”中完成实名认证。",
        "You have not passed real-name authentication yet. Please complete it in “My information” first."),
    "pending": Text(
        "您的实名认证正在审核，通过后即可办理。", "Your real-name authentication is under review; you can go on once it has passed."),
    "failed": Text(
        "您的实名认证没有通过。请在“我的信息”中核对后重新认证。",
        "Your real-name authentication failed. Please check “My information” and try again."),
}
TO_ME = Text("去实名认证", "Go to real-name authentication")
OVER = Text(
    "您登记的证件已于{day}到期。请换领新证后在“我的信息”中更新。",
    "Your registered document ended on {day}. Please renew it and update “My information”.",
)
TO_UPDATE = Text("去更新", "Update it")


def facts_of(person: Any, service: Service, on: date) -> dict[str, str]:
    """`person.…` of a form. The employer is looked up only where the form shows it."""
    facts = person_facts(person)
    if any(f.source in EMPLOYER or f.prefill in EMPLOYER for f in service.field_keys().values()):
        found = employment(person, service.system, on)
        facts |= {"employer": found.unit_name, "employer_code": found.credit_code}
    return facts


def employment(person: Any, system: str, on: date) -> Employment:
    """Only of somebody who proved who he is: a number that was merely typed would tell where its owner works."""
    if person.real_name_status != "passed":
        return Employment(reason=against(person, on)["real_name"])
    return units.employment_of(document_number=person.document_number, name=person.name_zh or person.name_latin, system=system, on=on)


def against(person: Any, on: date) -> dict[str, Reason]:
    """By matter: `real_name`, `document`."""
    found: dict[str, Reason] = {}
    if person.real_name_status != "passed":
        text = NOT_PASSED.get(person.real_name_status, NOT_PASSED["none"])
        found["real_name"] = Reason("real_name_not_passed", text, link=ME, link_text=TO_ME)
    elif person.document_until is not None and person.document_until < on:
        found["document"] = Reason("document_ended", OVER.format(day=person.document_until.isoformat()), link=ME, link_text=TO_UPDATE)
    return found
