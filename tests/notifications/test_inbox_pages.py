"""The inbox of the one who is signed in."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from laihua.accounts.models import Account
from laihua.notifications import actions, queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(at: datetime) -> tuple[Account, Account]:
    one, other = (Account.objects.create(kind="natural", login_name=name, created_at=at) for name in ("lin", "other"))
    return one, other


@pytest.fixture
def client(people: tuple[Account, Account]) -> Client:
    client = Client()
    client.force_login(people[0], backend="django.contrib.auth.backends.ModelBackend")
    return client


def tell(notice: dict[str, Any], account: Account, count: int = 1) -> None:
    for number in range(count):
        to = replace(notice["to"], account_id=account.id, phone="", email="")
        actions.notify(**notice | {"to": to, "key": f"k{number}", "at": notice["at"] + timedelta(minutes=number)})


def test_a_message_is_unread_until_it_is_opened(client: Client, people, notice: dict[str, Any]) -> None:
    tell(notice, people[0])
    assert queries.unread_count(people[0].id) == 1
    (row,) = queries.inbox_of(people[0].id)
    page = client.get(reverse("account:inbox")).content.decode()
    assert "案件已受理" in page
    assert "未读" in page
    page = client.get(reverse("account:inbox_message", args=[row.id])).content.decode()
    assert "您的案件WP-20261112-0001已受理。" in page
    assert notice["link"] in page
    assert queries.unread_count(people[0].id) == 0


def test_a_message_follows_the_language_of_the_page(client: Client, people, notice: dict[str, Any]) -> None:
    tell(notice, people[0])
    page = client.get(reverse("account:inbox"), headers={"accept-language": "en"}).content.decode()
    assert "Case accepted" in page
    assert "案件已受理" not in page


def test_somebody_else_s_message_is_not_found_and_stays_unread(client: Client, people, notice: dict[str, Any]) -> None:
    tell(notice, people[1])
    (row,) = queries.inbox_of(people[1].id)
    assert client.get(reverse("account:inbox_message", args=[row.id])).status_code == 404
    assert "案件已受理" not in client.get(reverse("account:inbox")).content.decode()
    client.post(reverse("account:inbox_read_all"))
    assert queries.unread_count(people[1].id) == 1


def test_the_same_notice_stands_in_the_inbox_once(people, notice: dict[str, Any]) -> None:
    tell(notice, people[0])
    tell(notice, people[0])
    assert len(queries.inbox_of(people[0].id)) == 1


def test_older_messages_are_on_the_next_page(client: Client, people, notice: dict[str, Any], at: datetime) -> None:
    tell(notice, people[0], queries.PAGE + 3)
    first = client.get(reverse("account:inbox"))
    assert len(first.context["rows"]) == queries.PAGE
    second = client.get(reverse("account:inbox"), {"after": first.context["next"]})
    assert len(second.context["rows"]) == 3
    assert not second.context["next"]
    assert not {row.id for row in first.context["rows"]} & {row.id for row in second.context["rows"]}


def test_all_are_read_at_once(client: Client, people, notice: dict[str, Any]) -> None:
    tell(notice, people[0], 3)
    client.post(reverse("account:inbox_read_all"))
    assert queries.unread_count(people[0].id) == 0


def test_an_empty_inbox_says_what_will_come(client: Client) -> None:
    assert "还没有消息" in client.get(reverse("account:inbox")).content.decode()


def test_a_visitor_is_not_shown_anything() -> None:
    assert Client().get(reverse("account:inbox")).status_code in (302, 403)
