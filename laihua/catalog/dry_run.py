"""Runs every condition and hook once on empty answers and once on full ones, so that types are wrong here and not later."""

import traceback
from collections.abc import Mapping
from datetime import date
from typing import Any

from laihua.catalog import conditions
from laihua.catalog.compiled import Definition
from laihua.catalog.conditions import ConditionFailed
from laihua.catalog.definitions import Field
from laihua.catalog.names import Names
from laihua.catalog.simulation import Simulation
from laihua.catalog.vocabulary import vocabulary
from laihua.catalog.yaml_nodes import Found, Reading

TODAY = date(2026, 11, 12)
SAMPLES: Mapping[str, Any] = {
    "date": "2000-02-29", "month": "2010-06", "money": "40000.00", "decimal": "1.5", "integer": 3, "boolean": True,
    "declaration": True, "email": "name@example.com", "phone": "+8613800000000", "passport_number": "X0000000",
    "latin_name": "MUSTER",
}


def sample(field: Field) -> Any:
    if field.choices:
        code = field.choices[0].code
        return [code] if field.type in ("choices", "countries") else code
    return SAMPLES.get(field.type, "示例 1")


def full_answers(definition: Definition) -> dict[str, Any]:
    answers: dict[str, Any] = {key: sample(f) for key, f in definition.service.field_keys().items()}
    for section in definition.service.sections:
        if section.rows is not None:
            answers[section.key] = [{f.key: sample(f) for f in section.fields}] * 2
    return answers


def dry_run(definition: Definition, reading: Reading, hooks_file: str) -> None:
    for answers in ({}, full_answers(definition)):
        try:
            names = definition.context(answers, TODAY)
            definition.panel(names)
            if definition.service.simulator is not None:
                simulation = Simulation(definition)
                simulation.run({key: sample(f) for key, f in simulation.fields.items()} if answers else {}, TODAY)
        except ConditionFailed as problem:
            reading.faults.add(1, str(problem), "It fails on empty or on full answers.")
            return
        except Exception as error:  # a hook may raise anything; it is told with its line
            frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.startswith("<hooks")]
            line = (frames[-1].lineno or 1) if frames else 1
            reading.faults.add(line, f"a hook fails: {error!r}.", "Hooks bear empty answers.", hooks_file)
            return
        for found in reading.conditions:
            _try(definition, found, names, answers, reading)


def _try(definition: Definition, found: Found, names: Names, answers: Mapping[str, Any], reading: Reading) -> None:
    words = vocabulary(definition.service)
    condition = conditions.compile(found.source, words.of(found.section), words.members)
    rows = definition.row_names(names, found.section, answers) if found.section else [names]
    for scope in rows:
        try:
            value = scope.value(condition)
        except ConditionFailed as problem:
            reading.faults.add(found.line, f"types do not fit in {problem}.", "Text is compared with text, numbers with numbers.")
            return
        if found.kind == "office" and not isinstance(value, str):
            reading.faults.add(found.line, f"“{found.source}” is not text.", "It gives the code of an office.")
            return
        if found.kind in ("when", "required", "rule") and value is not None and not isinstance(value, bool):
            reading.faults.add(found.line, f"“{found.source}” is not true or false.", "Compare it with something.")
            return
