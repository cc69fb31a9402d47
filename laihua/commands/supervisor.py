"""Runs a few `laihua` processes as children, and stops them in order however this process ends."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType, TracebackType

PATIENCE = 15.0
_PR_SET_PDEATHSIG = 1


class Supervisor:
    """`with Supervisor({"web": ["serve"], …}, log) as children:`. Leaving the block stops them, first to last.

    What they print goes to the log; its end is shown when one of them ends by itself.
    """

    def __init__(self, commands: Mapping[str, Sequence[str]], log: Path) -> None:
        self._commands, self._log = commands, log
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._stop = threading.Event()

    def __enter__(self) -> "Supervisor":
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        with self._log.open("wb") as log:
            for name, arguments in self._commands.items():
                self._children[name] = subprocess.Popen(  # noqa: S603  our own program
                    [sys.executable, "-m", "laihua.cli", *arguments],
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                    preexec_fn=_end_with_parent,
                )
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        for child in self._children.values():
            if child.poll() is None:
                child.terminate()
                try:
                    child.wait(PATIENCE)
                except subprocess.TimeoutExpired:
                    with contextlib.suppress(ProcessLookupError):
                        os.killpg(child.pid, signal.SIGKILL)
                    child.wait()

    def wait_for_port(self, host: str, port: int) -> bool:
        """Whether the web answers; False when a child has ended or a stop was asked for meanwhile."""
        while not self._over():
            with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
                return True
            self._stop.wait(0.1)
        return False

    def wait(self) -> int:
        """Until somebody asks to stop (0) or a child ends by itself (1)."""
        while not self._over():
            self._stop.wait(0.5)
        if self._stop.is_set():
            print("\n正在停止 Stopping …", flush=True)
            return 0
        for name, child in self._children.items():
            if child.poll() is not None:
                print("".join(self._last_lines()), file=sys.stderr)
                print(f"The {name} process has ended with status {child.returncode}. Its last lines above say why; "
                      f"the rest is in {self._log}.", file=sys.stderr, flush=True)
        return 1

    def _last_lines(self) -> list[str]:
        with self._log.open(encoding="utf-8", errors="replace") as log:
            return list(deque(log, maxlen=30))

    def _over(self) -> bool:
        return self._stop.is_set() or any(child.poll() is not None for child in self._children.values())

    def _asked_to_stop(self, _: int, __: FrameType | None) -> None:
        self._stop.set()


def _end_with_parent() -> None:
    """Linux: the child gets SIGTERM when its parent is gone, even by a hard kill."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
