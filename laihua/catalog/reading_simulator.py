"""The simulator of a service, from YAML to values."""

from typing import Any

import yaml

from laihua.catalog.reading_form import read_section
from laihua.catalog.simulators import Part, Simulator, Try
from laihua.catalog.yaml_nodes import Reader, line_of, plain


def read_simulator(reader: Reader) -> Simulator:
    reader.reading.declare("service", "simulator", reader.line)
    return Simulator(
        title=reader.text("title"), hint=reader.optional_text("hint"),
        parts=reader.many("sections", "section of the simulator", read_part),
        given=read_answers("given", reader), tries=reader.many("tries", "try", read_try),
    )


def read_part(reader: Reader) -> Part:
    if "form" not in reader.nodes:
        return Part(own=read_section(reader))
    return Part(
        form=reader.word("form"), fields=reader.refer("field", "fields", required=True), title=reader.optional_text("title"),
        hint=reader.optional_text("hint"),
    )


def read_try(reader: Reader) -> Try:
    found = Try(document=reader.text("document"), answers=read_answers("with", reader))
    reader.reading.declare("try", found.document.en, reader.line)
    if not found.answers:
        reader.missing("with")
    return found


def read_answers(key: str, reader: Reader) -> dict[str, Any]:
    node = reader.node(key)
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        reader.faults.add(line_of(node), f"“{key}” must map fields to answers.")
        return {}
    return {str(k): v for k, v in plain(node).items()}
