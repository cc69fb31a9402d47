"""What an office sees: the steps it works, how many cases lie where, the dossier as its officers may open it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from laihua.accounts.permissions import ROLES, Actor, Side
from laihua.accounts.queries import holders_of, names_of
from laihua.cases import rows
from laihua.cases.models import MaterialFile, OriginalCheck
from laihua.cases.queries.dossier import Dossier, NotYours, dossier
from laihua.catalog import queries as catalog
from laihua.catalog.compiled import Definition
from laihua.catalog.proceedings import MAIN
from laihua.kernel.queries import file_content
from laihua.kernel.texts import Text
from laihua.prechecks import pages

AUTHORITY = frozenset(key for key, role in ROLES.items() if role.side == Side.AUTHORITY)
UP_TO = 99
"""A tab counts so far: an officer reads at a glance whether there is work; a queue of any length costs the same."""
ENOUGH = 300
"""From so many open cases the filter takes its categories."""


@dataclass(frozen=True, slots=True)
class DeskStep:
    """A step that authorities work, whichever service it belongs to."""

    key: str
    title: Text
    booking: bool
    by: frozenset[str]
    home: bool = False          # of a business system whose cases come to this office first


def desk_steps(
    actor: Actor, definitions: Iterable[Definition] | None = None, systems: frozenset[str] = frozenset()
) -> list[DeskStep]:
    """The steps that the actor may work, those of the office's own business systems first; a head sees all of them.

    One statement, unless the caller has the services at hand.
    """
    found: dict[str, DeskStep] = {}
    every = catalog.services() if definitions is None else definitions
    for service in sorted((d.service for d in every), key=lambda service: service.system not in systems):
        for step in service.steps.values():
            if step.holder != "authority" or not ("head" in actor.roles or step.by in actor.roles):
                continue
            known = found.get(step.key)
            by = (known.by if known else frozenset()) | {step.by}
            home = known.home if known else service.system in systems and step.proceeding == MAIN
            found[step.key] = DeskStep(step.key, known.title if known else step.title, step.booking, by, home)
    return list(found.values())


def steps_at_work(steps: list[DeskStep], counters: "Counters") -> list[DeskStep]:
    """Those of the office's own systems, and others at which something lies here: a chain of review or a further proceeding
    brings cases to offices that have no system of their own."""
    return [s for s in steps if s.home or counters.by_tab[s.key].total]


@dataclass(frozen=True, slots=True)
class Count:
    """`aside`: of a step those that nobody holds, or who comes to the window today; of the rest those of the actor."""

    total: int
    aside: int


@dataclass(frozen=True, slots=True)
class Counters:
    by_tab: Mapping[str, Count]
    categories: tuple[str, ...] = field(default=())


OPEN = "FROM cases_proceeding WHERE office_id = %(office)s AND due_on IS NOT NULL"
TWO = "SELECT count(*), count(*) FILTER (WHERE aside) FROM (SELECT {aside} AS aside {rows} LIMIT %(cap)s) x"
CATEGORIES = f"""(SELECT array_agg(DISTINCT category) FROM (
    SELECT category {OPEN} ORDER BY step, due_on, id LIMIT %(enough)s) c WHERE category <> '')"""  # noqa: S608
COMING = """SELECT count(*) FROM cases_booking b JOIN cases_window w ON w.id = b.window_id
 WHERE w.office_id = %(office)s AND b.cancelled_at IS NULL AND b.starts_at >= %(midnight)s::timestamptz
 AND b.starts_at < %(midnight)s::timestamptz + interval '1 day'"""


def counters(actor: Actor, steps: list[DeskStep], *, today: date) -> Counters:
    """How many lie at each step, paused, due today, late and with the actor. Counts stop at 100. One statement."""
    values: dict[str, Any] = {
        "office": actor.organisation_id, "me": actor.account_id, "today": today, "cap": UP_TO + 1, "enough": ENOUGH,
        "midnight": f"{today.isoformat()}T00:00:00+08:00", "steps": [s.key for s in steps],
    }
    parts = []
    for n, step in enumerate(steps):
        values[f"step{n}"] = step.key
        parts.append(_two(f"{OPEN} AND step = %(step{n})s", "holder_id IS NULL"))
    parts.append(_two("FROM cases_proceeding WHERE office_id = %(office)s AND clock = 'paused'", "false"))
    parts += [
        _two(f"{OPEN} AND step = ANY(%(steps)s) AND due_on {test} %(today)s", "holder_id = %(me)s") for test in ("=", "<")
    ]
    parts.append(_two(f"{OPEN} AND holder_id = %(me)s", "true"))
    parts.append(f"({COMING})")
    parts.append(CATEGORIES)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        *counts, coming, categories = cursor.fetchone()
    tabs = [*(s.key for s in steps), "paused", "today", "late", "mine"]
    booked = {s.key for s in steps if s.booking}
    return Counters(
        {k: Count(c[0], coming if k in booked else c[1]) for k, c in zip(tabs, counts, strict=True)},
        tuple(sorted(categories or ())),
    )


def _two(rows: str, aside: str) -> str:
    return f"(SELECT ARRAY[t, a] FROM ({TWO.format(rows=rows, aside=aside)}) AS y (t, a))"  # noqa: S608  made of the constants above


def desk_dossier(case_id: UUID, *, actor: Actor, at: Any, proceeding: str = MAIN) -> Dossier:
    """The case for an officer of its office, in the proceeding that lies there; `proceeding` where it has several. What the
    applicant has not filed yet is none of the office's business: NotYours, as for a foreign case."""
    found = rows.case_at(case_id, actor.organisation_id, proceeding) if actor.organisation_id else None
    seen = Dossier(*found, actor, at) if found else dossier(case_id, actor=actor, at=at)
    if not seen.here & AUTHORITY or seen.case.submitted_at is None:
        raise NotYours
    return seen


def colleagues_for(seen: Dossier) -> list[tuple[UUID, str]]:
    """Who may work the present step in this office, by name."""
    if seen.step.holder != "authority":
        return []
    holders = holders_of(seen.step.by, seen.proceeding.office_id)
    names = names_of(holders)
    return sorted(((h, names.get(h, "")) for h in holders), key=lambda pair: pair[1])


def original_notes(seen: Dossier) -> dict[str, str]:
    """What the clerk wrote beside each original that stands now, by material."""
    notes = dict(OriginalCheck.objects.filter(proceeding=seen.proceeding).values_list("material_file_id", "note"))
    return {key: notes.get(m.current_id, "") for key, m in seen.materials.items() if m.current_id is not None}


def material_file(seen: Dossier, key: str, version: int | None = None) -> MaterialFile:
    """The file that stands in a slot, or an earlier version of it. Raises NotYours where there is none."""
    files = MaterialFile.objects.filter(material__case=seen.case, material__key=key).select_related("stored")
    if version is None:
        material = seen.materials.get(key)
        found = material.current if material else None
    else:
        found = files.filter(version=version).first()
    if found is None:
        raise NotYours
    return found


def material_page(file: MaterialFile, page: int, width: int) -> bytes:
    """PNG of one page, drawn in the sandbox. Raises Refused when the page is not there."""
    return pages.render(file_content(file.stored), page, width)


def material_content(file: MaterialFile) -> bytes:
    return file_content(file.stored)


