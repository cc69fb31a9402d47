"""`laihua check`: everything that can be known to be wrong before somebody meets it. Prints every fault at once."""

import argparse
import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from laihua.commands.surroundings import database_ready, settings_ready
from laihua.kernel import environment

ROOT = Path(__file__).resolve().parent.parent.parent
OLDEST_POSTGRESQL = 15


def add_to(commands: Any) -> None:
    check = commands.add_parser(
        "check", help="find faults in services, settings and deployment",
        description="Prints every fault with its place and remedy. Exit status 1 when there is one.")
    check.add_argument("what", nargs="?", choices=[*CHECKS, "all"], default="all",
                       help="services: definitions; settings: LAIHUA_* variables; deployment: database, keys, "
                            "calendar, security; reference: data of pages (default: all)")
    check.add_argument("--folder", type=Path, default=ROOT / "services", help="where the services lie (default: services)")
    check.set_defaults(run=run_check)


def run_check(options: argparse.Namespace) -> int:
    faults = 0
    folder = getattr(options, "folder", ROOT / "services")
    for name in CHECKS if options.what == "all" else [options.what]:
        found = list(service_faults(folder) if name == "services" else CHECKS[name]())
        print(f"{name}: {'in order' if not found else f'{len(found)} to mend'}")
        for fault in found:
            print(f"  {fault}")
        faults += len(found)
    return 1 if faults else 0


def service_faults(folder: Path = ROOT / "services") -> Iterator[str]:
    """One line for each fault of each folder: file:line: what is wrong. The remedy."""
    _settings_for_checks()
    from laihua.catalog import checks

    yield from (str(fault).replace(f"{ROOT}/", "", 1) for fault in checks.check_all(folder))


def reference_faults() -> Iterator[str]:
    """The data that pages read from reference/."""
    _settings_for_checks()
    from laihua.catalog import consents
    from laihua.portal import systems

    yield from systems.faults()
    yield from consents.faults()


def setting_faults() -> Iterator[str]:
    try:
        known = settings_ready()
    except environment.EnvironmentFault as fault:
        yield from fault.faults
        return
    for variable in environment.VARIABLES:
        print(f"  {variable.name} = {_shown(variable, known)}  ({variable.what})")


def _shown(variable: environment.Variable, known: environment.Environment) -> str:
    value = dataclasses.asdict(known)[variable.attribute]
    if not value:
        return "(empty)"
    if variable.make is not None or "SECRET" in variable.name or "@" in str(value):
        return "(set)"
    return ",".join(value) if isinstance(value, tuple) else str(value)


def deployment_faults() -> Iterator[str]:
    try:
        known = database_ready()
    except environment.EnvironmentFault as fault:
        yield from fault.faults
        return
    yield from _database_faults()
    yield from _calendar_faults()
    yield from _key_faults(known)
    if known.demo:
        yield "LAIHUA_DEMO is on: development keys, no encrypted transport, a movable clock. Never with real data."
    else:
        yield from _django_faults()


def _database_faults() -> Iterator[str]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    connection.ensure_connection()
    version = connection.pg_version // 10000  # type: ignore[attr-defined]
    if version < OLDEST_POSTGRESQL:
        yield f"The database is PostgreSQL {version}. Use {OLDEST_POSTGRESQL} or later."
    executor = MigrationExecutor(connection)
    if waiting := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield f"{len(waiting)} changes of tables are waiting. Run `laihua migrate`."


def _calendar_faults() -> Iterator[str]:
    from laihua.kernel import clock, queries

    year = clock.today().year
    if not queries.working_calendar().is_published(year):
        yield f"The calendar of {year} is not published. Run `laihua sync`, or `laihua calendar import FILE`."


def _key_faults(known: environment.Environment) -> Iterator[str]:
    if known.demo:
        return
    for name, path in (("LAIHUA_SIGNING_CERTIFICATE", known.signing_certificate),
                       ("LAIHUA_SIGNING_KEY", known.signing_key)):
        if not path.is_file():
            yield f"{name}: there is no file {path}. Put the PEM file there or correct the variable."
        elif path == known.signing_key and path.stat().st_mode & 0o077:
            yield f"{name}: others can read {path}. Run `chmod 600 {path}`."


def _django_faults() -> Iterator[str]:
    from django.core.checks import WARNING, run_checks

    for message in run_checks(include_deployment_checks=True):
        if message.level >= WARNING:
            yield f"{message.id}: {message.msg} {message.hint or ''}".rstrip()


def _settings_for_checks() -> None:
    """Definitions are checked on a developer's machine too, where nothing is set and no database runs."""
    import os

    from laihua.commands.surroundings import django_ready

    os.environ.setdefault("LAIHUA_DEMO", "1")
    settings_ready()
    django_ready()


CHECKS: dict[str, Callable[[], Iterator[str]]] = {
    # In this order: what is looked at first starts what the next one needs.
    "settings": setting_faults, "deployment": deployment_faults, "services": service_faults,
    "reference": reference_faults,
}
