"""Has pictures of pages read by a process of its own, one for each process of the hall and one page at a time.

It is started by the first picture, which takes two seconds, and started again when it has died or did not answer in time.
"""

import atexit
import json
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Literal

from laihua.prechecks.child import Picture, left
from laihua.prechecks.words import Box, Line

PROCESS = Path(__file__).with_name("engine_process.py")
START_SECONDS = 60.0
PAGE_SECONDS = 18.0                 # of one core, after which the rest of the lines of a page are left; most take five
WALL_SECONDS = 90.0                 # after which the process is ended, however busy the machine is
MOST_BYTES = 8 * 1024**2            # of an answer; a dense page has 100 kB


@dataclass(frozen=True, slots=True)
class Seen:
    """Lines stand on the upright page; `turned`, `skew` and `aspect` as in `Leaf`. `whole`: no line was left for want of time."""

    lines: tuple[Line, ...]
    turned: Literal[0, 90, 180, 270]
    skew: float
    aspect: float
    whole: bool


class EngineAway(Exception):
    """It could not be started: there is nothing wrong with the page, and later it may be read."""


@dataclass(frozen=True, slots=True)
class Engine:
    process: subprocess.Popen[bytes]
    connection: socket.socket


_lock = Lock()
_engine: Engine | None = None


def see(picture: Picture, *, seconds: float = PAGE_SECONDS, known: tuple[Box, ...] = ()) -> Seen | None:
    """What stands in the picture of one page; None where the engine dies of it or takes too long, twice.

    `known` are places on the page as it is shown that need not be read. Raises EngineAway.
    """
    job = {"width": picture.width, "height": picture.height, "seconds": seconds,
           "known": [[box.left, box.top, box.right, box.bottom] for box in known]}
    with _lock:
        for _ in range(2):
            engine = the_engine()
            try:
                return seen(converse(engine, json.dumps(job).encode() + b"\n", picture.pixels, time.monotonic() + WALL_SECONDS))
            except TimeoutError:
                end(engine)
                return None
            except (OSError, ValueError, KeyError, TypeError):
                end(engine)
    return None


def seen(said: bytes) -> Seen:
    found = json.loads(said)
    lines = tuple(Line(text, Box(*place), sure, tuple(ends)) for text, *place, sure, ends in found["lines"])
    return Seen(lines, found["turned"], found["skew"], found["aspect"], found["whole"])


def converse(engine: Engine, job: bytes, pixels: bytes, until: float) -> bytes:
    engine.connection.settimeout(left(until))
    engine.connection.sendall(job)
    engine.connection.sendall(pixels)
    return line(engine.connection, until)


def line(connection: socket.socket, until: float) -> bytes:
    said = bytearray()
    while not said.endswith(b"\n"):
        connection.settimeout(left(until))
        if len(said) > MOST_BYTES or not (part := connection.recv(1024**2)):
            raise ConnectionResetError
        said += part
    return bytes(said)


def the_engine() -> Engine:
    """Ready to read; started where there is none. Its environment is empty, and it ends with this process."""
    global _engine
    if _engine is not None and _engine.process.poll() is not None:
        end(_engine)
    if _engine is None:
        ours, theirs = socket.socketpair()
        with theirs:
            process = subprocess.Popen(  # noqa: S603  (nothing of a file or its name is on the command line)
                [sys.executable, "-I", str(PROCESS), str(os.getpid())],
                stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                cwd="/", env={"LC_ALL": "C.UTF-8"}, start_new_session=True,
            )
        started = Engine(process, ours)
        try:
            line(ours, time.monotonic() + START_SECONDS)
        except OSError as fault:
            end(started)
            raise EngineAway(f"the process that reads scans ended with status {process.returncode}") from fault
        _engine = started
    return _engine


def end(engine: Engine) -> None:
    global _engine
    if _engine is engine:
        _engine = None
    engine.connection.close()
    engine.process.kill()
    engine.process.wait()


def process_id() -> int | None:
    """That of the process that stands ready, if any."""
    return _engine.process.pid if _engine is not None and _engine.process.poll() is None else None


@atexit.register
def stop() -> None:
    if _engine is not None:
        end(_engine)


def after_fork() -> None:
    """A fork of the worker has no engine of its own yet; that of its parent is not its to use."""
    global _lock, _engine
    _lock = Lock()
    if _engine is not None:
        _engine.connection.close()
        _engine.process.returncode = 0      # nor to wait for
        _engine = None


os.register_at_fork(after_in_child=after_fork)
