"""Decisions about a case: who may, what is locked, when it is due. Pure: plain values in, reasons or values out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from laihua.accounts.permissions import ROLES, SUBJECT, SYSTEM_ROLE, Actor, Side
from laihua.catalog.definitions import MaterialSlot, Move, Service, Step
from laihua.flow.deadlines import Mark
from laihua.flow.moves import State
from laihua.kernel.texts import Reason, Text


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a reviewer judges. `digest` tells whether it changed since."""

    kind: str           # field | material
    key: str            # passport_number, work.0, passport
    label: Text
    digest: str

    @property
    def id(self) -> tuple[str, str]:
        return self.kind, self.key


@dataclass(frozen=True, slots=True)
class Word:
    """The latest verdict on an item."""

    result: str
    round: int
    digest: str
    reasons: tuple[str, ...] = ()
    note: str = ""
    reply: str = ""
    published: bool = False


@dataclass(frozen=True, slots=True)
class Past:
    """One move that was made, as far as later decisions depend on it."""

    move: str
    from_step: str
    to_step: str
    clock: str
    at: datetime
    actor_id: UUID | None


@dataclass(frozen=True)
class Facts:
    """Everything that decides whether a move may be made now. Only what the move's guards need is filled in."""

    actor: Actor
    at: datetime
    state: State
    unit_id: UUID | None = None
    subject_id: UUID | None = None
    office_id: UUID | None = None
    system: str = ""
    delegation_id: UUID | None = None
    holder_id: UUID | None = None
    holder_name: str = ""
    held_at: datetime | None = None
    past: Sequence[Past] = ()
    gaps: Sequence[Reason] = ()
    filing: Reason | None = None
    enrolled: Reason | None = None
    reserved: Sequence[Reason] = ()
    opinions_missing: int = 0
    claimed: Reason | None = None
    permit: Sequence[Reason] = ()
    beside: Reason | None = None
    person: Mapping[str, Reason] = field(default_factory=dict)      # what stands against whoever files, by matter
    employment: Reason | None = None
    items: Sequence[Item] = ()
    absent: Sequence[Item] = ()         # documents of the list that are not there; an officer may ask for them
    words: Mapping[tuple[str, str], Word] = field(default_factory=dict)
    originals: Sequence[tuple[str, Text, bool | None]] = ()
    others: Mapping[str, tuple[Text, str]] = field(default_factory=dict)    # other proceedings: title, outcome
    text: str = ""

    @cached_property
    def capacities(self) -> frozenset[str]:
        """What the actor is in this case: roles that count here, and `unit` or `subject`."""
        return capacities(
            self.actor, unit_id=self.unit_id, subject_id=self.subject_id, office_id=self.office_id, system=self.system,
            delegation_id=self.delegation_id,
        )


def capacities(
    actor: Actor, *, unit_id: UUID | None, subject_id: UUID | None, office_id: UUID | None, system: str = "",
    delegation_id: UUID | None = None,
) -> frozenset[str]:
    """A role counts only in the organisation that holds the case: an officer of another office has none here. A unit's
    counts only in the business systems for which it was granted, an agent's only in the case of his delegation. In a
    session that was opened for a unit nobody is the subject of his own case."""
    if SYSTEM_ROLE in actor.roles:
        return frozenset({SYSTEM_ROLE})
    here: set[str] = set()
    if actor.account_id is not None and actor.account_id == subject_id and actor.for_himself:
        here.add(SUBJECT)
    if actor.organisation_id is not None:
        delegated = actor.delegation_id in (None, delegation_id)
        if actor.is_unit() and actor.organisation_id == unit_id and actor.acts_in(system) and delegated:
            here.add("unit")
        if actor.is_officer() and actor.organisation_id == office_id:
            here |= actor.roles
    return frozenset(here)


WRONG_END = Text(
    "这一步由{who}办理，您现在的身份不能代办。",
    "This step belongs to {who}; you cannot do it in your present capacity.",
)
ENDS = {
    "unit": Text("用人单位", "the employer"),
    "subject": Text("申请人本人（个人端）", "the applicant in person (individual end)"),
    "system": Text("系统", "the system"),
} | {
    key: Text(role.title.zh, f"the {role.title.en[0].lower()}{role.title.en[1:]}")
    for key, role in ROLES.items() if role.side == Side.AUTHORITY
}


def who(roles: Iterable[str]) -> Text:
    names = [ENDS[r] for r in roles if r in ENDS]
    return Text("或".join(n.zh for n in names), " or ".join(n.en for n in names))


def wrong_end(move: Move, facts: Facts) -> list[Reason]:
    """The crossing of ends (WP-3): refused with whose step it is."""
    if facts.capacities & set(move.by):
        return []
    return [Reason("wrong_end", WRONG_END.format(who=who(move.by)))]


NOT_IN_THIS_SYSTEM = Reason("not_in_this_system", Text(
    "您在本单位的授权不包括这个业务系统，请联系单位管理员在“用户授权管理”中授权",
    "Your roles in this unit do not cover this business system; ask its administrator to grant you one"))
BY_UNIT = Text(
    "“{service}”由用人单位发起，个人不能单独发起申请。请联系用人单位的经办人；单位发起后，您会收到确认邀请。",
    "“{service}” is started by the employer; an individual cannot start it alone. "
    "Ask your employer's handler: once it is started you will be invited to confirm.",
)
BY_UNIT_ALONE = Text(
    "“{service}”由用人单位办理，请以本单位经办人或管理员的身份登录后办理。",
    "“{service}” is for employers. Sign in as a handler or an administrator of your unit.",
)
IN_PERSON = Text(
    "“{service}”由本人办理，请以本人身份（自然人）登录后办理。",
    "“{service}” is for people in their own name. Sign in as a natural person, for yourself.",
)


def starting_ends(actor: Actor) -> frozenset[str]:
    """As what the actor may start a case: for his unit, in person, as a visitor. Officers start none."""
    if actor.is_unit():
        return frozenset({"unit"})
    if actor.roles or actor.kind == "legal" or not actor.for_himself:
        return frozenset()
    return frozenset({"visitor"} if actor.kind == "visitor" else {"person", "visitor"})


def refusal_of_starter(service: Service, actor: Actor) -> Reason | None:
    """WP-3: who files what. Roles of a unit count only in the business systems for which they were granted."""
    if starting_ends(actor) & set(service.starts):
        return NOT_IN_THIS_SYSTEM if actor.is_unit() and not actor.acts_in(service.system) else None
    text = IN_PERSON if "unit" not in service.starts else BY_UNIT if service.confirmation else BY_UNIT_ALONE
    return Reason("wrong_starter", text.format(service=service.short_title))


def not_from_here(move: Move, state: State, step: Step, last: Past | None, last_name: str) -> list[Reason]:
    """The case has gone on in between: say who did what, so that nobody repeats it."""
    if state.step in move.sources:
        return []
    text = Text(
        "案件现在处于“{step}”环节，不能再“{move}”。",
        "The case is now at “{step}”; “{move}” is no longer possible.",
    ).format(step=step.title, move=move.label)
    if last is not None and last_name:
        text = Text(
            text.zh + "{name}已于{when}办理。", text.en + " {name} acted on it at {when}."
        ).format(name=last_name, when=last.at.strftime("%Y-%m-%d %H:%M"))
    return [Reason("moved_on", text)]


def stale(expected: int | None, version: int, last_name: str, when: datetime | None) -> list[Reason]:
    """The page that the actor looked at is no longer how the case stands."""
    if expected is None or expected == version:
        return []
    return [
        Reason(
            "stale",
            Text(
                "您打开页面之后，{name}在{when}办理过此件。请刷新后再办，您写的内容不会被提交。",
                "After you opened this page, {name} acted on the case at {when}. Reload and decide again; nothing was submitted.",
            ).format(
                name=last_name or Text("其他人", "someone else"), when=when.strftime("%Y-%m-%d %H:%M") if when else "—"
            ),
        )
    ]


def is_locked(word: Word | None) -> bool:
    """Accepted parts stay as they are while the rest is corrected (RP-10, WP-7)."""
    return word is not None and word.published and word.result == "accepted"


def may_upload(slot: MaterialSlot, step: Step, here: frozenset[str]) -> list[Reason]:
    """Which end may put a file into this slot now."""
    if "unit" in here and step.editable and step.holder == "unit":
        if slot.by == "subject":
            return [Reason("wrong_end", Text("此材料由申请人本人上传。", "The applicant uploads this document in person."))]
        return []
    if SUBJECT in here and (step.editable or step.holder == "subject"):
        if slot.by == "unit":
            return [Reason("wrong_end", Text("此材料由用人单位上传。", "The employer uploads this document."))]
        return []
    if here & {"unit", SUBJECT}:
        return [
            Reason(
                "not_editable",
                Text("“{step}”环节不能更换材料。", "Documents cannot be changed at “{step}”.").format(step=step.title),
            )
        ]
    return [Reason("wrong_end", WRONG_END.format(who=who(("unit", "subject"))))]


def enrolment_state(step: Step, asked_by: str) -> str:
    """What a case at this step makes of the place that it asks for; empty where it gives the place up."""
    if step.outcome:
        return "approved" if step.outcome == "approved" else ""
    if step.editable:
        return "returned" if asked_by else "draft"
    return "review"


def marks_of_promise(past: Iterable[Past], uncounted: Collection[str] = ()) -> list[Mark]:
    """`uncounted`: steps whose days do not count towards the promise (行政许可法 45)."""
    marks: list[Mark] = []
    for p in past:
        if p.clock:
            marks.append(Mark(p.at, p.clock))
        elif p.to_step in uncounted and p.from_step not in uncounted:
            marks.append(Mark(p.at, "pause"))
        elif p.from_step in uncounted and p.to_step not in uncounted:
            marks.append(Mark(p.at, "resume"))
    return marks


def uncounted(service: Service) -> frozenset[str]:
    return frozenset(step.key for step in service.steps.values() if step.uncounted)


def marks_of_step(past: Iterable[Past], step: str) -> list[Mark]:
    """The step's own clock: it runs while the case lies there, and goes on where it stopped when the case comes back."""
    marks: list[Mark] = []
    for p in past:
        if p.to_step == step and p.from_step != step:
            marks.append(Mark(p.at, "resume" if marks else "start"))
        elif p.from_step == step and p.to_step != step and marks:
            marks.append(Mark(p.at, "pause"))
    return marks


def urgency(due_on: date | None, left: int) -> str:
    """late | today | soon | plain: the colours of a queue."""
    if due_on is None:
        return "plain"
    if left < 0:
        return "late"
    return "today" if left == 0 else "soon" if left == 1 else "plain"
