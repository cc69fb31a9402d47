"""Who may do what with messages."""

from laihua.accounts.permissions import Actor
from laihua.kernel.texts import Reason, Refused, Text

MAY: dict[str, frozenset[str]] = {
    "requeue": frozenset({"operator"}),          # send a dead letter again
    "read_outbox": frozenset({"operator"}),      # see what went out, and what did not
}

NOT_OPERATOR = Reason(
    "operator_only", Text("只有平台运行人员可以处理消息队列", "Only hall operators may handle the outbox")
)


def authorise(actor: Actor, deed: str) -> None:
    if not actor.roles & MAY[deed]:
        raise Refused(NOT_OPERATOR)
