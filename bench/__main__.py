"""`python -m bench`: measure, print, and write docs/reference/benchmarks.md. `--quick` writes nothing.

    --only moves,life,queue,sign_in     some of it
    --quick                             small numbers, in less than a minute: that it runs, not how fast
"""

import argparse
import importlib
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

from bench import report
from bench.server import hall

AT = datetime(2026, 11, 12, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
FULL = {
    "life": {"lives": 8},
    "moves": {"cases": 300, "warm": 50},
    "sign_in": {"rounds": 15},
    "queue": {"small": 10_000, "large": 1_000_000, "rounds": 200},     # last: the moves copy the database, and leave jobs
}
QUICK = {
    "life": {"lives": 1},
    "moves": {"cases": 10, "warm": 3},
    "sign_in": {"rounds": 2},
    "queue": {"small": 1_000, "large": 10_000, "rounds": 5},
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="small numbers; writes nothing")
    parser.add_argument("--only", default="", help=f"of {', '.join(FULL)}")
    options = parser.parse_args()
    sizes = QUICK if options.quick else FULL
    wanted = [name for name in sizes if not options.only or name in options.only.split(",")]
    with hall() as server:
        from tests import world as building

        world = building.build(AT)
        sections = []
        for name in wanted:
            sections.append(importlib.import_module(f"bench.{name}").run(server, world, AT, **sizes[name]))
            report.show(sections[-1])
        if not options.quick and not options.only:
            report.PAGE.write_text(report.markdown(sections, server), encoding="utf-8")
            print(f"\nWritten to {report.PAGE}")


if __name__ == "__main__":
    sys.exit(main())
