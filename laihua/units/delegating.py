"""Writes of delegations (SES-4): made by proof of the principal's handler, used once, revoked by the principal, ended with
the case. Offered through `actions`."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from laihua.accounts import queries as accounts
from laihua.accounts.permissions import Actor
from laihua.kernel import events
from laihua.kernel.actions import record
from laihua.kernel.calendar import ZONE, day_of
from laihua.kernel.numbering import case_number
from laihua.kernel.texts import Reason, Refused, Text
from laihua.units import rules
from laihua.units.events import DelegationMade, DelegationRevoked
from laihua.units.models import Delegation

NOT_AN_AGENCY = Reason("not_an_agency", Text(
    "只有代理机构的经办人可以受托办理", "Only a handler of an agency can act for another unit"))
NO_SUCH_HANDLER = Reason("no_such_handler", Text(
    "该经办人的授权已撤销，请重新选择", "This handler's role has been revoked; choose another"), place="handler")
NO_MATTER = Reason("matter_missing", Text("请选择委托事项", "Choose the matter that is delegated"), place="matter")
NOT_THE_PRINCIPAL = Reason("not_the_principal", Text(
    "委托由委托单位的经办人撤销", "A delegation is revoked by a handler of the principal"))
OVER_ALREADY = Reason("delegation_over", Text("这项委托已经结束", "This delegation is over already"))


def refuse_delegation(*, principal_id: UUID, handler_id: UUID | None, matter: str, until: date | None, actor: Actor,
                      today: date) -> None:
    """Everything that speaks against a delegation before its code is asked for. Refused with all reasons at once."""
    reasons = []
    agency = accounts.organisation(actor.organisation_id) if actor.organisation_id and actor.is_unit() else None
    if agency is None or agency.kind != "agency" or actor.delegation_id is not None:
        reasons.append(NOT_AN_AGENCY)
    if principal_id == actor.organisation_id:
        reasons.append(rules.SAME_UNIT)
    if handler_id is None or handler_id not in {grant.account_id for grant in accounts.grants_in(principal_id)
                                                if grant.role in ("unit_admin", "handler")}:
        reasons.append(NO_SUCH_HANDLER)
    if not matter:
        reasons.append(NO_MATTER)
    if period := rules.refusal_of_period(until, today):
        reasons.append(period)
    if reasons:
        raise Refused(*reasons)


@transaction.atomic
def delegate(
    *, principal_id: UUID, handler_id: UUID, matter: str, until: date, evidence: Mapping[str, Any], actor: Actor, at: datetime,
) -> Delegation:
    """One matter (`matter`: a service) for the actor's agency. The caller has seen the handler's proof, which `evidence`
    describes."""
    refuse_delegation(principal_id=principal_id, handler_id=handler_id, matter=matter, until=until, actor=actor, today=day_of(at))
    made = Delegation.objects.create(
        number=case_number("WT", day_of(at)), principal_id=principal_id, agency_id=actor.organisation_id,
        handler_id=handler_id, agent_id=actor.person_id, matter=matter, valid_from=day_of(at), valid_to=until,
        evidence=dict(evidence), made_at=at,
    )
    _record(made, "delegate", actor, at)
    events.publish(DelegationMade(delegation_id=made.id, at=at))
    return made


@transaction.atomic
def revoke_delegation(*, delegation_id: UUID, actor: Actor, at: datetime) -> Delegation:
    """By any handler of the principal. It counts from the agent's next click; the case stays with the principal."""
    delegation = Delegation.objects.select_for_update().get(id=delegation_id)
    if not actor.is_unit() or actor.delegation_id is not None or actor.organisation_id != delegation.principal_id:
        raise Refused(NOT_THE_PRINCIPAL)
    if delegation.state != Delegation.State.ACTIVE:
        raise Refused(OVER_ALREADY)
    _end(delegation, Delegation.State.REVOKED, at, by=actor.account_id)
    _record(delegation, "revoke_delegation", actor, at)
    events.publish(DelegationRevoked(delegation_id=delegation.id, at=at))
    return delegation


def bind_delegation(*, case_id: UUID, service: str, title_of: Mapping[str, Text], actor: Actor, at: datetime) -> Delegation:
    """Use the actor's delegation for this case, in the transaction that starts it. Refused for a second case, for
    another matter, and when it has ended meanwhile."""
    if actor.delegation_id is None:
        raise LookupError("only an agent uses a delegation")
    delegation = Delegation.objects.select_for_update().get(id=actor.delegation_id)
    over = rules.ending_of(
        number=delegation.number, state=delegation.state, valid_to=delegation.valid_to, on=day_of(at),
        ended_at=delegation.ended_at.astimezone(ZONE) if delegation.ended_at else None,
    )
    matter = delegation.matter
    wrong = over or rules.refusal_of_matter(
        number=delegation.number, matter=matter, asked=service, case_id=delegation.case_id,
        title=title_of.get(matter, Text(matter, matter)),
    )
    if wrong:
        raise Refused(wrong)
    delegation.case_id = case_id
    delegation.save(update_fields=["case_id"])
    _record(delegation, "bind_delegation", actor, at, case=str(case_id))
    return delegation


def close_delegation(*, delegation_id: UUID, actor: Actor, at: datetime) -> None:
    """Its case is closed. One that was revoked before stays so."""
    delegation = Delegation.objects.select_for_update().get(id=delegation_id)
    if delegation.state == Delegation.State.ACTIVE:
        _end(delegation, Delegation.State.ENDED, at)
        _record(delegation, "close_delegation", actor, at)


def _end(delegation: Delegation, state: str, at: datetime, by: UUID | None = None) -> None:
    delegation.state, delegation.ended_at, delegation.ended_by_id = state, at, by
    delegation.save(update_fields=["state", "ended_at", "ended_by"])


def _record(delegation: Delegation, action: str, actor: Actor, at: datetime, **data: str) -> None:
    record(
        chain=f"delegation:{delegation.id}", action=action, actor=actor.account_id or "system",
        acting_for=actor.organisation_id, subject=delegation.id, at=at,
        data={"number": delegation.number, "principal": str(delegation.principal_id), "agency": str(delegation.agency_id),
              "matter": delegation.matter, **data},
    )
