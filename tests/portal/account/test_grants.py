"""用户授权管理: finding a person, ticking roles, changing and revoking them (ACC-9 to ACC-11)."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from laihua.accounts import actions as accounts
from laihua.accounts.models import Account, Grant
from laihua.accounts.permissions import SYSTEM
from laihua.kernel import clock
from laihua.units.models import Enrolment, Unit
from tests import world as building
from tests.world import World

NUMBER = "00010119880722002X"


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def boss(world: World, at: datetime) -> Client:
    """The legal person's own account."""
    return administrator(world, at, "yanqiao_legal", kind="legal")


def administrator(world: World, at: datetime, login_name: str, kind: str = "natural", system: str = "") -> Client:
    name = "上海砚桥精密仪器有限公司" if kind == "legal" else "叶知秋"
    account = accounts.create_account(kind=kind, login_name=login_name, password=None, name_zh=name, actor=SYSTEM, at=at)
    accounts.grant_role(account_id=account.id, organisation_id=world.unit.id, role="unit_admin", system=system, actor=SYSTEM, at=at)
    if kind == "legal":
        Unit.objects.filter(organisation_id=world.unit.id).update(account=account)
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(account, backend=building.BACKEND)
    return client


@pytest.fixture
def person(world: World) -> Account:
    """Somebody who passed real-name authentication and holds no role."""
    account = world.accounts["other_person"]
    account.name_zh, account.document_number, account.document_index = "何望舒", NUMBER, NUMBER
    account.document_type, account.real_name_status = "resident_id", "passed"
    account.save()
    return account


def enrol(world: World, at: datetime, system: str = "one_network", state: str = "approved") -> None:
    Enrolment.objects.update_or_create(
        system=system, organisation_id=world.unit.id, defaults={"state": state, "changed_at": at})


def search(client: Client, name: str = "何望舒", number: str = NUMBER) -> Any:
    return client.post("/grants/new/", {"name": name, "document_number": number})


def body(answer: Any) -> str:
    return str(answer.content.decode())


def found(client: Client) -> str:
    return urlsplit(search(client)["Location"]).path


def roles_of(person: Account) -> set[tuple[str, str]]:
    return set(Grant.objects.filter(account=person, revoked_at=None).values_list("role", "system"))


@pytest.mark.req("ACC-9")
def test_a_person_is_found_by_real_name_and_number_together(boss: Client, person: Account, world: World, at: datetime) -> None:
    enrol(world, at)
    page = found(boss)
    assert "何望舒" in body(boss.get(page))
    assert boss.post(page, {"roles": ["handler@one_network"]}).status_code == 302
    assert roles_of(person) == {("handler", "one_network")}
    assert "何望舒" in body(boss.get("/grants/"))


@pytest.mark.req("ACC-9")
@pytest.mark.parametrize(("name", "number"), [("demo_other_person", NUMBER), ("何望", NUMBER), ("何望舒", "000101199003150016")])
def test_an_empty_result_says_both_conditions_whatever_did_not_fit(boss: Client, person: Account, name: str, number: str) -> None:
    page = body(search(boss, name, number))
    assert "没有找到这个自然人" in page
    assert "已经完成实名认证" in page
    assert "而不是登录名" in page


@pytest.mark.req("ACC-9")
@pytest.mark.parametrize("status", ["none", "pending", "failed"])
def test_who_has_not_passed_cannot_be_found(boss: Client, person: Account, status: str) -> None:
    Account.objects.filter(id=person.id).update(real_name_status=status)
    assert "没有找到这个自然人" in body(search(boss))


@pytest.mark.req("ACC-9")
def test_searches_are_limited(boss: Client, person: Account) -> None:
    answers = [search(boss, number=f"E{n:07}").status_code for n in range(21)]
    assert answers == [200] * 20 + [429]
    assert search(boss).status_code == 429


@pytest.mark.req("ACC-9")
def test_what_another_found_cannot_be_ticked(boss: Client, person: Account, world: World, at: datetime) -> None:
    page = found(boss)
    second = administrator(world, at, "second_admin")
    assert second.get(page).status_code == 404
    assert boss.get(page.rstrip("/") + "x/").status_code == 302     # a forged one leads back to the search


@pytest.mark.req("ACC-11")
@pytest.mark.parametrize("state", ["", "draft", "review", "returned", "refused"])
def test_before_the_unit_is_approved_there_it_has_no_permission_yet(
    boss: Client, person: Account, world: World, at: datetime, state: str
) -> None:
    if state:
        enrol(world, at, "expert_projects", state)
    page = found(boss)
    shown = body(boss.get(page))
    assert "本单位在这个业务系统还没有权限" in shown
    assert "/enter/expert_projects/" in shown
    forced = boss.post(page, {"roles": ["handler@expert_projects"]})
    assert forced.status_code == 409
    assert "/enter/expert_projects/" in body(forced)
    assert roles_of(person) == set()


@pytest.mark.req("ACC-9")
def test_a_grantor_gives_only_what_it_holds(person: Account, world: World, at: datetime) -> None:
    enrol(world, at, "one_network")
    enrol(world, at, "expert_projects")
    client = administrator(world, at, "one_network_admin", system="one_network")
    page = found(client)
    for roles in (["unit_admin@"], ["handler@expert_projects"], ["handler@"], ["decider@one_network"]):
        assert client.post(page, {"roles": roles}).status_code == 409
    assert roles_of(person) == set()
    assert client.post(page, {"roles": ["handler@one_network"]}).status_code == 302
    assert roles_of(person) == {("handler", "one_network")}


@pytest.mark.req("ACC-9")
def test_a_natural_person_who_was_made_administrator_grants_like_the_legal_person(
    boss: Client, person: Account, world: World, at: datetime
) -> None:
    boss.post(found(boss), {"roles": ["unit_admin@"]})
    client = world.client("other_person")
    third = world.accounts["subject"]
    Account.objects.filter(id=third.id).update(real_name_status="passed")
    third.refresh_from_db()
    third.document_number, third.document_index = "EX0000001", "EX0000001"
    third.save()
    page = urlsplit(search(client, "Lindqvist Soeren Mikael", "ex 0000001")["Location"]).path
    assert client.post(page, {"roles": ["unit_admin@"]}).status_code == 302
    assert roles_of(third) == {("unit_admin", "")}


def test_a_handler_has_no_business_there(world: World) -> None:
    for address in ("/grants/", "/grants/new/"):
        assert world.client("handler").get(address).status_code == 403


@pytest.mark.req("ACC-10")
def test_grants_are_changed_and_revoked_at_once_in_an_open_tab(boss: Client, person: Account, world: World, at: datetime) -> None:
    enrol(world, at)
    boss.post(found(boss), {"roles": ["handler@one_network"]})
    open_tab = world.client("other_person")
    case = building.draft(world, at)
    address = f"/cases/{case.id}/form/"
    assert open_tab.get(address).status_code == 200
    page = body(boss.get(f"/grants/people/{person.id}/"))
    assert 'value="handler@one_network" checked' in page
    boss.post(f"/grants/people/{person.id}/", {"roles": ["unit_admin@one_network"]})
    assert roles_of(person) == {("unit_admin", "one_network")}
    assert open_tab.get(address).status_code == 200
    boss.post(f"/grants/people/{person.id}/revoke/")
    assert roles_of(person) == set()
    assert open_tab.get(address).status_code == 404


@pytest.mark.req("ACC-10")
def test_a_role_in_one_system_opens_no_case_of_another(boss: Client, person: Account, world: World, at: datetime) -> None:
    enrol(world, at, "expert_projects")
    case = building.draft(world, at)
    boss.post(found(boss), {"roles": ["handler@expert_projects"]})
    client = world.client("other_person")
    assert client.get(f"/cases/{case.id}/").status_code == 404
    assert case.number not in body(client.get("/my/"))
    assert client.post("/start/work_permit.new/").status_code == 403


@pytest.mark.req("ACC-10")
def test_the_unit_keeps_an_administrator(boss: Client, world: World, at: datetime) -> None:
    legal = Account.objects.get(login_name="yanqiao_legal")
    boss.post(f"/grants/people/{legal.id}/revoke/")
    assert roles_of(legal) == {("unit_admin", "")}


def test_somebody_of_another_unit_is_not_found(boss: Client, world: World) -> None:
    stranger = world.accounts["stranger"]
    assert boss.get(f"/grants/people/{stranger.id}/").status_code == 404
    assert boss.post(f"/grants/people/{stranger.id}/revoke/").status_code == 404
