"""Every way to change a case."""

from laihua.cases.actions.booking import book, cancel_booking
from laihua.cases.actions.checklists import make_checklist
from laihua.cases.actions.drafts import (
    Conflict,
    Saved,
    add_search_key,
    save_answers,
)
from laihua.cases.actions.due import begin_told_moves, fire_due_moves, remind_of_moves
from laihua.cases.actions.due_dates import recompute_due_dates
from laihua.cases.actions.earlier import link_earlier_cases
from laihua.cases.actions.materials import keep_print, remove_material, upload_material
from laihua.cases.actions.moves import Moved, hand_in, move
from laihua.cases.actions.opinions import ask_experts, decline_opinion, give_opinion
from laihua.cases.actions.people import (
    InvitationEnded,
    Invited,
    accept_invitation,
    check_invitation,
    invite_subject,
    read_invitation,
    write_message,
)
from laihua.cases.actions.personal import confirm_declared, register_invited
from laihua.cases.actions.prechecking import answer_finding, judge_finding, report_missed, take_back_missed
from laihua.cases.actions.reading import read_again, read_document
from laihua.cases.actions.reusing import reuse_all, reuse_material
from laihua.cases.actions.review import (
    claim,
    clear_verdict,
    hand_over,
    look_at,
    record_verdicts,
    release,
    reply_to_return,
    tick_original,
)
from laihua.cases.actions.starting import may_start, read_first, refuse_wrong_starter, start_case, why_not_start
from laihua.cases.actions.visits import receive_visitor
from laihua.cases.actions.windows import sync_windows
from laihua.cases.queries.editing import fields_open_to

__all__ = [
    "Conflict",
    "InvitationEnded",
    "Invited",
    "Moved",
    "Saved",
    "accept_invitation",
    "add_search_key",
    "answer_finding",
    "ask_experts",
    "begin_told_moves",
    "book",
    "cancel_booking",
    "check_invitation",
    "claim",
    "clear_verdict",
    "confirm_declared",
    "decline_opinion",
    "fields_open_to",
    "fire_due_moves",
    "give_opinion",
    "hand_in",
    "hand_over",
    "invite_subject",
    "judge_finding",
    "keep_print",
    "link_earlier_cases",
    "look_at",
    "make_checklist",
    "may_start",
    "move",
    "read_again",
    "read_document",
    "read_first",
    "read_invitation",
    "receive_visitor",
    "recompute_due_dates",
    "record_verdicts",
    "refuse_wrong_starter",
    "register_invited",
    "release",
    "remind_of_moves",
    "remove_material",
    "reply_to_return",
    "report_missed",
    "reuse_all",
    "reuse_material",
    "save_answers",
    "start_case",
    "sync_windows",
    "take_back_missed",
    "tick_original",
    "upload_material",
    "why_not_start",
    "write_message",
]
