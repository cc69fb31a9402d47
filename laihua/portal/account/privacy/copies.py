"""A copy of a person's data (个人信息保护法 art. 45): everything that the hall keeps about him, readable by people and programs."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import orjson
from django.utils import timezone

from laihua.accounts import queries
from laihua.accounts.permissions import ROLES
from laihua.cases import queries as cases
from laihua.catalog.queries import purposes
from laihua.kernel.texts import Text
from laihua.notifications import queries as notifications
from laihua.portal.account.entry.facts import KINDS, user_number
from laihua.portal.systems import systems
from laihua.units import queries as units

if TYPE_CHECKING:
    from laihua.accounts.models import Account


@dataclass(frozen=True, slots=True)
class Part:
    """One table of the copy. `key` is its name for programs, `rows` hold (key, label, value)."""

    key: str
    title: Text
    rows: list[list[tuple[str, Text, Any]]]


@dataclass(frozen=True, slots=True)
class Copy:
    made_at: datetime
    number: str
    parts: list[Part]


def copy_of(account: "Account", *, at: datetime) -> Copy:
    return Copy(at, user_number(account), [
        Part("account", Text("账号", "Account"), [_account(account)]),
        Part("grants", Text("授权", "Roles"), [_grant(g) for g in queries.every_grant_of(account.id)]),
        Part("enrolments", Text("业务系统登记", "Enrolments"), [
            [("system", Text("业务系统", "System"), _system(key)), ("state", Text("状态", "State"), state)]
            for key, state in units.systems_of(account_id=account.id)
        ]),
        Part("consents", Text("同意记录", "Consents"), [_consent(row) for row in queries.consents_of(account.id)]),
        Part("cases", Text("关于本人的办件", "Cases about me"), [_case(one) for one in cases.cases_about(account.id)]),
        Part("earlier_cases", Text("以前系统的办件", "Cases of earlier systems"), [
            [("number", Text("案件号", "Case number"), row.number), ("service", Text("事项", "Service"), row.service),
             ("state", Text("结果", "Outcome"), row.state), ("closed_on", Text("办结日期", "Closed"), row.closed_on.isoformat())]
            for row in cases.earlier_cases_about(account.id)
        ]),
        Part("sign_ins", Text("登录记录", "Sign-ins"), [
            [("at", Text("时间", "Time"), _moment(entry.at)), ("way", Text("登录方式", "Way"), queries.WAYS.get(entry.way, entry.way)),
             ("unit_name", Text("单位", "Unit"), entry.unit_name)]
            for entry in queries.sign_ins_of(account.id)
        ]),
        Part("messages", Text("站内消息", "Messages"), [
            [("at", Text("时间", "Time"), _moment(row.created_at)), ("subject", Text("标题", "Subject"), row.subject),
             ("body", Text("正文", "Text"), row.body)]
            for row in notifications.inbox_of(account.id, limit=1000)
        ]),
    ])


def as_json(copy: Copy) -> bytes:
    """Keys in English; texts of the hall in both languages."""
    found: dict[str, Any] = {"made_at": copy.made_at, "number": copy.number}
    for part in copy.parts:
        rows = [{key: _plain(value) for key, _, value in row} for row in part.rows]
        found[part.key] = rows[0] if part.key == "account" else rows
    return orjson.dumps(found, option=orjson.OPT_INDENT_2, default=str)


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return value.as_data()
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return value


def _account(account: "Account") -> list[tuple[str, Text, Any]]:
    return [
        ("kind", Text("账号类型", "Kind"), KINDS[account.kind]), ("login_name", Text("登录名", "Login name"), account.login_name),
        ("name_zh", Text("中文姓名", "Chinese name"), account.name_zh),
        ("name_latin", Text("外文姓名", "Latin name"), account.name_latin),
        ("document_type", Text("证件类型", "Kind of document"), account.document_type),
        ("document_number", Text("证件号码", "Document number"), account.document_number),
        ("document_until", Text("证件有效期至", "Document valid until"), str(account.document_until or "")),
        ("phone", Text("手机", "Mobile number"), account.phone), ("email", Text("电子邮箱", "E-mail"), account.email),
        ("language", Text("语言", "Language"), account.language),
        ("created_at", Text("注册时间", "Registered"), _moment(account.created_at)),
        ("real_name_status", Text("实名认证", "Real name"), account.real_name_status),
        ("personal", Text("其他个人信息", "Other personal information"), [[key, value] for key, value in account.personal.items()]),
    ]


def _grant(grant: Any) -> list[tuple[str, Text, Any]]:
    role = ROLES.get(grant.role)
    return [
        ("organisation", Text("单位", "Organisation"),
         Text(grant.organisation.name_zh, grant.organisation.name_en or grant.organisation.name_zh)),
        ("role", Text("岗位", "Role"), role.title if role else grant.role),
        ("granted_at", Text("授权时间", "Given"), _moment(grant.granted_at)),
        ("revoked_at", Text("撤销时间", "Revoked"), _moment(grant.revoked_at)),
    ]


def _consent(row: Any) -> list[tuple[str, Text, Any]]:
    purpose = purposes().get(row.purpose)
    return [
        ("purpose", Text("目的", "Purpose"), purpose.title if purpose else row.purpose),
        ("version", Text("文本版本", "Version"), row.version),
        ("given_at", Text("同意时间", "Given"), _moment(row.given_at)),
        ("withdrawn_at", Text("撤回时间", "Withdrawn"), _moment(row.withdrawn_at)),
    ]


def _case(one: cases.OwnCase) -> list[tuple[str, Text, Any]]:
    return [
        ("number", Text("案件号", "Case number"), one.number), ("service", Text("事项", "Service"), one.service),
        ("unit", Text("用人单位", "Employer"), one.unit_name), ("step", Text("状态", "State"), one.step),
        ("created_at", Text("创建时间", "Created"), _moment(one.created_at)),
        ("submitted_at", Text("提交时间", "Submitted"), _moment(one.submitted_at)),
        ("closed_at", Text("办结时间", "Closed"), _moment(one.closed_at)),
        ("answers", Text("填报内容", "Answers"), [[label, value] for _, label, value in one.answers]),
        ("materials", Text("材料", "Documents"), [[title, name] for title, name in one.materials]),
    ]


def _system(key: str) -> Text | str:
    return systems()[key].title if key in systems() else key


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
