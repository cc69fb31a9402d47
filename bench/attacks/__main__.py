"""`python -m bench.attacks`: attack the hall, print what got through, and write docs/reference/security-figures.md.

    --only codes,stuffing,…     some of it; the rest of the page stays
    --quick                     small numbers; writes nothing
"""

import argparse
import importlib
import sys
from datetime import datetime
from typing import Any

from bench.__main__ import AT
from bench.attacks import report
from bench.attacks.scene import Scene
from bench.server import HALL, hall

FULL: dict[str, dict[str, Any]] = {
    "codes": {"guesses": 10_000, "addresses": 100},
    "stuffing": {"passwords": 1_000, "addresses": 100},
    "telling": {"rounds": 100, "look_ups": 300, "slow_rounds": 40},
    "fixation": {},
    "portals": {"running": True},
    "delegations": {},
    "grants": {},
    "agencies": {"tries": 100},
    "captchas": {"answers": 10_000},
    "links": {"tokens": 10_000},
}
QUICK: dict[str, dict[str, Any]] = {
    "codes": {"guesses": 120, "addresses": 10},
    "stuffing": {"passwords": 60, "addresses": 12},
    "telling": {"rounds": 12, "look_ups": 40, "slow_rounds": 4},
    "fixation": {},
    "portals": {"running": True},
    "delegations": {},
    "grants": {},
    "agencies": {"tries": 5},
    "captchas": {"answers": 100},
    "links": {"tokens": 50},
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.attacks", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="small numbers; writes nothing")
    parser.add_argument("--only", default="", help=f"of {', '.join(FULL)}")
    options = parser.parse_args()
    sizes = QUICK if options.quick else FULL
    wanted = [name for name in sizes if not options.only or name in options.only.split(",")]
    met = True
    with hall() as server:
        scene = furnished(AT)
        server.run(f"ALTER DATABASE {HALL} SET synchronous_commit = off")   # nothing here depends on a crash
        reconnect()
        for name in wanted:
            rows = importlib.import_module(f"bench.attacks.{name}").run(scene, **sizes[name])
            report.show(name, rows)
            if not options.quick:
                report.write(name, rows, server)
            met &= all(row.met for row in rows)
    return 0 if met else 1


def furnished(at: datetime) -> Scene:
    import logging

    from tests import agencies
    from tests import world as building

    logging.disable(logging.WARNING)    # every refusal is one
    world = building.build(at)
    return Scene(world, agencies.build(world, at), at)


def reconnect() -> None:
    from django.db import connection

    connection.close()


if __name__ == "__main__":
    sys.exit(main())
