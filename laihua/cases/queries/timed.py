"""What may be done for a while only: moves that are open so long after their step was entered, or after some ways into it."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from laihua.cases.models import Proceeding
from laihua.cases.rules import Past
from laihua.catalog.definitions import Limit, Move
from laihua.kernel.queries import working_calendar
from laihua.kernel.texts import Reason, Text

TOO_LATE = Text("“{move}”应在{end}之前办理，现已过期。", "“{move}” was possible until {end}.")


def end_of(wait: Limit, at: datetime) -> datetime:
    """The first moment of the day after the last day of waiting."""
    last = working_calendar().add(timezone.localtime(at).date(), wait.days, wait.kind).on
    return datetime.combine(last + timedelta(days=1), time.min, timezone.get_default_timezone())


class Timed:
    """A part of the dossier."""

    at: datetime
    proceeding: Proceeding

    if TYPE_CHECKING:
        @property
        def past(self) -> Sequence[Past]: ...

    @property
    def entry(self) -> Past | None:
        """The move that led to the step at which the case lies."""
        return next((p for p in reversed(self.past) if p.to_step == self.proceeding.step and p.from_step != p.to_step), None)

    def follows(self, move: Move) -> bool:
        """Whether the case came to its step in a way after which there is this move."""
        return not move.only_after or (self.entry is not None and self.entry.move in move.only_after)

    def open_until(self, move: Move) -> datetime | None:
        """When a move that is open for a while closes; None where it has no such time."""
        if move.within is None:
            return None
        return end_of(move.within, self.entry.at if self.entry else self.proceeding.entered_at)

    def is_open_yet(self, move: Move) -> bool:
        end = self.open_until(move)
        return self.follows(move) and (end is None or self.at < end)

    def out_of_time(self, move: Move) -> Reason | None:
        end = self.open_until(move)
        if end is None or self.at < end:
            return None
        return Reason("too_late", TOO_LATE.format(move=move.label, end=f"{timezone.localtime(end):%Y-%m-%d %H:%M}"))
