"""A part of the corpus in every run of the tests: a text of each kind and a document with each fault. All of it: `make bench-prechecks`."""

from pathlib import Path

import pytest

from laihua.catalog.checks import load_all
from laihua.prechecks.kind import kinds
from tests.prechecks.corpus import asks, documents, making
from tests.prechecks.corpus.documents import Sample
from tests.prechecks.corpus.judging import judge

SERVICES = Path(__file__).parents[3] / "services"
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
    for at in (0, next(n for n, s in enumerate(EVERY) if s.scan and s.scan.dpi == 100)):
        assert EVERY[at].content() == again[at].content()


def test_every_layout_belongs_to_one_group_and_the_blind_ones_share_no_name_with_others():
    files = [name for group in making.GROUPS.values() for name in group]
    assert sorted(files) == sorted(file.stem for file in making.FOLDER.glob("*.typ") if file.stem not in ("lib", "main"))
    of = {group: {(kind, name) for kind, names in making.layouts(group).items() for name in names} for group in making.GROUPS}
    assert not of["blind"] & (of["first"] | of["second"] | of["third"])
    assert all(len(names) >= 2 for names in making.layouts("blind").values())
    assert len(making.layouts("blind")) >= 16


def test_whatever_a_service_compares_is_compared_here():
    """Also who has to sign, seal or certify. Kinds that are only told apart carry nothing to compare."""
    services = [loaded.service for loaded in load_all(SERVICES) if loaded.service]
    read = [slot for service in services for slot in service.slots().values() if slot.reads]
    assert len([slot for slot in read if slot.compares]) >= 30
    for slot in read:
        assert {c.carried for c in slot.compares} <= asks.COMPARES.get(slot.reads, {}).keys(), slot.key
        if slot.reads in asks.COMPARES:
            assert slot.expects <= asks.EXPECTS.get(slot.reads, frozenset()), slot.key
            assert not slot.certified or slot.reads in asks.CERTIFIED, slot.key


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
