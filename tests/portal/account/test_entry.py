"""Entering a business system by HTTP: each page of ENT-1 with its sentence, its data and its way on."""

from collections.abc import Iterator
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.contrib.messages import get_messages

from laihua.accounts import actions as accounts
from laihua.accounts.models import Account, Duplicate
from laihua.accounts.permissions import SYSTEM
from laihua.portal.account.entry import standing as entry_standing
from laihua.portal.account.entry import views
from laihua.units.models import Enrolment
from tests import world as building

pytestmark = pytest.mark.django_db
EXPERTS = "/enter/expert_projects/"


@pytest.fixture(autouse=True)
def profiles(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """The work permit stands for both profiles, so that the tests of entry do not hang on the forms of the real ones."""
    service = SimpleNamespace(id=building.WORK_PERMIT)
    found = {"unit": service, "person": service}
    for module in (entry_standing, views):
        monkeypatch.setattr(module, "profiles_of", lambda system: found if system == "expert_projects" else {})
    return found


def enrol(at: datetime, *, unit: Any = None, person: Any = None, state: str = "approved", case_id: UUID | None = None) -> Enrolment:
    return Enrolment.objects.create(
        system="expert_projects", organisation_id=unit.id if unit else None, account=person, state=state, case_id=case_id, changed_at=at,
    )


@pytest.mark.req("ENT-1", "ACC-13")
def test_an_unknown_unit_is_led_to_its_profile_and_told_why(world: Any, at: datetime) -> None:
    answer = world.client("handler").get(EXPERTS)
    assert answer.status_code == 302
    assert answer["Location"] == f"/start/{building.WORK_PERMIT}/"
    assert "请先填写单位信息" in str(next(iter(get_messages(answer.wsgi_request))))


@pytest.mark.req("ENT-1")
def test_a_draft_goes_on_where_it_was_left(world: Any, at: datetime) -> None:
    case = building.draft(world, at)
    enrol(at, unit=world.unit, state="draft", case_id=case.id)
    assert world.client("handler").get(EXPERTS)["Location"] == f"/cases/{case.id}/form/"
    Enrolment.objects.update(state="returned")
    assert world.client("handler").get(EXPERTS)["Location"] == f"/cases/{case.id}/"


@pytest.mark.req("ENT-1")
def test_a_known_unit_with_an_unknown_user_asks_for_his_profile(world: Any, at: datetime) -> None:
    enrol(at, unit=world.unit)
    answer = world.client("handler").get(EXPERTS)
    assert "请完善个人信息" in str(next(iter(get_messages(answer.wsgi_request))))


@pytest.mark.req("ENT-1")
def test_whoever_filed_the_unit_s_profile_is_known_with_it(world: Any, at: datetime) -> None:
    case = building.draft(world, at)
    enrol(at, unit=world.unit, case_id=case.id)
    assert world.client("handler").get(EXPERTS)["Location"] == "/systems/expert_projects/"
    assert world.client("second_handler").get(EXPERTS)["Location"].startswith("/start/")


@pytest.mark.req("ENT-1", "ENT-2")
def test_a_unit_under_review_waits_and_sees_its_masked_data(world: Any, at: datetime) -> None:
    Account.objects.filter(login_name="demo_handler").update(document_type="passport")
    case = building.submitted_case(world, at)
    enrol(at, unit=world.unit, state="review", case_id=case.id)
    page = world.client("handler").get(EXPERTS).content.decode()
    assert "该单位注册信息已经提交，请等待归口管理单位审核" in page
    assert 'lh-state-official' in page, "in red"
    assert "沈**" in page
    assert "138****6000" in page
    assert world.unit.credit_code in page
    assert world.unit.name_zh in page
    assert "+8613800006000" not in page
    assert "demo_handler" not in page
    for word in ("已提交", "线上预审中", "进入系统", "刷新状态", "用户编号", "请勿上传涉密材料"):
        assert word in page, word


@pytest.mark.req("ENT-2")
def test_a_person_under_review_reads_the_other_sentence_in_both_languages(world: Any, at: datetime) -> None:
    enrol(at, unit=world.unit)
    enrol(at, person=world.accounts["handler"], state="review")
    assert "该用户注册信息已经提交，请等待归口管理单位审核" in world.client("handler").get(EXPERTS).content.decode()
    english = world.client("handler", language="en").get(EXPERTS).content.decode()
    assert "The registration of this user has been submitted" in english


@pytest.mark.req("ENT-1", "ENT-4")
def test_whoever_is_known_comes_to_the_home_page_with_name_role_and_notice(world: Any, at: datetime) -> None:
    enrol(at, unit=world.unit)
    enrol(at, person=world.accounts["handler"])
    client = world.client("handler")
    assert client.get(EXPERTS)["Location"] == "/systems/expert_projects/"
    page = client.get("/systems/expert_projects/").content.decode()
    for word in ("沈知遥", "用人单位申报用户", "使用帮助", "退出系统", "请勿上传涉密材料", "外国专家项目管理信息系统"):
        assert word in page, word
    accounts.grant_role(account_id=world.accounts["handler"].id, organisation_id=world.unit.id, role="unit_admin", actor=SYSTEM, at=at)
    assert "用人单位管理员" in client.get("/systems/expert_projects/").content.decode()


@pytest.mark.req("ENT-1")
def test_nobody_gets_round_the_door(world: Any, at: datetime) -> None:
    answer = world.client("handler").get("/systems/expert_projects/")
    assert answer["Location"] == EXPERTS


@pytest.mark.req("ENT-1")
def test_a_person_without_a_unit_is_told_what_to_do(world: Any, at: datetime) -> None:
    page = world.client("subject").get(EXPERTS).content.decode()
    assert "用户授权管理" in page
    assert "010-5550 0126" in page
    assert world.client("subject").get("/enter/one_network/")["Location"] == "/systems/one_network/"


@pytest.mark.req("ENT-1")
def test_who_belongs_to_several_units_chooses_first(world: Any, at: datetime) -> None:
    accounts.grant_role(account_id=world.accounts["handler"].id, organisation_id=world.other_unit.id, role="handler", actor=SYSTEM, at=at)
    answer = world.client("handler").get(EXPERTS)
    assert answer["Location"] == "/sign-in/organisation/?next=%2Fenter%2Fexpert_projects%2F"


def test_officers_belong_to_the_desk_and_visitors_sign_in(world: Any, client: Any) -> None:
    assert "请到审批工作台办理" in world.client("pre_reviewer").get(EXPERTS).content.decode()
    assert client.get(EXPERTS)["Location"].startswith("/sign-in/?next=%2Fenter%2F")
    assert world.client("handler").get("/enter/nothing/").status_code == 404


@pytest.mark.req("ACC-13")
def test_the_catalogue_s_button_leads_through_the_door_to_the_item(world: Any, client: Any) -> None:
    page = client.get(f"/services/{building.WORK_PERMIT}/").content.decode()
    button = f"/enter/one_network/?service={building.WORK_PERMIT}"
    assert button in page
    assert world.client("handler").get(button)["Location"] == f"/start/{building.WORK_PERMIT}/"
    other = world.client("handler").get("/enter/one_network/?service=https://example.com")
    assert other["Location"] == "/systems/one_network/", "an address of somebody else is none of ours"


@pytest.mark.req("ENT-3")
def test_a_suspected_duplicate_reads_why_and_may_say_something(world: Any, at: datetime) -> None:
    same_phone(world, at)
    client = world.client("handler")
    page = client.get("/enter/one_network/").content.decode()
    assert "该用户账号疑似重复被挂起，请等待管理员处理，处理完成后用户手机号码会收到短信提醒，无需重复提交" in page
    assert "手机号与另一账号相同" in page
    assert "138****6000" in page
    assert client.post("/enter/one_network/statement/", {"statement": " "}).status_code == 422
    assert client.post("/enter/one_network/statement/", {"statement": "两人共用一部手机"}).status_code == 302
    assert Duplicate.objects.get().statement == "两人共用一部手机"


def same_phone(world: Any, at: datetime) -> Account:
    """An older account with the telephone of the handler."""
    from datetime import timedelta

    return accounts.create_account(
        kind="natural", login_name="older_one", password=None, name_zh="沈知遥", phone="138 0000 6000", actor=SYSTEM,
        at=at - timedelta(days=400),
    )
