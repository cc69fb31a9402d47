"""The demo: invented people and their cases, made through the actions that real people use.

The database itself carries the mark of a demo, so that a demo never mixes with real data.
"""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import connection, transaction

MARK = "laihua demo"


def is_built() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description('public'::regnamespace, 'pg_namespace')")
        return bool(cursor.fetchone()[0] == MARK)


def holds_other_data() -> bool:
    return not is_built() and get_user_model()._default_manager.exists()


@transaction.atomic
def build(*, at: datetime) -> None:
    """Make the demo as of this moment, all of it or nothing."""
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON SCHEMA public IS '{MARK}'")


def account_lines() -> list[str]:
    """One line for each account that a visitor may use: name, password, what it can do."""
    return []
