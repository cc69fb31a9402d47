"""Organisations, units and accounts of the demo, and the actors that they become."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from laihua.accounts import actions as accounts
from laihua.accounts.permissions import ROLES, SYSTEM, Actor, Side
from laihua.cases import actions as cases
from laihua.kernel.texts import ENGLISH
from laihua.units import actions as units

FOLDER = Path(__file__).parent
REGISTERED = timedelta(days=420)        # so long before the first day were all of them there


@cache
def people() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / "people.yaml").read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True, slots=True)
class Person:
    key: str
    surname: str
    given_names: str
    chinese_name: str
    sex: str
    born: date
    nationality: str
    embassy: str
    school: str
    major: str
    degree: str
    firm: str
    number: int

    @property
    def name(self) -> str:
        return f"{self.surname} {self.given_names}"

    @property
    def email(self) -> str:
        return f"{self.key}@example.com"

    @property
    def passport(self) -> str:
        return f"EX{7200000 + self.number * 4139}"


@cache
def persons() -> dict[str, Person]:
    names = ("surname", "given_names", "chinese_name", "sex", "born", "nationality", "embassy", "school", "major",
             "degree", "firm")
    return {
        key: Person(key=key, number=n, **(dict(zip(names, row, strict=True)) | {"sex": str(row[3])}))
        for n, (key, row) in enumerate(people()["persons"].items(), 1)
    }


@dataclass
class Cast:
    """Who plays: places by key, and everybody who acts by the key of his account or person."""

    places: dict[str, UUID] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)


def gather(opening: datetime) -> Cast:
    at, cast = opening - REGISTERED, Cast()
    for row in people()["organisations"]:
        cast.places[row["key"]] = accounts.create_organisation(
            kind=row["kind"], code=row["code"], name_zh=row["zh"], name_en=row["en"], actor=SYSTEM, at=at
        ).id
    cases.sync_windows()
    units.assign_office(system="one_network", region="", office_id=cast.places["office"], actor=SYSTEM, at=at)
    for number, row in enumerate(people()["units"]):
        cast.places[row["key"]] = found_unit(row, number, at, opening.date())
    for number, row in enumerate(people()["accounts"]):
        cast.actors[row["key"]] = open_account(row, number, cast, at)
    return cast


def found_unit(row: dict[str, Any], number: int, at: datetime, today: date) -> UUID:
    handler = next(a for a in people()["accounts"] if a.get("at") == row["key"])
    unit = units.register_unit(
        name_zh=row["zh"], name_en=row["en"], credit_code=row["code"], registered_address=row["address"],
        contact_name=handler["zh"], contact_phone=f"+86215550{100 + number:04d}", actor=SYSTEM, at=at,
    )
    first, last = (today + timedelta(days=n) for n in row["filed"])
    units.approve_filing(
        unit_id=unit.id, number=f"BA-{first.year}-{100 + number}", valid_from=first, valid_to=last, actor=SYSTEM, at=at
    )
    return unit.id


def open_account(row: dict[str, Any], number: int, cast: Cast, at: datetime) -> Actor:
    """An account that a visitor may use. Officers also get the one-time code that everybody knows."""
    person = persons().get(row.get("person", ""))
    account = accounts.create_account(
        kind=row["kind"], login_name=row["login"], password=people()["password"], actor=SYSTEM, at=at,
        name_zh=row.get("zh", ""), name_latin=person.name if person else "",
        phone=f"+861380000{6000 + number}", email=person.email if person else f"{row['login']}@example.com",
        **({"language": ENGLISH} if person else {}), **known_document(row),
    )
    role, place = row.get("role", ""), cast.places.get(row.get("at", ""))
    if place:
        accounts.grant_role(account_id=account.id, organisation_id=place, role=role, actor=SYSTEM, at=at)
    if role and ROLES[role].side in (Side.AUTHORITY, Side.EXPERT, Side.HALL):
        accounts.enrol_totp(account_id=account.id, secret=people()["totp_secret"], at=at)
    return Actor(
        account_id=account.id, name=row.get("zh") or (person.name if person else ""),
        roles=frozenset({role} if role else ()), organisation_id=place,
    )


def known_document(row: dict[str, Any]) -> dict[str, Any]:
    """Whose document the hall knows has passed real-name authentication."""
    if "document" not in row:
        return {}
    return {"document_type": "resident_id", "document_number": row["document"], "real_name_status": "passed"}


def open_account_of(person: Person, cast: Cast, at: datetime) -> UUID:
    """The account that a foreigner opens when the invitation comes. Nobody knows a password for it."""
    known = cast.actors.get(person.key)
    if known and known.account_id:
        return known.account_id
    account = accounts.create_account(
        kind="natural", login_name=person.key, password=None, name_latin=person.name, name_zh=person.chinese_name,
        email=person.email, phone=f"+861380000{7000 + person.number}", language=ENGLISH, actor=SYSTEM, at=at,
    )
    cast.actors[person.key] = Actor(account_id=account.id, name=person.name)
    return account.id
