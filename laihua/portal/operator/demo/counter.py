"""Plays who comes to the window without an appointment: forms brought there, in every state that they can be in."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from laihua.cases import actions as cases
from laihua.cases.actions import materials
from laihua.cases.prints import Code
from laihua.catalog import queries as catalog
from laihua.portal.operator.demo import specimens
from laihua.portal.operator.demo.casting import Cast
from laihua.portal.operator.demo.entries import Filing, finish, moment
from laihua.prechecks.gate import GateResult
from laihua.units import queries as units

# Who on the roster, and the acts with their working days before the demo's first one. The last is a draft of somebody whose
# documents were accepted once: they are offered again.
FORMS: tuple[tuple[str, str, int, tuple[tuple[int, str], ...]], ...] = (
    ("yanqiao", "HOFFMANN", 42000, ((-14, "submit"), (-12, "receive"), (-12, "accept"))),
    ("yanqiao", "OYELARAN", 36500, ((-1, "submit"),)),
    ("yanqiao", "SANTOS RIBEIRO", 78000, ((-3, "submit"), (0, "receive"), (0, "ask"))),
    ("qingyu", "ROSSI", 31000, ((-9, "submit"), (-7, "receive"), (-7, "refuse"))),
    ("yanqiao", "HOFFMANN", 42000, ()),
)
REFUSED = "许可证载明的用人单位与申请单位不一致，完税记录也未覆盖所填收入期间。"


def bring(cast: Cast, opening: datetime) -> None:
    """Nothing where the house has no service that is brought to a window about somebody on a roster."""
    service = next((d.service for d in catalog.services() if d.service.about and any(s.visit for s in d.service.steps.values())), None)
    if service is None:
        return
    for unit, surname, pay, acts in FORMS:
        member = next(m for m in units.whole_roster(cast.places[unit]) if m.record.get("surname") == surname)
        filing = Filing(cast.actors[unit], moment(opening, acts[0][0] if acts else 0) - timedelta(hours=1))
        begin(filing, service.id, member.id, pay, complete=bool(acts))
        for day, move in acts:
            filing.at = max(moment(opening, day), filing.at + timedelta(minutes=9))
            play(filing, move, cast)


def begin(filing: Filing, service_id: str, member_id: UUID, pay: int, *, complete: bool) -> None:
    filing.case_id = cases.start_case(service_id=service_id, actor=filing.actor, at=filing.at, staff_id=member_id).id
    seen = filing.seen_by(filing.actor)
    changes = answers(pay, timezone.localtime(filing.at).date())
    cases.save_answers(**filing.of(filing.actor), changes=changes, base=seen.case.revision)
    for view in filing.seen_by(filing.actor).slots if complete else ():
        if view.required:
            put(filing, view.slot)


def answers(pay: int, today: date) -> dict[str, Any]:
    last, first = today - relativedelta(months=1), today - relativedelta(months=12)
    return {
        "mobile_cn": "+8613800006021", "income_from": f"{first:%Y-%m}", "income_to": f"{last:%Y-%m}",
        "income_total": f"{pay * 12}.00", "tax_paid": f"{pay * 2}.00", "contributions": f"{pay}.00", "visitor": "handler",
        "declare_truth": True,
    }


def put(filing: Filing, slot: Any) -> None:
    """A specimen; of the printed form the specimen says what the codes of both its sides would."""
    seen = filing.seen_by(filing.actor)
    codes: tuple[str, ...] = ()
    if materials.round_trip_of(seen, slot):
        kept = cases.keep_print(case_id=filing.case_id, output=slot.form, actor=filing.actor, at=filing.at)
        front = Code(seen.case.number, kept.version, kept.digest)
        codes = (str(front), str(front.reverse))
    result = GateResult(True, 1, "application/pdf", [], 0.0, codes)
    content = specimens.of_slot(seen, slot)
    materials.keep(filing.case_id, slot, f"{slot.title.zh}.pdf", content, result, filing.actor, filing.at)


def play(filing: Filing, move: str, cast: Cast) -> None:
    clerk = cast.actors["clerk"]
    if move == "receive":
        cases.receive_visitor(**filing.of(clerk))
        return
    if move == "ask":
        key = next(item.key for item in filing.seen_by(clerk).absent)
        cases.record_verdicts(**filing.of(clerk), items=[("material", key)], result="returned", reasons=[a_reason(filing, clerk)],
                              note="请补交最近一个月的完税证明")
    if move == "accept":
        for key, _, _ in filing.seen_by(clerk).originals:
            cases.tick_original(**filing.of(clerk), key=key, matches=True)
    actor = clerk if move in ("ask", "accept", "refuse") else filing.actor
    made = cases.move(**filing.of(actor), move=move, text=REFUSED if move == "refuse" else "")
    finish(filing, move, made.event_id)


def a_reason(filing: Filing, clerk: Any) -> str:
    """One that concerns records of tax, or the last of the list."""
    reasons = filing.seen_by(clerk).service.reasons
    return next((code for code, reason in reasons.items() if "完税" in reason.title.zh), list(reasons)[-1])
