"""Comparisons of what a form says with what a document says, by the type of the value. Pure functions."""

from collections.abc import Callable
from typing import Any

from laihua.prechecks.comparing import (
    addresses,
    countries,
    dates,
    degrees,
    money,
    names,
    numbers,
    organisations,
    positions,
    sexes,
    texts,
)
from laihua.prechecks.comparing.levels import Likeness

COMPARE: dict[str, Callable[..., Likeness]] = {
    "name": names.likeness, "number": numbers.likeness, "date": dates.likeness, "month": dates.likeness, "country": countries.likeness,
    "sex": sexes.likeness, "organisation": organisations.likeness, "position": positions.likeness, "money": money.likeness,
    "address": addresses.likeness, "text": texts.likeness, "degree": degrees.likeness,
}
KNOWS = {"name": {"parts", "whole", "zone"}, "date": {"others", "doubt"}, "month": {"others", "doubt"}, "money": {"label"}}
"""What a comparison may be told besides the two values."""


def likeness(type: str, given: str, read: str, **context: Any) -> Likeness:
    """Of two values of a type of `kind.Type`."""
    known = KNOWS.get(type, set())
    return COMPARE[type](given, read, **{key: value for key, value in context.items() if key in known})
