"""Typing, two tabs, and files."""

import pytest

from laihua.cases import actions, queries
from laihua.cases.models import MaterialFile, Proceeding
from laihua.kernel.texts import Refused
from tests import world as building

pytestmark = pytest.mark.django_db


def save(world, case, at, base, **changes):
    return actions.save_answers(case_id=case.id, changes=changes, base=base, actor=world.handler, at=at)


def test_two_tabs_on_different_fields_both_keep_what_was_typed(world, at):
    case = building.draft(world, at)
    save(world, case, at, 0, position="工程师")
    save(world, case, at, 0, duties="研发")
    case.refresh_from_db()
    assert (case.answers["position"], case.answers["duties"]) == ("工程师", "研发")


def test_two_tabs_on_one_field_the_later_one_is_told_and_nothing_is_overwritten(world, at):
    case = building.draft(world, at)
    save(world, case, at, 0, position="工程师")
    with pytest.raises(actions.Conflict) as problem:
        save(world, case, at, 0, position="经理", duties="管理")
    assert problem.value.fields == {"position": "工程师"}
    assert problem.value.name == "沈知遥"
    case.refresh_from_db()
    assert case.answers == {"position": "工程师"}


def test_whoever_saw_the_other_value_may_replace_it(world, at):
    case = building.draft(world, at)
    save(world, case, at, 0, position="工程师")
    actions.save_answers(
        case_id=case.id, changes={"position": "经理"}, base=0, actor=world.handler, at=at, force=True
    )
    case.refresh_from_db()
    assert case.answers["position"] == "经理"


def test_a_wrong_value_is_kept_as_typed_and_answered(world, at):
    case = building.draft(world, at)
    saved = save(world, case, at, 0, passport_expiry="someday")
    case.refresh_from_db()
    assert "passport_expiry" in saved.problems
    assert case.answers["passport_expiry"] == "someday"


def test_answers_are_not_in_the_database_in_the_open(world, at):
    from django.db import connection

    case = building.draft(world, at, building.complete_answers())
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM cases_case WHERE id = %s", [case.id])
        stored = bytes(cursor.fetchone()[0])
    assert b"EM7204183" not in stored
    assert b"LINDQVIST" not in stored


def test_what_does_not_apply_is_dropped_when_the_case_is_submitted(world, at):
    case = building.complete_draft(world, at, visa_number="A123")
    actions.move(case_id=case.id, move="submit", actor=world.handler, at=at)
    case.refresh_from_db()
    assert "visa_number" not in case.answers
    assert case.answers["unit_name"] == world.unit.name_zh


def test_a_replaced_file_stays_as_an_earlier_version(world, at):
    case = building.complete_draft(world, at)
    slot = queries.dossier(case.id, actor=world.handler, at=at).service.slots()["passport"]
    building.put_file(case.id, slot, world.handler, at)
    assert MaterialFile.objects.filter(material__case=case, material__key="passport").count() == 2
    actions.remove_material(case_id=case.id, key="passport", actor=world.handler, at=at)
    assert MaterialFile.objects.filter(material__case=case, material__key="passport").count() == 2
    seen = queries.dossier(case.id, actor=world.handler, at=at)
    assert "material:passport" in [g.place for g in seen.gaps]


def test_the_list_of_documents_follows_the_answers(world, at):
    case = building.draft(world, at, building.complete_answers())
    before = {s.slot.key for s in queries.dossier(case.id, actor=world.handler, at=at).slots}
    save(world, case, at, case.revision, location="inside", inside_reason="change_employer")
    after = {s.slot.key for s in queries.dossier(case.id, actor=world.handler, at=at).slots}
    assert "police_record" in before - after, "waived on a change of employer"
    assert after - before, "a visa page and the certificate of cancellation are asked for instead"


def test_a_file_that_the_case_does_not_need_is_refused(world, at):
    case = building.draft(world, at, building.complete_answers())
    unneeded = set(queries.dossier(case.id, actor=world.handler, at=at).service.slots()) - {
        s.slot.key for s in queries.dossier(case.id, actor=world.handler, at=at).slots
    }
    with pytest.raises(Refused) as problem:
        actions.remove_material(case_id=case.id, key=sorted(unneeded)[0], actor=world.handler, at=at)
    assert problem.value.reasons[0].code == "not_needed"


@pytest.mark.req("WP-3")
def test_the_subject_uploads_his_own_papers_and_not_the_units(world, at):
    case = building.confirmation_case(world, at)
    slots = queries.dossier(case.id, actor=world.subject, at=at).service.slots()
    building.put_file(case.id, slots["passport"], world.subject, at)
    unit_only = next(s for s in slots.values() if s.by == "unit")
    with pytest.raises(Refused) as problem:
        building.put_file(case.id, unit_only, world.subject, at)
    assert problem.value.reasons[0].code == "wrong_end"


def test_drafts_are_numbered_without_gaps(world, at):
    numbers = [int(building.draft(world, at).number[-4:]) for _ in range(3)]
    assert numbers == [numbers[0], numbers[0] + 1, numbers[0] + 2]
    assert Proceeding.objects.filter(step="draft").count() == 3
