"""What every action here does: ask who may, and leave a trace."""

from datetime import datetime
from typing import Any
from uuid import UUID

from laihua.accounts.permissions import Actor
from laihua.kernel import actions as kernel
from laihua.kernel.texts import Reason, Refused, Text
from laihua.permits.models import Issued
from laihua.permits.permissions import MAY

NOT_YOURS = Reason(
    "not_yours",
    Text("这项操作由签发机关或案件所属单位办理。", "This belongs to the issuing authority or the unit of the case."),
)


def record(paper: Issued, action: str, actor: Actor, at: datetime, data: dict[str, Any]) -> None:
    kernel.record(
        chain=f"permits:{paper.id}", action=f"permits.{action}", actor=actor.account_id or "system",
        acting_for=actor.organisation_id, subject=str(paper.id), data=data, at=at,
    )


def refuse_unless(action: str, actor: Actor, organisation_id: UUID | None) -> None:
    if actor.organisation_id is None or actor.organisation_id != organisation_id or not actor.roles & MAY[action]:
        raise Refused(NOT_YOURS)
