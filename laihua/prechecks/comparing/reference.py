"""Words of reference/ that comparisons stand on."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parents[3] / "reference"


@cache
def table(name: str) -> dict[str, Any]:
    """Codes and words are text even where they look like something else: NO is Norway."""
    loaded: dict[str, Any] = yaml.load((FOLDER / f"{name}.yaml").read_text("utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 - text only
    return loaded
