"""Starting a case."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from laihua.accounts import queries as accounts
from laihua.accounts.permissions import Actor
from laihua.cases import following, store
from laihua.cases.actions.enrolling import owner_of
from laihua.cases.actions.first_page import agreed_to, asked_first, statements_for
from laihua.cases.actions.renewing import answers_of_last
from laihua.cases.models import Case, Proceeding
from laihua.cases.queries.dossier import Dossier, NotYours
from laihua.cases.rules import refusal_of_starter
from laihua.catalog import queries as catalog
from laihua.catalog.compiled import Definition
from laihua.catalog.definitions import Service
from laihua.catalog.first_page import Statement
from laihua.kernel.numbering import case_number
from laihua.kernel.texts import Reason, Refused, Text
from laihua.units import actions as unit_actions
from laihua.units import queries as units

HELD = Text(
    "账号疑似重复被挂起，管理员处理后可以办理", "This account is suspended as a suspected duplicate; you can go on once that is settled")

NOBODY_CHOSEN = Reason("staff_missing", Text(
    "请先从单位名册中选择办理对象", "First choose whom it is about from the roster of the unit"), place="staff")
UNDER_WAY_FOR = Text(
    "此人的“{service}”（{number}）正在办理中，不用再次发起。",
    "“{service}” is under way for this person ({number}); there is no need to start it again.")


@transaction.atomic
def start_case(
    *, service_id: str, actor: Actor, at: datetime, answers: Mapping[str, Any] | None = None, staff_id: UUID | None = None,
    about_id: UUID | None = None, agreed: Collection[str] = (),
) -> Case:
    """A new draft on the service's current version: of the unit that the actor acts for, or his own.

    A service `about: staff` takes the foreigner from the unit's roster (`staff_id`): the form begins with what stands there,
    and he is the subject where his account is known. A service about cases goes on from an approved one of the unit
    (`about_id`). Raises NotYours for somebody on another roster, or a case that it cannot be about.

    `agreed`: the statements of the first page that were ticked; their words are kept in the history.

    Refused to whoever the service does not let start it: an individual cannot start what a unit files (WP-3). Refused
    while what the service `requires_to_start` is not there, and beside a case where there can be only one.
    """
    definition = catalog.current(service_id)
    service = definition.service
    refuse_wrong_starter(service, actor)
    refuse_held(service, actor)
    one_after_the_other(service, actor)
    begun = prospect(
        definition, actor, at, member_on_roster(service, actor, staff_id, lock=True), case_before(service, actor, about_id, lock=True))
    if reasons := in_the_way(begun):
        raise Refused(*reasons)
    first, statements = agreed_to(begun, answers or {}, agreed)
    case, proceeding = begun.case, begun.proceeding
    case.office_id = proceeding.office_id = units.office_for(service.system, case.unit)
    case.number = proceeding.number = case_number(service.prefix, timezone.localtime(at).date())
    case.answers = {**said_by_roster(begun), **known_already(begun, answers or {}), **(answers or {}), **first}
    proceeding.unit_name = proceeding.unit_name or begun.known.get("person", {}).get("employer", "")
    proceeding.subject_name = definition.subject_name(case.answers)
    case.save(force_insert=True)
    if actor.delegation_id:
        bind_delegation(case.id, service, actor, at)
    proceeding.save(force_insert=True)
    enrol(begun)
    store.record(begun, "start", {"statements": statements} if statements else None, by=["unit", "subject"])
    return case


def read_first(
    *, service_id: str, actor: Actor, at: datetime, answers: Mapping[str, Any]
) -> tuple[list[Reason], list[Statement]]:
    """What is wrong with the answers of the first page, and the statements that they call for; nothing is stored."""
    begun = prospect(catalog.current(service_id), actor, at)
    kept, wrong = asked_first(begun, answers)
    return wrong, [] if wrong else statements_for(begun, kept)


def refuse_held(service: Service, actor: Actor) -> None:
    """A suspected duplicate waits for the operator (ENT-3); a profile that leads into a system may be filled in meanwhile."""
    if service.enrols is None and service.system != "account" and accounts.hold_of(actor.person_id) is not None:
        raise Refused(Reason("held", HELD, link=f"/enter/{service.system}/", link_text=Text("查看原因", "See why")))


def member_on_roster(service: Service, actor: Actor, staff_id: UUID | None, *, lock: bool = False) -> Any:
    """Whom the case would be about; None where the service is about nobody, or while nobody is chosen."""
    if staff_id is None or service.about is None or service.about.kind != "staff":
        return None
    member = units.staff_member(actor.organisation_id if actor.is_unit() else None, staff_id, lock=lock)
    if member is None:
        raise NotYours
    return member


def case_before(service: Service, actor: Actor, about_id: UUID | None, *, lock: bool = False) -> Case | None:
    """The approved case that this one would go on from; None where the service is about none, or while none is chosen."""
    if about_id is None or not following.of_a_case(service):
        return None
    if lock:
        Case.objects.select_for_update().filter(id=about_id).first()
    found = following.case_to_follow(service, actor.organisation_id if actor.is_unit() else None, about_id)
    if found is None:
        raise NotYours
    return found


def prospect(definition: Definition, actor: Actor, at: datetime, member: Any = None, about: Case | None = None) -> Dossier:
    """The case as it would begin, not yet stored."""
    service, unit = definition.service, units.unit_of(actor.organisation_id) if actor.is_unit() else None
    case = Case(
        service=service.id, version_id=definition.version_id, unit=unit, region=units.region_of(unit),
        started_by_id=actor.person_id, created_at=at, saved_at=at, subject_id=None if actor.is_unit() else actor.account_id,
        agency_id=actor.agency_id, delegation_id=actor.delegation_id, staff=member, about=about,
    )
    if member is not None:
        case.subject_id, case.staff_record = member.account_id, units.staff_facts(member)
    proceeding = Proceeding(
        case=case, step=service.first_step, entered_at=at, service=service.id, unit_name=unit.name_zh if unit else "",
    )
    return Dossier(case, proceeding, actor, at)


def why_not_start(
    *, service_id: str, actor: Actor, at: datetime, staff_id: UUID | None = None, about_id: UUID | None = None
) -> list[Reason]:
    """What `start_case` would refuse now, for the page before it; empty when it may be started. Raises NotYours like it."""
    definition = catalog.current(service_id)
    wrong = refusal_of_starter(definition.service, actor)
    if wrong:
        return [wrong]
    return in_the_way(prospect(
        definition, actor, at, member_on_roster(definition.service, actor, staff_id), case_before(definition.service, actor, about_id)))


def in_the_way(begun: Dossier) -> list[Reason]:
    about = begun.service.about
    if about and about.kind == "staff" and begun.case.staff is None and about.otherwise is None:
        return [NOBODY_CHOSEN]
    if following.of_a_case(begun.service) and begun.case.about is None:
        return [*begun.reasons_of(begun.service.requires_to_start), following.none_chosen(begun.service, begun.case.unit_id)]
    second = another(begun) or about_the_same(begun)
    if second:
        return [second]
    wrong = [Reason("not_now", text) for text in begun.definition.against_start(begun.names)]
    return [*wrong, *begun.reasons_of(begun.service.requires_to_start)]


def enrol(begun: Dossier) -> None:
    if begun.service.enrols is None:
        return
    case = begun.case
    place = unit_actions.enrol(system=begun.service.enrols.system, case_id=case.id, at=begun.at, **owner_of(case, begun.service.enrols))
    if place.state != "approved" and place.case_id not in (case.id, None):
        raise Refused(under_way(begun.service, place.case_id))


def known_already(begun: Dossier, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What the hall knows of whoever files stands in the form from the start. What does not fit a field is left out."""
    found = answers_of_last(begun) if begun.service.from_last else {}
    for key, field in begun.service.field_keys().items():
        owner, _, member = field.prefill.partition(".")
        value = begun.known.get(owner, {}).get(member) if owner and key not in answers else None
        if value and not (cleaned := begun.definition.clean(key, value)).problems:
            found[key] = cleaned.value
    for section in begun.service.sections:
        owner, _, member = section.prefill.partition(".")
        if rows := begun.known.get(owner, {}).get(member) if section.prefill and section.key not in answers else None:
            found[section.key] = begun.definition.clean(section.key, rows).value
    return found


def said_by_roster(begun: Dossier) -> dict[str, Any]:
    """What the roster says stays as it was at the start: the decisions of other cases do not change what this one asks for."""
    fields = begun.service.field_keys().values()
    return {f.key: begun.fixed[f.key] for f in fields if f.source.startswith("staff.") and begun.fixed.get(f.key)}


def one_after_the_other(service: Service, actor: Actor) -> None:
    """Two starts at once by the same unit or person: the second waits, and then finds the first."""
    if service.one_at_a_time or service.enrols:
        owner = actor.organisation_id if actor.is_unit() and not of_person(service) else actor.account_id
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"laihua.start:{service.id}:{owner}"])


def another(begun: Dossier) -> Reason | None:
    """One case at a time, where the service wants it so, and where a place in a business system can be taken only once."""
    service, case = begun.service, begun.case
    if not (service.one_at_a_time or service.enrols):
        return None
    unit_id = None if of_person(service) else case.unit_id
    mine = Q(unit_id=unit_id) if unit_id else Q(subject_id=case.subject_id, unit=None)
    if of_person(service) and case.unit_id:
        mine = Q(started_by_id=case.started_by_id)
    running = Case.objects.filter(mine, service=service.id, closed_at=None).order_by("created_at").values_list("id", flat=True)
    if first := running.first():
        return under_way(service, first)
    if service.enrols is None or not service.one_at_a_time:
        return None
    system = service.enrols.system
    place = (
        units.enrolment_of_unit(system, unit_id) if unit_id
        else units.enrolment_of_person(system, case.subject_id or case.started_by_id)
    )
    return approved_already(service, place.case_id) if place is not None and place.state == "approved" else None


def about_the_same(begun: Dossier) -> Reason | None:
    """A running case of the same service about the same member of the roster is told, not doubled."""
    service, case = begun.service, begun.case
    if case.about is not None:
        return following.about_the_same_case(service, case.about)
    if case.staff_id is None:
        return None
    running = Case.objects.filter(staff_id=case.staff_id, service=service.id, closed_at=None).order_by("created_at").first()
    if running is None:
        return None
    return Reason(
        "under_way", UNDER_WAY_FOR.format(service=service.short_title, number=running.number),
        link=reverse("applicant:case", args=[running.id]), link_text=Text("查看正在办理的案件", "See the case"),
    )


def of_person(service: Service) -> bool:
    """Whether each person has a case of his own, be it filed in a unit."""
    return service.enrols is not None and service.enrols.whom == "person"


def under_way(service: Service, case_id: UUID | None) -> Reason:
    return Reason(
        "under_way",
        Text("“{service}”已在办理中，不用再次发起。", "“{service}” is under way already; there is no need to start it again.").format(
            service=service.short_title),
        link=reverse("applicant:case", args=[case_id]), link_text=Text("查看正在办理的案件", "See the case"),
    )


def approved_already(service: Service, case_id: UUID | None) -> Reason:
    return Reason(
        "approved_already",
        Text("“{service}”已审核通过，不用再次办理。", "“{service}” has been approved; there is no need to file it again.").format(
            service=service.short_title),
        link=reverse("applicant:case", args=[case_id]) if case_id else "",
        link_text=Text("查看已通过的案件", "See the case") if case_id else None,
    )


def bind_delegation(case_id: UUID, service: Service, actor: Actor, at: datetime) -> None:
    """SES-4: one matter under one delegation, refused otherwise."""
    titles = {d.service.id: d.service.short_title for d in catalog.services()}
    unit_actions.bind_delegation(case_id=case_id, service=service.id, title_of=titles, actor=actor, at=at)


def may_start(service: Service, actor: Actor) -> bool:
    return refusal_of_starter(service, actor) is None


def refuse_wrong_starter(service: Service, actor: Actor) -> None:
    if reason := refusal_of_starter(service, actor):
        raise Refused(reason)
