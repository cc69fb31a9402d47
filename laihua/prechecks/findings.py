"""What the checks have to say: findings, each with its place, and what they are made from. Plain values."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from laihua.kernel.texts import Text
from laihua.prechecks.document import Document
from laihua.prechecks.words import Box

Level = Literal["pass", "doubt", "mismatch"]
RANK: dict[Level, int] = {"mismatch": 0, "doubt": 1, "pass": 2}


@dataclass(frozen=True, slots=True)
class Compares:
    """A field of the form with what a document should carry. Several fields together make one value, such as a name."""

    fields: tuple[str, ...]
    carried: str


@dataclass(frozen=True, slots=True)
class Agrees:
    """What a document carries with what the document in another slot carries."""

    carried: str
    slot: str
    other: str


@dataclass(frozen=True, slots=True)
class Asks:
    """What a service asks of the document in one slot, its conditions already decided.

    `min_left`, `issued_within`: months. `until`: the day to which they are counted, the filing or the upload.
    `kind`: empty where it may be any document, of which no more than what is expected on its pages is looked at. `expects`: seal,
    signature. `certified`: an apostille or a consular authentication, and a translation, are looked for.
    """

    slot: str
    title: Text
    kind: str
    compares: tuple[Compares, ...] = ()
    agrees: tuple[Agrees, ...] = ()
    min_left: int | None = None
    issued_within: int | None = None
    expects: frozenset[str] = frozenset()
    certified: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """One document that was read, with what is asked of it.

    `answers`: the values of the form as they are kept; `types` and `labels` of its fields by their keys. `until`: see Asks.
    """

    asks: Asks
    document: Document
    answers: Mapping[str, Any]
    labels: Mapping[str, Text]
    types: Mapping[str, str]
    until: date
    codes: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)     # words of choices, by field


@dataclass(frozen=True, slots=True)
class Place:
    page: int
    box: Box | None = None              # on the page as it is shown; None: the page as a whole


@dataclass(frozen=True, slots=True)
class Finding:
    """`key` is stable while field, document and both values stay what they are: replies and verdicts hang on it.

    `given`: what the form says, `read`: what the document says, as people read them. `suggests`: the values, by field, that
    make the form agree with the document, where that can be said.
    """

    check: str
    slot: str
    level: Level
    title: Text                         # what it is about: 护照号
    text: Text                          # what differs and what to do now
    form_field: str = ""
    carried: str = ""
    given: str = ""
    read: str = ""
    suggests: Mapping[str, Any] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    other_slot: str = ""

    @property
    def key(self) -> str:
        about = (self.check, self.slot, self.form_field or self.carried)
        return ":".join((*about, self.other_slot) if self.other_slot else about)


Check = Callable[[Given, Mapping[str, Given]], Iterable[Finding]]
