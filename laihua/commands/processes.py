"""`laihua serve` and `laihua worker`: the two kinds of process. Start as many of each as the load needs."""

import argparse
import asyncio
import logging
import signal
import socket
from typing import Any

from laihua.commands.surroundings import CommandFault, database_ready
from laihua.kernel import postgres

STOPS = (signal.SIGINT, signal.SIGTERM)
OTHERS = ("default", "builtin")
"""The queues beside that of reading."""


def add_to(commands: Any) -> None:
    serve = commands.add_parser("serve", help="answer the web", description="Answers the web until it is stopped.")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    serve.add_argument("--port", type=int, help="port to listen on (default: LAIHUA_PORT)")
    serve.add_argument("--processes", type=int, default=1, help="web processes (default: %(default)s)")
    serve.set_defaults(run=run_serve)
    worker = commands.add_parser("worker", help="do the jobs", description="Does jobs until it is stopped.")
    worker.add_argument("--concurrency", type=int, default=4, help="jobs at a time (default: %(default)s)")
    worker.set_defaults(run=run_worker)


def run_serve(options: argparse.Namespace) -> None:
    """Plain WSGI with a fixed number of blocking threads."""
    known = database_ready()
    port = options.port or known.port
    require_free_port(options.host, port)
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    try:
        Server(
            "config.wsgi:application",
            address=options.host,
            port=port,
            interface=Interfaces.WSGI,
            workers=options.processes,
            blocking_threads=known.web_threads,
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
            workers_kill_timeout=10,
            websockets=False,
        ).serve()
    finally:
        postgres.stop()


def run_worker(options: argparse.Namespace) -> None:
    database_ready()
    from procrastinate.contrib.django import app

    from laihua.kernel import jobs

    jobs.find()
    jobs.take_up_abandoned()
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    connector: Any = app.connector
    try:
        with app.replace_connector(connector.get_worker_connector()) as working:
            asyncio.run(work(working, options.concurrency))
    finally:
        postgres.stop()


async def work(app: Any, concurrency: int) -> None:
    """Two workers in one: one document at a time is read beside the other jobs, and none of them waits for it.

    Until SIGTERM or Ctrl-C. What is under way then has ten seconds; a document is left off between two pages.
    """
    from laihua.kernel.jobs import READING
    from laihua.prechecks import reading

    async with app.open_async():
        common = {"shutdown_graceful_timeout": 10, "delete_jobs": "successful", "install_signal_handlers": False}
        workers = {
            asyncio.ensure_future(app.run_worker_async(queues=list(OTHERS), concurrency=concurrency, **common)),
            asyncio.ensure_future(app.run_worker_async(queues=[READING], concurrency=1, name=READING, **common)),
        }
        loop = asyncio.get_running_loop()

        def stop() -> None:
            for sign in STOPS:
                loop.remove_signal_handler(sign)
            reading.leave_off()
            for worker in workers:
                worker.cancel()

        for sign in STOPS:
            loop.add_signal_handler(sign, stop)
        ended, under_way = await asyncio.wait(workers, return_when=asyncio.FIRST_COMPLETED)
        stop()
        if under_way:
            await asyncio.wait(under_way)
        for worker in ended | under_way:
            if not worker.cancelled():
                worker.result()                 # raises what it died of


def require_free_port(host: str, port: int) -> None:
    if not is_free(host, port):
        raise CommandFault(
            f"Port {port} is in use by another program. Stop it, or choose another port: LAIHUA_PORT={port + 1}"
        )


def is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
