import pytest

from laihua.kernel.texts import Text
from tests.prechecks.checks.givens import document, found_by, given, only, passport, passport_given, printed, zone

UNCONFIRMED = Text("与校验位不符", "not confirmed")


def test_a_zone_that_agrees_passes_once_for_all() -> None:
    found = only("zone", passport_given())
    assert (found.level, len(found.places)) == ("pass", 1)


@pytest.mark.req("PRE-4")
@pytest.mark.parametrize(("carried", "read"), [
    ("number", (printed("EM7204138"), zone("EM7204139"))),
    ("birth_date", (printed("1985-03-14", "14 MAR 1985"), zone("1985-03-15"))),
    ("surname", (printed("LINDQVIST"), zone("LINDQUIST"))), ("sex", (printed("M"), zone("F"))),
    ("nationality", (printed("SWE"), zone("NOR"))),
])
def test_print_and_zone_that_differ(carried: str, read: tuple) -> None:
    found = only("zone", passport_given(passport(**{carried: read})))
    assert (found.level, found.carried, found.given, found.read) == ("mismatch", carried, read[0].value, read[1].value)
    assert len(found.places) == 2


def test_a_check_digit_that_does_not_fit_is_a_doubt() -> None:
    found = only("zone", passport_given(passport(number=(zone("EM7204138", doubt=UNCONFIRMED),))))
    assert (found.level, found.carried) == ("doubt", "number")
    different = passport(number=(printed("EM7204138"), zone("EM7204139", doubt=UNCONFIRMED)))
    assert only("zone", passport_given(different)).level == "doubt"


def test_print_that_agrees_settles_a_check_digit() -> None:
    assert only("zone", passport_given(passport(number=(printed("EM7204138"), zone("EM7204138", doubt=UNCONFIRMED))))).level == "pass"


def test_a_name_that_fills_the_zone_may_be_cut() -> None:
    surname = "PAPANDROPOULOSCHRISTODOULOU"
    whole = zone(f"{surname} ALEXANDROSK", f"{surname}<<ALEXANDROSK".ljust(39, "<")[:39])
    given_names = (printed("ALEXANDROSKONSTANTINOS"), zone("ALEXANDROSK"))
    cut = passport(surname=(printed(surname), zone(surname)), given_names=given_names, name=(whole,))
    assert only("zone", passport_given(cut)).level == "pass"
    short = passport(given_names=(printed("SÖREN MIKAEL"), zone("SOEREN M")))
    assert only("zone", passport_given(short)).level == "doubt"


def test_each_page_is_held_against_its_own_zone() -> None:
    two = passport(number=(printed("EM7204138"), printed("EM1111111", page=2), zone("EM7204138"), zone("EM1111111", page=2)))
    assert only("zone", passport_given(two)).level == "pass"


def test_without_a_zone_nothing_is_said() -> None:
    assert found_by("zone", given(document("passport", {"number": printed("EM7204138")}), "passport")) == []
