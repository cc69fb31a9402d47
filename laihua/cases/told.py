"""Moves that happen by themselves once their notice was delivered: the proof of it, and the reminders before them.

A notice counts where it was told to whoever holds the step: an SMS or e-mail that the gateway took with a receipt, or the
message in his inbox that he has read. One that lies there unread proves nothing, and an officer's copy counts for nobody.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from laihua.cases.models import CaseEvent, DueMove, Proceeding
from laihua.cases.telling import by_field, is_field, key_of, moment, recipients, tell
from laihua.catalog import queries as catalog
from laihua.catalog.definitions import Move, Service
from laihua.kernel.texts import Reason, Text
from laihua.notifications import queries as notifications
from laihua.notifications.queries import Delivery

if TYPE_CHECKING:
    from laihua.cases.queries.dossier import Dossier

NOT_TOLD = Reason("not_told", Text(
    "通知还没有送达，不能自动办理", "The notice was not delivered yet, so nothing happens by itself"))
CHANNELS = {
    "sms": Text("短信", "SMS"), "email": Text("电子邮件", "e-mail"), "inbox": Text("站内消息", "message in the inbox"),
}
READ = Text("站内消息（本人已阅读）", "a message in the inbox that its owner read")
STATES = {
    "queued": Text("待发送", "to be sent"), "sending": Text("发送中", "being sent"), "sent": Text("已送达", "delivered"),
    "dead": Text("发送失败", "could not be sent"), "unread": Text("未阅读", "not read"), "read": Text("已阅读", "read"),
}


@dataclass(frozen=True, slots=True)
class Proof:
    """That a notice reached the holder of the step."""

    notice: str
    channel: str
    delivered_at: datetime
    receipt: str

    def as_data(self) -> dict[str, str]:
        return {"notice": self.notice, "channel": self.channel, "delivered_at": self.delivered_at.isoformat(), "receipt": self.receipt}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A move that a step makes by itself. `at` is None while its notice has reached nobody."""

    move: Move
    at: datetime | None
    deliveries: tuple[Delivery, ...] = ()


def entered_by(proceeding: Proceeding) -> CaseEvent | None:
    """The move that led to the step at which the proceeding lies."""
    ways = CaseEvent.objects.filter(proceeding=proceeding, to_step=proceeding.step).exclude(from_step=proceeding.step)
    return ways.select_related("case", "case__unit", "proceeding").order_by("-seq").first()


def deliveries_of(proceeding: Proceeding, service: Service, notice: str) -> list[Delivery]:
    """How the notice fared that was told on the way into the step, to whoever holds it."""
    event, told = entered_by(proceeding), service.notices[notice]
    if event is None:
        return []
    keys = []
    for to in told.to:
        if is_field(to):
            found = by_field(event, to, set())
        elif to == service.steps[proceeding.step].holder and (to != "subject" or event.case.subject_id):
            found = recipients(event, to, service)
        else:
            continue
        keys += [key_of(event.id, notice, to, recipient.account_id) for recipient, _ in found]
    return notifications.deliveries(keys)


def proof(dossier: "Dossier", move: Move) -> Proof | None:
    """The first delivery of the notice for which the move waits."""
    notice = move.automatic.once_told if move.automatic else ""
    if not notice or dossier.proceeding.step not in move.sources:
        return None
    for one in deliveries_of(dossier.proceeding, dossier.service, notice):
        if one.delivered_at is not None:
            return Proof(notice, one.channel, one.delivered_at, one.receipt)
    return None


def in_words(data: dict[str, Any], service: Service) -> Text:
    """The proof as the history says it."""
    at, notice = datetime.fromisoformat(data["delivered_at"]), service.notices.get(data["notice"])
    receipt = Text(f"，回执{data['receipt']}", f", receipt {data['receipt']}") if data.get("receipt") else Text("", "")
    title = notice.subject if notice else Text(data["notice"], data["notice"])
    return Text(
        "通知“{title}”于{at}经{channel}送达{receipt}", "the notice “{title}” was delivered at {at} by {channel}{receipt}",
    ).format(title=title, at=moment(at), channel=READ if data["channel"] == "inbox" else CHANNELS[data["channel"]], receipt=receipt)


def waiting(dossier: "Dossier") -> list[Waiting]:
    """The moves of this step that wait for a notice, with how it fared. Costs nothing where there is none."""
    moves = {
        key: m for key, m in dossier.service.moves.items()
        if m.automatic and m.automatic.once_told and dossier.proceeding.step in m.sources
    }
    if not moves:
        return []
    rows = DueMove.objects.filter(proceeding=dossier.proceeding, move__in=moves).order_by("fire_at")
    return [
        Waiting(
            moves[row.move], None if row.once_told else row.fire_at,
            tuple(deliveries_of(dossier.proceeding, dossier.service, moves[row.move].automatic.once_told)),  # type: ignore[union-attr]
        )
        for row in rows
    ]


def untold(office_id: Any, before: datetime) -> list[Proceeding]:
    """The office's cases whose notice has reached nobody although they entered the step before that moment."""
    rows = DueMove.objects.exclude(once_told="").filter(proceeding__office_id=office_id, proceeding__entered_at__lt=before)
    return [row.proceeding for row in rows.select_related("proceeding__case").order_by("proceeding__entered_at")]


def remind(row: DueMove, at: datetime) -> bool:
    """The reminder that is due now, unless it has gone out."""
    service = catalog.version(row.proceeding.case.version_id).service
    automatic = service.moves[row.move].automatic if row.move in service.moves else None
    if automatic is None or automatic.remind is None:
        return False
    due = [hours for hours in automatic.remind.hours_before if row.fire_at - timedelta(hours=hours) <= at]
    event = entered_by(row.proceeding) if due else None
    if event is None:
        return False
    notice, again = service.notices[automatic.remind.notice], f".{min(due)}h"
    accounts = [
        key_of(event.id, f"{notice.key}{again}", to, recipient.account_id)
        for to in notice.to if not is_field(to) for recipient, _ in recipients(event, to, service)
    ] + [key_of(event.id, f"{notice.key}{again}", to, None) for to in notice.to if is_field(to)]
    if notifications.deliveries(accounts):
        return False
    tell(event, notice, service, at=at, again=again)
    return True
