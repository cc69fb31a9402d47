"""Lists of cases: one's own, and the queues of an office. A constant number of statements each, keyset paging."""

import base64
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan

from laihua.accounts.permissions import Actor
from laihua.cases.models import Case, Proceeding, SearchKey
from laihua.catalog import queries as catalog
from laihua.catalog.proceedings import MAIN
from laihua.kernel.crypto import blind_index

PAGE = 20


@dataclass(frozen=True, slots=True)
class Page:
    """`before` and `after` are opaque tokens for the neighbouring pages, empty where there is none."""

    rows: list[Any]
    before: str = ""
    after: str = ""


def token(*key: Any) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([str(k) for k in key])).decode()


def read_token(text: str) -> list[str]:
    """Raises ValueError on anything that is not one of our tokens."""
    values = orjson.loads(base64.urlsafe_b64decode(text.encode()))
    if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        raise ValueError("not a page token")
    return values


def cases_of(actor: Actor) -> QuerySet[Proceeding]:
    """By their main proceedings: the cases of the unit that the actor acts for, or those that are about himself; an agent's is
    the one of his delegation."""
    mine = Q(case__unit_id=actor.organisation_id) if actor.is_unit() else Q(case__subject_id=actor.account_id)
    if actor.delegation_id:
        mine &= Q(case__delegation_id=actor.delegation_id)
    if actor.is_unit() and actor.systems:
        mine &= Q(service__in=[d.service.id for d in catalog.services() if actor.acts_in(d.service.system)])
    return Proceeding.objects.filter(mine, key=MAIN)


def my_cases(
    actor: Actor, *, done: bool, after: str = "", before: str = "", asked: str = "", services: Collection[str] | None = None
) -> Page:
    """One's own cases, newest first. `asked`: the beginning of a case number, or the full name of the applicant as it
    was submitted. `services`: only theirs. Raises ValueError on a token that is not one."""
    rows = cases_of(actor).filter(case__closed_at__isnull=not done).select_related("case")
    if services is not None:
        rows = rows.filter(service__in=services)
    if asked := asked.strip():
        named = SearchKey.objects.filter(kind="subject_name", index=blind_index("subject_name", asked)).values("case_id")
        rows = rows.filter(Q(number__istartswith=asked) | Q(case_id__in=named))
    if place := (before or after):
        created, case_id = read_token(place)
        newer, nearer = ("gt", "lt") if before else ("lt", "gt")
        rows = rows.filter(
            Q(**{f"case__created_at__{newer}": datetime.fromisoformat(created)})
            | Q(case__created_at=datetime.fromisoformat(created), **{f"case_id__{nearer}": UUID(case_id)})
        )
    order = ("case__created_at", "-case_id") if before else ("-case__created_at", "case_id")
    further = Proceeding.objects.filter(case=OuterRef("case")).exclude(key=MAIN)
    found = list(rows.annotate(is_shared=Exists(further)).order_by(*order)[: PAGE + 1])
    more = len(found) > PAGE
    found = found[:PAGE]
    if before:
        found.reverse()
    if not found:
        return Page([])
    first, last = (token(p.case.created_at.isoformat(), p.case_id) for p in (found[0], found[-1]))
    return Page(
        found, before=first if (more if before else bool(after)) else "", after=last if (before or more) else ""
    )


def further_of(found: Iterable[Proceeding]) -> dict[UUID, list[Proceeding]]:
    """The other proceedings of cases that `my_cases` found, by case. One statement where there are any, none otherwise."""
    asked = [p.case_id for p in found if getattr(p, "is_shared", False)]
    further: dict[UUID, list[Proceeding]] = {}
    for p in Proceeding.objects.filter(case__in=asked).exclude(key=MAIN).order_by("key") if asked else ():
        further.setdefault(p.case_id, []).append(p)
    return further


def my_counts(actor: Actor, services: Collection[str] | None = None) -> tuple[int, int]:
    """(under way, done). One statement. `services`: only theirs."""
    rows = cases_of(actor) if services is None else cases_of(actor).filter(service__in=services)
    counts = rows.aggregate(
        under_way=Count("id", filter=Q(case__closed_at__isnull=True)), done=Count("id", filter=Q(case__closed_at__isnull=False))
    )
    return counts["under_way"], counts["done"]


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What an officer asked for. Empty values do not filter. `tab` is one of `steps`, or paused | today | late | mine."""

    tab: str
    steps: tuple[str, ...] = ()
    service: str = ""
    category: str = ""
    holder: str = ""                    # "" | none | me
    due: str = ""                       # "" | late | today
    text: str = ""                      # part of a case number or of the unit's name, or a name in full


def queue(actor: Actor, asked: QueueFilter, *, today: date, after: str = "", before: str = "", limit: int = PAGE) -> Page:
    """Open proceedings of the actor's office by due date, the most urgent first. One statement on one partial index.

    What has a due date or is paused is open: the table sees to that, so nothing here asks for it.
    """
    rows = narrowed(Proceeding.objects.filter(office_id=actor.organisation_id), actor, asked, today)
    key = "entered_at" if asked.tab == "paused" else "due_on"
    backwards = bool(before)
    if place := (before or after):
        value, row_id = read_token(place)
        edge = (datetime if key == "entered_at" else date).fromisoformat(value), UUID(row_id)
        rows = rows.filter((TupleLessThan if backwards else TupleGreaterThan)((F(key), F("id")), edge))
    order = (f"-{key}", "-id") if backwards else (key, "id")
    found = list(rows.order_by(*order)[: limit + 1])
    more = len(found) > limit
    found = found[:limit]
    if backwards:
        found.reverse()
    if not found:
        return Page([])
    first, last = (token(getattr(found[i], key).isoformat(), found[i].id) for i in (0, -1))
    return Page(
        found,
        before=first if (more if backwards else bool(after)) else "",
        after=last if (True if backwards else more) else "",
    )


def narrowed(rows: QuerySet[Proceeding], actor: Actor, asked: QueueFilter, today: date) -> QuerySet[Proceeding]:
    if asked.tab == "paused":
        rows = rows.filter(clock="paused")
    elif asked.tab == "mine":
        rows = rows.filter(holder_id=actor.account_id, due_on__isnull=False)
    elif asked.tab == "today":
        rows = rows.filter(step__in=asked.steps, due_on=today)
    elif asked.tab == "late":
        rows = rows.filter(step__in=asked.steps, due_on__lt=today)
    else:
        rows = rows.filter(step=asked.tab, due_on__isnull=False)
    for name in ("service", "category"):
        if value := getattr(asked, name):
            rows = rows.filter(**{name: value})
    if asked.holder:
        rows = rows.filter(holder_id=None) if asked.holder == "none" else rows.filter(holder_id=actor.account_id)
    if asked.due:
        rows = rows.filter(due_on__lt=today) if asked.due == "late" else rows.filter(due_on=today)
    if asked.text:
        found = SearchKey.objects.filter(kind="subject_name", index=blind_index("subject_name", asked.text))
        rows = rows.filter(
            Q(number__icontains=asked.text) | Q(unit_name__icontains=asked.text) | Q(case_id__in=found.values("case_id"))
        )
    return rows


def find_cases(actor: Actor, asked: str, *, limit: int = PAGE) -> list[Proceeding]:
    """For officers: by case number, or by what is indexed blind (passport, permit number, full name). Own office only."""
    asked = asked.strip()
    if len(asked) < 2:
        return []
    rows = Proceeding.objects.filter(office_id=actor.organisation_id, case__submitted_at__isnull=False).select_related("case")
    if not any(c.isalnum() for c in asked):
        return []
    by_key = Q()
    for kind in searchable():
        by_key |= Q(kind=kind, index=blind_index(kind, asked))
    cases = SearchKey.objects.filter(by_key).values("case_id")
    return list(rows.filter(Q(number=asked.upper()) | Q(case_id__in=cases)).order_by("-entered_at", "id")[:limit])


def searchable() -> set[str]:
    """What cases are indexed by: the fields that services mark for search, the dossier's name, the permit's number."""
    fields = (f.key for d in catalog.services() for f in d.service.field_keys().values() if f.search)
    return {"subject_name", "permit_number", *fields}


def case_by_number(number: str) -> Case | None:
    """For the hall's own lookups; authorisation is the caller's."""
    return Case.objects.filter(number=number.strip().upper()).first()
