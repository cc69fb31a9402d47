"""Profiles for expert projects go the way that the unit chose, and open the system at its end."""

from datetime import datetime

import pytest
from django.conf import settings

from laihua.cases import actions, queries
from laihua.catalog.loader import load
from laihua.kernel.texts import Refused
from laihua.notifications.models import OutboxMessage
from laihua.units import queries as units
from tests.services import profiles
from tests.world import World, proceeding_of

pytestmark = pytest.mark.django_db
SYSTEM = "expert_projects"
MOBILE = "+8613800006999"


@pytest.fixture
def hall(world: World, at: datetime) -> World:
    return profiles.authorities(world, at)


def texts_to(phone: str) -> list[str]:
    return [m.text for m in OutboxMessage.objects.filter(channel="sms").order_by("created_at") if m.recipient == phone]


@pytest.mark.req("UNI-3")
@pytest.mark.req("UNI-4")
@pytest.mark.parametrize(("chosen", "first"), [("FE-130400", "handan"), ("FE-130000", "hebei"), ("FE-NDRC", "ndrc")])
def test_city_province_or_ministry_comes_first_and_the_national_office_last(
    hall: World, at: datetime, chosen: str, first: str
) -> None:
    case = profiles.submitted(profiles.UNIT, hall.handler, at, authority=chosen)
    assert proceeding_of(case).office_id == hall.actors[first].organisation_id
    for other in {*profiles.REGISTRARS, "national_registrar", "registrar"} - {first}:
        with pytest.raises(queries.NotYours):
            queries.dossier(case.id, actor=hall.actors[other], at=at)
    profiles.judge(case.id, hall.actors[first], at)
    profiles.made(case.id, "pass", hall.actors[first], at)
    assert proceeding_of(case).office_id == hall.national.id
    assert units.enrolment_of_unit(SYSTEM, hall.unit.id).state == "review"
    profiles.judge(case.id, hall.national_registrar, at)
    profiles.made(case.id, "approve", hall.national_registrar, at)
    assert units.enrolment_of_unit(SYSTEM, hall.unit.id).state == "approved"
    assert units.authority_of(hall.unit.id, SYSTEM) == chosen


@pytest.mark.req("UNI-4")
def test_the_mobile_of_the_form_hears_of_the_last_approval_and_of_no_earlier_one(hall: World, at: datetime) -> None:
    case = profiles.submitted(profiles.UNIT, hall.handler, at, contact_mobile="138 0000 6999")
    profiles.judge(case.id, hall.handan, at)
    profiles.made(case.id, "pass", hall.handan, at)
    assert texts_to(MOBILE) == []
    profiles.judge(case.id, hall.national_registrar, at)
    profiles.made(case.id, "approve", hall.national_registrar, at)
    text, = texts_to(MOBILE)
    assert "现在可以登录外国专家项目管理信息系统" in text
    assert len(texts_to(hall.accounts["handler"].phone)) == 2, "the account hears of both"


@pytest.mark.req("UNI-4")
def test_the_same_number_hears_of_it_once(hall: World, at: datetime) -> None:
    profiles.approved(profiles.UNIT, hall, hall.handler, at, contact_mobile=hall.accounts["handler"].phone)
    assert sum("单位信息审核通过" in text for text in texts_to(hall.accounts["handler"].phone)) == 1


@pytest.mark.req("UNI-4")
@pytest.mark.parametrize("level", ["handan", "national_registrar"])
def test_each_level_returns_fields_and_attachments_and_gets_the_correction(hall: World, at: datetime, level: str) -> None:
    case = profiles.submitted(profiles.UNIT, hall.handler, at)
    if level == "national_registrar":
        profiles.judge(case.id, hall.handan, at)
        profiles.made(case.id, "pass", hall.handan, at)
    officer = hall.actors[level]
    profiles.judge(case.id, officer, at, {("field", "intro_en"): "EU-R01", ("material", "licence"): "EU-R02"})
    assert profiles.made(case.id, "return_for_correction", officer, at) == "correction"
    assert units.enrolment_of_unit(SYSTEM, hall.unit.id).state == "returned"
    with pytest.raises(Refused):
        actions.move(case_id=case.id, move="resubmit", actor=hall.handler, at=at)
    still_open = actions.fields_open_to(queries.dossier(case.id, actor=hall.handler, at=at))
    assert ("intro_en" in still_open, "authority" in still_open, "intro_zh" in still_open) == (True, False, False)
    case.refresh_from_db()
    actions.save_answers(case_id=case.id, changes={"intro_en": "It makes lenses and tests them."}, base=case.revision,
                         actor=hall.handler, at=at)
    actions.upload_material(case_id=case.id, key="licence", name="licence.jpg", content=profiles.licence(), actor=hall.handler, at=at)
    profiles.made(case.id, "resubmit", hall.handler, at)
    assert proceeding_of(case).office_id == officer.organisation_id


@pytest.mark.req("UNI-3")
def test_whoever_chose_the_wrong_authority_chooses_another_and_that_one_reviews(hall: World, at: datetime) -> None:
    case = profiles.submitted(profiles.UNIT, hall.handler, at)
    profiles.judge(case.id, hall.handan, at, {("field", "authority"): "EU-R04"})
    profiles.made(case.id, "return_for_correction", hall.handan, at)
    case.refresh_from_db()
    actions.save_answers(case_id=case.id, changes={"authority": ["province", "FE-130000", ""]}, base=case.revision,
                         actor=hall.handler, at=at)
    profiles.made(case.id, "resubmit", hall.handler, at)
    assert proceeding_of(case).office_id == hall.hebei.organisation_id


@pytest.mark.req("UNI-2")
def test_without_the_english_introduction_it_is_not_sent(hall: World, at: datetime) -> None:
    case = profiles.drafted(profiles.UNIT, hall.handler, at, intro_en="")
    with pytest.raises(Refused) as refused:
        actions.move(case_id=case.id, move="submit", actor=hall.handler, at=at)
    reason, = refused.value.reasons
    assert (reason.place, "将会被退回重新提交" in reason.text.zh, "would be returned" in reason.text.en) == ("intro_en", True, True)


@pytest.mark.req("UNI-2")
def test_a_black_and_white_attachment_is_refused_and_not_kept(hall: World, at: datetime) -> None:
    case = actions.start_case(service_id=profiles.UNIT, actor=hall.handler, at=at)
    with pytest.raises(Refused) as refused:
        actions.upload_material(case_id=case.id, key="licence", name="licence.jpg", content=profiles.licence(seal=0),
                                actor=hall.handler, at=at)
    assert [r.code for r in refused.value.reasons] == ["picture_without_colour"]
    assert queries.dossier(case.id, actor=hall.handler, at=at).files == {}


def test_a_unit_has_one_profile_at_a_time(hall: World, at: datetime) -> None:
    profiles.submitted(profiles.UNIT, hall.handler, at)
    with pytest.raises(Refused) as refused:
        actions.start_case(service_id=profiles.UNIT, actor=hall.second_handler, at=at)
    assert [r.code for r in refused.value.reasons] == ["under_way"]


@pytest.mark.req("UNI-5")
def test_a_personal_profile_goes_the_way_of_its_unit(hall: World, at: datetime) -> None:
    profiles.approved(profiles.UNIT, hall, hall.handler, at)
    case = actions.start_case(service_id=profiles.PERSON, actor=hall.second_handler, at=at)
    seen = queries.dossier(case.id, actor=hall.second_handler, at=at)
    assert seen.answers["unit_name"] == hall.unit.name_zh
    assert seen.answers["account_name"] == hall.accounts["second_handler"].login_name
    assert seen.answers["mobile"] == hall.accounts["second_handler"].phone
    profiles.made(case.id, "submit", hall.second_handler, at)
    assert proceeding_of(case).office_id == hall.handan.organisation_id
    profiles.judge(case.id, hall.handan, at)
    profiles.made(case.id, "pass", hall.handan, at)
    assert proceeding_of(case).office_id == hall.national.id
    profiles.judge(case.id, hall.national_registrar, at)
    profiles.made(case.id, "approve", hall.national_registrar, at)
    person = hall.accounts["second_handler"]
    assert units.enrolment_of_person(SYSTEM, person.id).state == "approved"
    assert any("个人信息审核通过" in text for text in texts_to(person.phone))


@pytest.mark.req("UNI-5")
def test_everybody_of_a_unit_has_a_profile_of_his_own(hall: World, at: datetime) -> None:
    profiles.approved(profiles.UNIT, hall, hall.handler, at)
    for actor in (hall.handler, hall.second_handler):
        case = actions.start_case(service_id=profiles.PERSON, actor=actor, at=at)
        assert units.enrolment_of_person(SYSTEM, actor.account_id).case_id == case.id
    with pytest.raises(Refused):
        actions.start_case(service_id=profiles.PERSON, actor=hall.handler, at=at)


def test_the_fields_are_those_of_the_manual_in_its_order() -> None:
    """2.1.1 and 2.1.2, with their marks; 所在省市区 in two parts."""

    unit = load(settings.BASE_DIR / "services/unit/expert_profile").service
    assert [s.title.zh for s in unit.sections] == ["用人单位基本信息", "单位中英文简介", "用户账号基本信息"]
    assert {f.label.zh for f in unit.field_keys().values() if not f.required} == {
        "联系人姓名（英文）", "联系人办公电话", "联系人传真"}
    assert [m.title.zh for m in unit.slots().values()] == ["用人单位合法登记证明", "用人单位银行账号信息盖章页"]
    assert all(m.colour and m.required and m.accept == "picture" for m in unit.slots().values())
    assert len(unit.field_keys()) == 22 + 2 + 11
    person = load(settings.BASE_DIR / "services/person/expert_profile").service
    assert len(person.field_keys()) == 16
    assert [f.label.zh for f in person.field_keys().values() if f.required] == ["用户账号", "姓名（中文）"]


def test_a_profile_for_the_work_system_is_reviewed_by_the_authority_of_the_unit(hall: World, at: datetime) -> None:
    case = profiles.submitted(profiles.WORK, hall.second_handler, at)
    assert proceeding_of(case).office_id == hall.office.id
    profiles.judge(case.id, hall.local_registrar, at)
    assert profiles.made(case.id, "approve", hall.local_registrar, at) == "approved"
    assert units.enrolment_of_person("work_system", hall.second_handler.account_id).state == "approved"
