"""What of two values is marked, and where a frame lies on its page."""

from typing import Any

import pytest

from laihua.cases.queries import Noted
from laihua.kernel.texts import Text
from laihua.portal import findings
from laihua.prechecks.findings import Finding, Place
from laihua.prechecks.words import Box

TITLE, MATERIAL = Text("护照号", "Passport number"), Text("护照资料页", "Passport data page")


def card(**changes: Any) -> findings.Card:
    given = {"check": "fields", "slot": "passport", "level": "mismatch", "title": TITLE, "text": TITLE} | changes
    finding = Finding(**given)
    fields = (finding.form_field,) if finding.form_field else ()
    return findings.Card(Noted(finding, "d", MATERIAL, finding.text, finding.given, finding.read, fields), findings.YOURS)


def marked(one: str, other: str) -> list[str]:
    return [piece.text for piece in findings.pieces(one, other) if piece.differs]


@pytest.mark.parametrize(("given", "read", "left", "right"), [
    ("EM7204183", "EM7204138", ["83"], ["38"]),
    ("EM7204138", "EM7204188", ["3"], ["8"]),
    ("SOEREN MIKAEL", "SÖREN MIKAEL", ["OE"], ["Ö"]),
    ("光学研发经理", "光学研发总监", ["经理"], ["总监"]),
    ("2026-12-01", "2026-12-01", [], []),
    ("M", "F", ["M"], ["F"]),
    ("", "EM7204138", [], []),                  # nothing was filled in: there is nothing to compare
])
def test_only_what_differs_is_marked(given: str, read: str, left: list[str], right: list[str]) -> None:
    assert marked(given, read) == left
    assert marked(read, given) == right
    assert "".join(piece.text for piece in findings.pieces(given, read)) == given


def test_a_paragraph_is_not_marked_letter_by_letter() -> None:
    long = "岗位职责" * 60
    assert findings.pieces(long, long[::-1]) == [findings.Piece(long)]


def test_a_frame_keeps_to_its_page_and_only_the_first_is_labelled() -> None:
    places = (Place(1, Box(0, 0.01, 0.2, 0.05)), Place(1, Box(0.9, 0.5, 1, 0.53)), Place(2, None))
    marks = findings.marks_of([card(places=places)])
    assert list(marks) == [("passport", 1)]     # the page as a whole has no frame
    first, second = marks["passport", 1]
    assert (first.x, first.y, first.is_first, first.is_high) == ("0.0000", "0.0080", True, True)
    assert float(second.x) + float(second.w) == pytest.approx(1.0)
    assert (second.is_first, second.is_high, second.tone) == (False, False, "red")


def test_what_agrees_lies_below_what_does_not() -> None:
    place = (Place(1, Box(0.1, 0.1, 0.2, 0.2)),)
    marks = findings.marks_of([card(places=place), card(places=place, level="pass", form_field="surname")])
    assert [mark.tone for mark in marks["passport", 1]] == ["green", "red"]


def test_the_values_stand_under_the_names_of_what_is_compared() -> None:
    of_form = card(form_field="passport_number", given="A1", read="A2")
    assert [name for name, _ in of_form.sides] == [findings.YOURS, findings.READ]
    assert [name for name, _ in card(check="zone", given="A1", read="A2").sides] == [findings.PRINTED, findings.ZONE]
    assert [name for name, _ in card(check="window", read="2026-11-20").sides] == [findings.READ]
    assert card(check="kind", given="护照资料页", read="劳动合同").sides == []       # the sentence says it in both languages


def test_every_check_has_a_title_in_both_languages() -> None:
    assert {name for name, _ in findings.known_checks()} == set(findings.CHECKS)
