"""The gateways are away for the whole life of a case: nobody waits for them, and every message goes out once, later."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest

from laihua.cases import actions as cases
from laihua.kernel import clock, jobs
from laihua.notifications import delivery
from laihua.notifications.gateways import GatewayDown, Message, Receipt
from laihua.notifications.models import InboxMessage, OutboxMessage, State
from tests import world as building


class Gateway:
    """Down until it is up; then it keeps what it takes."""

    name = "double"

    def __init__(self) -> None:
        self.is_down, self.sent = True, Counter[tuple[str, str]]()

    def send(self, message: Message) -> Receipt:
        if self.is_down:
            raise GatewayDown("ConnectionRefusedError")
        self.sent[message.recipient, message.text] += 1
        return Receipt(f"r{self.sent.total()}")

    def find(self, message: Message) -> Receipt | None:
        return None


@pytest.mark.req("OPS-3")
@pytest.mark.django_db
def test_a_whole_case_while_nothing_can_be_sent(world: Any, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    gateway, moment = Gateway(), [at]
    monkeypatch.setattr(delivery, "gateway_for", lambda channel: gateway)
    monkeypatch.setattr(clock, "now", lambda: moment[0])
    case = building.decision_case(world, at)
    jobs.run_waiting()
    cases.claim(case_id=case.id, actor=world.decider, at=at)
    cases.move(case_id=case.id, move="approve", actor=world.decider, at=at)
    jobs.run_waiting()
    case.refresh_from_db()
    assert case.proceedings.get().step == "issued", "the case does not wait for its messages"
    told = OutboxMessage.objects.count()
    assert told >= 4
    assert InboxMessage.objects.exists(), "the inbox needs no gateway"
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {State.QUEUED}
    for _ in range(30):     # five hours of sweeps, and still nothing is given up
        moment[0] += timedelta(minutes=10)
        delivery.sweep(at=moment[0])
        jobs.run_waiting()
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {State.QUEUED}
    gateway.is_down = False
    for _ in range(3):
        moment[0] += timedelta(minutes=10)
        delivery.sweep(at=moment[0])
        jobs.run_waiting()
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {State.SENT}
    assert gateway.sent.total() == told == OutboxMessage.objects.count()
    assert set(gateway.sent.values()) == {1}, "no message twice"
