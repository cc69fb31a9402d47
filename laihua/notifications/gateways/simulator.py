"""The demo's gateway: takes every message and sends it nowhere; operators read it on their page.

Some invented recipients fail on purpose, so that retries and dead letters can be watched.
"""

from laihua.notifications.gateways import GatewayDown, Message, NotSent, PermanentFailure, Receipt, TemporaryFailure

FAILURES: dict[str, type[NotSent]] = {
    "13900000002": PermanentFailure,
    "13900000003": TemporaryFailure,
    "13900000004": GatewayDown,
    "permanent@failure.example": PermanentFailure,
    "temporary@failure.example": TemporaryFailure,
    "down@failure.example": GatewayDown,
}


class Simulator:
    name = "simulator"

    def send(self, message: Message) -> Receipt:
        failure = FAILURES.get(message.recipient)
        if failure:
            raise failure("simulated")
        return Receipt(f"simulated-{message.id}")

    def find(self, message: Message) -> Receipt | None:
        return None
