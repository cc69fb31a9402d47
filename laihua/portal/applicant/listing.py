"""Rows of one's own list: where each case stands, in words, and what is to be done next. No statements of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from laihua.accounts.permissions import Actor
from laihua.catalog import queries as catalog
from laihua.catalog.definitions import Step
from laihua.kernel.texts import Text
from laihua.portal.statuses import STATUSES, Status

WAITING = Text("不用办理，等待", "Nothing, waiting")


@dataclass(frozen=True, slots=True)
class Row:
    number: str
    url: str
    service: Text
    subject: str
    unit: str
    status: Status
    next: Text
    next_url: str
    is_mine: bool
    due: date | None
    due_note: Text | None


def row(p: Any, actor: Actor, bookings: Mapping[UUID, Any], further: Sequence[Any] = ()) -> Row:
    """`p`: the main proceeding with its case; `further`: the others. One row for all: what is to be done comes first, the
    date is the latest of those that are open."""
    main = p
    for other in further:
        other.case = main.case
    p = chosen([main, *further], actor)
    dates = [one.promised_on for one in (main, *further) if one.promised_on and one.clock in ("running", "paused")]
    service = catalog.version(p.case.version_id).service
    step = service.steps[p.step]
    is_mine, what, page = next_of(p, step, "unit" if actor.is_unit() else "subject", bookings)
    if page == "applicant:confirm" and service.confirmation is None:
        what, page = step.title, ""
    url = reverse("applicant:case", args=[p.case_id])
    note = None
    if p.clock == "paused":
        note = STATUSES["paused"].label
    elif p.due_provisional:
        note = Text("日期待定", "provisional")
    return Row(
        p.number, url, service.short_title, p.subject_name, p.unit_name, status_of(p, step), what,
        reverse(page, args=[p.case_id]) if page else url, is_mine,
        None if p.clock == "paused" else max(dates, default=p.promised_on or p.due_on), note,
    )


def chosen(found: Sequence[Any], actor: Actor) -> Any:
    """The proceeding that says what is to be done: one that lies with whoever looks, else one that is open."""
    if len(found) == 1:
        return found[0]
    side = "unit" if actor.is_unit() else "subject"
    steps = catalog.version(found[0].case.version_id).service.steps
    mine = [p for p in found if steps[p.step].holder == side]
    booked = [p for p in found if steps[p.step].booking and side == "unit"]
    still_open = [p for p in found if not steps[p.step].outcome]
    return next(iter([*mine, *booked, *still_open, *found]))


def status_of(p: Any, step: Step) -> Status:
    if step.outcome:
        return Status(STATUSES[step.outcome].tone, STATUSES[step.outcome].icon, step.title)
    if step.editable:
        return STATUSES["correction" if p.asked_by_step else "draft"]
    if step.holder == "subject":
        return STATUSES["confirmation"]
    return Status("azure", "progress", step.title)


def next_of(p: Any, step: Step, side: str, bookings: Mapping[UUID, Any]) -> tuple[bool, Text, str]:
    """Whether it is this side's turn, what is to be done in words, and the page where (empty: the case)."""
    filer = "unit" if p.case.unit_id else "subject"
    if step.outcome == "approved":
        return False, Text("查看许可和文书", "See the permit and papers"), ""
    if step.outcome:
        return False, Text("查看结果", "See the outcome"), ""
    if step.holder == side and step.editable:
        if p.asked_by_step:
            return True, Text("按退回意见补正", "Correct what was returned"), ""
        return True, Text("填写并提交", "Fill in and submit"), ""
    if step.holder == side == "subject":
        return True, Text("核对并确认", "Check and confirm"), "applicant:confirm"
    if step.holder == side:
        return True, step.title, ""
    if step.booking and side == filer:
        if p.id in bookings:
            return True, Text("带原件到窗口", "Bring the originals"), "applicant:booking"
        return True, Text("预约窗口时间", "Book a time"), "applicant:booking"
    return False, WAITING, ""
