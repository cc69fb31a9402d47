"""Who may do what with notices, news and questions."""

from laihua.accounts.permissions import Actor
from laihua.kernel.texts import Reason, Refused, Text

MAY: dict[str, frozenset[str]] = {
    "keep": frozenset({"operator"}),             # write, publish and withdraw notices and news
    "moderate": frozenset({"operator"}),         # publish, answer or reject questions
}

NOT_OPERATOR = Reason(
    "operator_only", Text("只有平台运行人员可以编辑公告和处理提问", "Only hall operators may edit notices and handle questions")
)


def authorise(actor: Actor, deed: str) -> None:
    if not actor.roles & MAY[deed]:
        raise Refused(NOT_OPERATOR)
