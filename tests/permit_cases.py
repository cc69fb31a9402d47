"""Cases about a permit that is there already: a permit granted by the hall, and what is asked for about it afterwards."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from laihua.accounts.permissions import Actor
from laihua.cases import actions as cases
from laihua.cases import queries
from laihua.cases.models import Case
from laihua.permits import jobs
from laihua.permits.models import Issued
from laihua.units.models import StaffMember
from tests import world as building
from tests.world import World

CHANGE, EXTENSION, CANCELLATION, REPLACEMENT = (
    f"work_permit.{name}" for name in ("change", "extension", "cancellation", "replacement")
)
DONE = {"delivery": "electronic", "declare_unit_truth": True}
NEW_POST = {
    "items": ["position"], "changed_on": "2026-11-10", "new_position": "光学研发总监", "new_occupation": "2",
    "new_duties": "主持光学研发中心的全部工作", **DONE,
}
LEAVING = {
    "reason": "transfer", "event_on": "2026-11-11", "last_day": "2026-11-11", "signature": "paper", "pay_basis": "other",
    "statement": "双方协商一致，转聘至其他单位。", "declare_unit_truth": True,
}
NEW_EMPLOYER = {
    "items": ["employer"], "changed_on": "2026-11-12", "category": "B", "former_employer": "上海砚桥精密仪器有限公司",
    "cancelled_on": "2026-11-12", "surname": "LINDQVIST", "given_names": "SOEREN MIKAEL", "sex": "1", "birth_date": "1985-03-14",
    "nationality": "SWE", "passport_number": "EM7204138", "passport_expiry": "2031-06-21", "email": "s.lindqvist@example.com",
    "visa_number": "EX0000000", "visa_expiry": "2027-02-28", "position": "光学顾问", "occupation": "2", "former_occupation": "2",
    "duties": "光学项目的技术咨询", "work_address": "上海市静安区样例路9号1001室", "contract_from": "2026-11-16",
    "contract_to": "2028-11-15", "hire_type": "contract", "months_per_year": 12, "salary_monthly": "43000",
    "pay_source": "domestic", "permit_from": "2026-12-01", "permit_to": "2028-11-30", **DONE,
}


def granted(world: World, at: datetime, **changes: Any) -> StaffMember:
    """A new permit, from the application to the roster; the foreigner is the world's subject."""
    case = building.decision_case(world, at, **changes)
    approve(world, case, at)
    return StaffMember.objects.get(case_id=case.id)


def approve(world: World, case: Case, at: datetime) -> None:
    cases.claim(case_id=case.id, actor=world.decider, at=at)
    moved = cases.move(case_id=case.id, move="approve", actor=world.decider, at=at)
    jobs.make_all(moved.event_id, at)


def begun(
    world: World, at: datetime, service: str, answers: Mapping[str, Any], member: StaffMember | None = None, actor: Actor | None = None
) -> Case:
    """A draft with these answers and every document that it asks for."""
    actor = actor or world.handler
    case = cases.start_case(service_id=service, actor=actor, at=at, staff_id=member.id if member else None)
    cases.save_answers(case_id=case.id, changes=answers, base=0, actor=actor, at=at)
    for view in queries.dossier(case.id, actor=actor, at=at).slots:
        if view.required:
            building.put_file(case.id, view.slot, actor, at)
    case.refresh_from_db()
    return case


def filed(world: World, at: datetime, case: Case, actor: Actor | None = None) -> Case:
    """Submitted by the unit, and confirmed by the foreigner where the service asks him."""
    actor = actor or world.handler
    offers = queries.dossier(case.id, actor=actor, at=at).offers()
    cases.move(case_id=case.id, move=next(o.move.key for o in offers if not o.move.danger), actor=actor, at=at)
    Case.objects.filter(id=case.id).update(subject_id=world.subject.account_id)
    if queries.dossier(case.id, actor=actor, at=at).step.holder == "subject":
        cases.confirm_declared(case_id=case.id, confirm="confirm", declared={"declare_truth": True}, actor=world.subject, at=at)
    return case


def passed(world: World, at: datetime, case: Case) -> Case:
    judge: dict[str, Any] = {"case_id": case.id, "actor": world.pre_reviewer, "at": at}
    cases.claim(**judge)
    cases.record_verdicts(items=[i.id for i in queries.dossier(**judge).items], result="accepted", **judge)
    cases.move(move="pass", **judge)
    return case


def decided(
    world: World, at: datetime, service: str, answers: Mapping[str, Any], member: StaffMember | None = None, actor: Actor | None = None
) -> Case:
    """The whole way, to the paper that comes out of it."""
    case = passed(world, at, filed(world, at, begun(world, at, service, answers, member, actor), actor))
    approve(world, case, at)
    return case


def permits() -> list[Issued]:
    return list(Issued.objects.filter(kind="permit").order_by("issued_at"))
