"""How often one asker checks papers. Addresses are kept as a keyed hash, for an hour."""

from datetime import datetime

from django.db import connection

from laihua.kernel.crypto import blind_index
from laihua.permits.models import LookUps
from laihua.permits.rules import network_of

PER_MINUTE = 30


def count_look_up(*, address: str, at: datetime) -> int:
    """Count one look-up of this address; returns 0, or the seconds to wait where it has asked too often this minute."""
    minute = at.replace(second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO permits_lookups AS l (address, minute, count) VALUES (%s, %s, 1) "
            "ON CONFLICT (address, minute) DO UPDATE SET count = l.count + 1 RETURNING count",
            [blind_index("client_address", network_of(address)), minute],
        )
        count = int(cursor.fetchone()[0])
    return 60 - at.second if count > PER_MINUTE else 0


def forget_look_ups(*, before: datetime) -> int:
    return LookUps.objects.filter(minute__lt=before).delete()[0]
