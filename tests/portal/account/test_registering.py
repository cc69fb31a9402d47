"""Registration and the three look-ups before it (ACC-3)."""

from typing import Any

import pytest
from django.test import Client

from laihua.accounts import rules
from laihua.accounts.models import Account, Consent, Grant
from laihua.notifications.models import OutboxMessage
from laihua.units.models import Unit
from tests import people
from tests.captchas import solved

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACC-3")]
PHONE = "13800006001"
PERSON = {
    "login_name": "lindqvist.s", "password": people.PASSWORD, "password_again": people.PASSWORD, "name_latin": "LINDQVIST SOEREN",
    "document_type": "passport", "document_number": "EM7204138", "phone": PHONE, "email": "s.lindqvist@example.com",
    "agreed": "true",
}
UNIT = {
    "login_name": "yanhe.office", "password": people.PASSWORD, "password_again": people.PASSWORD, "unit_name": "样例岩和科技有限公司",
    "credit_code": people.credit_code(77001), "kind": "enterprise", "handler_name": "沈知遥", "document_type": "passport",
    "document_number": "EM7204139", "phone": PHONE, "email": "office@example.com", "agreed": "true",
}


def code_for(client: Client, path: str, form: dict[str, str]) -> str:
    answer = client.post(path, {**form, **solved(client, path), "send_code": "1"})
    assert answer.status_code == 200
    assert answer.context["sent"] is not None
    return str(answer.context["sent"].demo_code)


def look_up(client: Client, key: str, value: str, **more: str) -> Any:
    return client.post("/register/unit/", {key: value, "look_up": key, **more})


@pytest.mark.parametrize(("key", "known", "unknown", "taken", "free"), [
    ("login_name", "GU.YAN", "somebody.else", "登录名已被注册", "登录名未被注册"),
    ("unit_name", "样例甲有限公司", "样例乙有限公司", "法人单位名称已被注册", "法人单位名称未被注册"),
    ("credit_code", "", people.credit_code(991), "统一社会信用代码已被注册", "统一社会信用代码未被注册"),
])
def test_each_look_up_says_whether_it_is_registered(
    client: Client, key: str, known: str, unknown: str, taken: str, free: str
) -> None:
    people.natural("gu.yan")
    unit = people.unit("样例甲有限公司")
    for value, answer in ((known or unit.credit_code, taken), (unknown, free)):
        page = look_up(client, key, value, **solved(client, "/register/unit/")).content.decode()
        assert answer in page
        assert (free if answer is taken else taken) not in page


def test_where_the_unit_exists_the_page_leads_to_recovery_where_not_to_the_form(client: Client) -> None:
    people.unit("样例甲有限公司")
    page = look_up(client, "unit_name", "样例甲有限公司", **solved(client, "/register/unit/")).content.decode()
    assert 'href="/recover/"' in page
    assert 'href="/appeal/"' in page
    assert 'href="/register/unit/form/"' not in page
    for key in ("login_name", "unit_name", "credit_code"):
        form = {"login_name": "new.unit", "unit_name": "样例乙有限公司", "credit_code": people.credit_code(992)}
        again = solved(client, "/register/unit/") if client.session.get("look_ups_left", 0) <= 0 else {}
        page = client.post("/register/unit/", {**form, **again, "look_up": key}).content.decode()
    assert 'href="/register/unit/form/"' in page
    assert client.get("/register/unit/form/").context["values"]["credit_code"] == people.credit_code(992)


def test_a_look_up_costs_a_captcha_and_one_captcha_pays_for_three(client: Client) -> None:
    assert look_up(client, "login_name", "somebody").status_code == 422
    assert look_up(client, "login_name", "somebody", **solved(client, "/register/unit/")).status_code == 200
    for _ in range(2):
        assert look_up(client, "login_name", "somebody").status_code == 200
    assert look_up(client, "login_name", "somebody").status_code == 422


def test_an_address_has_so_many_look_ups_an_hour() -> None:
    for _ in range(rules.LOOK_UPS.failures // 3):
        client = Client()
        for more in (solved(client, "/register/unit/"), {}, {}):
            assert look_up(client, "login_name", "somebody", **more).status_code == 200
    client = Client()
    answer = look_up(client, "login_name", "somebody", **solved(client, "/register/unit/"))
    assert answer.status_code == 429
    assert "未被注册" not in answer.content.decode()


def test_a_natural_person_registers_and_signs_in(client: Client) -> None:
    code = code_for(client, "/register/person/", PERSON)
    sms = OutboxMessage.objects.get(channel="sms")
    assert code in sms.text
    assert sms.account_id is None
    answer = client.post("/register/person/", {**PERSON, "code": code})
    assert answer["Location"] == "/sign-in/?kind=natural&done=registered"
    account = Account.objects.get_by_natural_key("lindqvist.s")
    assert (account.kind, account.phone, account.document_type) == ("natural", "+8613800006001", "passport")
    assert Consent.objects.filter(account=account, purpose="agreement").exists()
    page = client.get(answer["Location"])
    assert "注册成功，请登录" in page.content.decode()
    assert page.context["login_name"] == "lindqvist.s"
    assert "_auth_user_id" not in client.session
    signed = client.post("/sign-in/", {"login_name": "lindqvist.s", "password": people.PASSWORD, "kind": "natural", **solved()})
    assert signed.status_code == 302


def test_a_legal_person_registers_with_its_unit_and_administers_it(client: Client) -> None:
    code = code_for(client, "/register/unit/form/", UNIT)
    answer = client.post("/register/unit/form/", {**UNIT, "code": code})
    assert answer["Location"] == "/sign-in/?kind=legal&done=registered"
    unit = Unit.objects.select_related("account").get(credit_code=UNIT["credit_code"])
    assert unit.account is not None
    assert unit.account.kind == "legal"
    assert unit.legal_information["authorisation"]["handler_name"] == "沈知遥"
    assert Grant.objects.filter(account=unit.account, organisation_id=unit.id, role="unit_admin", revoked_at=None).exists()
    signed = client.post("/sign-in/", {"login_name": "yanhe.office", "password": people.PASSWORD, "kind": "legal", **solved()})
    assert signed.status_code == 302


@pytest.mark.parametrize(("changes", "place"), [
    ({"document_number": "12"}, "document_number"), ({"document_type": ""}, "document_type"),
    ({"document_type": "resident_id", "document_number": "310106198503140021"}, "document_number"),
    ({"phone": "12345"}, "phone"), ({"email": "nobody"}, "email"), ({"agreed": ""}, "agreed"), ({"password": "short"}, "password"),
    ({"password_again": "something else 2026"}, "password_again"), ({"login_name": "a b"}, "login_name"),
    ({"name_latin": ""}, "name_latin"),
])
def test_what_is_wrong_is_told_at_its_field_before_the_code_is_used(
    client: Client, changes: dict[str, str], place: str
) -> None:
    code = code_for(client, "/register/person/", PERSON)
    answer = client.post("/register/person/", {**PERSON, **changes, "code": code})
    assert answer.status_code == 422
    assert place in answer.context["errors"]
    assert client.post("/register/person/", {**PERSON, "code": code}).status_code == 302


def test_without_the_code_nothing_is_told_about_names(client: Client) -> None:
    people.natural("lindqvist.s")
    answer = client.post("/register/person/", {**PERSON, "code": "000000"})
    assert set(answer.context["errors"]) == {"code"}
    code = code_for(client, "/register/person/", PERSON)
    answer = client.post("/register/person/", {**PERSON, "code": code})
    assert set(answer.context["errors"]) == {"login_name"}
    answer = client.post("/register/person/", {**PERSON, "login_name": "lindqvist.soeren"})
    assert answer.status_code == 302, "the phone stays proved, so no second code is asked for"


def test_a_unit_that_is_registered_is_told(client: Client) -> None:
    known = people.unit("样例岩和科技有限公司")
    form = {**UNIT, "credit_code": known.credit_code}
    answer = client.post("/register/unit/form/", {**form, "code": code_for(client, "/register/unit/form/", form)})
    assert set(answer.context["errors"]) == {"unit_name", "credit_code"}
    assert not Account.objects.filter(login_name="yanhe.office").exists()


def test_sending_a_code_costs_a_captcha(client: Client) -> None:
    answer = client.post("/register/person/", {**PERSON, "captcha": "00000", "captcha_id": "", "send_code": "1"})
    assert "captcha" in answer.context["errors"]
    assert not OutboxMessage.objects.exists()


@pytest.mark.req("SES-2")
def test_who_comes_as_a_unit_does_not_type_its_name_again(client: Client) -> None:
    page = client.get("/register/unit/", {"unit_name": "上海远帆新能源有限公司", "credit_code": "91310115MA1HDEM15F", "login_name": "x"})
    assert 'value="上海远帆新能源有限公司"' in page.content.decode()
    assert 'value="91310115MA1HDEM15F"' in page.content.decode()
    assert 'value="x"' not in page.content.decode()
