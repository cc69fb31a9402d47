"""沿用 on the page: offered with its source, one click, checked again when it is clicked."""

from datetime import timedelta

import pytest
from django.urls import reverse

from laihua.cases import actions, queries
from laihua.cases.models import Case, CaseEvent, MaterialFile, OriginalCheck
from laihua.kernel.actions import store_file
from laihua.kernel.texts import Refused
from tests import fx
from tests import world as building

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(world, at) -> Case:
    """Accepted half a year ago, with everything that the next case asks for again."""
    case = fx.at_window(world, at - timedelta(days=150), income_from="2025-06", income_to="2026-05")
    fx.tick_all(world, case, at - timedelta(days=150))
    actions.move(case_id=case.id, move="accept", actor=world.clerk, at=at - timedelta(days=150))
    case.refresh_from_db()
    return case


@pytest.fixture
def second(world, at, first) -> Case:
    return new_case(world, at, first)


def new_case(world, at, first) -> Case:
    Case.objects.filter(id=first.id).update(closed_at=at)
    return fx.draft(world, at, staff=first.staff)


def offers(case, actor, at):
    return queries.reusable(queries.dossier(case.id, actor=actor, at=at))


def page(world, case, who="handler") -> str:
    return world.client(who).get(reverse("applicant:materials", args=[case.id])).content.decode()


def test_a_new_draft_says_what_can_be_used_again_and_takes_it_with_one_button(world, at, first, second):
    html = page(world, second)
    assert "有3项材料以前交过、现在仍然有效，不用重新上传" in html
    assert first.number in html
    assert "有效期至2031-05-30" in html
    answer = world.client("handler").post(reverse("applicant:reuse-all", args=[second.id]))
    assert answer.status_code == 302
    taken = MaterialFile.objects.filter(material__case=second)
    assert {f.material.key for f in taken} == {"permit", "passport", "contract"}
    assert all(f.taken_from.material.case_id == first.id for f in taken)
    assert "沿用自 <a" in page(world, second)
    assert CaseEvent.objects.filter(case=second, move="reuse").count() == 3


def test_forms_of_a_case_and_what_has_no_kind_are_never_offered(world, at, second):
    assert set(offers(second, world.handler, at)) == {"permit", "passport", "contract"}


def test_one_document_at_a_time_and_only_what_is_offered(world, at, first, second):
    offer = offers(second, world.handler, at)["passport"]
    client, url = world.client("handler"), reverse("applicant:reuse", args=[second.id, "passport"])
    other = first.materials.get(key="contract").current_id
    for wrong in (other, "nonsense"):
        refused = client.post(url, {"file": str(wrong)})
        assert refused.status_code == 422
        assert "现在不能沿用" in refused.content.decode()
    assert client.post(url, {"file": str(offer.given.file_id)}).status_code == 302
    assert "passport" not in offers(second, world.handler, at)


def test_a_new_passport_is_asked_for_with_the_reason(world, at, first, second):
    actions.save_answers(case_id=second.id, changes={"passport_number": "EM9900001"}, base=second.revision, actor=world.handler, at=at)
    assert "另一份证件" in offers(second, world.handler, at)["passport"].why.zh
    assert "以前交过" in page(world, second)
    with pytest.raises(Refused) as refused:
        actions.reuse_material(case_id=second.id, key="passport", file_id=first.materials.get(key="passport").current_id,
                               actor=world.handler, at=at)
    assert "另一份证件" in refused.value.reasons[0].text.zh


def test_what_a_clerk_found_to_differ_and_what_was_returned_is_not_offered(world, at, first, second):
    passport = first.materials.get(key="passport")
    OriginalCheck.objects.filter(material_file=passport.current).update(matches=False)
    first.materials.filter(key="contract").update(status="returned")
    own = store_file(content=b"%PDF another", content_type="application/pdf", at=at)     # the others are one and the same content here
    MaterialFile.objects.filter(material__case=first, material__key="permit").update(stored=own)
    assert set(offers(second, world.handler, at)) == {"permit"}


def test_another_unit_sees_nothing_and_the_person_himself_his_own_papers(world, at, first):
    record = fx.units.enter_staff(
        unit_id=world.other_unit.id, record=fx.RECORD, source="imported", actor=world.stranger, at=at,
        account_id=world.subject.account_id,
    )
    theirs = actions.start_case(service_id=fx.ID, actor=world.stranger, at=at, staff_id=record.id)
    assert offers(theirs, world.stranger, at) == {}
    seen = queries.dossier(theirs.id, actor=world.subject, at=at)
    assert {g.number for g in [o.given for o in queries.reusable(seen).values()]} <= {first.number}


def test_sensitive_papers_ask_for_their_consent_again_and_a_day_of_issue_where_one_counts(world, at):
    earlier = building.submitted_case(world, at - timedelta(days=30), health_evidence="certificate")
    Case.objects.filter(id=earlier.id).update(closed_at=at)
    case = building.draft(world, at, building.complete_answers(health_evidence="certificate"))
    Case.objects.filter(id=case.id).update(subject_id=world.subject.account_id)
    found = offers(case, world.handler, at)
    assert found["police_record"].months == 6
    medical = found["medical"]
    assert (medical.consent, medical.months, medical.at_once) == (True, 6, False)
    take = {"case_id": case.id, "key": "medical", "file_id": medical.given.file_id, "actor": world.handler, "at": at}
    for wrong, code in (({}, "consent_again"), ({"consent": True}, "issued_on"),
                        ({"consent": True, "issued_on": at.date() - timedelta(days=200)}, "issued_on")):
        with pytest.raises(Refused) as refused:
            actions.reuse_material(**take, **wrong)
        assert refused.value.reasons[0].code == code
    assert actions.reuse_material(**take, consent=True, issued_on=at.date() - timedelta(days=60)).taken_from_id == medical.given.file_id


def test_the_officer_sees_where_it_comes_from(world, at, second):
    actions.reuse_all(case_id=second.id, actor=world.handler, at=at)
    building.fill_slots(world, second, at)
    actions.move(case_id=second.id, move="submit", actor=world.handler, at=at)
    html = world.client("clerk").get(reverse("officer:review", args=[second.id]) + "?tab=materials").content.decode()
    assert html.count("沿用自") == 3
    assert "/record/" in html


def test_the_offers_cost_a_constant_number_of_statements(world, at, first, second, django_assert_max_num_queries):
    for n in range(3):
        somebody = fx.member(world, at, passport_number=f"EM77{n}", permit_number=f"WPX{n}", surname=f"A{'B' * n}")
        other = fx.submitted(world, at, staff=somebody)
        Case.objects.filter(id=other.id).update(staff=first.staff, closed_at=at)
    queries.reusable(queries.dossier(second.id, actor=world.handler, at=at))
    with django_assert_max_num_queries(8):
        assert len(offers(second, world.handler, at)) == 3
