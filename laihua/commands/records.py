"""`laihua audit` and `laihua calendar`: the trail that shows tampering, and the years of working days."""

import argparse
from pathlib import Path
from typing import Any

from laihua.commands.surroundings import CommandFault, database_ready


def add_to(commands: Any) -> None:
    audit = commands.add_parser("audit", help="verify or seal the audit trail",
                                description="The audit trail: every entry is chained to the one before it.")
    audit_commands = audit.add_subparsers(metavar="COMMAND", required=True)
    verify = audit_commands.add_parser("verify", help="read the whole trail and name the first broken row")
    verify.set_defaults(run=run_verify)
    seal = audit_commands.add_parser("seal", help="sign the heads of all chains; once a day by itself")
    seal.set_defaults(run=run_seal)
    earlier = commands.add_parser(
        "import-cases", help="take over the closed cases of an earlier system",
        description="A CSV file in UTF-8 with the columns number, old_login_name, service, state (approved, refused, "
                    "withdrawn, cancelled), unit_name, credit_code, subject_name, submitted_on, closed_on. All of it is "
                    "taken or nothing; a number that is known already is left as it is. An operator links them to accounts.")
    earlier.add_argument("file", type=Path, help="the CSV file")
    earlier.set_defaults(run=run_import_cases)
    calendar = commands.add_parser("calendar", help="import a year of working days",
                                   description="The working-day calendar as the State Council publishes it.")
    calendar_commands = calendar.add_subparsers(metavar="COMMAND", required=True)
    importing = calendar_commands.add_parser("import", help="take over a file like reference/calendar.yaml")
    importing.add_argument("file", type=Path, help="YAML file with one entry for each year")
    importing.set_defaults(run=run_import)


def run_verify(_: argparse.Namespace) -> int:
    database_ready()
    from laihua.kernel import queries

    found = queries.verify()
    if found.broken:
        print(f"Broken: {found.broken}")
        print("Keep the database as it is, and compare this row with the newest backup.")
        return 1
    print(f"Whole: {found.records} records and {found.seals} seals.")
    return 0


def run_seal(_: argparse.Namespace) -> None:
    database_ready()
    from laihua.kernel import actions, clock

    seal = actions.seal_day(at=clock.now())
    print(f"Seal {seal.number} of {seal.date}: {seal.heads} chains, digest {bytes(seal.digest).hex()}")


def run_import_cases(options: argparse.Namespace) -> None:
    if not options.file.is_file():
        raise CommandFault(f"There is no file {options.file}.")
    database_ready()
    from laihua.cases.actions.earlier import FileFault, import_earlier_cases
    from laihua.kernel import clock

    try:
        done = import_earlier_cases(path=options.file, at=clock.now())
    except (FileFault, UnicodeDecodeError) as fault:
        raise CommandFault(f"Nothing was taken over.\n{fault}") from fault
    print(f"{done.taken} cases taken over, {done.known} were known.")


def run_import(options: argparse.Namespace) -> None:
    if not options.file.is_file():
        raise CommandFault(f"There is no file {options.file}.")
    database_ready()
    from laihua.kernel import actions, clock
    from laihua.kernel.rules import CalendarFault

    try:
        years = actions.import_calendar(at=clock.now(), source=options.file, actor="operator")
    except CalendarFault as fault:
        raise CommandFault(str(fault)) from fault
    print(f"Taken over: {', '.join(map(str, years))}" if years else "Nothing new in it.")
