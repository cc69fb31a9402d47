"""SES-6: what the log keeps, how it is found again, and that nobody changes it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction

from laihua.accounts import actions, queries
from laihua.accounts.models import SignInEntry
from laihua.accounts.queries import SignInFilter
from laihua.kernel import queries as kernel
from laihua.kernel.actions import seal_day
from laihua.kernel.calendar import ZONE
from tests import people

pytestmark = pytest.mark.req("SES-6")
MONDAY = datetime(2026, 11, 9, 23, 59, tzinfo=ZONE)
PHONE = "+8613812345678"


def note(at: datetime = MONDAY, **more) -> SignInEntry:  # type: ignore[no-untyped-def]
    return actions.note_sign_in(**{"way": "special", "at": at, "unit_code": "SH-1", "unit_name": "示例研究所", "phone": PHONE} | more)


@pytest.fixture
def log(db: None) -> list[SignInEntry]:
    handler = people.natural("handler.of.log")
    return [
        note(handler_id=handler.id),
        note(MONDAY + timedelta(minutes=1), handler_id=handler.id),
        note(MONDAY + timedelta(minutes=2), way="portal", portal="one_network", portal_user_id="u-77", unit_code="",
             unit_name="上海砚桥精密仪器有限公司", credit_code="91310115MA1HEXAM5R", phone=""),
    ]


def test_special_sign_in_keeps_unit_phone_and_handler(log: list[SignInEntry]) -> None:
    kept = queries.sign_in_entry(log[0].id)
    assert kept is not None
    assert (kept.way, kept.unit_code, kept.unit_name, kept.phone) == ("special", "SH-1", "示例研究所", PHONE)
    assert kept.handler_id == log[0].handler_id is not None


def test_portal_sign_in_keeps_user_unit_and_credit_code(log: list[SignInEntry]) -> None:
    kept = queries.sign_in_entry(log[2].id)
    assert kept is not None
    assert (kept.portal_user_id, kept.unit_name, kept.credit_code) == ("u-77", "上海砚桥精密仪器有限公司", "91310115MA1HEXAM5R")


def test_a_chain_for_every_day_read_by_the_audit_and_sealed(log: list[SignInEntry]) -> None:
    assert [(e.chain, e.seq) for e in log] == [("sign_in:2026-11-09", 1), ("sign_in:2026-11-10", 1), ("sign_in:2026-11-10", 2)]
    before = kernel.verify().records
    seal = seal_day(at=MONDAY + timedelta(days=1))
    assert seal.heads >= 2
    assert kernel.verify().broken is None
    assert before >= 3


@pytest.mark.parametrize("change", ["unit_name = 'x'", "handler_id = NULL", "at = at + interval '1 second'", "phone_index = NULL"])
def test_a_line_that_was_changed_is_found(log: list[SignInEntry], change: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE accounts_signinentry DISABLE TRIGGER append_only")
        cursor.execute(f"UPDATE accounts_signinentry SET {change} WHERE id = %s", [log[0].id])
        cursor.execute("ALTER TABLE accounts_signinentry ENABLE TRIGGER append_only")
    broken = kernel.verify().broken
    assert broken is not None
    assert broken.table == "accounts_signinentry"


@pytest.mark.parametrize("statement", [
    "UPDATE accounts_signinentry SET unit_name = 'x'", "DELETE FROM accounts_signinentry", "TRUNCATE accounts_signinentry CASCADE",
])
def test_the_database_refuses_every_change(log: list[SignInEntry], statement: str) -> None:
    with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
        connection.cursor().execute(statement)


def found(**asked) -> list[int]:  # type: ignore[no-untyped-def]
    """Days of the lines, newest first."""
    return [e.seq if e.chain.endswith("10") else 0 for e in queries.sign_ins(SignInFilter(**asked), limit=50)]


def test_it_is_searched_by_day_way_unit_phone_and_handler(log: list[SignInEntry]) -> None:
    assert found() == [2, 1, 0]
    assert found(until=MONDAY.date()) == [0]
    assert found(since=MONDAY.date() + timedelta(days=1)) == [2, 1]
    assert found(way="portal") == [2]
    assert found(unit="示例") == [1, 0]
    assert found(unit="SH-1") == [1, 0]
    assert found(unit="91310115ma1hexam5r") == [2]
    assert found(phone=queries.phone_index("138 1234 5678")) == [1, 0]
    assert found(phone=queries.phone_index("13800000000")) == []
    assert found(handler=queries.handler_called("handler.of.log")) == [1, 0]
    assert queries.handler_called("nobody") is None


def test_pages_leave_nothing_out_and_show_nothing_twice(db: None) -> None:
    for _ in range(7):
        note()
    first = queries.sign_ins(SignInFilter(), limit=4)
    rest = queries.sign_ins(SignInFilter(), after=(first[-1].at, first[-1].id), limit=50)
    assert len({e.id for e in [*first, *rest]}) == len(first) + len(rest) == 7


@pytest.mark.django_db(transaction=True)
def test_many_at_once_stand_in_one_chain() -> None:
    together = threading.Barrier(8)

    def sign_in(_: int) -> None:
        together.wait()
        try:
            note(account_id=uuid4())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(sign_in, range(8)))
    assert sorted(SignInEntry.objects.values_list("seq", flat=True)) == list(range(1, 9))
    assert kernel.verify().broken is None
