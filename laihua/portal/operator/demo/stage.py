"""A case of the demo on its way through time."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from laihua.accounts.permissions import SYSTEM, Actor
from laihua.cases import actions as cases
from laihua.cases import queries as case_queries
from laihua.kernel.calendar import DAY, ZONE, WorkingCalendar
from laihua.kernel.queries import working_calendar
from laihua.permits import actions as permits
from laihua.portal.operator.demo.casting import Cast, Person, persons


def day_at(calendar: WorkingCalendar, opening: date, offset: int) -> date:
    """The working day so many working days after the first one, or before it."""
    day, left, step = opening, abs(offset), DAY if offset > 0 else -DAY
    while left:
        day += step
        left -= calendar.is_working_day(day)
    return day


@dataclass
class Play:
    """One case on its way. `at` never goes back, and never beyond the demo's first moment."""

    script: dict[str, Any]
    number: int
    cast: Cast
    opening: datetime
    at: datetime = field(init=False)
    case_id: UUID = field(init=False)
    answers: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    editions: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.at = self.opening - timedelta(days=400)

    @property
    def person(self) -> Person:
        return persons()[self.script["person"]]

    @property
    def unit_id(self) -> UUID:
        return self.cast.places[self.script["unit"]]

    @property
    def handler(self) -> Actor:
        return self.cast.actors[self.script["unit"]]

    @property
    def subject(self) -> Actor:
        return self.cast.actors[self.person.key]

    @property
    def pre_reviewer(self) -> Actor:
        return self.cast.actors[self.script.get("by", "pre1")]

    @property
    def clerk(self) -> Actor:
        return self.cast.actors["clerk"]

    @property
    def decider(self) -> Actor:
        return self.cast.actors["decider1" if self.number % 3 else "decider2"]

    def go_to(self, offset: int) -> None:
        """Some time in the office hours of that day, after the act before."""
        begins = time(9, 10 + self.number * 7 % 50)
        planned = datetime.combine(day_at(working_calendar(), self.opening.date(), offset), begins, ZONE)
        later = self.at + timedelta(minutes=11 + self.number % 9)
        self.at = min(max(planned, later), self.opening)

    def of(self, actor: Actor) -> dict[str, Any]:
        return {"case_id": self.case_id, "actor": actor, "at": self.at}

    def seen_by(self, actor: Actor) -> case_queries.Dossier:
        return case_queries.dossier(self.case_id, actor=actor, at=self.at)

    def move(self, move: str, actor: Actor, text: str = "") -> None:
        """The move, and the papers that it issues, dated as they would have been."""
        made = cases.move(**self.of(actor), move=move, text=text)
        seen = self.seen_by(SYSTEM)
        issues = seen.service.moves[move].issues
        for output in issues:
            permits.issue(
                case_id=self.case_id, proceeding_id=seen.proceeding.id, output=output, event_id=made.event_id, at=self.at
            )
        if issues:
            permits.finish(event_id=made.event_id, at=self.at)
