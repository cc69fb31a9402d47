"""Pure decisions about accounts: who may grant what, which post speaks, how often one may try."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Protocol, TypeVar
from uuid import UUID

from laihua.accounts.permissions import AGENT, ROLES, SECOND_FACTOR_SIDES, SYSTEM_ROLE, Actor, Side
from laihua.kernel.texts import Reason, Text


class HasOrganisation(Protocol):
    @property
    def organisation_id(self) -> UUID: ...


AnyPost = TypeVar("AnyPost", bound=HasOrganisation)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many failures are allowed; the next one waits until `pause` after the last that counted."""

    failures: int
    pause: timedelta


NAME_AND_ADDRESS = Limit(5, timedelta(minutes=15))
ADDRESS = Limit(50, timedelta(minutes=15))
"""Wide enough for an office behind one address, narrow enough against trying one password on many names."""
NAME = Limit(100, timedelta(days=1))
"""At one login name in one day of China, from everywhere together. Devices with which its owner has signed in before are
counted each by itself, so that nobody can lock him out."""
SECOND_FACTOR = Limit(5, timedelta(minutes=15))
CODE_PAUSE = Limit(1, timedelta(seconds=60))
CODES_A_DAY = Limit(10, timedelta(days=1))
"""To one number, in one day of China."""
CODES_OF_ADDRESS = Limit(60, timedelta(hours=1))
"""In one hour of the clock. Wide enough for an office behind one address."""
LOOK_UPS = Limit(30, timedelta(hours=1))
"""Names and credit codes that one address may look up; each costs a captcha besides."""

NOT_HELD_THERE = Reason("not_held_there", Text(
    "您在这个业务系统没有管理员权限，只能授予自己拥有的权限",
    "You are no administrator in this business system; you can grant only what you hold yourself"))

HIMSELF = "self"
_SIDES_OF_KIND = {
    "authority": {Side.AUTHORITY, Side.EXPERT}, "employer": {Side.UNIT}, "agency": {Side.UNIT}, "hall": {Side.HALL},
}


def name_in(language: str, *, zh: str, latin: str) -> str:
    return (latin or zh) if language.startswith("en") else (zh or latin)


def post_for(posts: Sequence[AnyPost], chosen: str | None) -> AnyPost | None:
    """The chosen post while it is still held. A single post speaks for itself, unless one acts for oneself."""
    for post in posts:
        if str(post.organisation_id) == chosen:
            return post
    return posts[0] if len(posts) == 1 and chosen != HIMSELF else None


def needs_second_factor(roles: Collection[str]) -> bool:
    return any(ROLES[role].side in SECOND_FACTOR_SIDES for role in roles if role in ROLES)


def refusal_of_grant(
    *, actor: Actor, role: str, organisation_id: UUID, organisation_kind: str, system: str = "",
) -> Reason | None:
    """The system and an operator grant every role; a unit's administrator those of its own unit, in the business systems
    in which he is one himself (ACC-9)."""
    if role not in ROLES:
        return Reason("unknown_role", Text("没有这个岗位：{role}", "There is no such role: {role}").format(role=role))
    if role == AGENT:
        return Reason("role_by_delegation", Text(
            "“代理经办人”由委托产生，不能授予", "“Agent” comes with a delegation and cannot be granted"))
    side = ROLES[role].side
    if side not in _SIDES_OF_KIND.get(organisation_kind, ()):
        return Reason("role_elsewhere", Text(
            "“{title}”不能授予这类组织的人员", "“{title}” cannot be held in an organisation of this kind"
        ).format(title=ROLES[role].title))
    if actor.roles & {SYSTEM_ROLE, "operator"}:
        return None
    if side is Side.UNIT and "unit_admin" in actor.roles and actor.organisation_id == organisation_id:
        return None if actor.holds("unit_admin", system) else NOT_HELD_THERE
    return Reason("may_not_grant", Text(
        "只有本单位管理员或平台运行人员可以授权和撤销授权",
        "Only an administrator of this unit or a hall operator may grant and revoke roles",
    ))


NAME_TRIED_OUT = Reason("locked_out", Text(
    "今天对这个登录名的尝试次数过多。请在以前登录过的设备上登录，或通过“忘记密码”重新设置密码，或明天再试",
    "Too many attempts at this login name today. Please sign in on a device that you used before, set a new password by "
    "“Forgotten password”, or try again tomorrow"))
CODES_USED_UP = Reason("codes_used_up", Text(
    "今天发送的短信验证码已达上限，请稍后或明天再试；急需办理请拨打咨询电话",
    "No more codes can be sent now. Please try again later or tomorrow; if it is urgent, call the help line"), place="code")


def code_too_soon(wait: timedelta) -> Reason:
    return Reason("code_too_soon", Text(
        "验证码刚刚发送过，请{seconds}秒后再重新发送", "A code was sent just now. A new one can be sent in {seconds} seconds"
    ).format(seconds=max(1, ceil(wait.total_seconds()))), place="code")


def locked_out(until: datetime) -> Reason:
    """`until` in the hall's zone."""
    return Reason("locked_out", Text(
        "尝试次数过多，请于{time}后再试", "Too many attempts. Please try again after {time} (China time)"
    ).format(time=until.strftime("%H:%M")))
