"""Dead letters, their new start, and what operators see."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from laihua.accounts.permissions import Actor
from laihua.kernel.models import AuditEntry
from laihua.kernel.texts import Refused
from laihua.notifications import actions, delivery, queries
from laihua.notifications.gateways import PermanentFailure
from laihua.notifications.models import OutboxMessage, State

pytestmark = pytest.mark.django_db

OPERATOR = Actor(uuid4(), "运行员", frozenset({"operator"}), uuid4())
STRANGERS = [
    Actor(uuid4(), "经办人", frozenset({"handler"})), Actor(uuid4(), "审计员", frozenset({"auditor"})),
    Actor(uuid4(), "本人"),
]


@pytest.fixture
def dead(notice, use_gateway, at: datetime) -> OutboxMessage:
    actions.notify(**notice | {"sms": type(notice["sms"])("", "")})
    row = OutboxMessage.objects.get()
    use_gateway(PermanentFailure("smtp_550"))
    delivery.deliver(message_id=row.id, attempt=0, at=at)
    return row


@pytest.mark.req("OPS-3")
def test_a_dead_letter_gets_a_fresh_start_and_the_audit_trail_says_who_gave_it(dead, use_gateway, at) -> None:
    gateway = use_gateway()
    actions.requeue(message_id=dead.id, actor=OPERATOR, at=at)
    dead.refresh_from_db()
    assert (dead.state, dead.failures) == (State.QUEUED, 0)
    delivery.deliver(message_id=dead.id, attempt=dead.attempts, at=at)
    assert len(gateway.sent) == 1
    entry = AuditEntry.objects.get(action="requeue_message")
    assert (entry.actor, entry.subject) == (str(OPERATOR.account_id), str(dead.id))


@pytest.mark.parametrize("stranger", STRANGERS, ids=lambda actor: actor.name)
def test_only_operators_requeue_and_read(dead: OutboxMessage, stranger: Actor, at: datetime) -> None:
    with pytest.raises(Refused):
        actions.requeue(message_id=dead.id, actor=stranger, at=at)
    with pytest.raises(Refused):
        queries.messages_for_operator(actor=stranger)
    dead.refresh_from_db()
    assert dead.state == State.DEAD


def test_only_dead_letters_are_requeued(dead: OutboxMessage, at: datetime) -> None:
    actions.requeue(message_id=dead.id, actor=OPERATOR, at=at)
    for message_id in (dead.id, uuid4()):
        with pytest.raises(Refused) as refused:
            actions.requeue(message_id=message_id, actor=OPERATOR, at=at)
        assert refused.value.reasons[0].code == "not_dead"


def test_in_the_demo_operators_read_every_message(dead: OutboxMessage) -> None:
    (row,) = queries.messages_for_operator(actor=OPERATOR, state="dead")
    assert row.recipient == "lin@example.com"
    assert "已受理" in row.text
    assert queries.messages_for_operator(actor=OPERATOR, state="sent") == []


def test_outside_the_demo_operators_see_no_personal_data(dead: OutboxMessage, settings) -> None:
    settings.DEMO = False
    (row,) = queries.messages_for_operator(actor=OPERATOR)
    assert row.recipient == "l***@example.com"
    assert not row.text
    assert not row.subject


def test_the_list_goes_on_where_the_page_ended(notice, at: datetime) -> None:
    for number in range(5):
        person = replace(notice["to"], phone="")
        actions.notify(**notice | {"to": person, "key": str(number), "at": at + timedelta(seconds=number // 2)})
    first = queries.messages_for_operator(actor=OPERATOR, limit=3)
    second = queries.messages_for_operator(actor=OPERATOR, limit=3, after=first[-1].position)
    seen = [row.id for row in first + second]
    assert len(seen) == len(set(seen)) == 5
    moments = [row.created_at for row in first + second]
    assert moments == sorted(moments, reverse=True)


def test_the_backlog_names_every_state(dead: OutboxMessage, at: datetime) -> None:
    counts = {row.state: (row.count, row.oldest) for row in queries.backlog()}
    assert counts[State.DEAD] == (1, at)
    assert counts[State.SENT] == (0, None)
    assert counts.keys() == set(State)
