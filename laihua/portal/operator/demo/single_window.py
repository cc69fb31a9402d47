"""Three cases before two offices: one returned by the second, one that waits for the work permit, one with both results."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from laihua.accounts import actions as accounts
from laihua.accounts.permissions import SYSTEM, Actor
from laihua.accounts.queries import authority_called
from laihua.cases import actions as cases
from laihua.cases import queries as case_queries
from laihua.cases.actions import materials
from laihua.kernel import jobs
from laihua.permits import actions as permits
from laihua.portal.operator.demo import answers, invitations, papers, specimens
from laihua.portal.operator.demo.acts import unheard
from laihua.portal.operator.demo.casting import Cast, Person, open_account_of, people, persons
from laihua.portal.operator.demo.entries import moment
from laihua.prechecks import gate
from laihua.units import queries as units

SERVICE, OFFICE = "work_permit.new", "EE-310000"
OFFICERS: tuple[dict[str, Any], ...] = (
    {"key": "ee1", "login": "exitentry1", "zh": "沈若溪", "role": "pre_reviewer",
     "show": {"zh": "出入境：单一窗口的居留许可审核", "en": "exit and entry: residence permits of the single window"}},
    {"key": "ee2", "login": "exitentry2", "zh": "陆怀瑾", "role": "decider",
     "show": {"zh": "出入境：居留许可决定，等待工作许可", "en": "exit and entry: decides once the work permit is approved"}},
)
# unit, person, first day, then (day, move) in both proceedings
SCRIPT: tuple[tuple[str, str, int, Sequence[tuple[int, str]]], ...] = (
    ("yanqiao", "schneider", -4, ((-2, "residence_return"),)),
    ("xingluo", "park", -5, ((-3, "pass"), (-2, "residence_pass"))),
    ("lanting", "iyer", -9, ((-7, "pass"), (-7, "residence_pass"), (-6, "verify_originals"), (-4, "approve"), (-3, "residence_approve"))),
)
WHO = {
    "pass": "pre1", "verify_originals": "clerk", "approve": "decider1", "residence_return": "ee1", "residence_pass": "ee1",
    "residence_approve": "ee2",
}
RETURNED = {("field", "stay_address"): "WP-R31", ("material", "lodging"): "WP-R31"}


@dataclass
class Both:
    """One case on its way."""

    handler: Actor
    at: datetime
    case_id: UUID = field(init=False)

    def of(self, actor: Actor, proceeding: str = "") -> dict[str, Any]:
        return {"case_id": self.case_id, "actor": actor, "at": self.at} | ({"proceeding": proceeding} if proceeding else {})

    def seen_by(self, actor: Actor, proceeding: str = "main") -> case_queries.Dossier:
        return case_queries.dossier(self.case_id, actor=actor, at=self.at, proceeding=proceeding)


def play(cast: Cast, opening: datetime) -> None:
    office = authority_called(OFFICE)
    if office is None:
        raise LookupError(OFFICE)
    for number, row in enumerate(OFFICERS):
        cast.actors[row["key"]] = officer(row, number, office.id, opening - timedelta(days=400))
    for unit, person, day, moves in SCRIPT:
        both = file(cast, unit, persons()[person], moment(opening, day))
        for offset, key in moves:
            both.at = max(moment(opening, offset), both.at + timedelta(minutes=5))
            act(both, cast.actors[WHO[key]], key)


def officer(row: dict[str, Any], number: int, office_id: UUID, at: datetime) -> Actor:
    made = accounts.create_account(
        kind="natural", login_name=row["login"], password=people()["password"], name_zh=row["zh"], actor=SYSTEM, at=at,
        phone=f"+861380000{8600 + number}", email=f"{row['login']}@example.com",
    )
    accounts.grant_role(account_id=made.id, organisation_id=office_id, role=row["role"], actor=SYSTEM, at=at)
    accounts.enrol_totp(account_id=made.id, secret=people()["totp_secret"], at=at)
    return Actor(account_id=made.id, name=row["zh"], roles=frozenset({row["role"]}), organisation_id=office_id)


def file(cast: Cast, unit: str, person: Person, at: datetime) -> Both:
    """Filled in, submitted by the unit, confirmed by the applicant."""
    both = Both(cast.actors[unit], at - timedelta(hours=1))
    both.case_id = cases.start_case(service_id=SERVICE, actor=both.handler, at=both.at).id
    seen = both.seen_by(both.handler)
    known = seen.service.field_keys().keys() | {s.key for s in seen.service.sections}
    given = typed(person, units.unit_facts(cast.places[unit]), both.at)
    cases.save_answers(**both.of(both.handler), changes={k: v for k, v in given.items() if k in known}, base=0)
    for view in both.seen_by(both.handler).slots:
        if view.required and not view.deferrable:
            put(both, view.slot)
    cases.move(**both.of(both.handler), move="submit")
    with unheard("laihua.notifications"):
        jobs.run_waiting()
    token = invitations.of_case(invitations.tokens(cast.actors["operator"])[person.email], both.case_id, both.at)
    subject = open_account_of(person, cast, both.at)
    cases.accept_invitation(
        token=token, known={"passport_number": person.passport, "birth_date": person.born.isoformat()}, account_id=subject, at=both.at)
    himself = cast.actors[person.key]
    now = both.seen_by(himself)
    ticks = {
        f.key: True for s in now.definition.visible_sections(now.names) for f in s.fields
        if f.by == "subject" and f.type == "declaration"
    }
    cases.save_answers(**both.of(himself), changes=ticks, base=now.case.revision)
    finish(both, "confirm", cases.move(**both.of(himself), move="confirm"))
    return both


def typed(person: Person, unit: Any, at: datetime) -> dict[str, Any]:
    today = at.date()
    entered = today - timedelta(days=20)
    found = answers.typed(person, next(iter(people()["posts"])), {
        "clause": "A1", "achievement": "示例人才计划，2025", "location": "inside", "inside_reason": "category_a", "visa_type": "M",
        "visa_number": f"EX{person.number:07d}", "visa_expiry": (today + timedelta(days=70)).isoformat(),
        "entry_date": entered.isoformat(), "with_residence": True, "residence_request": "first", "stay_kind": "rented",
        "stay_registered_on": (entered + timedelta(days=1)).isoformat(), "police_station": "示例路派出所",
        "stay_address": f"上海市浦东新区示例路{person.number + 60}弄8号1203室",
    }, unit, today)
    return {**{k: v for k, v in found.items() if not k.startswith(("embassy", "health_"))}, "residence_to": found["contract_to"]}


def put(both: Both, slot: Any) -> None:
    is_photo = slot.accept != "pdf"
    content = papers.photo(1) if is_photo else specimens.of_slot(both.seen_by(both.handler), slot)
    name = f"{slot.title.zh}.{'jpg' if is_photo else 'pdf'}"
    result = gate.inspect(content, name=name, accept=slot.accept, max_bytes=slot.max_bytes, colour=slot.colour)
    if not result.ok:
        raise ValueError(f"the specimen of {slot.key} does not pass the gate: {result.problems}")
    materials.keep(both.case_id, slot, name, content, result, both.handler, both.at)


def act(both: Both, actor: Actor, key: str) -> None:
    """Claimed and judged by the officer of that proceeding, then moved."""
    service = both.seen_by(SYSTEM).service
    proceeding = service.proceeding_of(key)
    seen = both.seen_by(actor, proceeding)
    cases.claim(**both.of(actor, proceeding))
    if seen.step.originals:
        for slot, _, _ in seen.originals:
            cases.tick_original(**both.of(actor, proceeding), key=slot, matches=True)
    elif seen.step.reviews:
        wrong = RETURNED if service.moves[key].clock == "pause" else {}
        items = [i.id for i in seen.items if i.id not in wrong]
        cases.record_verdicts(**both.of(actor, proceeding), items=items, result="accepted")
        for item, code in wrong.items():
            cases.record_verdicts(
                **both.of(actor, proceeding), items=[item], result="returned", reasons=[code], note="登记表上的门牌号与填报不一致。")
    finish(both, key, cases.move(**both.of(actor, proceeding), move=key))


def finish(both: Both, key: str, made: cases.Moved) -> None:
    for output in both.seen_by(SYSTEM).service.moves[key].issues:
        permits.issue(
            case_id=both.case_id, proceeding_id=made.proceeding_id, output=output, event_id=made.event_id, at=both.at)
    permits.finish(event_id=made.event_id, at=both.at)
