"""What a move changes beyond its case: `effects: [name]` in a service, a function here.

    @effect
    def bind_real_name(dossier: Dossier, at: datetime) -> None: ...

Every module of this package is found by itself. An effect runs after the move was written and in its transaction, so a
`Refused` undoes the move too. It sees the dossier as the move was decided: `dossier.state` is the step that was left,
`dossier.answers` what was submitted.
"""

import pkgutil
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from laihua.cases.queries.dossier import Dossier

Effect = Callable[["Dossier", datetime], None]
EFFECTS: dict[str, Effect] = {}


def effect(function: Effect) -> Effect:
    """Offer the function to services under its own name. One name twice does not import."""
    name = function.__name__
    known = EFFECTS.setdefault(name, function)
    if (known.__module__, known.__qualname__) != (function.__module__, function.__qualname__):
        raise ValueError(f"effect {name} is there already, in {known.__module__}")
    return function


def find() -> None:
    """Import every module of the package."""
    for module in pkgutil.iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
