"""ACC-15, SES-1: through a running portal and back, by OpenID Connect (a provider that somebody else wrote) and by CAS."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from laihua.accounts.models import Account, FederatedIdentity, SignInEntry
from laihua.accounts.portals.definitions import portals
from laihua.kernel.models import AuditEntry
from laihua.units.models import Unit
from simulators.portal.furnish import definitions
from tests.portal.account.portal_simulator import HALL, running, through
from tests.world import World

pytestmark = pytest.mark.django_db
KNOWN_PERSON, NEW_PERSON, NAMELESS = "P-2001", "P-2002", "P-2003"
KNOWN_UNIT, NEW_UNIT, NO_CERTIFICATE = "G-1001", "G-1003", "G-1004"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data = tmp_path_factory.mktemp("portal")
    with running(data) as found:
        (data / "portals.yaml").write_text(definitions(found, data), encoding="utf-8")
        yield str(data)


@pytest.fixture(autouse=True)
def connected(address: str, settings: Any) -> None:
    settings.PORTALS, settings.PUBLIC_URL = Path(address) / "portals.yaml", HALL


def come(client: Client, user_id: str, portal: str = "one_network", after: str = "") -> Any:
    """Out to the portal, in there, and back."""
    sent = client.get(f"/portals/{portal}/" + (f"?next={after}" if after else ""))
    assert sent.status_code == 302, sent.content.decode()
    return client.get(through(sent["Location"], user_id))


def person(document: str = "000101199003150016", **changes: Any) -> Account:
    return Account.objects.create(**{
        "kind": "natural", "login_name": "known", "name_zh": "沈知遥", "document_type": "resident_id",
        "document_number": document, "document_index": document, "real_name_status": "passed",
        "created_at": "2026-01-01T09:00+08:00", **changes,
    })


def signed_in(client: Client) -> str:
    return str(client.session.get("_auth_user_id", ""))


@pytest.mark.req("ACC-15")
@pytest.mark.parametrize("portal", ["one_network", "talent_platform"])
def test_a_known_person_enters(client: Client, portal: str) -> None:
    account = person()
    answer = come(client, KNOWN_PERSON, portal, after="/sessions/")
    assert (answer.status_code, answer["Location"]) == (302, "/sessions/")
    assert signed_in(client) == str(account.id)
    entry = SignInEntry.objects.latest("at")
    assert (entry.way, entry.portal, entry.portal_user_id, entry.account_id) == ("portal", portal, KNOWN_PERSON, account.id)


@pytest.mark.req("ACC-15")
def test_whom_the_portal_named_before_is_known_by_his_id(client: Client) -> None:
    account = person()
    come(client, KNOWN_PERSON)
    account.document_number, account.document_index = "", None
    account.save()
    come(client := Client(), KNOWN_PERSON)
    assert signed_in(client) == str(account.id)
    assert FederatedIdentity.objects.count() == 1


@pytest.mark.req("ACC-15")
@pytest.mark.parametrize("changes", [
    {"document": "000101198805200025"}, {"real_name_status": "failed"}, {"is_active": False},
], ids=["same name only", "did not pass real name", "closed"])
def test_nobody_is_known_by_his_name(client: Client, changes: dict[str, Any]) -> None:
    account = person(**changes)
    come(client, KNOWN_PERSON)
    assert signed_in(client) != str(account.id)


@pytest.mark.req("ACC-15", "ENT-1")
def test_an_unknown_person_goes_on_to_his_profile(client: Client) -> None:
    answer = come(client, NEW_PERSON, after="/sessions/")
    assert answer["Location"] == "/enter/work_system/"
    made = Account.objects.get(id=signed_in(client))
    assert (made.kind, made.name_zh, made.real_name_status, made.has_usable_password()) == ("natural", "温如玉", "passed", False)
    come(Client(), NEW_PERSON)
    assert Account.objects.count() == 1


def test_whom_the_portal_does_not_identify_gets_no_account(client: Client) -> None:
    answer = come(client, NAMELESS)
    assert answer.status_code == 422
    assert "没有给出证件号码" in answer.content.decode()
    assert not signed_in(client)
    assert not Account.objects.exists()


@pytest.mark.req("SES-1", "SES-6")
def test_a_unit_with_its_certificate_lands_on_the_choice(client: Client, world: World) -> None:
    answer = come(client, KNOWN_UNIT)
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "我要登录" in page
    assert "我要注册" in page
    assert not signed_in(client)


@pytest.mark.req("SES-1")
def test_a_unit_without_its_certificate_is_told(client: Client) -> None:
    answer = come(client, NO_CERTIFICATE)
    assert answer.status_code == 422
    assert "法人一证通" in answer.content.decode()


@pytest.mark.req("ACC-15")
def test_a_unit_is_known_by_its_credit_code(client: Client) -> None:
    answer = come(client, NEW_UNIT, "talent_platform")
    assert answer["Location"] == "/enter/expert_projects/"
    unit = Unit.objects.get(credit_code="91310115MA1HDEM15F")
    assert str(unit.account_id) == signed_in(client)
    Unit.objects.update(name_zh="改名后的公司")
    come(again := Client(), NEW_UNIT, "talent_platform")
    assert signed_in(again) == str(unit.account_id)
    assert Account.objects.count() == 1


# What a stranger may try

@pytest.mark.req("ACC-15")
@pytest.mark.parametrize("portal", ["one_network", "talent_platform"])
def test_an_answer_is_good_once(client: Client, portal: str) -> None:
    person()
    sent = client.get(f"/portals/{portal}/")
    back = through(sent["Location"], KNOWN_PERSON)
    assert client.get(back).status_code == 302
    client.post("/sign-out/")
    assert client.get(back).status_code == 422
    assert not signed_in(client)


@pytest.mark.req("ACC-15")
@pytest.mark.parametrize("portal", ["one_network", "talent_platform"])
def test_somebody_elses_answer_signs_nobody_in(client: Client, portal: str) -> None:
    """Login CSRF: the victim's browser is led to an answer that was made for the attacker's session."""
    person()
    back = through(Client().get(f"/portals/{portal}/")["Location"], KNOWN_PERSON)
    assert client.get(back).status_code == 422
    client.get(f"/portals/{portal}/")       # not even while the victim is at the portal himself
    assert client.get(back).status_code == 422
    assert not signed_in(client)


@pytest.mark.parametrize("portal", ["one_network", "talent_platform"])
def test_an_answer_with_our_state_and_a_false_code_is_refused_and_noted(client: Client, portal: str) -> None:
    sent = client.get(f"/portals/{portal}/")
    query = parse_qs(urlsplit(sent["Location"]).query)
    state = query["state"][0] if "state" in query else parse_qs(urlsplit(query["service"][0]).query)["state"][0]
    answer = client.get(f"/portals/{portal}/back/?state={state}&code=stolen&ticket=ST-stolen")
    assert answer.status_code == 422
    assert not signed_in(client)
    assert portal == "one_network" or AuditEntry.objects.filter(action="portal_answer_refused").exists()


def test_a_new_session_id_comes_with_the_sign_in(client: Client) -> None:
    person()
    client.get("/portals/one_network/")
    before = client.session.session_key
    come(client, KNOWN_PERSON)
    assert client.session.session_key != before


def test_going_on_stays_in_this_hall(client: Client) -> None:
    person()
    assert come(client, KNOWN_PERSON, after="https://evil.example/")["Location"] == "/enter/work_system/"


def test_a_portal_that_is_away_is_told_in_ones_language(settings: Any, tmp_path: Path) -> None:
    settings.PORTALS = tmp_path / "away.yaml"
    settings.PORTALS.write_text(
        "- {id: one_network, title: {zh: 一网通办, en: One-network portal}, protocol: oidc, address: http://127.0.0.1:9, "
        "client_id: x, system: work_system}\n", encoding="utf-8")
    assert [*portals(settings.PORTALS)] == ["one_network"]
    answer = Client(headers={"accept-language": "en"}).get("/portals/one_network/")
    assert answer.status_code == 503
    assert "does not answer at the moment" in answer.content.decode()


def test_portals_are_listed_and_unknown_ones_not_found(client: Client) -> None:
    page = client.get("/portals/").content.decode()
    assert "一网通办" in page
    assert "人社部政务服务平台" in page
    assert client.get("/portals/none/").status_code == 404
