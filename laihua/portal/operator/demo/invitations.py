"""The invitations in the letters that went out, as the operator of a demo may read them."""

import re
from datetime import datetime
from uuid import UUID

from laihua.accounts.permissions import Actor
from laihua.cases import actions as cases
from laihua.notifications import queries as notifications

LINK = re.compile(r"/invitation/([0-9a-f]{20,})/")
READ_AT_MOST = 2000


def tokens(operator: Actor) -> dict[str, list[str]]:
    """By address, the newest first."""
    found: dict[str, list[str]] = {}
    for letter in notifications.messages_for_operator(actor=operator, channel="email", limit=READ_AT_MOST):
        if link := LINK.search(letter.text):
            found.setdefault(letter.recipient, []).append(link[1])
    return found


def of_case(tokens: list[str], case_id: UUID, at: datetime) -> str:
    """The one among these that leads to the case. Raises LookupError where none does."""
    for token in tokens:
        try:
            if cases.read_invitation(token=token, at=at).case_id == case_id:
                return token
        except cases.InvitationEnded:
            continue
    raise LookupError(f"no invitation leads to {case_id}")


def is_open(token: str, at: datetime) -> bool:
    try:
        cases.read_invitation(token=token, at=at)
    except cases.InvitationEnded:
        return False
    return True
