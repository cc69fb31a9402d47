"""What accounts tell those above them, inside the transaction in which it happens. A handler that refuses undoes it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class AccountsMerged:
    """Two accounts were one person. Whatever belongs to `merged_id` now belongs to `kept_id`."""

    merged_id: UUID
    kept_id: UUID
    by: UUID | None
    at: datetime


@dataclass(frozen=True, slots=True)
class DuplicateDecided:
    """`decision` is kept, merged or rejected, of the held account; `kept_id` the account that goes on after a merge."""

    duplicate_id: UUID
    account_id: UUID
    decision: str
    at: datetime
    kept_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class AccountErased:
    """A person closed the account. Its personal data goes, wherever no law keeps it."""

    account_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class IdentityAnswered:
    """A waiting check of real names has its answer. `account_id` for a person, `organisation_id` for the other targets."""

    check_id: UUID
    target: str
    account_id: UUID | None
    organisation_id: UUID | None
    passed: bool
    at: datetime
