"""What a service asks pre-review to look at, as it is declared, and every name in it that stands for nothing."""

from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest

from laihua.catalog import checks_of_prechecks
from laihua.catalog.loader import load
from laihua.kernel.texts import Text
from laihua.prechecks.findings import Agrees, Compares
from laihua.prechecks.kind import Carried, Kind
from tests.catalog.service import SERVICE, write

NAME = Text("名", "Name")
PASSPORT, LETTER = "key: passport, title", "key: letter, title"


def kind(id: str, *carries: str) -> Kind:
    return Kind(id, NAME, tuple(Carried(c, NAME, "text") for c in carries), lambda leaf: 0.0, lambda reading: {})


KINDS = MappingProxyType({
    "passport": kind("passport", "passport_number", "number", "name"), "reference_letter": kind("reference_letter", "number"),
})


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks_of_prechecks, "kinds", lambda: KINDS)


def declared(passport: str = "reads: passport", letter: str = "reads: reference_letter") -> str:
    """The service with more keys on two of its materials; `letter` stands two lines below `passport`."""
    return SERVICE.replace(PASSPORT, f"{passport}, {PASSPORT}").replace(LETTER, f"{letter}, {LETTER}")


def test_what_is_declared_is_there(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, declared(
        "reads: passport, compares: {number: passport_number, name: [surname, note]}, agrees: {number: [letter.number, letter.number]}, "
        "certified: \"location == 'inside'\", expects: [seal, signature]", "reads: reference_letter")))
    assert loaded.definition is not None, loaded.faults
    slot = loaded.definition.service.slots()["passport"]
    assert slot.compares == (Compares(("passport_number",), "number"), Compares(("surname", "note"), "name"))
    assert slot.agrees == (Agrees("number", "letter", "number"),) * 2
    assert slot.expects == {"seal", "signature"}


def test_a_list_compares_what_has_one_key(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, declared("reads: passport, compares: [passport_number]")))
    assert loaded.service is not None, loaded.faults
    assert loaded.service.slots()["passport"].compares == (Compares(("passport_number",), "passport_number"),)


def test_a_certification_hangs_on_the_answers(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, declared("reads: passport, certified: \"location == 'inside'\"")))
    assert loaded.definition is not None, loaded.faults
    for location, wanted in (("inside", True), ("outside", False)):
        names = loaded.definition.context({"location": location}, date(2026, 11, 20))
        assert loaded.definition.is_certified("passport", names) is wanted
        assert loaded.definition.is_certified("letter", names) is False


@pytest.mark.parametrize(("passport", "message", "remedy"), [
    ("reads: pasport", "unknown kind of document “pasport”", "passport"),
    ("reads: skill_certificate, compares: {number: passport_number}", "no document is read for material “passport”", "reads: passport"),
    ("reads: skill_certificate, certified: true", "no document is read for it", "reads: degree"),
    ("accept: photo, expects: [seal]", "expects something of a photograph", ""),
    ("reads: passport, compares: [passport_numbr]", "unknown key of passport “passport_numbr”", "passport_number"),
    ("reads: passport, compares: {number: pasport_number}", "unknown field “pasport_number”", "passport_number"),
    ("reads: passport, compares: {number: employer_name}", "unknown field “employer_name”", "employer"),
    ("reads: passport, compares: {nummer: passport_number}", "unknown key of passport “nummer”", "number"),
    ("reads: passport, compares: {number: []}", "names nothing", "field"),
    ("reads: passport, compares: number", "must be a mapping", ""),
    ("reads: passport, compares: [{number: passport_number}]", "must name fields", ""),
    ("compares: {number: passport_number}", "no document is read for material “passport”", "reads: passport"),
    ("reads: passport, agrees: {number: leter.number}", "unknown material “leter”", "letter"),
    ("reads: passport, agrees: {number: letter.numbr}", "unknown key of reference_letter “numbr”", "number"),
    ("reads: passport, agrees: {number: letter}", "“letter” names no material", "contract.employer"),
    ("reads: passport, agrees: {number: visa_page.number}", "no document is read for material “visa_page”", ""),
    ("reads: passport, agrees: {number: passport.number}", "agrees with itself", ""),
    ("reads: passport, expects: [seel]", "unknown value for “expects” “seel”", "seal"),
    ("reads: passport, certified: \"locatoin == 'inside'\"", "unknown name “locatoin”", "location"),
])
def test_a_name_that_stands_for_nothing_is_told_with_its_line(tmp_path: Path, passport: str, message: str, remedy: str) -> None:
    text = declared(passport)
    line = text[: text.index(PASSPORT)].count("\n") + 1
    faults = [f for f in load(write(tmp_path, text)).faults if message in f.message]
    assert [f.line for f in faults] == [line], [str(f) for f in load(write(tmp_path, text)).faults]
    assert remedy in faults[0].remedy
