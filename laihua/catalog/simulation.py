"""A simulator at work: from what was typed to the panel, and to what each further document would add. Pure, keeps nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from laihua.catalog import values
from laihua.catalog.compiled import Definition
from laihua.catalog.definitions import Field, Section
from laihua.catalog.hooks import PanelResult
from laihua.catalog.names import Names
from laihua.catalog.simulators import Part, Simulator
from laihua.kernel.texts import Text

NEVER = "false"


@dataclass(frozen=True, slots=True)
class FieldShown:
    """`value` as it is kept, or as it was typed where it cannot be read. What is not `asked` waits for another answer."""

    field: Field
    asked: bool
    value: Any = None
    error: Text | None = None


@dataclass(frozen=True, slots=True)
class SectionShown:
    section: Section
    fields: tuple[FieldShown, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """`reaches`: the mark of the panel that the total passes with this document alone."""

    document: Text
    points: float
    total: float
    reaches: Text | None


@dataclass(frozen=True, slots=True)
class Simulated:
    sections: tuple[SectionShown, ...]
    panel: PanelResult
    offers: tuple[Offer, ...]
    started: bool       # whether anything was answered

    @property
    def ahead(self) -> tuple[float, Text] | None:
        """The next mark that is not reached, and how much is missing to it."""
        marks = sorted((m for m in self.panel.marks if m[0] > self.panel.total), key=lambda m: m[0])
        return (marks[0][0] - self.panel.total, marks[0][1]) if marks else None


class Simulation:
    """The service with nothing but what the simulator asks. Raises LookupError for a service without one."""

    def __init__(self, definition: Definition) -> None:
        simulator = definition.service.simulator
        if simulator is None:
            raise LookupError(f"{definition.service.id} has no simulator")
        self.simulator: Simulator = simulator
        service = definition.service
        form = {s.key: s for s in service.sections}
        self.sections = [_asked(part, form) for part in simulator.parts]
        asked = {f.key for s in self.sections for f in s.fields}
        # What is not asked stays a name, so that conditions and hooks of the service hold; its value is absent.
        silent = [_silent(s, asked) for s in service.sections]
        self.definition = Definition(
            replace(
                service, simulator=None, sections=(*self.sections, *silent), groups=(), steps={}, moves={}, outputs={}, proceedings={},
            ),
            definition.folder, definition.hooks,
        )
        self.fields = {f.key: f for s in self.sections for f in s.fields}

    def run(self, typed: Mapping[str, Any], today: date) -> Simulated:
        cleaned = {key: self.definition.clean(key, typed[key]) for key in self.fields if not values.is_absent(typed.get(key))}
        answers = {key: c.value for key, c in cleaned.items() if not c.problems and not values.is_absent(c.value)}
        wrong = {key: c.problems[key] for key, c in cleaned.items() if c.problems}
        names = self._names(answers, today)
        gaps = self.definition.gaps(answers, today, names=names)
        wrong |= {gap.place: gap.message for gap in gaps if gap.kind == "invalid" and gap.place not in wrong}
        panel = self._panel(names)
        return Simulated(
            sections=tuple(
                SectionShown(s, tuple(
                    FieldShown(
                        f, self.definition.applies(f, names), cleaned[f.key].value if f.key in cleaned else None, wrong.get(f.key)
                    )
                    for f in s.fields
                )) for s in self.sections
            ),
            panel=panel, offers=tuple(self._offers(answers, panel, today)), started=bool(answers),
        )

    def _names(self, answers: Mapping[str, Any], today: date) -> Names:
        """Without what another answer no longer opens, as at a submission."""
        given = {**self.simulator.given, **answers}
        names = self.definition.context(given, today)
        hidden = {key for key, f in self.fields.items() if key in given and not self.definition.applies(f, names)}
        return self.definition.context({k: v for k, v in given.items() if k not in hidden}, today) if hidden else names

    def _panel(self, names: Names) -> PanelResult:
        panel = self.definition.panel(names)
        if panel is None:
            raise LookupError(f"{self.definition.service.id} has no panel")
        return panel

    def _offers(self, answers: Mapping[str, Any], now: PanelResult, today: date) -> list[Offer]:
        """The best first. What would add nothing is not offered."""
        found = []
        for one in self.simulator.tries:
            with_it = {**answers, **{key: self._added(key, value, answers) for key, value in one.answers.items()}}
            total = self._panel(self._names(with_it, today)).total
            if total > now.total:
                reached = [name for mark, name in sorted(now.marks, key=lambda m: m[0]) if now.total < mark <= total]
                found.append(Offer(one.document, total - now.total, total, reached[-1] if reached else None))
        return sorted(found, key=lambda offer: -offer.points)

    def _added(self, key: str, value: Any, answers: Mapping[str, Any]) -> Any:
        if self.fields[key].type not in ("choices", "countries"):
            return values.clean(self.fields[key], value)
        return [*dict.fromkeys([*answers.get(key, ()), *(value if isinstance(value, list) else [value])])]


@lru_cache(maxsize=32)
def simulation_of(definition: Definition) -> Simulation:
    return Simulation(definition)


def _asked(part: Part, form: Mapping[str, Section]) -> Section:
    """Everything open and nothing required, but for conditions between the fields themselves."""
    section = part.own or form[part.form]
    return replace(
        section, when="", rules=(), title=part.title or section.title, hint=section.hint if part.own else part.hint,
        fields=tuple(_free(f) for f in _chosen(part, section)),
    )


def _chosen(part: Part, section: Section) -> Iterable[Field]:
    return (f for f in section.fields if part.own is not None or f.key in part.fields)


def _free(field: Field) -> Field:
    return replace(field, required=False, source="", prefill="", mask="", search=False, missing=None)


def _silent(section: Section, asked: set[str]) -> Section:
    """What is left of a section. Rows keep their name, for conditions look into them."""
    if section.rows is not None:
        return replace(section, when=NEVER)
    return replace(section, key=f"{section.key}_silent", when=NEVER, fields=tuple(f for f in section.fields if f.key not in asked))
