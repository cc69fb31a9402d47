"""What the two units of a delegation are told of it. Here, since a delegation names a service."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse

from laihua.accounts.queries import contact_of, holders_of
from laihua.cases.queries.delegated import titles_of
from laihua.kernel.texts import Text
from laihua.notifications.actions import Recipient, notify
from laihua.units import queries as units
from laihua.units.events import DelegationMade, DelegationRevoked

MADE = Text("贵单位委托{agency}办理“{matter}”", "{agency} may now handle “{matter}” for you")
MADE_BODY = Text(
    "委托编号{number}，有效期至{until}，只能用于一件案件。贵单位可以随时查看办理情况，也可以随时撤销委托。",
    "Delegation {number}, valid until {until}, for one case alone. You can see at any time what is done under it, and revoke it.")
MADE_SMS = Text(
    "【来华】{agency}受贵单位委托办理“{matter}”，委托{number}，有效期至{until}。非贵单位意愿请登录后撤销。",
    "[Laihua] {agency} may handle “{matter}” for your unit: delegation {number}, until {until}. "
    "If you did not want this, sign in and revoke it.")
REVOKED = Text("委托{number}已被撤销", "Delegation {number} has been revoked")
REVOKED_BODY = Text(
    "{principal}已撤销委托{number}（{matter}），不能再继续办理。需要继续的，请联系委托单位重新委托。",
    "{principal} has revoked delegation {number} ({matter}). Nothing more can be done under it; ask them to delegate it anew.")
REVOKED_SMS = Text(
    "【来华】{principal}已撤销委托{number}，不能再继续办理。",
    "[Laihua] {principal} has revoked delegation {number}; nothing more can be done under it.")


def on_made(made: DelegationMade) -> None:
    """The handler who proved himself, and whoever administers the unit, so that nothing happens behind its back."""
    view = units.delegation_by_id(made.delegation_id)
    for account_id in {view.row.handler_id, *holders_of("unit_admin", view.row.principal_id)}:
        _tell(account_id, view, MADE, MADE_BODY, MADE_SMS, f"delegation:{view.row.id}:made:{account_id}", made.at)


def on_revoked(revoked: DelegationRevoked) -> None:
    view = units.delegation_by_id(revoked.delegation_id)
    key = f"delegation:{view.row.id}:revoked"
    _tell(view.row.agent_id, view, REVOKED, REVOKED_BODY, REVOKED_SMS, key, revoked.at)


def _tell(account_id: UUID, view: units.DelegationView, subject: Text, body: Text, sms: Text, key: str, at: datetime) -> None:
    row, contact = view.row, contact_of(account_id)
    values = {
        "agency": view.agency, "principal": view.principal, "number": row.number, "until": row.valid_to,
        "matter": titles_of([row.matter])[row.matter],
    }
    notify(
        to=Recipient(account_id, contact.name, contact.language, contact.email, contact.phone),
        subject=subject.format(**values), body=body.format(**values), sms=sms.format(**values),
        link=reverse("account:delegation", args=[row.id]), key=key, at=at,
    )
