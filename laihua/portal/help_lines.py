"""Whom to ask: telephone, hours and address per system, from reference/help_lines.yaml."""

from dataclasses import dataclass
from functools import cache

import yaml
from django.conf import settings

from laihua.kernel.texts import Text


@dataclass(frozen=True, slots=True)
class HelpLine:
    label: Text
    phone: str
    hours: Text
    address: Text


@cache
def help_line(system: str = "") -> HelpLine:
    """The line of that system; of the hall, where the system has none of its own."""
    lines = yaml.safe_load((settings.BASE_DIR / "reference" / "help_lines.yaml").read_text(encoding="utf-8"))
    line = lines.get(system) or lines["hall"]
    return HelpLine(
        label=Text.of(line["label"]), phone=line["phone"], hours=Text.of(line["hours"]), address=Text.of(line["address"])
    )
