"""A service that `extends` a file which several services share.

The shared file is written like a service.yaml that lacks whatever differs. The service's own keys come first. Of `steps`,
`notices`, `outputs` and `derived` its own entries are added to the shared ones, or stand in their place; `key: none` leaves
one out, also at the top. Of the lists `form`, `materials`, `moves` and `reasons` the service takes all, or lists its own in order and names
what it takes from the shared file by key: `form: [plan, {section: own, …}, budget]`. A shared file may extend another.
"""

from collections.abc import Mapping
from os.path import dirname, normpath

import yaml

from laihua.catalog.faults import Faults
from laihua.catalog.yaml_nodes import compose, line_of

LISTS = {"form": "section", "materials": "group", "moves": "move", "reasons": "code"}
NAMED = frozenset({"steps", "notices", "outputs", "derived"})
EXTENDS, NONE = "extends", "none"


def compose_service(texts: Mapping[str, str], label: str, name: str, faults: Faults) -> yaml.Node | None:
    """The service's document with what it takes over. Every node keeps the line and the file in which it stands."""
    own = compose(texts[name], faults, normpath(f"{label}/{name}") if dirname(name) else "")
    if not isinstance(own, yaml.MappingNode):
        return own
    found = next((value for key, value in own.value if key.value == EXTENDS), None)
    if found is None:
        return own
    path = normpath(f"{dirname(name)}/{found.value}") if dirname(name) else str(found.value)
    if path not in texts or path == name:
        faults.add(line_of(found), f"there is no file “{path}”.", "The path starts at the folder of the file.")
        return None
    base = compose_service(texts, label, path, faults)
    return merged(own, base, faults) if isinstance(base, yaml.MappingNode) else None


def merged(own: yaml.MappingNode, base: yaml.MappingNode, faults: Faults) -> yaml.MappingNode:
    mine = {key.value: value for key, value in own.value}
    shared = {key.value: value for key, value in base.value}
    pairs = []
    for key, value in own.value:
        if key.value == EXTENDS or (key.value in shared and is_none(value)):
            continue
        if key.value in LISTS and isinstance(value, yaml.SequenceNode):
            value = taken(value, shared.get(key.value), LISTS[key.value], faults)
        elif key.value in NAMED and isinstance(value, yaml.MappingNode) and isinstance(shared.get(key.value), yaml.MappingNode):
            value = added(value, shared[key.value])
        pairs.append((key, value))
    pairs += [(key, value) for key, value in base.value if key.value not in mine]
    return yaml.MappingNode(own.tag, pairs, own.start_mark, own.end_mark)


def taken(own: yaml.SequenceNode, base: yaml.Node | None, by: str, faults: Faults) -> yaml.SequenceNode:
    """A bare word among the entries is the shared entry of that key."""
    shared = {key_of(item, by): item for item in base.value} if isinstance(base, yaml.SequenceNode) else {}
    items = []
    for item in own.value:
        if isinstance(item, yaml.ScalarNode):
            if item.value not in shared:
                faults.unknown(line_of(item), f"shared {by}", item.value, shared)
                continue
            item = shared[item.value]
        items.append(item)
    return yaml.SequenceNode(own.tag, items, own.start_mark, own.end_mark)


def key_of(item: yaml.Node, by: str) -> str:
    pairs = item.value if isinstance(item, yaml.MappingNode) else []
    return next((str(value.value) for key, value in pairs if key.value == by), "")


def added(own: yaml.MappingNode, base: yaml.MappingNode) -> yaml.MappingNode:
    """In the order of the shared file, what is only the service's own after it."""
    mine = {key.value: (key, value) for key, value in own.value}
    pairs = [mine.pop(key.value, (key, value)) for key, value in base.value]
    return yaml.MappingNode(own.tag, [p for p in [*pairs, *mine.values()] if not is_none(p[1])], own.start_mark, own.end_mark)


def is_none(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.value == NONE


def shared_folder(text: str) -> str:
    """The folder of the file that a service.yaml extends, from its own folder; empty where it extends none."""
    for line in text.splitlines():
        if line.startswith(f"{EXTENDS}:"):
            return dirname(line.partition(":")[2].partition("#")[0].strip())
    return ""
