"""Forgotten passwords (ACC-4): by login name and code; a stranger learns nothing."""

import re
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from laihua.accounts import actions
from laihua.accounts.models import Account, PasswordLink, Session
from laihua.notifications.models import OutboxMessage
from tests import people
from tests.captchas import solved

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACC-4")]
NEW = "a new pass phrase 2027"


@pytest.fixture
def person() -> Account:
    account = people.natural("gu.yan", password=people.PASSWORD)
    account.phone = account.phone_index = "+8613800006001"
    account.save()
    return account


def send(client: Client, name: str) -> Any:
    return client.post("/recover/", {"login_name": name, **solved(client, "/recover/"), "send_code": "1"})


def bare(page: Any, name: str) -> str:
    text = page.content.decode().replace(name, "NAME")
    return re.sub(r"[0-9a-f-]{36}|[0-9A-Za-z]{64}|\b\d{6}\b|\b\d\d:\d\d\b|data-lh-wait=\"\d+\"", "", text)


def test_a_code_to_the_reserved_phone_leads_to_a_new_password(client: Client, person: Account) -> None:
    elsewhere = people.signed_in(person)
    code = send(client, "Gu.Yan").context["sent"].demo_code
    assert OutboxMessage.objects.get().recipient == "+8613800006001"
    answer = client.post("/recover/", {"login_name": "gu.yan", "code": code})
    assert answer["Location"].startswith("/password/")
    saved = client.post(answer["Location"], {"password": NEW, "password_again": NEW})
    assert saved["Location"] == "/sign-in/?kind=natural&done=password"
    assert client.get(answer["Location"]).status_code == 404, "a link is good for once"
    assert elsewhere.get("/sessions/").status_code == 302, "open sessions have ended"
    signed = client.post("/sign-in/", {"login_name": "gu.yan", "password": NEW, "kind": "natural", **solved()})
    assert signed.status_code == 302


def test_a_stranger_sees_the_same_page_and_the_same_work_is_done(person: Account) -> None:
    people.natural("no.phone", password=people.PASSWORD)
    seen = {}
    for name in ("gu.yan", "no.phone", "nobody"):
        client = Client()
        client.get("/recover/")
        with CaptureQueriesContext(connection, ) as queries:
            page = send(client, name)
        seen[name] = (page.status_code, bare(page, name), len(queries))
    assert seen["gu.yan"] == seen["no.phone"] == seen["nobody"]
    assert "预留了手机号的" in seen["nobody"][1]
    assert OutboxMessage.objects.count() == 1


def test_wrong_codes_and_too_many_sends_are_told_the_same(person: Account) -> None:
    told = []
    for name in ("gu.yan", "nobody"):
        client = Client()
        send(client, name)
        wrong = client.post("/recover/", {"login_name": name, "code": "12345"})
        again = send(client, name)
        told.append((wrong.status_code, bare(wrong, name), again.status_code, str(again.context["errors"]["code"])))
    assert told[0][:3] == told[1][:3]
    assert told[0][2] == 429


def test_the_other_ways_and_the_appeal_are_one_click_away(client: Client) -> None:
    assert 'href="/recover/other/"' in client.get("/recover/").content.decode()
    page = client.get("/recover/other/").content.decode()
    assert "单位法人申诉找回账号密码" in page
    assert "自然人用户申诉找回密码" in page
    assert 'href="/appeal/"' in page


@pytest.mark.parametrize(("lasts", "late", "status"), [
    (timedelta(minutes=30), timedelta(minutes=29), 200), (timedelta(minutes=30), timedelta(minutes=30), 404),
    (timedelta(hours=24), timedelta(hours=23, minutes=59), 200), (timedelta(hours=24), timedelta(hours=24), 404),
])
def test_a_link_ends(client: Client, person: Account, lasts: timedelta, late: timedelta, status: int) -> None:
    now = timezone.now()
    token = actions.make_password_link(account_id=person.id, at=now, lasts=lasts)
    with patch("laihua.portal.account.recovering.timezone.now", return_value=now + late):
        assert client.get(f"/password/{token}/").status_code == status
    assert token.encode() not in bytes(PasswordLink.objects.get().token_digest)


def test_a_new_link_ends_the_earlier_one(client: Client, person: Account) -> None:
    first = actions.make_password_link(account_id=person.id, at=timezone.now())
    second = actions.make_password_link(account_id=person.id, at=timezone.now())
    assert client.get(f"/password/{first}/").status_code == 404
    assert client.get(f"/password/{second}/").status_code == 200
    assert client.get("/password/nonsense/").status_code == 404


def test_a_weak_password_leaves_the_link_in_force(client: Client, person: Account) -> None:
    token = actions.make_password_link(account_id=person.id, at=timezone.now())
    assert client.post(f"/password/{token}/", {"password": "short", "password_again": "short"}).status_code == 422
    assert client.post(f"/password/{token}/", {"password": NEW, "password_again": NEW}).status_code == 302


@pytest.mark.req("ACC-5")
def test_an_appeal_begins_with_a_proved_phone_and_is_found_again_by_it() -> None:
    found = set()
    for phone in ("13800006005", "+86 138 0000 6005", "13800006006"):
        client = Client()
        form = {"phone": phone, **solved(client, "/appeal/"), "send_code": "1"}
        with patch("laihua.accounts.codes._require_within_limits"):
            sent = client.post("/appeal/", form).context["sent"]
        assert client.post("/appeal/", {"phone": phone, "code": sent.demo_code})["Location"] == "/appeal/"
        account = Account.objects.get(id=client.session["_auth_user_id"])
        assert account.kind == "visitor"
        assert not account.has_usable_password()
        page = client.get("/appeal/")
        assert page.status_code == 200
        assert "选择申诉事项" in page.content.decode()
        assert client.get("/my/").status_code in (200, 403)
        found.add(account.id)
    assert len(found) == 2
    assert Session.objects.filter(account_id__in=found).count() == 3


@pytest.mark.req("ACC-5")
def test_whether_somebody_has_an_account_does_not_change_the_appeal(person: Account) -> None:
    pages = []
    for phone in ("13800006001", "13800006009"):
        client = Client()
        pages.append(bare(client.post("/appeal/", {"phone": phone, **solved(client, "/appeal/"), "send_code": "1"}), phone))
    assert pages[0] == pages[1]
