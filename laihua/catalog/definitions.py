"""What a service is, once read: plain frozen values. The loader makes them, everything above reads them.

Answers are one flat mapping: `{field_key: value}` and, for a section with `rows`, `{section_key: [{field_key: value}]}`.
Values are JSON: dates "2026-11-20", months "2026-11", money and decimals as strings "40000.00", choices by code,
booleans true/false; a missing or empty value is absent. Conditions see dates as timestamps and numbers as numbers.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

from laihua.catalog.about import About, Reserves
from laihua.catalog.first_page import FirstPage
from laihua.catalog.proceedings import MAIN, Run
from laihua.catalog.simulators import Simulator
from laihua.kernel.texts import Text
from laihua.prechecks.findings import Agrees, Compares

FieldType = Literal[
    "text", "long_text", "latin_name", "date", "month", "choice", "choices", "country", "countries",
    "passport_number", "email", "phone", "money", "integer", "decimal", "boolean", "declaration", "address",
    "cascade",
]
By = Literal["unit", "subject", "either"]
Starter = Literal["unit", "person", "visitor"]
DayKind = Literal["working_days", "calendar_days"]


@dataclass(frozen=True, slots=True)
class Choice:
    """`level` and `parent` stand where a cascade chooses from the list."""

    code: str
    label: Text
    level: str = ""
    parent: str = ""
    hint: Text | None = None            # said beside the box: what this choice is for


@dataclass(frozen=True, slots=True)
class Level:
    """A kind of entry that a cascade ends at: 市级外专局, chosen `within` 省级外专局."""

    code: str
    label: Text
    within: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A CEL condition that must hold when the field is filled (or, on a section with rows, for the section)."""

    check: str
    message: Text


@dataclass(frozen=True, slots=True)
class Field:
    key: str
    type: FieldType
    label: Text
    hint: Text | None = None
    required: bool | str = False        # a string is a CEL condition
    when: str = ""                      # CEL; a field that does not apply is neither shown nor kept at submission
    width: Literal["half", "full"] = "half"
    choices: tuple[Choice, ...] = ()
    rules: tuple[Rule, ...] = ()
    source: str = ""                    # `unit.name`: filled in by the hall and fixed
    prefill: str = ""                   # `person.name`: filled in by the hall when the case starts, free to be changed
    asked_if_unknown: bool = False      # with a source: asked like any other where the hall does not know it
    by: By = "either"
    mask: str = ""                      # a kind of kernel.masking: passport, mobile, email, name_zh, name_latin …
    unit_label: Text | None = None      # 元/月
    max_chars: int = 200
    search: bool = False                # findable by blind index
    example: str = ""
    levels: tuple[Level, ...] = ()      # of a cascade, see catalog.cascades
    kind_label: Text | None = None      # of its first select: 主管外专局类型
    missing: Text | None = None         # said where it is required and empty; REQUIRED otherwise


ENTRY = Text("条", "entry")


@dataclass(frozen=True, slots=True)
class Rows:
    min: int = 0
    max: int = 20
    title: str = ""                     # field key whose value names a row
    noun: Text = ENTRY


@dataclass(frozen=True, slots=True)
class Total:
    """A figure shown live below a section: `value` is CEL, such as "total(budget, 'requested')"."""

    label: Text
    value: str
    unit_label: Text | None = None


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    title: Text
    fields: tuple[Field, ...]
    hint: Text | None = None
    rows: Rows | None = None
    when: str = ""
    rules: tuple[Rule, ...] = ()
    personal: bool = False              # what the subject confirms at the individual end
    prefill: str = ""                   # `about.experts`: rows taken over from there when the case starts
    totals: tuple[Total, ...] = ()
    judged_by: tuple[str, ...] = (MAIN,)    # the proceedings whose officers give their word on it


@dataclass(frozen=True, slots=True)
class Window:
    """`min_left` / `issued_within`: months, against a date field of the form where there is one."""

    months: int
    on: str = ""
    at_upload: bool = False             # counted to the day on which the file was uploaded, not to that of the submission


@dataclass(frozen=True, slots=True)
class MaterialSlot:
    key: str
    title: Text
    rules: tuple[Text, ...] = ()
    when: str = ""
    required: bool | str = True
    by: By = "either"
    accept: Literal["pdf", "photo", "picture"] = "pdf"   # photo: of a person; picture: a scanned page as JPG or PNG
    max_bytes: int = 2 * 1024 * 1024
    colour: bool = False
    original: bool = False              # its original is checked at the window
    deferrable: str = ""                # CEL: may follow later (容缺受理)
    min_left: Window | None = None
    issued_within: Window | None = None
    reads: str = ""                     # kind of document, for automated pre-review
    compares: tuple[Compares, ...] = ()     # what the document carries with fields of the form
    agrees: tuple[Agrees, ...] = ()     # what it carries with the documents of other slots
    certified: bool | str = False       # CEL: an apostille or a consular authentication, and a translation, are looked for
    expects: frozenset[str] = frozenset()   # seal, signature
    reuse: bool = True                  # false: never offered from an earlier case, since it is of somebody else
    sample: str = ""                    # path inside the service folder
    form: str = ""                      # key of the output that is printed, signed and scanned for this slot
    sensitive: Literal["", "health", "account", "child"] = ""
    consent: str = ""                   # the purpose of reference/consents.yaml that is asked before its upload
    judged_by: tuple[str, ...] = (MAIN,)


@dataclass(frozen=True, slots=True)
class MaterialGroup:
    key: str
    title: Text
    items: tuple[MaterialSlot, ...]
    hint: Text | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    days: int
    kind: DayKind = "working_days"


@dataclass(frozen=True, slots=True)
class Criterion:
    """What an expert scores, from 0 to `max`."""

    key: str
    title: Text
    max: int
    hint: Text | None = None


@dataclass(frozen=True, slots=True)
class Opinions:
    """Experts are asked at a step: holders of `role` in its office. `least` of them answer before it can be left by a move
    that requires `opinions_in`."""

    role: str
    least: int
    criteria: tuple[Criterion, ...]
    recommendations: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """`holder` says at whom the case lies. `line` steps stand in the progress line, in their order."""

    key: str
    title: Text
    hint: Text
    holder: Literal["unit", "subject", "authority", "hall", "nobody"]
    by: str = ""                        # role that works it
    limit: Limit | None = None
    line: bool = False
    booking: bool = False
    reviews: bool = False               # verdicts per field and material are given here
    originals: bool = False
    visit: bool = False                 # whoever holds it comes to a window, where an officer takes the case from him
    outcome: Literal["", "approved", "refused", "withdrawn"] = ""
    editable: bool = False              # its holder, unit or subject, may change answers and materials
    office: str = ""                    # CEL: code of the authority to which the case goes at this step; empty: it stays
    when: str = ""                      # CEL over the answers: other cases do not come here, and their line leaves it out
    uncounted: bool = False             # its days do not count towards the promise (行政许可法 45: 专家评审)
    opinions: Opinions | None = None
    proceeding: str = MAIN


@dataclass(frozen=True, slots=True)
class Remind:
    """`notice` goes to whoever holds the step, so many hours before the move happens by itself."""

    notice: str
    hours_before: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Automatic:
    """`once_told`: the waiting begins when this notice was delivered to whoever holds the step, and never before."""

    after: Limit
    once_told: str = ""
    remind: Remind | None = None


@dataclass(frozen=True, slots=True)
class Move:
    key: str
    label: Text                         # the button: verb and object
    past: Text                          # the line in the history
    sources: tuple[str, ...]
    target: str                         # a step, or "$asked": the step that asked for the correction
    by: tuple[str, ...]                 # roles: unit, subject, system or a role of accounts.permissions
    requires: tuple[str, ...] = ()      # guards by name, see cases.guards
    clock: Literal["", "start", "pause", "resume", "stop"] = ""
    text: Literal["", "optional", "required"] = ""    # a written reason from the actor
    text_label: Text | None = None      # what is to be written, where it is no reason
    within: Limit | None = None         # open so long after its step was entered
    only_after: tuple[str, ...] = ()    # open only where one of these moves led to its step
    notices: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    files: bool = False                 # hands the case in where no clock starts yet; a move that starts one does so anyway
    confirm: Text | None = None         # asked before it is done
    danger: bool = False
    automatic: Automatic | None = None
    effects: tuple[str, ...] = ()       # what else it changes, by name, see cases.effects
    revokes: tuple[str, ...] = ()       # keys of papers that end with it: those of the number in the answer `permit_number`
    when: str = ""                      # CEL over the answers: in other cases there is no such move
    opens: tuple[str, ...] = ()         # proceedings that begin with it, each where its `when` holds
    then: tuple[str, ...] = ()          # moves of the hall in other proceedings that follow where they are possible


@dataclass(frozen=True, slots=True)
class ReturnReason:
    code: str
    title: Text
    correction: Text
    applies: tuple[Literal["field", "material", "case"], ...] = ("field", "material")


@dataclass(frozen=True, slots=True)
class Notice:
    key: str
    to: tuple[str, ...]                 # unit, subject, a role: its holders in the office, or `field:contact_mobile`
    subject: Text
    body: Text
    sms: Text                           # never personal data
    action: Text | None = None          # label of the link to the case


@dataclass(frozen=True, slots=True)
class Output:
    key: str
    title: Text
    template: str                       # templates/permit.typ
    kind: Literal["permit", "letter", "form"] = "letter"
    number: str = ""                    # numbering series, e.g. "WPX"; empty: the case number
    keeps_number: str = ""              # field key: it replaces the permit of that number and keeps it
    valid_from: str = ""                # field keys
    valid_to: str = ""
    public: bool = False                # has a code that anyone can verify
    signed: bool = True
    shows: tuple[str, ...] = ()         # answer keys that the verify page may show (masked)
    round_trip: bool = False            # printed, signed, scanned: a scan of outdated answers is refused
    duplex: bool = False                # front and reverse each carry the code; a scan of one side alone is refused
    button: Text | None = None          # what the button says that prints it from a draft


@dataclass(frozen=True, slots=True)
class Panel:
    """A figure shown live beside the form, computed by a hook from the answers."""

    key: str
    title: Text
    hook: str


@dataclass(frozen=True, slots=True)
class Enrols:
    """The case asks for a place in a business system (业务系统登记), and the place follows the case."""

    system: str
    whom: Literal["unit", "person"]


@dataclass(frozen=True, slots=True)
class Service:
    id: str
    system: str
    prefix: str
    title: Text
    summary: Text
    audience: tuple[str, ...]
    starts: tuple[Starter, ...]
    promise: Limit
    sections: tuple[Section, ...]
    groups: tuple[MaterialGroup, ...]
    steps: dict[str, Step]
    moves: dict[str, Move]
    reasons: dict[str, ReturnReason]
    notices: dict[str, Notice]
    outputs: dict[str, Output]
    first_step: str
    short_title: Text
    family: Text                        # heading in the catalogue: 外国人来华工作许可
    statutory: Limit | None = None
    proceedings: dict[str, Run] = field(default_factory=dict)   # empty: the main one alone
    panel: Panel | None = None
    simulator: Simulator | None = None
    derived: dict[str, str] = field(default_factory=dict)   # name → CEL or "hook:name"; computed in this order
    requires_to_start: tuple[str, ...] = ()
    enrols: Enrols | None = None
    from_last: bool = False             # a new case begins with the answers of the last approved one
    about: About | None = None
    starts_when: tuple[Rule, ...] = ()  # refuse the start with their message; about what is known before anything is filled in
    reserves: Reserves | None = None
    life_events: tuple[str, ...] = ()   # codes of reference/life_events.yaml: what brings somebody to it
    serves: str = ""                    # what the hall's own pages look it up for: filing, real_name_person …
    before: FirstPage | None = None     # asked and ticked before there is a case
    checklist: Literal["", "generated"] = ""    # generated: made by a button from the answers, and out of date when they change
    shown_when: tuple[str, ...] = ()    # guards that need no answers; to others the catalogue does not show the service
    one_at_a_time: bool = False         # no second case of a unit or a person beside one that runs
    legal_basis: tuple[Text, ...] = ()
    subject_name: str = ""              # CEL over answers: the dossier's name in lists
    subject_country: str = ""           # field key
    subject_email: str = ""             # field key: where the invitation goes
    subject_check: tuple[str, ...] = () # field keys that a person must know to be linked to the case
    category: str = ""                  # derived or field key shown in queues
    valid_to_field: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    def field_keys(self) -> dict[str, Field]:
        """All fields outside rows."""
        return {f.key: f for s in self.sections if s.rows is None for f in s.fields}

    def slots(self) -> dict[str, MaterialSlot]:
        return {m.key: m for g in self.groups for m in g.items}

    def line(self, proceeding: str = MAIN) -> list[Step]:
        return [s for s in self.steps.values() if s.line and s.proceeding == proceeding]

    def proceeding_of(self, move: str) -> str:
        """A move belongs to the proceeding of the steps between which it leads."""
        return self.steps[self.moves[move].sources[0]].proceeding

    def title_of(self, proceeding: str) -> Text:
        run = self.proceedings.get(proceeding)
        return run.title if run else self.short_title

    @property
    def confirmation(self) -> Step | None:
        """Where the subject confirms what the unit filled in."""
        if "unit" not in self.starts:
            return None
        return next((s for s in self.steps.values() if s.holder == "subject" and not s.editable), None)
