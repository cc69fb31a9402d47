"""Every way to change what was issued."""

from laihua.permits.actions.delivery import choose_delivery, record_posting
from laihua.permits.actions.look_ups import PER_MINUTE, count_look_up, forget_look_ups
from laihua.permits.actions.papers import finish, issue, note_fault, order_papers, print_form
from laihua.permits.actions.revocation import revoke, revoke_with_move

__all__ = [
    "PER_MINUTE", "choose_delivery", "count_look_up", "finish", "forget_look_ups", "issue", "note_fault",
    "order_papers", "print_form", "record_posting", "revoke", "revoke_with_move",
]
