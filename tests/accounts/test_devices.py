"""ACC-2: tries at one login name are limited from everywhere together, and lock nobody out of a device of his own."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from laihua.accounts import devices, rules
from laihua.accounts.rules import Limit
from tests import people
from tests.captchas import solved

pytestmark = pytest.mark.django_db
FEW = Limit(4, timedelta(days=1))


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "NAME", FEW)
    people.natural("gu.yan", password=people.PASSWORD)


def attempt(client: Client, password: str = "wrong", name: str = "gu.yan", number: int = 1) -> Any:
    form = {"login_name": name, "password": password, "kind": "natural", **solved()}
    return client.post("/sign-in/", form, REMOTE_ADDR=f"198.51.100.{number}")


def attack(name: str = "gu.yan") -> list[int]:
    return [attempt(Client(), name=name, number=n).status_code for n in range(10, 16)]


@pytest.mark.req("ACC-2")
@pytest.mark.parametrize("name", ["gu.yan", "nobody"])
def test_addresses_that_change_do_not_help(name: str) -> None:
    assert attack(name) == [422] * 4 + [429] * 2
    assert "忘记密码" in attempt(Client(), name=name, number=99).content.decode()


@pytest.mark.req("ACC-2")
def test_the_owner_enters_from_a_device_that_he_used_before_and_from_no_other() -> None:
    mine = Client()
    assert attempt(mine, people.PASSWORD).status_code == 302
    mine.post("/sign-out/")
    attack()
    assert attempt(mine, people.PASSWORD).status_code == 302
    assert attempt(Client(), people.PASSWORD, number=2).status_code == 429
    tomorrow = timezone.now() + timedelta(days=1)
    with patch("django.utils.timezone.now", return_value=tomorrow):
        assert attempt(Client(), people.PASSWORD, number=2).status_code == 302


def test_the_owner_s_device_has_its_own_limit() -> None:
    mine = Client()
    attempt(mine, people.PASSWORD)
    mine.post("/sign-out/")
    assert [attempt(mine, number=n).status_code for n in range(5)] == [422] * 4 + [429]
    assert attempt(Client(), people.PASSWORD, number=77).status_code == 302


def test_the_device_of_one_account_is_none_for_another_and_cannot_be_invented() -> None:
    people.natural("other", password=people.PASSWORD)
    other = Client()
    attempt(other, people.PASSWORD, name="other")
    other.post("/sign-out/")
    attack()
    assert attempt(other, number=50).status_code == 429
    forged = Client()
    forged.cookies[devices.COOKIE] = other.cookies[devices.COOKIE].value[:-2] + "xx"
    assert attempt(forged, number=51).status_code == 429


def test_signing_in_again_gives_the_device_no_fresh_tries() -> None:
    mine = Client()
    attempt(mine, people.PASSWORD)
    first = people_device(mine)
    mine.post("/sign-out/")
    attempt(mine, people.PASSWORD, number=3)
    assert people_device(mine) == first


def people_device(client: Client) -> str:
    from django.test import RequestFactory

    request = RequestFactory().get("/")
    request.COOKIES = {devices.COOKIE: client.cookies[devices.COOKIE].value}
    return devices.known_device(request, "GU.YAN")
