"""What only one running case may hold (占用): taken with the submission, held while what was approved goes on.

Whoever is refused learns which of his rows it is and nothing of the case that holds it.
"""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction

from laihua.cases.following import answers_now, of_a_case
from laihua.cases.models import Reservation
from laihua.catalog import queries as catalog
from laihua.catalog.definitions import Reserves
from laihua.kernel.crypto import blind_index
from laihua.kernel.texts import Reason, Refused, Text

if TYPE_CHECKING:
    from laihua.cases.queries.dossier import Dossier


def held_elsewhere(dossier: "Dossier", *, lock: bool = False) -> list[Reason]:
    """One reason for each row that another running case holds."""
    reserves = dossier.service.reserves
    if reserves is None:
        return []
    wanted = indexes(dossier, reserves)
    taken = Reservation.objects.filter(kind=reserves.kind, index__in=list(wanted), ended_at=None)
    taken = taken.exclude(case__in=own_cases(dossier))
    if lock:
        taken.filter(until__lt=dossier.today).update(ended_at=dossier.at)
    found = set(taken.exclude(until__lt=dossier.today).values_list("index", flat=True))
    return [refusal(dossier, reserves, number) for index, number in wanted.items() if index in found]


def refusal(dossier: "Dossier", reserves: Reserves, number: int) -> Reason:
    section = next(s for s in dossier.service.sections if s.key == reserves.rows)
    text = Text("{title}{row}：{why}", "{title} {row}: {why}").format(title=section.title, row=number + 1, why=reserves.message)
    return Reason("taken", text, place=f"{reserves.rows}.{number}.{reserves.field}")


def indexes(dossier: "Dossier", reserves: Reserves) -> dict[bytes, int]:
    """The blind index of each row that applies, with its number."""
    rows = dossier.answers.get(reserves.rows) or []
    return {
        bytes(blind_index(reserves.kind, row[reserves.field])): number
        for number, row in enumerate(rows) if isinstance(row, dict) and row.get(reserves.field)
    }


def own_cases(dossier: "Dossier") -> list[UUID]:
    """The case itself, what it is about, and what else was filed about the same: one holds for all of them."""
    case = dossier.case
    return [case.id] + ([case.about_id] if case.about_id else [])


def keep_reservations(dossier: "Dossier", outcome: str, leaves_applicant: bool) -> None:
    """In the move's transaction. Raises Refused where somebody else was faster: the unique row settles it."""
    if leaves_applicant and not outcome:
        take(dossier)
    elif outcome:
        settle_reservations(dossier, outcome)


def take(dossier: "Dossier") -> None:
    reserves, case = dossier.service.reserves, dossier.case
    if reserves is None:
        return
    if taken := held_elsewhere(dossier, lock=True):
        raise Refused(*taken)
    wanted = indexes(dossier, reserves)
    mine = Reservation.objects.filter(kind=reserves.kind, ended_at=None)
    mine.filter(case=case).exclude(index__in=list(wanted)).update(ended_at=dossier.at)
    held = {bytes(index) for index in mine.filter(case__in=own_cases(dossier)).values_list("index", flat=True)}
    try:
        with transaction.atomic():
            Reservation.objects.bulk_create(
                Reservation(case=case, kind=reserves.kind, index=index, made_at=dossier.at) for index in wanted if index not in held
            )
    except IntegrityError:
        raise Refused(*held_elsewhere(dossier)) from None


def settle_reservations(dossier: "Dossier", outcome: str) -> None:
    """A case that ends without success holds nothing more; one that is approved holds on until its day, if it names one."""
    case, about, reserves = dossier.case, dossier.service.about, dossier.service.reserves
    mine = Reservation.objects.filter(case=case, ended_at=None)
    if outcome != "approved":
        if reserves is not None:
            mine.update(ended_at=dossier.at)
        return
    if of_a_case(dossier.service) and about is not None and case.about_id is not None:
        if about.amends:
            hand_to_followed(dossier)
        if about.ends:
            Reservation.objects.filter(case__in=[case.id, case.about_id], ended_at=None).update(ended_at=dossier.at)
    elif reserves is not None and reserves.until:
        mine.update(until=day(dossier.answers.get(reserves.until)))


def hand_to_followed(dossier: "Dossier") -> None:
    """What the change took is the followed case's from now on; what it no longer names is free."""
    reserves, followed = dossier.service.reserves, dossier.case.about
    if followed is None:
        return
    theirs = Reservation.objects.filter(case__in=[dossier.case.id, followed.id], ended_at=None)
    if reserves is not None and dossier.answers.get(reserves.rows):
        theirs.filter(kind=reserves.kind).exclude(index__in=list(indexes(dossier, reserves))).update(ended_at=dossier.at)
    held = catalog.version(followed.version_id).service.reserves
    now = {"until": day(answers_now(followed).get(held.until))} if held and held.until else {}
    theirs.update(case=followed, **now)


def day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
