"""What a material's document is compared with, looked at for, and agrees with, from YAML."""

from collections.abc import Iterator

import yaml

from laihua.catalog.yaml_nodes import Reader, Reference, line_of
from laihua.prechecks.findings import Agrees, Compares

EXPECTED = ("seal", "signature")


def read_compares(reader: Reader, slot: str) -> tuple[Compares, ...]:
    """`[passport_number]` where document and form use one key, or `{name: [surname, given_names]}`."""
    found = []
    for carried, line, named in _pairs(reader, "compares"):
        _refer(reader, "carried", f"{slot}.{carried}", line)
        for field, at in named:
            _refer(reader, "field", field, at)
        found.append(Compares(tuple(field for field, _ in named), carried))
    return tuple(found)


def read_agrees(reader: Reader, slot: str) -> tuple[Agrees, ...]:
    """`{employer: contract.employer}`: what this document carries, and another material with what that one carries."""
    found = []
    for carried, line, named in _pairs(reader, "agrees"):
        _refer(reader, "carried", f"{slot}.{carried}", line)
        for name, at in named:
            other, dot, key = name.partition(".")
            if not dot:
                reader.faults.add(at, f"“{name}” names no material.", "Write material.key, such as contract.employer.")
                continue
            _refer(reader, "carried", name, at)
            found.append(Agrees(carried, other, key))
    return tuple(found)


def _pairs(reader: Reader, key: str) -> Iterator[tuple[str, int, list[tuple[str, int]]]]:
    """What the document carries, its line, and what it is held against, each with its line."""
    node = reader.node(key)
    if node is None:
        return
    if isinstance(node, yaml.SequenceNode) and key == "compares":
        for item in node.value:
            if not isinstance(item, yaml.ScalarNode):
                reader.faults.add(line_of(item), f"“{key}” of {reader.what} must name fields.", "Write {number: passport_number}.")
                continue
            yield str(item.value), line_of(item), [(str(item.value), line_of(item))]
        return
    if not isinstance(node, yaml.MappingNode):
        reader.faults.add(line_of(node), f"“{key}” of {reader.what} must be a mapping.", "See docs/how-to/service-format.md.")
        return
    for name, value in node.value:
        items = value.value if isinstance(value, yaml.SequenceNode) else [value]
        named = [(str(i.value), line_of(i)) for i in items if isinstance(i, yaml.ScalarNode) and i.value]
        if not named or len(named) < len(items):
            reader.faults.add(line_of(value), f"“{name.value}” of “{key}” names nothing.", "Name a field, or a list of them.")
            continue
        yield str(name.value), line_of(name), named


def _refer(reader: Reader, kind: str, name: str, line: int) -> None:
    reader.reading.references.append(Reference(kind, name, line))
