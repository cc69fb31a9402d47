"""The examples of a service: given answers and files → what must follow. They are its tests and its documentation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from laihua.catalog.compiled import Definition
from laihua.catalog.definitions import Move
from laihua.catalog.example_files import Example, examples_of
from laihua.catalog.loader import NotLoadable, load
from laihua.catalog.names import Names
from laihua.catalog.proceedings import MAIN
from laihua.flow import deadlines
from laihua.flow.deadlines import Mark
from laihua.flow.moves import NotPossible, State, after
from laihua.kernel.calendar import ZONE, WorkingCalendar


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """`differences`: one sentence each; none means that the example holds. `history`: states after each move."""

    example: Example
    differences: tuple[str, ...]
    history: tuple[State, ...] = field(default=())

    @property
    def holds(self) -> bool:
        return not self.differences


def run(folder: Path, calendar: WorkingCalendar) -> list[ExampleResult]:
    """Runs all examples of a service's folder. Raises loader.NotLoadable where the service has faults."""
    loaded = load(folder)
    if loaded.definition is None:
        raise NotLoadable(loaded.faults)
    return [run_one(loaded.definition, example, calendar) for example in examples_of(loaded.folder)[0]]


def run_one(definition: Definition, example: Example, calendar: WorkingCalendar) -> ExampleResult:
    answers, told = cleaned(definition, example.answers)
    expect = example.expect
    told += [f"uploaded: no material “{key}”" for key in example.uploaded - definition.service.slots().keys()]
    names = definition.context(answers, example.today, example.facts)
    gaps = definition.gaps(answers, example.today, uploaded=example.uploaded, names=names)
    played = replay(definition, example.moves, names)
    history, impossible = played.history, played.impossible
    if "category" in expect and str(expect["category"]) != definition.category(names):
        told.append(f"category is {definition.category(names) or 'none'}, expected {expect['category']}")
    told += _values(names, expect)
    told += _checklist(definition, names, expect)
    if "panel" in expect and (panel := definition.panel(names)) and not _same(panel.total, expect["panel"]):
        told.append(f"the panel shows {panel.total}, expected {expect['panel']}")
    if "gaps" in expect:
        found = sorted({(g.place, g.kind) for g in gaps})
        expected = sorted({(g["place"], g["kind"]) for g in expect["gaps"] or ()})
        told += [f"gap not expected: {place} ({kind})" for place, kind in found if (place, kind) not in expected]
        told += [f"gap not found: {place} ({kind})" for place, kind in expected if (place, kind) not in found]
    if "refused" in expect and bool(gaps or impossible) is not expect["refused"]:
        told.append("it is not refused" if expect["refused"] else f"it is refused: {impossible or [g.place for g in gaps]}")
    elif impossible and not expect.get("refused"):
        told.append(impossible)
    if "step" in expect and history[-1].step != expect["step"]:
        told.append(f"the case stands at {history[-1].step}, expected {expect['step']}")
    told += _steps(played, expect)
    if "due" in expect and (promised := promised_on(definition, played, calendar)) != str(expect["due"]):
        told.append(f"the promised date is {promised or 'none'}, expected {expect['due']}")
    return ExampleResult(example, tuple(told), history)


def cleaned(definition: Definition, answers: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """As if typed into the form. What cannot be kept in its proper form stays as typed and shows up as a gap."""
    kept: dict[str, Any] = {}
    unknown: list[str] = []
    for key, raw in answers.items():
        try:
            kept[key] = definition.clean(key, raw).value
        except KeyError:
            unknown.append(f"answers: no field “{key}”")
            continue
        for row in raw if isinstance(raw, list) else ():
            if isinstance(row, Mapping):
                unknown += [f"answers: no field “{key}.{k}”" for k in row if definition.field(f"{key}.0.{k}") is None]
    return kept, unknown


@dataclass
class Played:
    """Where the moves led: the states of the main proceeding, and of each where it stands and what its clock heard."""

    history: tuple[State, ...]
    states: dict[str, State]
    marks: dict[str, list[Mark]] = field(default_factory=dict)
    impossible: str = ""


def replay(definition: Definition, moves: Sequence[Mapping[str, str]], names: Names) -> Played:
    """The states that the table of moves leads through, and why it stops."""
    service = definition.service
    first = State(service.first_step)
    played = Played((first,), {MAIN: first})
    for made in moves:
        move = service.moves.get(made["move"])
        if move is None:
            played.impossible = f"no move “{made['move']}”"
            return played
        at = datetime.fromisoformat(made["at"])
        try:
            _make(definition, played, move, at if at.tzinfo else at.replace(tzinfo=ZONE), names)
        except NotPossible as error:
            played.impossible = str(error)
            return played
    return played


def _make(definition: Definition, played: Played, move: Move, at: datetime, names: Names) -> None:
    service = definition.service
    key = service.proceeding_of(move.key)
    if key not in played.states:
        raise NotPossible(f"{move.key} belongs to {key}, which this case does not have")
    if not definition.has_move(move.key, names):
        raise NotPossible(f"{move.key} is no move of this case")
    before = service.steps[played.states[key].step]
    played.states[key] = after(played.states[key], move)
    here = service.steps[played.states[key].step]
    if key == MAIN:
        played.history += (played.states[key],)
    clock = move.clock or ("pause" if here.uncounted and not before.uncounted else "resume" if before.uncounted > here.uncounted else "")
    if clock:
        played.marks.setdefault(key, []).append(Mark(at, clock))
    for other in move.opens:
        if definition.begins(other, names):
            played.states[other], played.marks[other] = State(service.proceedings[other].first_step, "running"), [Mark(at, "start")]
    for follows in (service.moves[k] for k in move.then):
        where = played.states.get(service.proceeding_of(follows.key))
        if where is not None and where.step in follows.sources:
            _make(definition, played, follows, at, names)


def promised_on(definition: Definition, played: Played, calendar: WorkingCalendar) -> str:
    """The promised date as it stands after the last move; moments without an offset are China's. Empty before a start."""
    if not played.marks:
        return ""
    promise = definition.service.promise
    now = max(mark.at for marks in played.marks.values() for mark in marks)
    found = [deadlines.due(promise.days, promise.kind, marks, calendar, now) for marks in played.marks.values()]
    due = deadlines.common([one for one in found if one is not None])
    return due.on.isoformat() if due else ""


def _steps(played: Played, expect: Mapping[str, Any]) -> list[str]:
    """`steps: {residence: residence_review}`: where the proceedings stand, empty for one that the case does not have."""
    told = []
    for key, wanted in (expect.get("steps") or {}).items():
        found = played.states[key].step if key in played.states else ""
        if found != (wanted or ""):
            told.append(f"{key} stands at {found or 'nothing'}, expected {wanted or 'nothing'}")
    return told


def _values(names: Mapping[str, Any], expect: Mapping[str, Any]) -> list[str]:
    wanted = dict(expect.get("values") or {})
    if "points" in expect:
        wanted["points_total" if "points_total" in names else "points"] = expect["points"]
    told = []
    for name, value in wanted.items():
        if name not in names:
            told.append(f"values: no name “{name}”")
        elif not _same(names[name], value):
            told.append(f"{name} is {names[name]!r}, expected {value!r}")
    return told


def _same(found: Any, wanted: Any) -> bool:
    if isinstance(found, int | float | Decimal) and not isinstance(found, bool) and isinstance(wanted, int | float):
        return float(found) == float(wanted)
    if isinstance(found, date):
        return found.isoformat() == str(wanted)
    return bool(found == wanted) or (found is None and wanted in (None, ""))


def _checklist(definition: Definition, names: Any, expect: Mapping[str, Any]) -> list[str]:
    states = {s.slot.key: s for s in definition.checklist(names)}
    known = definition.service.slots()
    named = [(key, m) for key in ("checklist", "not_in_checklist", "deferrable") for m in expect.get(key) or ()]
    told = [f"{key}: no material “{m}”" for key, m in named if m not in known]
    told += [f"{m} is not asked for" for m in expect.get("checklist") or () if m in known and m not in states]
    told += [f"{m} is asked for" for m in expect.get("not_in_checklist") or () if m in states]
    told += [f"{m} cannot follow later" for m in expect.get("deferrable") or () if m in states and not states[m].deferrable]
    return told
