"""Cases that go on from an approved one (`about: {case: […]}`): which it may be, and what is known of it."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from laihua.cases.models import Case, Proceeding
from laihua.catalog import queries as catalog
from laihua.catalog.definitions import Service
from laihua.kernel.texts import Reason, Text

if TYPE_CHECKING:
    from laihua.cases.queries.dossier import Dossier

NO_CASE_CHOSEN = Reason("about_missing", Text("请先选择所涉的案件", "First choose the case that this is about"), place="about")
NONE_TO_FOLLOW = Reason("about_none", Text(
    "本单位没有可以办理“{service}”的案件：只有已批准、还没有结束的才可以。",
    "The unit has no case for “{service}”: it must be approved and still running."))
UNDER_WAY_ABOUT = Text(
    "{number}的“{service}”正在办理中，不用再次发起。", "“{service}” is under way for {number}; there is no need to start it again.")


def of_a_case(service: Service) -> bool:
    return service.about is not None and service.about.kind == "case"


def is_approved(proceeding: Proceeding) -> bool:
    case = proceeding.case
    return catalog.version(case.version_id).service.steps[proceeding.step].outcome == "approved"


def followers_of(case_id: UUID) -> list[Proceeding]:
    """The proceedings of what was filed about the case, oldest first."""
    return list(Proceeding.objects.filter(case__about=case_id, key="main").select_related("case").order_by("case__closed_at", "id"))


def is_ended(followers: Iterable[Proceeding]) -> bool:
    for one in followers:
        about = catalog.version(one.case.version_id).service.about
        if about is not None and about.ends and is_approved(one):
            return True
    return False


def cases_to_follow(service: Service, unit_id: UUID | None) -> list[Proceeding]:
    """The unit's approved cases that this service may be about, newest first. What has ended is not among them."""
    if service.about is None or unit_id is None:
        return []
    found = Proceeding.objects.filter(case__unit=unit_id, case__service__in=service.about.services, key="main").exclude(closed_at=None)
    approved = [p for p in found.select_related("case").order_by("-closed_at", "id") if is_approved(p)]
    return [p for p in approved if not is_ended(followers_of(p.case_id))]


def case_to_follow(service: Service, unit_id: UUID | None, case_id: UUID | None) -> Case | None:
    """The case, where this unit may start the service about it."""
    return next((p.case for p in cases_to_follow(service, unit_id) if p.case_id == case_id), None)


def none_chosen(service: Service, unit_id: UUID | None) -> Reason:
    """Why a case without an earlier one cannot begin."""
    if cases_to_follow(service, unit_id):
        return NO_CASE_CHOSEN
    return Reason(NONE_TO_FOLLOW.code, NONE_TO_FOLLOW.text.format(service=service.short_title), place=NONE_TO_FOLLOW.place)


def about_the_same_case(service: Service, about: Case) -> Reason | None:
    running = Case.objects.filter(about=about, service=service.id, closed_at=None).order_by("created_at").first()
    if running is None:
        return None
    return Reason(
        "under_way", UNDER_WAY_ABOUT.format(service=service.short_title, number=about.number),
        link=reverse("applicant:case", args=[running.id]), link_text=Text("查看正在办理的案件", "See the case"),
    )


def facts_about(case: Case) -> dict[str, Any]:
    """What the case says now: its answers, with the approved changes since. Rows are lists."""
    approved = Proceeding.objects.filter(case=case, key="main").values_list("closed_at", flat=True).first()
    return {
        **answers_now(case), "number": case.number, "service": catalog.version(case.version_id).service.short_title.zh,
        "decided_on": timezone.localtime(approved).date().isoformat() if approved else "",
    }


def answers_now(case: Case) -> dict[str, Any]:
    answers = dict(case.answers)
    for one in followers_of(case.id):
        service = catalog.version(one.case.version_id).service
        if service.about is not None and service.about.amends and is_approved(one):
            answers |= changed_by(one.case.answers, answers)
    return answers


def changed_by(change: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """`new_<key>` changes `<key>`; rows of the same key take the place of the earlier ones."""
    new = {key.removeprefix("new_"): value for key, value in change.items() if key.startswith("new_") and value not in (None, "", [])}
    rows = {key: value for key, value in change.items() if isinstance(value, list) and isinstance(answers.get(key), list) and value}
    return rows | new


def services_that_follow(dossier: "Dossier") -> list[Service]:
    """What the unit may start about its case. No statement while the case is not approved."""
    if dossier.step.outcome != "approved" or "unit" not in dossier.here:
        return []
    found = [d.service for d in catalog.services() if (about := d.service.about) and dossier.service.id in about.services]
    return [] if found and is_ended(followers_of(dossier.case.id)) else found
