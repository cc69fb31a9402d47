"""What people consent to separately, from reference/consents.yaml: the texts and their versions."""

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
    """`version`: 16 hexadecimal digits over all texts."""

    key: str
    title: Text
    text: Text
    purpose: Text
    retention: Text
    stops: Text
    version: str

    def words(self) -> dict[str, str]:
        """What was agreed, to be kept."""
        return {f"{name}_{language}": words for name in TEXTS for language, words in getattr(self, name).as_data().items()}


@cache
def purposes() -> dict[str, Purpose]:
    return {key: _purpose(key, row) for key, row in read().items()}


def asked_at(service: Service, items: Iterable[str]) -> list[Purpose]:
    """The purposes of these documents of a service, each once."""
    slots, wanted = service.slots(), set(items)
    keys = {slot.consent for key, slot in slots.items() if key in wanted}
    return [p for p in purposes().values() if p.key in keys]


def read(path: Path = FILE) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def faults(path: Path = FILE) -> Iterator[str]:
    for key, row in read(path).items():
        for name in TEXTS:
            if not isinstance(row.get(name), dict) or not row[name].get("zh") or not row[name].get("en"):
                yield f"reference/{path.name}: {key}.{name}: the text is not there in both languages. Give it zh and en."


def _purpose(key: str, row: Mapping[str, Any]) -> Purpose:
    words = {name: row[name] for name in TEXTS}
    version = hashlib.sha256(orjson.dumps(words, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]
    return Purpose(key=key, **{name: Text.of(row[name]) for name in TEXTS}, version=version)
