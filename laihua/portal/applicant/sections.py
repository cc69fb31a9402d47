"""The form as a page shows it: sections, fields and rows with their values, errors, returns and locks. No writes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha1
from typing import Any, Literal

from laihua.cases.actions import fields_open_to
from laihua.cases.queries import Dossier
from laihua.catalog.compiled import Gap
from laihua.catalog.definitions import Field, Rows, Section
from laihua.kernel.texts import Text
from laihua.portal.applicant.returns import Returned, returned
from laihua.portal.applicant.shown import in_control

State = Literal["open", "fixed", "accepted", "closed"]
NOTES: dict[str, Text] = {
    "accepted": Text("已审核", "Accepted"),
    "subject": Text("由申请人本人填写", "Filled in by the applicant"),
    "unit": Text("由用人单位填写", "Filled in by the employer"),
    "chosen": Text("发起时已选定，要改请另行发起", "Chosen at the start; for another, begin anew"),
}
SUMMARY_PARTS = 3
NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class FieldView:
    """`place` names the field on the page: `passport_number`, `work.0.employer`."""

    field: Field
    place: str
    prefix: str
    value: Any
    required: bool
    state: State
    words: Text
    note: Text | None = None
    error: Text | None = None
    returned: Returned | None = None

    @property
    def text(self) -> str:
        return str(self.words)

    @property
    def is_fixed(self) -> bool:
        return self.state != "open"


@dataclass(frozen=True, slots=True)
class RowView:
    number: int
    place: str
    title: str
    fields: list[FieldView]
    state: State
    returned: Returned | None = None


@dataclass(slots=True)
class SectionView:
    section: Section
    fields: list[FieldView] = field(default_factory=list)
    rows: list[RowView] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    error: Text | None = None
    may_edit_rows: bool = False
    can_add: bool = False
    is_started: bool = False
    is_open: bool = False
    has_returns: bool = False
    summary: Text = NOTHING
    tried: bool = False
    totals: list[tuple[Text, Text]] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.section.key

    @property
    def state(self) -> str:
        """done | wrong | todo: the icon of the section."""
        if not self.gaps:
            return "done" if self.is_started else "todo"
        return "wrong" if self.tried else "todo"

    @property
    def may_edit(self) -> bool:
        return self.may_edit_rows or any(f.state == "open" for f in self.fields)

    @property
    def shape(self) -> str:
        """Changes when the section must be drawn anew: other fields, rows, stars or locks."""
        parts = [(f.place, f.state, f.required, bool(f.returned)) for f in self.all_fields()]
        return sha1(repr((parts, len(self.rows), self.can_add)).encode(), usedforsecurity=False).hexdigest()[:12]

    def all_fields(self) -> list[FieldView]:
        return [*self.fields, *(f for row in self.rows for f in row.fields)]


class FormView:
    """All sections that apply. `answers` are those of the case unless what was typed could not be saved."""

    def __init__(self, dossier: Dossier, *, tried: bool = False, answers: Mapping[str, Any] | None = None) -> None:
        self.dossier, self.tried = dossier, tried
        self.answers = dossier.answers if answers is None else {**dossier.fixed, **answers}
        definition = dossier.definition
        self.names = dossier.names if answers is None else definition.context(answers, dossier.today, dossier.known)
        self.open_keys = fields_open_to(dossier)
        self.gaps = [g for g in dossier.open_gaps if not g.place.startswith("material:") and g.place != "checklist"]
        self.material_gaps = [g for g in dossier.open_gaps if g.place.startswith("material:")]
        self.by_place = {g.place: g for g in reversed(self.gaps)}
        self.sections = [self._section(s) for s in definition.visible_sections(self.names)]
        self._choose_open()

    @property
    def errors(self) -> list[Gap]:
        """For the summary, once the applicant has tried to go on."""
        return self.gaps if self.tried else []

    def _row_title(self, section: Section, entry: Mapping[str, Any]) -> str:
        """What a row is called, a code in words."""
        key = section.rows.title if section.rows else ""
        value = entry.get(key)
        return str(self.dossier.definition.words(key, value, section.key)) if value and isinstance(value, str) else ""

    def _section(self, section: Section) -> SectionView:
        view = SectionView(section, tried=self.tried)
        places = {f.key for f in section.fields} if section.rows is None else set()
        view.gaps = [
            g for g in self.gaps
            if (g.place == section.key and section.key not in places) or g.place in places
            or (section.rows is not None and g.place.partition(".")[0] == section.key)
        ]
        if section.rows is None:
            view.fields = [self._field(f, f.key, "", self.answers.get(f.key), self.names) for f in section.fields]
            view.is_started = any(
                self.answers.get(f.key) not in (None, "", [], False) for f in section.fields if f.key not in self.dossier.fixed
            ) or all(f.key in self.dossier.fixed for f in section.fields)
        else:
            view.rows = self._rows(section)
            view.is_started = bool(view.rows)
            view.may_edit_rows = section.key in self.open_keys
            view.can_add = view.may_edit_rows and len(view.rows) < section.rows.max
        own = self.by_place.get(section.key)
        view.error = own.message if own is not None and self.tried and section.key not in places else None
        view.has_returns = any(f.returned for f in view.all_fields()) or any(r.returned for r in view.rows)
        view.summary = self._summary(view)
        view.totals = self.dossier.definition.totals(section.key, self.names)
        return view

    def _rows(self, section: Section) -> list[RowView]:
        entries = [r for r in self.answers.get(section.key) or () if isinstance(r, Mapping)]
        definition = self.dossier.definition
        rows = []
        for number, (entry, names) in enumerate(
            zip(entries, definition.row_names(self.names, section.key, self.answers), strict=True)
        ):
            prefix = f"{section.key}.{number}."
            fields = [
                self._field(f, f"{prefix}{f.key}", prefix, entry.get(f.key), names, section)
                for f in section.fields if definition.applies(f, names, section.key)
            ]
            rows.append(RowView(
                number, f"{section.key}.{number}", self._row_title(section, entry), fields,
                self._state(section.key), returned(self.dossier, "field", f"{section.key}.{number}"),
            ))
        return rows

    def _field(
        self, f: Field, place: str, prefix: str, value: Any, names: Any, section: Section | None = None
    ) -> FieldView:
        state: State = "fixed" if section is None and f.key in self.dossier.fixed else self._state(section.key if section else f.key)
        gap = self.by_place.get(place) if self.tried else None
        chosen = self.dossier.service.before is not None and f.key in self.dossier.service.before.fixed
        note = NOTES.get("accepted" if state == "accepted" else "" if state != "closed" else "chosen" if chosen else f.by)
        return FieldView(
            field=f, place=place, prefix=prefix, value=in_control(f, value), state=state, note=note,
            required=self.dossier.definition.is_required(f, names, section.key if section else ""),
            words=self.dossier.definition.words(f.key, value, section.key if section else ""),
            error=gap.message if gap else None,
            returned=None if section else returned(self.dossier, "field", f.key),
        )

    def _state(self, key: str) -> State:
        if key in self.open_keys:
            return "open"
        return "accepted" if key in self.dossier.locked_fields else "closed"

    def _summary(self, view: SectionView) -> Text:
        """What is in a closed section, in a few words."""
        if view.section.rows is not None:
            return self._rows_summary(view, view.section.rows)
        filled = [f.words for f in view.fields if f.words.zh and f.field.type not in ("declaration", "long_text")]
        if view.is_started and filled:
            parts = filled[:SUMMARY_PARTS]
            return Text(" · ".join(p.zh for p in parts), " · ".join(p.en for p in parts))
        if view.is_started:
            return Text("已勾选", "Ticked")
        if not view.may_edit and all(f.field.by == "subject" for f in view.fields):
            return NOTES["subject"]
        return Text("未填写", "Not filled in") if view.gaps else Text("未填写（选填）", "Not filled in (optional)")

    def _rows_summary(self, view: SectionView, rows: Rows) -> Text:
        noun, count = rows.noun, len(view.rows)
        if not count:
            return Text("未填写", "Not filled in") if rows.min else Text("未填写（选填）", "Not filled in (optional)")
        text = Text(f"{count}{noun.zh}", f"{count} {noun.en if count == 1 else plural(noun.en)}")
        last = next((r.title for r in reversed(view.rows) if r.title), "")
        if self.tried and view.gaps:
            message = view.gaps[0].message
            return Text(f"{text.zh} · {message.zh}", f"{text.en} · {message.en}")
        return Text(f"{text.zh} · {last}", f"{text.en} · {last}") if last else text

    def _choose_open(self) -> None:
        """Open is what needs work: what was returned or is wrong, what was begun, and else the first that is not done."""
        if any(view.has_returns for view in self.sections):
            for view in self.sections:
                view.is_open = view.has_returns or (self.tried and bool(view.gaps))
            return
        for view in self.sections:
            view.is_open = bool(view.gaps) and (self.tried or view.is_started)
        if not any(view.is_open for view in self.sections):
            first = next((view for view in self.sections if view.gaps), None)
            if first is not None:
                first.is_open = True


def plural(noun: str) -> str:
    return noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
