"""The window: cases that are brought to it, found by what a visitor shows, and the documents that may be asked for."""

from laihua.accounts.permissions import Actor
from laihua.cases import prints
from laihua.cases.models import Proceeding
from laihua.cases.queries.dossier import Dossier
from laihua.cases.queries.lists import find_cases
from laihua.catalog import queries as catalog
from laihua.catalog.definitions import Move, Step


def receiving_move(seen: Dossier) -> Move | None:
    """The move by which this officer takes a case that waits for its visitor; None where it does not."""
    if not seen.step.visit:
        return None
    return next((offer.move for offer in seen.offers() if seen.service.steps[offer.move.target].originals), None)


def step_of(proceeding: Proceeding) -> Step | None:
    """Of a found case, by the version that it began with."""
    return catalog.version(proceeding.case.version_id).service.steps.get(proceeding.step)


def find_at_window(actor: Actor, asked: str) -> list[Proceeding]:
    """As `find_cases`, and by the code on a printed form."""
    code = prints.read(asked)
    return find_cases(actor, code.case if code else asked)
