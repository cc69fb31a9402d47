"""What the forms of this part share: reading what was typed, gathering refusals, showing them at their fields."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from django.http import HttpRequest

from laihua.kernel.texts import Reason, Refused, Text

T = TypeVar("T")
MISSING = Text("请填写此项", "Please fill this in")
TOO_MANY = frozenset({"locked_out", "code_too_soon", "codes_used_up", "look_ups_used_up"})


class Gathered:
    """Runs checks one after the other and keeps every reason, so that a page tells all at once."""

    def __init__(self) -> None:
        self.reasons: list[Reason] = []

    def add(self, *reasons: Reason | None) -> None:
        self.reasons += [reason for reason in reasons if reason]

    def of(self, check: Callable[[], T], otherwise: T) -> T:
        try:
            return check()
        except Refused as refused:
            self.reasons += refused.reasons
            return otherwise

    def missing(self, typed: dict[str, str], names: Iterable[str]) -> None:
        self.reasons += [Reason("missing", MISSING, place=name) for name in names if not typed[name]]


def typed(request: HttpRequest, names: Iterable[str]) -> dict[str, str]:
    return {name: request.POST.get(name, "").strip() for name in names}


def told(reasons: Sequence[Reason]) -> dict[str, Any]:
    """`general` stand above the form, `errors` at their fields; where a field has two reasons, the first one."""
    errors: dict[str, Text] = {}
    for reason in reasons:
        if reason.place:
            errors.setdefault(reason.place, reason.text)
    return {"general": [reason for reason in reasons if not reason.place], "errors": errors}


def status_of(reasons: Sequence[Reason], request: HttpRequest) -> int:
    """A piece of a page that a script asked for comes as 200, or it would not be shown."""
    if not reasons or request.headers.get("HX-Request") == "true":
        return 200
    return 429 if any(reason.code in TOO_MANY for reason in reasons) else 422
