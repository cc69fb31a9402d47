import pytest

from laihua.prechecks.checks import checks
from laihua.prechecks.kind import kinds
from tests.prechecks.checks.givens import document, found_by, given, only, page, passport_given, printed


def test_the_right_document_passes() -> None:
    found = only("kind", passport_given())
    assert found.level == "pass"
    assert "护照" in found.text.zh


@pytest.mark.req("PRE-3")
def test_a_document_in_the_wrong_slot_is_told_with_what_it_is_and_what_belongs_there() -> None:
    found = only("kind", given(document("passport", {}, seen=("labour_contract",)), "passport"))
    assert found.level == "mismatch"
    assert kinds()["labour_contract"].title.zh in found.text.zh
    assert kinds()["passport"].title.en in found.text.en
    assert [place.page for place in found.places] == [1]


def test_nothing_else_is_said_of_a_wrong_document() -> None:
    contract = document("passport", {"number": printed("XX0000000")}, seen=("labour_contract",), pages=(page(numbered=(1, 3)),))
    wrong = given(contract, "passport", {"number": "passport_number"}, {"passport_number": "EM7204138"}, min_left=6, issued_within=6,
                  expects=frozenset({"seal", "signature"}), certified=True)
    assert {f.check for name in checks() for f in found_by(name, wrong)} == {"kind", "legible"}


def test_a_document_of_two_kinds_is_right_in_either_slot() -> None:
    both = document("passport", {}, seen=("residence_permit", "passport"))
    assert only("kind", given(both, "passport")).level == "pass"


def test_what_is_not_recognised_is_a_doubt() -> None:
    assert only("kind", given(document("passport", {}, seen=()), "passport")).level == "doubt"


@pytest.mark.parametrize(("surname", "level"), [("LINDQVIST", "pass"), ("TANAKA", "doubt")])
def test_what_is_not_recognised_is_right_where_two_of_its_values_agree(surname: str, level: str) -> None:
    read = document("passport", {"number": printed("EM7204138"), "surname": printed("LINDQVIST")}, seen=())
    answers = {"passport_number": "EM7204138", "surname": surname}
    asked = given(read, "passport", {"number": "passport_number", "surname": "surname"}, answers)
    assert only("kind", asked).level == level


def test_without_words_or_without_such_a_kind_nothing_is_said() -> None:
    assert found_by("kind", given(document("passport", {}, seen=(), pages=(page(words=0),)), "passport")) == []
    assert found_by("kind", given(document("award", {}, seen=()), "award")) == []


def test_a_certification_alone_does_not_make_another_document_of_what_it_certifies() -> None:
    certified = document("degree", {"name": printed("LINDQVIST SOEREN")}, seen=("certification",))
    assert only("kind", given(certified, "degree", certified=True)).level == "doubt"
    assert only("kind", given(certified, "degree")).level == "mismatch"
    both = document("degree", {}, seen=("certification", "labour_contract"))
    assert kinds()["labour_contract"].title.zh in only("kind", given(both, "degree", certified=True)).text.zh
