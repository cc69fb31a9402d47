"""Missing pages, seals, signatures, legibility; and what holds for all findings."""

import pytest

from laihua.prechecks.checks import checks, examine
from laihua.prechecks.document import Page
from laihua.prechecks.findings import RANK, Finding
from tests.prechecks.checks.givens import BOX, document, found_by, given, only, page, passport_given


def contract(*pages: Page, **asks):
    return given(document("labour_contract", {}, pages=pages), "labour_contract", **asks)


def numbered(*numbers: tuple[int, int] | None) -> tuple[Page, ...]:
    return tuple(page(n, numbered=of) for n, of in enumerate(numbers, 1))


@pytest.mark.req("WP-5")
@pytest.mark.parametrize(("numbers", "missing"), [
    (((1, 3), (3, 3)), "2"), (((1, 3), (2, 3)), "3"), (((2, 3), (3, 3)), "1"), (((1, 5), None, (5, 5)), "2、3、4"),
    (((1, 2), (2, 2), (1, 2)), "2"), (((2, 2),), "1"),
])
def test_a_missing_page_is_named(numbers: tuple, missing: str) -> None:
    found = only("pages", contract(*numbered(*numbers)))
    assert found.level == "mismatch"
    assert f"缺第{missing}页" in found.text.zh


@pytest.mark.parametrize("numbers", [
    ((1, 3), (2, 3), (3, 3)), ((3, 3), (2, 3), (1, 3)), ((1, 3), None, (3, 3)), ((1, 1),),
    ((1, 2), (2, 2), (1, 2), (2, 2)), ((1, 2), (2, 2), (1, 3), (2, 3), (3, 3)),
    (None, (1, 2), (2, 2)),
])
def test_no_page_is_missing(numbers: tuple) -> None:
    assert only("pages", contract(*numbered(*numbers))).level == "pass"


def test_without_numbers_or_with_impossible_ones_nothing_is_said() -> None:
    assert found_by("pages", contract(*numbered(None, None))) == []
    assert found_by("pages", contract(*numbered((5, 3), (0, 2)))) == []


@pytest.mark.parametrize(("check", "marks"), [("seal", "seals"), ("signature", "signatures")])
def test_seals_and_signatures_where_they_are_asked_for(check: str, marks: str) -> None:
    asked = {"expects": frozenset({check})}
    found = only(check, contract(page(1), page(2, **{marks: (BOX,)}), **asked))
    assert (found.level, [(p.page, p.box) for p in found.places]) == ("pass", [(2, BOX)])
    absent = only(check, contract(page(1), page(2), **asked))
    assert (absent.level, [(p.page, p.box) for p in absent.places]) == ("doubt", [(2, None)])
    assert found_by(check, contract(page(1))) == []
    other = "signature" if check == "seal" else "seal"
    assert found_by(check, contract(page(1), expects=frozenset({other}))) == []


@pytest.mark.parametrize(("changes", "level"), [
    ({"by": "ocr", "sure": 0.74}, "doubt"), ({"by": "ocr", "sure": 0.75}, "pass"),
    ({"by": "text", "sure": 0.1}, "pass"), ({"by": "ocr", "sure": 0.1, "words": 4}, "pass"),
])
@pytest.mark.req("WP-5")
def test_legibility(changes: dict, level: str) -> None:
    found = only("legible", contract(page(1), page(2, **changes)))
    assert found.level == level
    assert [p.page for p in found.places] == ([2] if level == "doubt" else [])


def test_a_scan_without_a_word_is_a_doubt_and_what_nobody_read_is_none() -> None:
    assert only("legible", contract(page(1, by="ocr", words=0, sure=0.0))).level == "doubt"
    assert found_by("legible", contract(page(1, by="nothing", words=0, sure=0.0))) == []
    assert found_by("legible", contract()) == []


def test_all_checks_are_there_by_their_names() -> None:
    assert set(checks()) == {"between", "certified", "fields", "kind", "legible", "pages", "seal", "signature", "window", "zone"}


@pytest.mark.req("PRE-6")
def test_findings_stand_with_the_worst_first_and_each_has_a_key_of_its_own() -> None:
    one = passport_given(passport_number="EM7204183", given_names="SOEREN")
    found = examine({"passport": one})
    ranks = [RANK[f.level] for f in found]
    assert ranks == sorted(ranks)
    assert {f.level for f in found} == {"mismatch", "doubt", "pass"}
    assert len({f.key for f in found}) == len(found)


@pytest.mark.req("PRE-6")
def test_every_finding_speaks_both_languages_and_says_what_to_do() -> None:
    asked = {"expects": frozenset({"seal", "signature"}), "certified": True, "min_left": 6, "issued_within": 6}
    foreign = document("police_record", {}, pages=(page(1, chinese=0.0, by="ocr", sure=0.3, numbered=(1, 2)),))
    found: list[Finding] = examine({"police_record": given(foreign, "police_record", **asked), "passport": passport_given(surname="OTHER")})
    assert {f.check for f in found} == {"certified", "fields", "kind", "legible", "pages", "seal", "signature", "window", "zone"}
    for one in found:
        assert not any("\u3400" <= c <= "\u9fff" for c in one.text.en.replace("填", "")), one
        assert any("\u3400" <= c <= "\u9fff" for c in one.text.zh), one
        if one.level != "pass":
            assert "请" in one.text.zh
            assert "lease" in one.text.en
