"""What the form says and what a service asks of each kind, as the services of this hall declare it, and some more."""

from dataclasses import dataclass, replace
from random import Random
from typing import Any

from laihua.kernel.texts import Text
from laihua.prechecks.document import Document
from laihua.prechecks.findings import Asks, Compares, Given
from tests.prechecks.corpus.people import INVENTED, TODAY, Facts, facts, latin

WHOLE = ("surname", "given_names", "chinese_name")
# By kind and what it carries: the fields of the form. A test sees to it that no comparison of a service is left out.
COMPARES: dict[str, dict[str, tuple[str, ...]]] = {
    "passport": {"number": ("passport_number",), "surname": ("surname",), "given_names": ("given_names",),
        "birth_date": ("birth_date",),
                 "sex": ("sex",), "nationality": ("nationality",), "issued_on": ("passport_issue",),
                 "expires_on": ("passport_expiry",)},
    "residence_permit": {"number": ("visa_number",), "name": WHOLE, "passport_number": ("passport_number",),
        "expires_on": ("visa_expiry",)},
    "labour_contract": {"employer": ("unit_name",), "employee": WHOLE, "passport_number": ("passport_number",),
        "position": ("position",),
                        "position_en": ("position_en",), "from_date": ("contract_from",), "to_date": ("contract_to",),
                        "salary": ("salary_monthly",), "work_address": ("work_address",)},
    "degree": {"name": WHOLE, "school": ("school",), "degree": ("degree",), "major": ("major",)},
    "certification": {"number": ("certificate_number",), "issued_on": ("certified_on",), "name": ("full_name",)},
    "police_record": {"name": WHOLE, "passport_number": ("passport_number",), "birth_date": ("birth_date",)},
    "medical_certificate": {"name": WHOLE, "passport_number": ("passport_number",), "birth_date": ("birth_date",), "sex": ("sex",)},
    "work_experience_letter": {"name": WHOLE, "passport_number": ("passport_number",), "employer": ("old_employer",),
                               "from_date": ("old_from",), "to_date": ("old_to",)},
    "business_licence": {"organisation": ("unit_name",), "credit_code": ("unit_code",), "address": ("unit_address",),
                         "legal_representative": ("legal_representative",), "expires_on": ("licence_until",)},
    "unit_form": {"organisation": ("unit_name",)},
    "fx_form": {"organisation": ("unit_name",)},
    "identity_card": {"name": ("full_name",), "number": ("id_number",), "sex": ("sex",), "birth_date": ("birth_date",),
                      "address": ("address",), "expires_on": ("id_expiry",)},
    "residence_card": {"name": ("full_name",), "address": ("address",), "expires_on": ("permit_expiry",)},
    "household_register": {"name": ("full_name",), "number": ("id_number",), "sex": ("sex",), "birth_date": ("birth_date",)},
    "marriage_certificate": {"name": ("full_name",), "spouse": ("spouse_name",), "number": ("certificate_number",),
                             "registered_on": ("registered_on",)},
    "commission_letter": {"organisation": ("employer",), "name": ("full_name",), "stamped_on": ("commission_sealed",)},
    "work_permit": {"number": ("permit_number",), "name": WHOLE, "expires_on": ("permit_to",), "birth_date": ("birth_date",),
                    "nationality": ("nationality",), "category": ("category",), "employer": ("permit_unit",)},
    "birth_certificate": {"name": ("child_name",), "birth_date": ("birth_date",), "father": ("father",), "mother": ("mother",)},
    "tax_record": {"name": WHOLE, "organisation": ("unit_name",)},
}
MIN_LEFT = {"passport": 6, "residence_permit": 2, "labour_contract": 2, "identity_card": 2, "residence_card": 2, "work_permit": 0}
ISSUED_WITHIN = {"police_record": 6, "medical_certificate": 6, "commission_letter": 2}
SEALED, SIGNED = frozenset({"seal"}), frozenset({"seal", "signature"})
EXPECTS = {"labour_contract": SIGNED, "work_experience_letter": SIGNED, "unit_form": SIGNED, "fx_form": SIGNED,
    "commission_letter": SEALED}
CERTIFIED = frozenset({"degree", "police_record"})
# What a layout does not print, although others of its kind do.
LACKS: dict[tuple[str, str], frozenset[str]] = {
    ("labour_contract", "model"): frozenset({"position_en"}),
    ("labour_contract", "ticked"): frozenset({"position_en"}),
    ("certification", "service_centre"): frozenset({"number"}),
    ("police_record", "casier"): frozenset({"passport_number"}),
    ("business_licence", "without_term"): frozenset({"expires_on"}),
    ("business_licence", "office"): frozenset({"legal_representative"}),
    ("work_permit", "card"): frozenset({"employer"}),
} | {("certification", layout): frozenset({"name"}) for layout in (
    "apostille", "consular", "stamp_page", "french_apostille", "spanish_apostille", "british_table", "germanic")}
TYPES = {
    "passport_number": "passport_number", "birth_date": "date", "sex": "choice", "nationality": "country", "passport_issue": "date",
    "passport_expiry": "date", "visa_expiry": "date", "unit_name": "text", "position": "text", "position_en": "text",
    "salary_monthly": "money",
    "contract_from": "date", "contract_to": "date", "work_address": "address", "degree": "choice", "certified_on": "date",
    "old_from": "month",
    "old_to": "month", "unit_address": "address", "licence_until": "date", "address": "address", "id_expiry": "date",
    "permit_expiry": "date",
    "registered_on": "date", "commission_sealed": "date", "permit_to": "date", "surname": "latin_name", "given_names": "latin_name",
}
CODES = {
    "sex": {"1": Text("男", "Male"), "2": Text("女", "Female")},
    "degree": {"bachelor": Text("学士", "Bachelor"), "master": Text("硕士", "Master"), "doctor": Text("博士", "Doctor")},
    "category": {code: Text(f"{code}类", f"Category {code}") for code in "ABC"},
}
CHINESE = frozenset({"identity_card", "residence_card", "household_register", "commission_letter"})     # of a Chinese resident


@dataclass(frozen=True, slots=True)
class Form:
    """What a case says: the answers, and what its service asks of this document."""

    kind: str
    layout: str
    asks: Asks
    answers: dict[str, Any]

    def given(self, document: Document) -> Given:
        fields = {field for compares in self.asks.compares for field in compares.fields} | set(self.answers)
        labels = {field: Text(field, field) for field in fields}
        types = {field: TYPES.get(field, "text") for field in fields}
        return Given(self.asks, document, self.answers, labels, types, TODAY, {f: CODES[f] for f in fields if f in CODES})

    def altered(self, **answers: Any) -> "Form":
        return replace(self, answers=self.answers | answers)


def form(kind: str, layout: str, made: Facts, *, certified: bool | None = None) -> Form:
    """The form as somebody filled it in from the right papers. Where a layout lacks something, nobody compares it."""
    lacks = LACKS.get((kind, layout), frozenset())
    compares = tuple(Compares(fields, key) for key, fields in COMPARES[kind].items() if key not in lacks)
    asks = Asks(kind, Text(kind, kind), kind, compares, (), MIN_LEFT.get(kind), ISSUED_WITHIN.get(kind), EXPECTS.get(kind,
        frozenset()),
                kind in CERTIFIED if certified is None else certified)
    return Form(kind, layout, asks, answers(kind, layout, made.values))


def answers(kind: str, layout: str, v: dict[str, str]) -> dict[str, Any]:
    chinese = kind in CHINESE or (kind in {"marriage_certificate", "birth_certificate"} and layout not in ABROAD)
    sex, born = ("c_sex", "c_birth") if chinese else ("sex", "birth")
    name = v["full"]
    said: dict[str, Any] = {
        "surname": v["surname_latin"], "given_names": v["given_latin"], "chinese_name": v["chinese_name"], "sex": {"M": "1",
            "F": "2"}[v[sex]],
        "birth_date": v["child_birth" if kind == "birth_certificate" else born], "nationality": v["country"],
        "passport_number": v["passport_number"], "passport_issue": v["p_issued"], "passport_expiry": v["p_expires"],
        "visa_number": v["visa_number"], "visa_expiry": v["r_expires"], "unit_name": v["employer"], "unit_code": v["credit_code"],
        "unit_address": v["address"], "work_address": v["address"], "legal_representative": v["legal"],
        "licence_until": v["licence_to"],
        "position": v["position"], "position_en": v["position_en"], "contract_from": v["begins"], "contract_to": v["ends"],
        "salary_monthly": v["salary"], "school": v["school"], "degree": v["degree"], "major": v["major"],
        "certified_on": v["certified"],
        "old_employer": v["old_employer"], "old_from": v["old_from"][:7], "old_to": v["old_to"][:7],
        "full_name": v["c_name"] if chinese else name,
        "id_number": v["c_id"], "id_expiry": v["c_to"], "permit_expiry": v["card_to"],
        "spouse_name": v["spouse"] if chinese else f"Robin {v['surname']}",
        "registered_on": v["married"], "employer": v["employer"], "commission_sealed": v["stamped"],
        "permit_number": v["permit_number"],
        "permit_to": v["w_to"], "permit_unit": v["employer"],
        "category": v["category"], "address": v["c_address"] if kind == "identity_card" else v["c_home"],
        "child_name": v["c_child"] if chinese else f"Alexis {v['surname']}", "father": v["father"] if chinese else name,
        "mother": v["mother"] if chinese else f"Robin {v['surname']}",
        "certificate_number": v["marriage_number"] if kind == "marriage_certificate" else v["apostille_number"],
    }
    asked = {field for fields in COMPARES[kind].values() for field in fields}
    return {key: value for key, value in said.items() if key in asked and value}


ABROAD = frozenset({"abroad", "english", "extract", "registrar_grid"})


def wrong(form: Form, carried: str, rng: Random) -> dict[str, Any]:
    """Answers in which what compares with `carried` is wrong, in a way that people get it wrong."""
    fields = next(c.fields for c in form.asks.compares if c.carried == carried)
    other = facts(rng.randint(10**6, 10**7)).values
    if fields == WHOLE or fields == ("given_names",):
        return {"given_names": slip(form.answers["given_names"],
            rng) if rng.random() < 0.5 else other_given(form.answers["given_names"], rng)}
    (field,) = fields
    value = form.answers[field]
    kind = TYPES.get(field, "text")
    if kind in {"date", "month"}:
        return {field: shifted(value, rng) if kind == "date" else shifted(f"{value}-15", rng, rng.choice((1, 2)))[:7]}
    if field in {"passport_number", "visa_number", "id_number", "permit_number", "certificate_number", "unit_code"}:
        return {field: digit(value, rng)}
    pools = {
        "sex": ["1", "2"], "nationality": [land["code"] for land in INVENTED["countries"]], "degree": ["bachelor", "master",
            "doctor"],
        "category": list("ABC"), "position": [p[2] for p in INVENTED["positions"]],
        "position_en": [p[3] for p in INVENTED["positions"]],
        "unit_name": [e[0] for e in INVENTED["employers"]], "employer": [e[0] for e in INVENTED["employers"]],
        "permit_unit": [e[0] for e in INVENTED["employers"]],
        "unit_address": [e[2] for e in INVENTED["employers"]], "work_address": [e[2] for e in INVENTED["employers"]],
        "old_employer": INVENTED["old_employers"], "school": [s[0] for s in INVENTED["schools"]],
        "major": [m[0] for m in INVENTED["majors"]],
        "address": INVENTED["home_addresses"] + INVENTED["streets"], "salary_monthly": [str(int(other["salary"]) + 500)],
        "legal_representative": [p for p, _ in INVENTED["residents"]], "full_name": [p for p, _ in INVENTED["residents"]],
        "surname": [latin(person[0]) for land in INVENTED["countries"] for person in land["people"]],
        "spouse_name": ["何望舒", "Jamie Stillwater"], "child_name": ["何小满", "Jamie Stillwater"], "father": ["何望舒",
            "Jamie Stillwater"],
        "mother": ["何映雪", "Jamie Stillwater"],
    }
    return {field: rng.choice([one for one in pools[field] if one != value])}


def slip(name: str, rng: Random) -> str:
    """One letter wrong, in the middle of the name."""
    at = rng.choice([n for n, c in enumerate(name) if c.isalpha() and n])
    return name[:at] + rng.choice([c for c in "BDGKMPTVX" if c != name[at]]) + name[at + 1:]


def other_given(name: str, rng: Random) -> str:
    return latin(rng.choice([p[1] for land in INVENTED["countries"] for p in land["people"] if latin(p[1]) != name]))


def digit(number: str, rng: Random) -> str:
    """One digit wrong, or two neighbours exchanged."""
    places = [n for n, c in enumerate(number) if c.isdigit()]
    pairs = [n for n in places[:-1] if number[n + 1].isdigit() and number[n] != number[n + 1]]
    if pairs and rng.random() < 0.4:
        at = rng.choice(pairs)
        return number[:at] + number[at + 1] + number[at] + number[at + 2:]
    at = rng.choice(places)
    return number[:at] + rng.choice([d for d in "123456789" if d != number[at]]) + number[at + 1:]


def shifted(day: str, rng: Random, way: int | None = None) -> str:
    """The day, the month or the year wrong."""
    year, month, of_month = (int(part) for part in day.split("-"))
    way = rng.randrange(3) if way is None else way
    if way == 0:
        of_month = of_month + 1 if of_month < 28 else of_month - 1
    elif way == 1:
        month, of_month = month % 12 + 1, min(of_month, 28)
    else:
        year, of_month = year + rng.choice((-1, 1)), min(of_month, 28)
    return f"{year}-{month:02}-{of_month:02}"
