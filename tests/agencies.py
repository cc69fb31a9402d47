"""An agency, a unit without a credit code, and sessions under a delegation, in the small hall of tests/world.py."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from laihua.accounts import queries
from laihua.accounts.models import Account, Organisation
from laihua.accounts.permissions import AGENT, Actor
from laihua.units import actions as units
from laihua.units.models import Delegation, Unit
from tests import people
from tests import world as building
from tests.world import WORK_PERMIT, World

AGENCY, AGENCY_CODE = "上海示例人才服务有限公司", people.credit_code(4711)
CODED, CODE, CONTACT = "示例研究所", "SH-0001-X", "+8613900007777"


@dataclass
class Agencies:
    """`agency` with its handler `agent`; `coded`: a unit known by its code alone, with a handler and a contact."""

    world: World
    agency: Unit
    agent: Account
    coded: Unit
    coded_handler: Account

    @property
    def for_itself(self) -> Actor:
        return Actor(
            account_id=self.agent.id, name=self.agent.name_zh, roles=frozenset({"handler"}),
            organisation_id=self.agency.id, organisation_name=AGENCY,
        )

    def under(self, made: Delegation) -> Actor:
        return Actor(
            account_id=self.agent.id, name=self.agent.name_zh, roles=frozenset({AGENT}), organisation_id=made.principal_id,
            delegation_id=made.id, agency_id=made.agency_id, for_himself=False,
        )

    def delegate(self, at: datetime, *, matter: str = WORK_PERMIT, days: int = 30, principal: Unit | None = None) -> Delegation:
        handler = self.world.handler if principal in (None, self.world.unit) else self.world.stranger
        return units.delegate(
            principal_id=(principal or self.world.unit).id, handler_id=handler.person_id, matter=matter,
            until=at.date() + timedelta(days=days), evidence={"by": "sms_code"}, actor=self.for_itself, at=at,
        )

    def client(self, made: Delegation | None = None, **how: Any) -> Client:
        """Signed in as the agent, for the agency or under the delegation."""
        client = people.signed_in(self.agent, client=Client(**how))
        if made is not None:
            session = client.session
            session[queries.DELEGATION] = str(made.id)
            session.save()
        return client


def build(world: World, at: datetime) -> Agencies:
    agency = building.new_unit(AGENCY, "Shanghai Example Talent Services Co., Ltd.", AGENCY_CODE, at)
    Organisation.objects.filter(id=agency.organisation_id).update(kind="agency")
    agent = natural("demo_agent", "陆清和", "+8613800008001")
    people.give(agent, "handler", agency.organisation_id)
    organisation = Organisation.objects.create(kind="employer", code=CODE, name_zh=CODED, name_en="Example Institute")
    coded = Unit.objects.create(
        organisation=organisation, name_zh=CODED, name_en="Example Institute", credit_code="", contact_name="顾言",
        contact_phone=CONTACT, registered_at=at,
    )
    coded_handler = natural("demo_coded", "白若溪", "+8613800008002")
    people.give(coded_handler, "handler", organisation.id)
    return Agencies(world, agency, agent, coded, coded_handler)


def natural(login_name: str, name: str, phone: str) -> Account:
    account = people.natural(login_name, name=name)
    account.phone = account.phone_index = phone
    account.save()
    return account
