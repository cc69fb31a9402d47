"""The authorities of reference/authorities.yaml as organisations of this hall."""

from datetime import datetime
from functools import cache
from typing import Any

import yaml
from django.conf import settings
from django.db import connection, transaction

from laihua.accounts import actions as accounts
from laihua.accounts import queries
from laihua.accounts.permissions import SYSTEM
from laihua.units.models import Jurisdiction

LOCK = 7_240_012


@transaction.atomic
def sync_authorities(*, at: datetime) -> list[str]:
    """An organisation of each entry, named as it is now; returns the codes that are new or were renamed.

    Safe to repeat and to run twice at once. One that left the file stays, for cases and grants hang on it. What an entry
    `handles` comes to it where no office has been assigned for the whole country.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    known = {one.code: one for one in queries.organisations("authority")}
    changed = []
    for entry in entries():
        parent, one = known.get(entry.get("parent", "")), known.get(entry["code"])
        if one is None:
            known[entry["code"]] = one = accounts.create_organisation(
                kind="authority", code=entry["code"], name_zh=entry["zh"], name_en=entry["en"], parent=parent, actor=SYSTEM, at=at
            )
            changed.append(one.code)
        elif (one.name_zh, one.name_en, one.parent_id) != (entry["zh"], entry["en"], parent.id if parent else None):
            accounts.name_authority(
                organisation_id=one.id, name_zh=entry["zh"], name_en=entry["en"], parent=parent, actor=SYSTEM, at=at
            )
            changed.append(one.code)
        for system in entry.get("handles", "").split():
            Jurisdiction.objects.get_or_create(system=system, region="", defaults={"office_id": one.id})
    return changed


@cache
def entries() -> list[dict[str, Any]]:
    """As they stand in the file, parents first; `laihua check services` finds what is wrong with them."""
    path = settings.BASE_DIR / "reference" / "authorities.yaml"
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["entries"]
    return found
