"""沿用: for each slot of a case, what was given before and may stand there again, with where it came from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from laihua.accounts.permissions import SUBJECT
from laihua.cases.models import Material, MaterialFile, OriginalCheck, Proceeding, SearchKey
from laihua.cases.queries.dossier import Dossier, SlotView
from laihua.cases.reuse import Given, Owner, Wanted, choice, fits
from laihua.catalog import queries as catalog
from laihua.catalog.documents import Kind, kinds
from laihua.kernel.crypto import blind_index
from laihua.kernel.texts import Text

MOST = 80       # files looked at, the newest first
TRIED = 5       # for one slot, before a new one is asked for


@dataclass(frozen=True, slots=True)
class Reusable:
    """What a slot may take over. With `why` nothing may, and that is the reason; `given` is then the newest that there was.

    `valid_to`: what its own case said. `months`: it has to be issued within so many; the day of issue is asked for. `consent`:
    it holds sensitive data, which is consented to again.
    """

    key: str
    given: Given
    why: Text | None = None
    valid_to: date | None = None
    months: int = 0
    consent: bool = False

    @property
    def at_once(self) -> bool:
        """Whether it goes with the one button for all."""
        return self.why is None and not self.months and not self.consent


@dataclass(frozen=True, slots=True)
class Taken:
    """Where a file stood before it was taken over, for whoever may see that case."""

    case_id: UUID
    number: str
    uploaded_at: datetime
    may_see: bool


def reusable(dossier: Dossier) -> dict[str, Reusable]:
    """By material key, for the slots that this actor may fill now and that stand empty or returned. Three statements at most."""
    open_slots = [view for view in dossier.slots if is_open(view)]
    wanted = {view.slot.key: (view, kind) for view in open_slots if view.slot.reuse and (kind := kinds().get(view.slot.reads))}
    if not wanted:
        return {}
    found = files_of_owner(dossier, {kind for _, kind in wanted.values()})
    offers = ((key, offered(dossier, view, kind, found)) for key, (view, kind) in wanted.items())
    return {key: offer for key, offer in offers if offer is not None}


def is_open(view: SlotView) -> bool:
    returned = view.word is not None and view.word.result == "returned"
    return view.closed is None and not view.locked and not view.slot.form and (view.file is None or returned)


def offered(dossier: Dossier, view: SlotView, kind: Kind, found: "Files") -> Reusable | None:
    slot = view.slot
    wanted = Wanted(
        slot=slot, kind=kind, owner=owner_of(dossier), today=dossier.today, by_person=dossier.side == SUBJECT,
        answers={k: dossier.names.get(k) for k in dates_and_numbers(slot, kind)},
    )
    here = view.word.digest if view.word is not None and view.word.result == "returned" else ""
    candidates = [g for g in choice(found.given, wanted) if g.sha256 != here][:TRIED]
    first_why: Text | None = None
    for one in candidates:
        said = found.said(one, dates_and_numbers(one.slot, kind))
        why = fits(one, wanted, said)
        if why is None:
            until = said.get(one.slot.min_left.on) if one.slot.min_left else None
            within = slot.issued_within
            return Reusable(
                slot.key, one, valid_to=until if isinstance(until, date) else None,
                months=within.months if within and not within.on else 0, consent=bool(slot.sensitive or one.slot.sensitive),
            )
        first_why = first_why or why
    return Reusable(slot.key, candidates[0], first_why) if candidates else None


def dates_and_numbers(slot: Any, kind: Kind) -> list[str]:
    """The fields of a form that say which document it is and how long it holds."""
    return [k for k in (kind.number, slot.min_left.on if slot.min_left else "", slot.issued_within.on if slot.issued_within else "") if k]


class Files:
    """What was given in other cases, with the answers of those of which a day or a number is asked."""

    def __init__(self, given: list[Given], cases: Mapping[UUID, Any]) -> None:
        self.given, self._cases = given, cases

    def said(self, one: Given, names: Iterable[str]) -> dict[str, Any]:
        case = self._cases[one.case_id]
        definition = catalog.version(case.version_id)
        values = definition.context({k: v for k, v in case.answers.items() if k in set(names)}, one.uploaded_at.date())
        return {k: values.get(k) for k in names if case.answers.get(k) not in (None, "", [])}


def files_of_owner(dossier: Dossier, wanted: set[Kind]) -> Files:
    pairs = slots_of_kinds({k.key for k in wanted})
    if not pairs:
        return Files([], {})
    owner = owner_of(dossier)
    by_passport = SearchKey.objects.filter(case=OuterRef("case"), kind="passport_number", index=bytes.fromhex(owner.passport))
    rows = (
        Material.objects.filter(whose(dossier, owner, wanted), pairs, current__isnull=False, case__submitted_at__isnull=False)
        .exclude(case=dossier.case)
        .annotate(
            same_passport=Exists(by_passport) if owner.passport else Exists(SearchKey.objects.none()),
            differs=Exists(OriginalCheck.objects.filter(material_file=OuterRef("current"), matches=False)),
        )
        .select_related("case", "current__stored")
        .order_by("-current__uploaded_at")[:MOST]
    )
    found = list(rows)
    steps = dict(Proceeding.objects.filter(case__in={m.case_id for m in found}, key="main").values_list("case_id", "step")) if found else {}
    given = [one for m in found if (one := as_given(m, steps.get(m.case_id, ""), owner)) is not None]
    return Files(given, {m.case_id: m.case for m in found})


def slots_of_kinds(wanted: set[str]) -> Q:
    """The slots of all services that take these kinds of documents. One statement."""
    pairs = Q()
    for definition in catalog.services():
        keys = [s.key for s in definition.service.slots().values() if s.reads in wanted and s.reuse and not s.form]
        if keys:
            pairs |= Q(case__service=definition.service.id, key__in=keys)
    return pairs


def whose(dossier: Dossier, owner: Owner, wanted: set[Kind]) -> Q:
    """Cases that may hold something: a unit looks at its own, a person at those that concern him, an agency at its matter's."""
    if dossier.side == SUBJECT:
        return Q(case__subject_id=owner.subject_id)
    mine = Q(case__unit_id=owner.unit_id)
    if dossier.actor.delegation_id:
        mine &= Q(case__delegation_id=dossier.actor.delegation_id)
    if all(kind.of == "unit" for kind in wanted):
        return mine
    person = Q(pk__in=[])
    if owner.subject_id:
        person |= Q(case__subject_id=owner.subject_id)
    if owner.staff_id:
        person |= Q(case__staff_id=owner.staff_id)
    if owner.passport:
        keys = SearchKey.objects.filter(kind="passport_number", index=bytes.fromhex(owner.passport))
        person |= Q(case_id__in=keys.values("case_id"))
    if any(kind.of == "unit" for kind in wanted):
        services = {kind.key for kind in wanted if kind.of == "unit"}
        return mine & (person | slots_of_kinds(services))
    return mine & person


def owner_of(dossier: Dossier) -> Owner:
    case, number = dossier.case, dossier.answers.get("passport_number")
    try:
        passport = blind_index("passport_number", str(number or "")).hex()
    except ValueError:                  # nothing there yet, or only spaces
        passport = ""
    return Owner(case.unit_id, case.subject_id, case.staff_id, passport, dossier.actor.delegation_id)


def as_given(material: Any, step: str, owner: Owner) -> Given | None:
    """None where the version of its case knows no such slot any more."""
    case, file = material.case, material.current
    service = catalog.version(case.version_id).service
    slot = service.slots().get(material.key)
    if slot is None:
        return None
    return Given(
        file_id=file.id, case_id=case.id, number=case.number, slot=slot, status=material.status, pages=file.pages,
        owner=Owner(case.unit_id, case.subject_id, case.staff_id, owner.passport if material.same_passport else "", case.delegation_id),
        outcome=service.steps[step].outcome if step in service.steps else "", submitted=True, sha256=file.stored.sha256,
        size=file.stored.size, content_type=file.stored.content_type, uploaded_at=file.uploaded_at, differs=material.differs,
    )


def taken_from(dossier: Dossier) -> dict[str, Taken]:
    """By material key: where the files that stand there were taken over from. No statement where none was, else one."""
    sources = {m.current.taken_from_id: key for key, m in dossier.materials.items() if m.current and m.current.taken_from_id}
    if not sources:
        return {}
    rows = MaterialFile.objects.filter(id__in=sources).values_list(
        "id", "uploaded_at", "material__case_id", "material__case__number", "material__case__unit_id",
        "material__case__subject_id", "material__case__office_id",
    )
    case, actor = dossier.case, dossier.actor
    found = {}
    for id_, uploaded_at, case_id, number, unit_id, subject_id, office_id in rows:
        if dossier.is_applicant:
            may_see = subject_id == actor.account_id if dossier.side == SUBJECT else unit_id == case.unit_id and not actor.delegation_id
        else:
            may_see = office_id == actor.organisation_id
        found[sources[id_]] = Taken(case_id, number, uploaded_at, may_see)
    return found
