"""When a message is tried again, and when it is given up."""

from datetime import datetime, timedelta

BACK_OFF = (
    timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6),
)
"""Pauses after the first, second, … failure of one message. One more failure, and it is a dead letter."""

OUTAGE_PAUSE = timedelta(minutes=10)
"""A gateway that is down is asked again at least this often, for as long as it takes: an outage kills no message."""

LEASE = timedelta(minutes=5)
"""How long one worker may hold a message. Far longer than any gateway's time-out."""

HAND_OVER = timedelta(minutes=2)
"""How long a deferred job may take to begin before another one is deferred in its place."""


def after_failure(failures: int, at: datetime) -> datetime | None:
    """The moment of the next try after so many failures; None when the message is given up."""
    return at + BACK_OFF[failures - 1] if failures <= len(BACK_OFF) else None


def after_outage(attempts: int, at: datetime) -> datetime:
    return at + min(BACK_OFF[min(attempts, len(BACK_OFF)) - 1], OUTAGE_PAUSE)
