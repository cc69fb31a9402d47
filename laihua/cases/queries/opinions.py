"""Experts' opinions: what is asked of an expert, and what an officer sees of all of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import mean
from typing import TYPE_CHECKING
from uuid import UUID

from laihua.accounts.permissions import Actor
from laihua.accounts.queries import grants_in, holders_of, names_of
from laihua.cases.models import Opinion
from laihua.catalog import queries as catalog
from laihua.catalog.definitions import Criterion, Opinions
from laihua.kernel.texts import Text

if TYPE_CHECKING:
    from laihua.cases.queries.dossier import Dossier

OF_THE_UNIT = Text("申报单位人员，应当回避", "belongs to the applying unit and must not take part")
TOOK_PART = Text("办理过本案，应当回避", "has worked on this case and must not take part")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An expert who may be asked, or why he may not. `waiting`: how many opinions he owes just now."""

    account_id: UUID
    name: str
    conflict: Text | None
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Given:
    """`state`: waiting, given, declined. `scores` in the order of the criteria."""

    name: str
    state: str
    asked_at: datetime
    answered_at: datetime | None
    scores: tuple[tuple[Criterion, int | None], ...]
    total: int | None
    recommendation: Text | None
    text: str


@dataclass(frozen=True, slots=True)
class Tally:
    """All opinions of this round together. `spread`: between the highest and the lowest total."""

    asks: Opinions
    given: tuple[Given, ...]
    candidates: tuple[Candidate, ...]
    average: float | None
    lowest: int | None
    highest: int | None
    by_criterion: tuple[tuple[Criterion, float], ...]
    recommended: tuple[tuple[Text, int], ...]

    @property
    def maximum(self) -> int:
        return sum(c.max for c in self.asks.criteria)

    @property
    def count(self) -> int:
        return sum(one.state == "given" for one in self.given)

    @property
    def missing(self) -> int:
        return max(0, self.asks.least - self.count)

    @property
    def spread(self) -> int | None:
        return None if self.highest is None or self.lowest is None else self.highest - self.lowest


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of the expert's own list."""

    case_id: UUID
    number: str
    service: Text
    unit: str
    subject: str
    asked_at: datetime
    state: str


def asks_of(seen: "Dossier") -> Opinions | None:
    """What the service asks experts for, once the case has come to that step."""
    step = next((s for s in seen.service.steps.values() if s.opinions is not None), None)
    if step is None or not (seen.step.key == step.key or any(p.to_step == step.key for p in seen.past)):
        return None
    return step.opinions


def opinions_missing(seen: "Dossier") -> int:
    asks = asks_of(seen)
    if asks is None:
        return 0
    given = Opinion.objects.filter(proceeding=seen.proceeding, round=seen.proceeding.round).exclude(given_at=None).count()
    return max(0, asks.least - given)


def tally(seen: "Dossier") -> Tally | None:
    """For officers alone; None where the case is not yet with the experts."""
    asks = asks_of(seen)
    if asks is None:
        return None
    found = list(Opinion.objects.filter(proceeding=seen.proceeding, round=seen.proceeding.round).order_by("asked_at", "id"))
    names = names_of(o.expert_id for o in found)
    given = tuple(given_by(o, names.get(o.expert_id, ""), asks) for o in found)
    totals = [one.total for one in given if one.total is not None]
    labels = {c.code: c.label for c in asks.recommendations}
    votes = Counter(o.recommendation for o in found if o.given_at)
    return Tally(
        asks=asks, given=given, candidates=tuple(candidates(seen, asks, {o.expert_id for o in found})) if seen.step.opinions else (),
        average=mean(totals) if totals else None, lowest=min(totals, default=None), highest=max(totals, default=None),
        by_criterion=tuple(
            (c, mean(o.scores.get(c.key, 0) for o in found if o.given_at)) for c in asks.criteria if totals
        ),
        recommended=tuple((label, votes[code]) for code, label in labels.items()),
    )


def given_by(opinion: Opinion, name: str, asks: Opinions) -> Given:
    state = "given" if opinion.given_at else "declined" if opinion.declined_at else "waiting"
    label = next((c.label for c in asks.recommendations if c.code == opinion.recommendation), None)
    return Given(
        name=name, state=state, asked_at=opinion.asked_at, answered_at=opinion.given_at or opinion.declined_at,
        scores=tuple((c, opinion.scores.get(c.key)) for c in asks.criteria),
        total=sum(opinion.scores.values()) if state == "given" else None, recommendation=label, text=opinion.text,
    )


def candidates(seen: "Dossier", asks: Opinions, asked: Iterable[UUID]) -> list[Candidate]:
    """The experts of the office who have not been asked in this round, those in conflict last."""
    holders = [h for h in holders_of(asks.role, seen.proceeding.office_id) if h not in set(asked)]
    names, waiting = names_of(holders), Counter(
        Opinion.objects.filter(expert_id__in=holders, given_at=None, declined_at=None).values_list("expert_id", flat=True)
    )
    found = [Candidate(h, names.get(h, ""), conflict_of(seen, h), waiting[h]) for h in holders]
    return sorted(found, key=lambda c: (c.conflict is not None, c.waiting, c.name))


def conflict_of(seen: "Dossier", account_id: UUID) -> Text | None:
    """Why this expert must stay away: he belongs to the applying unit, or has had the case in hand."""
    case = seen.case
    of_unit = {g.account_id for g in grants_in(case.unit_id)} if case.unit_id else set()
    if account_id in of_unit | {case.started_by_id, case.subject_id}:
        return OF_THE_UNIT
    return TOOK_PART if any(p.actor_id == account_id for p in seen.past) else None


def opinions_asked_of(actor: Actor) -> list[Asked]:
    """What an expert has to give, oldest first, then what he has given. Two statements, and one for each version met."""
    found = Opinion.objects.filter(expert_id=actor.account_id, proceeding__office_id=actor.organisation_id)
    found = found.select_related("proceeding", "proceeding__case").order_by("asked_at")
    lines = []
    for one in found:
        case = one.proceeding.case
        service = catalog.version(case.version_id).service
        open_ = service.steps[one.proceeding.step].opinions is not None and one.round == one.proceeding.round
        state = "given" if one.given_at else "declined" if one.declined_at else "waiting" if open_ else "over"
        lines.append(Asked(
            case.id, case.number, service.short_title, one.proceeding.unit_name, one.proceeding.subject_name, one.asked_at, state))
    return sorted(lines, key=lambda line: line.state != "waiting")
