"""How the examples of a service are written."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from laihua.catalog.faults import Fault, did_you_mean
from laihua.catalog.folders import Folder
from laihua.catalog.yaml_nodes import line_of, plain

KEYS = frozenset({"title", "today", "answers", "uploaded", "facts", "moves", "expect"})
EXPECTED = frozenset({
    "category", "values", "points", "checklist", "not_in_checklist", "deferrable", "gaps", "refused", "step", "steps", "due", "panel",
})


@dataclass(frozen=True, slots=True)
class Example:
    file: str
    line: int
    title: str
    today: date
    answers: dict[str, Any]
    uploaded: frozenset[str]
    facts: dict[str, Any]
    moves: tuple[dict[str, str], ...]
    expect: dict[str, Any]


def examples_of(folder: Folder) -> tuple[list[Example], list[Fault]]:
    """All examples of a folder, and what is wrong with how they are written."""
    examples: list[Example] = []
    faults: list[Fault] = []
    for path in sorted(p for p in folder.texts if p.startswith("examples/") and p.endswith(".yaml")):
        file = f"{folder.label}/{path}"
        try:
            node = yaml.compose(folder.texts[path], Loader=yaml.CSafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            faults.append(Fault(file, mark.line + 1 if mark else 1, f"not YAML: {error.problem}."))
            continue
        for item in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            _read(item, file, examples, faults)
    return examples, faults


def _read(node: yaml.Node | None, file: str, examples: list[Example], faults: list[Fault]) -> None:
    line = line_of(node) if node is not None else 1
    data = plain(node) if isinstance(node, yaml.MappingNode) else {}
    expect = data.get("expect") or {}
    for key in data.keys() - KEYS:
        faults.append(Fault(file, line, f"unknown key “{key}” in an example.", did_you_mean(key, KEYS)))
    for key in expect.keys() - EXPECTED:
        faults.append(Fault(file, line, f"unknown key “{key}” in expect.", did_you_mean(key, EXPECTED)))
    try:
        examples.append(Example(
            file=file, line=line, title=str(data["title"]), today=date.fromisoformat(str(data["today"])),
            answers=dict(data.get("answers") or {}), uploaded=frozenset(data.get("uploaded") or ()),
            facts=dict(data.get("facts") or {}), moves=tuple(data.get("moves") or ()), expect=expect,
        ))
    except (KeyError, ValueError, TypeError) as error:
        faults.append(Fault(file, line, f"an example needs title, today, answers and expect: {error}."))
