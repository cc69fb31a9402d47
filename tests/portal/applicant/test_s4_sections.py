"""S4, section by section, as its reader meets it on the pages: the two ends, required items, error-prone points, return reasons.

The browser walks the scope (tests/browser/test_s4_1_scope.py) and the four steps (tests/browser/test_whole_job.py).
"""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from laihua.cases import actions as cases
from laihua.cases import queries
from laihua.catalog import queries as catalog
from laihua.kernel import clock
from tests import permit_cases as counters
from tests import world as building
from tests.permit_cases import CANCELLATION, CHANGE, EXTENSION, REPLACEMENT
from tests.world import World

pytestmark = pytest.mark.django_db
LANGUAGES = ["zh-hans", "en"]
FOUR = [building.WORK_PERMIT, CHANGE, EXTENSION, CANCELLATION]


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: at)
    monkeypatch.setattr(clock, "today", lambda: at.date())


def read(client: Client, address: str, **query: Any) -> str:
    return client.get(address, query).content.decode()


@pytest.mark.req("WP-3")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("service", FOUR)
def test_unit_end_1_and_2_the_unit_starts_all_four_the_individual_none(world: World, language: str, service: str) -> None:
    page = read(world.client("handler", language), f"/start/{service}/")
    assert {"zh-hans": "选择" if service != building.WORK_PERMIT else "企业备案有效", "en": "roster" if service != building.WORK_PERMIT
            else "filing is valid"}[language] in page
    refused = world.client("subject", language).post(f"/start/{service}/")
    assert refused.status_code == 403
    assert {"zh-hans": "个人不能单独发起申请", "en": "an individual cannot start it alone"}[language] in refused.content.decode()


@pytest.mark.req("WP-3")
def test_unit_end_3_and_4_the_unit_uploads_submits_and_reads_opinions(world: World, at: datetime) -> None:
    case = building.returned_case(world, at)
    page = read(world.client("handler"), f"/cases/{case.id}/")
    assert "查看并补正" in page
    assert "WP-R07" in read(world.client("handler"), f"/cases/{case.id}/form/")


@pytest.mark.req("WP-3")
@pytest.mark.parametrize("language", LANGUAGES)
def test_individual_end_1_to_3_it_checks_uploads_its_own_and_confirms(world: World, at: datetime, language: str) -> None:
    case = building.confirmation_case(world, at)
    page = read(world.client("subject", language), f"/cases/{case.id}/confirm/")
    assert "LINDQVIST" in page
    assert {"zh-hans": "确认并提交申请", "en": "Confirm and submit"}[language] in page
    assert 'id="material-passport"' in page or "passport" in page
    handler = world.client("handler", language).post(f"/cases/{case.id}/confirm/", {"move": "confirm"})
    assert handler.status_code == 422
    assert {"zh-hans": "申请人本人（个人端）", "en": "the applicant in person (individual end)"}[language] in handler.content.decode()


@pytest.mark.req("WP-4")
@pytest.mark.parametrize(("item", "places"), [
    ("1 enterprise", ["unit_name", "unit_code", "unit_contact", "unit_phone", "unit_address"]),
    ("2 individual", ["passport_number", "birth_date", "nationality", "education", "work"]),
    ("3 employment", ["contract_from", "contract_to", "position", "salary_monthly", "work_address"]),
])
def test_required_items_1_to_3(world: World, at: datetime, item: str, places: list[str]) -> None:
    """What the hall takes over from the unit stands fixed; of the rest everything that is missing is told at once."""
    case = building.draft(world, at)
    page = read(world.client("handler"), f"/cases/{case.id}/form/", check="1")
    seen = queries.dossier(case.id, actor=world.handler, at=at)
    missing = {gap.place for gap in seen.open_gaps}
    for place in places:
        assert f'data-lf-place="{place}"' in page or f'data-lf-section="{place}"' in page or place in page, place
        assert place in missing or seen.fixed.get(place), place


@pytest.mark.req("WP-4")
def test_error_prone_point_3_address_and_months_are_not_left_out(world: World, at: datetime) -> None:
    answers = building.complete_answers(work_address="上海市浦东新区望江路")
    answers["work"] = [{**answers["work"][0], "from": ""}, *answers["work"][1:]]
    case = building.draft(world, at, answers)
    gaps = {g.place for g in queries.dossier(case.id, actor=world.handler, at=at).open_gaps}
    assert {"work_address", "work.0.from"} <= gaps


@pytest.mark.req("WP-4")
def test_error_prone_point_2_a_document_out_of_date_is_told_before_submission(world: World, at: datetime) -> None:
    case = building.complete_draft(world, at, passport_expiry="2027-05-11")
    gaps = {g.place for g in queries.dossier(case.id, actor=world.handler, at=at).open_gaps}
    assert {"passport_expiry", "material:passport"} <= gaps


CORRECTIONS = {
    "R01": ("核对并修改填报信息，确保与护照、劳动合同等原件材料一致。",
            "Check and change the information so that it agrees with the originals"),
    "R02": ("将海外学历证明、无犯罪记录证明等进行公证认证，上传认证后的电子材料。",
            "notarised and certified, and upload the certified document"),
    "R03": ("先在一网通办平台完成企业备案，更新备案信息。",
            "First complete the enterprise filing on the platform"),
    "R04": ("确认由单位端发起申请（个人不能单独发起申请）。", "must be started by the employer; an individual cannot start it"),
}


@pytest.mark.req("WP-7")
@pytest.mark.parametrize("service", [*FOUR, REPLACEMENT])
def test_return_reasons_1_to_4_stand_in_each_catalogue_with_the_source_s_correction(world: World, service: str) -> None:
    by_end = {code.rpartition("-")[2]: reason for code, reason in catalog.current(service).service.reasons.items()}
    for end, (zh, en) in CORRECTIONS.items():
        assert by_end[end].correction.zh == zh
        assert en in by_end[end].correction.en


@pytest.mark.req("WP-7")
@pytest.mark.parametrize("language", LANGUAGES)
def test_return_reason_3_reaches_the_applicant_of_a_change_beside_its_document(world: World, at: datetime, language: str) -> None:
    member = counters.granted(world, at)
    case = counters.filed(world, at, counters.begun(world, at, CHANGE, counters.NEW_POST, member))
    judge: dict[str, Any] = {"case_id": case.id, "actor": world.pre_reviewer, "at": at}
    cases.claim(**judge)
    cases.record_verdicts(items=[("field", "new_position")], result="returned", reasons=["WC-R01"], **judge)
    cases.record_verdicts(items=[("material", "position_letter")], result="returned", reasons=["WC-R02"], **judge)
    cases.move(move="return_for_correction", **judge)
    side = 0 if language == "zh-hans" else 1
    handler = world.client("handler", language)
    assert CORRECTIONS["R01"][side] in read(handler, f"/cases/{case.id}/form/")
    assert CORRECTIONS["R02"][side] in read(handler, f"/cases/{case.id}/materials/")
