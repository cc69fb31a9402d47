"""Personal values as those see them who need to recognise but not to know them.

The number of stars says nothing about the length, except for numbers whose length everybody knows. A value too short to
hide enough is hidden whole.
"""

from collections.abc import Callable

HIDDEN = 3


def mask(kind: str, value: str) -> str:
    """Raises ValueError for a kind that has no rule, so that nothing is shown by a slip of the pen."""
    if kind not in _RULES:
        raise ValueError(f"{kind!r} has no rule of masking; there are {', '.join(sorted(_RULES))}")
    value = value.strip()
    return _RULES[kind](value) if value else ""


def _name_zh(value: str) -> str:
    return f"{value[0]}**" if len(value) > 1 else "**"


def _name_latin(value: str) -> str:
    """`LINDQVIST S*****`: the family name stands first, or before a comma."""
    before, comma, after = value.partition(",") if "," in value else value.partition(" ")
    family, given = (before.strip(), after.strip()) if comma else ("", value)
    if not given:
        family, given = "", family
    return " ".join(part for part in (family, f"{given[:1]}*****") if part)


def _ends(head: int, tail: int) -> Callable[[str], str]:
    def rule(value: str) -> str:
        compact = "".join(character for character in value if character.isalnum() or character == "+")
        hidden = len(compact) - head - tail
        return compact[:head] + "*" * hidden + compact[-tail:] if hidden >= HIDDEN else "*" * len(compact)

    return rule


def _mobile(value: str) -> str:
    """A number of the mainland without its country code; another one keeps `+` and two digits."""
    compact = "".join(character for character in value if character.isdigit() or character == "+")
    for prefix in ("+86", "0086"):
        if compact.startswith(prefix) and len(compact) == len(prefix) + 11:
            compact = compact.removeprefix(prefix)
    return _ends(3, 4)(compact)


def _email(value: str) -> str:
    local, at, domain = value.rpartition("@")
    if not at:
        return "***"
    return f"{local[0] if len(local) > 1 else ''}***@{domain}"


def _bank_account(value: str) -> str:
    digits = "".join(character for character in value if character.isalnum())
    return f"**** {digits[-4:]}" if len(digits) >= 4 + HIDDEN else "****"


def _login_name(value: str) -> str:
    return f"{value[:min(5, len(value) // 2)]}****"


_RULES: dict[str, Callable[[str], str]] = {
    "name_zh": _name_zh,
    "name_latin": _name_latin,
    "identity_card": _ends(4, 4),
    "passport": _ends(2, 2),
    "mobile": _mobile,
    "email": _email,
    "bank_account": _bank_account,
    "login_name": _login_name,
}

KINDS = frozenset(_RULES)
