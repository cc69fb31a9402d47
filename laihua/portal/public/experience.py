"""How a service has really gone: its median time and its most frequent reasons for return, from the hall's own counts. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from laihua.catalog.definitions import ReturnReason, Service
from laihua.kernel.texts import Text

MOST, SEVERAL = 5, 5
"""How many reasons are named, and the cases below which one is not: it would speak of a case."""


class Figure(Protocol):
    """What was counted: see cases.models.ServiceFigure."""

    first: date
    last: date
    ended: int
    returned: int
    median: float | None
    reasons: Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Experience:
    """`reasons`: each with the cases to which it was told, the most frequent first."""

    median: Text
    ended: int
    first: date
    last: date
    returned_share: int
    reasons: list[tuple[ReturnReason, int]]


def experience(service: Service, figure: Figure | None) -> Experience | None:
    """None where too little was decided to say anything."""
    if figure is None or figure.median is None:
        return None
    counted = [(service.reasons[str(code)], int(str(n))) for code, n in figure.reasons if str(code) in service.reasons]
    return Experience(
        days_text(figure.median, service.promise.kind), figure.ended, figure.first, figure.last,
        round(100 * figure.returned / figure.ended) if figure.ended else 0, [pair for pair in counted if pair[1] >= SEVERAL][:MOST],
    )


def days_text(days: float, kind: str) -> Text:
    number = f"{days:g}"
    plural = "" if days == 1 else "s"
    if kind == "working_days":
        return Text(f"{number}个工作日", f"{number} working day{plural}")
    return Text(f"{number}个自然日", f"{number} calendar day{plural}")
