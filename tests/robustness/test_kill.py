"""A worker that is killed between the decision and the permit: the permit comes out once, after the restart.

A real worker in a process of its own, a real SIGKILL. The test waits for states of the database, never for time.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from laihua import cli
from laihua.cases import actions as cases
from laihua.cases.models import Proceeding
from laihua.kernel import clock
from laihua.notifications.models import InboxMessage
from laihua.permits.models import Issued, Order
from tests.permits.world import make_world

ROOT = Path(cli.__file__).parent.parent
PATIENCE = 60
BLOCKED = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'permits_issued'::regclass"
DOING = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'permits.jobs.make_papers' AND status = 'doing'"
LEFT = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND task_name = ANY(%s)"
FOLLOWS = ["permits.jobs.make_papers", "cases.jobs.announce"]


def address() -> str:
    known = connection.get_connection_params()
    return psycopg.conninfo.make_conninfo(
        "", **{name: known[name] for name in ("host", "port", "user", "password", "dbname") if known.get(name)}
    )


def url() -> str:
    """The database of the tests, as the worker is told it."""
    from urllib.parse import quote

    known = psycopg.conninfo.conninfo_to_dict(address())
    host = quote(str(known.get("host", "")), safe="")
    return f"postgresql://{known.get('user', '')}@/{known['dbname']}?host={host}&port={known.get('port', 5432)}"


@contextmanager
def worker() -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "laihua.cli", "worker"], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=os.environ | {"LAIHUA_DATABASE_URL": url(), "LAIHUA_DATA": str(settings.DATA_DIR), "LAIHUA_DEMO": "1"},
    )
    watch = threading.Timer(PATIENCE, process.kill)
    watch.start()
    try:
        yield process
    finally:
        watch.cancel()
        process.kill()
        process.wait()


def wait_until(holds: Callable[[], Any], process: subprocess.Popen[bytes]) -> None:
    """Asks the database again and again; it is the worker's end, not a clock, that ends the waiting."""
    breath = threading.Event()
    while not holds():
        breath.wait(0.02)
        assert process.poll() is None, "the worker ended before its work was done"


def ask(statement: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return int(cursor.fetchone()[0])


@pytest.mark.req("OPS-3", "WP-8")
@pytest.mark.django_db(transaction=True)
def test_the_permit_comes_out_once_after_the_worker_was_killed(at: datetime) -> None:
    world = make_world(at)
    cases.move(case_id=world.case.id, move="approve", actor=world.decider, at=clock.now())
    with psycopg.connect(address()) as holding:
        holding.execute("LOCK TABLE permits_issued IN SHARE MODE")   # the paper is made and signed, and cannot be kept
        with worker() as first:
            wait_until(lambda: ask(BLOCKED), first)
            os.kill(first.pid, signal.SIGKILL)
            first.wait()
    assert ask(DOING) == 1, "nobody could tell that the job was not done"
    assert not Issued.objects.exists()
    assert Order.objects.filter(done_at=None).exists()
    with connection.cursor() as cursor:     # the time after which a silent worker counts as dead
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 hour'")
    with worker() as second:
        wait_until(lambda: ask(LEFT, FOLLOWS) == 0 and Proceeding.objects.get(case=world.case).step == "issued", second)
    assert Issued.objects.filter(kind="permit").count() == 1
    assert Issued.objects.get(kind="permit").number.startswith("WPX202")
    assert not Order.objects.filter(done_at=None).exists()
    assert world.case.events.filter(move="issue").count() == 1
    keys = list(InboxMessage.objects.values_list("key", flat=True))
    assert len(keys) == len(set(keys))
