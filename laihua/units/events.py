"""What units tells those above it, inside the transaction in which it happened."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DelegationMade:
    delegation_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class DelegationRevoked:
    delegation_id: UUID
    at: datetime
