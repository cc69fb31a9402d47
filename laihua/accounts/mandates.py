"""What a session acts under when an agency handles another unit's matter (SES-4).

Delegations belong to units, which stand above accounts: units registers here who answers for them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from laihua.kernel.texts import Reason, Text


@dataclass(frozen=True, slots=True)
class Mandate:
    """One delegation as it stands at this moment. `ended` says why nothing can be done under it any more."""

    id: UUID
    number: str
    principal_id: UUID
    principal_name: Text
    agency_id: UUID
    agency_name: Text
    matter: str
    case_id: UUID | None
    valid_to: date
    ended: Reason | None = None


Provider = Callable[[UUID, UUID], Mandate | None]
"""From delegation and account to the mandate; None where the account is not its agent."""

_provider: list[Provider] = []


def provide_mandates(provider: Provider) -> None:
    """Called once, from `AppConfig.ready` of units."""
    _provider[:] = [provider]


def mandate_of(delegation: str | None, account_id: UUID) -> Mandate | None:
    """`delegation` as the session keeps it. One statement."""
    try:
        return _provider[0](UUID(delegation), account_id) if delegation and _provider else None
    except ValueError:
        return None
