"""The `laihua` command: reads the line, prepares what the command needs, and says plainly what went wrong."""

import argparse
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

from laihua.commands import checks, demo, pages, processes, records, simulator, tables
from laihua.commands.surroundings import CommandFault
from laihua.kernel.environment import EnvironmentFault

THEMES = (demo, processes, tables, checks, records, pages, simulator)


def parser() -> argparse.ArgumentParser:
    root = argparse.ArgumentParser(prog="laihua", description="来华 Laihua, the service hall: commands for operators.")
    commands = root.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for theme in THEMES:
        theme.add_to(commands)
    return root


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status 0: done; 1: done, and something is wrong; 2: could not be done."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["manage"]:
        return tables.manage(given[1:])
    options = parser().parse_args(given)
    try:
        return int(options.run(options) or 0)
    except EnvironmentFault as fault:
        print("The settings are not complete:", *fault.faults, sep="\n  ", file=sys.stderr)
    except CommandFault as fault:
        print(fault, file=sys.stderr)
    except (KeyboardInterrupt, BrokenPipeError):
        return 130
    except Exception as fault:
        if (message := _for_a_person(fault)) is None:
            raise
        print(message, file=sys.stderr)
    return 2


def _for_a_person(fault: Exception) -> str | None:
    """Faults that are no error of the program: a refusal, a database that is away or behind."""
    from django.db import OperationalError, ProgrammingError

    from laihua.kernel.texts import Refused

    if isinstance(fault, Refused):
        return "\n".join(f"{reason.text.zh} {reason.text.en}" for reason in fault.reasons)
    if isinstance(fault, OperationalError):
        return f"The database does not answer: {fault}\nSee LAIHUA_DATABASE_URL, and that the server runs."
    if isinstance(fault, ProgrammingError) and "does not exist" in str(fault):
        return f"The tables are not up to date: {fault}\nRun `laihua migrate`."
    return None


def program() -> NoReturn:
    """The command as its own process: a stop while it still starts leaves in good order too."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main())


if __name__ == "__main__":
    program()
