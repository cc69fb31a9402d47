"""Every way to read cases."""

from laihua.cases.queries.dossier import Dossier, NotYours, Offer, SlotView, dossier
from laihua.cases.queries.history import Entry, history, messages_of
from laihua.cases.queries.lists import Page, QueueFilter, case_by_number, counters, find_cases, my_cases, queue
from laihua.cases.queries.windows import booking_of, bookings_on, slots_of, windows_of

__all__ = [
    "Dossier", "Entry", "NotYours", "Offer", "Page", "QueueFilter", "SlotView", "booking_of", "bookings_on",
    "case_by_number", "counters", "dossier", "find_cases", "history", "messages_of", "my_cases", "queue", "slots_of",
    "windows_of",
]
