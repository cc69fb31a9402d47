"""What pre-review (智能核对) has to say of a case to whoever looks at it: per material its state, and the findings.

The findings are worked out from what was read and from the answers as they stand, so they are never out of date.
"""

import logging
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import Any, Literal
from uuid import UUID

from django.utils import timezone

from laihua.accounts.permissions import SUBJECT, SYSTEM_ROLE
from laihua.cases.content import digest
from laihua.cases.hiding import hidden, where, without
from laihua.cases.models import DocumentRead, FindingReply, FindingVerdict, MaterialFile
from laihua.cases.queries.dossier import Dossier
from laihua.cases.queries.editing import fields_open_to
from laihua.cases.queries.officer import AUTHORITY
from laihua.catalog.compiled import SlotState
from laihua.catalog.definitions import MaterialSlot, Service
from laihua.kernel.crypto import blind_index
from laihua.kernel.texts import Text
from laihua.prechecks.checks import examine
from laihua.prechecks.findings import Asks, Finding, Given, Level
from laihua.prechecks.kind import kinds
from laihua.prechecks.remembered import document_of

log = logging.getLogger(__name__)

State = Literal["missing", "unread", "waiting", "reading", "done", "failed"]
STATES: Mapping[State, Text] = {
    "missing": Text("未上传", "Not uploaded"),
    "unread": Text("未自动核对", "Not checked automatically"),
    "waiting": Text("等待读取", "Waiting to be read"),
    "reading": Text("正在读取", "Being read"),
    "done": Text("已核对", "Checked"),
    "failed": Text("未能自动读取", "Could not be read automatically"),
}
PUBLIC = frozenset({"credit_code", "case_number"})
"""Numbers that are nobody's own: shown to officers in full."""
OPEN_NAMES = frozenset({"name_zh", "name_latin"})


@dataclass(frozen=True, slots=True)
class Reply:
    """What the applicant said of a finding: that he has seen it, or why the form is right."""

    seen: bool
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Adopted:
    """A field that one click sets to what the document says."""

    field: str
    label: Text
    before: Text
    after: Text


@dataclass(frozen=True, slots=True)
class Noted:
    """A finding for whoever looks, with what people said of it. `given`, `read` and `text` hide what he may not see.

    `fields`: those of the form that it is about. `adopts`: what the button “改为 …” would change; empty where there is none
    or the fields are not his to change. `digest` goes back with every answer: a finding that changed is not answered.
    """

    finding: Finding
    digest: str
    material: Text
    text: Text
    given: str
    read: str
    fields: tuple[str, ...] = ()
    reply: Reply | None = None
    verdict: Literal["", "right", "wrong"] = ""
    adopts: tuple[Adopted, ...] = ()

    @property
    def key(self) -> str:
        return self.finding.key

    @property
    def anchor(self) -> str:
        return "finding-" + "".join(c if c.isalnum() else "-" for c in self.finding.key)

    @property
    def level(self) -> Level:
        return self.finding.level

    @property
    def is_open(self) -> bool:
        """Whether something differs to which the applicant has said nothing yet."""
        return self.level != "pass" and self.reply is None


@dataclass(frozen=True, slots=True)
class SlotRead:
    """One material that is read. `pages` of the file, `pages_read` so far; `problem`: why it could not be read.

    `kind`: of prechecks.kind; empty where only seals and signatures are looked for. `version` names the file whose page
    images show the places.
    """

    key: str
    title: Text
    kind: str
    state: State
    file_id: UUID | None = None
    version: int = 0
    pages: int = 0
    pages_read: int = 0
    problem: Text | None = None
    seconds: float = 0
    findings: tuple[Noted, ...] = ()

    @property
    def says(self) -> Text:
        return STATES[self.state]

    @property
    def is_running(self) -> bool:
        return self.state in ("waiting", "reading")

    @property
    def level(self) -> Level | Literal[""]:
        """The worst of its findings; empty where there is none."""
        return self.findings[0].level if self.findings else ""

    def count(self, level: Level) -> int:
        return sum(one.level == level for one in self.findings)


@dataclass(frozen=True)
class Precheck:
    """`answers`: whether whoever looks may answer findings (an applicant), `judges`: whether he may say if they are right
    (the officer who holds the case). `broken`: the comparison itself failed; the materials are there all the same."""

    slots: tuple[SlotRead, ...] = ()
    answers: bool = False
    judges: bool = False
    broken: bool = False
    missed: tuple[str, ...] = ()        # keys of what the officer reported as missed: slot, or slot:field

    @property
    def applies(self) -> bool:
        """Whether the case has a material that is read at all."""
        return bool(self.slots)

    @cached_property
    def findings(self) -> tuple[Noted, ...]:
        """Mismatches first, then doubts, then what agrees; within a level in the order of the checklist."""
        order: Mapping[Level, int] = {"mismatch": 0, "doubt": 1, "pass": 2}
        return tuple(sorted((one for slot in self.slots for one in slot.findings), key=lambda one: order[one.level]))

    @cached_property
    def by_field(self) -> Mapping[str, tuple[Noted, ...]]:
        """For the panel beside the form: what concerns each field, the worst first."""
        keys = dict.fromkeys(key for one in self.findings for key in one.fields)
        return {key: tuple(one for one in self.findings if key in one.fields) for key in keys}

    def slot(self, key: str) -> SlotRead | None:
        return next((s for s in self.slots if s.key == key), None)

    def kind_of(self, key: str) -> str:
        return next((s.kind for s in self.slots if s.key == key), "")

    def finding(self, key: str) -> Noted | None:
        return next((one for one in self.findings if one.key == key), None)

    def count(self, level: Level) -> int:
        return sum(slot.count(level) for slot in self.slots)

    @property
    def open(self) -> tuple[Noted, ...]:
        return tuple(one for one in self.findings if one.is_open)

    @property
    def is_running(self) -> bool:
        return any(slot.is_running for slot in self.slots)

    @cached_property
    def version(self) -> str:
        """Changes with everything that a page shows of it: for a page that asks whether there is something new."""
        parts = [
            (s.key, s.state, s.version, s.pages_read, [(n.key, n.level, n.digest, str(n.reply), n.verdict) for n in s.findings])
            for s in self.slots
        ]
        return sha256(repr((parts, self.missed, self.judges, self.answers)).encode()).hexdigest()[:16]


def is_prechecked(service: Service) -> bool:
    """Whether any material of the service is read."""
    return any(map(is_read, service.slots().values()))


def findings_of(dossier: Dossier, revealed: Set[str] = frozenset()) -> Precheck:
    """For the case's own unit, its subject and the officers of its office; nobody else is told anything.

    Three statements beside those of the dossier. `revealed`: the fields that an officer has asked to see in full.
    """
    if not dossier.here & (AUTHORITY | {"unit", SUBJECT, SYSTEM_ROLE}):
        return Precheck()
    states = [state for state in dossier.asked if is_read(state.slot)]
    if not states:
        return Precheck()
    files = {key: m.current for key, m in dossier.materials.items() if m.current is not None}
    reads = reads_of(dossier, [files[s.slot.key] for s in states if s.slot.key in files])
    done = {key: read for key, file in files.items() if (read := reads.get(file.id)) and read.state == DocumentRead.State.DONE}
    found, broken = compared(dossier, [state for state in states if state.slot.key in done], done)
    notes = Notes(dossier, {key: f.id for key, f in files.items()}, revealed) if found or dossier.here & AUTHORITY else None
    return Precheck(
        slots=tuple(slot_read(s.slot, files.get(s.slot.key), reads, [f for f in found if f.slot == s.slot.key], notes) for s in states),
        answers=may_answer(dossier), judges=may_judge(dossier), broken=broken, missed=notes.missed if notes else (),
    )


def compared(dossier: Dossier, states: list[SlotState], done: Mapping[str, DocumentRead]) -> tuple[list[Finding], bool]:
    """Everything that the checks say, and whether one of them broke: then the page shows the materials all the same."""
    given, broken = {}, False
    for state in states:
        try:
            given[state.slot.key] = given_of(dossier, state, done[state.slot.key])
        except Exception as error:
            log.error("material %s of case %s cannot be opened: %s", state.slot.key, dossier.case.id, where(error))
            broken = True
    try:
        return examine(given), broken
    except Exception as error:
        log.error("the findings of case %s could not be worked out: %s", dossier.case.id, where(error))
        return [], True


def is_read(slot: MaterialSlot) -> bool:
    return bool(kind_read(slot) or slot.expects) and slot.accept != "photo"


def kind_read(slot: MaterialSlot) -> str:
    """As what it is read; empty where no such kind is known, and only seals and signatures can be looked for."""
    return slot.reads if slot.reads in kinds() else ""


def may_answer(dossier: Dossier) -> bool:
    """Applicants, while the case lies with their end."""
    return dossier.is_applicant and dossier.step.holder in dossier.here and (dossier.may_edit or dossier.side == SUBJECT)


def may_judge(dossier: Dossier) -> bool:
    """The officer who has the case in hand at a step of his."""
    step = dossier.step
    return step.holder == "authority" and step.by in dossier.here and dossier.proceeding.holder_id == dossier.actor.account_id


def reads_of(dossier: Dossier, files: list[MaterialFile]) -> dict[UUID, DocumentRead]:
    """One statement, none where nothing was uploaded."""
    if not files:
        return {}
    return {read.file_id: read for read in DocumentRead.objects.filter(case=dossier.case, file_id__in=[f.id for f in files])}


def slot_read(
    slot: MaterialSlot, file: MaterialFile | None, reads: Mapping[UUID, DocumentRead], found: list[Finding], notes: "Notes | None"
) -> SlotRead:
    kind = kind_read(slot)
    if file is None:
        return SlotRead(slot.key, slot.title, kind, "missing")
    read = reads.get(file.id)
    if read is None:
        return SlotRead(slot.key, slot.title, kind, "unread", file.id, file.version, file.pages)
    return SlotRead(
        slot.key, slot.title, kind, read.state, file.id, file.version, file.pages, read.pages_read,  # type: ignore[arg-type]
        Text.of(read.problem) if read.problem else None, read.seconds,
        tuple(notes.noted(one, slot.title) for one in found) if notes else (),
    )


# What the checks are given

def given_of(dossier: Dossier, state: SlotState, read: DocumentRead) -> Given:
    """One document beside the answers as they stand. A field that does not apply is not there."""
    slot = state.slot
    fields = {key: f for key, f in dossier.service.field_keys().items() if key in visible(dossier)}
    wanted = {key for compares in slot.compares for key in compares.fields}
    return Given(
        asks=Asks(
            slot.key, slot.title, kind_read(slot), tuple(c for c in slot.compares if set(c.fields) & fields.keys()), slot.agrees,
            slot.min_left.months if slot.min_left else None, slot.issued_within.months if slot.issued_within else None,
            slot.expects, dossier.definition.is_certified(slot.key, dossier.names),
        ),
        document=document_of(read.found),
        answers={key: value for key, value in dossier.answers.items() if key in fields},
        labels={key: f.label for key, f in fields.items()}, types={key: f.type for key, f in fields.items()},
        until=counted_to(dossier, slot, read.asked_at),
        codes={key: {c.code: c.label for c in fields[key].choices} for key in wanted & fields.keys() if fields[key].choices},
    )


def visible(dossier: Dossier) -> set[str]:
    """Fields that apply to the answers as they stand, worked out once for each dossier."""
    found: set[str] | None = dossier.__dict__.get("_visible_keys")
    if found is None:
        found = dossier.__dict__["_visible_keys"] = dossier.definition.visible_keys(dossier.names)
    return found


def counted_to(dossier: Dossier, slot: MaterialSlot, uploaded_at: datetime) -> date:
    """The day to which its months are counted: that of the filing (before it, today), or of the upload where a rule says so."""
    if any(window and window.at_upload for window in (slot.min_left, slot.issued_within)):
        return timezone.localtime(uploaded_at).date()
    return filed_on(dossier) or dossier.today


def filed_on(dossier: Dossier) -> date | None:
    submitted = dossier.case.submitted_at
    return timezone.localtime(submitted).date() if submitted else None


# What is said of a finding

class Notes:
    """The replies and verdicts of a case, and what whoever looks may see."""

    def __init__(self, dossier: Dossier, files: Mapping[str, UUID], revealed: Set[str]) -> None:
        self.dossier, self.files, self.revealed = dossier, files, revealed
        self.replies = {reply.key: reply for reply in FindingReply.objects.filter(case=dossier.case)}
        rows = FindingVerdict.objects.filter(proceeding=dossier.proceeding) if dossier.here & AUTHORITY else ()
        self.verdicts = {row.key: row for row in rows if row.word != FindingVerdict.Word.MISSED}
        self.missed = tuple(sorted(row.key.partition(":")[2] for row in rows if row.word == FindingVerdict.Word.MISSED))
        self.open_fields = fields_open_to(dossier) if dossier.is_applicant else set()
        self.fields = dossier.service.field_keys()

    def noted(self, one: Finding, material: Text) -> Noted:
        seal = digest_of(one, self.files)
        reply, verdict = self.replies.get(one.key), self.verdicts.get(one.key)
        kind = "" if self.dossier.is_applicant else self.mask_of(one)
        given, read = hidden(kind, one.given, one.read) if kind else (one.given, one.read)
        return Noted(
            one, seal, material, without(one.text, {one.given: given, one.read: read}) if kind else one.text, given, read,
            tuple(self.fields_of(one)),
            Reply(reply.seen, reply.text, reply.at) if reply and reply.digest == seal else None,
            verdict.word if verdict and verdict.digest == seal else "",  # type: ignore[arg-type]
            tuple(self.adopted(one)),
        )

    def fields_of(self, one: Finding) -> Iterator[str]:
        """A value may be made of several fields, such as a name."""
        slot = self.dossier.service.slots()[one.slot]
        together = next((c.fields for c in slot.compares if c.carried == one.carried and one.form_field in c.fields), ())
        yield from together or ((one.form_field,) if one.form_field in self.fields else ())

    def adopted(self, one: Finding) -> Iterator[Adopted]:
        changes: dict[str, Any] = {k: v for k, v in one.suggests.items() if self.dossier.answers.get(k) != v}
        if not changes or not changes.keys() <= self.open_fields:
            return
        words = self.dossier.definition.words
        for key, value in changes.items():
            before = self.dossier.answers.get(key)
            yield Adopted(key, self.fields[key].label, Text("", "") if before in (None, "", []) else words(key, before), words(key, value))

    def mask_of(self, one: Finding) -> str:
        """How both values are hidden from an officer: as the field is, or any field with which the same is compared."""
        if self.revealed & {one.form_field, *self.fields_of(one)}:
            return ""
        slots = self.dossier.service.slots()
        kind = kinds().get(slots[one.slot].reads)
        named = [one.form_field] if one.form_field else [
            key for s in slots.values() for c in s.compares if c.carried == one.carried and s.reads == slots[one.slot].reads
            for key in c.fields
        ]
        masks = {self.fields[key].mask for key in named if key in self.fields} - {""}
        if masks:
            return next(iter(sorted(masks - OPEN_NAMES)), "")
        carried = kind.carried(one.carried) if kind else None
        return "passport" if not named and carried and carried.type == "number" and carried.key not in PUBLIC else ""


def digest_of(one: Finding, files: Mapping[str, UUID]) -> str:
    """Of both values, so that a reply falls away with what it was about; of the file where there are none to compare."""
    said = [one.given, one.read] if one.given or one.read else [str(files.get(one.slot)), str(files.get(one.other_slot))]
    return blind_index("finding", digest([one.key, *said])).hex()
