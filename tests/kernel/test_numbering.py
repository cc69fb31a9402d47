"""Numbers without gaps, with real connections side by side."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from hypothesis import given
from hypothesis import strategies as st

from laihua.kernel.numbering import _digits, case_number, damm, is_permit_number, next_number, permit_number

DAY = date(2026, 11, 12)


@pytest.mark.django_db
def test_each_series_counts_from_one():
    assert [next_number("a"), next_number("a"), next_number("b")] == [1, 2, 1]


@pytest.mark.django_db
def test_case_numbers_count_per_prefix_and_day():
    assert case_number("WP", DAY) == "WP-20261112-0001"
    assert case_number("WP", DAY) == "WP-20261112-0002"
    assert case_number("RP", DAY) == "RP-20261112-0001"
    assert case_number("WP", date(2026, 11, 13)) == "WP-20261113-0001"


@pytest.mark.django_db
def test_permit_numbers_carry_a_check_digit():
    numbers = [permit_number("WPX", DAY) for _ in range(30)]
    assert [number[:-1] for number in numbers[:2]] == ["WPX202611120001", "WPX202611120002"]
    assert all(is_permit_number(number) for number in numbers)
    assert {len(number) for number in numbers} == {16}


@pytest.mark.parametrize("wrong", ["", "7", "WPX-202611120001", "ＷＰＸ", "许可证1", "WPX2026 1112"])
def test_what_is_no_number_at_all(wrong):
    assert not is_permit_number(wrong)


@given(st.text("0123456789", min_size=6, max_size=16), st.data())
def test_every_mistyped_digit_and_every_swap_is_found(digits, data):
    number = "WPX" + digits
    number += damm.calc_check_digit(_digits(number))
    assert is_permit_number(number)
    place = data.draw(st.integers(3, len(number) - 1))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != number[place]]))
    assert not is_permit_number(number[:place] + other + number[place + 1:])
    if place > 3 and number[place - 1] != number[place]:
        assert not is_permit_number(number[:place - 1] + number[place] + number[place - 1] + number[place + 1:])


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_no_number_is_given():
    with pytest.raises(TransactionManagementError):
        next_number("a")


@pytest.mark.django_db(transaction=True)
def test_a_rollback_gives_the_number_back():
    with transaction.atomic():
        assert next_number("a") == 1
        transaction.set_rollback(True)
    with transaction.atomic():
        assert next_number("a") == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_and_some_giving_up_leave_no_gap():
    start = threading.Barrier(8)

    def work(worker: int) -> list[int]:
        taken = []
        start.wait()
        try:
            for turn in range(20):
                try:
                    with transaction.atomic():
                        number = next_number("race")
                        if (worker + turn) % 4 == 0:
                            raise LookupError
                    taken.append(number)
                except LookupError:
                    continue
        finally:
            connection.close()
        return taken

    with ThreadPoolExecutor(8) as pool:
        taken = [number for numbers in pool.map(work, range(8)) for number in numbers]
    assert sorted(taken) == list(range(1, 8 * 15 + 1))
