"""What apps above and below tell the catalogue, so that it can check services without importing them."""

from collections.abc import Iterable

guards: frozenset[str] = frozenset()
start_guards: frozenset[str] = frozenset()
effects: frozenset[str] | None = None

# What a condition, a source or a prefill may name, all text: about the unit that files and whoever started the case for it
# (`handler`), or about the person who files for himself.
FACTS: dict[str, frozenset[str]] = {
    "unit": frozenset({
        "name", "name_en", "credit_code", "kind", "registered_address", "filed_until", "representative_name", "contact_name",
        "contact_phone",
        "authority",    # 主管外专局 of its approved profile in the service's system; for the profiles of its people
    }),
    "person": frozenset({
        "login_name", "name", "name_zh", "name_latin", "phone", "email", "document_type", "document_number", "real_name_status",
    }),
    "handler": frozenset({"login_name", "name", "phone", "email"}),
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
