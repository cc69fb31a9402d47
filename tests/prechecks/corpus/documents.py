"""The documents of the corpus: every layout clean and with seeded faults, as text and as scan. The same ones on every run.

A document says what is wrong with it and which check has to say so. What is only badly scanned, but legible, has no fault.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from laihua.prechecks.findings import Agrees
from tests.prechecks.corpus import asks, making
from tests.prechecks.corpus.asks import EXPECTS, ISSUED_WITHIN, MIN_LEFT, Form, digit, form, other_given, wrong
from tests.prechecks.corpus.people import TODAY, Facts, facts, months_on, styles, td3
from tests.prechecks.corpus.scanning import Scan, scanned

SEED = 20261112
EXPIRES = {"passport": "p_expires", "residence_permit": "r_expires", "labour_contract": "ends", "identity_card": "c_to",
    "residence_card": "card_to",
           "work_permit": "w_to"}
ISSUED = {"police_record": "police", "medical_certificate": "medical", "commission_letter": "stamped"}
NUMBERS = ("passport_number", "number", "credit_code")


@dataclass(frozen=True, slots=True)
class Fault:
    """`check`: whose finding it is, by one of these names; `carried`: about what, where that can be said. `gate`: refused at upload."""

    name: str
    check: tuple[str, ...] = ()
    carried: str = ""
    gate: str = ""


CLEAN = Fault("")


@dataclass(frozen=True, slots=True)
class Sample:
    number: int
    kind: str
    layout: str
    group: str
    made: Facts
    form: Form                          # of the slot, which is of another kind for a wrong document
    fault: Fault = CLEAN
    scan: Scan | None = None
    beside: str = ""                    # the kind of a further document of the same case, which is right

    @property
    def how(self) -> str:
        scan = self.scan
        if not scan:
            return "text"
        ways = ((scan.turned, f"turned {scan.turned}°"), (abs(scan.lean) > 1, "leaning 3°"), (scan.photographed, "photographed"),
                (scan.grey, "grey"), (scan.blur, "blurred"))
        return next((way for is_so, way in ways if is_so), "scan")

    @property
    def name(self) -> str:
        dpi = f"{self.scan.dpi} dpi" if self.scan else ""
        return " ".join(part for part in (f"{self.number:03}", self.kind, self.layout, self.how, dpi, self.fault.name) if part)

    def content(self) -> bytes:
        pdf = making.typeset(self.kind, self.layout, self.made.printed, font=self.number, group=self.group)
        return scanned(pdf, self.scan) if self.scan else pdf


def samples(*groups: str) -> list[Sample]:
    return [sample for group in groups or making.GROUPS for sample in of_group(group)]


def of_group(group: str) -> Iterator[Sample]:
    """Each group has a seed and numbers of its own: its documents are the same whatever becomes of the others."""
    at = list(making.GROUPS).index(group)
    rng, number = Random(SEED + at), 500 * at
    every = [(kind, layout) for kind, names in making.layouts(group).items() for layout in names]
    for turn, (kind, layout) in enumerate(every):
        for sample in of_layout(kind, layout, group, turn, rng):
            number += 1
            yield replace(sample, number=number)


def of_layout(kind: str, layout: str, group: str, turn: int, rng: Random) -> Iterator[Sample]:
    """A clean text, a text with each fault, and scans: a clean one, one with a fault or badly scanned, or both, by turns."""
    def plain() -> Sample:
        made = facts(rng.randrange(10**6))
        return Sample(0, kind, layout, group, made, form(kind, layout, made))

    faults = [name for name in FAULTS if applies(name, kind, layout)]
    yield plain()
    for name in faults:
        for _ in range(3 if name in RARE else 1):
            yield FAULTS[name](plain(), rng)
    clean = replace(plain(), scan=Scan(dpi(rng), seed=rng.randrange(10**6)))
    way = WAYS[turn // 2 % len(WAYS)]
    bad = replace(plain(), scan=replace(way, dpi=max(dpi(rng), 150 if way.photographed else 0), seed=rng.randrange(10**6)))
    if way.grey:
        bad = replace(bad, fault=Fault("grey", gate="no_colour"))
    elif way.blur:
        bad = replace(bad, fault=Fault("unreadable", ("legible",), gate="blurred_page"))
    elif way == Scan():
        bad = FAULTS[rng.choice(faults)](bad, rng)
    if group != "second" or turn % 2:
        yield clean
    if group != "first" or turn % 2:
        yield bad


WAYS = (Scan(turned=90), Scan(lean=3.0), Scan(), Scan(photographed=True), Scan(blur=0.035), Scan(), Scan(lean=-3.0),
    Scan(grey=True), Scan(),
        Scan(turned=270), Scan(), Scan(photographed=True), Scan(turned=180))


def dpi(rng: Random) -> int:
    return rng.choices((100, 120, 150, 200), (15, 20, 30, 35))[0]


def remade(sample: Sample, **changes: Any) -> Sample:
    """The same document with other words in it. What is dated otherwise is so in the form as well."""
    seed_facts = Facts(dict(sample.made.values), dict(sample.made.printed))
    for key, value in changes.items():
        if isinstance(value, date):
            seed_facts.values[key], seed_facts.printed[key] = value.isoformat(), styles(value)
        else:
            seed_facts.printed[key] = value
    if "p_expires" in changes:
        seed_facts.printed["mrz"] = zone(seed_facts)
    return replace(sample, made=seed_facts, form=form(sample.kind, sample.layout, seed_facts))


def zone(made: Facts, **changes: str) -> list[str]:
    v = made.values | changes
    return td3(v["country"], v["surname"], v["given_names"], v["passport_number"], date.fromisoformat(v["birth"]), v["sex"],
               date.fromisoformat(v["p_expires"]))


def wrong_digit(sample: Sample, rng: Random) -> Sample:
    carried = next(key for key in NUMBERS if any(c.carried == key for c in sample.form.asks.compares))
    return replace(sample, form=sample.form.altered(**wrong(sample.form, carried, rng)), fault=Fault("wrong digit", ("fields",),
        carried))


def swapped_names(sample: Sample, rng: Random) -> Sample:
    """Surname and given names exchanged; where a document names the whole person, the given names of somebody else."""
    v = sample.made.values
    said = {"surname": v["given_latin"], "given_names": v["surname_latin"]}
    carried = "surname"
    if sample.kind != "passport":
        said = {"given_names": other_given(v["given_latin"], rng)}
        carried = "employee" if sample.kind == "labour_contract" else "name"
    return replace(sample, form=sample.form.altered(**said), fault=Fault("swapped names", ("fields",), carried))


def mismatched_position(sample: Sample, rng: Random) -> Sample:
    return replace(sample, form=sample.form.altered(position=sample.made.values["other_position"]),
        fault=Fault("mismatched position", ("fields",), "position"))


def expired(sample: Sample, rng: Random) -> Sample:
    return replace(remade(sample, **{EXPIRES[sample.kind]: TODAY - timedelta(days=rng.randint(2, 300))}), fault=Fault("expired",
        ("window",)))


def stale_by_a_day(sample: Sample, rng: Random) -> Sample:
    """Issued a day too early, or a day less left than is asked."""
    if sample.kind in ISSUED:
        changes = {ISSUED[sample.kind]: months_on(TODAY, -ISSUED_WITHIN[sample.kind]) - timedelta(days=1)}
    else:
        changes = {EXPIRES[sample.kind]: months_on(TODAY, MIN_LEFT[sample.kind]) - timedelta(days=1)}
    return replace(remade(sample, **changes), fault=Fault("stale by a day", ("window",)))


def missing_page(sample: Sample, rng: Random) -> Sample:
    return replace(remade(sample, pages=[rng.choice((1, 2))]), fault=Fault("missing page", ("pages",)))


def wrong_document(sample: Sample, rng: Random) -> Sample:
    kind = rng.choice([k for k in SLOTS if k != sample.kind])
    slot = form(kind, "", sample.made)
    return replace(sample, form=slot, fault=Fault("wrong document", ("kind",)))


def uncertified(sample: Sample, rng: Random) -> Sample:
    return replace(remade(sample, apostilled=False), fault=Fault("uncertified", ("certified",)))


def untranslated(sample: Sample, rng: Random) -> Sample:
    return replace(remade(sample, translated=False), fault=Fault("untranslated", ("certified",)))


def zone_differs(sample: Sample, rng: Random) -> Sample:
    number = sample.made.values["passport_number"]
    return replace(remade(sample, mrz=zone(sample.made, passport_number=digit(number, rng))), fault=Fault("zone differs",
        ("zone",)))


def unsealed(sample: Sample, rng: Random) -> Sample:
    return replace(remade(sample, sealed=False), fault=Fault("unsealed", ("seal",)))


def unsigned(sample: Sample, rng: Random) -> Sample:
    return replace(remade(sample, has_signature=False), fault=Fault("unsigned", ("signature",)))


def other_passport(sample: Sample, rng: Random) -> Sample:
    """The contract names another passport than the one in the case."""
    changed = remade(sample, passport_number=digit(sample.made.values["passport_number"], rng))
    asks = replace(changed.form.asks, agrees=(Agrees("passport_number", "passport", "number"),))
    return replace(changed, form=replace(changed.form, asks=asks), beside="passport", fault=Fault("differs from the passport",
        ("between",)))


FAULTS = {
    "wrong digit": wrong_digit, "swapped names": swapped_names, "mismatched position": mismatched_position, "expired": expired,
    "stale by a day": stale_by_a_day, "missing page": missing_page, "wrong document": wrong_document, "uncertified": uncertified,
    "untranslated": untranslated, "zone differs": zone_differs, "unsealed": unsealed, "unsigned": unsigned,
    "differs from the passport": other_passport,
}
RARE = frozenset({"mismatched position", "missing page", "uncertified", "untranslated", "zone differs", "unsigned",
    "differs from the passport"})
SLOTS = ("passport", "labour_contract", "degree", "police_record", "medical_certificate", "work_experience_letter",
    "business_licence", "identity_card",
         "marriage_certificate", "residence_permit")
PAGED = {("labour_contract", "model"), ("labour_contract", "bilingual"), ("labour_contract", "expert_standard")}
CERTIFIABLE = {
    ("degree", "parchment"), ("degree", "german"), ("degree", "transcript"), ("police_record", "fuehrungszeugnis"), ("police_record",
                                                                                                                     "letter"),
    ("degree", "latin"), ("degree", "french"), ("police_record", "court"), ("police_record", "state_police"),
    ("degree", "japanese_style"), ("police_record", "bilingual_form"),
    ("degree", "honours"), ("degree", "rector"), ("police_record", "certificate_grid"), ("police_record", "casier"),
}


def applies(fault: str, kind: str, layout: str) -> bool:
    """Whether a document of this layout can have the fault."""
    carries = asks.COMPARES[kind].keys() - asks.LACKS.get((kind, layout), frozenset())
    expects = EXPECTS.get(kind, frozenset())
    return {
        "wrong digit": bool(carries & set(NUMBERS)), "swapped names": kind == "passport" or asks.WHOLE in asks.COMPARES[kind].values(),
        "mismatched position": "position" in carries, "expired": kind in EXPIRES,
        "stale by a day": kind in ISSUED or MIN_LEFT.get(kind, 0) > 0,
        "missing page": (kind, layout) in PAGED, "wrong document": True, "uncertified": (kind, layout) in CERTIFIABLE,
        "untranslated": (kind, layout) in CERTIFIABLE, "zone differs": kind == "passport", "unsealed": "seal" in expects,
        "unsigned": "signature" in expects and kind != "fx_form", "differs from the passport": kind == "labour_contract",
    }[fault]
