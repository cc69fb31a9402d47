"""What pre-review says of a document of the corpus, on its real path: gate, reading, what is remembered, checks."""

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from random import Random
from typing import Any

from laihua.prechecks import gate, reading
from laihua.prechecks.checks import examine
from laihua.prechecks.document import Document, remember
from laihua.prechecks.findings import Finding
from laihua.prechecks.words import Reading
from tests.prechecks.corpus import making
from tests.prechecks.corpus.asks import TYPES, form, wrong
from tests.prechecks.corpus.documents import Sample

LIMIT = 2**23


@dataclass(slots=True)
class Tried:
    """One answer of the form made wrong: what the comparison said before and then."""

    carried: str
    type: str
    before: str
    after: str


@dataclass(slots=True)
class Judged:
    """`said`: doubts and mismatches as (check, level, carried, given, read). `level`: how the seeded fault was found, "" for not."""

    name: str
    kind: str
    layout: str
    group: str
    how: str
    dpi: int
    fault: str
    check: str
    pages: int = 0
    by_ocr: int = 0
    gate_seconds: float = 0.0
    reading_seconds: float = 0.0
    checking_seconds: float = 0.0
    refused: list[str] = field(default_factory=list)
    problem: str = ""
    seen: list[str] = field(default_factory=list)
    said: list[tuple[str, str, str, str, str]] = field(default_factory=list)
    passed: dict[str, int] = field(default_factory=dict)
    level: str = ""
    tried: list[Tried] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


Reader = Callable[[bytes], tuple[Reading, str]]


def judge(sample: Sample, *, read_with: Reader | None = None) -> Judged:
    """`read_with`: what reads the file, in place of all its pages read at once."""
    content = sample.content()
    judged = Judged(sample.name, sample.kind, sample.layout, sample.group, sample.how, sample.scan.dpi if sample.scan else 0,
                    sample.fault.name, "/".join(sample.fault.check) or "gate" * bool(sample.fault.gate))
    at_gate = gate.inspect(content, name="document.pdf", accept="pdf", max_bytes=LIMIT, colour=sample.how == "grey")
    judged.gate_seconds, judged.pages = at_gate.seconds, at_gate.pages
    judged.refused = [problem.code for problem in at_gate.problems]
    if judged.refused:
        judged.level = "refused" if sample.fault.gate in judged.refused else ""
        return judged
    began = time.perf_counter()
    read, judged.problem = (read_with or whole)(content)
    judged.reading_seconds = time.perf_counter() - began
    judged.by_ocr = sum(leaf.by == "ocr" for leaf in read.leaves)
    began = time.perf_counter()
    slot = sample.form.asks.kind
    document = remember(read, slot)
    findings = findings_of(sample, document)
    judged.checking_seconds = time.perf_counter() - began
    judged.seen = [seen.id for seen in document.seen]
    for finding in findings:
        if finding.level == "pass":
            judged.passed[finding.check] = judged.passed.get(finding.check, 0) + 1
        else:
            judged.said.append((finding.check, finding.level, finding.carried, finding.given, finding.read))
    judged.level = found(sample, findings)
    if sample.form.kind == sample.kind and not sample.fault.gate:
        judged.tried = list(tried(sample, document, findings))
    return judged


def whole(content: bytes, *, ocr: bool = True) -> tuple[Reading, str]:
    """All pages, however many turns that takes."""
    leaves, begin, pages, codes = [], 1, 0, ()
    while True:
        portion = reading.read(content, begin=begin, ocr=ocr)
        leaves += portion.reading.leaves
        pages, codes = portion.reading.pages, codes or portion.reading.codes
        if portion.next is None:
            return Reading(pages, tuple(leaves), codes), portion.problem.code if portion.problem else ""
        begin = portion.next


def findings_of(sample: Sample, document: Document) -> list[Finding]:
    """Of this document alone; another one of the case is right, and stands beside it as text."""
    given = {sample.form.kind: sample.form.given(document)}
    if sample.beside:
        other = form(sample.beside, making.layouts()[sample.beside][0], sample.made)
        given[sample.beside] = other.given(beside(sample))
    return [f for f in examine(given) if f.slot == sample.form.kind]


def beside(sample: Sample) -> Document:
    """The right document of the same person."""
    printed = dict(sample.made.printed) | {"passport_number": sample.made.values["passport_number"]}
    pdf = making.typeset(sample.beside, making.layouts()[sample.beside][0], printed, font=sample.number)
    return remember(whole(pdf, ocr=False)[0], sample.beside)


def found(sample: Sample, findings: list[Finding]) -> str:
    """The level of what the right check says of the seeded fault."""
    fault = sample.fault
    levels = [f.level for f in findings if f.check in fault.check and f.level != "pass" and fault.carried in ("", f.carried)]
    return "mismatch" if "mismatch" in levels else "doubt" if levels else ""


def tried(sample: Sample, document: Document, findings: list[Finding]) -> Iterator[Tried]:
    """Each answer that the document carries is made wrong in turn: the comparison has to see every one."""
    rng = Random(sample.number)
    for compares in sample.form.asks.compares:
        if not any(compared(sample.form.answers, one) for one in compares.fields):
            continue
        altered = sample.form.altered(**wrong(sample.form, compares.carried, rng))
        before = level_of(findings, compares.carried)
        after = level_of(examine({altered.kind: altered.given(document)}), compares.carried)
        yield Tried(compares.carried, TYPES.get(compares.fields[0], "text"), before, after)


def compared(answers: dict[str, Any], one: str) -> bool:
    return bool(answers.get(one))


def level_of(findings: list[Finding], carried: str) -> str:
    return next((f.level for f in findings if f.check == "fields" and f.carried == carried), "")
