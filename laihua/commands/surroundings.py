"""What a command needs before it can work: the environment, the database, Django."""

import os
import sys
from typing import NoReturn

from laihua.kernel import environment, postgres


class CommandFault(Exception):
    """Something that a person at the command line can mend; the text says how."""


def settings_ready() -> environment.Environment:
    """Read and check the environment. Nothing is started."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    return environment.read()


def database_ready() -> environment.Environment:
    """Settings, a running database and Django set up."""
    known = settings_ready()
    if not known.database_url:
        os.environ["LAIHUA_DATABASE_URL"] = postgres.database_url(known.data)
    django_ready()
    return known


def django_ready() -> None:
    import django

    django.setup()


def leave(message: str, status: int = 1) -> NoReturn:
    print(message, file=sys.stderr)
    sys.exit(status)
