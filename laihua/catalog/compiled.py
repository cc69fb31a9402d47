"""A service with its conditions compiled: what the engine and the pages ask. Pure; one per version and process."""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from laihua.catalog import conditions, values
from laihua.catalog.conditions import Condition
from laihua.catalog.definitions import Field, MaterialSlot, Rule, Section, Service
from laihua.catalog.folders import Folder
from laihua.catalog.gaps import (
    CompiledField,
    Gap,
    field_gaps,
    filled_in,
    holds,
    in_figures,
    row_count_gaps,
    too_old,
    too_short,
)
from laihua.catalog.hooks import PanelResult
from laihua.catalog.names import DATES, NUMBERS, Hook, Names, empty_of, number, typed
from laihua.catalog.values import Invalid
from laihua.catalog.vocabulary import facts_of, vocabulary
from laihua.kernel.texts import Text

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SlotState:
    """A material that this case is asked for. One that may follow later is `deferrable` and no gap."""

    slot: MaterialSlot
    required: bool
    deferrable: bool


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`value` as it is kept (what is wrong is kept as typed); `problems` by place, empty when all is well."""

    value: Any
    problems: dict[str, Text]


@dataclass(frozen=True, slots=True)
class _Section:
    section: Section
    when: Condition | None
    rules: tuple[tuple[Condition, Text], ...]
    fields: tuple[CompiledField, ...]


class Definition:
    """One version of a service. Raises conditions.NotACondition where a condition does not compile."""

    def __init__(self, service: Service, folder: Folder, hooks: Mapping[str, Hook], version_id: UUID | None = None) -> None:
        self.service, self.folder, self.hooks, self._version_id = service, folder, hooks, version_id
        self._vocabulary = vocabulary(service)
        self._fields = service.field_keys()
        self._rows = {s.key: s for s in service.sections if s.rows is not None}
        self._sections = [self._compile_section(s) for s in service.sections]
        self._compiled = {
            (s.section.key if s.section.rows else "", f.field.key): f for s in self._sections for f in s.fields
        }
        self._slots = [
            (m, self._condition(m.when), self._flag(m.required, ""), self._condition(m.deferrable))
            for m in service.slots().values()
        ]
        self._certified = {m.key: self._flag(m.certified, "") for m in service.slots().values()}
        self._derived = {
            name: hooks[source[5:]] if source.startswith("hook:") else self._condition(source, derived=name)
            for name, source in service.derived.items()
        }
        self._subject = self._condition(service.subject_name)
        self._offices = {s.key: self._condition(s.office) for s in service.steps.values()}
        self._when_step = {s.key: self._condition(s.when) for s in service.steps.values()}
        self._when_move = {m.key: self._condition(m.when) for m in service.moves.values()}
        self._starts_when = self._rules(service.starts_when, "")
        self._totals = {s.key: tuple((t, self._condition(t.value)) for t in s.totals) for s in service.sections}
        self._runs = {r.key: (self._condition(r.when), self._condition(r.office)) for r in service.proceedings.values()}
        tried = [f for s in (service.simulator.sections() if service.simulator else ()) for f in s.fields]
        self._basis: dict[str, Any] = {f.key: empty_of(f) for f in (*self._fields.values(), *tried)} | dict.fromkeys(self._rows, ())
        self._facts = {owner: dict.fromkeys(members, "") for owner, members in facts_of(service).items()}
        self._may_lack = frozenset(k for k, f in self._fields.items() if f.type in NUMBERS | DATES)

    @property
    def version_id(self) -> UUID:
        """Raises LookupError for a definition that was read from a folder and is not stored."""
        if self._version_id is None:
            raise LookupError(f"{self.service.id} is not stored")
        return self._version_id

    # Compiling

    def _condition(self, source: str, section: str = "", derived: str = "") -> Condition | None:
        if not source:
            return None
        return conditions.compile(source, self._vocabulary.of(section, derived), self._vocabulary.members)

    def _flag(self, value: bool | str, section: str) -> Condition | bool:
        return value if isinstance(value, bool) else self._condition(value, section) or False

    def _rules(self, rules: tuple[Rule, ...], section: str) -> tuple[tuple[Condition, Text], ...]:
        return tuple((c, r.message) for r in rules if (c := self._condition(r.check, section)))

    def _compile_section(self, section: Section) -> _Section:
        inside = section.key if section.rows is not None else ""
        return _Section(
            section, self._condition(section.when), self._rules(section.rules, ""),
            tuple(
                CompiledField(f, self._condition(f.when, inside), self._flag(f.required, inside), self._rules(f.rules, inside))
                for f in section.fields
            ),
        )

    # Names

    def context(self, answers: Answers, today: date, extra: Mapping[str, Mapping[str, Any]] | None = None) -> Names:
        """Typed values of all names. `extra`: facts of `unit` and `handler`; they also fill fields with a source. As `case` it
        tells on which day the case was submitted (`filed_on`); before that, and without it, this is today."""
        plain = dict(self._basis)
        for key, field in self._fields.items():
            if key in answers:
                plain[key] = typed(field, answers[key])
            elif field.source:
                plain[key] = typed(field, _fact(field.source, extra))
        for key, section in self._rows.items():
            plain[key] = [self._row(section, row) for row in answers.get(key) or () if isinstance(row, Mapping)]
        plain["today"] = today
        plain["filed_on"] = (extra or {}).get("case", {}).get("filed_on") or today
        for owner, facts in self._facts.items():
            given = (extra or {}).get(owner) or {}
            plain[owner] = facts | {k: str(v) for k, v in given.items() if k in facts and v is not None and not isinstance(v, list)}
        absent = frozenset(k for k in self._may_lack if not plain[k] and (plain[k] is None or number(answers.get(k)) is None))
        names = Names(plain, absent)
        for name, how in self._derived.items():
            names.add(name, names.value(how) if isinstance(how, Condition) else how(names.plain) if how else None)
        return names

    def _row(self, section: Section, row: Answers) -> dict[str, Any]:
        return {f.key: typed(f, row.get(f.key)) for f in section.fields}

    def _in_row(self, names: Names, section: Section, n: int, row: Answers) -> Names:
        values_of_row = names[section.key][n]
        lacking = frozenset(f.key for f in section.fields if f.type in NUMBERS | DATES and values.is_absent(row.get(f.key)))
        return names.in_row(values_of_row, lacking)

    @cached_property
    def facts_used(self) -> frozenset[str]:
        """The facts that conditions, sources and prefills name, such as `unit.authority`."""
        service = self.service
        texts = [*service.derived.values(), *(s.office for s in service.steps.values()), *(s.when for s in service.steps.values())]
        texts += [m.when for m in service.moves.values()]
        for section in service.sections:
            texts += [section.when, *(r.check for r in section.rules)]
            for f in section.fields:
                texts += [f.source, f.prefill, f.when, f.required if isinstance(f.required, str) else "", *(r.check for r in f.rules)]
        owners = "|".join(self._facts)
        return frozenset(found for text in texts for found in re.findall(rf"\b(?:{owners})\.[a-z_]+", text))

    # What applies

    def applies(self, thing: Section | Field | MaterialSlot, names: Names, section: str = "") -> bool:
        """Whether a section, a field or a material is asked for. For a field of a row, `names` are those of the row."""
        if isinstance(thing, Section):
            return next(names.holds(s.when) for s in self._sections if s.section.key == thing.key)
        if isinstance(thing, Field):
            return names.holds(self._compiled[section, thing.key].when)
        return next(names.holds(when) for slot, when, _, _ in self._slots if slot.key == thing.key)

    def visible_sections(self, names: Names) -> list[Section]:
        """Sections that apply, each with the fields that apply; rows keep all fields, for it depends on the row."""
        return [
            s.section if s.section.rows is not None else _with_fields(s.section, [f.field for f in s.fields if names.holds(f.when)])
            for s in self._sections
            if names.holds(s.when)
        ]

    def visible_keys(self, names: Names) -> set[str]:
        """Keys of answers that are kept at submission: fields that apply, and sections with rows that apply."""
        keys: set[str] = set()
        for section in self.visible_sections(names):
            keys |= {section.key} if section.rows is not None else {f.key for f in section.fields}
        return keys

    def row_names(self, names: Names, section: str, answers: Answers) -> list[Names]:
        """The names of each row, for asking which of its fields apply."""
        rows = [r for r in answers.get(section) or () if isinstance(r, Mapping)]
        return [self._in_row(names, self._rows[section], n, row) for n, row in enumerate(rows)]

    def has_step(self, step: str, names: Names) -> bool:
        """Whether this case can come to the step at all."""
        return names.holds(self._when_step[step])

    def has_move(self, move: str, names: Names) -> bool:
        return names.holds(self._when_move[move])

    def totals(self, section: str, names: Names) -> list[tuple[Text, Text]]:
        """The figures below a section, each with its label."""
        return [(t.label, in_figures(names.value(how), t.unit_label)) for t, how in self._totals[section] if how is not None]

    def is_required(self, field: Field, names: Names, section: str = "") -> bool:
        return holds(self._compiled[section, field.key].required, names)

    def checklist(self, names: Names) -> list[SlotState]:
        """The materials that apply, in the order of the service."""
        return [
            SlotState(slot, holds(required, names), deferrable is not None and names.holds(deferrable))
            for slot, when, required, deferrable in self._slots
            if names.holds(when)
        ]

    def is_certified(self, slot: str, names: Names) -> bool:
        """Whether an apostille or a consular authentication is looked for in the slot's document."""
        return holds(self._certified[slot], names)

    def against_start(self, names: Names) -> list[Text]:
        """What the service has against being started with what is known beforehand."""
        return [filled_in(message, names) for rule, message in self._starts_when if names.broken(rule)]

    # What is missing or wrong

    def gaps(
        self, answers: Answers, today: date, *, uploaded: Set[str] | Mapping[str, date] = frozenset(),
        extra: Mapping[str, Mapping[str, Any]] | None = None, names: Names | None = None,
    ) -> list[Gap]:
        """Everything that keeps the case from being complete, in the order of the form, then of the materials.

        `uploaded`: keys of materials that are there, with the day of the upload where it is known.
        """
        names = names or self.context(answers, today, extra)
        found: list[Gap] = []
        for s in self._sections:
            if names.holds(s.when):
                found += self._section_gaps(s, answers, names)
        for state in self.checklist(names):
            since = uploaded.get(state.slot.key) if isinstance(uploaded, Mapping) else None
            found += self._slot_gaps(state, names, today, state.slot.key in uploaded, since)
        return found

    def _section_gaps(self, s: _Section, answers: Answers, names: Names) -> Iterator[Gap]:
        section = s.section
        if section.rows is None:
            for f in s.fields:
                yield from field_gaps(f, answers, names, f.field.key, f.field.label)
        else:
            rows = [r for r in answers.get(section.key) or () if isinstance(r, Mapping)]
            yield from row_count_gaps(section, len(rows))
            for n, (row, inner) in enumerate(zip(rows, self.row_names(names, section.key, answers), strict=True)):
                for f in s.fields:
                    label = Text(
                        f"{section.title.zh}{n + 1}：{f.field.label.zh}", f"{section.title.en} {n + 1}: {f.field.label.en}"
                    )
                    yield from field_gaps(f, row, inner, f"{section.key}.{n}.{f.field.key}", label)
        if section.rows is None or answers.get(section.key):
            for rule, message in s.rules:
                if names.broken(rule):
                    yield Gap(section.key, section.title, filled_in(message, names), "invalid")

    def _slot_gaps(self, state: SlotState, names: Names, today: date, is_there: bool, since: date | None) -> Iterator[Gap]:
        slot, place = state.slot, f"material:{state.slot.key}"
        if not is_there:
            if state.required and not state.deferrable:
                yield Gap(place, slot.title, Text("请上传此材料", "Upload this document"), "material")
            return
        for window, wrong in ((slot.min_left, too_short), (slot.issued_within, too_old)):
            day = names.get(window.on) if window and window.on else None
            until = since if window and window.at_upload and since else today
            if window and isinstance(day, date) and (message := wrong(day, window, until)):
                yield Gap(place, slot.title, message, "invalid")

    # Single values

    def clean(self, key: str, raw: Any) -> Cleaned:
        """What is kept of a value that was typed, by field key or by the key of a section with rows. Raises KeyError."""
        if key not in self._rows:
            return _clean(self._fields[key], raw, key)
        section, kept = self._rows[key], []
        problems: dict[str, Text] = {}
        if not isinstance(raw, list | tuple):
            return Cleaned([], {} if values.is_absent(raw) else {key: Text("请逐条填写", "Fill in entry by entry")})
        for n, row in enumerate(r for r in raw if isinstance(r, Mapping)):
            cells = {f.key: _clean(f, row.get(f.key), f"{key}.{n}.{f.key}") for f in section.fields}
            kept.append({k: c.value for k, c in cells.items() if not values.is_absent(c.value)})
            problems |= {place: text for c in cells.values() for place, text in c.problems.items()}
        return Cleaned(kept, problems)

    def field(self, place: str) -> Field | None:
        """The field at a place such as `passport_number` or `work.0.employer`."""
        head, _, rest = place.partition(".")
        if not rest:
            return self._fields.get(head)
        section = self._rows.get(head)
        return next((f for f in section.fields if f.key == rest.rpartition(".")[2]), None) if section else None

    def words(self, key: str, value: Any, section: str = "") -> Text:
        """A stored value as people read it: labels for codes, unmasked."""
        return values.in_words(self._compiled[section, key].field, value)

    def subject_name(self, answers: Answers) -> str:
        """The dossier's name in lists; empty while it is not known."""
        if self._subject is None:
            return ""
        names = self.context(answers, date(2000, 1, 1)) if self._subject.names & self._derived.keys() else Names(
            {k: typed(f, answers.get(k)) for k, f in self._fields.items() if k in self._subject.names}
            | {o: facts for o, facts in self._facts.items() if o in self._subject.names}, frozenset(),
        )
        return " ".join(str(names.value(self._subject) or "").split())

    def category(self, names: Names) -> str:
        return str(names.get(self.service.category) or "") if self.service.category else ""

    def office(self, step: str, names: Names) -> str:
        """The code of the office to which a case goes at this step; empty where the answers lead to none."""
        condition = self._offices[step]
        return str(names.value(condition) or "") if condition else ""

    def office_hangs_on(self, step: str) -> frozenset[str]:
        """The fields by which the office of a step is chosen, also through derived names; a hook may read all of them."""
        condition, found = self._offices[step], set[str]()
        open_names = set(condition.names) if condition else set()
        while open_names:
            name = open_names.pop()
            found.add(name)
            if name in self._derived:
                how = self._derived[name]
                open_names |= (how.names if isinstance(how, Condition) else self._fields.keys() | self._rows.keys()) - found
        return frozenset(found)

    def begins(self, proceeding: str, names: Names) -> bool:
        """Whether this case has the further proceeding."""
        return names.holds(self._runs[proceeding][0])

    def office_of(self, proceeding: str, names: Names) -> str:
        """The code of the office that handles it."""
        office = self._runs[proceeding][1]
        return str(names.value(office) or "") if office else ""

    def panel(self, names: Names) -> PanelResult | None:
        panel = self.service.panel
        result: PanelResult | None = self.hooks[panel.hook](names.plain) if panel else None
        return result

    # Files

    def guide(self, language: str) -> str:
        """The public guide in markdown."""
        return self.folder.texts[f"guide.{'en' if language.startswith('en') else 'zh'}.md"]

    def sample(self, path: str) -> bytes:
        """Raises KeyError."""
        return self.folder.content(path)

    def template(self, path: str) -> str:
        """Raises KeyError."""
        return self.folder.texts[path]


def _fact(source: str, extra: Mapping[str, Mapping[str, Any]] | None) -> Any:
    owner, _, member = source.partition(".")
    return ((extra or {}).get(owner) or {}).get(member)


def _with_fields(section: Section, fields: list[Field]) -> Section:
    if len(fields) == len(section.fields):
        return section
    return replace(section, fields=tuple(fields))


def _clean(field: Field, raw: Any, place: str) -> Cleaned:
    try:
        return Cleaned(values.clean(field, raw), {})
    except Invalid as problem:
        return Cleaned(raw if values.is_plain(raw) else None, {place: problem.message})
