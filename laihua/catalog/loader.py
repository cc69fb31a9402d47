"""From a folder to a service, or to everything that is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from laihua.catalog import (
    checks_of_flow,
    checks_of_following,
    checks_of_names,
    checks_of_prechecks,
    checks_of_proceedings,
    checks_of_simulators,
    reference,
)
from laihua.catalog.compiled import Definition
from laihua.catalog.definitions import Choice, Field, Section, Service
from laihua.catalog.dry_run import dry_run
from laihua.catalog.extending import compose_service
from laihua.catalog.faults import Fault, Faults
from laihua.catalog.folders import Folder, from_disk
from laihua.catalog.hook_modules import check_source, functions_of
from laihua.catalog.names import Hook
from laihua.catalog.reading import read_service
from laihua.catalog.yaml_nodes import Reading

SERVICE, HOOKS = "service.yaml", "hooks.py"


@dataclass(frozen=True)
class Loaded:
    """`service` and `definition` are there when the folder has no fault."""

    folder: Folder
    service: Service | None
    definition: Definition | None
    faults: list[Fault]


class NotLoadable(Exception):
    """A folder with faults was to be used."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(f) for f in faults))
        self.faults = faults


def load(folder: Path) -> Loaded:
    """Reads and checks a folder of `services/`. Reports every fault at once, raises nothing for them."""
    return load_files(from_disk(folder), reference.lists(), complete=True)


def load_files(folder: Folder, lists: reference.Lists, complete: bool) -> Loaded:
    """`complete`: also ask for guide and examples, which every service in the house must have."""
    file = f"{folder.label}/{SERVICE}"
    faults = Faults(file)
    if SERVICE not in folder.texts:
        faults.add(1, "there is no service.yaml.", "See docs/how-to/service-format.md.")
        return Loaded(folder, None, None, faults.found)
    node = compose_service(folder.texts, folder.label, SERVICE, faults)
    if node is None:
        return Loaded(folder, None, None, faults.found)
    reading = Reading(faults)
    service = read_service(node, reading)
    hooks = _hooks(folder, faults)
    used = {r.name: lists[r.name] for r in reading.references if r.kind == "list" and r.name in lists}
    service = with_lists(service, used)
    folder = replace(folder, lists=used)
    checks_of_names.check(service, reading, folder, set(hooks), set(lists))
    checks_of_flow.check(service, reading)
    checks_of_following.check(service, reading)
    checks_of_prechecks.check(service, reading)
    checks_of_proceedings.check(service, reading)
    checks_of_simulators.check(service, reading)
    definition = None
    if not faults.found:
        definition = Definition(service, folder, hooks)
        dry_run(definition, reading, f"{folder.label}/{HOOKS}")
    if complete:
        checks_of_names.check_files(service, reading, folder)
    if faults.found:
        return Loaded(folder, None, None, sorted(faults.found))
    return Loaded(folder, service, definition, [])


def definition_of(folder: Folder, version_id: UUID) -> Definition:
    """From a stored version, which was checked when it was stored. Guards and roles may have changed since: not checked."""
    faults = Faults(folder.label)
    node = compose_service(folder.texts, folder.label, SERVICE, faults)
    if node is None or faults.found:
        raise NotLoadable(faults.found)
    service = with_lists(read_service(node, Reading(faults)), folder.lists)
    hooks = functions_of(folder.texts[HOOKS], f"hooks_{version_id.hex}") if HOOKS in folder.texts else {}
    return Definition(service, folder, hooks, version_id)


def with_lists(service: Service, lists: Mapping[str, tuple[Choice, ...]]) -> Service:
    """The entries of code lists in place of their names."""

    def filled(field: Field) -> Field:
        if len(field.choices) == 1 and field.choices[0].code.startswith("@"):
            return replace(field, choices=lists.get(field.choices[0].code[1:], ()))
        return field

    def with_choices(section: Section) -> Section:
        return replace(section, fields=tuple(filled(f) for f in section.fields))

    simulator = service.simulator and replace(
        service.simulator, parts=tuple(replace(p, own=with_choices(p.own)) if p.own else p for p in service.simulator.parts)
    )
    return replace(service, simulator=simulator, sections=tuple(with_choices(s) for s in service.sections))


def _hooks(folder: Folder, faults: Faults) -> dict[str, Hook]:
    source, file = folder.texts.get(HOOKS), f"{folder.label}/{HOOKS}"
    if source is None or not check_source(source, file, faults):
        return {}
    try:
        return functions_of(source, f"hooks_of_{folder.label.replace('/', '_')}")
    except Exception as error:  # whatever the module raises while it is made is a fault of the folder
        faults.add(1, f"hooks.py cannot be run: {error!r}.", file=file)
        return {}
