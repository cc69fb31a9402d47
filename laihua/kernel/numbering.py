"""Numbers that are given once, in order and without gaps."""

from datetime import date

from django.db import connection
from django.db.transaction import TransactionManagementError
from stdnum import damm


def next_number(series: str) -> int:
    """The next number of a series, from 1. It comes with the commit and goes with the rollback of the caller.

    Until then the series is locked for everybody else, so take the number late in the transaction.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("A number without gaps is taken inside a transaction.")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_series AS s (name, last) VALUES (%s, 1) "
            "ON CONFLICT (name) DO UPDATE SET last = s.last + 1 RETURNING last",
            [series],
        )
        return int(cursor.fetchone()[0])


def case_number(prefix: str, day: date) -> str:
    """`WP-20261112-0482`: counted per prefix and day."""
    return f"{prefix}-{day:%Y%m%d}-{next_number(f'case:{prefix}:{day:%Y%m%d}'):04d}"


def permit_number(series: str, day: date) -> str:
    """`WPX2026112504827`: series, day, number of the day, and a check digit (Damm) over all that stands before it."""
    body = f"{series}{day:%Y%m%d}{next_number(f'permit:{series}:{day:%Y%m%d}'):04d}"
    return body + damm.calc_check_digit(_digits(body))


def is_permit_number(number: str) -> bool:
    """Whether the check digit agrees: every mistyped digit and every swap of two neighbours is found."""
    return number.isascii() and number.isalnum() and len(number) > 1 and damm.is_valid(_digits(number))


def _digits(number: str) -> str:
    """Letters as 10 to 35, as in an IBAN."""
    return "".join(str(int(character, 36)) for character in number)
