import pytest

from laihua.prechecks.document import Page, remember
from laihua.prechecks.findings import Finding
from laihua.prechecks.remembered import document_of, document_to_json
from tests.prechecks.checks.givens import document, found_by, given, page
from tests.prechecks.leafs import leaf, reading

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


def test_a_mere_line_that_names_the_apostille_is_enough() -> None:
    found = said(("degree",), (page(1, chinese=0.0, certified=True), CHINESE))
    assert {key: one.level for key, one in found.items()} == {"": "pass", "translation": "pass"}


@pytest.mark.parametrize(("line", "certified"), [
    ("附加证明书 Apostille EX4471208", True), ("认证 Authentication 附加证明书编号：AX-44712", True), ("Apostille No. QX-4471/2026", True),
    ("领事认证 2026-004471", True), ("请先办理附加证明书", False), ("Apostille (Convention de La Haye du 5 octobre 1961)", False),
    ("Apostille 2026", False), ("认证编号：AX-44712", False),
])
def test_which_lines_name_what_certifies(line: str, certified: bool) -> None:
    remembered = remember(reading(leaf("Degree certificate", line)), "degree")
    assert [one.certified for one in remembered.leaves] == [certified]
    assert [one.certified for one in document_of(document_to_json(remembered)).leaves] == [certified]


def test_such_a_line_does_not_make_the_page_a_certification() -> None:
    page = leaf("University of Lorn", "Degree certificate", "has been awarded the degree of Bachelor of Science",
                "附加证明书 Apostille EX4471208")
    assert [kind.id for kind in remember(reading(page), "degree").seen] == ["degree"]
