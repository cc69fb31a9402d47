"""Who may hold which role, and what an actor is. One sentence each."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from laihua.kernel.texts import Text


class Side(StrEnum):
    """Which end of the hall a role belongs to. Crossings are refused (WP-3)."""

    UNIT = "unit"
    PERSON = "person"
    AUTHORITY = "authority"
    EXPERT = "expert"
    HALL = "hall"


@dataclass(frozen=True, slots=True)
class Role:
    key: str
    side: Side
    title: Text
    may: Text


ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        Role("unit_admin", Side.UNIT, Text("用人单位管理员", "Employer administrator"),
             Text("管理本单位的经办人，办理本单位全部案件", "Manages the unit's handlers and all of its cases")),
        Role("handler", Side.UNIT, Text("经办人", "Handler"),
             Text("填报、上传、提交本单位的案件", "Fills in, uploads and submits cases of its unit")),
        Role("agent", Side.UNIT, Text("代理经办人", "Agent"),
             Text("在一事一委托的范围内，为委托单位办理该案件",
                  "Handles for a principal the one case of a delegation, and nothing else of that unit")),
        Role("pre_reviewer", Side.AUTHORITY, Text("预审岗", "Pre-reviewer"),
             Text("线上预审，退回补正或通过", "Pre-reviews online, returns for correction or passes")),
        Role("window_clerk", Side.AUTHORITY, Text("窗口核验岗", "Window clerk"),
             Text("在窗口核对原件", "Checks originals at the window")),
        Role("decider", Side.AUTHORITY, Text("审查决定岗", "Deciding officer"),
             Text("作出许可决定，不得决定自己预审的案件", "Decides; never a case that the same person pre-reviewed")),
        Role("registrar", Side.AUTHORITY, Text("资料审核岗", "Registrar"),
             Text("审核本机关受理的单位和个人资料、实名认证和账号申诉",
                  "Reviews profiles of units and people, real-name documents and appeals at its office")),
        Role("expert", Side.EXPERT, Text("评审专家", "Review expert"),
             Text("对送审的项目评分并给出意见，只能看到送给自己的案件，看不到其他专家的意见",
                  "Scores and comments on projects that an office sends; sees these alone, and no other expert's opinion")),
        Role("head", Side.AUTHORITY, Text("部门负责人", "Head of office"),
             Text("查看本机关全部案件与时限，转交案件", "Sees all cases and limits of the office, reassigns cases")),
        Role("auditor", Side.HALL, Text("审计员", "Auditor"),
             Text("查阅审计记录，不办理案件", "Reads the audit trail, handles no case")),
        Role("operator", Side.HALL, Text("平台运行人员", "Hall operator"),
             Text("维护平台运行、通知与时钟，不办理案件",
                  "Runs the hall, its notices and the demo clock; handles no case")),
    )
}

SECOND_FACTOR_SIDES = frozenset({Side.AUTHORITY, Side.EXPERT, Side.HALL})
"""Whoever holds a role on these sides signs in with a one-time code besides the password."""

AGENT = "agent"
"""Held under a delegation while it lasts, never by a grant."""

# A natural person needs no grant to act for himself: `subject` is worked out per case, `system` is the hall's own hand.
SUBJECT, SYSTEM_ROLE = "subject", "system"
HALL_SYSTEM = "account"
"""Real names and appeals: the hall's own system, in which no grant is needed."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts now, in which capacity. A plain value: rules read it, nothing writes it.

    `organisation_id` is the unit or authority that the person has chosen to act for in this session; `roles` are the
    roles granted there and nowhere else. A natural person without an organisation has an empty set. `systems` are the
    business systems in which one or other of those roles holds; empty means all. `held` names each role with its system,
    for what depends on which role it is. `kind` is that of the account: natural, legal or visitor.
    """

    account_id: UUID | None
    name: str
    roles: frozenset[str] = field(default_factory=frozenset)
    organisation_id: UUID | None = None
    organisation_name: str = ""
    language: str = "zh-hans"
    kind: str = "natural"
    systems: frozenset[str] = field(default_factory=frozenset)
    held: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    delegation_id: UUID | None = None
    agency_id: UUID | None = None
    for_himself: bool = True

    @property
    def sides(self) -> frozenset[Side]:
        return frozenset(ROLES[role].side for role in self.roles if role in ROLES)

    @property
    def person_id(self) -> UUID:
        """For what only people do. Raises LookupError for the hall's own hand, which has no account."""
        if self.account_id is None:
            raise LookupError("only a person does this")
        return self.account_id

    def is_officer(self) -> bool:
        return Side.AUTHORITY in self.sides

    def is_unit(self) -> bool:
        return Side.UNIT in self.sides

    def acts_in(self, system: str) -> bool:
        """Whether the roles count in this business system. Everybody acts in the hall's own."""
        return not self.systems or system in self.systems or system == HALL_SYSTEM

    def holds(self, role: str, system: str) -> bool:
        """Whether this very role counts in this business system; an empty one asks for all of them."""
        if self.held:
            return role in self.roles and bool({(role, ""), (role, system)} & self.held)
        return role in self.roles and (not self.systems or system in self.systems)


SYSTEM = Actor(account_id=None, name="来华", roles=frozenset({SYSTEM_ROLE}))
