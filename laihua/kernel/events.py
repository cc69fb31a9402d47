"""How an app lower in the house tells those above it that something happened.

Handlers run at once and inside the publisher's transaction: a handler that raises undoes the whole action. What must
survive a crash afterwards (a message, a permit) is a job that the handler defers in that same transaction.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

Event = TypeVar("Event")

_handlers: defaultdict[type, list[Callable[[Any], None]]] = defaultdict(list)


@dataclass(frozen=True, slots=True)
class CalendarImported:
    """The working days of these years are new or changed: due dates that touch them are to be recomputed."""

    years: tuple[int, ...]
    at: datetime


def subscribe(event_type: type[Event], handler: Callable[[Event], None]) -> None:
    """Called from `AppConfig.ready`. Subscribing the same handler twice counts once."""
    if handler not in _handlers[event_type]:
        _handlers[event_type].append(handler)


def publish(event: object) -> None:
    """Handlers run in the order of their subscription."""
    for handler in tuple(_handlers.get(type(event), ())):
        handler(event)
