"""`laihua docs`: writes docs/reference/ from the services and the code, so that it cannot be out of date."""

import argparse
from typing import Any

from laihua.commands.surroundings import CommandFault, settings_ready


def add_to(commands: Any) -> None:
    docs = commands.add_parser("docs", help="write docs/reference/",
                               description="Writes docs/reference/ from the services and the code.")
    docs.add_argument("--check", action="store_true", help="write nothing; exit status 1 when a page is out of date")
    docs.set_defaults(run=run_docs)


def run_docs(options: argparse.Namespace) -> int:
    import os

    from laihua.commands.surroundings import django_ready

    os.environ.setdefault("LAIHUA_DEMO", "1")
    settings_ready()
    django_ready()
    from laihua.commands import reference

    changed = reference.outdated() if options.check else reference.write()
    for path in changed:
        print(f"{'out of date' if options.check else 'written'}: {path}")
    if options.check and changed:
        raise CommandFault("Run `make docs`.")
    return 0
