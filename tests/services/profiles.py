"""The people and papers of the expert profiles: a registrar at each authority of the walk, a filled-in profile of a unit."""

from datetime import datetime
from typing import Any
from uuid import UUID

import yaml
from django.conf import settings

from laihua.accounts import actions as accounts
from laihua.accounts import queries as account_queries
from laihua.accounts.permissions import SYSTEM, Actor
from laihua.cases import actions, queries
from laihua.cases.jobs import announce
from laihua.cases.models import Case
from laihua.units.authorities import sync_authorities
from tests import world as building
from tests.prechecks.test_gate_picture import page, sent
from tests.world import World

UNIT, PERSON, WORK = "unit.expert_profile", "person.expert_profile", "person.work_profile"
REGISTRARS = {"handan": ("FE-130400", "纪清和"), "hebei": ("FE-130000", "康若水"), "ndrc": ("FE-NDRC", "程思远")}


def authorities(world: World, at: datetime) -> World:
    """The authorities of the file are in the hall; three of them have a registrar."""
    sync_authorities(at=at)
    offices = {one.code: one for one in account_queries.organisations("authority")}
    for number, (key, (code, name)) in enumerate(REGISTRARS.items()):
        account = accounts.create_account(
            kind="natural", login_name=f"demo_{key}", password=None, name_zh=name, actor=SYSTEM, at=at,
            phone=f"+861380000{7000 + number}", email=f"{key}@example.com",
        )
        accounts.grant_role(account_id=account.id, organisation_id=offices[code].id, role="registrar", actor=SYSTEM, at=at)
        world.accounts[key] = account
        world.actors[key] = Actor(account_id=account.id, name=name, roles=frozenset({"registrar"}),
                                  organisation_id=offices[code].id, organisation_name=code)
    return world


def example(service: str) -> dict[str, Any]:
    """The answers of the service's first example."""
    path = settings.BASE_DIR / "services" / service.replace(".", "/") / "examples" / "profiles.yaml"
    answers: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))[0]["answers"]
    return answers


def licence(seal: int = 170) -> bytes:
    return sent(page(seal=seal))


def drafted(service: str, actor: Actor, at: datetime, **changes: Any) -> Case:
    case = actions.start_case(service_id=service, actor=actor, at=at)
    actions.save_answers(case_id=case.id, changes={**example(service), **changes}, base=case.revision, actor=actor, at=at)
    for view in queries.dossier(case.id, actor=actor, at=at).slots:
        building.put_file(case.id, view.slot, actor, at)
    return case


def submitted(service: str, actor: Actor, at: datetime, **changes: Any) -> Case:
    case = drafted(service, actor, at, **changes)
    actions.move(case_id=case.id, move="submit", actor=actor, at=at)
    return case


def judge(case_id: UUID, actor: Actor, at: datetime, returned: dict[tuple[str, str], str] | None = None) -> None:
    """Everything is accepted but what is returned, each with its reason."""
    actions.claim(case_id=case_id, actor=actor, at=at)
    items = [i.id for i in queries.dossier(case_id, actor=actor, at=at).items]
    wrong = returned or {}
    actions.record_verdicts(case_id=case_id, items=[i for i in items if i not in wrong], result="accepted", actor=actor, at=at)
    for item, reason in wrong.items():
        actions.record_verdicts(case_id=case_id, items=[item], result="returned", reasons=[reason], actor=actor, at=at)


def made(case_id: UUID, move: str, actor: Actor, at: datetime) -> str:
    """Makes the move and tells of it; returns the step that it led to."""
    moved = actions.move(case_id=case_id, move=move, actor=actor, at=at)
    announce(str(moved.event_id))
    return moved.to_step


def approved(service: str, world: World, actor: Actor, at: datetime, first: str = "handan", **changes: Any) -> Case:
    case = submitted(service, actor, at, **changes)
    for who, move in ((first, "pass"), ("national_registrar", "approve")):
        judge(case.id, world.actors[who], at)
        made(case.id, move, world.actors[who], at)
    return case
