"""Has each file opened by a process of its own, and never waits for that longer than ten seconds."""

import atexit
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Literal

from laihua.prechecks.words import Box, Line

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
    leaves: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """Raw pixels in rows from the top, three bytes each (red, green, blue)."""

    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as the child read it. `width` and `height` in inches as it is shown; 0 where it has no size of its own.

    `lines` are those of its text layer, on the upright page: `turned` degrees clockwise from how it is shown. They are
    whole when the page shows no other words; else the page is to be read from its picture. The picture shows the page as
    it is, not turned: at the dpi that was asked for, and small where the lines are whole.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    whole: bool
    turned: Literal[0, 90, 180, 270]
    picture: Picture


@dataclass(frozen=True, slots=True)
class Leaves:
    """`pages`: how many the file has. Fewer sheets may have come than were asked for: the next are those after the last."""

    pages: int
    sheets: tuple[Sheet, ...]
    problems: tuple[tuple[str, int], ...] = ()


READING_DPI = 200


def read(content: bytes, *, first: int, last: int, dpi: int = READING_DPI, wall_seconds: float = WALL_SECONDS) -> Leaves:
    """Pages from `first` to `last`, counted from 1; at least the first, and as many of the others as fit into one answer."""
    outcome = run({"do": "read", "first": first, "last": last, "dpi": dpi}, content, wall_seconds=wall_seconds)
    if outcome.problems:
        return Leaves(outcome.pages, (), outcome.problems)
    try:
        return Leaves(outcome.pages, tuple(sheets_of(outcome)))
    except (ValueError, TypeError, KeyError):
        return Leaves(0, (), TOO_COMPLEX.problems)


def sheets_of(outcome: Outcome) -> Iterator[Sheet]:
    begin = 0
    for leaf in outcome.leaves:
        width, height, mode = leaf["picture"]
        end = begin + width * height * 3
        if mode != "RGB" or end > len(outcome.picture):
            raise ValueError(mode)
        lines = tuple(Line(text, Box(*place), 1.0, tuple(ends)) for text, *place, ends in leaf["lines"])
        yield Sheet(
            leaf["number"], leaf["width"], leaf["height"], lines, leaf["whole"], leaf["turned"],
            Picture(width, height, outcome.picture[begin:end]),
        )
        begin = end


TOO_COMPLEX = Outcome(0, "", (("file_too_complex", 0),))


def run(job: dict[str, object], content: bytes, *, wall_seconds: float = WALL_SECONDS) -> Outcome:
    """A child that dies, hangs or runs into a limit says by that that its file is too complex.

    Where the zygote itself has gone, another one is started and the file tried once more.
    """
    until = time.monotonic() + wall_seconds
    for _ in range(2):
        if said := ask(job, content, until):
            return heard(said)
    return TOO_COMPLEX


def heard(said: bytes) -> Outcome:
    """The last byte is the zygote's: 0 when the child came to its end by itself."""
    try:
        line, _, picture = said[:-1].partition(b"\n")
        if said[-1]:
            return TOO_COMPLEX
        found = json.loads(line)
        problems = tuple((code, page) for code, page in found["problems"])
        codes = tuple(map(str, found.get("codes", ())))
        return Outcome(found["pages"], found["type"], problems, picture, codes, tuple(found.get("leaves", ())))
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
