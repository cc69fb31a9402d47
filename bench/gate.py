"""`python -m bench.gate`: how long the gate takes for files of ordinary size (goal: within a second each)."""

import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from laihua.prechecks import gate
from tests.prechecks import samples

ROUNDS = 5


def main() -> None:
    a4 = (1654, 2339)  # 200 dpi
    files = {
        "1-page scan, 200 dpi": ("a.pdf", "pdf", samples.scan(samples.page_image(size=a4))),
        "8-page scan, 200 dpi": ("a.pdf", "pdf", samples.scan(*[samples.page_image(size=a4)] * 8)),
        "photograph 1200 × 1600": ("a.jpg", "photo", samples.photo(size=(1200, 1600))),
    }
    for what, (name, accept, content) in files.items():
        results = [
            gate.inspect(content, name=name, accept=accept, max_bytes=2**23, colour=True)  # type: ignore[arg-type]
            for _ in range(ROUNDS)
        ]
        if not all(result.ok for result in results):
            raise SystemExit(f"{what}: refused, {[problem.code for problem in results[0].problems]}")
        times = [result.seconds for result in results]
        median, worst = statistics.median(times), max(times)
        print(f"{what:24} {len(content) / 1024:7.0f} KB   median {median:.3f} s   worst {worst:.3f} s")


if __name__ == "__main__":
    main()
