"""用户授权管理: who acts for a unit, in which business systems. Offered by actions and queries (ACC-9 to ACC-11).

A grantor is an administrator of the unit: the legal person itself, or a natural person who was made one. It gives only
what it holds, and a business system's roles only once the unit is approved there.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from laihua.accounts import actions as accounts
from laihua.accounts import queries as people
from laihua.accounts.permissions import Actor
from laihua.kernel.texts import Reason, Refused, Text
from laihua.units.enrolments import systems_of
from laihua.units.models import Unit

ADMIN, HANDLER, EVERYWHERE = "unit_admin", "handler", ""
ROLES = (ADMIN, HANDLER)
Tick = tuple[str, str]
"""Role and business system; an empty system is all of them."""

NO_ADMIN = Reason("may_not_grant", Text(
    "只有本单位管理员可以授权和撤销授权", "Only an administrator of this unit may grant and revoke roles"))
NOT_HELD = Text("只能授予自己拥有的权限；您在这个业务系统不是管理员",
                "You can grant only what you hold yourself; you are no administrator in this business system")
NOT_VERIFIED = Reason("not_verified", Text(
    "该自然人还没有完成实名认证，完成后才能授权", "This person has not passed real-name authentication; roles can be granted after that"))
LAST_ADMIN = Reason("last_admin", Text(
    "单位至少要有一名管理员。请先授权另一名管理员，再撤销此人",
    "A unit keeps at least one administrator. Make somebody else one first, then revoke this grant"))
LEGAL_PERSON = Reason("legal_person", Text("法人账号的权限不能撤销", "The legal person's own role cannot be revoked"))


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds roles of the unit, with the live grants."""

    account_id: UUID
    name: str
    login_name: str
    verified: bool
    is_legal_person: bool
    ticks: frozenset[Tick]
    since: datetime


def holders(unit_id: UUID) -> list[Holder]:
    """Longest first."""
    legal = Unit.objects.filter(organisation_id=unit_id).values_list("account_id", flat=True).first()
    found: dict[UUID, list[Any]] = {}
    for grant in people.grants_in(unit_id):
        if grant.role in ROLES:
            found.setdefault(grant.account_id, []).append(grant)
    return [
        Holder(
            account_id, people.name_of(grants[0].account), grants[0].account.login_name,
            grants[0].account.real_name_status == "passed", account_id == legal,
            frozenset((grant.role, grant.system) for grant in grants), grants[0].granted_at,
        )
        for account_id, grants in found.items()
    ]


def administered(unit_id: UUID, account_id: UUID | None) -> frozenset[str]:
    """The business systems in which the account is administrator of the unit; an empty one among them is all."""
    return frozenset(grant.system for grant in people.grants_in(unit_id) if grant.account_id == account_id and grant.role == ADMIN)


def approved_systems(unit_id: UUID) -> frozenset[str]:
    return frozenset(system for system, state in systems_of(organisation_id=unit_id) if state == "approved")


def obstacle(tick: Tick, *, administers: Collection[str], approved: Collection[str]) -> Reason | None:
    """Why this grantor cannot give this role in this system now. Pure."""
    role, system = tick
    place = f"{role}@{system}"
    if role not in ROLES or (role, system) == (HANDLER, EVERYWHERE):
        return Reason("not_held_there", NOT_HELD, place=place)
    if EVERYWHERE not in administers and system not in administers:
        return Reason("not_held_there", NOT_HELD, place=place)
    if system != EVERYWHERE and system not in approved:
        return Reason(
            "no_permission_yet", Text(
                "本单位在这个业务系统还没有权限，不能授权。请先进入该系统填写单位信息，审核通过后再授权",
                "The unit has no permission in this business system yet, so nothing can be granted there. Enter the system first, "
                "fill in the unit's information and wait for its approval"),
            link=f"/enter/{system}/", link_text=Text("进入该系统填写", "Enter the system"), place=place,
        )
    return None


@transaction.atomic
def set_roles(*, unit_id: UUID, account_id: UUID, wanted: Iterable[Tick], actor: Actor, at: datetime) -> None:
    """Grant and revoke until the person holds exactly these roles, among those that the grantor may give.

    Refused with every role that cannot be given; for somebody without real-name authentication; where nobody would be
    left to administer the unit. What the grantor has no say in stays as it is. A revoked role is gone at the next click.
    """
    administers = administered(unit_id, actor.account_id)
    if not administers or actor.organisation_id != unit_id:
        raise Refused(NO_ADMIN)
    Unit.objects.select_for_update().get(organisation_id=unit_id)
    held = {(grant.role, grant.system): grant.id for grant in people.grants_in(unit_id)
            if grant.account_id == account_id and grant.role in ROLES}
    asked = set(wanted)
    new, gone = asked - held.keys(), {tick for tick in held.keys() - asked if EVERYWHERE in administers or tick[1] in administers}
    _refuse(new, gone, account_id, unit_id, administers)
    for role, system in sorted(new):
        accounts.grant_role(account_id=account_id, organisation_id=unit_id, role=role, system=system, actor=actor, at=at)
    for tick in sorted(gone):
        accounts.revoke_grant(grant_id=held[tick], actor=actor, at=at)


def _refuse(new: set[Tick], gone: set[Tick], account_id: UUID, unit_id: UUID, administers: frozenset[str]) -> None:
    if new:
        approved = approved_systems(unit_id)
        reasons = [reason for tick in sorted(new) if (reason := obstacle(tick, administers=administers, approved=approved))]
        if reasons:
            raise Refused(*reasons)
        account = people.account(account_id)
        if account is None or account.kind != "natural" or account.real_name_status != "passed" or not account.is_active:
            raise Refused(NOT_VERIFIED)
    if (ADMIN, EVERYWHERE) in gone:
        rows = [holder for holder in holders(unit_id) if (ADMIN, EVERYWHERE) in holder.ticks]
        if any(holder.account_id == account_id and holder.is_legal_person for holder in rows):
            raise Refused(LEGAL_PERSON)
        if not any(holder.account_id != account_id for holder in rows):
            raise Refused(LAST_ADMIN)
