"""`laihua migrate`, `laihua sync`: tables, reference data, services and static files brought up to date."""

import argparse
from collections.abc import Sequence
from typing import Any

from laihua.commands.surroundings import CommandFault, database_ready


def add_to(commands: Any) -> None:
    migrate = commands.add_parser("migrate", help="bring the tables up to date",
                                  description="Brings the tables up to date. Safe to repeat.")
    migrate.set_defaults(run=run_migrate)
    sync = commands.add_parser(
        "sync", help="bring services, reference data and static files up to date",
        description="Reads reference/ and services/ into the database and collects static files. Safe to repeat.")
    sync.set_defaults(run=run_sync)
    commands.add_parser("manage", help="Django's own management commands: laihua manage makemigrations cases")


def run_migrate(_: argparse.Namespace) -> None:
    database_ready()
    migrate()


def run_sync(_: argparse.Namespace) -> None:
    database_ready()
    for line in sync():
        print(line)


def manage(arguments: Sequence[str]) -> int:
    database_ready()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["laihua manage", *arguments])
    return 0


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def sync() -> list[str]:
    """Everything that lives in the tree and is used from the database. One line for each part: what is there now."""
    from django.core.management import call_command

    from laihua.cases import actions as cases
    from laihua.catalog import actions as catalog
    from laihua.catalog import queries as services
    from laihua.catalog.loader import NotLoadable
    from laihua.kernel import actions as kernel
    from laihua.kernel import clock
    from laihua.units import actions as units

    at = clock.now()
    years = kernel.import_calendar(at=at)
    try:
        changed = catalog.sync(at=at)
    except NotLoadable as fault:
        raise CommandFault(f"The services are not in order:\n{fault}") from fault
    authorities = units.sync_authorities(at=at)
    windows = cases.sync_windows()
    call_command("collectstatic", interactive=False, verbosity=0)
    return [
        f"calendar: {', '.join(map(str, years)) or 'nothing new'}",
        f"services: {len(services.services())}; new versions: {', '.join(changed) or 'none'}",
        f"authorities: {f'{len(authorities)} new or renamed' if authorities else 'nothing new'}",
        f"windows: {', '.join(windows) or 'none; no authority of reference/windows.yaml is in this hall'}",
        "static files: collected",
    ]
