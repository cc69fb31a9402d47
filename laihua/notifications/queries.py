"""Reads: one's own inbox, and the outbox as operators see it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Min, Model, Q, QuerySet

from laihua.accounts.permissions import Actor
from laihua.kernel.masking import mask
from laihua.notifications.models import Channel, InboxMessage, OutboxMessage, State
from laihua.notifications.permissions import authorise

Row = TypeVar("Row", bound=Model)

PAGE = 20
Position = tuple[datetime, UUID]
"""Where a page of a list ends: moment and id of its last row."""


def inbox_of(account_id: UUID, *, after: Position | None = None, limit: int = PAGE) -> list[InboxMessage]:
    """Newest first; `after` is the end of the page before."""
    rows = InboxMessage.objects.filter(account_id=account_id).order_by("-created_at", "-id")
    return list(_older(rows, after)[:limit])


def inbox_message(account_id: UUID, message_id: UUID) -> InboxMessage | None:
    return InboxMessage.objects.filter(account_id=account_id, id=message_id).first()


def unread_count(account_id: UUID) -> int:
    return InboxMessage.objects.filter(account_id=account_id, read_at=None).count()


@dataclass(frozen=True, slots=True)
class OperatorMessage:
    """One row of the outbox. Outside the demo the recipient is masked, and subject and text are empty."""

    id: UUID
    channel: Channel
    state: State
    recipient: str
    subject: str
    text: str
    attempts: int
    last_error: str
    gateway: str
    provider_id: str
    created_at: datetime
    sent_at: datetime | None
    next_attempt_at: datetime

    @property
    def position(self) -> Position:
        return self.created_at, self.id


def messages_for_operator(*, actor: Actor, state: str = "", channel: str = "", after: Position | None = None,
                          limit: int = PAGE) -> list[OperatorMessage]:
    """Newest first. Raises Refused for anybody but an operator."""
    authorise(actor, "read_outbox")
    rows = OutboxMessage.objects.order_by("-created_at", "-id")
    if state:
        rows = rows.filter(state=state)
    if channel:
        rows = rows.filter(channel=channel)
    return [_for_operator(row) for row in _older(rows, after)[:limit]]


def _for_operator(row: OutboxMessage) -> OperatorMessage:
    readable = settings.DEMO
    kind = "mobile" if row.channel == Channel.SMS else "email"
    return OperatorMessage(
        id=row.id, channel=Channel(row.channel), state=State(row.state),
        recipient=row.recipient if readable else mask(kind, row.recipient),
        subject=row.subject if readable else "", text=row.text if readable else "",
        attempts=row.attempts, last_error=row.last_error, gateway=row.gateway, provider_id=row.provider_id,
        created_at=row.created_at, sent_at=row.sent_at, next_attempt_at=row.next_attempt_at,
    )


@dataclass(frozen=True, slots=True)
class Delivery:
    """How one notice fared on one channel: `sms`, `email` or `inbox`.

    `delivered_at`: when the gateway took it and gave its receipt; for the inbox, when its owner marked it read. A message that
    may have gone out but has no receipt (`uncertain`) was not delivered.
    """

    key: str
    channel: str
    state: str
    delivered_at: datetime | None
    receipt: str = ""
    error: str = ""


def deliveries(keys: Collection[str]) -> list[Delivery]:
    """Of the notices with these keys, on every channel, the first delivered first. Two statements."""
    sent = OutboxMessage.objects.filter(key__in=keys).values_list("key", "channel", "state", "sent_at", "provider_id", "last_error")
    found = [
        Delivery(key, channel, state, sent_at if state == State.SENT else None, receipt, error)
        for key, channel, state, sent_at, receipt, error in sent
    ]
    found += [
        Delivery(key, "inbox", "read" if read_at else "unread", read_at)
        for key, read_at in InboxMessage.objects.filter(key__in=keys).values_list("key", "read_at")
    ]
    delivered = sorted((one for one in found if one.delivered_at), key=lambda one: (one.delivered_at, one.channel))
    return [*delivered, *(one for one in found if not one.delivered_at)]


@dataclass(frozen=True, slots=True)
class Backlog:
    state: State
    count: int
    oldest: datetime | None


def backlog() -> list[Backlog]:
    """How many messages stand in each state, and since when the oldest of them."""
    found = {row["state"]: row for row in
             OutboxMessage.objects.values("state").annotate(count=Count("id"), oldest=Min("created_at"))}
    return [Backlog(state, found[state]["count"] if state in found else 0,
                    found[state]["oldest"] if state in found else None) for state in State]


def _older(rows: QuerySet[Row], after: Position | None) -> QuerySet[Row]:
    if after is None:
        return rows
    moment, last_id = after
    return rows.filter(Q(created_at__lt=moment) | Q(created_at=moment, id__lt=last_id))
