"""The audit trail: what it refuses, and what tampering with it looks like."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from laihua.kernel import chain, queries, seals
from laihua.kernel.actions import record, seal_day
from laihua.kernel.calendar import ZONE
from laihua.kernel.models import AuditEntry, DailySeal, SealedHead

pytestmark = pytest.mark.req("OPS-5")
MONDAY = datetime(2026, 11, 9, 10, 0, tzinfo=ZONE)
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def trail(db):
    """Two chains of five entries each; those of `account:a` have the numbers 1 to 5."""
    for turn in range(5):
        for name in ("account:a", "account:b"):
            record(chain=name, action="sign_in", actor="somebody", at=MONDAY + timedelta(minutes=turn),
                   subject=name, data={"turn": turn, "share": 0.5, "whole": 2.0, "nested": {"z": [1, None], "a": "甲"}})
    return AuditEntry.objects.filter(chain="account:a")


def tamper(statement: str, *values: object, table: str = "kernel_auditentry") -> None:
    """As somebody with the rights of the table's owner would."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER append_only")
        cursor.execute(statement, values)
        assert cursor.rowcount > 0
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER append_only")


def broken() -> tuple[str, str, int, str]:
    found = queries.verify().broken
    assert found is not None
    return found.table, found.chain, found.seq, found.wrong


def test_a_whole_trail(trail):
    seal_day(at=MONDAY)
    answer = queries.verify()
    assert (answer.records, answer.seals, answer.broken) == (10, 1, None)
    assert list(trail.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3, 4, 5]


def test_an_empty_trail_is_whole(db):
    assert queries.verify().broken is None
    assert seal_day(at=MONDAY).heads == 0
    assert queries.verify().broken is None


@pytest.mark.parametrize("table", ["kernel_auditentry", "kernel_dailyseal", "kernel_sealedhead"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_database_refuses_every_change(trail, table, statement):
    seal_day(at=MONDAY)
    connection.check_constraints()
    column = "digest = digest" if table == "kernel_dailyseal" else "hash = hash"
    with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
        connection.cursor().execute(statement.format(table, column))


def test_a_changed_entry(trail):
    third = trail.get(seq=3)
    tamper("UPDATE kernel_auditentry SET actor = 'somebody else' WHERE id = %s", third.id)
    assert broken() == ("kernel_auditentry", "account:a", 3, "its content is not what was written")
    assert queries.verify().broken.row == str(third.id)
    assert str(third.id) in str(queries.verify().broken)


@pytest.mark.parametrize(
    "change",
    ["at = at + interval '1 microsecond'", "data = jsonb_set(data, '{turn}', '9')", "acting_for = 'x'", "subject = ''",
     "action = 'sign_out'"],
)
def test_every_column_is_covered(trail, change):
    tamper(f"UPDATE kernel_auditentry SET {change} WHERE chain = 'account:b' AND seq = 2")
    assert broken()[1:3] == ("account:b", 2)


def test_an_entry_whose_hash_was_made_anew_no_longer_fits_its_successor(trail):
    third = trail.get(seq=3)
    third.actor = "somebody else"
    chain.seal(third)
    tamper("UPDATE kernel_auditentry SET actor = %s, hash = %s WHERE id = %s", third.actor, third.hash, third.id)
    assert broken() == ("kernel_auditentry", "account:a", 4, "it is not linked to the record before it")


def test_an_entry_deleted_in_the_middle(trail):
    tamper("DELETE FROM kernel_auditentry WHERE chain = 'account:a' AND seq = 3")
    assert broken() == ("kernel_auditentry", "account:a", 4, "the record before it is missing: number 3 was expected")


def test_an_entry_deleted_at_the_beginning(trail):
    tamper("DELETE FROM kernel_auditentry WHERE chain = 'account:b' AND seq = 1")
    assert broken() == ("kernel_auditentry", "account:b", 2, "the record before it is missing: number 1 was expected")


def test_an_entry_deleted_and_the_rest_renumbered(trail):
    tamper("DELETE FROM kernel_auditentry WHERE chain = 'account:a' AND seq = 3")
    tamper("UPDATE kernel_auditentry SET seq = seq - 1 WHERE chain = 'account:a' AND seq = 4")
    assert broken()[2:] == (3, "it is not linked to the record before it")


def test_an_entry_moved_to_another_chain(trail):
    tamper("UPDATE kernel_auditentry SET chain = 'account:c' WHERE chain = 'account:a'")
    assert broken() == ("kernel_auditentry", "account:c", 1, "its content is not what was written")


def test_a_tail_cut_off_after_the_seal(trail):
    seal_day(at=MONDAY)
    tamper("DELETE FROM kernel_auditentry WHERE chain = 'account:a' AND seq >= 4")
    assert broken() == ("kernel_auditentry", "account:a", 5, "missing, though sealed on 2026-11-09")
    assert queries.verify().broken.row == ""


def test_a_whole_chain_removed_after_the_seal(trail):
    seal_day(at=MONDAY)
    tamper("DELETE FROM kernel_auditentry WHERE chain = 'account:b'")
    assert broken() == ("kernel_auditentry", "account:b", 5, "missing, though sealed on 2026-11-09")


def test_a_chain_rewritten_from_a_point_on_does_not_fit_the_seal(trail):
    seal_day(at=MONDAY)
    previous = trail.get(seq=4).hash
    last = trail.get(seq=5)
    last.actor, last.previous_hash = "somebody else", bytes(previous)
    chain.seal(last)
    tamper("UPDATE kernel_auditentry SET actor = %s, hash = %s WHERE id = %s", last.actor, last.hash, last.id)
    assert broken() == ("kernel_auditentry", "account:a", 5, "differs from what was sealed on 2026-11-09")


def test_a_new_seal_does_not_cover_up_a_missing_tail(trail):
    seal_day(at=MONDAY)
    tamper("DELETE FROM kernel_auditentry WHERE chain = 'account:a' AND seq >= 4")
    record(chain="account:a", action="sign_in", actor="x", at=TUESDAY)
    seal_day(at=TUESDAY)
    assert broken() == ("kernel_auditentry", "account:a", 5, "missing, though sealed on 2026-11-09")


def test_a_seal_lists_only_what_moved_and_there_is_one_a_day(trail):
    first = seal_day(at=MONDAY)
    assert (first.number, first.heads) == (1, 2)
    record(chain="account:b", action="sign_out", actor="x", at=MONDAY)
    assert seal_day(at=MONDAY + timedelta(hours=3)) == first
    second = seal_day(at=TUESDAY)
    assert (second.number, second.heads, bytes(second.previous)) == (2, 1, seals.link(first))
    assert list(SealedHead.objects.filter(seal=second).values_list("chain", "seq")) == [("account:b", 6)]
    assert seal_day(at=MONDAY) == second
    assert queries.verify().newest_seal == second


@pytest.mark.parametrize(
    ("table", "statement", "wrong"),
    [
        ("kernel_sealedhead", "UPDATE kernel_sealedhead SET seq = 4 WHERE chain = 'account:a'", "the heads listed"),
        ("kernel_sealedhead", "DELETE FROM kernel_sealedhead WHERE chain = 'account:a'", "the heads listed"),
        ("kernel_dailyseal", "UPDATE kernel_dailyseal SET heads = 7 WHERE number = 1", "its signature"),
        ("kernel_dailyseal", "UPDATE kernel_dailyseal SET sealed_at = sealed_at + interval '1 day' WHERE number = 1",
         "its signature"),
        ("kernel_dailyseal", "UPDATE kernel_dailyseal SET previous = digest WHERE number = 2", "it is not linked"),
        ("kernel_dailyseal", "UPDATE kernel_dailyseal SET number = 3 WHERE number = 2", "a seal before it is missing"),
    ],
)
def test_a_tampered_seal(trail, table, statement, wrong):
    seal_day(at=MONDAY)
    seal_day(at=TUESDAY)
    tamper(statement, table=table)
    assert broken()[3].startswith(wrong)


def test_a_seal_made_with_another_key(trail, settings):
    own = settings.SEAL_KEY
    settings.SEAL_KEY = b"another key of thirty-two bytes.."[:32]
    seal_day(at=MONDAY)
    assert queries.verify().broken is None
    settings.SEAL_KEY = own
    assert "LAIHUA_SEAL_KEY" in broken()[3]


def test_a_record_in_the_same_place_is_refused(trail):
    twin = trail.get(seq=5)
    twin.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_an_entry_goes_with_the_transaction_that_made_it(db):
    with transaction.atomic():
        record(chain="a", action="x", actor="y", at=MONDAY)
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()


def test_raw_sql_may_write_records_too(trail):
    seq, previous = chain.tail(AuditEntry, "account:a")
    fields = {"chain": "account:a", "seq": seq + 1, "at": TUESDAY, "action": "raw", "actor": "x", "subject": "",
              "data": {"b": 1, "a": [True]}}
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_auditentry (chain, seq, at, action, actor, subject, data, previous_hash, hash) "
            """VALUES (%s, %s, %s, %s, %s, %s, '{"a": [true], "b": 1}', %s, %s)""",
            [*list(fields.values())[:-1], previous, chain.digest(previous, fields)],
        )
    assert queries.verify().broken is None


@pytest.mark.django_db(transaction=True)
def test_many_append_to_one_chain_at_once():
    start = threading.Barrier(6)

    def work(worker: int) -> None:
        start.wait()
        try:
            for turn in range(10):
                record(chain="shared", action="x", actor=f"{worker}", at=MONDAY, data={"turn": turn})
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))
    assert queries.verify().records == 60
    assert queries.verify().broken is None


@pytest.mark.django_db(transaction=True)
def test_the_day_is_sealed_once_however_many_ask():
    record(chain="a", action="x", actor="y", at=MONDAY)
    start = threading.Barrier(4)

    def work(_: int) -> int:
        start.wait()
        try:
            return seal_day(at=MONDAY).number
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(work, range(4))) == {1}
    assert DailySeal.objects.count() == 1
    assert queries.verify().broken is None


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e9, 1e9)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc名"), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.django_db
@given(data=st.dictionaries(st.sampled_from("xyz"), values, max_size=3), at=st.datetimes(
    datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(ZONE)))
def test_whatever_was_written_reads_back_to_the_same_hash(data, at):
    record(chain="any", action="x", actor="y", at=at, data=data)
    assert queries.verify().broken is None


@pytest.mark.parametrize(
    "value", [datetime(2026, 1, 1), 2**60, float("nan"), float("inf"), {1: "x"}, {"x"}, object(), [2.0**70]]
)
def test_what_would_not_read_back_the_same_is_refused(value):
    with pytest.raises((TypeError, ValueError)):
        chain.canonical({"x": value})


def test_the_order_of_names_and_absent_values_mean_nothing():
    assert chain.canonical({"b": 1, "a": None}) == chain.canonical({"b": 1.0}) == b'{"b":1}'
    assert chain.digest(b"1" * 32, {"b": 1}) != chain.digest(b"2" * 32, {"b": 1})
