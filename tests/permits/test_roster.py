"""An issued permit puts the foreigner on the roster of the unit, with its number and its days."""

from datetime import date, datetime

import pytest

from laihua.cases import actions as cases
from laihua.cases.models import Case
from laihua.permits import jobs
from laihua.permits.models import Issued
from laihua.units.models import StaffMember
from tests.permits.world import make_world

pytestmark = pytest.mark.django_db


def test_an_issued_permit_enters_the_foreigner(at: datetime) -> None:
    world = make_world(at)
    event = cases.move(case_id=world.case.id, move="approve", actor=world.decider, at=at).event_id
    assert not StaffMember.objects.exists(), "not before the permit is made"
    jobs.make_all(event, at)
    member, permit = StaffMember.objects.get(), Issued.objects.get(kind="permit")
    assert (member.unit_id, member.source, member.case_id) == (world.unit.id, "hall", world.case.id)
    assert (member.permit_to, member.contract_to) == (permit.valid_to, date(2028, 11, 30))
    for key, value in (
        ("permit_number", permit.number), ("permit_from", str(permit.valid_from)), ("surname", "LINDQVIST"),
        ("passport_number", "EM7204138"), ("position", "光学研发经理"), ("chinese_name", "林索伦"),
    ):
        assert member.record[key] == value
    assert Case.objects.get(id=world.case.id).staff_id == member.id
    jobs.make_all(event, at)
    assert StaffMember.objects.count() == 1
