"""Change, extension, cancellation and replacement: one permit through its life, and what stands in the way at each door."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from laihua.accounts.permissions import SYSTEM
from laihua.cases import actions as cases
from laihua.cases import queries
from laihua.kernel import clock
from laihua.kernel.texts import Refused
from laihua.permits.models import Issued
from laihua.permits.queries import verify
from laihua.permits.rules import State, code_in_groups
from laihua.units import actions as units
from laihua.units.models import StaffMember
from tests import permit_cases as counters
from tests.permit_cases import (
    CANCELLATION,
    CHANGE,
    EXTENSION,
    LEAVING,
    NEW_EMPLOYER,
    NEW_POST,
    REPLACEMENT,
    begun,
    decided,
    filed,
)
from tests.world import World

pytestmark = pytest.mark.django_db


def refused(why: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in why.value.reasons]


def heading(page: str) -> str:
    found = re.search(r'id="verify-outcome">(.*?)<', page)
    return found.group(1) if found else ""


@pytest.mark.req("WP-1", "WP-8")
def test_one_permit_through_its_life(world: World, at: datetime, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """New, changed, cancelled, taken over by another employer: one number, one paper in force at a time."""
    member = counters.granted(world, at)
    first = Issued.objects.get(kind="permit")
    number = first.number

    change = decided(world, at, CHANGE, NEW_POST, member)
    assert queries.dossier(change.id, actor=SYSTEM, at=at).step.key == "issued"
    first.refresh_from_db()
    second = Issued.objects.exclude(id=first.id).get(kind="permit")
    assert (second.number, second.valid_to, first.replaced_by) == (number, first.valid_to, second)
    assert (verify(first.code or "", at.date()).replaced, verify(number, at.date()).replaced) == (True, False)
    member.refresh_from_db()
    assert (member.record["position"], member.record["permit_number"]) == ("光学研发总监", number)
    assert first.file.size > 0
    assert second.file.size > 60_000, "the photograph of the first application stands on the changed permit too"

    world.accounts["stranger"].refresh_from_db()
    moving = begun(world, at, CHANGE, {**NEW_EMPLOYER, "permit_number": number.lower()}, actor=world.stranger)
    with pytest.raises(Refused) as why:
        filed(world, at, moving, world.stranger)
    assert refused(why) == ["permit_still_held"]

    leaving = decided(world, at, CANCELLATION, LEAVING, member)
    second.refresh_from_db()
    assert second.revoked_at is not None
    assert leaving.number in second.revoke_reason
    certificate = Issued.objects.get(key="cancellation_certificate")
    monkeypatch.setattr(clock, "now", lambda: at)
    page = client.get(f"/verify/{code_in_groups(certificate.code or '')}/").content.decode()
    assert heading(page) == "文书属实"
    assert number in page
    assert "LINDQVIST S" in page
    assert "SOEREN" not in page
    assert heading(client.post("/verify/", {"number": number}).content.decode()) == "已注销"
    member.refresh_from_db()
    assert member.left_on is not None

    counters.passed(world, at, filed(world, at, moving, world.stranger))
    counters.approve(world, moving, at)
    third = counters.permits()[-1]
    assert (third.number, third.revoked_at, len(counters.permits())) == (number, None, 3)
    assert verify(number, at.date() + timedelta(days=10)).state is State.VALID
    assert verify(second.code or "", at.date()).state is State.REVOKED
    theirs = StaffMember.objects.get(unit=world.other_unit)
    assert (theirs.record["position"], theirs.record["permit_number"]) == ("光学顾问", number)


@pytest.mark.req("WP-1")
def test_a_lost_paper_is_replaced_under_the_same_number_with_another_code(world: World, at: datetime) -> None:
    member = counters.granted(world, at)
    first = Issued.objects.get(kind="permit")
    decided(world, at, REPLACEMENT, {
        "medium": "paper", "what_happened": "lost", "discovered_on": "2026-11-12", "declared_on": "2026-11-12",
        "statement": "出差途中遗失", **counters.DONE,
    }, member)
    first.refresh_from_db()
    again = Issued.objects.exclude(id=first.id).get(kind="permit")
    assert (again.number, again.valid_from, again.valid_to) == (first.number, first.valid_from, first.valid_to)
    assert again.code != first.code
    assert first.replaced_by == again


SHORTER = {"contract_from": "2026-11-16", "contract_to": "2027-03-15"}
"""A permit until 2027-03-15: its extension opens on 2026-11-15 and closes on 2027-02-13."""


class TestExtension:
    LONGER = {
        "extend_to": "2028-03-15", "visa_number": "EX0000000", "visa_expiry": "2027-03-31", "contract_from": "2027-03-16",
        "contract_to": "2028-03-15", "pay_basis": "other", **counters.DONE,
    }

    @pytest.mark.req("WP-1", "WP-6")
    def test_it_never_comes_to_a_window_and_leaves_no_day_between_the_permits(self, world: World, at: datetime) -> None:
        member = counters.granted(world, at, **SHORTER)
        later = at + timedelta(days=20)
        case = begun(world, later, EXTENSION, self.LONGER, member)
        assert not any(s.originals or s.booking or s.visit for s in queries.dossier(case.id, actor=SYSTEM, at=later).service.steps.values())
        counters.passed(world, later, filed(world, later, case))
        assert queries.dossier(case.id, actor=SYSTEM, at=later).step.key == "decision"
        counters.approve(world, case, later)
        before, after = counters.permits()
        assert (after.number, before.replaced_by) == (before.number, after)
        assert after.valid_from == later.date(), "in force from the day of its issue, as the one before ends with it"
        assert after.valid_to is not None
        assert after.valid_to.isoformat() == "2028-03-15"
        member.refresh_from_db()
        assert member.permit_to == after.valid_to
        assert member.record["contract_to"] == "2028-03-15"

    def test_too_early_and_too_late_are_told_before_anything_is_filled_in(self, world: World, at: datetime) -> None:
        member = counters.granted(world, at, **SHORTER)
        early = cases.why_not_start(service_id=EXTENSION, actor=world.handler, at=at, staff_id=member.id)
        assert "120日" in str(early[0].text.zh)
        first, last = datetime.fromisoformat("2026-11-15T10:00+08:00"), datetime.fromisoformat("2027-02-13T10:00+08:00")
        for day in (first, last):
            assert cases.why_not_start(service_id=EXTENSION, actor=world.handler, at=day, staff_id=member.id) == []
        late = cases.why_not_start(service_id=EXTENSION, actor=world.handler, at=last + timedelta(days=1), staff_id=member.id)
        assert "注销" in late[0].text.zh
        with pytest.raises(Refused):
            begun(world, last + timedelta(days=1), EXTENSION, {}, member)

    def test_what_was_filed_in_time_is_corrected_after_the_window_has_closed(self, world: World, at: datetime) -> None:
        member = counters.granted(world, at, **SHORTER)
        last = datetime.fromisoformat("2027-02-12T10:00+08:00")
        case = filed(world, last, begun(world, last, EXTENSION, self.LONGER, member))
        judge: dict[str, Any] = {"case_id": case.id, "actor": world.pre_reviewer, "at": last}
        cases.claim(**judge)
        cases.record_verdicts(items=[("field", "visa_number")], result="returned", reasons=["WE-R01"], **judge)
        cases.move(move="return_for_correction", **judge)
        later = last + timedelta(days=14)
        cases.save_answers(case_id=case.id, changes={"visa_number": "EX0000001"}, base=99, actor=world.handler, at=later)
        cases.move(case_id=case.id, move="resubmit", actor=world.handler, at=later)
        assert queries.dossier(case.id, actor=SYSTEM, at=later).step.key == "pre_review"


class TestInTheWay:
    def test_two_cases_never_change_one_permit_at_once(self, world: World, at: datetime) -> None:
        member = counters.granted(world, at)
        begun(world, at, CHANGE, NEW_POST, member)
        with pytest.raises(Refused) as why:
            begun(world, at, CANCELLATION, LEAVING, member)
        assert refused(why) == ["case_beside"]
        assert why.value.reasons[0].link

    def test_nothing_is_asked_for_about_a_cancelled_permit(self, world: World, at: datetime) -> None:
        member = counters.granted(world, at)
        change = counters.passed(world, at, filed(world, at, begun(world, at, CHANGE, NEW_POST, member)))
        Issued.objects.filter(kind="permit").update(revoked_at=at, revoke_reason="撤销")
        reasons = cases.why_not_start(service_id=REPLACEMENT, actor=world.handler, at=at, staff_id=member.id)
        assert {r.code for r in reasons} == {"case_beside", "permit_cancelled"}
        with pytest.raises(Refused) as why:
            counters.approve(world, change, at)
        assert refused(why) == ["permit_cancelled"]

    def test_the_number_of_somebody_else_is_not_taken(self, world: World, at: datetime) -> None:
        counters.granted(world, at)
        number = Issued.objects.get(kind="permit").number
        wrong = {**NEW_EMPLOYER, "permit_number": number, "birth_date": "1985-03-15"}
        case = begun(world, at, CHANGE, wrong, actor=world.stranger)
        with pytest.raises(Refused) as why:
            filed(world, at, case, world.stranger)
        assert refused(why) == ["permit_of_another"]

    def test_a_permit_that_this_hall_did_not_issue_is_changed_and_cancelled_all_the_same(self, world: World, at: datetime) -> None:
        record = {**{k: v for k, v in NEW_EMPLOYER.items() if isinstance(v, str)}, "permit_number": "31000020190001"}
        member = units.enter_staff(
            unit_id=world.unit.id, record=record, source="imported", actor=world.handler, at=at, account_id=world.subject.account_id)
        decided(world, at, CHANGE, NEW_POST, member)
        paper = Issued.objects.get(kind="permit")
        assert (paper.number, paper.revoked_at) == ("31000020190001", None)
        decided(world, at, CANCELLATION, LEAVING, member)
        paper.refresh_from_db()
        assert paper.revoked_at is not None

    @pytest.mark.req("WP-3")
    @pytest.mark.parametrize("service", [CHANGE, EXTENSION, CANCELLATION, REPLACEMENT])
    def test_the_foreigner_starts_none_of_them(self, world: World, at: datetime, service: str) -> None:
        reasons = cases.why_not_start(service_id=service, actor=world.subject, at=at)
        assert [r.code for r in reasons] == ["wrong_starter"]
        assert "个人不能单独发起申请" in reasons[0].text.zh


class TestWhoConfirmsACancellation:
    def test_signed_on_paper_the_unit_files_at_once_and_the_foreigner_is_told(self, world: World, at: datetime) -> None:
        case = begun(world, at, CANCELLATION, LEAVING, counters.granted(world, at))
        offered = {o.move.key for o in queries.dossier(case.id, actor=world.handler, at=at).offers()}
        assert "file" in offered
        assert "submit" not in offered
        with pytest.raises(Refused):
            cases.move(case_id=case.id, move="submit", actor=world.handler, at=at)

    @pytest.mark.req("WP-3")
    def test_otherwise_it_goes_to_the_individual_end_first(self, world: World, at: datetime) -> None:
        case = begun(world, at, CANCELLATION, {**LEAVING, "signature": "online"}, counters.granted(world, at))
        with pytest.raises(Refused):
            cases.move(case_id=case.id, move="file", actor=world.handler, at=at)
        cases.move(case_id=case.id, move="submit", actor=world.handler, at=at)
        assert queries.dossier(case.id, actor=world.subject, at=at).step.key == "confirmation"
        later = at + timedelta(days=6)
        assert cases.fire_due_moves(at=later) == 1
        assert queries.dossier(case.id, actor=world.handler, at=later).step.key == "draft"
