"""Plays what comes after a permit: an extension in review, a change to correct, a cancelled permit, an R visa brought up to date."""

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from laihua.accounts import actions as accounts
from laihua.accounts.permissions import SYSTEM, Actor
from laihua.cases import actions as cases
from laihua.kernel.calendar import ZONE
from laihua.kernel.queries import working_calendar
from laihua.portal.operator.demo.casting import Cast, people
from laihua.portal.operator.demo.entries import Filing, draft, finish, moment, put
from laihua.portal.operator.demo.stage import day_at
from laihua.units import actions as units
from laihua.units import queries as unit_queries

FILE = Path(__file__).with_name("permits.yaml")


@cache
def script() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def play_permits(cast: Cast, opening: datetime) -> None:
    at = opening - timedelta(days=400)
    for number, row in enumerate(script()["people"]):
        cast.actors[row["key"]] = person(row, number, at)
    for row in script()["plays"]:
        play(row, cast, opening)
    update_visa(script()["visa"], cast, opening)


def person(row: dict[str, Any], number: int, at: datetime) -> Actor:
    made = accounts.create_account(
        kind="natural", login_name=row["login"], password=people()["password"], name_latin=row["latin"],
        phone=f"+861380000{8500 + number}", email=f"{row['login']}@example.com", actor=SYSTEM, at=at)
    return Actor(account_id=made.id, name=row["latin"])


def play(row: dict[str, Any], cast: Cast, opening: datetime) -> None:
    acts = [written.split() for written in row["acts"]]
    filing = Filing(cast.actors[row["unit"]], moment(opening, int(acts[0][0])) - timedelta(hours=1))
    start(filing, row, cast, opening)
    for day, move, *more in acts:
        filing.at = max(moment(opening, int(day)), filing.at + timedelta(minutes=5))
        VERBS.get(move, plainly)(filing, row, cast, move, more)


def start(filing: Filing, row: dict[str, Any], cast: Cast, opening: datetime) -> None:
    unit_id, today = cast.places[row["unit"]], timezone.localtime(opening).date()
    member = on_roster(unit_id, row, cast, today)
    if member.account_id is None:
        units.enter_staff(
            unit_id=unit_id, staff_id=member.id, record={}, account_id=cast.actors[row["subject"]].account_id,
            source="hall", actor=filing.actor, at=filing.at)
    filing.case_id = cases.start_case(service_id=row["service"], actor=filing.actor, at=filing.at, staff_id=member.id).id
    days = {key: day(today, n).isoformat() for key, n in row["days"].items()}
    cases.save_answers(**filing.of(filing.actor), changes={**row["answers"], **days}, base=0)
    for view in filing.seen_by(filing.actor).slots:
        if view.required:
            put(filing, view.slot)


def day(today: date, offset: int) -> date:
    """So many working days before the demo's first one, as the acts are, or calendar days after it."""
    return day_at(working_calendar(), today, offset) if offset < 0 else today + timedelta(days=offset)


def on_roster(unit_id: Any, row: dict[str, Any], cast: Cast, today: date) -> Any:
    """By the passport that the play names, or by the account of somebody whose permit came out of the demo's own case."""
    members = unit_queries.roster_page(unit_id, today=today).rows
    account_id = cast.actors[row["subject"]].account_id
    return next(m for m in members if m.record["passport_number"] == row.get("passport") or m.account_id == account_id)


def plainly(filing: Filing, row: dict[str, Any], cast: Cast, move: str, more: list[str]) -> None:
    made = cases.move(**filing.of(filing.actor), move=move)
    finish(filing, move, made.event_id)


def confirm(filing: Filing, row: dict[str, Any], cast: Cast, move: str, more: list[str]) -> None:
    made = cases.confirm_declared(**filing.of(cast.actors[row["subject"]]), confirm=move, declared={"declare_truth": True})
    finish(filing, move, made.event_id)


def by_reviewer(filing: Filing, row: dict[str, Any], cast: Cast, move: str, more: list[str]) -> None:
    """`pass`, or `return position_letter WC-R31`: this document with this reason, the rest accepted."""
    officer = cast.actors["pre1"]
    cases.claim(**filing.of(officer))
    returned = [("material", more[0])] if more else []
    items = [item.id for item in filing.seen_by(officer).items if item.id not in returned]
    cases.record_verdicts(**filing.of(officer), items=items, result="accepted")
    if returned:
        cases.record_verdicts(**filing.of(officer), items=returned, result="returned", reasons=[more[1]], note="请写明工作性质是否变化。")
    key = "return_for_correction" if returned else move
    finish(filing, key, cases.move(**filing.of(officer), move=key).event_id)


def decide(filing: Filing, row: dict[str, Any], cast: Cast, move: str, more: list[str]) -> None:
    officer = cast.actors["decider1"]
    cases.claim(**filing.of(officer))
    finish(filing, move, cases.move(**filing.of(officer), move=move).event_id)


VERBS = {"confirm": confirm, "pass": by_reviewer, "return": by_reviewer, "approve": decide}


def update_visa(row: dict[str, Any], cast: Cast, opening: datetime) -> None:
    """The unit of the first entry, approved by the registrar; then the first registration, which waits for him."""
    holder, registrar = cast.actors[row["by"]], cast.actors["local"]
    entry = Filing(holder, moment(opening, -6))
    draft(entry, {"service": "r_visa.inviting_unit", "answers": row["unit"]})
    finish(entry, "submit", cases.move(**entry.of(holder), move="submit").event_id)
    entry.at = moment(opening, -4).astimezone(ZONE)
    cases.claim(**entry.of(registrar))
    cases.record_verdicts(**entry.of(registrar), items=[i.id for i in entry.seen_by(registrar).items], result="accepted")
    finish(entry, "approve", cases.move(**entry.of(registrar), move="approve").event_id)
    update = Filing(holder, moment(opening, -2))
    draft(update, {"service": "r_visa.information_update", "answers": row["update"]})
    finish(update, "submit", cases.move(**update.of(holder), move="submit").event_id)
