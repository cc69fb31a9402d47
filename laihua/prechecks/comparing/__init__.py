"""Comparisons of what a form says with what a document says, by the type of the value. Pure functions."""

from typing import Any

from laihua.prechecks.comparing import addresses, countries, dates, degrees, money, names, numbers, organisations, positions, sexes, texts
from laihua.prechecks.comparing.levels import Likeness

KNOWS = {
    "name": (names.likeness, {"parts", "whole", "zone"}), "number": (numbers.likeness, set()), "date": (dates.likeness, {"others", "doubt"}),
    "month": (dates.likeness, {"others", "doubt"}), "country": (countries.likeness, set()), "sex": (sexes.likeness, set()),
    "organisation": (organisations.likeness, set()), "position": (positions.likeness, set()), "money": (money.likeness, {"label"}),
    "address": (addresses.likeness, set()), "text": (texts.likeness, set()), "degree": (degrees.likeness, set()),
}


def likeness(type: str, given: str, read: str, **context: Any) -> Likeness:
    """Of two values of a type of `kind.Type`. What is known besides is passed on to the types that need it."""
    compare, known = KNOWS[type]
    return compare(given, read, **{key: value for key, value in context.items() if key in known})  # type: ignore[operator]
