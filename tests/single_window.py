"""A case before two offices: the second office with its officers, and cases of category A in China that ask for both permits."""

from datetime import datetime
from typing import Any

import yaml
from django.conf import settings

from laihua.accounts import actions as accounts
from laihua.accounts.permissions import SYSTEM, Actor
from laihua.cases import actions, queries
from laihua.cases.models import Case, Proceeding
from tests import world as building
from tests.world import World

EXAMPLE = settings.BASE_DIR / "services" / "work_permit" / "new" / "examples" / "single_window.yaml"
OFFICERS = (("ee_reviewer", "沈若溪", "pre_reviewer"), ("ee_decider", "陆怀瑾", "decider"), ("ee_head", "温知行", "head"))
OURS = {"declare_truth", "declare_no_crime", "consent_health", "consent_residence"}


def second_office(world: World, at: datetime) -> None:
    office = accounts.create_organisation(
        kind="authority", code="EE-310000", name_zh="上海市示例出入境管理机构", name_en="Example Exit and Entry Administration",
        actor=SYSTEM, at=at,
    )
    world.ee = office  # type: ignore[attr-defined]
    for number, (name, name_zh, role) in enumerate(OFFICERS):
        account = accounts.create_account(
            kind="natural", login_name=f"demo_{name}", password=None, name_zh=name_zh, actor=SYSTEM, at=at,
            phone=f"+861380000{6500 + number}", email=f"{name}@example.com",
        )
        building.consent_to_everything(account, at)
        accounts.grant_role(account_id=account.id, organisation_id=office.id, role=role, actor=SYSTEM, at=at)
        world.accounts[name] = account
        world.actors[name] = Actor(
            account_id=account.id, name=name_zh, roles=frozenset({role}), organisation_id=office.id, organisation_name="ee")


def answers(**changes: Any) -> dict[str, Any]:
    found = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))[0]["answers"]
    kept = {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in found.items() if k not in OURS}
    return {k: v for k, v in {**kept, **changes}.items() if v is not None}


def draft(world: World, at: datetime, **changes: Any) -> Case:
    case = building.draft(world, at, answers(**changes))
    building.fill_slots(world, case, at)
    return case


def submitted(world: World, at: datetime, **changes: Any) -> Case:
    """Confirmed by the applicant: before both offices."""
    return confirm(world, draft(world, at, **changes), at)


def confirm(world: World, case: Case, at: datetime) -> Case:
    """A complete draft, submitted by the unit and confirmed by the applicant."""
    actions.move(case_id=case.id, move="submit", actor=world.handler, at=at)
    Case.objects.filter(id=case.id).update(subject_id=world.subject.account_id)
    seen = queries.dossier(case.id, actor=world.subject, at=at)
    ticks = {
        f.key: True for s in seen.definition.visible_sections(seen.names) for f in s.fields
        if f.by == "subject" and f.type == "declaration"
    }
    actions.save_answers(case_id=case.id, changes=ticks, base=seen.case.revision, actor=world.subject, at=at)
    actions.move(case_id=case.id, move="confirm", actor=world.subject, at=at)
    case.refresh_from_db()
    return case


def who(world: World, key: str) -> Actor:
    return world.pre_reviewer if key == "main" else world.actors["ee_reviewer"]


def judge(world: World, case: Case, key: str, at: datetime, *, returned: dict[tuple[str, str], str] | None = None) -> None:
    """Claimed by the reviewer of that office; everything accepted but what is returned."""
    officer = {"case_id": case.id, "actor": who(world, key), "at": at, "proceeding": key}
    actions.claim(**officer)
    wrong = returned or {}
    items = [i.id for i in queries.dossier(case.id, actor=officer["actor"], at=at, proceeding=key).items if i.id not in wrong]
    actions.record_verdicts(items=items, result="accepted", **officer)
    for item, code in wrong.items():
        actions.record_verdicts(items=[item], result="returned", reasons=[code], note="请改正", **officer)


def send_back(world: World, case: Case, key: str, at: datetime, *items: tuple[str, str]) -> None:
    """Returned for correction by that office for these items."""
    judge(world, case, key, at, returned=dict.fromkeys(items, "WP-R01"))
    move = "return_for_correction" if key == "main" else "residence_return"
    actions.move(case_id=case.id, move=move, actor=who(world, key), at=at, proceeding=key)


def passed(world: World, case: Case, key: str, at: datetime) -> None:
    judge(world, case, key, at)
    actions.move(case_id=case.id, move="pass" if key == "main" else "residence_pass", actor=who(world, key), at=at, proceeding=key)


def to_decision(world: World, case: Case, at: datetime) -> None:
    """The work permit's originals checked: its decider has it."""
    passed(world, case, "main", at)
    actions.claim(case_id=case.id, actor=world.clerk, at=at)
    for key, _, _ in queries.dossier(case.id, actor=world.clerk, at=at).originals:
        actions.tick_original(case_id=case.id, key=key, matches=True, actor=world.clerk, at=at)
    actions.move(case_id=case.id, move="verify_originals", actor=world.clerk, at=at)
    actions.claim(case_id=case.id, actor=world.decider, at=at)


def at_step(case: Case) -> dict[str, str]:
    return dict(Proceeding.objects.filter(case=case).values_list("key", "step"))
