"""Open sessions: listed, ended one by one or all at once, and by a new password."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from laihua.accounts.models import Account, Session
from laihua.accounts.sessions import device_in_words
from tests import people
from tests.captchas import solved

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile Safari/604.1"
NEW = "a new pass phrase 2027"


@pytest.fixture
def person() -> Account:
    return people.natural("gu.yan", password=people.PASSWORD)


def enter(agent: str = CHROME, name: str = "gu.yan") -> Client:
    client = Client(headers={"user-agent": agent})
    answer = client.post("/sign-in/", {"login_name": name, "password": people.PASSWORD, "kind": "natural", **solved(client)})
    assert answer.status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/sessions/").status_code == 200


@pytest.mark.parametrize(("agent", "words"), [
    (CHROME, "Chrome 131 · Windows"), (PHONE, "Safari 604 · iPhone"), (CHROME + " Edg/131.0.0.0", "Edge 131 · Windows"), ("", ""),
    ("curl/8.0", ""),
])
def test_a_device_in_few_words(agent: str, words: str) -> None:
    assert device_in_words(agent) == words


def test_they_are_listed_with_this_one_marked(person: Account) -> None:
    first, second = enter(), enter(PHONE)
    shown = second.get("/sessions/").context["sessions"]
    assert [(one.device, one.is_this) for one in shown] == [("Safari 604 · iPhone", True), ("Chrome 131 · Windows", False)]
    assert all(one.begun_at and one.seen_at for one in shown)
    page = second.get("/sessions/").content.decode()
    assert first.session.session_key not in page
    assert second.session.session_key not in page


def test_the_idle_and_the_expired_are_not_listed(person: Account) -> None:
    client = enter()
    for changes in ({"seen_at": timezone.now() - timedelta(minutes=31)}, {"expire_date": timezone.now()}):
        other = enter(PHONE)
        Session.objects.filter(session_key=other.session.session_key).update(**changes)
    assert len(client.get("/sessions/").context["sessions"]) == 1


def test_one_is_ended_and_only_one_s_own(person: Account) -> None:
    people.natural("he.wang", password=people.PASSWORD)
    here, there, stranger = enter(), enter(PHONE), enter(name="he.wang")
    handle = Session.objects.get(session_key=there.session.session_key).handle
    stranger.post("/sessions/end/", {"session": str(handle)})
    assert is_in(there)
    here.post("/sessions/end/", {"session": str(handle)})
    assert not is_in(there)
    assert is_in(here)


def test_signing_out_everywhere_ends_this_one_too(person: Account) -> None:
    here, there = enter(), enter(PHONE)
    assert here.post("/sessions/end-all/")["Location"] == "/sign-in/?done=everywhere"
    assert not is_in(here)
    assert not is_in(there)


def test_a_new_password_ends_the_others_at_once_and_renews_this_one(person: Account) -> None:
    here, there = enter(), enter(PHONE)
    before = here.session.session_key
    wrong = {"old": "not-the-password", "password": NEW, "password_again": NEW}
    assert "old" in here.post("/sessions/password/", wrong).context["errors"]
    assert is_in(there)
    assert here.post("/sessions/password/", {**wrong, "old": people.PASSWORD}).status_code == 302
    assert is_in(here)
    assert not is_in(there)
    assert here.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_too_many_wrong_old_passwords_are_not_compared(person: Account) -> None:
    client = enter()
    for _ in range(5):
        client.post("/sessions/password/", {"old": "guess", "password": NEW, "password_again": NEW})
    answer = client.post("/sessions/password/", {"old": people.PASSWORD, "password": NEW, "password_again": NEW})
    assert answer.status_code == 429


def test_a_new_id_at_sign_in_and_at_the_second_factor_for_the_same_session() -> None:
    client = Client()
    client.get("/sign-in/")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    officer = people.natural("officer", password=people.PASSWORD)
    people.give(officer, "pre_reviewer", people.office().id)
    client.post("/sign-in/", {"login_name": "officer", "password": people.PASSWORD, "kind": "natural", **solved()})
    signed_in = client.session.session_key
    handle = Session.objects.get(session_key=signed_in).handle
    page = client.get("/sign-in/totp/")
    client.post("/sign-in/totp/", {"code": page.context["demo_code"]})
    stepped_up = client.session.session_key
    assert len({planted, signed_in, stepped_up}) == 3
    assert not Session.objects.filter(session_key__in=[planted, signed_in]).exists()
    assert Session.objects.get(session_key=stepped_up).handle == handle


def test_whoever_says_that_he_is_still_there_stays(person: Account) -> None:
    client = enter()
    assert client.post("/sessions/stay/").status_code == 204
