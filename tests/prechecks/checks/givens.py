"""Documents as they are remembered, made by hand, with what a service asks of them. Invented people only."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from laihua.kernel.texts import Text
from laihua.prechecks.checks import checks
from laihua.prechecks.document import Document, KindSeen, Page
from laihua.prechecks.findings import Asks, Compares, Finding, Given
from laihua.prechecks.kind import Found
from laihua.prechecks.words import Box

TODAY = date(2026, 11, 20)
BOX = Box(0.1, 0.1, 0.3, 0.12)
LOWER = Box(0.1, 0.8, 0.9, 0.82)
SEX = {"1": Text("男", "Male"), "2": Text("女", "Female"), "9": Text("未说明", "Unspecified")}
DEGREE = {"bachelor": Text("学士", "Bachelor"), "master": Text("硕士", "Master")}
PASSPORT = {
    "number": "passport_number", "surname": "surname", "given_names": "given_names", "birth_date": "birth_date",
    "sex": "sex",
    "nationality": "nationality", "expires_on": "passport_expiry",
}
RIGHT: dict[str, Any] = {
    "passport_number": "EM7204138", "surname": "LINDQVIST", "given_names": "SOEREN MIKAEL", "birth_date": "1985-03-14",
    "sex": "1",
    "nationality": "SWE", "passport_expiry": "2029-06-21",
}
TYPES = {"passport_number": "passport_number", "surname": "latin_name", "given_names": "latin_name", "birth_date": "date", "sex": "choice",
         "nationality": "country", "passport_expiry": "date", "salary": "money", "contract_to": "date", "degree": "choice"}
LABELS = {"passport_number": Text("护照号", "Passport number"), "salary": Text("税前月薪", "Monthly pay before tax")}


def printed(value: str, text: str = "", *, page: int = 1, sure: float = 1.0, doubt: Text | None = None) -> Found:
    return Found(value, text or value, page, BOX, sure, "printed", doubt)


def zone(value: str, text: str = "", *, page: int = 1, doubt: Text | None = None) -> Found:
    return Found(value, text or value, page, LOWER, 1.0, "zone", doubt)


def page(number: int = 1, **changes: Any) -> Page:
    return replace(Page(number, "text", 30, 1.0, chinese=0.5), **changes)


def document(kind: str, fields: Mapping[str, Found | tuple[Found, ...]], *, seen: tuple[str, ...] | None = None,
             pages: tuple[Page, ...] = (page(),)) -> Document:
    """`seen`: what it was recognised as, the likeliest first; the kind itself where nothing is said."""
    kinds = tuple(KindSeen(one, 0.9 - 0.1 * n, (1,)) for n, one in enumerate((kind,) if seen is None else seen))
    carried = {key: found if isinstance(found, tuple) else (found,) for key, found in fields.items()}
    return Document(len(pages), kinds, {kind: carried}, pages)


def passport(**changes: Found | tuple[Found, ...]) -> Document:
    fields: dict[str, Any] = {
        "number": (printed("EM7204138"), zone("EM7204138")), "surname": (printed("LINDQVIST"), zone("LINDQVIST")),
        "given_names": (printed("SÖREN MIKAEL"), zone("SOEREN MIKAEL")),
        "birth_date": (printed("1985-03-14", "14 MAR 1985"), zone("1985-03-14")),
        "sex": (printed("M"), zone("M")), "nationality": (printed("SWE", "SWEDISH"), zone("SWE")),
        "expires_on": (printed("2029-06-21", "21 JUN 2029"), zone("2029-06-21")),
    }
    return document("passport", {key: found for key, found in (fields | changes).items() if found})


def given(read: Document, kind: str, compares: Mapping[str, str | tuple[str, ...]] | None = None, answers: Mapping[str, Any] | None = None,
          *, until: date = TODAY, slot: str = "", **asks: Any) -> Given:
    fields = tuple(Compares((to,) if isinstance(to, str) else to, key) for key, to in (compares or {}).items())
    named = {field for one in fields for field in one.fields}
    return Given(
        Asks(slot or kind, Text(f"材料{slot or kind}", f"Document {slot or kind}"), kind, fields, **asks), read, answers or {},
        {field: LABELS.get(field, Text(field, field)) for field in named}, {field: TYPES.get(field, "text") for field in named}, until,
        {field: codes for field, codes in (("sex", SEX), ("degree", DEGREE)) if field in named},
    )


def passport_given(read: Document | None = None, **answers: Any) -> Given:
    return given(read or passport(), "passport", PASSPORT, RIGHT | answers)


def found_by(check: str, one: Given, *others: Given) -> list[Finding]:
    every = {g.asks.slot: g for g in (one, *others)}
    return list(checks()[check](one, every))


def only(check: str, one: Given, *others: Given) -> Finding:
    (finding,) = found_by(check, one, *others)
    return finding
