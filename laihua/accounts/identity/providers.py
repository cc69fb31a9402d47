"""Whom the hall asks about people and units, and what comes back. A provider is a class with the two methods below.

`LAIHUA_IDENTITY_PROVIDER` names one: `simulator` (the shipped register of invented people and units), `away` (never
reachable), `manual` (nobody is asked; officers look at the documents), or `package.module:Class` of one's own.
"""

from dataclasses import dataclass
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


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


class Manual:
    """Nobody is asked: every check goes on to the documents and an officer."""

    name = "manual"

    def check_person(self, question: PersonQuestion) -> Answer:
        return Answer(False, "manual")

    def check_unit(self, question: UnitQuestion) -> Answer:
        return Answer(False, "manual")


class Away:
    """Never reachable: to see the hall wait, and for tests."""

    name = "away"

    def check_person(self, question: PersonQuestion) -> Answer:
        raise Unreachable(self.name)

    def check_unit(self, question: UnitQuestion) -> Answer:
        raise Unreachable(self.name)


def provider() -> IdentityProvider:
    """The one that the settings name; unnamed, the simulator in a demo and nobody elsewhere."""
    return _made(settings.IDENTITY_PROVIDER or ("simulator" if settings.DEMO else "manual"))


def ask(question: Question) -> Answer:
    """Raises Unreachable."""
    asked = provider()
    return asked.check_person(question) if isinstance(question, PersonQuestion) else asked.check_unit(question)


@cache
def _made(name: str) -> IdentityProvider:
    from laihua.accounts.identity.simulator import Simulator

    own: dict[str, type[IdentityProvider]] = {"simulator": Simulator, "away": Away, "manual": Manual}
    chosen = own.get(name) or import_string(name.replace(":", "."))
    return chosen()
