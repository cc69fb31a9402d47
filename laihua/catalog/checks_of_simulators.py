"""A simulator asks what there is, and its tries are answers that somebody could give."""

from collections.abc import Iterable, Mapping
from typing import Any

from laihua.catalog import values
from laihua.catalog.definitions import Field, Section, Service
from laihua.catalog.yaml_nodes import Reading


def check(service: Service, reading: Reading) -> None:
    simulator = service.simulator
    if simulator is None:
        return
    line = reading.lines.get(("service", "simulator"), 1)
    if service.panel is None:
        reading.faults.add(line, "the simulator has nothing to answer with.", "Give the service a panel.")
    form = {s.key: s for s in service.sections if s.rows is None}
    for part in (p for p in simulator.parts if p.own is None):
        if part.form not in form:
            reading.faults.unknown(line, "section of the form", part.form, form)
            continue
        there = [f.key for f in form[part.form].fields]
        for key in set(part.fields) - set(there):
            reading.faults.unknown(line, f"field of section “{part.form}”", key, there)
    _check_own(simulator.sections(), service, reading)
    fields = {**service.field_keys(), **{f.key: f for s in simulator.sections() for f in s.fields}}
    asked = {f.key for s in simulator.sections() for f in s.fields} | {key for p in simulator.parts for key in p.fields}
    _check_answers(simulator.given, fields, fields, line, reading)
    for one in simulator.tries:
        _check_answers(one.answers, asked, fields, reading.lines.get(("try", one.document.en), line), reading)


def _check_own(sections: Iterable[Section], service: Service, reading: Reading) -> None:
    taken = {*service.field_keys(), *service.derived, *(s.key for s in service.sections)}
    for section in sections:
        line = reading.lines.get(("section", section.key), 1)
        if section.rows is not None:
            reading.faults.add(line, f"section “{section.key}” has rows, and a simulator asks none.", "Ask for the figure itself.")
        for key in {section.key, *(f.key for f in section.fields)} & taken:
            reading.faults.add(line, f"“{key}” of the simulator is a name of the form already.", "Choose another name.")


def _check_answers(
    answers: Mapping[str, Any], known: Iterable[str], fields: Mapping[str, Field], line: int, reading: Reading
) -> None:
    for key, value in answers.items():
        if key not in set(known):
            reading.faults.unknown(line, "field of the simulator", key, sorted(known))
            continue
        try:
            kept = values.clean(fields[key], value)
        except values.Invalid as problem:
            reading.faults.add(line, f"“{key}” cannot be {value!r}: {problem.message.en}.")
            continue
        if kept is None:
            reading.faults.add(line, f"“{key}” is given no value.", "Leave it out.")
