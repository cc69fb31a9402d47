"""The salary FX form in tests: a foreigner on the roster, the case at each of its steps."""

from datetime import datetime
from typing import Any

from laihua.cases import actions, queries
from laihua.cases.models import Case
from laihua.units import actions as units
from tests import world as building
from tests.world import World

ID = "fx_purchase.salary"
RECORD = {
    "surname": "LINDQVIST", "given_names": "SOEREN MIKAEL", "sex": "1", "birth_date": "1988-04-17", "nationality": "SWE",
    "passport_number": "EM7204138", "passport_expiry": "2031-05-30", "mobile_cn": "+8613800006021", "email": "s.lindqvist@example.com",
    "position": "光学研发经理", "work_address": "上海市浦东新区望江路88号3幢502室", "category": "A", "permit_number": "WPX2026030100018",
    "permit_from": "2026-03-01", "permit_to": "2028-02-29", "contract_from": "2026-03-01", "contract_to": "2028-02-29",
}
INCOME = {
    "income_from": "2025-11", "income_to": "2026-10", "income_total": "480000.00", "tax_paid": "68520.00",
    "contributions": "30000.00", "visitor": "handler", "declare_truth": True,
}


def member(world: World, at: datetime, **changes: str) -> Any:
    return units.enter_staff(
        unit_id=world.unit.id, record=RECORD | changes, source="imported", actor=world.handler, at=at,
        account_id=world.subject.account_id,
    )


def draft(world: World, at: datetime, staff: Any = None, **changes: Any) -> Case:
    case = actions.start_case(service_id=ID, actor=world.handler, at=at, staff_id=(staff or member(world, at)).id)
    actions.save_answers(case_id=case.id, changes={**INCOME, **changes}, base=case.revision, actor=world.handler, at=at)
    case.refresh_from_db()
    return case


def submitted(world: World, at: datetime, staff: Any = None, **changes: Any) -> Case:
    """Complete, scanned and handed in: somebody has to come to the window."""
    case = draft(world, at, staff, **changes)
    building.fill_slots(world, case, at)
    actions.move(case_id=case.id, move="submit", actor=world.handler, at=at)
    case.refresh_from_db()
    return case


def at_window(world: World, at: datetime, staff: Any = None, **changes: Any) -> Case:
    """The visitor stands before the clerk, who holds the case."""
    case = submitted(world, at, staff, **changes)
    actions.receive_visitor(case_id=case.id, actor=world.clerk, at=at)
    case.refresh_from_db()
    return case


def tick_all(world: World, case: Case, at: datetime) -> None:
    for key, _, matches in queries.dossier(case.id, actor=world.clerk, at=at).originals:
        if matches is None:
            actions.tick_original(case_id=case.id, key=key, matches=True, actor=world.clerk, at=at)
