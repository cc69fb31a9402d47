"""Plays expert projects: applied for, reviewed by experts, approved, refused, returned, changed."""

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from dateutil.relativedelta import relativedelta

from laihua.accounts import actions as accounts
from laihua.accounts import queries as account_queries
from laihua.accounts.permissions import SYSTEM, Actor
from laihua.cases import actions as cases
from laihua.cases.actions import materials
from laihua.portal.operator.demo import specimens
from laihua.portal.operator.demo.casting import Cast, people
from laihua.portal.operator.demo.entries import Filing, example, finish, moment
from laihua.prechecks import gate

FILE = Path(__file__).parent / "projects.yaml"
FILER = "lanting-unit"
HALF = frozenset({"project_line", "project_name", "project_name_en", "support_region", "experts"})


@cache
def script() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def apply(cast: Cast, opening: datetime) -> None:
    at = opening - timedelta(days=390)
    rows = [{**row, "role": "expert"} for row in script()["experts"]] + script()["officers"]
    for number, row in enumerate(rows):
        cast.actors[row["key"]] = national(row, number, at)
    ids: dict[str, UUID] = {}
    for row in script()["plays"]:
        ids[row["key"]] = play(row, cast, opening, ids.get(row.get("about", "")))


def national(row: dict[str, Any], number: int, at: datetime) -> Actor:
    """Somebody of the national administration."""
    office = account_queries.authority_called("NATIONAL")
    if office is None:
        raise LookupError("no authority NATIONAL")
    made = accounts.create_account(
        kind="natural", login_name=row["login"], password=people()["password"], name_zh=row["zh"],
        phone=f"+861380000{8400 + number}", email=f"{row['login']}@example.com", actor=SYSTEM, at=at,
    )
    accounts.grant_role(account_id=made.id, organisation_id=office.id, role=row["role"], actor=SYSTEM, at=at)
    accounts.enrol_totp(account_id=made.id, secret=people()["totp_secret"], at=at)
    return Actor(account_id=made.id, name=row["zh"], roles=frozenset({row["role"]}), organisation_id=office.id)


def play(row: dict[str, Any], cast: Cast, opening: datetime, about: UUID | None) -> UUID:
    acts = [as_act(written) for written in row["acts"]]
    filing = Filing(cast.actors[FILER], moment(opening, acts[0]["day"]) - timedelta(hours=1))
    draft(filing, row, opening.date(), about)
    for act in acts:
        filing.at = max(moment(opening, act["day"]), filing.at + timedelta(minutes=5))
        perform(filing, act, cast)
    return filing.case_id


def as_act(written: Any) -> dict[str, Any]:
    if isinstance(written, dict):
        return written
    day, move, *by = written.split()
    return {"day": int(day), "move": move, "by": by[0] if by else ""}


def draft(filing: Filing, row: dict[str, Any], opening: date, about: UUID | None) -> None:
    filing.case_id = cases.start_case(service_id=row["service"], actor=filing.actor, at=filing.at, about_id=about).id
    seen = filing.seen_by(filing.actor)
    answers = typed(example(row["service"])["answers"]) | row.get("answers", {})
    if about is None:
        answers |= {
            "period_from": (opening + timedelta(days=60)).isoformat(), "secrecy_on": (opening - timedelta(days=40)).isoformat(),
            "period_to": (opening + relativedelta(days=59, years=2)).isoformat(),
        }
        answers["experts"] = [{**answers["experts"][0], **row["expert"]}]
    if row.get("extend"):
        answers["new_period_to"] = (opening + relativedelta(days=59, years=2, months=6)).isoformat()
    known = {k for k, f in seen.service.field_keys().items() if not f.source} | {s.key for s in seen.service.sections}
    changes = {k: v for k, v in answers.items() if k in known and (not row.get("half") or k in HALF)}
    cases.save_answers(**filing.of(filing.actor), changes=changes, base=seen.case.revision)
    for view in () if row.get("half") else filing.seen_by(filing.actor).slots:
        if view.required:
            put(filing, view.slot)


def typed(value: Any) -> Any:
    """Ticks of an example, which is read as text."""
    if isinstance(value, list):
        return [typed(one) for one in value]
    if isinstance(value, dict):
        return {key: typed(one) for key, one in value.items()}
    return value == "true" if value in ("true", "false") else value


_judged: dict[str, gate.GateResult] = {}


def put(filing: Filing, slot: Any) -> None:
    content, name = specimens.of_slot(filing.seen_by(filing.actor), slot), f"{slot.title.zh}.pdf"
    if slot.title.zh not in _judged:
        _judged[slot.title.zh] = gate.inspect(content, name=name, accept=slot.accept, max_bytes=slot.max_bytes, colour=slot.colour)
    materials.keep(filing.case_id, slot, name, content, _judged[slot.title.zh], filing.actor, filing.at)


def perform(filing: Filing, act: dict[str, Any], cast: Cast) -> None:
    if "ask" in act:
        officer = cast.actors["national"]
        cases.claim(**filing.of(officer))
        cases.ask_experts(**filing.of(officer), experts=[cast.actors[key].person_id for key in act["ask"]])
    elif "say" in act:
        keys = [c.key for c in filing.seen_by(SYSTEM).step.opinions.criteria]  # type: ignore[union-attr]
        scores = dict(zip(keys, act["scores"], strict=True))
        cases.give_opinion(**filing.of(cast.actors[act["say"]]), scores=scores, recommendation=act["as"], text=act["text"])
    elif "stay" in act:
        cases.decline_opinion(**filing.of(cast.actors[act["stay"]]), text=act["text"])
    elif "returned" in act:
        officer = cast.actors[act["by"]]
        judge(filing, officer, {("field", key): code for key, code in act["returned"].items()}, act["note"])
        make(filing, "return_for_correction", officer)
    elif act["move"] != "draft":
        officer = cast.actors[act["by"]] if act.get("by") else filing.actor
        if act.get("by"):
            judge(filing, officer, {}, "")
        make(filing, act["move"], officer, act.get("text", ""))


def judge(filing: Filing, officer: Actor, returned: dict[tuple[str, str], str], note: str) -> None:
    cases.claim(**filing.of(officer))
    seen = filing.seen_by(officer)
    if not seen.step.reviews:
        return
    items = [item.id for item in seen.items]
    cases.record_verdicts(**filing.of(officer), items=[i for i in items if i not in returned], result="accepted")
    for item, code in returned.items():
        cases.record_verdicts(**filing.of(officer), items=[item], result="returned", reasons=[code], note=note)


def make(filing: Filing, move: str, actor: Actor, text: str = "") -> None:
    made = cases.move(**filing.of(actor), move=move, text=text)
    finish(filing, move, made.event_id)
