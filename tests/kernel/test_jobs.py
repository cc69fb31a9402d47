"""A job goes with the transaction that asks for it, and a failing one is not lost."""

import pytest
from django.db import connection, transaction

from laihua.kernel import jobs

done: list[str] = []


@jobs.task
def write_down(what: str) -> None:
    if what == "fail":
        raise RuntimeError("the gateway is away")
    done.append(what)


@jobs.task
def pass_on(what: str) -> None:
    jobs.defer(write_down.name, what=what)


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    done.clear()


def waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
        return int(cursor.fetchone()[0])


@pytest.mark.req("OPS-3")
@pytest.mark.django_db
def test_a_rollback_takes_the_job_with_it() -> None:
    with transaction.atomic():
        jobs.defer(write_down, what="lost")
        assert waiting() == 1
        transaction.set_rollback(True)
    assert waiting() == 0


@pytest.mark.django_db
def test_waiting_jobs_run_in_order_with_those_that_they_add() -> None:
    jobs.defer(pass_on, what="second")
    jobs.defer(write_down, what="first")
    assert jobs.run_waiting() == 3
    assert done == ["first", "second"]
    assert waiting() == 0


@pytest.mark.req("OPS-3")
@pytest.mark.django_db
def test_a_failing_job_stays_waiting() -> None:
    jobs.defer(write_down, what="fail")
    with pytest.raises(RuntimeError):
        jobs.run_waiting()
    assert waiting() == 1


@pytest.mark.django_db
def test_a_job_for_later_does_not_start(at) -> None:
    from datetime import UTC, datetime, timedelta

    jobs.defer(write_down, at=datetime.now(UTC) + timedelta(hours=1), what="later")
    assert jobs.run_waiting() == 0
