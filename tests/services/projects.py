"""Units that are enrolled for expert projects, experts of the national administration, and projects at any point of their way."""

from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import yaml
from django.conf import settings
from django.db import transaction

from laihua.accounts import actions as accounts
from laihua.accounts.permissions import SYSTEM, Actor
from laihua.cases import actions, queries
from laihua.cases.models import Case
from laihua.units import actions as units
from tests import world as building
from tests.services import profiles
from tests.world import World

INDIVIDUAL, CHANGE, CLOSING = (f"expert_project.{name}" for name in ("individual", "change", "closing"))
EXPERTS = {"expert_one": "温如玉", "expert_two": "柳扶风", "expert_three": "江晚晴", "expert_four": "顾长青"}
SCORES = {"need": 18, "expert_level": 27, "feasibility": 16, "results": 17, "funds": 8}


def hall(world: World, at: datetime, authority: str = "FE-130400") -> World:
    """Both units are enrolled under this authority with their handlers; four experts; a decider of the national administration."""
    profiles.authorities(world, at)
    for unit, people in ((world.unit, ("handler", "second_handler")), (world.other_unit, ("stranger",))):
        enrol(at, authority, organisation_id=unit.id)
        for who in people:
            enrol(at, "", account_id=world.accounts[who].id)
    for number, (key, name) in enumerate({**EXPERTS, "national_decider": "陆云开"}.items()):
        role = "expert" if key in EXPERTS else "decider"
        account = accounts.create_account(
            kind="natural", login_name=f"demo_{key}", password=None, name_zh=name, actor=SYSTEM, at=at,
            phone=f"+861380000{7100 + number}", email=f"{key}@example.com",
        )
        accounts.grant_role(account_id=account.id, organisation_id=world.national.id, role=role, actor=SYSTEM, at=at)
        world.accounts[key] = account
        world.actors[key] = Actor(account_id=account.id, name=name, roles=frozenset({role}), organisation_id=world.national.id)
    return world


def enrol(at: datetime, authority: str, **owner: UUID) -> None:
    case_id = uuid4()
    with transaction.atomic():
        units.enrol(system="expert_projects", case_id=case_id, at=at, **owner)
        units.approve_enrolment(system="expert_projects", case_id=case_id, profile={"authority": authority}, at=at, **owner)


@cache
def example(service: str) -> dict[str, Any]:
    """The answers of the service's first example, as typed."""
    path = next((settings.BASE_DIR / "services" / service.replace(".", "/") / "examples").glob("*.yaml"))
    rows: list[dict[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    answers: dict[str, Any] = rows[0]["answers"]
    return {k: typed(v) for k, v in answers.items()}


def typed(value: Any) -> Any:
    if isinstance(value, list):
        return [typed(v) for v in value]
    if isinstance(value, dict):
        return {k: typed(v) for k, v in value.items()}
    return value == "true" if value in ("true", "false") else value


def drafted(service: str, actor: Actor, at: datetime, about: UUID | None = None, **changes: Any) -> Case:
    case = actions.start_case(service_id=service, actor=actor, at=at, about_id=about)
    answers = {**example(service), **changes}
    actions.save_answers(case_id=case.id, changes=answers, base=case.revision, actor=actor, at=at)
    for view in queries.dossier(case.id, actor=actor, at=at).slots:
        building.put_file(case.id, view.slot, actor, at)
    case.refresh_from_db()
    return case


def submitted(service: str, actor: Actor, at: datetime, about: UUID | None = None, **changes: Any) -> Case:
    case = drafted(service, actor, at, about, **changes)
    actions.move(case_id=case.id, move="submit", actor=actor, at=at)
    return case


def passed(world: World, case: Case, at: datetime, *steps: tuple[str, str]) -> None:
    """Each officer claims, judges what is open and makes his move."""
    for who, move in steps:
        actor = world.actors[who]
        actions.claim(case_id=case.id, actor=actor, at=at)
        seen = queries.dossier(case.id, actor=actor, at=at)
        if seen.step.reviews:
            actions.record_verdicts(case_id=case.id, items=[i.id for i in seen.items], result="accepted", actor=actor, at=at)
        actions.move(case_id=case.id, move=move, actor=actor, at=at)


def with_experts(world: World, actor: Actor, at: datetime, **changes: Any) -> Case:
    """A project of the city's unit that has come to the experts' review; the national registrar holds it."""
    case = submitted(INDIVIDUAL, actor, at, **changes)
    passed(world, case, at, ("handan", "pass_up"), ("hebei", "recommend_on"), ("national_registrar", "send_to_experts"))
    actions.claim(case_id=case.id, actor=world.national_registrar, at=at)
    return case


def asked(world: World, case: Case, at: datetime, *who: str) -> None:
    ids = [world.accounts[name].id for name in who or tuple(EXPERTS)[:3]]
    actions.ask_experts(case_id=case.id, experts=ids, actor=world.national_registrar, at=at)


def answered(world: World, case: Case, at: datetime, who: str, **scores: int) -> None:
    actions.give_opinion(
        case_id=case.id, scores={**SCORES, **scores}, recommendation="support", text="方案可行，专家水平高。",
        actor=world.actors[who], at=at,
    )


def decided(world: World, actor: Actor, at: datetime, move: str = "approve", **changes: Any) -> Case:
    case = with_experts(world, actor, at, **changes)
    asked(world, case, at)
    for who in tuple(EXPERTS)[:3]:
        answered(world, case, at, who)
    actions.move(case_id=case.id, move="end_review", actor=world.national_registrar, at=at)
    actions.claim(case_id=case.id, actor=world.national_decider, at=at)
    actions.move(case_id=case.id, move=move, actor=world.national_decider, at=at, text="同意专家意见。")
    case.refresh_from_db()
    return case


def reported(world: World, service: str, actor: Actor, at: datetime, about: Case, move: str = "approve", **changes: Any) -> Case:
    """A change or closing report, decided."""
    case = submitted(service, actor, at, about.id, **changes)
    passed(
        world, case, at, ("handan", "pass_up"), ("hebei", "recommend_on"), ("national_registrar", "to_decision"))
    actions.claim(case_id=case.id, actor=world.national_decider, at=at)
    actions.move(case_id=case.id, move=move, actor=world.national_decider, at=at, text="已核对。")
    case.refresh_from_db()
    return case
