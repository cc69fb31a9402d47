"""What the engine tells those above it. Published inside the transaction of the move."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from laihua.kernel.texts import Reason


@dataclass(frozen=True, slots=True)
class CaseMoved:
    event_id: UUID
    case_id: UUID
    proceeding_id: UUID
    move: str
    from_step: str
    to_step: str
    issues: tuple[str, ...]
    at: datetime
    revokes: tuple[str, ...] = ()   # keys of the papers of `permit_number` that end with this move
    permit_number: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PermitConsulted:
    """A case is about the permit of this number. Whoever issues permits adds to `reasons` what is in the way on this day."""

    number: str
    unit_id: UUID | None
    passport_number: str
    birth_date: str
    on: date
    reasons: list[Reason]
