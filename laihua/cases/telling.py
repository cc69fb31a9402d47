"""Telling people of a move: to whom it goes, and what its sentences are filled with."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from laihua.accounts.queries import contact_of, holders_of
from laihua.cases.invitations import invite
from laihua.cases.models import Booking, Case, CaseEvent, DueMove, Proceeding
from laihua.catalog import queries as catalog
from laihua.catalog.definitions import Notice, Service
from laihua.catalog.proceedings import MAIN
from laihua.kernel.texts import Text
from laihua.notifications.actions import Recipient, notify
from laihua.units import queries as units

FIELD = "field:"


def tell(event: CaseEvent, notice: Notice, service: Service, *, at: datetime | None = None, again: str = "") -> None:
    """`again` sets a further telling of the same notice apart."""
    values, reached = values_of(event, service), set[str]()
    for to in sorted(notice.to, key=is_field):
        for recipient, link in by_field(event, to, reached) if is_field(to) else recipients(event, to, service):
            reached |= {recipient.phone, recipient.email}
            filled = {**values, "link": link}
            notify(
                to=recipient, subject=notice.subject.format(**filled), body=notice.body.format(**filled),
                sms=notice.sms.format(**filled), link=link, key=key_of(event.id, f"{notice.key}{again}", to, recipient.account_id),
                at=at or event.at,
            )


def key_of(event_id: UUID, notice: str, to: str, account_id: UUID | None) -> str:
    return f"{event_id}:{notice}:{to}:{account_id or ''}"


def recipients(event: CaseEvent, to: str, service: Service) -> list[tuple[Recipient, str]]:
    """Who hears of it, each with the path that leads him on."""
    case = event.case
    if to == "unit":
        return [] if case.unit_id is None else [(by_account(one), reverse("applicant:case", args=[case.id])) for one in filers_of(case)]
    if to == "subject":
        return [subject_of(event, service)]
    if experts := event.details.get("experts"):
        return [(by_account(UUID(one)), reverse("officer:opinion", args=[case.id])) for one in experts]
    office_id = event.proceeding.office_id if event.proceeding else case.office_id
    return [
        (replace(by_account(account_id), email="", phone=""), reverse("officer:review", args=[case.id]) + of_proceeding(event))
        for account_id in holders_of(to, office_id)
    ]


def of_proceeding(event: CaseEvent) -> str:
    """What an address adds for a further proceeding."""
    key = event.proceeding.key if event.proceeding else MAIN
    return "" if key == MAIN else f"?proceeding={key}"


def is_field(to: str) -> bool:
    return to.startswith(FIELD)


def by_field(event: CaseEvent, to: str, reached: set[str]) -> list[tuple[Recipient, str]]:
    """Whoever is at the number or the address that the form gives, unless he has had the notice through his account."""
    case, address = event.case, str(event.case.answers.get(to.removeprefix(FIELD)) or "")
    if not address or address in reached:
        return []
    channel = {"email": address, "phone": ""} if "@" in address else {"email": "", "phone": address}
    recipient = Recipient(None, "", contact_of(case.started_by_id).language, **channel)
    return [(recipient, reverse("applicant:case", args=[case.id]))]


def filers_of(case: Case) -> list[UUID]:
    """Who hears of it for the unit: whoever began the case. Under a delegation the principal's handler hears of everything,
    and the agent for as long as it lasts, its outcome included."""
    if not case.delegation_id:
        return [case.started_by_id]
    view = units.delegation_by_id(case.delegation_id)
    is_over = view.ended is not None and view.ended.code != "delegation_done"
    return [view.row.handler_id] if is_over else [case.started_by_id, view.row.handler_id]


def by_account(account_id: UUID) -> Recipient:
    contact = contact_of(account_id)
    return Recipient(account_id, contact.name, contact.language, contact.email, contact.phone)


def subject_of(event: CaseEvent, service: Service) -> tuple[Recipient, str]:
    """The foreigner: by his account once he is linked, by the address in the form and an invitation before."""
    case = event.case
    if case.subject_id is not None:
        return by_account(case.subject_id), reverse("applicant:case", args=[case.id])
    token = invite(case, event.id, event.at)
    name = catalog.version(case.version_id).subject_name(case.answers)
    recipient = Recipient(None, name, "en", email=case.answers.get(service.subject_email, ""), phone="")
    return recipient, reverse("applicant:invitation", args=[token])


def values_of(event: CaseEvent, service: Service) -> dict[str, Any]:
    """What the sentences of a notice may name. No personal data is among it."""
    p, case = event.proceeding, event.case
    booking = Booking.objects.select_related("window").filter(proceeding=p, cancelled_at=None).first() if p else None
    return {
        "case_number": case.number,
        "service": service.title,
        "unit": case.unit.name_zh if case.unit else "",
        "due_on": day(last_day(p)),
        "promised_on": day(promised(p, service)),
        "reason_count": sum(v["result"] == "returned" for v in event.details.get("verdicts", [])),
        "window": Text(booking.window.name_zh, booking.window.name_en) if booking else "—",
        "slot": booking.starts_at.strftime("%Y-%m-%d %H:%M") if booking else "—",
        "permit_number": event.details.get("text") or "—",
        "automatic_at": moment(fires_next(p)),
    }


def promised(p: Proceeding | None, service: Service) -> date | None:
    """The one date of the case: the latest of its open proceedings."""
    if p is None or not service.proceedings:
        return p.promised_on if p else None
    dates = Proceeding.objects.filter(case_id=p.case_id, closed_at=None).exclude(clock="stopped").values_list("promised_on", flat=True)
    return max((d for d in dates if d), default=p.promised_on)


def last_day(proceeding: Proceeding | None) -> date | None:
    """Until when the step lasts: its limit, or the day before it is left by itself."""
    if proceeding is None or proceeding.due_on is not None:
        return proceeding.due_on if proceeding else None
    fires = fires_next(proceeding)
    return timezone.localtime(fires).date() - timedelta(days=1) if fires else None


def fires_next(proceeding: Proceeding | None) -> datetime | None:
    """When the step is left by itself; while that waits for a notice, as if it were delivered at once."""
    return DueMove.objects.filter(proceeding=proceeding).order_by("fire_at").values_list("fire_at", flat=True).first()


def moment(value: datetime | None) -> str:
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else "—"


def day(value: Any) -> str:
    return value.isoformat() if value else "—"
