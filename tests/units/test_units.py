from datetime import date, datetime, timedelta

import pytest

from laihua.accounts.permissions import SYSTEM, Actor
from laihua.kernel.texts import Refused
from laihua.units import actions, queries, rules
from tests import people

DAY = date(2026, 11, 12)


class Filed:
    def __init__(self, valid_from: date, valid_to: date) -> None:
        self.valid_from, self.valid_to = valid_from, valid_to


@pytest.mark.req("UNI-6")
@pytest.mark.parametrize(("periods", "valid", "code"), [
    ([], False, "filing_missing"),
    ([(DAY, DAY)], True, None),
    ([(DAY - timedelta(300), DAY - timedelta(1))], False, "filing_expired"),
    ([(DAY + timedelta(1), DAY + timedelta(300))], False, "filing_not_yet"),
    ([(DAY - timedelta(300), DAY - timedelta(1)), (DAY, DAY + timedelta(9))], True, None),
])
def test_a_filing_counts_from_its_first_day_to_its_last(
    periods: list[tuple[date, date]], valid: bool, code: str | None
) -> None:
    state = rules.state_of_filing([Filed(*period) for period in periods], DAY)
    assert state.valid is valid
    assert (state.reason.code if state.reason else None) == code


def test_an_expired_filing_says_when_and_what_next() -> None:
    state = rules.state_of_filing([Filed(date(2025, 11, 1), date(2026, 10, 31))], DAY)
    assert state.reason is not None
    assert state.reason.text.zh == "企业备案已于2026-10-31过期，续备后可以提交"
    assert "2026-10-31" in state.reason.text.en
    assert state.reason.link
    assert state.valid_to == date(2026, 10, 31)


@pytest.mark.parametrize("code", ["", "91310000000000001", "91310000000000001I", people.credit_code(7)[:-1] + "*"])
def test_a_wrong_credit_code_is_refused(code: str) -> None:
    assert rules.refusal_of_credit_code(code) == rules.CREDIT_CODE_WRONG


def test_the_nearest_authority_is_competent() -> None:
    assert rules.competent("310115", ["", "31", "3101", "32"]) == "3101"
    assert rules.competent("440300", ["", "31"]) == ""
    assert rules.competent("440300", ["31"]) is None


@pytest.mark.django_db
def test_a_unit_is_registered_once_and_gives_its_facts(at: datetime) -> None:
    unit = people.unit("样例航天有限公司")
    facts = queries.unit_facts(unit.id)
    assert facts["name"] == "样例航天有限公司"
    assert facts["contact_phone"] == "13800000000"
    assert set(facts) == {
        "name", "name_en", "credit_code", "registered_address", "contact_name", "contact_phone", "kind", "representative_name",
    }
    with pytest.raises(Refused) as refused:
        actions.register_unit(name_zh="另一家", credit_code=unit.credit_code.lower(), registered_address="x",
                              contact_name="x", contact_phone="x", actor=SYSTEM, at=at)
    assert refused.value.reasons == (actions.UNIT_TAKEN,)


@pytest.mark.django_db
def test_the_administrator_of_the_unit_adds_handlers_and_nobody_else(at: datetime) -> None:
    unit, admin, handler = people.unit(), people.natural(name="林舒"), people.natural(name="周禾")
    people.give(admin, "unit_admin", unit.id)
    acting = Actor(admin.id, "林舒", frozenset({"unit_admin"}), unit.id)
    actions.add_handler(unit_id=unit.id, account_id=handler.id, actor=acting, at=at + timedelta(hours=1))
    assert [(h.name, h.role) for h in queries.handlers_of(unit.id)] == [("林舒", "unit_admin"), ("周禾", "handler")]
    with pytest.raises(Refused):
        actions.add_handler(unit_id=people.unit().id, account_id=handler.id, actor=acting, at=at + timedelta(hours=1))


@pytest.mark.django_db
@pytest.mark.req("UNI-6")
def test_only_filings_that_nothing_continues_are_reminded_of(at: datetime) -> None:
    ends = date(2026, 12, 31)
    lapsing = people.unit(filed=(date(2026, 1, 1), ends))
    renewed = people.unit(filed=(date(2026, 1, 1), ends))
    actions.approve_filing(unit_id=renewed.id, number="renewal", valid_from=date(2027, 1, 1),
                           valid_to=date(2027, 12, 31), actor=SYSTEM, at=at)
    assert [filing.unit_id for filing in queries.filings_ending(ends)] == [lapsing.id]


@pytest.mark.django_db
def test_a_unit_cannot_approve_its_own_filing(at: datetime) -> None:
    unit = people.unit(filed=None)
    admin = Actor(people.natural().id, "林舒", frozenset({"unit_admin"}), unit.id)
    with pytest.raises(Refused):
        actions.approve_filing(unit_id=unit.id, number="F", valid_from=DAY, valid_to=DAY, actor=admin, at=at)
    assert queries.filing_state(unit.id, DAY).valid is False


@pytest.mark.django_db
def test_a_revoked_filing_no_longer_counts(at: datetime) -> None:
    unit = people.unit(filed=None)
    filing = actions.approve_filing(unit_id=unit.id, number="F", valid_from=DAY, valid_to=DAY, actor=SYSTEM, at=at)
    assert queries.filing_state(unit.id, DAY).valid is True
    actions.revoke_filing(filing_id=filing.id, actor=SYSTEM, at=at)
    assert queries.filing_state(unit.id, DAY).valid is False


@pytest.mark.django_db
def test_cases_go_to_the_authority_of_the_region(at: datetime) -> None:
    unit, city, district = people.unit(), people.office("示例市外专局"), people.office()
    with pytest.raises(Refused) as refused:
        queries.office_for("one_network", unit)
    assert refused.value.reasons == (queries.NO_OFFICE,)
    actions.assign_office(system="one_network", region="", office_id=city.id, actor=SYSTEM, at=at)
    actions.assign_office(system="one_network", region="3100", office_id=district.id, actor=SYSTEM, at=at)
    assert queries.office_for("one_network", unit) == district.id
    assert queries.office_for("one_network", None) == city.id
