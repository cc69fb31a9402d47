"""Reads of the roster; offered by queries."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan
from django.db.models.functions import Coalesce

from laihua.accounts import queries as accounts
from laihua.accounts.permissions import Actor
from laihua.kernel.crypto import blind_index
from laihua.kernel.masking import mask
from laihua.units.models import StaffMember
from laihua.units.roster.dates import extension_of
from laihua.units.roster.periods import periods

PAGE = 20
SYSTEM = "one_network"
"""The business system in which the permits of the roster are handled; whoever acts for his unit there may see it."""
KEEPERS = frozenset({"unit_admin", "handler"})
NO_PERMIT = date(9999, 12, 31)
"""In the order of the roster, whoever has no permit stands last."""
ROSTER_TABS = ("all", "due", "left")


@dataclass(frozen=True, slots=True)
class RosterPage:
    """`before` and `after` are opaque tokens for the neighbouring pages, empty where there is none."""

    rows: Sequence[StaffMember]
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class RosterCounts:
    """`due`: an extension may be filed or should have been, or the permit has ended."""

    all: int
    due: int
    left: int


def keeps_roster(actor: Actor) -> bool:
    """An agency sees the one of its delegation when it starts the case, and not the roster."""
    return bool(actor.roles & KEEPERS) and actor.delegation_id is None and actor.acts_in(SYSTEM)


def keepers_of(unit_id: UUID) -> list[UUID]:
    """Whose grants let them keep the roster of the unit now."""
    grants = accounts.grants_in(unit_id)
    return sorted({g.account_id for g in grants if g.account.is_active and g.role in KEEPERS and g.system in ("", SYSTEM)})


def masked_name(member: StaffMember) -> str:
    """For what leaves the hall: messages and calendars."""
    return mask("name_latin", f"{member.record.get('surname', '')} {member.record.get('given_names', '')}")


def staff_member(unit_id: UUID | None, staff_id: UUID | None, *, lock: bool = False) -> StaffMember | None:
    """On the roster of this unit, be it that he has left; None otherwise. `lock`: nobody else starts a case about him now."""
    if unit_id is None or staff_id is None:
        return None
    rows = StaffMember.objects.select_for_update(of=("self",)) if lock else StaffMember.objects
    return rows.filter(id=staff_id, unit_id=unit_id).first()


def staff_facts(member: StaffMember) -> dict[str, str]:
    """What a form may take over as `staff.…`: the record, and the first and last day to file an extension."""
    facts = {str(key): str(value) for key, value in member.record.items()}
    if member.permit_to is not None:
        extension = extension_of(member.permit_to, periods())
        facts |= {"extension_opens": extension.first.isoformat(), "extension_closes": extension.last.isoformat()}
    return facts


def roster_page(
    unit_id: UUID, *, today: date, tab: str = "all", asked: str = "", after: str = "", before: str = "", limit: int = PAGE
) -> RosterPage:
    """Whose permit ends first stands first. `asked`: a name in full or its surname, a passport or a permit number. One
    statement. Raises ValueError on a token that is not one."""
    rows = _of_tab(StaffMember.objects.filter(unit_id=unit_id), tab, today).annotate(ends=Coalesce("permit_to", Value(NO_PERMIT)))
    if asked := asked.strip():
        rows = rows.filter(_named(asked))
    if place := (before or after):
        rows = rows.filter((TupleLessThan if before else TupleGreaterThan)((F("ends"), F("id")), _read(place)))
    found = list(rows.order_by(*(("-ends", "-id") if before else ("ends", "id")))[: limit + 1])
    more, found = len(found) > limit, found[:limit]
    if before:
        found.reverse()
    if not found:
        return RosterPage([])
    first, last = _token(found[0]), _token(found[-1])
    return RosterPage(found, first if (more if before else bool(after)) else "", last if (before or more) else "")


def roster_counts(unit_id: UUID, *, today: date) -> RosterCounts:
    """One statement."""
    there, due = Q(left_on=None), Q(left_on=None, permit_to__lte=_due_until(today))
    found = StaffMember.objects.filter(unit_id=unit_id).aggregate(
        all=Count("id", filter=there), due=Count("id", filter=due), left=Count("id", filter=~there)
    )
    return RosterCounts(**found)


def whole_roster(unit_id: UUID) -> list[StaffMember]:
    """Everybody who has not left, in the order of the roster."""
    rows = StaffMember.objects.filter(unit_id=unit_id, left_on=None)
    return list(rows.annotate(ends=Coalesce("permit_to", Value(NO_PERMIT))).order_by("ends", "id"))


def closing_within(today: date, days: int) -> list[StaffMember]:
    """Of all units: whose last day to file an extension is today or within so many days."""
    first = today + timedelta(days=periods().closes)
    rows = StaffMember.objects.filter(left_on=None, permit_to__gte=first, permit_to__lte=first + timedelta(days=days))
    return list(rows.select_related("unit").order_by("unit_id", "permit_to", "id"))


def _of_tab(rows: QuerySet[StaffMember], tab: str, today: date) -> QuerySet[StaffMember]:
    if tab == "left":
        return rows.exclude(left_on=None)
    rows = rows.filter(left_on=None)
    return rows.filter(permit_to__lte=_due_until(today)) if tab == "due" else rows


def _due_until(today: date) -> date:
    return today + timedelta(days=periods().opens)


def _named(asked: str) -> Q:
    if not any(c.isalnum() for c in asked):
        return Q(pk__in=[])
    name = blind_index("subject_name", asked)
    return Q(name_index__contains=[name]) | Q(passport_index=asked) | Q(permit_index=asked)


def _token(row: StaffMember) -> str:
    return base64.urlsafe_b64encode(f"{(row.permit_to or NO_PERMIT).isoformat()}~{row.id}".encode()).decode()


def _read(text: str) -> tuple[date, UUID]:
    day, _, row = base64.urlsafe_b64decode(text.encode()).decode().partition("~")
    return date.fromisoformat(day), UUID(row)
