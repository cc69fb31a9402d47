"""实名认证 of a unit and of its main handler (主代办人), each on its own; the confirmed information they rest on.

What a form says about name and credit code becomes the unit's own only when the unit has passed with it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from laihua.accounts import actions as accounts
from laihua.accounts import queries as people
from laihua.accounts.events import IdentityAnswered
from laihua.accounts.identity.questions import PersonQuestion, Question, UnitQuestion
from laihua.accounts.permissions import Actor
from laihua.accounts.queries import MAIN_HANDLER, UNIT, RealName
from laihua.kernel.actions import record
from laihua.kernel.calendar import ZONE
from laihua.kernel.texts import Reason, Refused, Text
from laihua.units import legal_information as information
from laihua.units import rules
from laihua.units.legal_information import HANDLER_IDENTITY, PARTS, UNIT_IDENTITY, Information, Values
from laihua.units.models import Unit

if TYPE_CHECKING:
    from laihua.accounts.models import IdentityCheck

UNIT_BOUND = Reason("unit_bound", Text("单位名称或信用代码已存在", "A unit with this name or credit code exists already"),
                    place="basic.credit_code")
NO_GRANT = Reason("no_grant", Text("您没有该单位的授权，请联系单位管理员", "You hold no role in this unit; ask its administrator"))
UNDER_REVIEW = Text("证件正在人工审核，审核期间不能修改；需要修改的，请先撤回审核",
                    "the documents are under review, so nothing can be changed now; to change something, withdraw them first")
COLUMNS: dict[str, str] = {UNIT: "real_name_status", MAIN_HANDLER: "main_handler_status"}


@dataclass(frozen=True, slots=True)
class UnitRealName:
    """`automatic`: whether the provider knows units of this kind. Where it does not, the documents are asked for at once."""

    unit: RealName
    main_handler: RealName
    automatic: bool
    filled_in: bool


def real_name_of_unit(unit: Unit) -> UnitRealName:
    def stands(target: str, status: str) -> RealName:
        return people.stands(status, people.latest(target=target, organisation_id=unit.organisation_id))

    return UnitRealName(
        unit=stands(UNIT, unit.real_name_status), main_handler=stands(MAIN_HANDLER, unit.main_handler_status),
        automatic=information.is_automatic(unit.legal_information),
        filled_in=bool(unit.legal_information.get("representative", {}).get("type")),
    )


def information_of_unit(unit: Unit) -> Values:
    """What is confirmed, or to begin with what registration already said."""
    if unit.legal_information:
        return information.cleaned(unit.legal_information)
    return information.cleaned({"basic": {
        "name": unit.name_zh, "name_en": unit.name_en, "credit_code": unit.credit_code, "address": unit.registered_address,
    }})


def save_legal_information(*, unit_id: UUID, typed: Information, actor: Actor, at: datetime) -> Unit:
    """Save the three parts, and check anew whatever changed of the unit or of its main handler.

    Refused with everything that is wrong, part by part; to whoever holds no role in the unit; with
    “单位名称或信用代码已存在” where another unit has the name or the code (ACC-7); while an officer reviews its documents.
    """
    if actor.account_id is None or actor.account_id not in {grant.account_id for grant in people.grants_in(unit_id)}:
        raise Refused(NO_GRANT)
    values = information.cleaned(typed)
    wrong = information.problems(values, at.astimezone(ZONE).date())
    if wrong:
        raise Refused(*wrong)
    with transaction.atomic():
        unit = Unit.objects.select_for_update().get(organisation_id=unit_id)
        before = unit.legal_information
        new_unit = information.changed(before, values, UNIT_IDENTITY)
        new_handler = information.changed(before, values, HANDLER_IDENTITY)
        _refuse_under_review(unit, new_unit, new_handler)
        if _is_taken(unit_id, values):
            raise Refused(UNIT_BOUND)
        unit.legal_information = values
        unit.save(update_fields=["legal_information"])
        record(chain=f"organisation:{unit_id}", action="save_legal_information", actor=actor.account_id, acting_for=unit_id,
               subject=unit_id, at=at, data={"unit": new_unit, "main_handler": new_handler})
        if new_unit or unit.real_name_status in ("none", "failed"):
            _check_unit(unit, actor, at)
        if new_handler or unit.main_handler_status in ("none", "failed"):
            _put(unit, MAIN_HANDLER, "none")
            accounts.begin_identity_check(target=MAIN_HANDLER, organisation_id=unit_id, actor=actor, at=at)
    return unit


@transaction.atomic
def set_unit_real_name(*, unit_id: UUID, target: str, status: str, actor: Actor, at: datetime) -> None:
    """What an officer decides about the unit or its main handler, or that one does now. Refused where another unit has
    the name or the credit code."""
    unit = Unit.objects.select_for_update().get(organisation_id=unit_id)
    accounts.withdraw_identity_check(target=target, organisation_id=unit_id)
    if not _put(unit, target, status):
        raise Refused(UNIT_BOUND)
    record(chain=f"organisation:{unit_id}", action="set_real_name", actor=actor.account_id or "system",
           acting_for=actor.organisation_id, subject=unit_id, at=at, data={"target": target, "status": status})


def on_answered(event: IdentityAnswered) -> None:
    if event.organisation_id is None or event.target not in COLUMNS:
        return
    unit = Unit.objects.select_for_update().get(organisation_id=event.organisation_id)
    if not _put(unit, event.target, "passed" if event.passed else "failed"):
        _put(unit, event.target, "failed")


def question_about(check: "IdentityCheck") -> Question | None:
    unit = Unit.objects.filter(organisation_id=check.organisation_id).first() if check.organisation_id else None
    if unit is None or not unit.legal_information:
        return None
    values = unit.legal_information
    basic, handler, person = (values[part] for part in PARTS)
    if check.target == MAIN_HANDLER:
        return PersonQuestion(handler["handler_name"], handler["handler_document_type"], handler["handler_document_number"])
    return UnitQuestion(
        basic["name"], basic["credit_code"], person["name"], person["document_type"], person["document_number"]
    )


def claimed_legal_account(*, name: str, credit_code: str, login_name: str) -> UUID | None:
    """The account of the unit with this credit code, or with this name where it has none. A login name must be its own."""
    code = rules.clean_credit_code(credit_code)
    units = Unit.objects.select_related("account").filter(account__is_active=True)
    unit = units.filter(credit_code=code).first() if code else None
    unit = unit or units.filter(name_zh=name.strip(), credit_code="").first()
    if unit is None or unit.account is None:
        return None
    same = not login_name or unit.account.login_name.casefold() == login_name.casefold()
    return unit.account_id if same else None


def is_registered(*, name: str, credit_code: str, but: UUID | None = None) -> bool:
    code = Q(credit_code=credit_code) if credit_code else Q(pk=None)
    others = Unit.objects.filter(Q(name_zh=name) | code)
    return (others.exclude(organisation_id=but) if but else others).exists()


def _is_taken(unit_id: UUID, values: Values) -> bool:
    return is_registered(name=values["basic"]["name"], credit_code=values["basic"]["credit_code"], but=unit_id)


def _refuse_under_review(unit: Unit, new_unit: bool, new_handler: bool) -> None:
    refused = [
        information.wrong(part, key, UNDER_REVIEW)
        for is_new, status, part, key in (
            (new_unit, unit.real_name_status, "basic", "name"),
            (new_handler, unit.main_handler_status, "authorisation", "handler_name"),
        ) if is_new and status == "pending"
    ]
    if refused:
        raise Refused(*refused)


def _check_unit(unit: Unit, actor: Actor, at: datetime) -> None:
    _put(unit, UNIT, "none")
    if information.is_automatic(unit.legal_information):
        accounts.begin_identity_check(target=UNIT, organisation_id=unit.organisation_id, actor=actor, at=at)
    else:
        accounts.withdraw_identity_check(target=UNIT, organisation_id=unit.organisation_id)


def _put(unit: Unit, target: str, status: str) -> bool:
    """False where the unit would pass with a name or a code of another one."""
    try:
        with transaction.atomic():
            if target == UNIT and status == "passed":
                _take_over(unit)
            setattr(unit, COLUMNS[target], status)
            unit.save(update_fields=[COLUMNS[target]])
    except IntegrityError:
        return False
    return True


def _take_over(unit: Unit) -> None:
    basic = unit.legal_information.get("basic", {})
    if not basic:
        return
    unit.name_zh, unit.name_en = basic["name"], basic["name_en"]
    unit.credit_code, unit.registered_address = basic["credit_code"], basic["address"]
    unit.save(update_fields=["name_zh", "name_en", "credit_code", "registered_address"])
    accounts.rename_unit(organisation_id=unit.organisation_id, code=unit.credit_code, name_zh=unit.name_zh,
                                 name_en=unit.name_en)
