"""Values as a form shows them. What the hall keeps is in `catalog.values`; a form may write it more readably."""

from decimal import Decimal, InvalidOperation
from typing import Any

from laihua.catalog.definitions import Field


def in_control(field: Field, value: Any) -> Any:
    """For an input: codes as they are, truth as true and false, amounts with their thousands apart."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return [str(one) for one in value]
    if field.type in ("money", "decimal"):
        return amount(str(value))
    return str(value)


def amount(value: str) -> str:
    """40000.00 as 40,000; what is no number stays as it was typed."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite():
        return value
    whole = number == number.to_integral_value()
    return f"{number.to_integral_value():,f}" if whole else f"{number:,}"
