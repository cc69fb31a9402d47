from dataclasses import dataclass

import pytest

from laihua.kernel import events


@dataclass(frozen=True)
class Rang:
    times: int


@pytest.fixture(autouse=True)
def _own_subscriptions(monkeypatch):
    monkeypatch.setattr(events, "_handlers", type(events._handlers)(list))


def test_handlers_hear_their_own_event_in_order_and_once():
    heard = []

    def first(event: Rang) -> None:
        heard.append(("first", event.times))

    events.subscribe(Rang, first)
    events.subscribe(Rang, first)
    events.subscribe(Rang, lambda event: heard.append(("second", event.times)))
    events.subscribe(str, lambda event: heard.append(("text", event)))
    events.publish(Rang(3))
    assert heard == [("first", 3), ("second", 3)]


def test_a_handler_that_fails_stops_the_publisher():
    def refuse(event: Rang) -> None:
        raise LookupError

    events.subscribe(Rang, refuse)
    with pytest.raises(LookupError):
        events.publish(Rang(1))


def test_nobody_listens():
    events.publish(Rang(1))
