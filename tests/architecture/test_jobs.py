"""Jobs named by a string exist."""

import re
from pathlib import Path

from procrastinate.contrib.django import app

from laihua.kernel import jobs

ROOT = Path(__file__).resolve().parent.parent.parent


def test_every_job_that_is_deferred_by_name_is_declared() -> None:
    jobs.find()
    named = {
        name for path in (ROOT / "laihua").rglob("*.py")
        for name in re.findall(r'\bdefer\(\s*"(\w+\.[\w.]+)"', path.read_text(encoding="utf-8"))
    }
    assert named
    assert named <= set(app.tasks)
