"""The table of moves leads everywhere and out of everywhere."""

from laihua.catalog.definitions import Service
from laihua.catalog.yaml_nodes import Reading

ASKED = "$asked"


def check(service: Service, reading: Reading) -> None:
    steps, faults = service.steps, reading.faults

    def at(kind: str, key: str) -> int:
        return reading.lines.get((kind, key), 1)

    _check_ends(service, reading)
    _check_facts(service, reading)
    _check_told(service, reading)
    _check_first_page(service, reading)
    reached = reachable(service)
    for step in steps.values():
        if step.key not in reached:
            faults.add(at("step", step.key), f"no move leads to step “{step.key}”.", "Add a move, or remove the step.")
        leaving = [m for m in service.moves.values() if step.key in m.sources]
        if not step.outcome and not leaving:
            faults.add(at("step", step.key), f"no move leads out of step “{step.key}”.", "Add a move, or give it an outcome.")
        if step.holder == "authority" and not step.by and not step.outcome:
            faults.add(at("step", step.key), f"nobody works step “{step.key}”.", "Add by: with a role.")
    for move in service.moves.values():
        line = at("move", move.key)
        for source in move.sources:
            if source in steps and steps[source].outcome:
                faults.add(line, f"move “{move.key}” starts at “{source}”, which is final.", "A case that has ended stays as it is.")
        if move.automatic and "system" not in move.by:
            faults.add(line, f"automatic move “{move.key}” is not made by the system.", "Add system to by.")
        if move.target == ASKED and move.clock != "resume":
            faults.add(line, f"move “{move.key}” goes back to the step that asked, but does not resume the clock.", "Add clock: resume.")
        if move.target in steps and steps[move.target].outcome and _clock_runs(service) and move.clock not in ("stop", ""):
            faults.add(line, f"move “{move.key}” ends the case with clock: {move.clock}.", "Add clock: stop.")


def _check_ends(service: Service, reading: Reading) -> None:
    """Whoever starts the case holds its first step, and nothing waits for a unit that no case of the service has."""
    first, line = service.steps.get(service.first_step), reading.lines.get(("service", "starts"), 1)
    faults, in_person = reading.faults, {"person", "visitor"} & set(service.starts)
    if first is not None and "unit" in service.starts and in_person:
        faults.add(line, "a service is started either by units or by people.", "Make a second folder for the other.")
    elif first is not None and service.starts and first.holder != ("subject" if in_person else "unit"):
        word = "subject" if in_person else "unit"
        faults.add(line, f"the case begins at step “{first.key}”, which is not with whoever starts it.",
                   f"Give the step holder: {word}, editable: true.")
    for step in service.steps.values():
        if step.office and (step.holder != "authority" or step.key == service.first_step):
            faults.add(reading.lines.get(("step", step.key), 1), f"step “{step.key}” has an office but does not go to one.",
                       "Only a step with holder: authority is handed to an office.")
        if step.editable and step.holder not in ("unit", "subject"):
            faults.add(reading.lines.get(("step", step.key), 1), f"step “{step.key}” is editable but lies with {step.holder}.",
                       "Only unit and subject fill in.")
    if not in_person or "unit" in service.starts:
        return
    for kind, things in (("field", service.field_keys().values()), ("material", service.slots().values())):
        for one in things:
            if one.by == "unit":
                faults.add(reading.lines.get((kind, one.key), 1), f"{kind} “{one.key}” is given by a unit, and there is none.",
                           "Remove by: unit.")


def _check_facts(service: Service, reading: Reading) -> None:
    """Facts and enrolments are of whoever files: a unit's service has no person's, and the other way round."""
    wrong, faults = ("person" if "unit" in service.starts else "unit"), reading.faults
    if service.enrols and service.enrols.whom == "person":
        wrong = ""      # a member of a unit files his own profile in it
    for section in service.sections:
        for field in section.fields:
            line = reading.lines.get(("field", f"{section.key}.{field.key}" if section.rows else field.key), 1)
            if field.prefill and (field.source or section.rows):
                faults.add(line, f"field “{field.key}” cannot have a prefill.", "It is for fields outside rows, without a source.")
            if wrong and wrong in (field.prefill.partition(".")[0], field.source.partition(".")[0]):
                faults.add(line, f"field “{field.key}” takes over a fact that no case of this service knows.",
                           f"Nothing is known as {wrong}.… here.")
    if service.about and "unit" not in service.starts:
        faults.add(reading.lines.get(("service", "about"), 1), "only a unit starts a case about something.", "Write starts: unit.")
    if service.enrols and service.enrols.whom == "unit" and "unit" not in service.starts:
        faults.add(reading.lines.get(("service", "enrols"), 1), f"enrols a {service.enrols.whom}, but none starts the case.",
                   "whom: is whoever starts it.")


def _check_told(service: Service, reading: Reading) -> None:
    """A move that waits for its notice: every way into its step tells it, to whoever holds the step."""
    for move in (m for m in service.moves.values() if m.automatic and m.automatic.once_told):
        key = move.automatic.once_told if move.automatic else ""
        notice, line = service.notices.get(key), reading.lines.get(("move", move.key), 1)
        for source in (service.steps[s] for s in move.sources if s in service.steps):
            if notice and not any(to == source.holder or to.startswith("field:") for to in notice.to):
                reading.faults.add(line, f"“{move.key}” waits until “{key}” is told, but that is not told to {source.holder}.",
                                   f"Add to: {source.holder}.")
            for way in service.moves.values():
                if way.target == source.key and source.key not in way.sources and key not in way.notices:
                    reading.faults.add(line, f"“{move.key}” waits until “{key}” is told, but “{way.key}” does not tell it.",
                                       f"Add it to the notices of {way.key}.")


def _check_first_page(service: Service, reading: Reading) -> None:
    if service.before is None:
        return
    line, fields = reading.lines.get(("service", "before"), 1), service.field_keys()
    for key in service.before.fields:
        if key in fields and (fields[key].source or fields[key].type == "cascade"):
            reading.faults.add(line, f"field “{key}” cannot be asked on the first page.", "It is filled in by the hall, or a cascade.")
    for key in set(service.before.fixed) - set(service.before.fields):
        reading.faults.add(line, f"field “{key}” is fixed by a page that does not ask for it.", "Add it to its fields.")


def _clock_runs(service: Service) -> bool:
    return any(m.clock == "start" for m in service.moves.values())


def reachable(service: Service) -> set[str]:
    """Steps that some sequence of moves from the first one of a proceeding reaches. Going back to the step that asked reaches none anew."""
    open_steps = [service.first_step, *(run.first_step for run in service.proceedings.values() if run.first_step)]
    found = set(open_steps)
    while open_steps:
        here = open_steps.pop()
        for move in service.moves.values():
            if here in move.sources and move.target in service.steps and move.target not in found:
                found.add(move.target)
                open_steps.append(move.target)
    return found
