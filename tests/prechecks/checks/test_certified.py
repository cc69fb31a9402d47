import pytest

from laihua.prechecks.document import Page
from laihua.prechecks.findings import Finding
from tests.prechecks.checks.givens import document, found_by, given, page

GERMAN, CHINESE = page(1, chinese=0.0), page(2, chinese=0.8)


def said(seen: tuple[str, ...], pages: tuple[Page, ...], *others, certified: bool = True) -> dict[str, Finding]:
    one = given(document("degree", {}, seen=seen, pages=pages), "degree", certified=certified)
    return {f.carried: f for f in found_by("certified", one, *others)}


@pytest.mark.req("PRE-5")
def test_a_foreign_paper_without_apostille_or_translation() -> None:
    found = said(("degree",), (GERMAN,))
    assert {key: one.level for key, one in found.items()} == {"": "doubt", "translation": "doubt"}
    assert "认证" in found[""].text.zh
    assert "译文" in found["translation"].text.zh


def test_with_both_it_passes() -> None:
    assert {one.level for one in said(("degree", "certification"), (GERMAN, CHINESE)).values()} == {"pass"}


def test_translated_but_not_certified_and_the_other_way_round() -> None:
    assert {key: one.level for key, one in said(("degree",), (GERMAN, CHINESE)).items()} == {"": "doubt", "translation": "pass"}
    assert {key: one.level for key, one in said(("degree", "certification"), (GERMAN,)).items()} == {"": "pass", "translation": "doubt"}


@pytest.mark.parametrize(("share", "level"), [(0.29, "doubt"), (0.3, "pass")])
def test_from_which_share_of_chinese_a_page_is_a_translation(share: float, level: str) -> None:
    assert said(("degree", "certification"), (GERMAN, page(2, chinese=share)))["translation"].level == level


def test_a_paper_that_is_chinese_throughout_was_issued_here() -> None:
    assert said(("degree",), (page(1, chinese=0.9),)) == {}
    assert said(("degree",), (page(1, chinese=0.12),)) == {}


def test_the_certification_may_lie_in_a_slot_of_its_own() -> None:
    apart = given(document("certification", {}), "certification")
    found = said(("degree",), (GERMAN, CHINESE), apart)[""]
    assert (found.level, found.other_slot) == ("pass", "certification")


def test_nobody_asked() -> None:
    assert said(("degree",), (GERMAN,), certified=False) == {}
