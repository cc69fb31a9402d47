import pytest

from laihua.kernel.texts import Text
from laihua.prechecks.checks import examine
from laihua.prechecks.comparing import dates
from laihua.prechecks.findings import Given
from tests.prechecks.checks.givens import (
    BOX,
    LOWER,
    PASSPORT,
    RIGHT,
    document,
    found_by,
    given,
    only,
    page,
    passport,
    passport_given,
    printed,
    zone,
)


def about(one: Given, carried: str):
    (found,) = [f for f in found_by("fields", one) if f.carried == carried]
    return found


@pytest.mark.req("PRE-4")
def test_a_clean_passport_yields_passes_only() -> None:
    found = examine({"passport": passport_given()})
    assert [f for f in found if f.level != "pass"] == []
    assert {f.form_field for f in found if f.check == "fields"} == RIGHT.keys()


@pytest.mark.req("WP-5")
def test_a_wrong_digit_is_a_mismatch_with_its_places_and_the_right_number() -> None:
    found = about(passport_given(passport_number="EM7204183"), "number")
    assert (found.level, found.given, found.read) == ("mismatch", "EM7204183", "EM7204138")
    assert found.title == Text("护照号", "Passport number")
    assert found.text.zh.startswith("最后两位顺序不同；机读区校验位")
    assert found.suggests == {"passport_number": "EM7204138"}
    assert [(p.page, p.box) for p in found.places] == [(1, BOX), (1, LOWER)]
    assert found.key == "fields:passport:passport_number"


def test_the_zone_confirms_a_number_that_was_read_there() -> None:
    for number in ((zone("EM7204138"),), (printed("EM7204138"), zone("EM7204138"))):
        assert "校验位" in about(passport_given(passport(number=number), passport_number="EM7204139"), "number").text.zh
    assert "校验位" not in about(passport_given(passport(number=(printed("EM7204138"),)), passport_number="EM7204139"), "number").text.zh


def test_what_its_check_digit_does_not_confirm_is_no_mismatch() -> None:
    unconfirmed = zone("EM7204139", doubt=Text("与校验位不符", "not confirmed"))
    assert about(passport_given(passport(number=(unconfirmed,))), "number").level == "doubt"


@pytest.mark.parametrize(("field", "wrong", "carried", "right"), [
    ("surname", "LINDQUIST", "surname", "LINDQVIST"), ("given_names", "SOEREN MARTIN", "given_names", "SOEREN MIKAEL"),
    ("birth_date", "1985-03-15", "birth_date", "1985-03-14"), ("sex", "2", "sex", "1"),
    ("nationality", "NOR", "nationality", "SWE"),
    ("passport_expiry", "2028-06-21", "expires_on", "2029-06-21"),
])
def test_every_field_that_differs_can_be_corrected_with_one_click(field: str, wrong: str, carried: str, right: str) -> None:
    found = about(passport_given(**{field: wrong}), carried)
    assert (found.level, found.suggests) == ("mismatch", {field: right})
    assert about(passport_given(**{field: right}), carried).level == "pass"


def test_swapped_names_are_named_as_such_and_both_corrected() -> None:
    one = passport_given(surname="SOEREN MIKAEL", given_names="LINDQVIST")
    for carried in ("surname", "given_names"):
        found = about(one, carried)
        assert "填反" in found.text.zh
        assert found.suggests == {"surname": "LINDQVIST", "given_names": "SOEREN MIKAEL"}


def test_accents_are_no_finding_and_a_missing_name_is_a_doubt() -> None:
    assert about(passport_given(given_names="SOREN MIKAEL"), "given_names").level == "pass"
    found = about(passport_given(given_names="SOEREN"), "given_names")
    assert found.level == "doubt"
    assert "MIKAEL" in found.text.zh


def test_a_field_that_is_not_filled_in_yet_is_not_compared() -> None:
    for nothing in (None, "", []):
        assert [f for f in found_by("fields", passport_given(passport_number=nothing)) if f.carried == "number"] == []


def test_what_could_not_be_read_is_a_doubt_only_where_every_such_paper_says_it() -> None:
    assert about(passport_given(passport(number=())), "number").level == "doubt"
    letter = document("medical_certificate", {"name": printed("LINDQVIST SOEREN")})
    answers = {"surname": "LINDQVIST SOEREN", "birth_date": "1985-03-14"}
    one = given(letter, "medical_certificate", {"name": "surname", "birth_date": "birth_date"}, answers)
    assert [(f.carried, f.level) for f in found_by("fields", one)] == [("name", "pass")]
    unknown = document("passport", {}, seen=())
    assert found_by("fields", given(unknown, "passport", {"number": "passport_number"}, RIGHT)) == []


def test_hardly_legible_print_is_never_a_mismatch() -> None:
    for sure, level in ((0.69, "doubt"), (0.7, "mismatch")):
        read = passport(number=(printed("EM7204139", sure=sure),))
        assert about(passport_given(read), "number").level == level


WHOLE = ("surname", "given_names", "chinese_name")
NAMED = {"surname": "LYU", "given_names": "JIAXUAN", "chinese_name": "吕佳萱"}


@pytest.mark.parametrize(("read", "level"), [
    (("Jiaxuan LYU",), "pass"), (("吕佳萱",), "pass"), (("LYU JIAXUAN", "吕佳萱"), "pass"),
    (("吕佳萱 (LYU Jiaxuan)",), "pass"), (("LYU JIAMING", "吕佳萱"), "mismatch"),
    (("LYU JIAXUAN", "吕佳明"), "doubt"), (("WANG FANG",), "mismatch"), (("WANG FANG", "LYU JIAXUAN"), "pass"),
])
def test_a_name_of_several_fields_in_both_scripts(read: tuple[str, ...], level: str) -> None:
    contract = document("labour_contract", {"employee": tuple(map(printed, read))})
    found = only("fields", given(contract, "labour_contract", {"employee": WHOLE}, NAMED))
    assert (found.level, found.suggests, found.form_field) == (level, {}, "surname")


def test_a_chinese_name_alone_is_held_against_the_spelling() -> None:
    contract = document("labour_contract", {"employee": printed("吕佳萱")})
    latin = {"surname": "LYU", "given_names": "JIAXUAN"}
    assert only("fields", given(contract, "labour_contract", {"employee": WHOLE}, latin)).level == "pass"


@pytest.mark.parametrize(("answer", "read", "level", "suggests"), [
    ("40000.00", "40000.00 CNY/month", "pass", {}), ("40000.00", "480000.00 CNY/year", "pass", {}),
    ("40000.00", "41000.00 CNY/month", "mismatch", {"salary": "41000.00"}),
    ("40000.00", "492000.00 CNY/year", "mismatch", {"salary": "41000.00"}),
    ("40000.00", "6000.00 USD/month", "mismatch", {}),
])
def test_pay_by_the_period_of_the_field(answer: str, read: str, level: str, suggests: dict[str, str]) -> None:
    contract = document("labour_contract", {"salary": printed(read)})
    found = only("fields", given(contract, "labour_contract", {"salary": "salary"}, {"salary": answer}))
    assert (found.level, found.suggests) == (level, suggests)


def test_a_post_that_is_named_in_one_language_only_is_held_against_the_field_in_the_other() -> None:
    contract = document("labour_contract", {"position_en": printed("Senior Software Engineer")})
    assert only("fields", given(contract, "labour_contract", {"position": "post"}, {"post": "高级软件工程师"})).level == "pass"
    found = only("fields", given(contract, "labour_contract", {"position": "post"}, {"post": "财务总监"}))
    assert (found.level, found.suggests) == ("mismatch", {})


def test_a_post_in_one_language_is_no_doubt_about_the_other_where_its_own_field_is_compared() -> None:
    contract = document("labour_contract", {"position": printed("航线经理")})
    both = {"position": "post", "position_en": "post_en"}
    found = found_by("fields", given(contract, "labour_contract", both, {"post": "航线经理", "post_en": "Liner Trade Manager"}))
    assert [(f.carried, f.level) for f in found] == [("position", "pass")]
    found = found_by("fields", given(contract, "labour_contract", both, {"post": "财务总监", "post_en": "Liner Trade Manager"}))
    assert [(f.carried, f.level) for f in found] == [("position", "mismatch")]


def test_a_date_that_may_be_read_in_two_ways_is_a_doubt_unless_the_document_shows_its_order() -> None:
    (read,) = dates.read("03/04/2027")
    either = printed(read.value, "03/04/2027", doubt=read.doubt)
    compares, answers = {"to_date": "contract_to"}, {"contract_to": "2027-03-04"}
    doubtful = document("labour_contract", {"to_date": either})
    assert only("fields", given(doubtful, "labour_contract", compares, answers)).level == "doubt"
    told = document("labour_contract", {"to_date": either, "signed_on": printed("2026-11-13", "13/11/2026")})
    assert only("fields", given(told, "labour_contract", compares, {"contract_to": "2027-04-03"})).level == "pass"
    assert only("fields", given(told, "labour_contract", compares, answers)).level != "pass"
    assert only("fields", given(doubtful, "labour_contract", compares, {"contract_to": "2027-05-05"})).level == "mismatch"


def test_a_degree_in_words_against_the_code_of_the_form() -> None:
    read = document("degree", {"degree": printed("Master of Science")})
    assert only("fields", given(read, "degree", {"degree": "degree"}, {"degree": "master"})).level == "pass"
    found = only("fields", given(read, "degree", {"degree": "degree"}, {"degree": "bachelor"}))
    assert (found.level, found.suggests) == ("mismatch", {"degree": "master"})


def test_nothing_is_compared_where_nothing_was_read() -> None:
    blank = document("passport", {}, seen=(), pages=(page(words=0, by="nothing"),))
    assert found_by("fields", given(blank, "passport", {"number": "passport_number"}, RIGHT)) == []


def test_countries_are_shown_by_their_names() -> None:
    found = about(passport_given(nationality="NOR"), "nationality")
    assert (found.given, found.read) == ("挪威 NOR", "瑞典 SWE")


def test_without_end_is_compared_but_never_offered_as_a_day() -> None:
    licence = document("business_licence", {"expires_on": printed(dates.LONG, "长期")})
    found = only("fields", given(licence, "business_licence", {"expires_on": "contract_to"}, {"contract_to": "2030-01-01"}))
    assert (found.level, found.read, found.suggests) == ("mismatch", "长期", {})


def test_of_a_document_that_was_not_recognised_nothing_is_a_mismatch() -> None:
    unknown = document("passport", {"number": printed("XX0000000"), "surname": printed("LINDQVIST")}, seen=())
    found = {f.carried: f.level for f in found_by("fields", given(unknown, "passport", PASSPORT, RIGHT))}
    assert found == {"number": "doubt", "surname": "pass"}
