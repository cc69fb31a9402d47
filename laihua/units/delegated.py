"""Reads of delegations, and of the units and handlers that special sign-in and handler checks ask about. Offered through
`queries`."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import Q

from laihua.accounts import queries as accounts
from laihua.accounts.queries import Mandate
from laihua.kernel import clock
from laihua.kernel.calendar import ZONE
from laihua.kernel.crypto import normalised
from laihua.kernel.texts import Reason, Text
from laihua.units import rules
from laihua.units.models import Delegation, Unit
from laihua.units.rules import DELEGATED_DAYS, DELEGATED_DAYS_AT_MOST, SAME_UNIT

__all__ = ["DELEGATED_DAYS", "DELEGATED_DAYS_AT_MOST", "SAME_UNIT"]
HANDLING = ("unit_admin", "handler")
Position = tuple[datetime, UUID]


@dataclass(frozen=True, slots=True)
class ValidHandler:
    """Someone who may act for a unit now. `phone` is empty where none is registered."""

    account_id: UUID
    name: str
    phone: str
    grant_id: UUID


@dataclass(frozen=True, slots=True)
class DelegationView:
    """A delegation as one of its two units sees it. `ended` says why nothing can be done under it any more."""

    row: Delegation
    principal: Text
    agency: Text
    ended: Reason | None

    @property
    def is_live(self) -> bool:
        return self.ended is None


def mandate_for(delegation_id: UUID, account_id: UUID) -> Mandate | None:
    """What a session acts under; None for anybody but the agent. One statement."""
    found = _rows().filter(id=delegation_id, agent_id=account_id).first()
    if found is None:
        return None
    view = _view(found)
    return Mandate(
        id=found.id, number=found.number, principal_id=found.principal_id, principal_name=view.principal,
        agency_id=found.agency_id, agency_name=view.agency, matter=found.matter, case_id=found.case_id,
        valid_to=found.valid_to, ended=view.ended,
    )


def delegations_of(unit_id: UUID, *, given: bool, after: Position | None = None, limit: int) -> list[DelegationView]:
    """Given by the unit, or held by it as an agency; newest first. One statement."""
    rows = _rows().filter(**{"principal_id" if given else "agency_id": unit_id})
    if after:
        rows = rows.filter(Q(made_at__lt=after[0]) | Q(made_at=after[0], id__gt=after[1]))
    return [_view(row) for row in rows.order_by("-made_at", "id")[:limit]]


def delegation(delegation_id: UUID, *, unit_id: UUID | None) -> DelegationView | None:
    """None for a unit that is neither its principal nor its agency, as for one that does not exist."""
    found = _rows().filter(Q(principal_id=unit_id) | Q(agency_id=unit_id), id=delegation_id).first()
    return _view(found) if found else None


def delegation_by_id(delegation_id: UUID) -> DelegationView:
    """For the hall's own hand."""
    return _view(_rows().get(id=delegation_id))


def unit_called(*, code: str, name: str) -> Unit | None:
    """By unit code or credit code, and name; both have to be right. One statement."""
    typed = rules.clean_credit_code(code)
    found = Unit.objects.select_related("organisation").filter(
        Q(organisation__code__iexact=code.strip()) | Q(credit_code=typed, credit_code__gt="")
    ).first()
    return found if found is not None and rules.same_name(found.name_zh, name) else None


def unit_with_code(credit_code: str) -> Unit | None:
    code = rules.clean_credit_code(credit_code)
    return Unit.objects.select_related("organisation").filter(credit_code=code).first() if code else None


def valid_handlers(unit_id: UUID | None) -> list[ValidHandler]:
    """Natural persons who handle for the unit now, each once, longest first. One statement, also for no unit."""
    found: dict[UUID, ValidHandler] = {}
    for grant in accounts.grants_in(unit_id or uuid4()):
        account = grant.account
        if grant.role in HANDLING and account.kind == "natural" and account.is_active:
            found.setdefault(account.id, ValidHandler(account.id, accounts.name_of(account), account.phone, grant.id))
    return list(found.values())


def is_registered_phone(unit: Unit | None, phone: str) -> bool:
    """Whether the number is the contact's or a valid handler's. As long, whether or not there is such a unit."""
    typed = normalised("phone", phone)
    numbers = [handler.phone for handler in valid_handlers(unit.organisation_id if unit else None)]
    if unit is not None:
        numbers.append(unit.contact_phone)
    return bool(typed) and typed in {normalised("phone", number) for number in numbers}


def is_phone_of(handler: ValidHandler | None, phone: str) -> bool:
    typed = normalised("phone", phone)
    return handler is not None and bool(typed) and typed == normalised("phone", handler.phone)


def _rows():  # type: ignore[no-untyped-def]
    return Delegation.objects.select_related("principal", "agency")


def _view(row: Delegation) -> DelegationView:
    ended = rules.ending_of(
        number=row.number, state=row.state, valid_to=row.valid_to, on=clock.today(),
        ended_at=row.ended_at.astimezone(ZONE) if row.ended_at else None,
    )
    return DelegationView(row, _name(row.principal), _name(row.agency), ended)


def _name(unit: Unit) -> Text:
    return Text(unit.name_zh, unit.name_en or unit.name_zh)
