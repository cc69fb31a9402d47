"""The benches run through, with small numbers. What they measure is for `make bench`."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_quick_run_prints_every_section_and_writes_nothing() -> None:
    page = ROOT / "docs" / "reference" / "benchmarks.md"
    before = page.read_bytes() if page.exists() else b""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LAIHUA_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--quick"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    for title in ("One move", "A whole life of a case", "Signing in", "The officer's queue"):
        assert title in done.stdout
    assert "goal" in done.stdout
    assert (page.read_bytes() if page.exists() else b"") == before
