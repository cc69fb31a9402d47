"""Cases of earlier systems that an operator linked, as the list shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from laihua.kernel.texts import Text
from laihua.portal.statuses import STATUSES, Status

CANCELLED = Status("grey", "circle-x", Text("已注销", "Cancelled"))


@dataclass(frozen=True, slots=True)
class EarlierRow:
    number: str
    service: str
    subject: str
    unit: str
    submitted_on: date
    closed_on: date
    status: Status


def rows(found: Iterable[Any]) -> list[EarlierRow]:
    return [
        EarlierRow(one.number, one.service, one.subject_name, one.unit_name, one.submitted_on, one.closed_on,
                   STATUSES.get(one.state, CANCELLED))
        for one in found
    ]
