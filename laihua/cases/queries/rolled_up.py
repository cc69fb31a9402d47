"""Figures for home pages and the catalogue, from the roll-ups alone: one statement each, whatever the number of cases."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from laihua.accounts.permissions import Actor
from laihua.cases.models import ServiceFigure, UnitCount

LEAST = 5
"""Below so many cases a figure says more about a case than about the service, and none is shown."""


@dataclass(frozen=True, slots=True)
class Counted:
    service: str
    what: str
    month: date
    count: int


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """`counted_at`: None before the first count."""

    rows: list[Counted]
    counted_at: datetime | None


def unit_figures(actor: Actor, services: Collection[str]) -> UnitFigures | None:
    """Of the unit that the actor acts for. None where he acts for none, or under a delegation for one case alone."""
    if not actor.is_unit() or actor.delegation_id:
        return None
    found = UnitCount.objects.filter(unit_id=actor.organisation_id, service__in=services).order_by("month", "service")
    rows = list(found)
    return UnitFigures(
        [Counted(r.service, r.what, r.month, r.count) for r in rows], max((r.counted_at for r in rows), default=None)
    )


def service_figures() -> dict[str, ServiceFigure]:
    """By service: those that have decided enough cases to say something."""
    return {figure.service: figure for figure in ServiceFigure.objects.filter(ended__gte=LEAST)}
