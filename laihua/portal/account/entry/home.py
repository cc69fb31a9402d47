"""What stands on the first page of a system that has boards and figures (XP-1). A constant number of statements."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from laihua.accounts.permissions import Actor
from laihua.bulletins import queries as bulletins
from laihua.cases import queries as cases
from laihua.catalog.definitions import Service
from laihua.kernel.calendar import day_of
from laihua.portal.account.entry.figures import drawn
from laihua.portal.systems import System

NEWEST = 6


def boards(system: System, actor: Actor, services: Sequence[Service], *, at: datetime) -> dict[str, Any]:
    """Nothing for a system without such a page. `services`: those of the system."""
    home = system.home
    if home is None:
        return {}
    counted = {s.id: s.short_title for s in services if is_filed_anew(s)}
    figures = cases.unit_figures(actor, counted)
    return {
        "boards": [
            (kind, title, bulletins.first_bulletins(system.key, kind, at=at, limit=NEWEST)) for kind, title in home.boards.items()
        ],
        "questions": bulletins.questions(system.key, limit=NEWEST),
        "charts": drawn(home, figures.rows, counted, day_of(at)) if figures else [],
        "counted_at": figures.counted_at if figures else None,
    }


def is_filed_anew(service: Service) -> bool:
    """Neither a profile that leads into the system nor what follows a case that is there already."""
    return service.enrols is None and (service.about is None or service.about.kind != "case")
