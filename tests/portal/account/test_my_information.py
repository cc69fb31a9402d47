"""我的信息: what one says of oneself, its automatic check, and the confirmed information of one's unit."""

from datetime import datetime
from typing import Any

import pytest

from laihua.accounts import actions as accounts
from laihua.accounts.identity import checks
from laihua.accounts.models import Account, IdentityCheck
from laihua.accounts.permissions import SYSTEM
from laihua.kernel import clock, jobs
from laihua.units.models import Unit
from tests.units.test_legal_information import complete
from tests.world import World

OWN = {"name_zh": "沈知遥", "document_type": "resident_id", "document_number": "000101199003150016", "document_long_term": "true"}
CHECKING = "accounts.jobs.ask_identity"


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: at)


def account(world: World, who: str) -> Account:
    return Account.objects.get(id=world.accounts[who].id)


def fill_in(world: World, who: str = "handler", **changes: str) -> Any:
    return world.client(who).post("/me/information/", {**OWN, **changes})


def body(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.req("ACC-6")
@pytest.mark.req("ACC-12")
def test_completing_it_starts_the_check_and_the_status_changes(world: World) -> None:
    assert fill_in(world).status_code == 302
    assert "实名认证核验中…" in body(world.client("handler").get("/me/"))
    jobs.run_waiting()
    page = body(world.client("handler").get("/me/"))
    assert "已通过" in page
    assert "0001**********0016" in page
    assert "000101199003150016" not in page
    assert account(world, "handler").real_name_status == "passed"


@pytest.mark.req("ACC-6")
def test_who_is_not_in_the_register_fails_and_is_led_to_the_documents(world: World) -> None:
    fill_in(world, name_zh="何望舒")
    jobs.run_waiting()
    page = body(world.client("handler").get("/me/"))
    assert "失败" in page
    assert "上传自然人信息" in page
    assert "1个工作日左右" in page


@pytest.mark.req("ACC-6")
def test_while_the_provider_is_away_nobody_is_refused(world: World, settings: Any, at: datetime) -> None:
    settings.IDENTITY_PROVIDER = "away"
    fill_in(world)
    jobs.run_waiting()
    page = body(world.client("handler").get("/me/"))
    assert "实名认证核验中…" in page
    assert "自动重试" in page
    assert account(world, "handler").real_name_status == "none"
    check = IdentityCheck.objects.get()
    assert (check.status, check.tries) == ("waiting", 1)
    settings.IDENTITY_PROVIDER = "simulator"
    checks.ask(check_id=check.id, at=at)
    assert account(world, "handler").real_name_status == "passed"


def test_the_pauses_grow_to_an_hour_and_never_end() -> None:
    assert [checks.pause_after(n).total_seconds() for n in (1, 2, 3, 8, 50)] == [30, 60, 120, 3600, 3600]


@pytest.mark.req("ACC-6")
def test_an_answer_to_what_was_changed_meanwhile_counts_for_nothing(world: World, at: datetime) -> None:
    fill_in(world)
    first = IdentityCheck.objects.get()
    fill_in(world, name_zh="何望舒")
    checks.settle(check_id=first.id, answer=checks.Answer(True), at=at)
    assert account(world, "handler").real_name_status == "none"
    jobs.run_waiting()
    assert account(world, "handler").real_name_status == "failed"


@pytest.mark.req("ACC-7")
def test_a_document_of_another_account_is_refused_with_the_way_to_the_appeal(world: World) -> None:
    fill_in(world)
    jobs.run_waiting()
    answer = fill_in(world, "second_handler")
    assert answer.status_code == 422
    assert "证件号码已存在" in body(answer)
    assert account(world, "second_handler").document_number == ""


@pytest.mark.req("ACC-7")
def test_two_at_once_cannot_both_pass_with_one_document(world: World) -> None:
    fill_in(world)
    fill_in(world, "second_handler")     # neither has passed yet
    jobs.run_waiting()
    assert [account(world, who).real_name_status for who in ("handler", "second_handler")] == ["passed", "failed"]
    page = body(world.client("second_handler").get("/me/"))
    assert "证件号码已存在" in page


def test_everything_wrong_is_told_beside_its_field(world: World) -> None:
    page = body(fill_in(world, name_zh="", document_number="123", document_long_term="", email="x"))
    for text in ("请填写证件上的中文姓名", "居民身份证号码格式不正确", "请填写证件有效期", "请填写完整的电子邮箱"):
        assert text in page


def test_a_change_of_the_e_mail_alone_keeps_what_passed(world: World) -> None:
    fill_in(world)
    jobs.run_waiting()
    fill_in(world, email="shen@example.com")
    assert account(world, "handler").real_name_status == "passed"
    fill_in(world, name_zh="沈遥")
    assert account(world, "handler").real_name_status == "none"


def test_nothing_is_changed_while_an_officer_looks_at_the_documents(world: World, at: datetime) -> None:
    accounts.set_real_name(account_id=world.accounts["handler"].id, status="pending", actor=SYSTEM, at=at)
    assert "实名认证审核中" in body(world.client("handler").get("/me/"))
    assert fill_in(world).status_code == 422


@pytest.mark.req("ACC-12")
def test_without_a_grant_the_page_leads_to_registration(world: World) -> None:
    page = body(world.client("other_person").get("/me/"))
    assert "您没有任何单位的授权" in page
    assert "请先注册法人账号" in page


def posted(parts: dict[str, dict[str, str]]) -> dict[str, str]:
    return {f"{part}.{key}": value for part, values in parts.items() for key, value in values.items()}


@pytest.mark.req("ACC-12")
@pytest.mark.req("ACC-8")
def test_whoever_holds_a_grant_completes_the_units_information(world: World) -> None:
    client, address = world.client("handler"), f"/me/unit/{world.unit.id}/"
    assert address in body(client.get("/me/"))
    page = body(client.get(address))
    assert all(title in page for title in ("法人单位基本信息", "法人授权信息", "法定代表人信息", "中华人民共和国大陆地区"))
    wrong = client.post(address, posted(complete(representative={"type": "", "name": "沈怀瑾", "document_number": "1"})))
    assert wrong.status_code == 422
    assert "法定代表人信息：法定代表人类型不能为空" in body(wrong)
    assert client.post(address, posted(complete())).status_code == 302
    jobs.run_waiting()
    unit = Unit.objects.get(organisation_id=world.unit.id)
    assert (unit.real_name_status, unit.main_handler_status) == ("passed", "passed")


@pytest.mark.req("ACC-6")
def test_unit_and_main_handler_pass_each_on_its_own(world: World) -> None:
    other_handler = {"handler_name": "苏晚照", "handler_document_number": "000101199502080032"}
    world.client("handler").post(f"/me/unit/{world.unit.id}/", posted(complete(authorisation=other_handler)))
    jobs.run_waiting()
    unit = Unit.objects.get(organisation_id=world.unit.id)
    assert (unit.real_name_status, unit.main_handler_status) == ("passed", "failed")
    assert "上传主代办人证件" in body(world.client("handler").get(f"/me/unit/{world.unit.id}/"))


@pytest.mark.req("ACC-6")
def test_units_that_the_provider_does_not_know_go_straight_to_an_officer(world: World) -> None:
    world.client("handler").post(f"/me/unit/{world.unit.id}/", posted(complete(basic={"kind": "other"})))
    assert not IdentityCheck.objects.filter(target="unit").exists()
    page = body(world.client("handler").get(f"/me/unit/{world.unit.id}/"))
    assert "这类单位由人工审核" in page
    assert "上传法人证件" in page


@pytest.mark.req("ACC-7")
@pytest.mark.parametrize("taken", [{"name": "上海青屿文化有限公司"}, {"credit_code": "91310115MA1HDEM012"}])
def test_name_and_code_of_another_unit_are_refused(world: World, taken: dict[str, str]) -> None:
    answer = world.client("handler").post(f"/me/unit/{world.unit.id}/", posted(complete(basic=taken)))
    assert answer.status_code == 422
    assert "单位名称或信用代码已存在" in body(answer)


def test_a_new_name_counts_once_the_unit_has_passed_with_it(world: World) -> None:
    new = complete(basic={"name": "上海澄川新材料有限公司", "credit_code": "91310115MA1HQRT101"},
                   representative={"type": "mainland", "name": "何望舒", "document_number": "00010119880722002X"})
    world.client("handler").post(f"/me/unit/{world.unit.id}/", posted(new))
    assert Unit.objects.get(organisation_id=world.unit.id).name_zh == "上海砚桥精密仪器有限公司"
    jobs.run_waiting()
    unit = Unit.objects.select_related("organisation").get(organisation_id=world.unit.id)
    assert unit.name_zh == unit.organisation.name_zh == new["basic"]["name"]
    assert unit.organisation.code == unit.credit_code == "91310115MA1HQRT101"


def test_a_stranger_does_not_find_the_unit(world: World) -> None:
    for who in ("stranger", "other_person", "pre_reviewer"):
        assert world.client(who).get(f"/me/unit/{world.unit.id}/").status_code == 404
        assert world.client(who).post(f"/me/unit/{world.unit.id}/", posted(complete())).status_code == 404
