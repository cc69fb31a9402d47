"""Plays residence points: a service company with its client units, and their people's cases in telling states."""

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from stdnum.cn import ric

from laihua.accounts import actions as accounts
from laihua.accounts.permissions import SYSTEM, Actor
from laihua.cases import actions as cases
from laihua.portal.operator.demo.casting import Cast, people
from laihua.portal.operator.demo.entries import Filing, example, moment, put
from laihua.units import actions as units

FOLDER = Path(__file__).parent
SYSTEM_KEY = "residence_points"
FIRST = ("apply_type", "permit_expiry")
RETURNED, NOTE = "permit", "居住证有效期不足两个月，请先办理签注"


@cache
def script() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / "points.yaml").read_text(encoding="utf-8"))
    return found


def play_points(cast: Cast, opening: datetime) -> None:
    at = opening - timedelta(days=400)
    office = script()["office"]
    cast.places["points"] = accounts.create_organisation(
        kind="authority", code=office["code"], name_zh=office["zh"], name_en=office["en"], actor=SYSTEM, at=at).id
    units.assign_office(system=SYSTEM_KEY, region="", office_id=cast.places["points"], actor=SYSTEM, at=at)
    for number, row in enumerate(script()["officers"]):
        cast.actors[row["key"]] = officer(row, number, cast, at)
    for number, row in enumerate(script()["people"]):
        cast.actors[row["key"]] = person(row, number, at)
    for row in script()["clients"]:
        list_client(row, cast, opening.date(), at)
    for row in script()["cases"]:
        play(row, cast, opening)


def officer(row: dict[str, Any], number: int, cast: Cast, at: datetime) -> Actor:
    made = accounts.create_account(
        kind="natural", login_name=row["login"], password=people()["password"], name_zh=row["zh"],
        phone=f"+861380000{8400 + number}", email=f"{row['login']}@example.com", actor=SYSTEM, at=at)
    accounts.grant_role(
        account_id=made.id, organisation_id=cast.places["points"], role=row["role"], system=SYSTEM_KEY, actor=SYSTEM, at=at)
    accounts.enrol_totp(account_id=made.id, secret=people()["totp_secret"], at=at)
    return Actor(account_id=made.id, name=row["zh"], roles=frozenset({row["role"]}), organisation_id=cast.places["points"])


def number_of(row: dict[str, Any]) -> str:
    """Of a district that does not exist, with the check digit that its birthday asks for."""
    digits = f"000101{row['born']}"
    return digits + str(ric.calc_check_digit(digits + "0"))


def person(row: dict[str, Any], number: int, at: datetime) -> Actor:
    made = accounts.create_account(
        kind="natural", login_name=row["login"], password=people()["password"], name_zh=row["zh"],
        phone=f"+861380000{8500 + number}", email=f"{row['login']}@example.com", document_type="resident_id",
        document_number=number_of(row), real_name_status="passed", actor=SYSTEM, at=at)
    return Actor(account_id=made.id, name=row["zh"])


def list_client(row: dict[str, Any], cast: Cast, today: date, at: datetime) -> None:
    unit = next(u for u in people()["units"] if u["key"] == row["unit"])
    keeper = cast.actors["points1"]
    client = units.keep_client(
        name_zh=unit["zh"], credit_code=unit["code"], contract_from=today + timedelta(days=row["from"]),
        contract_to=today + timedelta(days=row["to"]) if "to" in row else None, contact_name=row["contact"],
        contact_phone=row["phone"], actor=keeper, at=at)
    listed = [
        units.Listed(one["zh"], number_of(one), today - timedelta(days=800)) for one in script()["people"] if one["at"] == row["unit"]
    ]
    units.list_employees(client_id=client.id, listed=listed, actor=keeper, at=at)


def play(row: dict[str, Any], cast: Cast, opening: datetime) -> None:
    """One case up to the state that is asked for, an hour between its acts."""
    service = service_id()
    filing = Filing(cast.actors[row["person"]], moment(opening, row["day"]))
    answers = dated(example(service)["answers"], filing.at.date())
    first = {key: answers.pop(key) for key in FIRST}
    case = cases.start_case(service_id=service, actor=filing.actor, at=filing.at, answers=first, agreed=("undertaking", "notice_new"))
    filing.case_id = case.id
    cases.save_answers(**filing.of(filing.actor), changes=answers, base=case.revision)
    cases.make_checklist(**filing.of(filing.actor))
    for view in filing.seen_by(filing.actor).slots:
        if view.required:
            put(filing, view.slot)
    if row["until"] == "outdated":
        changes = {"edu_level": "undergraduate"}
        cases.save_answers(**filing.of(filing.actor), changes=changes, base=filing.seen_by(filing.actor).case.revision)
        return
    cases.move(**filing.of(filing.actor), move="submit")
    for act in ACTS[row["until"]]:
        filing.at = min(filing.at + timedelta(hours=1), opening)
        act(filing, cast.actors["points1"])


def service_id() -> str:
    """The one service of this system."""
    from laihua.catalog import queries as catalog

    return next(d.service.id for d in catalog.services() if d.service.system == SYSTEM_KEY)


def dated(answers: dict[str, Any], today: date) -> dict[str, Any]:
    """As the example says, with days that suit the demo's."""
    days = {"permit_expiry": 300, "commission_sealed": -10, "contract_from": -320, "contract_to": 770, "id_expiry": 3000}
    moved = {key: (today + timedelta(days=n)).isoformat() for key, n in days.items() if key in answers}
    return {key: value for key, value in answers.items() if key not in ("mobile", "email")} | moved


def give_back(filing: Filing, officer: Actor) -> None:
    judge(filing, officer, back=RETURNED)
    pausing = next(m.key for m in filing.seen_by(officer).service.moves.values() if m.clock == "pause")
    cases.move(**filing.of(officer), move=pausing, text="请进入详情页按提示补充退回材料")


def judge(filing: Filing, officer: Actor, back: str = "") -> None:
    cases.claim(**filing.of(officer))
    items = [item.id for item in filing.seen_by(officer).items]
    cases.record_verdicts(**filing.of(officer), items=[i for i in items if i != ("material", back)], result="accepted")
    if back:
        cases.record_verdicts(**filing.of(officer), items=[("material", back)], result="returned", reasons=["RP-R02"], note=NOTE)


def pass_on(filing: Filing, officer: Actor) -> None:
    judge(filing, officer)
    cases.move(**filing.of(officer), move="pass")


def report(filing: Filing, officer: Actor) -> None:
    cases.claim(**filing.of(officer))
    cases.move(**filing.of(officer), move="report", text=f"{filing.at:%Y-%m-%d} 上报编号0017")


def confirm(filing: Filing, _: Actor) -> None:
    cases.move(**filing.of(filing.actor), move="confirm")


def end(filing: Filing, officer: Actor) -> None:
    for move, text in (("accept", f"{filing.at:%Y-%m-%d} 收件凭证0203"), ("finish", "")):
        filing.at += timedelta(days=6)
        cases.claim(**filing.of(officer))
        cases.move(**filing.of(officer), move=move, text=text)


ACTS = {"submitted": (), "returned": (give_back,), "reported": (pass_on, report), "finished": (pass_on, report, confirm, end)}
