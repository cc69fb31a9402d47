"""Kinds of documents that are asked for once, from reference/documents.yaml."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args

import yaml

from laihua.kernel.texts import Text

FILE = Path(__file__).resolve().parents[2] / "reference" / "documents.yaml"
Whose = Literal["person", "unit", "both"]


@dataclass(frozen=True, slots=True)
class Kind:
    """`of`: whose it is. `number`: the field of a form that says which one it is."""

    key: str
    title: Text
    of: Whose
    number: str = ""


@cache
def kinds(path: Path = FILE) -> dict[str, Kind]:
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {key: Kind(key, Text(row["zh"], row["en"]), whose(key, row.get("of")), row.get("number", "")) for key, row in found.items()}


def whose(key: str, word: str) -> Whose:
    if word not in get_args(Whose):
        raise ValueError(f"reference/{FILE.name}: {key}.of is “{word}”. Write person, unit or both.")
    return cast(Whose, word)
