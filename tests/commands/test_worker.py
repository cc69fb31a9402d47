"""One worker, two queues: what reads documents holds no other job up, and stops in order."""

import asyncio
import os
import signal
from collections.abc import Iterator
from threading import Event, Lock
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from laihua.commands import processes
from laihua.kernel import jobs
from laihua.prechecks import reading

PATIENCE = 30


@pytest.fixture
def _own_jobs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Only the jobs of the test run, none of those that come by themselves; the signs of the process stay as they are."""
    monkeypatch.setattr(app.periodic_registry, "periodic_tasks", {})
    monkeypatch.setattr(reading, "_leaving", Event())
    handlers = {sign: signal.getsignal(sign) for sign in processes.STOPS}
    names = set(app.tasks)
    yield
    for name in set(app.tasks) - names:
        del app.tasks[name]
    for sign, handler in handlers.items():
        signal.signal(sign, handler)


def work() -> None:
    connector: Any = app.connector
    with app.replace_connector(connector.get_worker_connector()) as working:
        asyncio.run(asyncio.wait_for(processes.work(working, 2), PATIENCE))


def left() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed')")
        return int(cursor.fetchone()[0])


@pytest.mark.req("PRE-7")
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_own_jobs")
def test_documents_are_read_one_at_a_time_beside_the_other_jobs() -> None:
    quick_was_done, lock, under_way, most = Event(), Lock(), set[int](), [0]
    documents = 3

    @app.task(name="tests.read", queue=jobs.READING)
    def read(number: int) -> None:
        with lock:
            under_way.add(number)
            most[0] = max(most[0], len(under_way))
        assert quick_was_done.wait(PATIENCE), "a job waited for a document"
        with lock:
            under_way.discard(number)
        if number == documents:
            os.kill(os.getpid(), signal.SIGTERM)

    @app.task(name="tests.quick")
    def quick() -> None:
        quick_was_done.set()

    for number in range(1, documents + 1):
        jobs.defer(read, number=number)
    jobs.defer(quick)
    work()
    assert most == [1]
    assert left() == 0
    assert reading._leaving.is_set(), "a document under way would have been left off between two pages"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_own_jobs")
def test_a_worker_that_cannot_go_on_ends_with_its_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a worker would be worse than none: whoever watches over it starts another."""
    run = app.run_worker_async

    async def broken(**options: Any) -> None:
        if options["queues"] == [jobs.READING]:
            raise ConnectionError("gone")
        await run(**options)

    connector: Any = app.connector
    with app.replace_connector(connector.get_worker_connector()) as working:
        monkeypatch.setattr(working, "run_worker_async", broken)
        with pytest.raises(ConnectionError):
            asyncio.run(asyncio.wait_for(processes.work(working, 2), PATIENCE))
