"""The proceedings of one case beside each other: a part of the dossier. Of a case with one of them nothing here asks anything."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from laihua.cases import rows, shared
from laihua.cases.models import Case, Proceeding
from laihua.cases.rules import Item, Past, Word, is_locked
from laihua.cases.shared import ITEM, Standing, outcome_of
from laihua.catalog.definitions import Service, Step
from laihua.catalog.proceedings import MAIN
from laihua.flow import deadlines
from laihua.flow.deadlines import Due
from laihua.kernel.texts import Text

if TYPE_CHECKING:
    from laihua.cases.queries.dossier import Dossier

SAME = ("names", "answers", "known", "fixed")
"""What is the same in every proceeding of a case, and is worked out once."""


class Together:
    """A part of the dossier."""

    case: Case
    proceeding: Proceeding
    service: Service
    actor: Any
    at: Any
    definition: Any
    names: Any

    if TYPE_CHECKING:
        @property
        def words(self) -> dict[ITEM, Word]: ...
        @property
        def all_items(self) -> list[Item]: ...
        @property
        def absent(self) -> list[Item]: ...
        @property
        def here(self) -> frozenset[str]: ...
        @property
        def materials(self) -> dict[str, Any]: ...
        @property
        def open_gaps(self) -> list[Any]: ...
        @property
        def step(self) -> Step: ...
        @property
        def is_applicant(self) -> bool: ...
        @property
        def past(self) -> Sequence[Past]: ...
        def promise_of(self, past: Sequence[Past]) -> Due | None: ...

    @property
    def key(self) -> str:
        return self.proceeding.key

    @property
    def title(self) -> Text:
        """Of the proceeding."""
        return self.service.title_of(self.key)

    @property
    def is_shared(self) -> bool:
        """Whether several offices have the case."""
        return bool(getattr(self.case, "proceeding_count", 1) > 1)

    @cached_property
    def others(self) -> list[Proceeding]:
        """The other proceedings of the case, with their offices."""
        return rows.others(self.case.id, self.proceeding.id) if self.is_shared else []

    @cached_property
    def runs(self) -> "list[Dossier]":
        """The case in each of its proceedings, in the order of the service; itself alone where it has one."""
        mine: Dossier = self  # type: ignore[assignment]
        if not self.others:
            return [mine]
        found, order = {self.key: mine}, [MAIN, *self.service.proceedings]
        for name in SAME:
            getattr(self, name)
        for other in self.others:
            found[other.key] = sibling = type(mine)(self.case, other, self.actor, self.at)
            sibling.__dict__ |= {name: self.__dict__[name] for name in SAME}
        in_order = sorted(found.values(), key=lambda run: order.index(run.key))
        for run in in_order:
            run.__dict__["runs"] = in_order
        return in_order

    def at_hand(self, *, booking: bool = False) -> "Dossier":
        """The proceeding that lies with whoever looks: what he corrects, else what is still open, else the main one."""
        runs = self.runs
        wanted = [run for run in runs if (run.step.booking if booking else run.may_edit)]
        return next(iter(wanted), next((run for run in runs if not run.step.outcome), runs[0]))

    @property
    def items(self) -> list[Item]:
        """What the officers of this proceeding judge."""
        found = self.all_items
        return [item for item in found if self.key in self.judges(item.id)] if self.service.proceedings else found

    @property
    def absent_here(self) -> list[Item]:
        return [item for item in self.absent if self.key in self.judges(item.id)]

    @property
    def outcome(self) -> str:
        """What this proceeding ended in, as far as that is settled: approved, refused, withdrawn or nothing yet."""
        return outcome_of(self.service, self.proceeding.step)

    @property
    def is_correcting(self) -> bool:
        """Whether the applicant fills in or corrects for this proceeding."""
        return self.step.editable

    @cached_property
    def standings(self) -> list[Standing]:
        return [
            Standing(run.key, run.title, run.is_correcting, run.proceeding.clock == "stopped", run.words) for run in self.runs
        ]

    def judges(self, item: ITEM) -> tuple[str, ...]:
        """The proceedings whose officers give their word on it."""
        kind, key = item
        if kind == "material":
            slot = self.service.slots().get(key)
            return slot.judged_by if slot else (MAIN,)
        head = key.partition(".")[0]
        section = next(
            (s for s in self.service.sections if s.key == head if s.rows is not None),
            next((s for s in self.service.sections if any(f.key == head for f in s.fields) and s.rows is None), None),
        )
        return section.judged_by if section else (MAIN,)

    @cached_property
    def visible_words(self) -> dict[ITEM, Word]:
        """An applicant sees a verdict once it is told, an officer at once. Of several offices the applicant reads one word."""
        if not (self.is_applicant and self.others):
            return {k: w for k, w in self.words.items() if w.published or not self.is_applicant}
        items = dict.fromkeys(item for run in self.standings for item in run.words)
        now = {item.id: item.digest for run in self.runs for item in run.items}
        found = {item: shared.told(item, self.standings, now.get(item, "")) for item in items}
        return {item: word for item, word in found.items() if word is not None}

    @cached_property
    def locked_fields(self) -> set[str]:
        """Fields, and rows, that stay as they are. Before several offices: also sections with rows."""
        if not self.others:
            return {key for (kind, key), w in self.words.items() if kind == "field" and is_locked(w)}
        return {key for key, items in self._changeable.items() if self._is_shut(items, self._is_new_field(key))}

    def is_locked_material(self, key: str) -> bool:
        item = ("material", key)
        if not self.others:
            return is_locked(self.words.get(item))
        return self._is_shut([item], self._in_flux(item))

    def being_corrected(self, item: ITEM) -> Standing | None:
        """The other office for which the applicant has changed this item and not handed it in yet."""
        if not self.others or not self._in_flux(item):
            return None
        return next((s for s in self.standings if s.key != self.key and s.returned(item)), None)

    def _in_flux(self, item: ITEM) -> bool:
        kind, key = item
        if kind == "field":
            return bool(self.case.field_revisions.get(key.partition(".")[0], 0) > self.case.handed_in)
        material = self.materials.get(key)
        file = material.current if material else None
        begun = min((run.proceeding.entered_at for run in self.runs if run.is_correcting), default=None)
        return file is None or (begun is not None and file.uploaded_at > begun)

    def _is_shut(self, items: list[ITEM], is_new: bool) -> bool:
        return shared.is_shut(items, self.judges(items[0]), self.standings, is_new=is_new)

    @cached_property
    def _changeable(self) -> dict[str, list[ITEM]]:
        """What is saved under one key: a field, or a section with all of its rows."""
        sections = [s for s in self.service.sections if s.rows is not None]
        return {key: [("field", key)] for key in self.service.field_keys()} | {
            s.key: [("field", f"{s.key}.{n}") for n in range(len(self.case.answers.get(s.key) or []))] or [("field", s.key)]
            for s in sections
        }

    def _is_new_field(self, key: str) -> bool:
        """Asked for and missing, or given since the case was last handed in."""
        return self._in_flux(("field", key)) or any(gap.place.partition(".")[0] == key for gap in self.open_gaps)

    @cached_property
    def promise(self) -> Due | None:
        """The one date that was promised, as of now: of several proceedings the latest of those that are still open."""
        own = self.promise_of(self.past)
        if not self.others:
            return own
        found = [run.promise_of(run.past) for run in self.runs]
        return deadlines.common([due for due in found if due is not None])

    @property
    def whole_outcomes(self) -> Mapping[str, tuple[Text, str]]:
        """The other proceedings: title and outcome, by key."""
        return {p.key: (self.service.title_of(p.key), outcome_of(self.service, p.step)) for p in self.others}

    @property
    def kept_returned(self) -> list[str]:
        """Documents that stand returned by another office, whatever this one says of them."""
        if not self.others:
            return []
        return [key for run in self.standings if run.key != self.key for kind, key in run.words
                if kind == "material" and run.returned((kind, key))]
