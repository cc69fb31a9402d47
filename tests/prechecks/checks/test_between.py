import pytest

from laihua.prechecks.findings import Agrees
from tests.prechecks.checks.givens import document, found_by, given, only, passport, printed, zone

SAME_PASSPORT = (Agrees("passport_number", "passport", "number"),)


def contract(number: str = "EM7204138", sure: float = 1.0):
    read = document("labour_contract", {"passport_number": printed(number, sure=sure)})
    return given(read, "labour_contract", slot="contract", agrees=SAME_PASSPORT)


@pytest.mark.req("PRE-4")
def test_two_documents_that_name_different_passports() -> None:
    found = only("between", contract("EM7204139"), given(passport(), "passport"))
    assert (found.level, found.slot, found.other_slot) == ("mismatch", "contract", "passport")
    assert (found.given, found.read, found.key) == ("EM7204138", "EM7204139", "between:contract:passport_number:passport")
    assert "材料passport" in found.text.zh


def test_two_documents_that_agree() -> None:
    assert only("between", contract("EM 7204138"), given(passport(), "passport")).level == "pass"


def test_any_of_the_readings_of_the_other_document_may_agree() -> None:
    other = passport(number=(printed("EM72O4138"), zone("EM7204138")))
    assert only("between", contract(), given(other, "passport")).level == "pass"


def test_hardly_legible_print_is_a_doubt() -> None:
    assert only("between", contract("EM7204139", sure=0.5), given(passport(), "passport")).level == "doubt"


def test_nothing_is_said_where_one_of_them_is_missing_unread_or_another_document() -> None:
    assert found_by("between", contract()) == []
    assert found_by("between", contract(), given(passport(number=()), "passport")) == []
    other = document("passport", {"number": printed("EM0000000")}, seen=("labour_contract",))
    assert found_by("between", contract(), given(other, "passport")) == []


def test_names_of_two_documents_in_either_order() -> None:
    letter = document("work_experience_letter", {"name": printed("Sören Mikael Lindqvist")})
    one = given(letter, "work_experience_letter", slot="letter", agrees=(Agrees("name", "passport", "name"),))
    whole = given(passport(name=(printed("LINDQVIST SÖREN MIKAEL"),)), "passport")
    assert only("between", one, whole).level == "pass"
