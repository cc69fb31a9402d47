"""The whole way on real parts: a document with text is uploaded, read in its child, recognised, compared, and mended by a click."""

from datetime import datetime
from typing import Any

import pytest

from laihua.cases import actions, queries
from laihua.cases.models import Case
from laihua.kernel import jobs
from tests import world as building
from tests.cases.prechecks import document, finding, paper, remembered, seen
from tests.world import World

pytestmark = pytest.mark.django_db


def filled(kind: str, **changes: Any) -> dict[str, Any]:
    """What the form says if it agrees with the paper."""
    return building.complete_answers(**paper(kind)[0].form.answers | changes)


def uploaded(world: World, at: datetime, key: str, content: bytes, answers: dict[str, Any]) -> Case:
    case = building.draft(world, at, answers)
    actions.upload_material(case_id=case.id, key=key, name=f"{key}.pdf", content=content, actor=world.handler, at=at)
    jobs.run_waiting(reading=True)
    return case


@pytest.mark.req("PRE-4", "PRE-6", "WP-5")
def test_a_passport_number_that_differs_by_one_digit(world: World, at: datetime) -> None:
    sample, content = paper("passport")
    right = sample.form.answers["passport_number"]
    wrong = right[:-1] + str((int(right[-1]) + 5) % 10)
    case = uploaded(world, at, "passport", content, filled("passport", passport_number=wrong))
    found = seen(case, "handler", world, at)
    assert not found.broken
    assert [one.key for one in found.open] == ["fields:passport:passport_number"], [str(one.text) for one in found.open]
    one = finding(found)
    assert (one.level, one.given, one.read) == ("mismatch", wrong, right)
    place = one.finding.places[0]
    assert place.page == 1
    assert place.box is not None
    assert 0 < place.box.width < 0.9
    actions.answer_finding(case_id=case.id, key=one.key, digest=one.digest, how="adopt", actor=world.handler, at=at)
    assert Case.objects.get(id=case.id).answers["passport_number"] == right
    after = seen(case, "handler", world, at)
    assert (after.open, finding(after).level) == ((), "pass")


@pytest.mark.req("PRE-6")
def test_an_officer_reads_no_number_that_the_review_hides(world: World, at: datetime) -> None:
    """The text of a real check is written from both values; none of them stays in it."""
    sample, content = paper("passport")
    right = sample.form.answers["passport_number"]
    wrong = right[:-1] + str((int(right[-1]) + 5) % 10)
    case = uploaded(world, at, "passport", content, filled("passport", passport_number=wrong))
    Case.objects.filter(id=case.id).update(submitted_at=at)
    case.proceedings.update(step="pre_review")
    dossier = queries.dossier(case.id, actor=world.pre_reviewer, at=at)
    shown = queries.findings_of(dossier)
    assert finding(shown).level == "mismatch"
    for one in shown.findings:
        for words in (one.text.zh, one.text.en, one.given, one.read):
            assert right not in words
            assert wrong not in words
            assert right[2:-2] not in words


@pytest.mark.req("PRE-3")
def test_a_document_in_the_wrong_slot_is_told(world: World, at: datetime) -> None:
    case = uploaded(world, at, "passport", paper("labour_contract")[1], filled("passport"))
    found = seen(case, "handler", world, at)
    assert [one.key for one in found.open] == ["kind:passport:"]
    assert finding(found, "kind:passport:").level == "mismatch"
    assert finding(found, "kind:passport:").read == "劳动合同"


def test_the_form_that_is_signed_is_looked_at_for_its_seal(world: World, at: datetime) -> None:
    """It is no kind that is read: nothing but seal and signature is looked for."""
    case = building.draft(world, at, building.complete_answers())
    slot = queries.dossier(case.id, actor=world.handler, at=at).service.slots()["application_form"]
    assert (slot.reads, slot.expects) == ("", {"seal", "signature"})
    building.put_file(case.id, slot, world.handler, at)
    file = case.materials.get(key="application_form").current
    assert file is not None
    remembered(case, "application_form", document("degree", name="ANYBODY"))
    found = seen(case, "handler", world, at)
    assert not found.broken
    assert {one.finding.check: one.level for one in found.findings if one.finding.slot == "application_form"} == {
        "seal": "doubt", "signature": "doubt", "legible": "pass"}


def test_no_two_findings_have_one_key(world: World, at: datetime) -> None:
    case = uploaded(world, at, "passport", paper("passport")[1], filled("passport"))
    actions.upload_material(
        case_id=case.id, key="contract", name="contract.pdf", content=paper("labour_contract")[1], actor=world.handler, at=at)
    jobs.run_waiting(reading=True)
    found = seen(case, "handler", world, at)
    assert not found.broken
    keys = [one.key for one in found.findings]
    assert len(keys) == len(set(keys)) > 12
    assert {slot.state for slot in found.slots if slot.key in ("passport", "contract")} == {"done"}
