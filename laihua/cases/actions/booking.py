"""Booking a time at a window."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from laihua.accounts.permissions import Actor
from laihua.cases import store
from laihua.cases.actions.lock import at_hand
from laihua.cases.models import Booking, Window
from laihua.cases.queries.dossier import Dossier
from laihua.cases.queries.windows import slots_of
from laihua.kernel.texts import Reason, Refused, Text

FULL = Reason("slot_taken", Text("这个时段刚刚约满，请另选。", "This time has just been taken; choose another."))


@transaction.atomic
def book(*, case_id: UUID, window_id: UUID, starts_at: datetime, actor: Actor, at: datetime) -> Booking:
    """Take one place at a window, or move the booking that there is. Refused when the time is full or not offered."""
    now = at_hand(case_id, actor=actor, at=at, booking=True)
    refuse_unless_booking(now)
    window = Window.objects.filter(id=window_id, office_id=now.proceeding.office_id).first()
    if window is None:
        raise Refused(Reason("unknown_window", Text("此件不在这个窗口办理。", "This case is not handled at that window.")))
    if not any(s.starts_at == starts_at and s.free for s in slots_of(window, at)):
        raise Refused(FULL)
    drop(now, at)
    booking = take_place(now, window, starts_at, actor, at)
    store.record(now, "book", {"window": window.code, "starts_at": starts_at.isoformat()})
    return booking


def take_place(now: Dossier, window: Window, starts_at: datetime, actor: Actor, at: datetime) -> Booking:
    """The lowest free place; the unique place settles a race between two."""
    taken = set(
        Booking.objects.filter(window=window, starts_at=starts_at, cancelled_at=None).values_list("place", flat=True)
    )
    for place in range(1, window.places + 1):
        if place in taken:
            continue
        try:
            with transaction.atomic():
                return Booking.objects.create(
                    proceeding=now.proceeding, window=window, starts_at=starts_at, place=place,
                    made_by_id=actor.person_id, made_at=at,
                )
        except IntegrityError:
            continue
    raise Refused(FULL)


@transaction.atomic
def cancel_booking(*, case_id: UUID, actor: Actor, at: datetime) -> None:
    now = at_hand(case_id, actor=actor, at=at, booking=True)
    refuse_unless_booking(now)
    if drop(now, at):
        store.record(now, "cancel_booking")


def drop(now: Dossier, at: datetime) -> bool:
    return bool(Booking.objects.filter(proceeding=now.proceeding, cancelled_at=None).update(cancelled_at=at))


def refuse_unless_booking(now: Dossier) -> None:
    if not now.is_applicant or not now.step.booking:
        raise Refused(
            Reason(
                "no_booking",
                Text("“{step}”环节不用预约。", "No appointment is needed at “{step}”.").format(step=now.step.title),
            )
        )
