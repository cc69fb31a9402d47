"""Several proceedings of one case: each with its own steps and office, begun by a move, and never led into by another."""

from laihua.catalog.definitions import Move, Service
from laihua.catalog.proceedings import MAIN, OPEN
from laihua.catalog.yaml_nodes import Reading


def check(service: Service, reading: Reading) -> None:
    faults = reading.faults
    opened = {key for move in service.moves.values() for key in move.opens}
    for run in service.proceedings.values():
        line = reading.lines.get(("proceeding", run.key), 1)
        if run.key == MAIN:
            continue
        if not run.office:
            faults.add(line, f"proceeding “{run.key}” has no office.", "Add office: with a condition that gives its code.")
        if run.key not in opened:
            faults.add(line, f"no move opens proceeding “{run.key}”.", "Add opens: to the move with which it begins.")
        first = service.steps.get(run.first_step)
        if first is not None and (first.proceeding != run.key or first.holder != "authority"):
            faults.add(line, f"proceeding “{run.key}” begins at step “{run.first_step}”, which is not one of its office's.",
                       f"Name a step with proceeding: {run.key}, holder: authority.")
    main = service.steps.get(service.first_step)
    if main is not None and main.proceeding != MAIN:
        faults.add(reading.lines.get(("step", main.key), 1), "a case begins in its main proceeding.", "Remove proceeding:.")
    for move in service.moves.values():
        _check_move(service, reading, move, reading.lines.get(("move", move.key), 1))


def _check_move(service: Service, reading: Reading, move: Move, line: int) -> None:
    faults, steps = reading.faults, service.steps
    ends = {steps[key].proceeding for key in (*move.sources, move.target) if key in steps}
    if len(ends) > 1:
        faults.add(line, f"move “{move.key}” leads from one proceeding into another.", "Each proceeding has moves of its own.")
    if service.proceedings and move.key == OPEN:
        faults.add(line, f"“{OPEN}” is what the history calls the beginning of a proceeding.", "Choose another name.")
    for key in move.opens:
        if key == MAIN or MAIN not in ends or move.clock != "start":
            faults.add(line, f"move “{move.key}” cannot open “{key}”.", "Only a move with clock: start in the main proceeding does.")
    for key in move.then:
        follows = service.moves.get(key)
        if follows is None or not set(follows.sources) <= steps.keys():
            continue
        if follows.by != ("system",) or follows.automatic or steps[follows.sources[0]].proceeding in ends:
            faults.add(line, f"“{key}” cannot follow move “{move.key}”.",
                       "What follows is a move of the system, without a time of its own, in another proceeding.")
