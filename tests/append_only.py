"""Tests that commit empty all tables afterwards: those too whose triggers refuse it to everybody else, and the jobs."""

from typing import Any

from django.db.backends.postgresql.operations import DatabaseOperations

_EACH = """
DO $$ DECLARE protected regclass; BEGIN
    FOR protected IN SELECT tgrelid::regclass FROM pg_trigger WHERE tgname = 'append_only' LOOP
        EXECUTE format('ALTER TABLE %s {} TRIGGER append_only', protected);
    END LOOP;
END $$
"""
OPEN, CLOSE = _EACH.replace("{}", "DISABLE"), _EACH.replace("{}", "ENABLE")

JOBS = "TRUNCATE procrastinate_jobs CASCADE"


def let_flush_empty_protected_tables() -> None:
    flush = DatabaseOperations.execute_sql_flush

    def execute_sql_flush(self: Any, sql_list: list[str]) -> Any:
        return flush(self, [OPEN, JOBS, *sql_list, CLOSE])

    DatabaseOperations.execute_sql_flush = execute_sql_flush  # type: ignore[method-assign]
