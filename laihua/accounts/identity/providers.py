"""Whom the hall asks about people and units, and what comes back. A provider is a class with the two methods below.

`LAIHUA_IDENTITY_PROVIDER` names one: `simulator` (the shipped register of invented people and units), `away` (never
reachable), `manual` (nobody is asked; officers look at the documents), or `package.module:Class` of one's own.
"""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from laihua.accounts.identity.questions import (
    Answer,
    IdentityProvider,
    PersonQuestion,
    Question,
    UnitQuestion,
    Unreachable,
)
from laihua.accounts.identity.simulator import Simulator


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
    own: dict[str, type[IdentityProvider]] = {"simulator": Simulator, "away": Away, "manual": Manual}
    chosen = own.get(name) or import_string(name.replace(":", "."))
    return chosen()
