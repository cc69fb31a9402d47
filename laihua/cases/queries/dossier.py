"""One case with everything that its page, its review or its move needs, in a bounded number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils import timezone

from laihua.accounts.permissions import SUBJECT, SYSTEM_ROLE, Actor
from laihua.accounts.queries import names_of
from laihua.cases import content, prints, rows
from laihua.cases.guards import GUARDS
from laihua.cases.known import known_of
from laihua.cases.models import Case, Material, Print, Proceeding
from laihua.cases.queries.asked import Asked
from laihua.cases.queries.deciding import facts_for
from laihua.cases.queries.timed import Timed
from laihua.cases.queries.together import Together
from laihua.cases.rules import (
    Facts,
    Item,
    Past,
    Word,
    capacities,
    marks_of_promise,
    marks_of_step,
    may_upload,
    not_from_here,
    uncounted,
    wrong_end,
)
from laihua.cases.shared import ITEM
from laihua.catalog import queries as catalog
from laihua.catalog.compiled import Gap
from laihua.catalog.definitions import MaterialSlot, Move, Output, Step
from laihua.flow.deadlines import Due, due
from laihua.flow.moves import State
from laihua.kernel.queries import working_calendar
from laihua.kernel.texts import Reason, Text

NO_SUCH_MOVE = Reason("unknown_move", Text("没有这项操作。", "There is no such action."))


@dataclass(frozen=True, slots=True)
class Offer:
    """A move that the actor could make here, and what stands in its way."""

    move: Move
    reasons: tuple[Reason, ...]
    version: int = 0            # of its proceeding, as this offer was made

    @property
    def open(self) -> bool:
        return not self.reasons


@dataclass(frozen=True, slots=True)
class SlotView:
    """One row of the materials page."""

    slot: MaterialSlot
    group: str
    required: bool
    deferrable: bool
    material: Material | None
    word: Word | None
    locked: bool
    closed: Reason | None       # why this actor cannot upload now
    outdated: Text | None = None    # what changed since the form on this scan was printed

    @property
    def status(self) -> str:
        return self.material.status if self.material else Material.Status.MISSING

    @property
    def file(self) -> Any:
        return self.material.current if self.material else None


@dataclass(frozen=True, slots=True)
class Granted:
    """The permit that came out of the case."""

    number: str
    valid_from: date | None
    valid_to: date | None


class Dossier(Asked, Timed, Together):
    """A case as its actor may see it at a moment. Reads lazily; each property costs at most one statement."""

    def __init__(self, case: Case, proceeding: Proceeding, actor: Actor, at: datetime) -> None:
        self.case, self.proceeding, self.actor, self.at = case, proceeding, actor, at
        self.definition = catalog.version(case.version_id)
        self.service = self.definition.service
        self.granted: Granted | None = None     # known while the system's move after the permit was made has its effects

    # Where it stands

    @property
    def today(self) -> date:
        return timezone.localtime(self.at).date()

    @property
    def step(self) -> Step:
        return self.service.steps[self.proceeding.step]

    @property
    def state(self) -> State:
        p = self.proceeding
        return State(p.step, p.clock, p.asked_by_step, p.round)

    @cached_property
    def here(self) -> frozenset[str]:
        case = self.case
        return capacities(
            self.actor, unit_id=case.unit_id, subject_id=case.subject_id, office_id=self.office_id, system=self.service.system,
            delegation_id=case.delegation_id,
        )

    @property
    def office_id(self) -> UUID | None:
        """The office that may see the case. What is not filed yet is no office's business."""
        return self.proceeding.office_id if self.case.submitted_at is not None else None

    @property
    def side(self) -> str:
        """unit, subject or authority: whose eyes look at the page."""
        return "unit" if "unit" in self.here else "subject" if SUBJECT in self.here else "authority"

    @cached_property
    def agency_and_principal(self) -> tuple[Text, Text] | None:
        """Who files for whom under a delegation."""
        agency, unit = self.case.agency, self.case.unit
        if agency is None or unit is None:
            return None
        return Text(agency.name_zh, agency.name_en or agency.name_zh), Text(unit.name_zh, unit.name_en or unit.name_zh)

    @property
    def filer(self) -> str:
        """The end that files the case: a unit, or a person for himself."""
        return "unit" if self.case.unit_id else SUBJECT

    @property
    def may_edit(self) -> bool:
        """Whether the actor fills in this step: he is the end that holds it."""
        return self.step.editable and self.step.holder in self.here

    @property
    def is_applicant(self) -> bool:
        return self.side != "authority"

    # What is in it

    @cached_property
    def names(self) -> Any:
        return self.definition.context(self.case.answers, self.today, self.known)

    @cached_property
    def answers(self) -> dict[str, Any]:
        """The answers with what the hall fills in itself. Once submitted, as they were submitted."""
        return {**self.fixed, **self.case.answers}

    @cached_property
    def fixed(self) -> dict[str, Any]:
        """Values that come from elsewhere (`source: unit.name`): shown, never asked, unless they are unknown and may be."""
        found = {}
        for f in self.service.field_keys().values():
            owner, _, member = f.source.partition(".")
            value = self.known.get(owner, {}).get(member, "") if owner else ""
            if owner and (value or not f.asked_if_unknown):
                found[f.key] = value
        return found

    @property
    def person(self) -> Any:
        """Whom the case concerns, as the hall knows him; None before he is linked."""
        return self.case.started_by if self.case.subject_id == self.case.started_by_id else self.case.subject

    @cached_property
    def known(self) -> dict[str, dict[str, Any]]:
        """What the hall knows besides the answers, by owner."""
        return known_of(self)

    @cached_property
    def _slot_rows(self) -> list[tuple[Any, ...]]:
        return rows.slots(self.case.id, self.proceeding.id)

    @cached_property
    def materials(self) -> dict[str, Material]:
        """With their files, for pages; a move needs no more than what is `held`."""
        return rows.materials(self._slot_rows)

    @cached_property
    def held(self) -> dict[str, rows.Held]:
        return rows.held(self._slot_rows)

    @cached_property
    def slots(self) -> list[SlotView]:
        group_of = {m.key: g.key for g in self.service.groups for m in g.items}
        return [
            SlotView(
                slot=state.slot,
                group=group_of[state.slot.key],
                required=state.required,
                deferrable=state.deferrable,
                material=self.materials.get(state.slot.key),
                word=self.visible_words.get(("material", state.slot.key)),
                locked=self.is_locked_material(state.slot.key) and state.slot.key not in self.outdated,
                outdated=self.outdated.get(state.slot.key),
                closed=next(iter(may_upload(state.slot, self.step, self.here)), None),
            )
            for state in self.asked
        ]

    @cached_property
    def outdated(self) -> dict[str, Text]:
        """Scans of printed forms that no longer say what the case says, by material key. Costs nothing where none is."""
        slots = {s.key: self.service.outputs[s.form] for s in self.service.slots().values() if s.form}
        slots = {key: output for key, output in slots.items() if output.round_trip}
        if not slots or not self.step.editable:
            return {}
        current = Material.objects.filter(case=self.case, key__in=slots, current__isnull=False)
        found = {
            m.key: self.said_of_print(slots[m.key], m.current.printed if m.current else None)
            for m in current.select_related("current__printed")
        }
        return {key: text for key, text in found.items() if text is not None}

    def printed(self) -> dict[str, Any]:
        """What a form that is printed now says."""
        return prints.printed_answers(self.definition.visible_sections(self.names), self.answers)

    def said_of_print(self, output: Output, printed: Print | None) -> Text | None:
        """Why a scan of this print does not do; None while it says what the case says."""
        if printed is None:
            return prints.UNREAD
        now = self.printed()
        if printed.digest == prints.digest_of(output.key, now):
            return None
        parts = prints.changed_parts(self.definition, printed.answers, now)
        return prints.OUTDATED.format(changes=prints.in_one_line(parts)) if parts else prints.UNREAD

    @cached_property
    def files(self) -> dict[str, str]:
        return {key: h.sha256 for key, h in self.held.items()}

    @cached_property
    def all_items(self) -> list[Item]:
        titles = {s.slot.key: s.slot.title for s in self.asked}
        return content.items_of(self.definition.visible_sections(self.names), self.case.answers, self.files, titles, self.fixed)

    @cached_property
    def absent(self) -> list[Item]:
        """Documents of the list that are not there: nothing to judge, but an officer may ask for them."""
        return [Item("material", s.slot.key, s.slot.title, "") for s in self.asked if s.slot.key not in self.files]

    @cached_property
    def verdicts(self) -> list[rows.Judged]:
        """Of all rounds, oldest first."""
        return rows.verdicts(self.proceeding.id)

    @cached_property
    def words(self) -> dict[ITEM, Word]:
        """The latest verdict on each item, of all rounds."""
        return {(v.kind, v.key): v.word for v in self.verdicts}

    @cached_property
    def open_gaps(self) -> list[Gap]:
        """What this side still has to fill in, correct or upload; an officer sees what the filing end has to."""
        since = {key: timezone.localtime(h.uploaded_at).date() for key, h in self.held.items()}
        found = self.definition.gaps(self.answers, self.today, uploaded=since, extra=self.known, names=self.names)
        titles = {key: slot.title for key, slot in self.service.slots().items()}
        asked = {state.slot.key for state in self.asked}
        found += [
            Gap(f"material:{key}", titles[key], text, "invalid") for key, text in self.outdated.items() if key in asked
        ]
        found = self.gaps_on_the_list(found)
        side = SUBJECT if self.side == SUBJECT or SYSTEM_ROLE in self.here else self.filer
        return content.gaps_of_side(found, content.owners(self.definition), side)

    @property
    def gaps(self) -> list[Reason]:
        return content.gaps_as_reasons(self.open_gaps, content.owners(self.definition))

    @cached_property
    def originals(self) -> list[tuple[str, Text, bool | None]]:
        """Materials whose original is shown at the window: key, title, and whether it matched."""
        return [
            (key, slot.title, self.held[key].matches)
            for key, slot in self.service.slots().items()
            if slot.original and key in self.held and self.key in slot.judged_by
        ]

    # What may happen

    @cached_property
    def trail(self) -> rows.Trail:
        return rows.trail(self.case.id, self.proceeding.id)

    @property
    def past(self) -> Sequence[Past]:
        return self.trail.past

    @property
    def last(self) -> Past | None:
        return self.past[-1] if self.past else None

    def promise_of(self, past: Sequence[Past]) -> Due | None:
        """The time limit of the whole after these moves; None before the clock starts."""
        limit = self.service.promise
        return due(limit.days, limit.kind, marks_of_promise(past, uncounted(self.service)), working_calendar(), self.at)

    def limit_of(self, past: Sequence[Past], step: str) -> Due | None:
        """The limit of one step after these moves; None where it has none."""
        limit = self.service.steps[step].limit
        return due(limit.days, limit.kind, marks_of_step(past, step), working_calendar(), self.at) if limit else None

    @cached_property
    def limit(self) -> Due | None:
        return self.limit_of(self.past, self.proceeding.step)

    def name_of(self, account_id: UUID | None) -> str:
        return names_of([account_id]).get(account_id, "") if account_id else ""

    def facts(self, needs: frozenset[str], text: str = "") -> Facts:
        return facts_for(self, needs, text)

    def obstacles(self, move: Move, text: str = "") -> list[Reason]:
        """Why this actor cannot make this move now; empty when he can."""
        facts = self.facts(frozenset(), text)
        early = wrong_end(move, facts)
        if not early and self.state.step not in move.sources:
            early = not_from_here(
                move, self.state, self.step, self.last, self.name_of(self.last.actor_id) if self.last else ""
            )
        if early:
            return early
        if not self.has_move(move):
            return [NO_SUCH_MOVE]
        if late := self.out_of_time(move):
            return [late]
        return self.reasons_of(move.requires, text)

    def has_step(self, step: Step) -> bool:
        return not step.when or self.definition.has_step(step.key, self.names)

    def has_move(self, move: Move) -> bool:
        return self.follows(move) and (not move.when or self.definition.has_move(move.key, self.names))

    def reasons_of(self, names: Sequence[str], text: str = "") -> list[Reason]:
        """What these guards have against it now."""
        guards = [GUARDS[name] for name in names]
        facts = self.facts(frozenset().union(*(g.needs for g in guards)), text)
        return list(dict.fromkeys(reason for g in guards for reason in g.check(facts)))

    def offers(self) -> list[Offer]:
        """The moves of this step that belong to this actor, open or with their reasons."""
        return [
            Offer(move, tuple(self.obstacles(move)), self.proceeding.version)
            for move in self.service.moves.values()
            if self.proceeding.step in move.sources and self.here & set(move.by) and move.automatic is None
            and self.has_move(move) and not self.out_of_time(move)
        ]


class NotYours(Exception):
    """No such case, or none of this actor's: both look the same from outside."""


def dossier(case_id: UUID, *, actor: Actor, at: datetime, proceeding: str = "main") -> Dossier:
    """Raises NotYours. One statement; the rest is read as it is asked for."""
    found = rows.case(case_id, proceeding)
    if found is None:
        raise NotYours
    result = Dossier(*found, actor, at)
    if not result.here:
        raise NotYours
    return result
