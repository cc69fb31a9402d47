"""What apps above and below tell the catalogue, so that it can check services without importing them."""

from collections.abc import Iterable

guards: frozenset[str] = frozenset()
start_guards: frozenset[str] = frozenset()
effects: frozenset[str] | None = None

# What a condition or a source may name about the unit that files and the person who fills in, all text.
FACTS: dict[str, frozenset[str]] = {
    "unit": frozenset({"name", "name_en", "credit_code", "registered_address", "contact_name", "contact_phone"}),
    "handler": frozenset({"name", "phone", "email"}),
}

# What the sentences of a notice may name. None of it is personal data.
NOTICE_VALUES = frozenset({
    "case_number", "service", "unit", "due_on", "promised_on", "reason_count", "window", "slot", "permit_number", "link",
})


def register_guards(names: Iterable[str], at_start: Iterable[str]) -> None:
    """Called when the app of cases is ready. Until then services are not checked for guards.

    `at_start`: those that can be asked before there is a case.
    """
    global guards, start_guards
    guards, start_guards = frozenset(names), frozenset(at_start)


def register_effects(names: Iterable[str]) -> None:
    """Called when the app of cases is ready. Until then services are not checked for effects."""
    global effects
    effects = frozenset(names)
