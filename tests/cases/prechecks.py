"""Documents as if they had been read, and one plain check: what cases do with findings hangs on neither kinds nor checks."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from laihua.cases import queries
from laihua.cases.models import Case, DocumentRead
from laihua.cases.queries import Noted, Precheck
from laihua.kernel.texts import Text
from laihua.prechecks.document import Document, KindSeen, Page
from laihua.prechecks.findings import Finding, Given, Place
from laihua.prechecks.kind import Found
from laihua.prechecks.remembered import document_to_json
from laihua.prechecks.words import Box
from tests.prechecks.corpus import documents, making
from tests.prechecks.corpus.documents import Sample
from tests.world import World

THERE = Box(0.1, 0.2, 0.4, 0.25)
ON_FORM, ON_PAPER = "EM7204138", "EM7204188"      # a digit was misread or mistyped


@cache
def paper(kind: str) -> tuple[Sample, bytes]:
    """A clean one of the corpus, of its first layout."""
    sample = next(s for s in documents.of_group(next(iter(making.GROUPS))) if s.kind == kind and not s.scan and not s.fault.name)
    return sample, sample.content()


def document(kind: str = "passport", **carried: str) -> Document:
    fields = {key: (Found(value, value, 1, THERE),) for key, value in carried.items()}
    return Document(1, (KindSeen(kind, 0.95, (1,)),), {kind: fields}, (Page(1, "text", 30, 1.0),))


def remembered(case: Case, key: str, found: Document | None = None, **changes: Any) -> DocumentRead:
    """The document of a slot was read, and this was found. Without a document it waits."""
    read = DocumentRead.objects.get(case=case, file__material__key=key, file__material__current_id__isnull=False)
    read.state = DocumentRead.State.DONE if found else DocumentRead.State.WAITING
    read.found = document_to_json(found) if found else None
    for name, value in changes.items():
        setattr(read, name, value)
    read.save()
    return read


def compared(given: Mapping[str, Given]) -> list[Finding]:
    """Stands for all checks: what a document carries against the fields of the form, letter by letter."""
    return [one for slot in given.values() for one in of_slot(slot)]


def of_slot(given: Given) -> list[Finding]:
    kind, findings = given.asks.kind, []
    for compares in given.asks.compares:
        for found in given.document.found(kind, compares.carried)[:1]:
            said = " ".join(str(given.answers.get(key, "")) for key in compares.fields).strip()
            same = said == found.value
            findings.append(Finding(
                "fields", given.asks.slot, "pass" if same else "mismatch", given.labels[compares.fields[0]],
                Text(f"填的是{said}，材料上是{found.value}", f"The form says {said}, the document {found.value}"),
                form_field=compares.fields[0], carried=compares.carried, given=said, read=found.value,
                suggests={} if same or len(compares.fields) > 1 else {compares.fields[0]: found.value},
                places=(Place(found.page, found.box),),
            ))
    return findings


def seen(case: Case, who: str, world: World, at: datetime, **options: Any) -> Precheck:
    dossier = queries.dossier(case.id, actor=getattr(world, who), at=at)
    return queries.findings_of(dossier.at_hand() if dossier.is_applicant else dossier, **options)


def finding(precheck: Precheck, key: str = "fields:passport:passport_number") -> Noted:
    found = precheck.finding(key)
    assert found is not None, [one.key for one in precheck.findings]
    return found
