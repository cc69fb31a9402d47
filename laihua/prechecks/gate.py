"""The gate at upload: what can be told of a file within a second, before it is kept."""

import time
from dataclasses import dataclass
from typing import Literal

from laihua.kernel.texts import Reason, Text
from laihua.prechecks import child
from laihua.prechecks.reasons import reason

Accept = Literal["pdf", "photo", "picture"]
Codes = Literal["", "first", "all"]
PICTURES = (".jpg", ".jpeg", ".png")
ENDINGS: dict[str, tuple[str, ...]] = {"pdf": (".pdf",), "photo": PICTURES, "picture": PICTURES}


@dataclass(frozen=True, slots=True)
class GateResult:
    """`content_type` is what the file is, not what its name or its sender says; empty when it is refused unopened.

    `codes`: what the QR codes on its pages say, if they were asked for: those of the first page that has any, or of all pages.
    """

    ok: bool
    pages: int
    content_type: str
    problems: list[Reason]
    seconds: float
    codes: tuple[str, ...] = ()


def inspect(content: bytes, *, name: str, accept: Accept, max_bytes: int, colour: bool, codes: Codes = "") -> GateResult:
    """Opens the file in a child process with limits and names everything that is wrong with it at once.

    Never raises for the file's sake. `max_bytes` is checked before anything reads the content.
    """
    began = time.perf_counter()
    problems = envelope_problems(len(content), name=name, accept=accept, max_bytes=max_bytes)
    if problems:
        return GateResult(False, 0, "", problems, time.perf_counter() - began)
    outcome = child.run({"do": "inspect", "accept": accept, "colour": colour, "codes": codes}, content)
    problems = [reason(code, page=page) for code, page in outcome.problems]
    return GateResult(
        not problems, outcome.pages, outcome.content_type, problems, time.perf_counter() - began, outcome.codes
    )


def envelope_problems(size: int, *, name: str, accept: Accept, max_bytes: int) -> list[Reason]:
    """What name and size alone tell."""
    problems = []
    if not 0 < len(name) <= 255 or not name.isprintable() or "/" in name or "\\" in name:
        problems.append(reason("bad_name"))
    elif not name.lower().endswith(ENDINGS[accept]):
        problems.append(reason("wrong_ending", endings=either(ENDINGS[accept])))
    if not size:
        problems.append(reason("empty"))
    elif size > max_bytes:
        problems.append(reason("too_big", size=readable(size), limit=readable(max_bytes)))
    return problems


def either(endings: tuple[str, ...]) -> Text:
    return Text("、".join(endings), " or ".join(endings))


def readable(size: int) -> str:
    if size < 1024:
        return f"{size} bytes"
    return f"{size / 1024**2:.1f} MB" if size >= 1024**2 else f"{size / 1024:.0f} KB"
