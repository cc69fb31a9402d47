"""The files of a service, from the disk or from a stored version. The same files give the same digest anywhere."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from laihua.catalog.definitions import Choice
from laihua.catalog.extending import shared_folder
from laihua.kernel.texts import Text

TEXTS = frozenset({".yaml", ".md", ".py", ".typ", ".txt"})
IGNORED = frozenset({"__pycache__", ".DS_Store"})


@dataclass(frozen=True)
class Folder:
    """`texts` by path; other files by digest in `binaries`, their content by `read`. `lists`: the code lists it uses."""

    label: str
    texts: Mapping[str, str]
    binaries: Mapping[str, str]
    read: Callable[[str], bytes]
    lists: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)

    def __contains__(self, path: str) -> bool:
        return path in self.texts or path in self.binaries

    def content(self, path: str) -> bytes:
        """Raises KeyError where there is no such file."""
        return self.texts[path].encode() if path in self.texts else self.read(self.binaries[path])

    def as_data(self) -> dict[str, Any]:
        return {
            "texts": dict(self.texts),
            "binaries": dict(self.binaries),
            "lists": {name: [_entry(c) for c in choices] for name, choices in self.lists.items()},
        }

    @property
    def digest(self) -> str:
        return sha256(json.dumps(self.as_data(), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _entry(choice: Choice) -> list[str]:
    tree = [choice.level, choice.parent] if choice.level or choice.parent else []
    return [choice.code, choice.label.zh, choice.label.en, *tree]


def from_disk(folder: Path) -> Folder:
    """With the files beside the one that it extends, under their path from here: `../common/base.yaml`."""
    texts: dict[str, str] = {}
    binaries: dict[str, str] = {}
    contents: dict[str, Path] = {}
    read_into(texts, binaries, contents, folder, "")
    if (shared := shared_folder(texts.get("service.yaml", ""))) and (folder / shared).is_dir():
        read_into(texts, binaries, contents, folder / shared, f"{shared}/")
    return Folder(folder.as_posix(), texts, binaries, lambda digest: contents[digest].read_bytes())


def read_into(texts: dict[str, str], binaries: dict[str, str], contents: dict[str, Path], folder: Path, prefix: str) -> None:
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not IGNORED & set(p.relative_to(folder).parts)):
        name = prefix + path.relative_to(folder).as_posix()
        content = path.read_bytes()
        if path.suffix in TEXTS:
            texts[name] = content.decode("utf-8", errors="replace")
        else:
            digest = sha256(content).hexdigest()
            binaries[name], contents[digest] = digest, path


def from_data(label: str, data: Mapping[str, Any], read: Callable[[str], bytes]) -> Folder:
    lists = {
        name: tuple(Choice(code, Text(zh, en), *tree) for code, zh, en, *tree in choices) for name, choices in data["lists"].items()
    }
    return Folder(label, data["texts"], data["binaries"], read, lists)
