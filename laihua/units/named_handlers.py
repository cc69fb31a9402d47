"""登记经办人: whom a unit named as its handlers when it registered. Offered by actions and queries.

Who holds an account with passed real-name authentication and the same document becomes a handler at once; the others wait,
and are matched when they pass. A phone or a name alone never makes anyone a handler.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from laihua.accounts import actions as accounts
from laihua.accounts import queries as people
from laihua.accounts.events import IdentityAnswered
from laihua.accounts.permissions import SYSTEM
from laihua.kernel.actions import record
from laihua.units.models import NamedHandler

HANDLER = "handler"


@dataclass(frozen=True, slots=True)
class Named:
    """A handler as the unit names him."""

    name: str
    document_type: str
    document_number: str
    phone: str
    email: str
    post: str


@transaction.atomic
def name_handlers(*, unit_id: UUID, system: str, named: Sequence[Named], at: datetime) -> list[NamedHandler]:
    """These and no others are the unit's named handlers in the system from now on; returns those who have no account yet.

    Who is no longer named loses the role that came of it. A role in all systems, which an administrator gave, stays.
    """
    before = NamedHandler.objects.select_for_update().filter(unit_id=unit_id, system=system, ended_at=None)
    rows = [
        NamedHandler(
            unit_id=unit_id, system=system, name=one.name, document_type=one.document_type,
            document_number=one.document_number, document_index=one.document_number, phone=one.phone, email=one.email,
            post=one.post, named_at=at,
        )
        for one in named
    ]
    for row in rows:
        row.account_id = people.account_with_document(row.document_type, row.document_number)
    staying = {row.account_id for row in rows}
    for old in before:
        if old.account_id is not None and old.account_id not in staying:
            _revoke(old, at)
        old.ended_at = at
        old.save(update_fields=["ended_at"])
    for row in rows:
        row.save(force_insert=True)
        if row.account_id is not None:
            _authorise(row, at)
    record(chain=f"organisation:{unit_id}", action="name_handlers", actor="system", subject=unit_id, at=at,
           data={"system": system, "named": str(len(rows)), "matched": str(sum(r.account_id is not None for r in rows))})
    return [row for row in rows if row.account_id is None]


@transaction.atomic
def match_handlers(*, at: datetime, account_id: UUID | None = None) -> int:
    """Authorise named handlers who have passed real-name authentication since; how many. With `account_id` only this one."""
    matched = 0
    waiting = NamedHandler.objects.select_for_update(of=("self",), skip_locked=True).filter(account=None, ended_at=None)
    if account_id is not None:
        waiting = waiting.filter(document_index__in=people.document_indexes(account_id))
    for row in waiting.order_by("named_at"):
        row.account_id = people.account_with_document(row.document_type, row.document_number)
        if row.account_id is not None and account_id in (None, row.account_id):
            row.save(update_fields=["account"])
            _authorise(row, at)
            matched += 1
    return matched


def on_identity(event: IdentityAnswered) -> None:
    if event.passed and event.target == "person" and event.account_id is not None:
        match_handlers(at=event.at, account_id=event.account_id)


def named_handlers(unit_id: UUID, system: str) -> list[NamedHandler]:
    """As the unit named them last."""
    return list(NamedHandler.objects.filter(unit_id=unit_id, system=system, ended_at=None).order_by("named_at", "id"))


def _authorise(row: NamedHandler, at: datetime) -> None:
    account_id = row.account_id
    held = {(g.role, g.system) for g in people.grants_in(row.unit_id) if g.account_id == account_id}
    if account_id is not None and not held & {(HANDLER, ""), (HANDLER, row.system)}:
        accounts.grant_role(
            account_id=account_id, organisation_id=row.unit_id, role=HANDLER, system=row.system, actor=SYSTEM, at=at
        )


def _revoke(row: NamedHandler, at: datetime) -> None:
    for grant in people.grants_in(row.unit_id):
        if grant.account_id == row.account_id and (grant.role, grant.system) == (HANDLER, row.system):
            accounts.revoke_grant(grant_id=grant.id, actor=SYSTEM, at=at)
