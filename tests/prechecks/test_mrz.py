"""Machine-readable zones: the specimens of ICAO 9303, their check digits, and slips of reading."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from laihua.prechecks import mrz
from laihua.prechecks.words import Box, Leaf, Line

PASSPORT = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
CARD = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
SMALL = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
VISA = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<<<<<<<<<")
ANNA = {"surname": "ERIKSSON", "given_names": "ANNA MARIA", "name": "ERIKSSON ANNA MARIA", "nationality": "UTO",
        "birth_date": "1974-08-12", "sex": "F", "expires_on": "2012-04-15"}


def leaf(*rows: str, by: str = "ocr", before: tuple[str, ...] = ()) -> Leaf:
    """The rows one below the other at the foot of a page."""
    lines = [Line(text, Box(0.05, 0.8 + 0.04 * at, 0.95, 0.825 + 0.04 * at), 0.9) for at, text in enumerate(rows)]
    return Leaf(1, 1.4, tuple(Line(text, Box(0.3, 0.1 + 0.05 * at, 0.6, 0.13 + 0.05 * at)) for at, text in enumerate(before))
                + tuple(lines), by)


def values(*rows: str) -> dict[str, str]:
    zone = mrz.zone_of(leaf(*rows))
    assert zone
    return {key: found[0].value for key, found in zone.fields.items()}


def passport(first: str, second: str, personal: str = "<" * 14) -> tuple[str, str]:
    """Second: number, nationality, birth, sex, expiry, with spaces between; check digits are put in."""
    number, state, birth, sex, expires = second.split()
    number = number.ljust(9, "<")
    parts = [one + str(mrz.check_digit(one)) for one in (number, birth, expires, personal)]
    digit = mrz.check_digit("".join(parts))
    return first.ljust(44, "<"), f"{parts[0]}{state.ljust(3, '<')}{parts[1]}{sex}{parts[2]}{parts[3]}{digit}"


@pytest.mark.req("PRE-2")
@pytest.mark.parametrize(("rows", "form", "number"), [
    (PASSPORT, "TD3", "L898902C3"), (CARD, "TD1", "D23145890"), (SMALL, "TD2", "D23145890"),
])
def test_the_specimens(rows: tuple[str, ...], form: str, number: str) -> None:
    zone = mrz.zone_of(leaf(*rows))
    assert zone
    assert (zone.form, zone.issuer, zone.failed) == (form, "UTO", frozenset())
    assert {key: found[0].value for key, found in zone.fields.items()} == ANNA | {"number": number}
    assert all(found.source == "zone" and found.doubt is None for one in zone.fields.values() for found in one)


def test_a_visa_has_no_digit_over_everything() -> None:
    zone = mrz.zone_of(leaf(*VISA))
    assert zone
    assert (zone.form, zone.code, zone.failed) == ("MRV-A", "V", frozenset())
    assert zone.fields["number"][0].value == "L8988901C"
    assert zone.fields["birth_date"][0].value == "1940-09-07"


def test_a_card_whose_number_goes_on_in_the_optional_part() -> None:
    number = "D23145890AB11223456"
    first = f"I<UTO{number[:9]}<{number[9:]}{mrz.check_digit(number)}".ljust(30, "<")
    zone = mrz.zone_of(leaf(first, *CARD[1:]))
    assert zone
    assert zone.fields["number"][0].value == number
    assert "number" not in zone.failed


@pytest.mark.parametrize("at", range(28))
def test_a_wrong_digit_is_told_and_not_mended(at: int) -> None:
    """Each digit that a check digit confirms, replaced by one that no letter looks like."""
    character = PASSPORT[1][at]
    if not character.isdigit():
        return
    wrong = PASSPORT[1][:at] + ("3" if character != "3" else "9") + PASSPORT[1][at + 1:]
    zone = mrz.zone_of(leaf(PASSPORT[0], wrong))
    assert zone
    key = "number" if at < 10 else "birth_date" if at < 20 else "expires_on"
    assert key in zone.failed
    assert all(found.doubt for found in zone.fields.get(key, ()))


@pytest.mark.parametrize(("read", "is_meant"), [
    ("L8989O2C36", "L898902C3"), ("L89B902C36", "L898902C3"), ("L898902C3G", "L898902C3"),
])
def test_a_slip_in_the_number_is_mended_where_the_digit_admits_one_mending(read: str, is_meant: str) -> None:
    zone = mrz.zone_of(leaf(PASSPORT[0], PASSPORT[1].replace("L898902C36", read)))
    assert zone
    number = zone.fields["number"][0]
    assert (number.value, number.text, number.doubt) == (is_meant, read[:9], None)
    assert not zone.failed


@pytest.mark.parametrize(("meant", "read", "besides"), [
    ("SG1234567", "5G1234567", "Passport No. SG1234567"), ("EB0012345", "E80012345", "护照号 EB 0012345"),
])
def test_a_slip_among_letters_is_mended_by_what_is_printed_besides(meant: str, read: str, besides: str) -> None:
    rows = passport("P<UTOERIKSSON<<ANNA", f"{meant} UTO 740812 F 270415")
    wrong = (rows[0], read + rows[1][9:])
    for before, value in (((besides,), meant), ((), read), (("No. X12345678",), read)):
        zone = mrz.zone_of(leaf(*wrong, before=before))
        assert zone
        assert zone.fields["number"][0].value == value
        assert bool(zone.fields["number"][0].doubt) is (value == read)


def test_a_slip_that_could_be_mended_in_two_ways_is_left_with_a_doubt() -> None:
    """Two letters for digits, three places apart and so of the same weight: either alone would satisfy the digit."""
    assert mrz.check_digit("E1S345678") == mrz.check_digit("E1534S678")
    rows = passport("P<UTOERIKSSON<<ANNA", "E1S345678 UTO 740812 F 270415")
    zone = mrz.zone_of(leaf(rows[0], "E1S34S678" + rows[1][9:]))
    assert zone
    assert zone.fields["number"][0].value == "E1S34S678"
    assert zone.fields["number"][0].doubt is not None


def test_letters_in_dates_are_digits_and_digits_in_names_are_letters() -> None:
    read = values(PASSPORT[0].replace("ERIKSSON", "ER1KSS0N"), PASSPORT[1].replace("7408122F1204159", "74O8I22FI2O4159"))
    assert read == ANNA | {"number": "L898902C3"}


@pytest.mark.parametrize("rows", [
    ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<10"),
    ("P<UTOERIKSSON<<ANNA<MARIA" + "<" * 24, "L898902C36UTO7408122F1204159ZE184226B<<<<<<<10"),
    ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<KK<<cc<<", "L898902C36UTO7408122F1204159ZE184226B<<<c<10"),
    ("P<UTOERIKSSON«ANNA‹MARIA««««««««««", "L898902C36UTO 7408122F1204159 ZE184226B<<<<<10"),
])
def test_fillers_are_miscounted_and_misread(rows: tuple[str, str]) -> None:
    zone = mrz.zone_of(leaf(*rows))
    assert zone
    assert {key: found[0].value for key, found in zone.fields.items()} == ANNA | {"number": "L898902C3"}
    assert not zone.failed


def test_rows_in_pieces_are_joined() -> None:
    pieces = []
    for at, row in enumerate(PASSPORT):
        for part in range(0, 44, 11):
            left = 0.05 + 0.9 * part / 44
            pieces.append(Line(row[part:part + 11], Box(left, 0.8 + 0.04 * at, left + 0.9 * 10.8 / 44, 0.825 + 0.04 * at)))
    zone = mrz.zone_of(Leaf(1, 1.4, tuple(pieces), "text"))
    assert zone
    assert not zone.failed
    assert zone.fields["surname"][0].value == "ERIKSSON"


def test_the_place_of_a_field_is_that_of_its_characters() -> None:
    found = mrz.zone_of(leaf(*PASSPORT))
    assert found
    place = found.fields["birth_date"][0].box
    assert (round(place.left, 3), round(place.right, 3)) == (round(0.05 + 0.9 * 13 / 44, 3), round(0.05 + 0.9 * 19 / 44, 3))
    assert round(place.top, 3) == 0.84


def test_the_second_row_alone_where_all_its_digits_fit() -> None:
    zone = mrz.zone_of(leaf(PASSPORT[1]))
    assert zone
    assert zone.fields["number"][0].value == "L898902C3"
    assert "name" not in zone.fields
    assert mrz.zone_of(leaf(PASSPORT[1].replace("F1204159", "F1204158"))) is None


def test_names_cut_off_at_the_end_are_known_as_such() -> None:
    long = "P<UTONILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<KRASUANG"[:44]
    zone = mrz.zone_of(leaf(long, PASSPORT[1]))
    assert zone
    assert mrz.is_truncated(zone.fields["name"][0])
    whole = mrz.zone_of(leaf(*PASSPORT))
    assert whole
    assert not mrz.is_truncated(whole.fields["name"][0])


def test_one_filler_between_names_tells_no_surname() -> None:
    read = values("P<UTOERIKSSON<ANNA<MARIA<<<<<<<<<<<<<<<<<<", PASSPORT[1])
    assert read["name"] == "ERIKSSON ANNA MARIA"
    assert "surname" not in read


@pytest.mark.parametrize(("birth", "expires", "born"), [
    ("740812", "270415", "1974-08-12"), ("050812", "270415", "2005-08-12"), ("270812", "270915", "2027-08-12"),
    ("280812", "270415", "1928-08-12"),
])
def test_a_birth_is_not_after_the_expiry(birth: str, expires: str, born: str) -> None:
    assert values(*passport("P<UTOERIKSSON<<ANNA", f"L898902C3 UTO {birth} F {expires}"))["birth_date"] == born


def test_an_unknown_day_of_birth_is_no_value_and_no_fault() -> None:
    zone = mrz.zone_of(leaf(*passport("P<UTOERIKSSON<<ANNA", "L898902C3 UTO 74<<<< F 270415")))
    assert zone
    assert "birth_date" not in zone.fields
    assert not zone.failed


def test_states_that_zones_name_in_their_own_way() -> None:
    assert values(*passport("P<D<<MUSTERMANN<<ERIKA", "C01X00T47 D 640812 F 270228"))["nationality"] == "DEU"


@pytest.mark.parametrize("rows", [
    ("CASE NUMBER 20261120 0012 34567890", "INVOICE 2026 1120 4567 8901 2345 678"),
    ("0123456789012345678901234567", "0123456789012345678901234567890123456789"),
    ("PLEASE KEEP THIS PAPER WITH YOUR PASSPORT", "IT IS VALID UNTIL THE DAY PRINTED ABOVE"),
])
def test_other_lines_are_no_zone(rows: tuple[str, ...]) -> None:
    assert mrz.zone_of(leaf(*rows)) is None


name = some.from_regex(r"[A-Z]{2,12}(<[A-Z]{2,8})?", fullmatch=True)
digits = some.dates(min_value=date(2000, 1, 1), max_value=date(2060, 12, 31))


@given(name, some.from_regex(r"[A-Z]{2,10}", fullmatch=True), some.from_regex(r"[A-Z0-9]{6,9}", fullmatch=True), digits, digits)
def test_whatever_is_in_a_zone_comes_out(surname: str, given_names: str, number: str, birth: date, expires: date) -> None:
    rows = passport(f"P<UTO{surname}<<{given_names}", f"{number} UTO {birth:%y%m%d} M {expires:%y%m%d}")
    zone = mrz.zone_of(leaf(*rows))
    assert zone
    assert not zone.failed
    assert zone.fields["surname"][0].value == surname.replace("<", " ")
    assert zone.fields["given_names"][0].value == given_names
    assert zone.fields["number"][0].value == number
    assert zone.fields["expires_on"][0].value == f"{expires:%Y-%m-%d}"


@given(some.lists(some.text(alphabet="ABCKL01258<<<<", max_size=50), max_size=4))
def test_no_lines_break_it(rows: list[str]) -> None:
    mrz.zone_of(leaf(*rows))
    mrz.zone_of(replace(leaf(*rows), number=2))
