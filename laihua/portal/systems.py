"""The business systems of the hall, from reference/systems.yaml: their names, notices, roles and help lines."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from django.conf import settings

from laihua.accounts.permissions import ROLES
from laihua.kernel.texts import Text

FILE: Path = settings.BASE_DIR / "reference" / "systems.yaml"
TEXTS = ("title", "short", "owner")
LINE = ("label", "hours", "address")
HOME = ("questions", "centre", "figures")


@dataclass(frozen=True, slots=True)
class Chart:
    """`counts`: what of a unit's cases, see cases.models.UnitCount; of the `last` months or years."""

    counts: str
    per: Literal["month", "year"]
    last: int
    title: Text


@dataclass(frozen=True, slots=True)
class Home:
    """A first page with boards and figures. `boards`: titles by kind of bulletin; `standing`: what is counted, and its words."""

    boards: Mapping[str, Text]
    questions: Text
    centre: Text
    figures: Text
    standing: Mapping[str, Text]
    charts: tuple[Chart, ...]


@dataclass(frozen=True, slots=True)
class System:
    key: str
    title: Text
    short: Text
    owner: Text
    notice: Text | None = None
    individuals: bool = False
    clients: bool = False               # its office works for client units and keeps a list of them
    home: Home | None = None
    roles: Mapping[str, Text] = field(default_factory=dict)

    def role_title(self, roles: frozenset[str]) -> Text | None:
        """What the system calls the first of these roles, in the order of the table of roles."""
        held = next((role for role in ROLES if role in roles), "")
        return self.roles.get(held) or (ROLES[held].title if held else None)


@cache
def systems() -> dict[str, System]:
    return {
        key: System(
            key=key, **{name: Text.of(row[name]) for name in TEXTS}, notice=Text.of(row["notice"]) if "notice" in row else None,
            individuals=row.get("individuals", False), clients=row.get("clients", False),
            home=_home(row["home"]) if "home" in row else None,
            roles={role: Text.of(title) for role, title in row.get("roles", {}).items()},
        )
        for key, row in read().items()
    }


def _home(row: dict[str, Any]) -> Home:
    return Home(
        questions=Text.of(row["questions"]), centre=Text.of(row["centre"]), figures=Text.of(row["figures"]),
        boards=_texts(row["boards"]), standing=_texts(row["standing"]),
        charts=tuple(Chart(c["counts"], c["per"], c["last"], Text.of(c["title"])) for c in row["charts"]),
    )


def _texts(rows: dict[str, Any]) -> dict[str, Text]:
    return {key: Text.of(text) for key, text in rows.items()}


def read(path: Path = FILE) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def faults(path: Path = FILE) -> Iterator[str]:
    """One line for each thing that pages would miss."""
    for key, row in read(path).items():
        place = f"reference/{path.name}: {key}"
        line = row.get("help_line", {})
        texts = {name: row.get(name) for name in TEXTS} | {f"help_line.{name}": line.get(name) for name in LINE}
        texts |= {f"roles.{role}": title for role, title in row.get("roles", {}).items()}
        texts |= {"notice": row["notice"]} if "notice" in row else {}
        if home := row.get("home"):
            texts |= {f"home.{name}": home.get(name) for name in HOME}
            texts |= {f"home.{part}.{one}": text for part in ("boards", "standing") for one, text in home.get(part, {}).items()}
            texts |= {f"home.charts.{n}": chart.get("title") for n, chart in enumerate(home.get("charts", ()), 1)}
        for name, text in texts.items():
            if not isinstance(text, dict) or not text.get("zh") or not text.get("en"):
                yield f"{place}.{name}: the text is not there in both languages. Give it zh and en."
        if not line.get("phone"):
            yield f"{place}.help_line.phone: there is no number. Give the one that users call."
        yield from (
            f"{place}.roles.{role}: there is no such role. Known are {', '.join(ROLES)}."
            for role in row.get("roles", {}) if role not in ROLES
        )
