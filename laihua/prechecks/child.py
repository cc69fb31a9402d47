"""Starts the child process for one file, and never waits for it longer than ten seconds."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SANDBOX = Path(__file__).with_name("sandbox.py")
WALL_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the child said. `problems` are (code of `reasons.REASONS`, page); page 0 is the whole file."""

    pages: int
    content_type: str
    problems: tuple[tuple[str, int], ...]
    picture: bytes = b""


TOO_COMPLEX = Outcome(0, "", (("file_too_complex", 0),))


def run(job: dict[str, object], content: bytes, *, wall_seconds: float = WALL_SECONDS) -> Outcome:
    """A child that dies, hangs or runs into a limit says by that that its file is too complex.

    Its environment is empty, so that no secret of the hall is within reach of a file that takes the child over.
    """
    try:
        done = subprocess.run(  # noqa: S603  (nothing of the file or its name is on the command line)
            [sys.executable, "-I", str(SANDBOX), json.dumps(job)],
            input=content, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=wall_seconds, cwd="/", env={"LC_ALL": "C.UTF-8"}, start_new_session=True, check=True,
        )
        line, _, picture = done.stdout.partition(b"\n")
        said = json.loads(line)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError, BrokenPipeError, json.JSONDecodeError):
        return TOO_COMPLEX
    return Outcome(said["pages"], said["type"], tuple((code, page) for code, page in said["problems"]), picture)
