"""Has each file opened by a process of its own, and never waits for that longer than ten seconds."""

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

ZYGOTE = Path(__file__).with_name("zygote.py")
WALL_SECONDS = 10.0
MOST_BYTES = 64 * 1024**2           # of an answer; the largest picture of a page has 36 MB before it is packed


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the child said. `problems` are (code of `reasons.REASONS`, page); page 0 is the whole file."""

    pages: int
    content_type: str
    problems: tuple[tuple[str, int], ...]
    picture: bytes = b""
    codes: tuple[str, ...] = ()


TOO_COMPLEX = Outcome(0, "", (("file_too_complex", 0),))


def run(job: dict[str, object], content: bytes, *, wall_seconds: float = WALL_SECONDS) -> Outcome:
    """A child that dies, hangs or runs into a limit says by that that its file is too complex.

    Where the zygote itself has gone, another one is started and the file tried once more.
    """
    until = time.monotonic() + wall_seconds
    for _ in range(2):
        if said := ask(job, content, until):
            return read(said)
    return TOO_COMPLEX


def read(said: bytes) -> Outcome:
    """The last byte is the zygote's: 0 when the child came to its end by itself."""
    try:
        line, _, picture = said[:-1].partition(b"\n")
        if said[-1]:
            return TOO_COMPLEX
        found = json.loads(line)
        problems = tuple((code, page) for code, page in found["problems"])
        return Outcome(found["pages"], found["type"], problems, picture, tuple(map(str, found.get("codes", ()))))
    except (ValueError, TypeError, KeyError):
        return TOO_COMPLEX


def ask(job: dict[str, object], content: bytes, until: float) -> bytes:
    """The answer and the zygote's byte; nothing when the zygote has gone. Hanging up kills the child."""
    zygote = the_zygote()
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            try:
                socket.send_fds(zygote.control, [b"."], [theirs.fileno()])
            except OSError:
                forget(zygote)
                return b""
        try:
            return converse(ours, json.dumps(job).encode() + b"\n" + content, until) or forget(zygote)
        except TimeoutError:
            return b"\1"


def converse(connection: socket.socket, sent: bytes, until: float) -> bytes:
    said = bytearray()
    try:
        connection.settimeout(left(until))
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
    except TimeoutError:
        raise
    except OSError:
        pass                            # it ended before it had read everything; what it said is still there
    try:
        while len(said) < MOST_BYTES:
            connection.settimeout(left(until))
            if not (part := connection.recv(1024**2)):
                return bytes(said)
            said += part
    except ConnectionResetError:
        return bytes(said)
    return b"\1"


def left(until: float) -> float:
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


# The zygote of this process

@dataclass(frozen=True, slots=True)
class Zygote:
    process: subprocess.Popen[bytes]
    control: socket.socket


_lock = Lock()
_zygote: Zygote | None = None


def the_zygote() -> Zygote:
    """Its environment is empty, so that no secret of the hall is within reach of a file that takes a child over."""
    global _zygote
    with _lock:
        if _zygote is None:
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with theirs:
                process = subprocess.Popen(  # noqa: S603  (nothing of a file or its name is on the command line)
                    [sys.executable, "-I", str(ZYGOTE), str(os.getpid())],
                    stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                    cwd="/", env={"LC_ALL": "C.UTF-8"}, start_new_session=True,
                )
            _zygote = Zygote(process, ours)
        return _zygote


def forget(gone: Zygote) -> bytes:
    """The next file starts another one. The socket is not closed, since another thread may be about to write to it."""
    global _zygote
    with _lock:
        if _zygote is gone:
            _zygote = None
    try:
        gone.control.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass                            # it has gone indeed
    gone.process.poll()
    return b""


@atexit.register
def stop() -> None:
    if _zygote is not None:
        zygote = _zygote
        forget(zygote)
        zygote.process.wait()


def after_fork() -> None:
    """A fork of the web server has no zygote of its own yet; that of its parent is not its to use."""
    global _lock, _zygote
    _lock = Lock()
    if _zygote is not None:
        _zygote.control.close()
        _zygote.process.returncode = 0      # nor to wait for
        _zygote = None


os.register_at_fork(after_in_child=after_fork)
