"""What the app tells those above."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class QuestionDecided:
    """`outcome`: published, answered or rejected; `reason` is for the asker. `revision` names this decision."""

    question_id: UUID
    asker_id: UUID
    system: str
    title: str
    outcome: str
    reason: str
    revision: int
    at: datetime
