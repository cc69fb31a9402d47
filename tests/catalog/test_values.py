"""What is kept of what was typed, and what is said about the rest."""

from typing import Any

import pytest

from laihua.catalog.definitions import Choice, Field
from laihua.catalog.values import Invalid, clean, in_words
from laihua.kernel.texts import Text

LABEL = Text("项", "Item")
CHOICES = (Choice("a", Text("甲", "Alpha")), Choice("b", Text("乙", "Beta")))


def field(kind: str, **more: Any) -> Field:
    return Field(key="x", type=kind, label=LABEL, choices=CHOICES if "choice" in kind or "countr" in kind else (), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "raw", "kept"), [
    ("text", "  上海  浦东 ", "上海 浦东"), ("text", "", None), ("long_text", "一\n二  ", "一\n二"), ("text", "a\x00b", "a b"),
    ("latin_name", "weber-o’neil", "WEBER-O'NEIL"), ("latin_name", "ＷＥＢＥＲ", "WEBER"), ("latin_name", "Großmann", "GROSSMANN"),
    ("passport_number", " c01x 00t47 ", "C01X00T47"), ("passport_number", "Ｃ０１Ｘ００", "C01X00"),
    ("date", "2026-11-20", "2026-11-20"), ("date", "2026/1/2", "2026-01-02"), ("date", "20261120", "2026-11-20"),
    ("date", "2026年1月2日", "2026-01-02"), ("month", "2026-1", "2026-01"), ("month", "2026年11月", "2026-11"),
    ("email", "A.B@Example.COM", "A.B@example.com"), ("phone", "138 0013 8000", "+8613800138000"),
    ("phone", "+49 30 901820", "+4930901820"), ("money", "40,000", "40000.00"), ("money", "￥1.5元", "1.50"), ("money", 12, "12.00"),
    ("integer", "１２", 12), ("integer", "-3", -3), ("decimal", "1.50", "1.5"), ("choice", "a", "a"),
    ("choices", ["b", "a", "b"], ["b", "a"]),
    ("country", "b", "b"), ("boolean", "on", True), ("boolean", False, False), ("declaration", "true", True),
])
def test_values_are_kept_in_one_form(kind: str, raw: Any, kept: Any) -> None:
    assert clean(field(kind), raw) == kept
    assert clean(field(kind), kept) == kept, "cleaning twice changes nothing"


@pytest.mark.parametrize(("kind", "raw"), [
    ("text", "字" * 201), ("latin_name", "王"), ("latin_name", "WEBER1"), ("passport_number", "AB12"), ("passport_number", "护照12345"),
    ("date", "2026-02-30"), ("date", "20.11.2026x"), ("date", "0001-01-01"), ("month", "2026-13"), ("email", "a@b"), ("phone", "12345"),
    ("phone", "abc"), ("money", "-1"), ("money", "1.234"), ("money", "1e9"), ("money", "9" * 15), ("integer", "1.5"), ("decimal", "NaN"),
    ("choice", "c"), ("choices", ["a", "z"]), ("country", "XXX"), ("boolean", "maybe"), ("text", ["a"]), ("money", True), ("date", 5),
])
def test_what_cannot_be_kept_says_why_in_both_languages(kind: str, raw: Any) -> None:
    with pytest.raises(Invalid) as refused:
        clean(field(kind), raw)
    assert refused.value.message.zh
    assert refused.value.message.en


@pytest.mark.parametrize(("typed", "suggested"), [("Müller", "MUELLER"), ("Søren", "SOEREN"), ("Núñez", "NUNEZ")])
def test_names_with_marks_are_told_how_the_passport_prints_them(typed: str, suggested: str) -> None:
    with pytest.raises(Invalid) as refused:
        clean(field("latin_name"), typed)
    assert suggested in refused.value.message.en
    assert suggested in refused.value.message.zh


def test_values_in_words() -> None:
    assert in_words(field("choices"), ["a", "b"]) == Text("甲、乙", "Alpha, Beta")
    assert in_words(field("boolean"), True).zh == "是"
    assert in_words(field("money", unit_label=Text("元/月", "CNY a month")), "40000.00") == Text("40,000.00元/月", "40,000.00 CNY a month")
    assert in_words(field("text"), None) == Text("", "")
