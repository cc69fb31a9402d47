"""`python -m bench.hostile`: a thousand hostile files through gate and reading, and docs/reference/hostile.md.

Each goes the way of an upload: the gate, and what passes it is read, every page, and drawn. What the gate refuses is opened for
reading none the less, as if it had passed. Beside it an ordinary scan goes through the gate again and again.
"""

import os
import statistics
import sys
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

import django
import psutil

from bench.report import processor
from laihua.kernel.texts import Refused
from laihua.prechecks import child, gate, pages
from tests.prechecks import samples
from tests.prechecks.hostile.files import COUNT, FAMILIES, SEED, Hostile, hostile

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "hostile.md"
MOST_BYTES = 64 * 1024**2
LIMIT_SECONDS, LIMIT_MB, LIMIT_DELAY = 30.0, 512.0, 60.0


@dataclass(slots=True)
class Seen:
    """What became of one file. `seconds`: from the upload until all that can be read of it is read."""

    file: Hostile
    codes: tuple[str, ...]
    gate_seconds: float
    seconds: float
    memory: float
    said: bool


@dataclass(slots=True)
class Watch:
    """Samples the children: the most memory that any of them had (`VmHWM`) while a file was open."""

    most: float = 0.0
    ended: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.ended.wait(0.01):
            self.look()

    def look(self) -> None:
        zygote = child.the_zygote().process.pid
        try:
            forks = psutil.Process(zygote).children()
        except psutil.Error:
            return
        for fork in forks:
            try:
                status = Path(f"/proc/{fork.pid}/status").read_text()
            except OSError:
                continue
            found = [int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")]
            self.most = max([self.most, *found])


@dataclass(slots=True)
class Others:
    """An ordinary scan, uploaded by somebody else once a second."""

    seconds: list[float] = field(default_factory=list)
    refused: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        scan = samples.scan()
        while not self.ended.wait(1):
            found = gate.inspect(scan, name="a.pdf", accept="pdf", max_bytes=MOST_BYTES, colour=True)
            self.seconds.append(found.seconds)
            self.refused += not found.ok


def main() -> None:
    os.environ |= {"LAIHUA_DEMO": "1", "LAIHUA_DATA": mkdtemp(prefix="laihua-hostile-"), "DJANGO_SETTINGS_MODULE": "config.settings"}
    django.setup()
    first, last = (int(sys.argv[1]), int(sys.argv[2])) if len(sys.argv) > 2 else (0, COUNT)     # a part of them writes no page
    watch, others, restarts = Watch(), Others(), 0
    threads = [threading.Thread(target=one.run, daemon=True) for one in (watch, others)]
    for thread in threads:
        thread.start()
    seen = []
    zygote = child.the_zygote()
    for number in range(first, last):
        seen.append(look(hostile(number), watch))
        restarts, zygote = restarts + (child.the_zygote() is not zygote), child.the_zygote()
        show(seen[-1])
    watch.ended.set()
    others.ended.set()
    for thread in threads:
        thread.join()
    if len(seen) == COUNT:
        PAGE.write_text(report(seen, others, restarts), encoding="utf-8")
    failed = [one for one in seen if not one.said or one.seconds > LIMIT_SECONDS or one.memory > LIMIT_MB]
    if failed or others.refused or max(others.seconds, default=0) > LIMIT_DELAY:
        raise SystemExit(f"{len(failed)} files missed the goal; {others.refused} ordinary ones were refused")


def look(file: Hostile, watch: Watch) -> Seen:
    from laihua.prechecks import reading

    watch.most = 0.0
    began = time.perf_counter()
    found = gate.inspect(file.content, name=file.name, accept=file.family.accept, max_bytes=MOST_BYTES, colour=False)
    if found.ok:
        begin: int | None = 1
        while begin is not None:
            begin = reading.read(file.content, begin=begin).next
        draw(file)
    seconds = time.perf_counter() - began
    if not found.ok and seconds < 2:
        child.read(file.content, first=1, last=4)
        draw(file)
    watch.look()
    codes = tuple(problem.code for problem in found.problems)
    named = not file.family.codes or any(code in file.family.codes for code in codes)
    said = file.family.may_pass if found.ok else named and all(p.text.zh and p.text.en for p in found.problems)
    return Seen(file, codes, found.seconds, seconds, watch.most, said)


def draw(file: Hostile) -> None:
    """A page that cannot be drawn says so; anything else that is raised ends the run."""
    try:
        pages.render(file.content, 1, 1600)
    except Refused as refused:
        if not refused.reasons:
            raise


def show(one: Seen) -> None:
    told = " ".join(one.codes[:3]) or "harmless"
    print(f"{one.file.number:4} {one.file.family.name:42} {one.seconds:5.1f} s {one.memory:4.0f} MB  {told}"
          f"{'' if one.said else '   UNEXPECTED'}", flush=True)


def report(seen: list[Seen], others: Others, restarts: int) -> str:
    lines = [
        "# Hostile files", "",
        f"Written by `make hostile`; do not edit. {len(seen):,} files made to do harm (seed {SEED}, `tests/prechecks/hostile/`) were",
        "uploaded one after the other: each through the gate, and what passed it through reading, to its last page. What was refused",
        "within two seconds was opened for reading and for drawing as well, as if it had passed. Beside them an ordinary scan was",
        "uploaded once a second.", "",
        "| | goal | result |", "|---|---|---|",
        f"| Files that ended a process of the hall | 0 | 0 of {len(seen):,} |",
        f"| Files answered otherwise than they should be | 0 | {sum(not one.said for one in seen)} |",
        f"| Refused with a reason | | {sum(bool(one.codes) for one in seen):,} |",
        f"| Harmless after all, read to the end | | {sum(not one.codes for one in seen):,} |",
        f"| Slowest file, gate and reading | 30 s | {max(one.seconds for one in seen):.1f} s |",
        f"| Slowest answer of the gate | | {max(one.gate_seconds for one in seen):.1f} s; median "
        f"{statistics.median(one.gate_seconds for one in seen):.2f} s |",
        f"| Most memory of a process that opens a file | 512 MB | {max(one.memory for one in seen):.0f} MB |",
        f"| An ordinary scan meanwhile, {len(others.seconds):,} times | 60 s | slowest {max(others.seconds):.1f} s, median "
        f"{statistics.median(others.seconds):.2f} s, {others.refused} refused |",
        f"| Zygotes started anew, after a child had crashed or had been stopped by a limit | | {restarts} |", "",
        "| family | files | refused | reasons | slowest | memory |", "|---|---|---|---|---|---|",
    ]
    families: dict[str, list[Seen]] = defaultdict(list)
    for one in seen:
        families[one.file.family.name].append(one)
    for family in FAMILIES:
        ones = families[family.name]
        codes = Counter(one.codes[0] for one in ones if one.codes)
        told = ", ".join(f"{code} {count}" for code, count in codes.most_common(4))
        lines.append(
            f"| {family.name} | {len(ones)} | {sum(bool(one.codes) for one in ones)} | {told} | {max(one.seconds for one in ones):.1f} s "
            f"| {max(one.memory for one in ones):.0f} MB |")
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    lines += ["", "Memory is what a child really holds (`VmHWM`, looked at every 10 ms), the zygote's part of it included.", "",
              f"{datetime.now(UTC).date().isoformat()}, {processor()}, {os.cpu_count()} cores, load at the end {load}.", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
