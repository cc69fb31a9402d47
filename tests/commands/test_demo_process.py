"""The demo as a person runs it: it answers, stops without a trace, keeps its data, and survives a hard kill."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
import requests

from laihua import cli

ROOT = Path(cli.__file__).parent.parent
PATIENCE = 240


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def processes_on(data: Path) -> list[psutil.Process]:
    """Those that were told this data folder, and the database server that works in it."""
    found = []
    for process in psutil.process_iter():
        try:
            told = process.environ().get("LAIHUA_DATA") == str(data) or str(data / "postgres") in process.cmdline()
        except psutil.Error:
            continue
        if told and process.status() != psutil.STATUS_ZOMBIE:
            found.append(process)
    return found


@contextmanager
def running(data: Path, port: int) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """The demo from its first line to the line with its address, and what it said until then."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LAIHUA_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "laihua.cli", "demo"], cwd=ROOT, text=True, stdout=subprocess.PIPE,
        env=environment | {"LAIHUA_DATA": str(data), "LAIHUA_PORT": str(port)},
    )
    watch = threading.Timer(PATIENCE, process.kill)
    watch.start()
    try:
        assert process.stdout
        said = []
        for line in process.stdout:
            said.append(line)
            if f"http://localhost:{port}/" in line:
                break
        else:
            pytest.fail("the demo ended before it was ready:\n" + "".join(said))
        yield process, said
    finally:
        watch.cancel()
        process.terminate()
        process.communicate(timeout=60)
        psutil.wait_procs(processes_on(data), timeout=30)


def test_the_life_of_a_demo(tmp_path: Path) -> None:
    data, port = tmp_path / "data", free_port()
    with running(data, port) as (process, said):
        assert "Building the demo" in "".join(said)
        page = requests.get(f"http://127.0.0.1:{port}/", timeout=30)
        assert page.status_code == 200
        assert "script-src 'self'" in page.headers["Content-Security-Policy"]
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        assert process.returncode == 0
        assert processes_on(data) == []
    with running(data, port) as (process, said):
        assert "Building the demo" not in "".join(said)
        process.kill()
        process.wait()
        _, alive = psutil.wait_procs(processes_on(data), timeout=30)
        assert alive == []
    with running(data, port) as (process, said):
        assert "Building the demo" not in "".join(said)
        assert requests.get(f"http://127.0.0.1:{port}/", timeout=30).status_code == 200
    assert processes_on(data) == []
