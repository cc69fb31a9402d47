"""What the tests of messages share."""

from datetime import datetime
from typing import Any

import pytest

from laihua.kernel.texts import Text
from laihua.notifications.gateways import Message, Receipt


@pytest.fixture
def notice(at: datetime) -> dict[str, Any]:
    """Arguments of a notice to an invented person without an account."""
    from laihua.notifications.actions import Recipient  # needs Django, which starts after this file is read

    return {
        "to": Recipient(None, "林素娴", "zh-hans", "lin@example.com", "13900000001"),
        "subject": Text("案件已受理", "Case accepted"),
        "body": Text("您的案件WP-20261112-0001已受理。", "Your case WP-20261112-0001 was accepted."),
        "sms": Text("您的案件已受理，请登录来华查看", "Your case was accepted. Please sign in to Laihua"),
        "link": "/cases/WP-20261112-0001/", "key": "case:1:event:2:person", "at": at,
    }


class Recorder:
    """A gateway that does what it is told, in turn: an exception is raised, anything else is a success."""

    name = "recorder"

    def __init__(self, *fates: Any, knows: bool = False) -> None:
        self.fates, self.knows = list(fates), knows
        self.sent: list[Message] = []
        self.asked: list[Message] = []

    def send(self, message: Message) -> Receipt:
        fate = self.fates.pop(0) if self.fates else None
        if callable(fate) and not isinstance(fate, type):
            fate = fate()
        if isinstance(fate, Exception):
            raise fate
        self.sent.append(message)
        return Receipt(f"receipt-{len(self.sent)}")

    def find(self, message: Message) -> Receipt | None:
        self.asked.append(message)
        return Receipt("found") if self.knows else None


@pytest.fixture
def use_gateway(monkeypatch: pytest.MonkeyPatch):
    def use(*fates: Any, knows: bool = False) -> Recorder:
        recorder = Recorder(*fates, knows=knows)
        monkeypatch.setattr("laihua.notifications.delivery.gateway_for", lambda channel: recorder)
        return recorder

    return use
