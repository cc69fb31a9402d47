"""What people consent to separately, from reference/consents.yaml: the texts, their versions, where they are asked."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import yaml

from laihua.catalog.definitions import Service
from laihua.kernel.texts import Text

FILE = Path(__file__).resolve().parents[2] / "reference" / "consents.yaml"
TEXTS = ("title", "text", "purpose", "retention", "stops")


@dataclass(frozen=True, slots=True)
class Purpose:
    """`version`: 16 hexadecimal digits over all texts. `items`: documents by service."""

    key: str
    title: Text
    text: Text
    purpose: Text
    retention: Text
    stops: Text
    version: str
    items: Mapping[str, tuple[str, ...]]

    def words(self) -> dict[str, str]:
        """What was agreed, to be kept."""
        return {f"{name}_{language}": words for name in TEXTS for language, words in getattr(self, name).as_data().items()}


@cache
def purposes() -> dict[str, Purpose]:
    return {key: _purpose(key, row) for key, row in read().items()}


def asked_at(service_id: str, items: Iterable[str] | None = None) -> list[Purpose]:
    """The purposes of these documents of a service; of all its documents without `items`."""
    wanted = None if items is None else set(items)
    return [
        p for p in purposes().values()
        if (there := p.items.get(service_id)) and (wanted is None or wanted & set(there))
    ]


def read(path: Path = FILE) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def faults(services: Iterable[Service], path: Path = FILE) -> Iterator[str]:
    known = {service.id: set(service.slots()) for service in services}
    for key, row in read(path).items():
        place = f"reference/{path.name}: {key}"
        for name in TEXTS:
            if not isinstance(row.get(name), dict) or not row[name].get("zh") or not row[name].get("en"):
                yield f"{place}.{name}: the text is not there in both languages. Give it zh and en."
        for service, items in row.get("items", {}).items():
            missing = set(items) - known.get(service, set())
            if service not in known:
                yield f"{place}.items: there is no service {service}. Use the id of one, such as {next(iter(known), '…')}."
            elif missing:
                yield f"{place}.items.{service}: the service has no document {', '.join(sorted(missing))}. Use keys of its materials."


def _purpose(key: str, row: Mapping[str, Any]) -> Purpose:
    words = {name: row[name] for name in TEXTS}
    version = hashlib.sha256(orjson.dumps(words, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]
    return Purpose(
        key=key, **{name: Text.of(row[name]) for name in TEXTS}, version=version,
        items={service: tuple(items) for service, items in row.get("items", {}).items()},
    )
