"""`laihua portal-simulator`: a government portal for development, beside the demo."""

import argparse
import os
from pathlib import Path
from typing import Any

from laihua.commands.processes import require_free_port


def add_to(commands: Any) -> None:
    portal = commands.add_parser(
        "portal-simulator", help="a government portal to come from, for development",
        description="Answers as a government portal (OpenID Connect and CAS) until it is stopped. Never in production.",
    )
    portal.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    portal.add_argument("--port", type=int, default=8100, help="port to listen on (default: %(default)s)")
    portal.add_argument("--hall", default="http://localhost:8000", help="address of the hall (default: %(default)s)")
    portal.add_argument("--data", type=Path, default=Path("data/portal"), help="its folder (default: %(default)s)")
    portal.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    require_free_port(options.host, options.port)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "simulators.portal.settings", "PORTAL_DATA": str(options.data), "PORTAL_HALL": options.hall,
    }
    import django

    django.setup()
    from simulators.portal.furnish import furnish

    furnish()
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "simulators.portal.wsgi:application", address=options.host, port=options.port, interface=Interfaces.WSGI,
        workers=1, blocking_threads=2, log_level=LogLevels.warning, workers_kill_timeout=5, websockets=False,
    ).serve()
