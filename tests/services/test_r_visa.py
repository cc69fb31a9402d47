"""The R visa's own entry: the unit first, reviewed; then the holder keeps his information up to date."""

from datetime import datetime

import pytest

from laihua.accounts.permissions import Actor
from laihua.cases import actions as cases
from laihua.cases import queries
from laihua.portal.operator.demo.entries import example
from laihua.units import queries as units
from tests import world as building
from tests.services.test_account_services import decide
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.req("WP-9")]
UNIT, UPDATE = "r_visa.inviting_unit", "r_visa.information_update"


def filed(service: str, actor: Actor, at: datetime, **changes: object) -> object:
    """By the service's own first example."""
    case = cases.start_case(service_id=service, actor=actor, at=at)
    answers = {**example(service)["answers"], **changes}
    cases.save_answers(case_id=case.id, changes=answers, base=case.revision, actor=actor, at=at)
    for view in queries.dossier(case.id, actor=actor, at=at).slots:
        if view.required:
            building.put_file(case.id, view.slot, actor, at)
    cases.move(case_id=case.id, move="submit", actor=actor, at=at)
    return case


def test_the_unit_is_given_and_reviewed_first_then_the_holder_updates(world: World, at: datetime) -> None:
    holder, officer = world.other_person, world.local_registrar
    before = cases.why_not_start(service_id=UPDATE, actor=holder, at=at)
    assert [(r.code, r.link) for r in before] == [("person_not_enrolled", "/enter/r_visa/")]
    entry = filed(UNIT, holder, at)
    place = units.enrolment_of_person("r_visa", holder.account_id)
    assert place is not None
    assert place.state == "review"
    assert "等待" in cases.why_not_start(service_id=UPDATE, actor=holder, at=at)[0].text.zh
    decide(entry, "approve", officer, at)
    assert cases.why_not_start(service_id=UPDATE, actor=holder, at=at) == []

    first = filed(UPDATE, holder, at)
    assert queries.dossier(first.id, actor=officer, at=at).step.limit.days == 5  # type: ignore[attr-defined,union-attr]
    decide(first, "approve", officer, at)
    later = cases.start_case(service_id=UPDATE, actor=holder, at=at)
    assert later.answers["letter_number"] == "QR2025SH000123", "what was approved last stands in the form"
    assert "declare_truth" not in later.answers


def test_a_unit_does_not_file_it_and_its_own_page_asks_for_the_unit_first(world: World, at: datetime) -> None:
    assert [r.code for r in cases.why_not_start(service_id=UPDATE, actor=world.handler, at=at)] == ["wrong_starter"]
    answer = world.client("other_person").get("/enter/r_visa/", {"service": UPDATE}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/start/{UNIT}/"
    page = answer.content.decode()
    assert "请按照要求填写单位信息，提交等待审核通过" in page


@pytest.mark.req("ACC-13")
def test_its_entry_stands_in_the_catalogue_beside_that_of_the_work_permit(world: World) -> None:
    page = world.client("other_person").get("/").content.decode()
    family = page[page.index("外国人来华工作许可"):]
    assert "持R字签证信息更新" in family
    assert f"/enter/r_visa/?service={UPDATE}" in page
