"""What apps above and below tell the catalogue, so that it can check services without importing them."""

from collections.abc import Iterable

guards: frozenset[str] = frozenset()
start_guards: frozenset[str] = frozenset()
effects: frozenset[str] | None = None

# What a condition, a source or a prefill may name, all text: about the unit that files and whoever started the case for it
# (`handler`), about the person who files for himself, or about the one on the roster.
FACTS: dict[str, frozenset[str]] = {
    "unit": frozenset({
        "name", "name_en", "credit_code", "kind", "registered_address", "filed_until", "representative_name", "contact_name",
        "contact_phone",
        # 主管外专局 of its approved profile in the service's system: code, level, and the code of the province above a city
        "authority", "authority_level", "authority_parent",
    }),
    "person": frozenset({
        "login_name", "name", "name_zh", "name_latin", "phone", "email", "document_type", "document_number", "real_name_status",
        "employer", "employer_code",    # by the list of the office that handles the service's system
    }),
    "handler": frozenset({"login_name", "name", "phone", "email"}),
    # The foreigner on the unit's roster whom the case is about (`about: staff`), by the keys under which forms ask the same.
    "staff": frozenset({
        "surname", "given_names", "chinese_name", "sex", "birth_date", "nationality", "passport_type", "passport_number",
        "passport_issue", "passport_expiry", "marital", "email", "mobile_cn", "overseas_phone", "position", "position_en",
        "occupation", "duties", "work_address", "hire_type", "contract_from", "contract_to", "months_per_year", "salary_monthly",
        "pay_source", "salary_monthly_domestic", "category", "clause", "permit_number", "permit_from", "permit_to",
        "visa_type", "visa_number", "visa_expiry",
        "extension_opens", "extension_closes",  # first and last day to file an extension, see reference/roster.yaml
    }),
}

# What is known of any case that another one is about, beside the answers that the service names.
OF_A_CASE = frozenset({"number", "service", "decided_on"})

# What the sentences of a notice may name. None of it is personal data.
NOTICE_VALUES = frozenset({
    "case_number", "service", "unit", "due_on", "promised_on", "reason_count", "window", "slot", "permit_number", "link", "automatic_at",
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
