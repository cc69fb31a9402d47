"""Who can sign in at the portal."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("people.yaml")


@lru_cache
def people() -> dict[str, dict[str, Any]]:
    """What the portal asserts about each, by his user id there."""
    return {row["user_id"]: row for row in yaml.safe_load(FILE.read_text(encoding="utf-8"))}
