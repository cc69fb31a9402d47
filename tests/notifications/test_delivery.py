"""Attempts: one at a time, later and later, and given up at last."""

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from laihua.notifications import actions, delivery
from laihua.notifications.gateways import GatewayDown, PermanentFailure, TemporaryFailure
from laihua.notifications.models import OutboxMessage, State
from laihua.notifications.rules import BACK_OFF, HAND_OVER, LEASE, OUTAGE_PAUSE

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(notice: dict[str, Any]) -> OutboxMessage:
    actions.notify(**notice | {"sms": type(notice["sms"])("", "")})
    return OutboxMessage.objects.get()


def try_once(message: OutboxMessage, at: datetime) -> OutboxMessage:
    message.refresh_from_db()
    delivery.deliver(message_id=message.id, attempt=message.attempts, at=at)
    message.refresh_from_db()
    return message


@pytest.mark.req("OPS-3")
def test_a_message_that_is_taken_is_sent(message: OutboxMessage, use_gateway, at: datetime) -> None:
    gateway = use_gateway()
    try_once(message, at)
    assert (message.state, message.sent_at, message.provider_id) == (State.SENT, at, "receipt-1")
    (sent,) = gateway.sent
    assert (sent.recipient, sent.subject) == ("lin@example.com", "案件已受理")


@pytest.mark.req("OPS-3")
def test_a_job_that_runs_twice_sends_once(message: OutboxMessage, use_gateway, at: datetime) -> None:
    gateway = use_gateway()
    assert delivery.deliver(message_id=message.id, attempt=0, at=at)
    assert not delivery.deliver(message_id=message.id, attempt=0, at=at)
    assert len(gateway.sent) == 1


@pytest.mark.req("OPS-3")
def test_a_late_job_does_not_shorten_the_pause(message: OutboxMessage, use_gateway, at: datetime) -> None:
    gateway = use_gateway(TemporaryFailure("busy"))
    try_once(message, at)
    assert not delivery.deliver(message_id=message.id, attempt=0, at=at)
    assert not gateway.sent


@pytest.mark.req("OPS-3")
def test_the_pauses_grow_and_then_the_message_is_a_dead_letter(message: OutboxMessage, use_gateway, at) -> None:
    use_gateway(*[TemporaryFailure("isv.BUSINESS_LIMIT_CONTROL")] * 6)
    pauses, moment = [], at
    while try_once(message, moment).state == State.QUEUED:
        pauses.append(message.next_attempt_at - moment)
        moment = message.next_attempt_at
    assert tuple(pauses) == BACK_OFF
    assert message.state == State.DEAD
    assert message.last_error == "isv.BUSINESS_LIMIT_CONTROL"
    assert delivery.sweep(at=moment + timedelta(days=30)) == 0


def test_what_can_never_be_sent_is_a_dead_letter_at_once(message: OutboxMessage, use_gateway, at: datetime) -> None:
    use_gateway(PermanentFailure("smtp_550"))
    assert try_once(message, at).state == State.DEAD
    assert message.last_error == "smtp_550"


@pytest.mark.req("OPS-3")
def test_an_outage_of_a_week_delays_only(message: OutboxMessage, use_gateway, at: datetime) -> None:
    end = at + timedelta(days=7)
    gateway, moment = use_gateway(*[GatewayDown("ConnectionRefusedError")] * 2000), at
    while moment < end:
        assert try_once(message, moment).state == State.QUEUED
        assert message.next_attempt_at - moment <= OUTAGE_PAUSE
        moment = message.next_attempt_at
    gateway.fates.clear()
    assert try_once(message, moment).state == State.SENT


@pytest.mark.req("OPS-3")
def test_a_worker_that_died_leaves_its_message_to_another_one(message: OutboxMessage, use_gateway, at) -> None:
    gateway = use_gateway(knows=True)
    assert delivery.claim(message_id=message.id, attempt=0, at=at)
    assert delivery.sweep(at=at + LEASE - timedelta(seconds=1)) == 0
    assert delivery.sweep(at=at + LEASE) == 1
    message.refresh_from_db()
    assert (message.state, message.uncertain) == (State.QUEUED, True)
    assert try_once(message, at + LEASE).state == State.SENT
    assert message.provider_id == "found"
    assert not gateway.sent, "the provider had it already"


def test_when_the_provider_does_not_have_it_it_is_sent(message: OutboxMessage, use_gateway, at: datetime) -> None:
    gateway = use_gateway(GatewayDown("TimeoutError", uncertain=True), knows=False)
    try_once(message, at)
    assert message.uncertain
    assert not gateway.asked, "the first attempt has nothing to ask about"
    assert try_once(message, message.next_attempt_at).state == State.SENT
    assert len(gateway.asked) == 1
    assert len(gateway.sent) == 1


@pytest.mark.req("OPS-3")
def test_a_worker_that_comes_back_after_its_lease_changes_nothing(message: OutboxMessage, use_gateway, at) -> None:
    def another_worker_takes_over() -> None:
        delivery.sweep(at=at + LEASE)
        assert delivery.claim(message_id=message.id, attempt=1, at=at + LEASE)

    use_gateway(another_worker_takes_over)
    try_once(message, at)
    assert (message.state, message.attempts) == (State.SENDING, 2)


def test_a_lost_job_is_made_up_for(message: OutboxMessage, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
        assert delivery.sweep(at=at) == 0
        assert delivery.sweep(at=at + HAND_OVER) == 1
        assert delivery.sweep(at=at + HAND_OVER) == 0, "it has just been handed over"
        cursor.execute("SELECT args FROM procrastinate_jobs")
        ((arguments,),) = cursor.fetchall()
    assert str(message.id) in str(arguments)


def test_the_job_sends_through_the_gateway_of_the_settings(message: OutboxMessage) -> None:
    from laihua.kernel.jobs import run_waiting

    assert run_waiting() == 1
    message.refresh_from_db()
    assert (message.state, message.gateway) == (State.SENT, "simulator")


def test_outside_the_demo_nothing_pretends_to_send(message: OutboxMessage, settings, at: datetime) -> None:
    settings.DEMO = False
    assert try_once(message, at).state == State.QUEUED
    assert message.last_error == "not_configured"


def test_nothing_personal_is_logged(message: OutboxMessage, use_gateway, at: datetime, caplog, capsys) -> None:
    use_gateway(TemporaryFailure("busy"))
    try_once(message, at)
    written = caplog.text + "".join(capsys.readouterr())
    assert "message_attempted" in written
    for secret in ("lin@example.com", "林素娴", "受理"):
        assert secret not in written


@pytest.mark.req("OPS-3")
@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_sends(notice: dict[str, Any], use_gateway, at: datetime) -> None:
    actions.notify(**notice | {"sms": type(notice["sms"])("", "")})
    message = OutboxMessage.objects.get()
    gateway, start = use_gateway(), threading.Barrier(6)
    won: list[bool] = []

    def work() -> None:
        start.wait()
        try:
            won.append(delivery.deliver(message_id=message.id, attempt=0, at=at))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(won) == [False] * 5 + [True]
    assert len(gateway.sent) == 1
