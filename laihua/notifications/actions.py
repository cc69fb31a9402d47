"""Telling people, in the transaction of what they are told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from laihua.accounts.permissions import Actor
from laihua.kernel.actions import record
from laihua.kernel.texts import Reason, Refused, Text
from laihua.notifications.delivery import hand_over
from laihua.notifications.letters import letter
from laihua.notifications.models import Channel, InboxMessage, OutboxMessage, State
from laihua.notifications.permissions import authorise
from laihua.notifications.rules import HAND_OVER

NOT_DEAD = Reason(
    "not_dead", Text("该消息未被放弃，无需重新发送", "This message was not given up and needs no requeueing")
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom to tell. Without an account there is no inbox; an empty `email` or `phone` leaves that channel out."""

    account_id: UUID | None
    name: str
    language: str
    email: str
    phone: str


@transaction.atomic
def notify(*, to: Recipient, subject: Text, body: Text, sms: Text, link: str, key: str, at: datetime) -> None:
    """Write the inbox row and one outbox row for each channel, and the job that sends them.

    `key` names the notice to this recipient (an event and a person): a second call with it writes nothing. `link` is a
    path of the hall. `sms` holds neither personal numbers nor an address of a page; an empty one sends no SMS.
    """
    if to.account_id:
        inbox = InboxMessage(account_id=to.account_id, key=key, link=link, created_at=at,
                             content={"subject": subject.as_data(), "body": body.as_data()})
        InboxMessage.objects.bulk_create([inbox], ignore_conflicts=True)
    rows = outgoing(to=to, subject=subject, body=body, sms=sms, link=link, key=key, at=at)
    if rows:
        OutboxMessage.objects.bulk_create(rows, ignore_conflicts=True)
        hand_over((row.id, 0) for row in rows)


def outgoing(*, to: Recipient, subject: Text, body: Text, sms: Text, link: str, key: str, at: datetime,
             ) -> list[OutboxMessage]:
    url = f"{settings.PUBLIC_URL.rstrip('/')}{link}" if link else ""
    mail = letter(name=to.name, body=body, url=url, language=to.language)
    channels = (
        (Channel.EMAIL, to.email, subject.in_language(to.language), mail),
        (Channel.SMS, to.phone, "", sms.in_language(to.language)),
    )
    return [
        OutboxMessage(channel=channel, key=key, account_id=to.account_id, language=to.language, recipient=address,
                      subject=title, text=text, created_at=at, next_attempt_at=at + HAND_OVER)
        for channel, address, title, text in channels if address and text
    ]


@transaction.atomic
def send_sms(*, phone: str, text: Text, language: str, key: str, at: datetime) -> None:
    """To a bare number, whoever's it is: outbox, no inbox. `key` names the message; a second call with it sends nothing."""
    row = OutboxMessage(channel=Channel.SMS, key=key, account_id=None, language=language, recipient=phone, subject="",
                        text=text.in_language(language), created_at=at, next_attempt_at=at + HAND_OVER)
    OutboxMessage.objects.bulk_create([row], ignore_conflicts=True)
    hand_over([(row.id, 0)])


@transaction.atomic
def requeue(*, message_id: UUID, actor: Actor, at: datetime) -> None:
    """Give a dead letter a fresh start. Refused for anybody but an operator, and for a message that is not dead."""
    authorise(actor, "requeue")
    row = OutboxMessage.objects.select_for_update().only("id", "state", "attempts").filter(id=message_id).first()
    if row is None or row.state != State.DEAD:
        raise Refused(NOT_DEAD)
    OutboxMessage.objects.filter(id=row.id).update(state=State.QUEUED, failures=0, next_attempt_at=at + HAND_OVER)
    record(chain=f"message:{row.id}", action="requeue_message", actor=actor.account_id or "system",
           acting_for=actor.organisation_id, subject=row.id, at=at)
    hand_over([(row.id, row.attempts)])


def mark_read(*, account_id: UUID, message_id: UUID, at: datetime) -> None:
    """Only one's own message; reading it again keeps the first moment."""
    InboxMessage.objects.filter(id=message_id, account_id=account_id, read_at=None).update(read_at=at)


def mark_all_read(*, account_id: UUID, at: datetime) -> None:
    InboxMessage.objects.filter(account_id=account_id, read_at=None).update(read_at=at)
