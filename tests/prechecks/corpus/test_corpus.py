"""A part of the corpus in every run of the tests: a text of each kind and a document with each fault. All of it: `make bench-prechecks`."""

import pytest

from laihua.prechecks.kind import kinds
from tests.prechecks.corpus import documents, making
from tests.prechecks.corpus.documents import Sample
from tests.prechecks.corpus.judging import judge

EVERY = documents.samples()
TEXTS = [s for s in documents.samples("first") if not s.scan]
CLEAN = list({s.kind: s for s in TEXTS if not s.fault.name}.values())
FAULTY = list({s.fault.name: s for s in TEXTS if s.fault.name}.values())


def test_there_are_at_least_four_hundred_documents_of_every_kind_with_every_fault():
    assert len(EVERY) >= 400
    assert {s.kind for s in EVERY} == set(kinds())
    assert {s.fault.name for s in EVERY} >= documents.FAULTS.keys() | {"grey", "unreadable", ""}
    assert {s.how for s in EVERY} >= {"text", "scan", "turned 90°", "leaning 3°", "grey", "photographed", "blurred"}
    assert {s.scan.dpi for s in EVERY if s.scan} == {100, 120, 150, 200}


def test_the_same_documents_come_out_every_time():
    again = documents.samples()
    assert [s.name for s in again] == [s.name for s in EVERY]
    for at in (0, next(n for n, s in enumerate(EVERY) if s.scan)):
        assert EVERY[at].content() == again[at].content()


def test_no_layout_belongs_to_two_groups():
    names = [(kind, layout) for group in making.GROUPS for kind, some in making.layouts(group).items() for layout in some]
    assert len(making.layouts("held back")) >= 15
    assert len(names) >= 100


@pytest.mark.req("PRE-4")
@pytest.mark.parametrize("sample", CLEAN, ids=lambda s: s.kind)
def test_a_clean_document_yields_no_doubt_and_each_wrong_answer_is_seen(sample: Sample):
    judged = judge(sample)
    assert judged.refused == []
    assert judged.said == []
    assert [t.carried for t in judged.tried if t.after in ("", "pass")] == []
    assert judged.tried


@pytest.mark.req("PRE-3")
@pytest.mark.req("PRE-5")
@pytest.mark.parametrize("sample", FAULTY, ids=lambda s: s.fault.name)
def test_each_fault_is_found_by_the_check_that_is_there_for_it(sample: Sample):
    assert judge(sample).level in ("doubt", "mismatch")
