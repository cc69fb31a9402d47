"""What a paper is worth on a day, and how its code and number are written. Pure."""

import secrets
from datetime import date, datetime
from enum import StrEnum
from ipaddress import ip_address

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_CHARS = 10
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})
_SEPARATORS = str.maketrans("", "", " -–—\u3000\u00a0")


class State(StrEnum):
    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"


def state_on(day: date, *, valid_from: date | None, valid_to: date | None, revoked_at: datetime | None) -> State:
    """The last day counts. What was revoked stays revoked, whatever its dates say."""
    if revoked_at is not None:
        return State.REVOKED
    if valid_from is not None and day < valid_from:
        return State.NOT_YET
    if valid_to is not None and day > valid_to:
        return State.EXPIRED
    return State.VALID


def new_code() -> str:
    """Fifty random bits: nobody finds a paper by trying."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(CODE_CHARS))


def read_code(typed: str) -> str | None:
    """The code as stored, from what a person typed: case, dashes, O for 0 and I or L for 1 do not matter."""
    plain = typed.upper().translate(_SEPARATORS).translate(_READ_AS)
    return plain if len(plain) == CODE_CHARS and set(plain) <= set(CROCKFORD) else None


def read_number(typed: str) -> str | None:
    plain = typed.upper().translate(_SEPARATORS)
    return plain if 8 <= len(plain) <= 32 and plain.isascii() and plain.isalnum() else None


def network_of(address: str) -> str:
    """What counts as one asker: an IPv4 address, or the /64 that one household or office has in IPv6."""
    try:
        packed = ip_address(address).packed
    except ValueError:
        return "unknown"
    return packed.hex() if len(packed) == 4 else packed[:8].hex()


def code_in_groups(code: str) -> str:
    return f"{code[:5]}-{code[5:]}"


def number_in_groups(number: str) -> str:
    """WPX 2026 1125 0482 7: the series, then the digits by fours. Other numbers stay as they are."""
    series = number.rstrip("0123456789")
    digits = number[len(series):]
    if not series.isalpha() or len(digits) < 9:
        return number
    return " ".join([series, *(digits[i:i + 4] for i in range(0, len(digits), 4))])
