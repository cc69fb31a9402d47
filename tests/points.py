"""A case of residence points on its way, made through the actions: for walks and pages."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from laihua.cases import actions, queries
from laihua.cases.jobs import announce
from laihua.notifications.models import OutboxMessage, State
from tests import world as building
from tests.cases import told_service

ID = "residence_points.pre_review"
AGREED = ("undertaking", "notice_new")
FOLDER = Path(__file__).resolve().parent.parent / "services" / "residence_points" / "pre_review"


@cache
def answers() -> dict[str, Any]:
    """Of the first example: a first application by a bachelor's degree."""
    rows = yaml.safe_load((FOLDER / "examples" / "types.yaml").read_text(encoding="utf-8"))
    found = {key: str(value) if not isinstance(value, bool | int | list) else value for key, value in rows[0]["answers"].items()}
    return found | {"mobile": "+8613800138000"}


def draft(world: Any, at: datetime, **changes: Any) -> Any:
    told_service.employ(world, at)
    return actions.start_case(service_id=ID, actor=world.subject, at=at, answers={**answers(), **changes}, agreed=AGREED)


def submitted(world: Any, at: datetime) -> Any:
    case = draft(world, at)
    actions.make_checklist(case_id=case.id, actor=world.subject, at=at)
    upload(case, world, at)
    actions.move(case_id=case.id, move="submit", actor=world.subject, at=at)
    return case


def upload(case: Any, world: Any, at: datetime) -> None:
    seen = queries.dossier(case.id, actor=world.subject, at=at)
    for view in seen.slots:
        if view.required and view.file is None:
            building.put_file(case.id, view.slot, world.subject, at)


def returned(world: Any, at: datetime) -> Any:
    """One document back, everything else accepted."""
    case = submitted(world, at)
    officer = {"case_id": case.id, "actor": world.pre_reviewer, "at": at}
    actions.claim(**officer)
    items = [i.id for i in queries.dossier(case.id, actor=world.pre_reviewer, at=at).items]
    actions.record_verdicts(items=[i for i in items if i != ("material", "permit")], result="accepted", **officer)
    actions.record_verdicts(items=[("material", "permit")], result="returned", reasons=["RP-R02"], note="有效期只剩一个月", **officer)
    announce(str(actions.move(move=pausing(case, world, at), text="请进入详情页按提示补充退回材料", **officer).event_id))
    return case


def pausing(case: Any, world: Any, at: datetime) -> str:
    service = queries.dossier(case.id, actor=world.subject, at=at).service
    return next(m.key for m in service.moves.values() if m.clock == "pause")


def reported(world: Any, at: datetime) -> Any:
    case = submitted(world, at)
    officer = {"case_id": case.id, "actor": world.pre_reviewer, "at": at}
    actions.claim(**officer)
    items = [i.id for i in queries.dossier(case.id, actor=world.pre_reviewer, at=at).items]
    actions.record_verdicts(items=items, result="accepted", **officer)
    announce(str(actions.move(move="pass", **officer).event_id))
    actions.claim(**officer)
    announce(str(actions.move(move="report", text="2026-11-12 编号0001", **officer).event_id))
    return case


def deliver(at: datetime) -> None:
    """The gateway took everything that waits."""
    OutboxMessage.objects.exclude(state=State.SENT).update(state=State.SENT, sent_at=at, provider_id="R-1")
    actions.begin_told_moves(at=at)
