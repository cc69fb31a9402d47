"""Writes: units, filings, handlers, jurisdictions."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from laihua.accounts import actions as accounts
from laihua.accounts.permissions import SYSTEM, SYSTEM_ROLE, Actor
from laihua.kernel.actions import record
from laihua.kernel.texts import CHINESE, Reason, Refused, Text
from laihua.units import legal_information, rules
from laihua.units.authorities import sync_authorities
from laihua.units.clients import Listed, keep_client, list_employees
from laihua.units.delegating import bind_delegation, close_delegation, delegate, refuse_delegation, revoke_delegation
from laihua.units.enrolling import approve_enrolment, enrol, follow_case, give_up_enrolment
from laihua.units.granting import set_roles
from laihua.units.legal_information import MainHandler
from laihua.units.models import Enrolment, Filing, Jurisdiction, RealName, Unit
from laihua.units.named_handlers import Named, match_handlers, name_handlers
from laihua.units.real_name import save_legal_information, set_unit_real_name
from laihua.units.roster.feeds import end_feed, make_feed
from laihua.units.roster.importing import accept_import, forget_imports, keep_import
from laihua.units.roster.writing import enter_staff, leave_roster, mark_as_left

__all__ = [
    "Listed", "Named", "accept_import", "approve_enrolment", "bind_delegation", "close_delegation", "delegate", "end_feed",
    "enrol", "enter_staff", "follow_case", "forget_imports", "give_up_enrolment", "keep_client", "keep_import",
    "leave_roster", "list_employees", "make_feed", "mark_as_left", "match_handlers", "name_handlers", "refuse_delegation",
    "revoke_delegation", "save_legal_information", "set_roles", "set_unit_real_name", "sync_authorities",
]

UNIT_NAME_TAKEN = Reason("unit_name_taken", Text(
    "法人单位名称已被注册", "This name of a unit is already registered"), place="unit_name")
CODE_TAKEN = Reason("credit_code_taken", Text(
    "统一社会信用代码已被注册", "This unified social credit code is already registered"), place="credit_code")
UNIT_TAKEN = Reason("unit_taken", Text(
    "单位名称或信用代码已存在", "A unit with this name or credit code exists already"), place="credit_code")
FILED_IN = "one_network"
"""The business system that enterprise filings belong to."""
FILING_TAKEN = Reason("filing_taken", Text("备案号已存在", "This filing number exists already"), place="number")
ENDS_FIRST = Reason("filing_ends_first", Text(
    "有效期止不能早于有效期起", "A filing cannot end before it begins"), place="valid_to")
NOT_THE_HALL = Reason("not_the_hall", Text(
    "只有平台运行人员可以登记备案和管辖", "Only a hall operator may record filings and jurisdictions"))


@transaction.atomic
def register_unit(
    *, name_zh: str, credit_code: str, registered_address: str, contact_name: str, contact_phone: str, actor: Actor,
    at: datetime, name_en: str = "", kind: str = "employer",
) -> Unit:
    """A unit and its organisation. Refuses a wrong credit code, and a name or code that is registered."""
    code = rules.clean_credit_code(credit_code)
    wrong = rules.refusal_of_credit_code(code)
    if wrong:
        raise Refused(wrong)
    try:
        with transaction.atomic():
            organisation = accounts.create_organisation(
                kind=kind, code=code, name_zh=name_zh, name_en=name_en, actor=actor, at=at
            )
            unit = Unit.objects.create(
                organisation=organisation, name_zh=name_zh, name_en=name_en, credit_code=code,
                registered_address=registered_address, contact_name=contact_name, contact_phone=contact_phone,
                registered_at=at,
            )
    except IntegrityError:
        raise Refused(UNIT_TAKEN) from None
    _record(unit.organisation_id, "register_unit", actor, at)
    return unit


@transaction.atomic
def register_portal_unit(
    *, login_name: str, name_zh: str, credit_code: str, actor: Actor, at: datetime, phone: str = "", contact_name: str = "",
) -> UUID:
    """The account of a legal person that comes from a portal: for a unit that the hall knows without one, or for a new
    unit. The portal has checked name and credit code, so the unit counts as real-name authenticated."""
    code = rules.clean_credit_code(credit_code)
    unit = Unit.objects.select_for_update().filter(credit_code=code).first() or register_unit(
        name_zh=name_zh, credit_code=code, registered_address="", contact_name=contact_name or name_zh,
        contact_phone=phone, actor=actor, at=at,
    )
    account = accounts.create_account(
        kind="legal", login_name=login_name, password=None, name_zh=unit.name_zh, phone=phone, actor=actor, at=at,
    )
    unit.account, unit.real_name_status = account, RealName.PASSED
    unit.save(update_fields=["account", "real_name_status"])
    accounts.grant_role(account_id=account.id, organisation_id=unit.id, role="unit_admin", actor=actor, at=at)
    return account.id


@transaction.atomic
def register_legal_person(
    *, login_name: str, password: str, name_zh: str, credit_code: str, kind: str, handler: MainHandler, agreement: str,
    at: datetime, language: str = CHINESE,
) -> Unit:
    """A unit with its own account, which administers it (ACC-3). Refused where unit name, credit code or login name is
    registered."""
    taken = []
    if Unit.objects.filter(name_zh=name_zh).exists():
        taken.append(UNIT_NAME_TAKEN)
    if Unit.objects.filter(credit_code=rules.clean_credit_code(credit_code)).exists():
        taken.append(CODE_TAKEN)
    if taken:
        raise Refused(*taken)
    account = accounts.register_legal_account(
        login_name=login_name, password=password, unit_name=name_zh, phone=handler.phone, email=handler.email,
        agreement=agreement, at=at, language=language,
    )
    unit = register_unit(
        name_zh=name_zh, credit_code=credit_code, registered_address="", contact_name=handler.name,
        contact_phone=handler.phone, actor=SYSTEM, at=at,
    )
    unit.account_id = account.id
    unit.legal_information = legal_information.at_registration(
        name=name_zh, credit_code=credit_code, kind=kind, handler=handler
    )
    unit.save(update_fields=["account", "legal_information"])
    accounts.grant_role(
        account_id=account.id, organisation_id=unit.organisation_id, role="unit_admin", actor=SYSTEM, at=at
    )
    return unit


@transaction.atomic
def update_unit(
    *, unit_id: UUID, name_en: str, registered_address: str, contact_name: str, contact_phone: str, is_agency: bool, actor: Actor,
    at: datetime,
) -> Unit:
    """What a reviewed registration says of the unit. Name and credit code are not among it: those rest on the real name."""
    _require_hall(actor)
    unit = Unit.objects.select_for_update(of=("self",)).get(organisation_id=unit_id)
    unit.name_en, unit.registered_address = name_en, registered_address
    unit.contact_name, unit.contact_phone = contact_name, contact_phone
    unit.save(update_fields=["name_en", "registered_address", "contact_name", "contact_phone"])
    accounts.rename_unit(organisation_id=unit_id, code="", name_zh=unit.name_zh, name_en=name_en)
    accounts.set_unit_kind(organisation_id=unit_id, kind="agency" if is_agency else "employer", actor=actor, at=at)
    _record(unit_id, "update_unit", actor, at)
    return unit


@transaction.atomic
def approve_filing(
    *, unit_id: UUID, number: str, valid_from: date, valid_to: date, actor: Actor, at: datetime
) -> Filing:
    """Record a filing as approved from the one day to the other, both included. Only the hall's own hand may.

    A unit that has ever filed is known to the system of its filings, also where no case here led to it.
    """
    _require_hall(actor)
    if valid_to < valid_from:
        raise Refused(ENDS_FIRST)
    try:
        with transaction.atomic():
            filing = Filing.objects.create(
                unit_id=unit_id, number=number, valid_from=valid_from, valid_to=valid_to, recorded_at=at
            )
    except IntegrityError:
        raise Refused(FILING_TAKEN) from None
    Enrolment.objects.get_or_create(
        system=FILED_IN, organisation_id=unit_id, account=None,
        defaults={"state": Enrolment.State.APPROVED, "changed_at": at},
    )
    _record(unit_id, "approve_filing", actor, at, number=number, valid_from=valid_from.isoformat(),
            valid_to=valid_to.isoformat())
    return filing


@transaction.atomic
def revoke_filing(*, filing_id: UUID, actor: Actor, at: datetime) -> None:
    _require_hall(actor)
    filing = Filing.objects.select_for_update().get(id=filing_id)
    filing.status = Filing.Status.REVOKED
    filing.save(update_fields=["status"])
    _record(filing.unit_id, "revoke_filing", actor, at, number=filing.number)


def add_handler(*, unit_id: UUID, account_id: UUID, actor: Actor, at: datetime, role: str = "handler") -> None:
    """Refused unless the actor administers this unit or runs the hall."""
    accounts.grant_role(account_id=account_id, organisation_id=unit_id, role=role, actor=actor, at=at)


@transaction.atomic
def assign_office(*, system: str, region: str, office_id: UUID, actor: Actor, at: datetime) -> None:
    """The authority for the system's cases of a region (beginning of a division code; empty: everywhere else)."""
    _require_hall(actor)
    Jurisdiction.objects.update_or_create(system=system, region=region, defaults={"office_id": office_id})
    _record(office_id, "assign_office", actor, at, system=system, region=region)


def _require_hall(actor: Actor) -> None:
    if not actor.roles & {SYSTEM_ROLE, "operator"}:
        raise Refused(NOT_THE_HALL)


def _record(organisation_id: UUID, action: str, actor: Actor, at: datetime, **data: str) -> None:
    record(chain=f"organisation:{organisation_id}", action=action, actor=actor.account_id or "system",
           acting_for=actor.organisation_id, subject=organisation_id, at=at, data=data)
