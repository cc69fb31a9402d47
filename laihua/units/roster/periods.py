"""The periods of the roster, from reference/roster.yaml: an installation changes them there."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

FILE: Path = settings.BASE_DIR / "reference" / "roster.yaml"


@dataclass(frozen=True, slots=True)
class Periods:
    """Calendar days. The extension is filed from `opens` to `closes` days before the permit ends, both included."""

    opens: int
    closes: int
    near_extension: int
    near_contract: int
    near_passport: int
    near_filing: int
    reminders: tuple[int, ...]


@cache
def periods(path: Path = FILE) -> Periods:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    extension, near = data["extension"], data["near"]
    if not extension["opens"] > extension["closes"] >= 0:
        raise ValueError(f"{path.name}: the window of an extension must open before it closes")
    return Periods(
        extension["opens"], extension["closes"], near["extension"], near["contract"], near["passport"], near["filing"],
        tuple(sorted(data["reminders"], reverse=True)),
    )
