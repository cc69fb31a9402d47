"""What the hooks.py of a service may import. A hook gets values and returns values."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from laihua.kernel.texts import Text

__all__ = ["PanelResult", "PanelRow", "Text", "hook"]

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class PanelRow:
    """`rule` says in a sentence how the points of this row come about. A `maximum` of 0: there is none."""

    label: Text
    detail: Text
    points: float
    maximum: float
    rule: Text


@dataclass(frozen=True, slots=True)
class PanelResult:
    """`marks`: thresholds on the scale, each with its name. A `maximum` of 0: points have no upper end."""

    total: float
    maximum: float
    rows: list[PanelRow]
    result: Text
    marks: tuple[tuple[float, Text], ...] = ()
    note: Text | None = None
    source: Text | None = None      # where the rules of the rows stand

    @property
    def scale(self) -> float:
        """Where the drawn scale ends."""
        return self.maximum or max(self.total, *(mark * 4 / 3 for mark, _ in self.marks), 1)


def hook(function: F) -> F:
    """Marks a function that the service may name. It takes the names of the case, read-only."""
    function.is_hook = True  # type: ignore[attr-defined]
    return function
