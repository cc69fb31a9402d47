"""Windows, free times and who comes today."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from laihua.cases.booking import Slot, slots
from laihua.cases.models import Booking, Window
from laihua.kernel.queries import working_calendar


def windows_of(office_id: UUID) -> list[Window]:
    return list(Window.objects.filter(office_id=office_id).order_by("code"))


def slots_of(window: Window, at: datetime) -> list[Slot]:
    zone = timezone.get_default_timezone()
    taken = Counter(
        timezone.localtime(t, zone)
        for t in Booking.objects.filter(window=window, starts_at__gte=at, cancelled_at=None).values_list("starts_at", flat=True)
    )
    return slots(window.hours, window.minutes, window.places, taken, working_calendar(), at, zone)


def booking_of(proceeding_id: UUID) -> Booking | None:
    return Booking.objects.select_related("window").filter(proceeding_id=proceeding_id, cancelled_at=None).first()


def bookings_of(proceeding_ids: Iterable[UUID]) -> dict[UUID, Booking]:
    """The bookings that stand, by proceeding. One statement, none where nothing is asked."""
    ids = list(proceeding_ids)
    if not ids:
        return {}
    rows = Booking.objects.select_related("window").filter(proceeding_id__in=ids, cancelled_at=None)
    return {booking.proceeding_id: booking for booking in rows}


def bookings_on(office_id: UUID, at: datetime) -> list[Booking]:
    """Who comes to the windows of the office on the day of `at`, in order."""
    start = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return list(
        Booking.objects.select_related("window", "proceeding")
        .filter(window__office_id=office_id, starts_at__gte=start, starts_at__lt=start + timedelta(days=1), cancelled_at=None)
        .order_by("starts_at", "place")
    )
