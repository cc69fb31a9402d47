"""What came out, on the screen and as docs/reference/benchmarks.md. Every figure comes from the run."""

import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psutil

from bench.server import Server

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "benchmarks.md"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line. `met` is None for what has no goal."""

    what: str
    result: str
    goal: str = ""
    met: bool | None = None

    @property
    def verdict(self) -> str:
        return {True: "met", False: "missed", None: ""}[self.met]


@dataclass(slots=True)
class Section:
    """`how` says what is measured; `notes` what explains it, in words, with figures of this run only."""

    title: str
    how: str
    figures: list[Figure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def machine(server: Server) -> list[tuple[str, str]]:
    return [
        ("Date", datetime.now(UTC).date().isoformat()),
        ("Processor", f"{processor()}, {os.cpu_count()} cores"),
        ("Memory", f"{psutil.virtual_memory().total / 2**30:.1f} GiB"),
        ("Python", platform.python_version()),
        ("PostgreSQL", f"{server.version} ({server.durability})"),
        ("Load at the end", " ".join(f"{load:.1f}" for load in os.getloadavg())),
    ]


def processor() -> str:
    names = [line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
             if line.startswith("model name")] if Path("/proc/cpuinfo").exists() else []
    return names[0] if names else platform.machine()


def show(section: Section) -> None:
    print(f"\n{section.title}")
    for figure in section.figures:
        goal = f"goal {figure.goal}" if figure.goal else ""
        print(f"  {figure.what:58} {figure.result:>22}   {goal:24} {figure.verdict}", flush=True)


def markdown(sections: Iterable[Section], server: Server) -> str:
    lines = [
        "# Benchmarks", "",
        "Written by `make bench`; do not edit. One run, one machine, one PostgreSQL: ratios hold elsewhere, absolute",
        "figures do not.", "",
        *(f"* {what}: {value}" for what, value in machine(server)),
    ]
    for section in sections:
        lines += ["", f"## {section.title}", "", section.how, "", "| | result | goal | |", "|---|---|---|---|"]
        lines += [f"| {f.what} | {f.result} | {f.goal} | {f.verdict} |" for f in section.figures]
        if section.notes:
            lines += ["", "Notes:", "", *(f"* {note}" for note in section.notes)]
    return "\n".join(lines) + "\n"
