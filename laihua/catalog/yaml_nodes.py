"""Reads YAML with the line of everything, and reports instead of stopping."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import StringIO
from typing import Any, TypeVar

import yaml

from laihua.catalog.definitions import Limit
from laihua.catalog.faults import Faults
from laihua.kernel.texts import Text

T = TypeVar("T")
MERGE = "tag:yaml.org,2002:merge"


@dataclass(frozen=True, slots=True)
class Found:
    """A condition, where it stands, and in which section with rows (its fields are then names too)."""

    source: str
    line: int
    section: str = ""
    own: str = ""       # the field whose rule it is
    kind: str = "when"  # when, required, rule, derived, subject


@dataclass(frozen=True, slots=True)
class Reference:
    kind: str
    name: str
    line: int


@dataclass
class Reading:
    """What one reading of a file gathers beside the values."""

    faults: Faults
    conditions: list[Found] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)
    messages: list[tuple[Text, int, str]] = field(default_factory=list)     # of rules, with their section with rows

    def declare(self, kind: str, name: str, line: int) -> None:
        if name and (kind, name) in self.lines:
            self.faults.add(line, f"{kind} “{name}” is declared twice, first in line {self.lines[kind, name]}.", "Rename one.")
        self.lines.setdefault((kind, name), line)


class Line(int):
    """A line that knows its file, where that is not the one that is read."""

    file: str = ""


def compose(text: str, faults: Faults, file: str = "") -> yaml.Node | None:
    """`file`: where the text stands, when it is not the file that the faults are of."""
    source = StringIO(text)
    source.name = file
    try:
        node = yaml.compose(source, Loader=yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        faults.add(mark.line + 1 if mark else 1, f"not YAML: {error.problem}.", "Quote texts that hold “: ” or “, ”.", file)
        return None
    if node is None:
        faults.add(1, "the file is empty.", file=file)
    return node


def line_of(node: yaml.Node) -> int:
    line = Line(node.start_mark.line + 1)
    name = str(node.start_mark.name or "")
    line.file = "" if name.startswith("<") else name
    return line


def plain(node: yaml.Node) -> Any:
    """The value of a node. Only true and false are booleans; dates and `no` stay text. `<<: *base` takes over a mapping."""
    if isinstance(node, yaml.MappingNode):
        taken = [plain(value) for key, value in node.value if key.tag == MERGE]
        own = {key.value: plain(value) for key, value in node.value if key.tag != MERGE}
        return {k: v for base in taken for k, v in base.items()} | own
    if isinstance(node, yaml.SequenceNode):
        return [plain(item) for item in node.value]
    value: str = node.value
    if isinstance(node, yaml.ScalarNode) and node.style in ("'", "\"", "|", ">"):
        return value
    if value in ("true", "false"):
        return value == "true"
    if value in ("", "null", "~"):
        return None
    if node.tag == "tag:yaml.org,2002:int" and value.lstrip("-").isdigit() and (value == "0" or not value.lstrip("-").startswith("0")):
        return int(value)
    if node.tag == "tag:yaml.org,2002:float":
        try:
            return float(value)
        except ValueError:
            return value
    return value


class Reader:
    """One mapping. Every key that nobody asked for is a fault when it is closed."""

    def __init__(self, node: yaml.Node | None, what: str, reading: Reading, section: str = "") -> None:
        self.what, self.reading, self.faults, self.section = what, reading, reading.faults, section
        self.line = line_of(node) if node is not None else 1
        self.nodes: dict[str, yaml.Node] = {}
        self.asked: list[str] = []
        if not isinstance(node, yaml.MappingNode):
            if node is not None:
                self.faults.add(self.line, f"{what} must be a mapping of keys.", "See docs/how-to/service-format.md.")
            return
        for key, value in node.value:
            if key.value in self.nodes:
                self.faults.add(line_of(key), f"key “{key.value}” stands twice in {what}.", "Remove one.")
            self.nodes[key.value] = value

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *_: object) -> None:
        for key, node in self.nodes.items():
            if key not in self.asked:
                self.faults.unknown(line_of(node), f"key in {self.what}", key, self.asked)

    def node(self, key: str) -> yaml.Node | None:
        self.asked.append(key)
        found = self.nodes.get(key)
        if found is not None and isinstance(found, yaml.ScalarNode) and plain(found) is None:
            return None
        return found

    def at(self, key: str) -> int:
        return line_of(self.nodes[key]) if key in self.nodes else self.line

    def missing(self, key: str) -> None:
        self.faults.add(self.line, f"{self.what} has no “{key}”.", "Add it.")

    def word(self, key: str, default: str | None = None, one_of: Iterable[str] = ()) -> str:
        """Text of one scalar; required when there is no default."""
        node = self.node(key)
        if node is None:
            if default is None:
                self.missing(key)
            return default or ""
        return self._word(node, key, tuple(one_of)) or (default or "")

    def _word(self, node: yaml.Node, key: str, one_of: tuple[str, ...] = ()) -> str:
        if not isinstance(node, yaml.ScalarNode):
            self.faults.add(line_of(node), f"“{key}” of {self.what} must be one value.")
            return ""
        value = str(node.value).strip()
        if one_of and value not in one_of:
            self.faults.unknown(line_of(node), f"value for “{key}”", value, one_of)
            return ""
        return value

    def words(self, key: str, one_of: Iterable[str] = (), required: bool = False) -> tuple[str, ...]:
        """One value or a list of them."""
        node = self.node(key)
        if node is None:
            if required:
                self.missing(key)
            return ()
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        allowed = tuple(one_of)
        return tuple(word for item in items if (word := self._word(item, key, allowed)))

    def refer(self, kind: str, key: str, required: bool = False) -> tuple[str, ...]:
        """Names of things declared elsewhere, checked when everything is read."""
        found = self.words(key, required=required)
        node = self.nodes.get(key)
        items = node.value if isinstance(node, yaml.SequenceNode) else [node] if node is not None else []
        self.reading.references += [Reference(kind, str(i.value), line_of(i)) for i in items if isinstance(i, yaml.ScalarNode)]
        return found

    def refer_one(self, kind: str, key: str, default: str | None = "") -> str:
        value = self.word(key, default)
        if value:
            self.reading.references.append(Reference(kind, value, self.at(key)))
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        node = self.node(key)
        if node is None:
            return default
        value = plain(node)
        if not isinstance(value, bool):
            self.faults.add(line_of(node), f"“{key}” of {self.what} must be true or false.")
            return default
        return value

    def number(self, key: str, default: int | None = None) -> int:
        node = self.node(key)
        if node is None:
            if default is None:
                self.missing(key)
            return default or 0
        value = plain(node)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.faults.add(line_of(node), f"“{key}” of {self.what} must be a whole number.")
            return default or 0
        return value

    def text(self, key: str) -> Text:
        node = self.node(key)
        if node is None:
            self.missing(key)
            return Text("", "")
        return self._text(node, key)

    def optional_text(self, key: str) -> Text | None:
        node = self.node(key)
        return None if node is None else self._text(node, key)

    def _text(self, node: yaml.Node, key: str) -> Text:
        value = plain(node) if isinstance(node, yaml.MappingNode) else None
        if not isinstance(value, dict):
            self.faults.add(line_of(node), f"“{key}” of {self.what} must have zh and en.", "Write {zh: …, en: …}.")
            return Text("", "")
        for other in value.keys() - {"zh", "en"}:
            self.faults.unknown(line_of(node), f"language in “{key}”", other, ("zh", "en"))
        for language in ("zh", "en"):
            if not value.get(language):
                self.faults.add(line_of(node), f"“{key}” of {self.what} has no {language}.", "Every text has both languages.")
        return Text(str(value.get("zh") or ""), str(value.get("en") or ""))

    def texts(self, key: str) -> tuple[Text, ...]:
        return tuple(self._text(node, key) for node in self._items(key))

    def _items(self, key: str) -> list[yaml.Node]:
        node = self.node(key)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.faults.add(line_of(node), f"“{key}” of {self.what} must be a list.")
            return []
        return list(node.value)

    def many(self, key: str, what: str, read: Callable[["Reader"], T], section: str = "") -> tuple[T, ...]:
        results = []
        for node in self._items(key):
            with Reader(node, what, self.reading, section or self.section) as reader:
                results.append(read(reader))
        return tuple(results)

    def one(self, key: str, what: str, read: Callable[["Reader"], T]) -> T | None:
        node = self.node(key)
        if node is None:
            return None
        with Reader(node, what, self.reading, self.section) as reader:
            return read(reader)

    def named(self, key: str, kind: str, read: Callable[[str, "Reader"], T]) -> dict[str, T]:
        """A mapping of names to mappings, in the order of the file."""
        node = self.node(key)
        results: dict[str, T] = {}
        if node is None:
            return results
        if not isinstance(node, yaml.MappingNode):
            self.faults.add(line_of(node), f"“{key}” must map names to mappings.")
            return results
        for name, value in node.value:
            self.reading.declare(kind, name.value, line_of(name))
            with Reader(value, f"{kind} “{name.value}”", self.reading, self.section) as reader:
                results[name.value] = read(name.value, reader)
        return results

    def condition(self, key: str, kind: str = "when", own: str = "", section: str | None = None) -> str:
        source = self.word(key, "")
        if source:
            where = self.section if section is None else section
            self.reading.conditions.append(Found(source, self.at(key), where, own, kind))
        return source

    def flag_or_condition(self, key: str, default: bool, own: str = "") -> bool | str:
        node = self.node(key)
        if node is None:
            return default
        value = plain(node)
        return value if isinstance(value, bool) else self.condition(key, "required", own)

    def limit(self, key: str, required: bool = False) -> Limit | None:
        def read(reader: "Reader") -> Limit:
            working, calendar = reader.number("working_days", 0), reader.number("calendar_days", 0)
            if bool(working) == bool(calendar):
                reader.faults.add(reader.line, "a limit is either working_days or calendar_days.", "Write {working_days: 5}.")
            return Limit(working, "working_days") if working else Limit(calendar, "calendar_days")

        if required and key not in self.nodes:
            self.missing(key)
        return self.one(key, f"“{key}”", read)
