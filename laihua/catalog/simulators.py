"""What a service lets anyone try without signing in: part of its form, its panel, and what one more document would add."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from laihua.kernel.texts import Text

if TYPE_CHECKING:
    from laihua.catalog.definitions import Section


@dataclass(frozen=True, slots=True)
class Part:
    """A section that is asked in the simulator alone, or some `fields` of the section `form`."""

    own: "Section | None" = None
    form: str = ""
    fields: tuple[str, ...] = ()
    title: Text | None = None           # instead of that of the section
    hint: Text | None = None


@dataclass(frozen=True, slots=True)
class Try:
    """One more document, and the answers that it would give. What several can be ticked of is added to what is ticked."""

    document: Text                      # after 再提供 and “with”: 学士学位证书, a bachelor's degree
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Simulator:
    """`given`: answers that are not asked here and always the same."""

    title: Text
    parts: tuple[Part, ...]
    tries: tuple[Try, ...] = ()
    hint: Text | None = None
    given: Mapping[str, Any] = field(default_factory=dict)

    def sections(self) -> "list[Section]":
        """Those that are asked here alone. Their fields are names for conditions and hooks too, empty in a case."""
        return [part.own for part in self.parts if part.own is not None]
