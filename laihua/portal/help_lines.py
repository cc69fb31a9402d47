"""Whom to ask: telephone, hours and address per system, from reference/systems.yaml; the hall's own from help_lines.yaml."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from django.conf import settings

from laihua.kernel.texts import Text
from laihua.portal import systems


@dataclass(frozen=True, slots=True)
class HelpLine:
    label: Text
    phone: str
    hours: Text
    address: Text


@cache
def help_line(system: str = "") -> HelpLine:
    """The line of that system; of the hall, where the system has none of its own."""
    line = systems.read().get(system, {}).get("help_line") or _hall_line()
    return HelpLine(
        label=Text.of(line["label"]), phone=line["phone"], hours=Text.of(line["hours"]), address=Text.of(line["address"])
    )


def _hall_line() -> dict[str, Any]:
    lines = yaml.safe_load((settings.BASE_DIR / "reference" / "help_lines.yaml").read_text(encoding="utf-8"))
    line: dict[str, Any] = lines["hall"]
    return line
