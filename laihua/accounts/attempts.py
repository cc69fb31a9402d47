"""Counting attempts before they are made, so that many at once cannot slip through together.

An attempt is counted first and judged by the count that comes back. Up to the limit every attempt renews the window;
from then on the window stands, so that a lock ends. Only keyed hashes are stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from laihua.accounts.rules import Limit
from laihua.kernel.crypto import blind_index

_COUNT = """
INSERT INTO accounts_tally AS held (key, count, expires_at) VALUES (%s, 1, %s)
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN held.expires_at <= %s THEN 1 ELSE held.count + 1 END,
  expires_at = CASE WHEN held.expires_at <= %s OR held.count < %s THEN excluded.expires_at ELSE held.expires_at END
RETURNING count, expires_at
"""


@dataclass(frozen=True, slots=True)
class Counted:
    """What one attempt counts against: `kind` names the limit, `value` whom it is about."""

    kind: str
    value: str
    limit: Limit

    @property
    def key(self) -> bytes:
        return blind_index(f"attempt:{self.kind}", self.value.encode().hex() or "0")


def count(attempts: Sequence[Counted], *, at: datetime) -> datetime | None:
    """Count this attempt. None when it may be made, otherwise the moment from which one may try again."""
    until = [_count(attempt, at) for attempt in sorted(attempts, key=lambda attempt: attempt.key)]
    return max((moment for moment in until if moment), default=None)


def forgive(*, cleared: Counted, also: Sequence[Counted] = ()) -> None:
    """After a success: `cleared` starts anew, and of the others this one attempt is taken back."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_tally WHERE key = %s", [cleared.key])
        for attempt in also:
            cursor.execute("UPDATE accounts_tally SET count = greatest(count - 1, 0) WHERE key = %s", [attempt.key])


def forget_expired(*, at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_tally WHERE expires_at <= %s", [at])
        return int(cursor.rowcount)


def _count(attempt: Counted, at: datetime) -> datetime | None:
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNT,
            [attempt.key, at + attempt.limit.pause, at, at, attempt.limit.failures],
        )
        number, expires_at = cursor.fetchone()
    return expires_at if number > attempt.limit.failures else None
