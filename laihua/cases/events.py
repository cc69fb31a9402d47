"""What the engine tells those above it. Published inside the transaction of the move."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


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
