"""Jobs: what is done after the transaction that asks for it, by a worker, at least once.

An app declares its jobs in its own `jobs.py`; the worker finds them there by itself. A job that fails is tried again
with growing pauses; after the last try it stays in the table as failed and is never lost.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.module_loading import autodiscover_modules
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager
from procrastinate.tasks import Task

from laihua.kernel import actions, clock

AnyTask = Task[Any, Any, Any]
TRIES = 8           # pauses of 3, 9, 27 … seconds: a gateway may be away for almost three hours
PAUSE = 3
READING = "reading"
"""The queue of those that read documents: seconds of all cores for each."""

# Inside a worker the app speaks over a connection of its own; a job must go with the caller's transaction all the same.
_in_transaction = JobManager(DjangoConnector())


def _name(function: Callable[..., None]) -> str:
    return f"{function.__module__.removeprefix('laihua.')}.{function.__name__}"


def task(function: Callable[..., None]) -> AnyTask:
    """Declares a job. Its arguments are JSON: identifiers, never personal data. Running it twice must do no harm."""
    return task_in("default")(function)


def task_in(queue: str) -> Callable[[Callable[..., None]], AnyTask]:
    """The same in a queue of its own, so that no other job waits for it: `@task_in(READING)`."""
    retry = RetryStrategy(max_attempts=TRIES, exponential_wait=PAUSE)
    return lambda function: app.task(name=_name(function), queue=queue, retry=retry)(function)


def periodic(cron: str) -> Callable[[Callable[[], None]], AnyTask]:
    """Declares a job that runs by itself, one at a time: `@periodic("*/5 * * * *")`; six columns add seconds."""

    def declare(function: Callable[[], None]) -> AnyTask:
        @wraps(function)
        def run(timestamp: int) -> None:
            function()

        name = _name(function)
        return app.periodic(cron=cron)(app.task(name=name, lock=name, pass_context=False)(run))

    return declare


def defer(
    task: AnyTask | str, *, at: datetime | None = None, lock: str | None = None, queue: str | None = None, **arguments: Any
) -> int:
    """Put a job on the list in the caller's transaction: it goes with a rollback and comes with the commit.

    `task` may be its name, `cases.jobs.announce`, where importing it would go round in a circle. `at` is a moment of
    the real clock before which it does not start. Two jobs with one `lock` never run together. `queue`: that of a task
    which is named, since this process may not know it.
    """
    plain = {key: str(value) if isinstance(value, UUID) else value for key, value in arguments.items()}
    name = task if isinstance(task, str) else task.name
    job = app.configure_task(name, allow_unknown=True, lock=lock, schedule_at=at, **({"queue": queue} if queue else {})).job
    return JobDeferrer(_in_transaction, job).defer(**plain)


@periodic("55 15 * * *")
def seal_the_day() -> None:
    """Five minutes before midnight in China; cron counts in UTC."""
    actions.seal_day(at=clock.now())


_ABANDONED = """
UPDATE procrastinate_jobs SET status = 'todo', attempts = attempts + 1, scheduled_at = NULL, worker_id = NULL
WHERE id IN (
  SELECT job.id FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
  WHERE job.status = 'doing' AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s))
  FOR UPDATE OF job SKIP LOCKED
)
"""
SILENT = timedelta(minutes=1)
"""A worker says every ten seconds that it lives."""


@app.periodic(cron="* * * * * */30")
@app.task(name="kernel.jobs.take_up_abandoned", pass_context=False)
def take_up_abandoned(timestamp: int = 0) -> None:
    """Jobs whose worker was killed go back on the list. Without a lock of its own: that one could be left behind too."""
    with connection.cursor() as cursor:
        cursor.execute(_ABANDONED, [SILENT.total_seconds()])


def find() -> None:
    """Import every app's `jobs.py`, so that this process knows all jobs and the times of the periodic ones."""
    autodiscover_modules("jobs")


def run_waiting(*, reading: bool = False) -> int:
    """Do every job that is due in this process, and those which they add; how many. For tests and the demo's making.

    A failing job raises and stays waiting. Documents are left for the worker unless `reading` says otherwise.
    """
    find()
    done = 0
    while _run_next("" if reading else READING):
        done += 1
    return done


def _run_next(but: str) -> bool:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, task_name, args FROM procrastinate_jobs"
                " WHERE status = 'todo' AND queue_name <> %s AND (scheduled_at IS NULL OR scheduled_at <= clock_timestamp())"
                " ORDER BY priority DESC, id LIMIT 1 FOR UPDATE SKIP LOCKED",
                [but],
            )
            row = cursor.fetchone()
        if row is None:
            return False
        job_id, name, arguments = row
        app.tasks[name].func(**_decoded(arguments))
        with connection.cursor() as cursor:
            cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'succeeded', false)", [job_id])
    return True


def _decoded(arguments: Any) -> dict[str, Any]:
    return json.loads(arguments) if isinstance(arguments, str) else arguments
