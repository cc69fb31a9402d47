"""S0 §2 and §3 over HTTP: special sign-in, 我要登录 / 我要注册, and the check of the handler."""

from datetime import datetime
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from laihua.accounts import actions, queries
from laihua.accounts.models import HandlerProof, SignInEntry
from laihua.accounts.permissions import SYSTEM
from laihua.notifications.models import OutboxMessage
from tests import agencies
from tests.agencies import CODE, CODED, CONTACT, Agencies
from tests.captchas import answer_of, solved
from tests.world import World

pytestmark = pytest.mark.django_db
UNIT = {"unit_code": CODE, "unit_name": CODED, "phone": CONTACT}


@pytest.fixture
def them(world: World, at: datetime) -> Agencies:
    return agencies.build(world, at)


def send(client: Client, path: str = "/special/", **form: str) -> Any:
    return client.post(path, {**form, **solved(client, path), "send_code": "1"})


def sent_code() -> str:
    return "".join(c for c in OutboxMessage.objects.filter(channel="sms").latest("created_at").text.split("，")[0] if c.isdigit())


def in_by_special(client: Client) -> None:
    assert send(client, **UNIT).status_code == 200
    answer = client.post("/special/", {**UNIT, "code": sent_code()})
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == "/way-in/"


@pytest.mark.req("SES-2")
def test_code_name_and_a_registered_phone_lead_to_the_two_ways(client: Client, them: Agencies) -> None:
    in_by_special(client)
    page = client.get("/way-in/").content.decode()
    assert "我要登录" in page
    assert "我要注册" in page
    assert "_auth_user_id" not in client.session, "nobody is signed in before his handler is known"
    kept = str(client.session.items())
    assert CONTACT not in kept
    assert "13900007777" not in kept


@pytest.mark.req("SES-2")
@pytest.mark.parametrize("phone", ["13900007777", "+86 138 0000 8002"])
def test_the_contact_s_number_and_a_handler_s(client: Client, them: Agencies, phone: str) -> None:
    send(client, **{**UNIT, "phone": phone})
    assert OutboxMessage.objects.filter(channel="sms").count() == 1


STRANGE = [
    {"phone": "13911112222"}, {"unit_code": "SH-9999"}, {"unit_name": "另一研究所"}, {"unit_code": "91310115MA1HEXAM5R"},
]


@pytest.mark.req("SES-2")
@pytest.mark.parametrize("wrong", STRANGE)
def test_whoever_is_not_registered_gets_the_same_answer_and_no_code(client: Client, them: Agencies, wrong: dict[str, str]) -> None:
    right, other = Client(), client
    pages = [send(right, **UNIT), send(other, **{**UNIT, **wrong})]
    assert [page.status_code for page in pages] == [200, 200]
    told = [(page.context["general"], page.context["errors"], bool(page.context["sent"])) for page in pages]
    assert told[0] == told[1]
    assert OutboxMessage.objects.filter(channel="sms").count() == 1
    refused = [
        right.post("/special/", {**UNIT, "code": "000000"}), other.post("/special/", {**UNIT, **wrong, "code": "000000"}),
    ]
    assert [page.status_code for page in refused] == [422, 422]
    assert refused[0].context["errors"] == refused[1].context["errors"]


@pytest.mark.req("SES-2")
def test_the_same_work_is_done_for_everybody(client: Client, them: Agencies) -> None:
    """The time of an answer follows from its statements: the same number, whoever asks."""
    counts = set()
    for wrong in [{}, *STRANGE]:
        browser = Client()
        form = {**UNIT, **wrong, **solved(browser, "/special/"), "send_code": "1"}
        with CaptureQueriesContext(connection, ) as statements:
            browser.post("/special/", form)
        counts.add(len(statements))
    assert len(counts) == 1


@pytest.mark.req("SES-2")
def test_even_the_code_of_an_unsent_message_does_not_enter(client: Client, them: Agencies) -> None:
    with patch("laihua.accounts.codes.secrets.randbelow", return_value=424242):
        send(client, **{**UNIT, "phone": "13911112222"})
    assert client.post("/special/", {**UNIT, "phone": "13911112222", "code": "424242"}).status_code == 422


@pytest.mark.req("SES-2")
def test_a_code_of_one_unit_does_not_open_another(client: Client, them: Agencies) -> None:
    send(client, **UNIT)
    code = sent_code()
    other = {"unit_code": "91310115MA1HEXAM5R", "unit_name": "上海砚桥精密仪器有限公司", "phone": CONTACT}
    assert client.post("/special/", {**other, "code": code}).status_code == 422


@pytest.mark.req("SES-5")
def test_an_agency_is_refused_with_why_and_the_portal(client: Client, them: Agencies) -> None:
    form = {"unit_code": them.agency.credit_code, "unit_name": them.agency.name_zh, "phone": "13800008001"}
    answer = send(client, **form)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "代理机构统一从一网通办登录进入系统" in page
    assert 'href="/portals/"' in page
    assert not OutboxMessage.objects.filter(channel="sms").exists()
    assert client.post("/special/", {**form, "code": "123456"}).status_code == 422


@pytest.mark.req("SES-2")
def test_captcha_first(client: Client, them: Agencies) -> None:
    form = {**UNIT, **solved(client, "/special/"), "captcha": "00000", "send_code": "1"}
    answer = client.post("/special/", form)
    assert set(answer.context["errors"]) == {"captcha"}
    assert not OutboxMessage.objects.filter(channel="sms").exists()


def test_without_a_unit_there_is_no_way_on(client: Client, db: None) -> None:
    assert client.get("/way-in/")["Location"] == "/special/"
    assert client.get("/way-in/handler/")["Location"] == "/special/"


def test_what_was_proved_is_forgotten_after_half_an_hour(client: Client, them: Agencies) -> None:
    import time

    in_by_special(client)
    with patch("laihua.portal.account.unit_entry.time.time", return_value=time.time() + 31 * 60):
        assert client.get("/way-in/handler/")["Location"] == "/special/"


def handler_form(them: Agencies, **more: str) -> dict[str, str]:
    return {"handler": str(them.coded_handler.id), **more}


def prove(client: Client, them: Agencies) -> Any:
    form = handler_form(them, first="1", phone="13800008002")
    page = client.post("/way-in/handler/", handler_form(them))
    captcha_id = str(page.context["captcha"])
    client.post("/way-in/handler/", {**form, "captcha_id": captcha_id, "captcha": answer_of(captcha_id), "send_code": "1"})
    return client.post("/way-in/handler/", {**form, "code": sent_code()})


@pytest.mark.req("SES-3", "SES-6")
def test_a_handler_proves_himself_once_and_enters_at_once_afterwards(client: Client, them: Agencies) -> None:
    in_by_special(client)
    first = client.post("/way-in/handler/", handler_form(them))
    assert first.context["first"]
    assert "本单位注册有效经办人手机" in first.content.decode()
    planted = client.session.session_key
    assert prove(client, them).status_code == 302
    assert client.session["_auth_user_id"] == str(them.coded_handler.id)
    assert client.session.session_key != planted
    entry = SignInEntry.objects.get()
    assert (entry.way, entry.unit_code, entry.unit_name, entry.phone) == ("special", CODE, CODED, CONTACT)
    assert entry.handler_id == them.coded_handler.id
    assert HandlerProof.objects.count() == 1

    again = Client()
    OutboxMessage.objects.all().delete()
    with patch("laihua.accounts.codes._require_within_limits"), patch("laihua.accounts.codes._is_within_limits_of_phone"):
        in_by_special(again)
    assert again.post("/way-in/handler/", handler_form(them)).status_code == 302
    assert again.session["_auth_user_id"] == str(them.coded_handler.id)
    assert SignInEntry.objects.count() == 2


@pytest.mark.req("SES-3")
def test_only_the_handler_s_own_number_proves_him(client: Client, them: Agencies) -> None:
    in_by_special(client)
    OutboxMessage.objects.all().delete()
    page = client.post("/way-in/handler/", handler_form(them))
    captcha_id = str(page.context["captcha"])
    form = handler_form(them, first="1", phone=CONTACT)
    answer = client.post("/way-in/handler/", {**form, "captcha_id": captcha_id, "captcha": answer_of(captcha_id), "send_code": "1"})
    assert answer.status_code == 200
    assert not OutboxMessage.objects.filter(channel="sms").exists()


@pytest.mark.req("SES-3")
def test_a_new_number_is_proved_anew_and_another_way_in_too(them: Agencies) -> None:
    where: Any = {"organisation_id": them.coded.organisation_id, "account_id": them.coded_handler.id}
    actions.note_proof(**where, came_by=("special", "", CONTACT), phone="1", at=them.coded.registered_at)
    assert queries.is_proved(**where, came_by=("special", "", CONTACT), phone="1")
    assert not queries.is_proved(**where, came_by=("special", "", CONTACT), phone="2")
    assert not queries.is_proved(**where, came_by=("special", "", "+8613900009999"), phone="1")
    assert not queries.is_proved(**where, came_by=("portal", "one_network", CONTACT), phone="1")


@pytest.mark.req("SES-3")
def test_nobody_else_s_handler_can_be_chosen(client: Client, them: Agencies) -> None:
    in_by_special(client)
    for stranger in (them.agent.id, them.world.handler.account_id, UUID(int=0), "x"):
        assert client.post("/way-in/handler/", {"handler": str(stranger)}).status_code == 422


@pytest.mark.req("SES-3")
def test_the_session_acts_for_the_unit_and_for_nothing_else(client: Client, them: Agencies, at: datetime) -> None:
    """The phone of the unit opened it, not the person's password: his other posts and his own matters stay closed."""
    actions.grant_role(
        account_id=them.coded_handler.id, organisation_id=them.world.unit.id, role="unit_admin", actor=SYSTEM, at=at)
    in_by_special(client)
    prove(client, them)
    assert CODED in client.get("/my/").content.decode()
    client.post("/sign-in/organisation/", {"organisation": str(them.world.unit.id)})
    client.post("/sign-in/organisation/", {"organisation": "self"})
    request = RequestFactory().get("/")
    request.session, request.user = client.session, them.coded_handler
    standing = queries.standing_of(request)
    assert standing.actor is not None
    assert standing.actor.organisation_id == them.coded.organisation_id
    assert not standing.actor.for_himself
    assert not standing.may_switch

    from laihua.accounts.models import Grant

    actions.revoke_grant(
        grant_id=Grant.objects.get(account=them.coded_handler, organisation_id=them.coded.organisation_id).id, actor=SYSTEM, at=at)
    answer = client.get("/my/")
    assert answer.status_code == 403
    assert "经办人授权已撤销" in answer.content.decode()


@pytest.mark.req("SES-3")
def test_from_a_portal_the_log_keeps_user_unit_and_credit_code(them: Agencies, at: datetime, client: Client) -> None:
    from django.contrib.auth.models import AnonymousUser

    from laihua.portal.account.unit_entry import begin_unit_session

    client.get("/special/")
    request = RequestFactory().get("/")
    request.session, request.user = client.session, AnonymousUser()
    begin_unit_session(
        request, way="portal", unit_code=them.agency.credit_code, unit_name=them.agency.name_zh, portal="one_network",
        credit_code=them.agency.credit_code, portal_user_id="u-4711",
    )
    request.session.save()
    client.cookies["sessionid"] = request.session.session_key
    from django.conf import settings

    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key
    actions.note_proof(
        organisation_id=them.agency.organisation_id, account_id=them.agent.id, came_by=("portal", "one_network", "u-4711"),
        phone=them.agent.phone, at=at,
    )
    answer = client.post("/way-in/handler/", {"handler": str(them.agent.id)})
    assert answer["Location"] == "/way-in/for/", "an agency is asked for whom"
    entry = SignInEntry.objects.get()
    assert (entry.way, entry.portal, entry.portal_user_id) == ("portal", "one_network", "u-4711")
    assert (entry.unit_name, entry.credit_code, entry.handler_id) == (them.agency.name_zh, them.agency.credit_code, them.agent.id)
    assert "为其他用人单位办理" in client.get("/way-in/for/").content.decode()
