"""What a kind of document is: how it is recognised and what it carries. Each kind is one file in `kinds/`."""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from laihua.kernel.texts import Text
from laihua.prechecks.words import Box, Leaf, Reading

Type = Literal[
    "name", "number", "date", "month", "country", "sex", "organisation", "position", "money", "address", "text", "degree",
]
CERTAIN = 0.6
"""From this score on a page is taken for one of its kind."""


@dataclass(frozen=True, slots=True)
class Carried:
    """Something that documents of a kind say, by a key that services name. `type` says how it is compared."""

    key: str
    label: Text
    type: Type


@dataclass(frozen=True, slots=True)
class Found:
    """What was read, where. `value` is normalised, `text` as it is printed.

    Values: dates 2026-11-20, months 2026-11, money "40000.00 CNY/month" (period month, year or none), countries as three
    letters, sex M or F, everything else the text itself. A value that may be read in two ways stands with `doubt`.
    `source`: the printed part, the machine-readable zone or a code of our own. `box` is on the upright page.
    """

    value: str
    text: str
    page: int
    box: Box
    sure: float = 1.0
    source: Literal["printed", "zone", "code"] = "printed"
    doubt: Text | None = None


Fields = Mapping[str, tuple[Found, ...]]    # by the key of what is carried; the likeliest first


@dataclass(frozen=True, slots=True)
class Kind:
    """`score` judges one page alone, from 0 to 1, by words that do not depend on a layout; `CERTAIN` and more is yes.

    `expires` and `issued` name what says until when it holds and when it was made. `always`: what every paper of the kind
    says, so that it is told where it cannot be read.
    """

    id: str
    title: Text
    carries: tuple[Carried, ...]
    score: Callable[[Leaf], float]
    extract: Callable[[Reading], Fields]
    expires: str = ""
    issued: str = ""
    always: tuple[str, ...] = ()

    def carried(self, key: str) -> Carried | None:
        return next((c for c in self.carries if c.key == key), None)


@cache
def kinds() -> dict[str, Kind]:
    """All kinds by their id, which is the name of their file."""
    folder, found = importlib.import_module("laihua.prechecks.kinds"), {}
    for module in pkgutil.iter_modules(folder.__path__):
        if not module.name.startswith("_"):
            found[module.name] = importlib.import_module(f"{folder.__name__}.{module.name}").KIND
    return found
