"""Code lists of `reference/`: a file that has `entries` is a list that fields may choose from."""

from functools import lru_cache
from pathlib import Path

import yaml

from laihua.catalog.definitions import Choice
from laihua.catalog.faults import Fault
from laihua.kernel.texts import Text

FOLDER = Path(__file__).resolve().parents[2] / "reference"

Lists = dict[str, tuple[Choice, ...]]


@lru_cache(maxsize=8)
def lists(folder: Path = FOLDER) -> Lists:
    """All lists by name. Codes and both labels of each entry; codes are text even where they look like numbers."""
    found: Lists = {}
    for path in sorted(folder.glob("*.yaml")):
        data = yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 - text only
        if isinstance(data, dict) and "entries" in data:
            found[path.stem] = tuple(
                Choice(e["code"], Text(e["zh"], e["en"]), e.get("level", ""), e.get("parent", "")) for e in data["entries"]
            )
    return found


def check(folder: Path = FOLDER) -> list[Fault]:
    """Every entry has a code of its own and both languages; a parent is an entry of the list, and no entry lies below itself."""
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.yaml")):
        node = yaml.compose(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        if not isinstance(node, yaml.MappingNode):
            continue
        entries = next((v for k, v in node.value if k.value == "entries"), None)
        seen: set[str] = set()
        for entry in entries.value if entries is not None else ():
            line = entry.start_mark.line + 1
            values = {k.value: v.value for k, v in entry.value}
            missing = [key for key in ("code", "zh", "en") if not values.get(key)]
            if missing:
                faults.append(Fault(str(path), line, f"the entry has no {', '.join(missing)}.", "Every entry has code, zh and en."))
            if values.get("code") in seen:
                faults.append(Fault(str(path), line, f"code “{values['code']}” stands twice.", "Remove one."))
            if values.get("parent") and values["parent"] not in seen:
                faults.append(Fault(str(path), line, f"the parent “{values['parent']}” does not stand above this entry.",
                                    "Write the parent first."))
            seen.add(values.get("code", ""))
    return faults
