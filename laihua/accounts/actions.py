"""Writes: accounts, organisations, grants, languages. Signing in is in `sign_in.py`, offered here as well."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from laihua.accounts import attempts, rules
from laihua.accounts.acting import act_under, bind_to_unit, stop_acting
from laihua.accounts.attempts import Counted
from laihua.accounts.captchas import check_captcha, new_captcha
from laihua.accounts.codes import Issued, check_code, issue_code
from laihua.accounts.consents import give_consent, withdraw_consent
from laihua.accounts.devices import remember_device
from laihua.accounts.duplicates import (
    find_duplicates,
    keep_both,
    look_at_account,
    merge_accounts,
    reject_account,
    state_case,
)
from laihua.accounts.erasure import erase_account
from laihua.accounts.handler_proofs import note_proof
from laihua.accounts.identity.checks import begin_identity_check, register_source, set_real_name
from laihua.accounts.identity.checks import withdraw as withdraw_identity_check
from laihua.accounts.identity.people import complete_own_information
from laihua.accounts.links import AFTER_CODE, LINK_ENDED, make_password_link, use_link
from laihua.accounts.models import Account, Grant, Organisation
from laihua.accounts.password_again import confirm_password
from laihua.accounts.permissions import Actor
from laihua.accounts.portals.sign_in import begin as begin_portal_sign_in
from laihua.accounts.portals.sign_in import finish as finish_portal_sign_in
from laihua.accounts.portals.sign_in import link as link_portal
from laihua.accounts.registration import (
    NAME_FREE,
    NAME_TAKEN,
    NAME_UNFIT,
    NO_NAME,
    NOT_AGREED,
    WEAK,
    Document,
    clean_document,
    clean_email,
    clean_phone,
    count_look_up,
    is_fit,
    register_legal_account,
    register_person,
    visitor_of,
    weaknesses,
    wrong_with_login,
    wrong_with_name,
)
from laihua.accounts.sessions import end_session, end_sessions
from laihua.accounts.sign_in import (  # the sign-in actions, under the name that other apps import
    NOT_HELD,
    begin_totp,
    choose_organisation,
    confirm_totp,
    enrol_totp,
    open_session,
    sign_in,
    sign_out,
)
from laihua.accounts.sign_in_log import export_sign_ins, look_at_sign_in, note_sign_in
from laihua.kernel.actions import record
from laihua.kernel.calendar import ZONE
from laihua.kernel.texts import CHINESE, ENGLISH, Reason, Refused, Text

__all__ = [
    "AFTER_CODE", "LINK_ENDED", "NAME_FREE", "NAME_TAKEN", "NOT_AGREED", "NOT_HELD", "WEAK", "Document", "Issued",
    "act_under", "begin_identity_check", "begin_portal_sign_in", "begin_totp", "bind_to_unit", "change_password",
    "check_captcha", "check_code", "choose_organisation", "clean_document", "clean_email", "clean_phone",
    "complete_own_information", "confirm_password", "confirm_totp", "count_look_up", "create_account",
    "create_organisation", "end_session", "end_sessions", "enrol_totp", "erase_account", "export_sign_ins",
    "find_duplicates", "finish_portal_sign_in", "give_consent", "grant_role", "issue_code", "keep_both",
    "link_portal", "look_at_account", "look_at_sign_in", "make_password_link", "merge_accounts", "name_authority",
    "new_captcha", "note_proof", "note_sign_in", "open_session", "register_legal_account", "register_person",
    "register_source", "reject_account", "remember_device", "rename_unit", "revoke_grant", "set_active",
    "set_language", "set_password", "set_password_by_link", "set_real_name", "set_unit_kind", "sign_in", "sign_out",
    "state_case", "stop_acting", "visitor_of", "withdraw_consent", "withdraw_identity_check", "wrong_with_login",
    "wrong_with_name",
]

OLD_WRONG = Reason("old_password_wrong", Text("原密码不正确", "The present password is wrong"), place="old")
GRANTED_ALREADY = Reason("granted_already", Text("该人员已有此岗位", "This person holds this role already"))
NOT_GRANTED = Reason("not_granted", Text("该授权已撤销", "This grant has been revoked already"))


@transaction.atomic
def create_account(
    *, kind: str, login_name: str, password: str | None, actor: Actor, at: datetime, name_zh: str = "",
    name_latin: str = "", phone: str = "", email: str = "", document_type: str = "", document_number: str = "",
    language: str = CHINESE,
    real_name_status: str = Account.RealName.NONE,
) -> Account:
    """A new account. Without a password nobody can sign in to it until one is set. Refuses a name that is taken or
    unfit, a weak password, and an account without a name."""
    _require_fit(login_name=login_name, name=name_zh or name_latin)
    account = Account(
        kind=Account.Kind(kind), login_name=login_name, name_zh=name_zh, name_latin=name_latin,
        phone=phone, phone_index=phone or None, email=email, email_index=email or None,
        document_type=document_type, document_number=document_number, document_index=document_number or None,
        language=language,
        real_name_status=Account.RealName(real_name_status), created_at=at,
    )
    _put_password(account, password)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:
        raise Refused(NAME_TAKEN) from None
    _record(account.id, "create_account", actor, at, kind=kind)
    return account


@transaction.atomic
def set_password(*, account: Account, password: str, actor: Actor, at: datetime) -> None:
    """Ends every session of the account. Refuses a weak password."""
    _put_password(account, password)
    account.save(update_fields=["password"])
    _record(account.id, "set_password", actor, at)
    end_sessions(account_id=account.id, at=at, actor=_who(actor))


def change_password(request: HttpRequest, *, account: Account, old: str, new: str, address: str, at: datetime) -> None:
    """Ends every other session and gives this one a new id. Refuses a wrong old password, and after too many of those
    any; a wrong one stays counted."""
    mine = Counted("password", f"{account.id}\0{address}", rules.NAME_AND_ADDRESS)
    until = attempts.count([mine], at=at)
    if until:
        raise Refused(rules.locked_out(until.astimezone(ZONE)))
    if not account.check_password(old):
        raise Refused(OLD_WRONG)
    with transaction.atomic():
        _put_password(account, new)
        account.save(update_fields=["password"])
        attempts.forgive(cleared=mine)
        record(chain=f"account:{account.id}", action="change_password", actor=account.id, subject=account.id, at=at)
        end_sessions(account_id=account.id, at=at, actor=account.id, but=request)
    update_session_auth_hash(request, account)


@transaction.atomic
def set_password_by_link(*, token: str, password: str, at: datetime) -> Account:
    """Once. Ends every session of the account. Refuses a weak password, and a link that was used or has ended."""
    account = use_link(token, at=at)
    set_password(account=account, password=password, actor=Actor(account_id=account.id, name=""), at=at)
    return account


@transaction.atomic
def set_active(*, account: Account, active: bool, actor: Actor, at: datetime) -> None:
    """An account that is not active is signed out at its next request."""
    Account.objects.filter(id=account.id).update(is_active=active)
    account.is_active = active
    _record(account.id, "activate" if active else "deactivate", actor, at)


def set_language(*, account_id: UUID, language: str) -> None:
    Account.objects.filter(id=account_id).update(language=ENGLISH if language.startswith("en") else CHINESE)


@transaction.atomic
def create_organisation(
    *, kind: str, code: str, name_zh: str, name_en: str, actor: Actor, at: datetime, parent: Organisation | None = None,
) -> Organisation:
    """Raises IntegrityError when the code is taken; the caller knows what the code is called."""
    made = Organisation.objects.create(
        kind=Organisation.Kind(kind), code=code, name_zh=name_zh, name_en=name_en, parent=parent
    )
    record(chain=f"organisation:{made.id}", action="create_organisation", actor=_who(actor), at=at,
           data={"kind": kind, "code": code})
    return made


@transaction.atomic
def name_authority(
    *, organisation_id: UUID, name_zh: str, name_en: str, actor: Actor, at: datetime, parent: Organisation | None = None,
) -> None:
    """Cases keep pointing at it; its code never changes."""
    Organisation.objects.filter(id=organisation_id).update(name_zh=name_zh, name_en=name_en, parent=parent)
    record(chain=f"organisation:{organisation_id}", action="name_authority", actor=_who(actor), at=at,
           data={"name_zh": name_zh, "name_en": name_en, "parent": parent.code if parent else ""})


@transaction.atomic
@transaction.atomic
def set_unit_kind(*, organisation_id: UUID, kind: str, actor: Actor, at: datetime) -> None:
    """Whether a unit is an agency. Nothing else changes its kind, and no authority becomes a unit."""
    units = (Organisation.Kind.EMPLOYER, Organisation.Kind.AGENCY)
    if Organisation.objects.filter(id=organisation_id, kind__in=units).exclude(kind=kind).update(kind=units[units.index(kind)]):
        record(chain=f"organisation:{organisation_id}", action="set_unit_kind", actor=_who(actor),
               acting_for=actor.organisation_id, subject=organisation_id, at=at, data={"kind": kind})


def rename_unit(*, organisation_id: UUID, code: str, name_zh: str, name_en: str) -> None:
    """As its owner records it. An empty code leaves the old one. Raises IntegrityError when the code is taken."""
    named = {"name_zh": name_zh, "name_en": name_en} | ({"code": code} if code else {})
    Organisation.objects.filter(id=organisation_id).update(**named)


@transaction.atomic
def grant_role(
    *, account_id: UUID, organisation_id: UUID, role: str, actor: Actor, at: datetime, system: str = "",
) -> Grant:
    """A role in one business system, or (empty) in all of them. Refuses whom `rules.refusal_of_grant` refuses, and a role
    that is held already."""
    organisation = Organisation.objects.get(id=organisation_id)
    _require_may_grant(actor, role, organisation, system)
    try:
        with transaction.atomic():
            grant = Grant.objects.create(
                account_id=account_id, organisation=organisation, role=role, system=system, granted_by_id=actor.account_id,
                granted_at=at,
            )
    except IntegrityError:
        raise Refused(GRANTED_ALREADY) from None
    _record_grant(grant, "grant_role", actor, at)
    return grant


@transaction.atomic
def revoke_grant(*, grant_id: UUID, actor: Actor, at: datetime) -> Grant:
    """The role is gone at the next request of every open session. Refused when it was revoked before."""
    grant = Grant.objects.select_for_update(of=("self",)).select_related("organisation").get(id=grant_id)
    _require_may_grant(actor, grant.role, grant.organisation, grant.system)
    if grant.revoked_at is not None:
        raise Refused(NOT_GRANTED)
    grant.revoked_at, grant.revoked_by_id = at, actor.account_id
    grant.save(update_fields=["revoked_at", "revoked_by"])
    _record_grant(grant, "revoke_grant", actor, at)
    return grant


def _require_fit(*, login_name: str, name: str) -> None:
    reasons = [] if is_fit(login_name) else [NAME_UNFIT]
    if not name.strip():
        reasons.append(NO_NAME)
    if reasons:
        raise Refused(*reasons)


def _put_password(account: Account, password: str | None) -> None:
    if password is None:
        account.set_unusable_password()
        return
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise Refused(*weaknesses(weak.error_list)) from None
    account.set_password(password)


def _require_may_grant(actor: Actor, role: str, organisation: Organisation, system: str) -> None:
    reason = rules.refusal_of_grant(
        actor=actor, role=role, organisation_id=organisation.id, organisation_kind=organisation.kind, system=system
    )
    if reason:
        raise Refused(reason)


def _who(actor: Actor) -> UUID | str:
    return actor.account_id or "system"


def _record(account_id: UUID, action: str, actor: Actor, at: datetime, **data: str) -> None:
    record(chain=f"account:{account_id}", action=action, actor=_who(actor), acting_for=actor.organisation_id,
           subject=account_id, at=at, data=data)


def _record_grant(grant: Grant, action: str, actor: Actor, at: datetime) -> None:
    record(chain=f"organisation:{grant.organisation_id}", action=action, actor=_who(actor),
           acting_for=actor.organisation_id, subject=grant.account_id, at=at,
           data={"grant": str(grant.id), "role": grant.role, "system": grant.system})
