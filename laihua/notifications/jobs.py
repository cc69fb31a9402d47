"""What the worker does for messages."""

from laihua.kernel import clock
from laihua.kernel.jobs import periodic, task
from laihua.notifications import delivery


@task
def deliver_messages(messages: list[tuple[str, int]]) -> None:
    for message_id, attempt in messages:
        delivery.deliver(message_id=message_id, attempt=attempt, at=clock.now())


@periodic("* * * * * */15")
def requeue_due_messages() -> None:
    """Four times a minute, so that the shortest pause of the back-off means something."""
    delivery.sweep(at=clock.now())
