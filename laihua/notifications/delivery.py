"""One attempt at one message: claim it, hand it over, write down what came of it.

A message goes out at most once per claim, and a claim is had by one worker only. It can go out twice in one case: the
process dies, or the connection breaks, after the gateway took it and before we wrote that down. Then the row is marked
uncertain, and the next attempt first asks the gateway whether it has the message, where the gateway can be asked.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import F

from laihua.kernel.jobs import defer
from laihua.notifications.gateways import GatewayDown, Message, PermanentFailure, Receipt, TemporaryFailure, gateway_for
from laihua.notifications.models import OutboxMessage, State
from laihua.notifications.rules import HAND_OVER, LEASE, after_failure, after_outage

BATCH, SWEEP = 20, 500

log = structlog.get_logger("laihua.notifications")


def deliver(*, message_id: UUID | str, attempt: int, at: datetime) -> bool:
    """Try once, if nobody has begun this attempt yet; whether the message is sent. Runs outside of any transaction."""
    if not claim(message_id=message_id, attempt=attempt, at=at):
        return False
    row = OutboxMessage.objects.get(id=message_id)
    gateway = gateway_for(row.channel)
    message = Message(id=row.id, channel=row.channel, recipient=row.recipient, subject=row.subject, text=row.text,
                      created_at=row.created_at)
    try:
        receipt = (gateway.find(message) if row.uncertain else None) or gateway.send(message)
    except PermanentFailure as failure:
        settle(row, state=State.DEAD, failures=row.failures + 1, last_error=failure.code, gateway=gateway.name)
    except TemporaryFailure as failure:
        postpone(row, at=at, code=failure.code, gateway=gateway.name)
    except GatewayDown as outage:
        settle(row, state=State.QUEUED, next_attempt_at=after_outage(row.attempts, at), last_error=outage.code,
               gateway=gateway.name, uncertain=row.uncertain or outage.uncertain)
    else:
        return settle_sent(row, receipt, gateway=gateway.name, at=at)
    return False


def claim(*, message_id: UUID | str, attempt: int, at: datetime) -> bool:
    """From queued to being sent, for one worker: the update of one row decides who it is."""
    return bool(
        OutboxMessage.objects.filter(id=message_id, state=State.QUEUED, attempts=attempt).update(
            state=State.SENDING, attempts=F("attempts") + 1, next_attempt_at=at + LEASE
        )
    )


def postpone(row: OutboxMessage, *, at: datetime, code: str, gateway: str) -> None:
    moment = after_failure(row.failures + 1, at)
    settle(row, state=State.QUEUED if moment else State.DEAD, failures=row.failures + 1, last_error=code,
           gateway=gateway, next_attempt_at=moment or row.next_attempt_at)


def settle_sent(row: OutboxMessage, receipt: Receipt, *, gateway: str, at: datetime) -> bool:
    return settle(row, state=State.SENT, sent_at=at, provider_id=receipt.provider_id[:200], last_error="",
                  gateway=gateway, uncertain=False)


def settle(row: OutboxMessage, **values: Any) -> bool:
    """Only by the one who holds this attempt: a worker that comes back after its lease changes nothing."""
    done = OutboxMessage.objects.filter(id=row.id, state=State.SENDING, attempts=row.attempts).update(**values)
    log.info("message_attempted", message_id=str(row.id), channel=row.channel, attempt=row.attempts,
             outcome=values["state"].value, code=values.get("last_error", ""), settled=bool(done))
    return bool(done)


@transaction.atomic
def sweep(*, at: datetime) -> int:
    """Put every message that is due back on the list of jobs; how many. Safe beside other sweeps.

    Takes up what a lost job, a dead worker or a moved clock left behind. A message whose lease ran out was with a
    worker that died, so nobody knows whether the gateway has it.
    """
    due = OutboxMessage.objects.filter(state__in=(State.QUEUED, State.SENDING), next_attempt_at__lte=at)
    rows = list(due.select_for_update(skip_locked=True).order_by("next_attempt_at")
                .values_list("id", "state", "attempts")[:SWEEP])
    abandoned = [row_id for row_id, state, _ in rows if state == State.SENDING]
    if abandoned:
        OutboxMessage.objects.filter(id__in=abandoned).update(state=State.QUEUED, uncertain=True)
    OutboxMessage.objects.filter(id__in=[row[0] for row in rows]).update(next_attempt_at=at + HAND_OVER)
    hand_over((row_id, attempts) for row_id, _, attempts in rows)
    return len(rows)


def hand_over(messages: Iterable[tuple[UUID, int]]) -> None:
    """Jobs for these (message, attempts so far), in the caller's transaction."""
    pairs = [[str(message_id), attempt] for message_id, attempt in messages]
    for start in range(0, len(pairs), BATCH):
        defer("notifications.jobs.deliver_messages", messages=pairs[start:start + BATCH])
