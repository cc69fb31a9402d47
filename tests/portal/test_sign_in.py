"""Name and password: what is said, what is counted, where it leads."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client
from django.utils import timezone

from laihua.accounts import attempts, rules
from laihua.accounts.models import Account, Tally
from laihua.kernel.models import AuditEntry
from tests import people
from tests.captchas import solved

pytestmark = pytest.mark.django_db
WRONG = "登录名或密码错误"


@pytest.fixture
def person() -> Account:
    return people.natural("gu.yan", password=people.PASSWORD)


def attempt(client: Client, login_name: str, password: str, *, kind: str = "natural", address: str = "198.51.100.7",
            **more: str):  # type: ignore[no-untyped-def]
    return client.post("/sign-in/", {"login_name": login_name, "password": password, "kind": kind, **solved(), **more},
                       REMOTE_ADDR=address)


@pytest.mark.req("ACC-1")
def test_the_right_password_opens_a_new_session(client: Client, person: Account) -> None:
    client.get("/sign-in/")
    client.session["planted"] = "x"
    planted = client.session.session_key
    answer = attempt(client, "GU.YAN", people.PASSWORD)
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(person.id)
    assert client.session.session_key != planted
    assert AuditEntry.objects.filter(chain=f"account:{person.id}", action="sign_in").count() == 1


@pytest.mark.req("ACC-2")
@pytest.mark.parametrize(("login_name", "password", "kind"), [
    ("gu.yan", "not-the-password", "natural"),
    ("nobody", people.PASSWORD, "natural"),
    ("gu.yan", people.PASSWORD, "legal"),
    ("no.password", "", "natural"),
])
def test_every_mistake_is_told_in_the_same_words(
    client: Client, person: Account, login_name: str, password: str, kind: str
) -> None:
    people.natural("no.password")
    answer = attempt(client, login_name, password or "!", kind=kind)
    assert answer.status_code == 422
    assert [reason.code for reason in answer.context["general"]] == ["wrong_name_or_password"]
    assert WRONG in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_an_account_that_is_not_active_is_told_the_same(client: Client, person: Account) -> None:
    Account.objects.update(is_active=False)
    assert WRONG in attempt(client, "gu.yan", people.PASSWORD).content.decode()


@pytest.mark.req("ACC-2")
@pytest.mark.parametrize(("login_name", "password"), [
    ("gu.yan", people.PASSWORD), ("gu.yan", "not-the-password"), ("nobody", "not-the-password"),
])
def test_one_hash_is_computed_whether_the_account_exists_or_not(
    client: Client, person: Account, login_name: str, password: str
) -> None:
    encode, verify = Argon2PasswordHasher.encode, Argon2PasswordHasher.verify
    hashed: list[str] = []

    def counted_encode(self, *args):  # type: ignore[no-untyped-def]
        hashed.append("encode")
        return encode(self, *args)

    def counted_verify(self, *args):  # type: ignore[no-untyped-def]
        hashed.append("verify")
        return verify(self, *args)

    with patch.object(Argon2PasswordHasher, "encode", counted_encode), \
            patch.object(Argon2PasswordHasher, "verify", counted_verify):
        attempt(client, login_name, password)
    assert len(hashed) == 1


def test_no_more_attempts_of_a_name_from_one_address(client: Client, person: Account) -> None:
    for _ in range(rules.NAME_AND_ADDRESS.failures):
        assert attempt(client, "gu.yan", "not-the-password").status_code == 422
    answer = attempt(client, "Gu.Yan", people.PASSWORD)
    assert answer.status_code == 429
    assert "后再试" in answer.content.decode()
    until = timezone.localtime(Tally.objects.order_by("-count").first().expires_at)
    assert until.strftime("%H:%M") in answer.content.decode()

    assert attempt(Client(), "gu.yan", people.PASSWORD, address="203.0.113.5").status_code == 302


def test_unknown_names_are_locked_the_same_way(client: Client) -> None:
    for _ in range(rules.NAME_AND_ADDRESS.failures):
        attempt(client, "nobody", "not-the-password")
    assert attempt(client, "nobody", "not-the-password").status_code == 429


def test_one_address_cannot_try_a_password_on_many_names(client: Client, person: Account) -> None:
    with patch("laihua.accounts.sign_in.authenticate", return_value=None):
        for number in range(rules.ADDRESS.failures):
            assert attempt(client, f"somebody{number}", "guess").status_code == 422
    assert attempt(client, "gu.yan", people.PASSWORD).status_code == 429
    assert attempt(Client(), "gu.yan", people.PASSWORD, address="203.0.113.5").status_code == 302


def test_a_success_forgives_the_mistakes_before_it(client: Client, person: Account) -> None:
    for _ in range(2):
        for _ in range(rules.NAME_AND_ADDRESS.failures - 1):
            attempt(client, "gu.yan", "not-the-password")
        assert attempt(client, "gu.yan", people.PASSWORD).status_code == 302
        client.post("/sign-out/")


def test_a_lock_ends_when_it_said() -> None:
    mine = attempts.Counted("name", "somebody", rules.Limit(2, timedelta(minutes=15)))
    start = people.AT
    assert attempts.count([mine], at=start) is None
    assert attempts.count([mine], at=start + timedelta(minutes=10)) is None
    until = start + timedelta(minutes=25)
    assert attempts.count([mine], at=start + timedelta(minutes=20)) == until
    assert attempts.count([mine], at=start + timedelta(minutes=24)) == until
    assert attempts.count([mine], at=until) is None
    assert attempts.forget_expired(at=until + timedelta(minutes=15)) == 1


def test_neither_names_nor_addresses_stand_in_the_tally(client: Client) -> None:
    attempt(client, "nobody", "not-the-password")
    for tally in Tally.objects.all():
        assert len(bytes(tally.key)) == 16
    assert Tally.objects.count() == 3


@pytest.mark.parametrize(("target", "lands"), [
    ("/inbox/?page=2", "/inbox/?page=2"), ("https://evil.example/", None), ("//evil.example/", None),
    ("javascript:alert(1)", None), ("/\\evil.example", None),
])
def test_signing_in_leads_on_inside_the_hall_only(
    client: Client, person: Account, target: str, lands: str | None
) -> None:
    answer = attempt(client, "gu.yan", people.PASSWORD, next=target)
    assert answer.status_code == 302
    assert "evil" not in answer["Location"]
    assert answer["Location"].startswith("/")
    if lands:
        assert answer["Location"] == lands


def test_missing_fields_are_named_and_not_counted(client: Client) -> None:
    answer = client.post("/sign-in/", {"kind": "natural"})
    assert answer.status_code == 422
    assert set(answer.context["errors"]) == {"login_name", "password"}
    assert not Tally.objects.exists()


def test_the_password_is_neither_shown_again_nor_logged(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    answer = attempt(client, "nobody", "do-not-repeat-me")
    assert "do-not-repeat-me" not in answer.content.decode()
    shown = capsys.readouterr()
    assert "do-not-repeat-me" not in shown.out + shown.err


def test_signing_out_needs_a_form_and_ends_the_session(client: Client, person: Account) -> None:
    people.signed_in(person, client=client)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert "_auth_user_id" not in client.session


def test_the_language_of_the_account_is_taken_unless_the_browser_has_one(client: Client, person: Account) -> None:
    Account.objects.update(language="en")
    assert attempt(client, "gu.yan", people.PASSWORD).cookies["django_language"].value == "en"
    other = Client()
    other.cookies["django_language"] = "zh-hans"
    assert "django_language" not in attempt(other, "gu.yan", people.PASSWORD).cookies


def test_the_page_speaks_both_languages(client: Client) -> None:
    assert "自然人登录" in client.get("/sign-in/").content.decode()
    client.cookies["django_language"] = "en"
    english = client.get("/sign-in/?kind=natural").content.decode()
    assert "Sign in" in english
    assert "自然人" not in english
