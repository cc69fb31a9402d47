"""Which separate consents whoever files a case has not given yet."""

from collections.abc import Iterable

from laihua.accounts import queries as accounts
from laihua.cases.queries.dossier import Dossier
from laihua.catalog import queries as catalog
from laihua.catalog.queries import Purpose


def missing_consents(dossier: Dossier, slots: Iterable[str] | None = None) -> list[Purpose]:
    """For these documents, or for all that the actor may upload now. One statement where anything is asked for at all."""
    keys = {view.slot.key for view in dossier.slots} if slots is None else set(slots)
    asked = catalog.asked_at(dossier.service, keys)
    if not asked or dossier.actor.account_id is None:
        return []
    given = accounts.consented(dossier.actor.account_id)
    return [purpose for purpose in asked if (purpose.key, purpose.version) not in given]
