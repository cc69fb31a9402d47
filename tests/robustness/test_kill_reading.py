"""A worker that is killed while it reads a document: nothing is lost, the job is taken up again.

A real worker, a real SIGKILL, a real document. It is held up at its second page by a lock of the test, not by time.
"""

import os
import signal
from datetime import datetime

import psycopg
import pytest
from django.db import connection

from laihua.cases import actions
from laihua.cases.models import DocumentRead
from laihua.kernel import clock
from laihua.prechecks.remembered import document_of
from tests import world as building
from tests.cases.prechecks import paper
from tests.robustness.test_kill import address, ask, wait_until, worker

LOCK = 20261112
HOLD = f"""
CREATE FUNCTION hold_reading() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_advisory_xact_lock({LOCK}); RETURN NEW; END $$;
CREATE TRIGGER hold_reading BEFORE UPDATE ON cases_documentread FOR EACH ROW WHEN (NEW.pages_read = 2) EXECUTE FUNCTION hold_reading();
"""
LET_GO = "DROP TRIGGER hold_reading ON cases_documentread; DROP FUNCTION hold_reading()"
HELD = f"SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory' AND objid = {LOCK}"
DOING = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'cases.jobs.read_document' AND status = 'doing'"


@pytest.mark.req("PRE-7", "OPS-3")
@pytest.mark.django_db(transaction=True)
def test_a_document_is_read_after_the_worker_was_killed(at: datetime) -> None:
    world, now = building.build(at), clock.now()
    case = building.draft(world, now, building.complete_answers())
    actions.upload_material(
        case_id=case.id, key="contract", name="contract.pdf", content=paper("labour_contract")[1], actor=world.handler, at=now)
    with connection.cursor() as cursor:
        cursor.execute(HOLD)
    try:
        with psycopg.connect(address()) as holding:
            holding.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            with worker() as first:
                wait_until(lambda: ask(HELD), first)
                os.kill(first.pid, signal.SIGKILL)
                first.wait()
    finally:
        with connection.cursor() as cursor:
            cursor.execute(LET_GO)
    read = DocumentRead.objects.get()
    assert (read.state, read.found) == ("reading", None)
    assert ask(DOING) == 1, "nobody could tell that it was not read"
    with connection.cursor() as cursor:     # the time after which a silent worker counts as dead
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 hour'")
    with worker() as second:
        wait_until(lambda: DocumentRead.objects.get().state == "done", second)
    read.refresh_from_db()
    found = document_of(read.found)
    assert (read.pages_read, read.partial, read.problem) == (found.pages, None, None)
    assert [page.number for page in found.leaves] == list(range(1, found.pages + 1))
    assert found.kind("labour_contract") is not None
