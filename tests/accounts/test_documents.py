"""Numbers of identity documents, at their boundaries."""

from datetime import date

import pytest

from laihua.accounts.identity.documents import TYPES, clean_number, wrong_number, wrong_until

TODAY = date(2026, 11, 12)


@pytest.mark.req("ACC-8")
@pytest.mark.parametrize(("kind", "number", "fits"), [
    ("resident_id", "000101199003150016", True),
    ("resident_id", "00010119880722002X", True),
    ("resident_id", "000101199003150017", False),       # check character
    ("resident_id", "000101199002300015", False),       # no such day
    ("resident_id", "00010119900315001", False),        # one short
    ("resident_id", "910001198001010081", False),       # a permanent residence card
    ("permanent_residence", "910001198001010081", True),
    ("permanent_residence", "910001198001010082", False),
    ("permanent_residence", "000101199003150016", False),
    ("permanent_residence", "ABC110000000001", True),   # until 2023
    ("permanent_residence", "AB1110000000001", False),
    ("permanent_residence", "EX0000001", False),
    ("passport", "EX0000001", True),
    ("passport", "E1234", True),
    ("passport", "E123", False),
    ("passport", "EX00000012", False),                  # ten
    ("passport", "ABCDEFG", False),                     # no digit
    ("hk_macao_pass", "H00000001", True),
    ("hk_macao_pass", "M0000000101", True),
    ("hk_macao_pass", "H0000001", False),
    ("hk_macao_pass", "A00000001", False),
    ("taiwan_pass", "00000001", True),
    ("taiwan_pass", "0000001", False),
])
def test_a_number_is_checked_as_the_document_that_was_chosen(kind: str, number: str, fits: bool) -> None:
    wrong = wrong_number(kind, number)
    assert (wrong is None) is fits
    assert fits or wrong == ("number", TYPES[kind].wrong)


def test_type_and_number_are_both_asked_for() -> None:
    assert (wrong_number("", "EX0000001") or ("",))[0] == "type"
    assert (wrong_number("passport", "") or ("",))[0] == "number"
    assert (wrong_number("passport", "EX0000001", allowed=("resident_id",)) or ("",))[0] == "type"


def test_a_number_may_be_pasted_as_it_is_printed() -> None:
    assert clean_number(" 00010119880722 002ｘ ") == "00010119880722002X"
    assert clean_number("ex-000 0001") == "EX0000001"


@pytest.mark.parametrize(("kind", "until", "fits"), [
    ("passport", "2026-11-12", True),
    ("passport", "2026-11-11", False),
    ("passport", "", False),
    ("passport", "long_term", False),
    ("passport", "12.11.2030", False),
    ("resident_id", "long_term", True),
    ("resident_id", "2026-11-11", False),
])
def test_a_document_is_valid_to_its_last_day(kind: str, until: str, fits: bool) -> None:
    assert (wrong_until(kind, until, TODAY) is None) is fits
