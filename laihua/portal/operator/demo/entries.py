"""Plays how people come in: registrations, profiles, real names, appeals, a delegation, an account that seems to be double."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from django.conf import settings

from laihua.accounts import actions as accounts
from laihua.accounts import queries as account_queries
from laihua.accounts.permissions import SYSTEM, Actor
from laihua.cases import actions as cases
from laihua.cases import queries as case_queries
from laihua.cases.actions import materials
from laihua.kernel.calendar import ZONE
from laihua.kernel.queries import working_calendar
from laihua.permits import actions as permits
from laihua.permits.actions import print_form
from laihua.portal.operator.demo import papers, specimens
from laihua.portal.operator.demo.casting import Cast, people
from laihua.portal.operator.demo.stage import day_at
from laihua.prechecks import gate
from laihua.units import actions as units

FOLDER = Path(__file__).parent
VISITORS_PHONE = "+8613800008999"


@cache
def script() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / "entries.yaml").read_text(encoding="utf-8"))
    return found


@cache
def example(service_id: str) -> dict[str, Any]:
    """The first example of the service that stands on its own: its answers are complete."""
    folder = settings.BASE_DIR / "services" / Path(*service_id.split(".")) / "examples"
    rows: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*.yaml")):
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  text only, as typed
        rows += found if isinstance(found, list) else [found]
    return next(row for row in rows if row["expect"].get("refused") != "true")


def come_in(cast: Cast, opening: datetime) -> None:
    at = opening - timedelta(days=400)
    units.sync_authorities(at=at)
    for number, row in enumerate(script()["registrars"]):
        cast.actors[row["key"]] = registrar(row, number, at)
    for system in ("work_system", "one_network", "r_visa"):
        units.assign_office(system=system, region="", office_id=cast.places["office"], actor=SYSTEM, at=at)
    for row in script()["legal"]:
        cast.actors[row["key"]] = legal_person(row, cast, at)
    for number, row in enumerate(script()["people"]):
        cast.actors[row["key"]] = person(row, number, cast, at)
    visitor = accounts.visitor_of(phone=VISITORS_PHONE, at=at)
    cast.actors["visitor"] = Actor(account_id=visitor.id, name="", kind="visitor")
    delegate(script()["agency"], cast, at, opening)
    for row in script()["plays"]:
        play(row, cast, opening)
    for row in script()["people"]:
        if "same_phone_as" in row:
            accounts.find_duplicates(
                account_id=cast.actors[row["key"]].person_id, system="one_network", at=opening - timedelta(hours=2))


def registrar(row: dict[str, Any], number: int, at: datetime) -> Actor:
    office = account_queries.authority_called(row["office"])
    if office is None:
        raise LookupError(f"no authority {row['office']}")
    made = accounts.create_account(
        kind="natural", login_name=row["login"], password=people()["password"], name_zh=row["zh"],
        phone=f"+861380000{8100 + number}", email=f"{row['login']}@example.com", actor=SYSTEM, at=at,
    )
    accounts.grant_role(account_id=made.id, organisation_id=office.id, role="registrar", actor=SYSTEM, at=at)
    accounts.enrol_totp(account_id=made.id, secret=people()["totp_secret"], at=at)
    return Actor(account_id=made.id, name=row["zh"], roles=frozenset({"registrar"}), organisation_id=office.id)


def legal_person(row: dict[str, Any], cast: Cast, at: datetime) -> Actor:
    """The account of a unit that is there already."""
    unit = next(u for u in people()["units"] if u["key"] == row["unit"])
    account_id = units.register_portal_unit(
        login_name=row["login"], name_zh=unit["zh"], credit_code=unit["code"], actor=SYSTEM, at=at)
    account = account_queries.account(account_id)
    if account is None:
        raise LookupError(row["login"])
    accounts.set_password(account=account, password=people()["password"], actor=SYSTEM, at=at)
    return Actor(account_id=account_id, name=unit["zh"], roles=frozenset({"unit_admin"}),
                 organisation_id=cast.places[row["unit"]], kind="legal")


def person(row: dict[str, Any], number: int, cast: Cast, at: datetime) -> Actor:
    others = [other["key"] for other in script()["people"]]
    number = others.index(row["same_phone_as"]) if "same_phone_as" in row else number
    made = accounts.create_account(
        kind="natural", login_name=row["login"], password=people()["password"], name_zh=row["zh"],
        phone=f"+861380000{8200 + number}", email=f"{row['login']}@example.com", document_type="resident_id",
        document_number=row["document"], real_name_status=row["real_name"], actor=SYSTEM, at=at,
    )
    if "at" in row:
        accounts.grant_role(
            account_id=made.id, organisation_id=cast.places[row["at"]], role="handler", actor=SYSTEM, at=at)
    return Actor(account_id=made.id, name=row["zh"])


def delegate(row: dict[str, Any], cast: Cast, at: datetime, opening: datetime) -> None:
    """An agency with one handler, and the one matter that a unit has delegated to it."""
    unit = units.register_unit(
        name_zh=row["zh"], name_en=row["en"], credit_code=row["code"], registered_address=row["address"],
        contact_name=row["name"], contact_phone="+862155508200", kind="agency", actor=SYSTEM, at=at,
    )
    made = accounts.create_account(
        kind="natural", login_name=row["login"], password=people()["password"], name_zh=row["name"],
        phone="+8613800008300", email=f"{row['login']}@example.com", document_type="resident_id",
        document_number="000101199208080031", real_name_status="passed", actor=SYSTEM, at=at,
    )
    accounts.grant_role(account_id=made.id, organisation_id=unit.id, role="handler", actor=SYSTEM, at=at)
    agent = Actor(account_id=made.id, name=row["name"], roles=frozenset({"handler"}), organisation_id=unit.id)
    handler = cast.actors[row["principal"]]
    units.delegate(
        principal_id=cast.places[row["principal"]], handler_id=handler.person_id, matter=row["matter"],
        until=opening.date() + timedelta(days=30), actor=agent, at=opening - timedelta(days=2),
        evidence={"way": "sms", "at": (opening - timedelta(days=2)).isoformat()},
    )


@dataclass
class Filing:
    """One case on its way."""

    actor: Actor
    at: datetime
    case_id: UUID = field(init=False)

    def of(self, actor: Actor) -> dict[str, Any]:
        return {"case_id": self.case_id, "actor": actor, "at": self.at}

    def seen_by(self, actor: Actor) -> case_queries.Dossier:
        return case_queries.dossier(self.case_id, actor=actor, at=self.at)


def play(row: dict[str, Any], cast: Cast, opening: datetime) -> None:
    acts = [written.split() for written in row["acts"]]
    filing = Filing(cast.actors[row["by"]], moment(opening, int(acts[0][0])) - timedelta(hours=1))
    draft(filing, row)
    for day, move, *officer in acts:
        filing.at = max(moment(opening, int(day)), filing.at + timedelta(minutes=5))
        actor = cast.actors[officer[0]] if officer else filing.actor
        if officer:
            cases.claim(**filing.of(actor))
            items = [item.id for item in filing.seen_by(actor).items]
            cases.record_verdicts(**filing.of(actor), items=items, result="accepted")
        made = cases.move(**filing.of(actor), move=move)
        finish(filing, move, made.event_id)


def moment(opening: datetime, offset: int) -> datetime:
    """Before noon of that working day; on the first day, before the demo begins."""
    day = day_at(working_calendar(), opening.date(), offset)
    planned = datetime.combine(day, time(10, 40), ZONE)
    return min(planned, opening - timedelta(minutes=20))


def draft(filing: Filing, row: dict[str, Any]) -> None:
    filing.case_id = cases.start_case(service_id=row["service"], actor=filing.actor, at=filing.at).id
    seen = filing.seen_by(filing.actor)
    known = {k for k, f in seen.service.field_keys().items() if not f.source} | {s.key for s in seen.service.sections}
    answers = example(row["service"])["answers"] | row.get("answers", {})
    cases.save_answers(**filing.of(filing.actor), changes={k: v for k, v in answers.items() if k in known}, base=seen.case.revision)
    for view in filing.seen_by(filing.actor).slots:
        if view.required:
            put(filing, view.slot)


def put(filing: Filing, slot: Any) -> None:
    """The printed form itself where a signed scan is asked for; a specimen everywhere else."""
    seen = filing.seen_by(filing.actor)
    if materials.round_trip_of(seen, slot):
        content, ending = print_form(seen, seen.service.outputs[slot.form], filing.at), "pdf"
    elif slot.accept == "pdf":
        content, ending = specimens.of_slot(seen, slot), "pdf"
    else:
        content, ending = papers.picture(slot.title.zh, slot.title.en), "jpg"
    name = f"{slot.title.zh}.{ending}"
    result = gate.inspect(content, name=name, accept=slot.accept, max_bytes=slot.max_bytes, colour=slot.colour,
                          codes=materials.codes_wanted(seen, slot))
    if not result.ok:
        raise ValueError(f"the specimen of {slot.key} does not pass the gate: {result.problems}")
    materials.keep(filing.case_id, slot, name, content, result, filing.actor, filing.at)


def finish(filing: Filing, move: str, event_id: UUID) -> None:
    seen = filing.seen_by(SYSTEM)
    issues = seen.service.moves[move].issues
    for output in issues:
        permits.issue(case_id=filing.case_id, proceeding_id=seen.proceeding.id, output=output, event_id=event_id, at=filing.at)
    if issues:
        permits.finish(event_id=event_id, at=filing.at)
