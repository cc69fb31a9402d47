"""Which services somebody is shown: those of `shown_when` only to people whom their guards let in (RP-1)."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from laihua.accounts.permissions import Actor
from laihua.accounts.queries import account
from laihua.cases import persons
from laihua.cases.guards import GUARDS
from laihua.cases.rules import Facts, refusal_of_starter
from laihua.catalog.definitions import Service
from laihua.flow.moves import State
from laihua.kernel.texts import Reason


def shown_to(services: Iterable[Service], actor: Actor | None, at: datetime) -> list[Service]:
    """In the order given. Nothing is read where none of them asks for it."""
    return [s for s in services if not s.shown_when or not not_shown(s, actor, at)]


def not_shown(service: Service, actor: Actor | None, at: datetime) -> list[Reason]:
    """Why the service is not shown to this actor; empty where it is."""
    if not service.shown_when:
        return []
    if actor is None or actor.account_id is None:
        return [Reason("real_name_not_passed", persons.NOT_PASSED["none"], link=persons.ME, link_text=persons.TO_ME)]
    if wrong := refusal_of_starter(service, actor):
        return [wrong]
    person, today = account(actor.account_id), timezone.localtime(at).date()
    guards = [GUARDS[name] for name in service.shown_when]
    needs = frozenset[str]().union(*(guard.needs for guard in guards))
    facts = Facts(
        actor=actor, at=at, state=State(service.first_step),
        person=persons.against(person, today) if "person" in needs else {},
        employment=persons.employment(person, service.system, today).reason if "employment" in needs else None,
    )
    return [reason for guard in guards for reason in guard.check(facts)]
