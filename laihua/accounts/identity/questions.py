"""What an identity provider is asked, and what it may answer."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class PersonQuestion:
    """Is there a person of this name with this document? Also asked of a unit's main handler (主代办人)."""

    name: str
    document_type: str
    document_number: str


@dataclass(frozen=True, slots=True)
class UnitQuestion:
    """Is there a unit of this name and code, and is this its legal representative?"""

    name: str
    credit_code: str
    representative_name: str
    representative_document_type: str
    representative_document_number: str


Question = PersonQuestion | UnitQuestion


@dataclass(frozen=True, slots=True)
class Answer:
    """`reason` is a short code without personal data: `mismatch`, `unknown`, `manual`."""

    passed: bool
    reason: str = ""


class Unreachable(Exception):
    """No answer now. The question is asked again later and nobody is refused."""


class IdentityProvider(Protocol):
    name: str

    def check_person(self, question: PersonQuestion) -> Answer:
        """Raises Unreachable where there is no answer within the provider's own time limit."""

    def check_unit(self, question: UnitQuestion) -> Answer:
        """As `check_person`."""
