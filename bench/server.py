"""The PostgreSQL that everything is measured on, and what its processes cost."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import psycopg

HALL, COPY = "laihua_bench", "laihua_bench_copy"


@dataclass(frozen=True, slots=True)
class Server:
    """`postmaster` is None where the server runs on another machine: then its processor time cannot be read."""

    address: str
    version: str
    durability: str
    postmaster: int | None

    def to(self, database: str) -> str:
        return urlsplit(self.address)._replace(path=f"/{database}").geturl()

    def run(self, statement: str) -> None:
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(statement)

    def make(self, database: str, template: str = "template0") -> None:
        self.drop(database)
        self.run(f"CREATE DATABASE {database} TEMPLATE {template}")

    def drop(self, database: str) -> None:
        self.run(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def wait_until_left(self, database: str) -> None:
        """Until the last server process of that database has ended, so that its time is counted."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            while connection.execute("SELECT 1 FROM pg_stat_activity WHERE datname = %s", [database]).fetchone():
                time.sleep(0.01)

    def seconds(self) -> float:
        """Processor time of all its processes so far, those that ended included."""
        if self.postmaster is None:
            return 0.0
        main = psutil.Process(self.postmaster)
        times = main.cpu_times()
        total = times.user + times.system + times.children_user + times.children_system
        for child in main.children():
            try:
                own = child.cpu_times()
                total += own.user + own.system
            except psutil.NoSuchProcess:
                continue
        return float(total)


@contextmanager
def hall() -> Iterator[Server]:
    """A database of its own, with every table, in a server that LAIHUA_DATABASE_URL names or that starts for this run.

    Django's settings are read here for the first time: nothing of laihua that has a table is imported before.
    """
    named = os.environ.get("LAIHUA_DATABASE_URL", "")
    folder = Path(tempfile.mkdtemp(prefix="laihua-bench-"))
    from laihua.kernel import postgres

    try:
        address = named or postgres.database_url(folder)
        server = described(address)
        server.make(HALL)
        os.environ |= {
            "LAIHUA_DATABASE_URL": server.to(HALL), "LAIHUA_DEMO": "1", "LAIHUA_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        yield server
    finally:
        close_connection()
        if named:
            for database in (HALL, COPY):
                described(named).drop(database)
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)


def close_connection() -> None:
    from django.conf import settings

    if settings.configured:
        from django.db import connection

        connection.close()


def described(address: str) -> Server:
    with psycopg.connect(address, autocommit=True) as connection:
        def show(name: str) -> str:
            return connection.execute(f"SHOW {name}").fetchone()[0]  # type: ignore[index]

        durability = ", ".join(f"{name} {show(name)}" for name in ("fsync", "synchronous_commit", "full_page_writes"))
        pid_file = Path(show("data_directory")) / "postmaster.pid"
        local = pid_file.exists() and psutil.pid_exists(pid := int(pid_file.read_text().split("\n", 1)[0]))
        return Server(address, show("server_version"), durability, pid if local else None)
