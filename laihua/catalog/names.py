"""What conditions and hooks see of a case: typed values for every name, absent ones included."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import cel

from laihua.catalog.cel_functions import FUNCTIONS, as_moment
from laihua.catalog.conditions import Condition, ConditionFailed
from laihua.catalog.definitions import Field

NUMBERS = frozenset({"money", "integer", "decimal"})
DATES = frozenset({"date", "month"})
LISTS = frozenset({"choices", "countries"})
FLAGS = frozenset({"boolean", "declaration"})


def empty_of(field: Field) -> Any:
    if field.type in NUMBERS:
        return 0.0
    if field.type in DATES:
        return None
    return [] if field.type in LISTS else False if field.type in FLAGS else ""


def number(raw: Any) -> float | None:
    try:
        found = float(raw)
    except (TypeError, ValueError):
        return None
    return found if abs(found) < 1e15 else None


def typed(field: Field, raw: Any) -> Any:
    """The stored answer as a condition's value, dates as `date`; what cannot be read counts as absent."""
    if raw is None or raw == "" or raw == []:
        return empty_of(field)
    kind = field.type
    if kind in NUMBERS:
        return number(raw) or 0.0
    try:
        if kind in DATES:
            return date.fromisoformat(f"{raw}-01" if kind == "month" else raw)
    except (TypeError, ValueError):
        return empty_of(field)
    if kind in LISTS:
        return [str(item) for item in raw] if isinstance(raw, list | tuple) else []
    if kind in FLAGS:
        return raw is True
    if kind == "cascade" and not isinstance(raw, str):
        return ""       # not yet chosen to its end
    return str(raw)


def for_condition(value: Any) -> Any:
    """Dates become moments and whole numbers decimals, inside lists and rows too."""
    if value is None or isinstance(value, str | bool | float | datetime):
        return value
    if isinstance(value, date):
        return as_moment(value)
    if isinstance(value, int | Decimal):
        return float(value)
    if isinstance(value, Mapping):
        return {k: for_condition(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [for_condition(v) for v in value]
    raise ConditionFailed(f"a hook returned {type(value).__name__}, which no condition can use")


class Names(Mapping[str, Any]):
    """Read as a mapping it gives plain values: dates as `date`, derived values as their hook returned them.

    `absent`: date and number fields without a value.
    """

    def __init__(self, plain: dict[str, Any], absent: frozenset[str], moments: dict[str, Any] | None = None) -> None:
        self._plain = plain
        self._moments = moments if moments is not None else {k: for_condition(v) for k, v in plain.items()}
        self.absent = absent
        self._context: cel.Context | None = None

    def __getitem__(self, name: str) -> Any:
        return self._plain[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._plain)

    def __len__(self) -> int:
        return len(self._plain)

    @property
    def plain(self) -> Mapping[str, Any]:
        return MappingProxyType(self._plain)

    def add(self, name: str, value: Any) -> None:
        self._plain[name] = value if not isinstance(value, datetime) else value.date()
        self._moments[name] = moment = for_condition(value)
        if moment is None and self._context is not None:
            self._context.add_variable(name, None)

    def in_row(self, row: Mapping[str, Any], absent: frozenset[str]) -> "Names":
        """The same names, the row's own fields before them."""
        moments = {k: for_condition(v) for k, v in row.items()}
        return Names({**self._plain, **row}, (self.absent - row.keys()) | absent, {**self._moments, **moments})

    @property
    def context(self) -> cel.Context:
        """Values are looked up as a condition asks for them; only nulls must be put there beforehand."""
        if self._context is None:
            nulls = {k: None for k, v in self._moments.items() if v is None}
            self._context = cel.Context(nulls, FUNCTIONS)
            self._context.set_variable_resolver(self._moments.get)
        return self._context

    def value(self, condition: Condition) -> Any:
        """None where the condition compares something absent. Raises ConditionFailed."""
        try:
            return condition.value(self.context)
        except (TypeError, RuntimeError, KeyError, ValueError) as error:
            if any(_has_null(self._moments.get(name)) for name in condition.names):
                return None
            raise ConditionFailed(f"“{condition.source}”: {str(error).split('.')[0]}") from error

    def holds(self, condition: Condition | None) -> bool:
        """An absent condition holds; one about something absent does not."""
        return condition is None or self.value(condition) is True

    def broken(self, condition: Condition) -> bool:
        """For rules: only what is known to be wrong counts, and only when all its dates and numbers are there."""
        return not (condition.names & self.absent) and self.value(condition) is False


def _has_null(value: Any) -> bool:
    return value is None or (isinstance(value, list) and any(
        isinstance(row, dict) and any(v is None for v in row.values()) for row in value
    ))


Hook = Callable[[Mapping[str, Any]], Any]
