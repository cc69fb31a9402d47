"""Everything that a service names must be there: names in conditions, files, hooks, roles, steps."""

from collections.abc import Collection
from string import Formatter

from laihua.accounts.permissions import ROLES, SUBJECT, SYSTEM_ROLE
from laihua.catalog import cascades, conditions, reference, registry
from laihua.catalog.definitions import Service
from laihua.catalog.example_files import examples_of
from laihua.catalog.folders import Folder
from laihua.catalog.proceedings import MAIN
from laihua.catalog.vocabulary import facts_of, vocabulary
from laihua.catalog.yaml_nodes import Reading
from laihua.kernel import masking

ACTORS = frozenset({"unit", SUBJECT, SYSTEM_ROLE, *ROLES})


def check(service: Service, reading: Reading, folder: Folder, hooks: Collection[str], lists: Collection[str]) -> None:
    _check_keys(service, reading)
    _check_references(service, reading, folder, hooks, lists)
    _check_conditions(service, reading)
    _check_notices(service, reading)
    _check_messages(service, reading)
    _check_round_trips(service, reading)
    _check_cascades(service, reading)


def _check_references(
    service: Service, reading: Reading, folder: Folder, hooks: Collection[str], lists: Collection[str]
) -> None:
    fields = service.field_keys()
    row_fields = {f.key for s in service.sections if s.rows is not None for f in s.fields}
    known: dict[str, Collection[str]] = {
        "step": service.steps, "target": [*service.steps, "$asked"], "role": ROLES, "actor": ACTORS,
        "proceeding": {MAIN, *service.proceedings},
        "recipient": [*ACTORS, *(f"field:{k}" for k, f in fields.items() if f.type in ("phone", "email"))],
        "notice": service.notices, "move": service.moves, "output": service.outputs, "field": fields, "name": [*fields, *service.derived],
        "date": [k for k, f in fields.items() if f.type == "date"] + list(service.derived), "hook": hooks, "list": lists,
        "file": [*folder.texts, *folder.binaries], "mask": masking.KINDS,
        "life_event": [choice.code for choice in reference.lists().get("life_events", ())],
        "source": {f"{owner}.{member}" for owner, members in facts_of(service).items() for member in members},
    }
    if registry.guards:
        known["guard"], known["start_guard"] = registry.guards, registry.start_guards
    if registry.effects is not None:
        known["effect"] = registry.effects
    for named in reading.references:
        allowed = known.get(named.kind)
        if allowed is not None and named.name not in allowed:
            reading.faults.unknown(named.line, WORDS.get(named.kind, named.kind), named.name, allowed)
    for section in service.sections:
        if section.rows and section.rows.title and section.rows.title not in row_fields:
            reading.faults.unknown(reading.lines["section", section.key], "field for the title of a row", section.rows.title,
                                   [f.key for f in section.fields])


WORDS = {"target": "step", "actor": "role", "name": "field or derived name", "date": "date field", "list": "code list",
         "start_guard": "guard at the start", "life_event": "life event of reference/life_events.yaml"}


def _check_keys(service: Service, reading: Reading) -> None:
    seen: dict[str, tuple[str, int]] = {}
    rows = {s.key for s in service.sections if s.rows is not None}
    declared = [("field", k) for k in service.field_keys()] + [("section", k) for k in rows]
    declared += [("derived", k) for k in service.derived]
    inner = [(f"{s.key}.{f.key}", f.key) for s in service.sections if s.rows is not None for f in s.fields]
    for kind, key in declared:
        line = reading.lines.get((kind, key), 1)
        if key in seen:
            other, first = seen[key]
            reading.faults.add(max(line, first), f"“{key}” is the name of a {other} already.", "Every name stands for one thing.")
        seen[key] = kind, line
        _check_key(key, line, service, reading)
    for path, key in inner:
        _check_key(key, reading.lines.get(("field", path), 1), service, reading)


def _check_key(key: str, line: int, service: Service, reading: Reading) -> None:
    if not key.isidentifier() or not key.isascii() or key != key.lower():
        reading.faults.add(line, f"“{key}” cannot be a name.", "Use small letters, digits and _.")
    if key in conditions.RESERVED or key in facts_of(service):
        reading.faults.add(line, f"“{key}” has a meaning in conditions.", "Choose another name.")


def _check_conditions(service: Service, reading: Reading) -> None:
    words = vocabulary(service)
    for found in reading.conditions:
        names = words.of(found.section, found.own if found.kind == "derived" else "")
        try:
            conditions.compile(found.source, names, words.members)
        except conditions.NotACondition as problem:
            reading.faults.add(found.line, str(problem), problem.remedy)


def _check_cascades(service: Service, reading: Reading) -> None:
    for field in service.field_keys().values():
        for fault in cascades.faults(field) if field.choices else ():
            reading.faults.add(reading.lines.get(("field", field.key), 1), fault, "Mend the levels or the list.")


def _check_notices(service: Service, reading: Reading) -> None:
    for notice in service.notices.values():
        line = reading.lines.get(("notice", notice.key), 1)
        texts = [notice.subject, notice.body, notice.sms]
        for sentence in (s for t in texts for s in (t.zh, t.en)):
            try:
                names = {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
            except ValueError as error:
                reading.faults.add(line, f"a text of notice “{notice.key}” cannot be filled in: {error}.")
                continue
            for name in names - registry.NOTICE_VALUES:
                reading.faults.unknown(line, f"value in notice “{notice.key}”", name, registry.NOTICE_VALUES)


def _check_messages(service: Service, reading: Reading) -> None:
    """What a message names in braces is a name of the service."""
    words = vocabulary(service)
    for message, line, section in reading.messages:
        for sentence in (message.zh, message.en):
            try:
                names = {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
            except ValueError as error:
                reading.faults.add(line, f"the message cannot be filled in: {error}.")
                continue
            for name in names - words.of(section):
                reading.faults.unknown(line, "name in a message", name, words.of(section))


def _check_round_trips(service: Service, reading: Reading) -> None:
    """What is printed to come back needs a slot to come back to, and only a form holds what was filled in."""
    scanned = {slot.form for slot in service.slots().values()}
    for output in (o for o in service.outputs.values() if o.round_trip):
        line = reading.lines.get(("output", output.key), 1)
        if output.kind != "form":
            reading.faults.add(line, f"output “{output.key}” comes back as a scan, but is no form.", "Add kind: form.")
        if output.key not in scanned:
            reading.faults.add(line, f"no material takes the scan of “{output.key}”.", f"Give one form: {output.key}.")


def check_files(service: Service, reading: Reading, folder: Folder) -> None:
    """What every service of the house has: guide in both languages, an example that passes and one that is refused."""
    parts = folder.label.split("/")
    if "services" in parts:
        id = ".".join(parts[len(parts) - parts[::-1].index("services"):])
        if service.id != id:
            reading.faults.add(reading.lines.get(("service", "id"), 1), f"the id is “{service.id}”, the folder {id}.", f"Write id: {id}.")
    for guide in ("guide.zh.md", "guide.en.md"):
        if not folder.texts.get(guide, "").strip():
            reading.faults.add(1, f"{guide} is missing.", "Say who may apply, what is needed, how long it takes, by what law.",
                               f"{folder.label}/{guide}")
    examples, problems = examples_of(folder)
    reading.faults.found += problems
    if not any(e.expect.get("refused") is False for e in examples):
        reading.faults.add(1, "there is no example that passes.", "Write one with expect: {refused: false}.", f"{folder.label}/examples")
    if not any(e.expect.get("refused") is True for e in examples):
        reading.faults.add(1, "there is no example that is refused.", "Write one with expect: {refused: true}.", f"{folder.label}/examples")
