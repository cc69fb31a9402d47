"""`laihua demo`: the whole hall on one machine, with invented people and a clock that can be moved."""

import argparse
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from laihua.commands import processes, tables
from laihua.commands.supervisor import Supervisor
from laihua.commands.surroundings import CommandFault, database_ready, settings_ready
from laihua.kernel import environment, postgres

CHINA = ZoneInfo("Asia/Shanghai")
PORTS_TRIED = 20


def add_to(commands: Any) -> None:
    demo = commands.add_parser("demo", help="run the demo; move its clock; list its accounts",
                               description="Runs the whole hall with invented people until Ctrl-C. Keeps its data.")
    demo.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    demo.set_defaults(run=run_demo)
    more = demo.add_subparsers(metavar="COMMAND", title="further commands, for a demo that runs")
    clock = more.add_parser("clock", help="show or set the demo's clock")
    clock.add_argument("moment", nargs="?", help="such as 2026-10-09T09:00, in China; empty shows the clock")
    clock.set_defaults(run=run_clock)
    accounts = more.add_parser("accounts", help="list the demo's accounts")
    accounts.set_defaults(run=run_accounts)


def run_demo(options: argparse.Namespace) -> int:
    _require_demo()
    os.environ["LAIHUA_PORT"] = str(_port(options.host))
    known = settings_ready()
    with _alone(known.data):
        try:
            database_ready()
            _furnish()
            return _run(options.host, known)
        finally:
            postgres.stop()


def run_clock(options: argparse.Namespace) -> None:
    _require_demo()
    database_ready()
    from laihua.kernel import clock

    if options.moment:
        clock.move_to(_moment(options.moment))
    print(f"{clock.now():%Y-%m-%d %H:%M:%S} 北京时间 China Standard Time")


def run_accounts(_: argparse.Namespace) -> None:
    _require_demo()
    database_ready()
    _print_accounts()


def _require_demo() -> None:
    if os.environ.setdefault("LAIHUA_DEMO", "1").lower() in {"0", "false", "no", "off"}:
        raise CommandFault("LAIHUA_DEMO is 0: this is not a demo. Remove the variable where a demo is wanted.")


def _port(host: str) -> int:
    """The port that was asked for, or the next free one where nobody asked for a certain one."""
    wanted = os.environ.get("LAIHUA_PORT", "").strip()
    if wanted:
        if wanted.isdecimal():
            processes.require_free_port(host, int(wanted))
        return int(wanted) if wanted.isdecimal() else 0
    for port in range(8000, 8000 + PORTS_TRIED):
        if processes.is_free(host, port):
            return port
    raise CommandFault(f"Ports 8000 to {8000 + PORTS_TRIED - 1} are all in use. Choose one: make demo LAIHUA_PORT=9000")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CommandFault(f"{text} is not a moment. Write it as 2026-10-09T09:00.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """One demo for each data folder. The lock goes with the process, however it ends."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandFault(f"A demo runs already on {data}. Stop it, or choose another folder: "
                               "make demo LAIHUA_DATA=other") from None
        yield


def _furnish() -> None:
    """Tables, reference data and services; and the demo's people and cases when the database is new."""
    from laihua.portal.operator import demo

    print("Preparing the database …", flush=True)
    tables.migrate()
    tables.sync()
    if demo.is_built():
        return
    if demo.holds_other_data():
        raise CommandFault("This database holds data that the demo did not make. Give the demo a database of its own, "
                           "or leave LAIHUA_DATABASE_URL empty.")
    print("Building the demo …", flush=True)
    from laihua.kernel import clock

    demo.build(at=clock.now())


def _run(host: str, known: environment.Environment) -> int:
    port = os.environ["LAIHUA_PORT"]
    supervisor = Supervisor({
        "web": ["serve", "--host", host, "--port", port],
        "worker": ["worker"],
        **_portal(host, known),
    }, known.data / "demo.log")
    if not known.database_url:
        # Each process then holds the embedded server itself, so that it stops with the last of them.
        del os.environ["LAIHUA_DATABASE_URL"]
    with supervisor:
        if supervisor.wait_for_port(host, int(port)):
            print(f"\n来华 Laihua: {known.public_url}/   (Ctrl-C 停止 stops; 日志 log: {known.data / 'demo.log'})\n", flush=True)
            _print_accounts()
        return supervisor.wait()


def _portal(host: str, known: environment.Environment) -> dict[str, list[str]]:
    """The portal simulator beside the hall, unless the operator has named portals of his own."""
    if known.portals:
        return {}
    from simulators.portal.furnish import definitions

    port = next((p for p in range(known.port + 100, known.port + 100 + PORTS_TRIED) if processes.is_free(host, p)), 0)
    if not port:
        return {}
    data = known.data / "portal"
    path = known.data / "portals.yaml"
    path.write_text(definitions(f"http://localhost:{port}", data), encoding="utf-8")
    path.chmod(0o600)
    os.environ["LAIHUA_PORTALS"] = str(path)
    return {"portal": ["portal-simulator", "--host", host, "--port", str(port), "--hall", known.public_url,
                       "--data", str(data)]}


def _print_accounts() -> None:
    from laihua.portal.operator import demo

    for line in demo.account_lines():
        print(line, flush=True)
