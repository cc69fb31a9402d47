"""After the password: the second factor, the organisation, what a revoked grant and an old session still may."""

import time
from datetime import UTC, datetime

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from laihua.accounts import actions, queries, rules, totp
from laihua.accounts.models import Account, TotpDevice
from laihua.accounts.permissions import SYSTEM
from laihua.kernel.texts import Refused, Text
from laihua.portal.access import allow
from tests import people
from tests.captchas import solved

pytestmark = pytest.mark.django_db


@allow("pre_reviewer", "head", purpose=Text("预审案件", "Pre-review of cases"))
def desk(request: HttpRequest) -> HttpResponse:
    return HttpResponse("desk")


@allow("signed_in")
def inbox(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inbox")


@allow("subject", "handler")
def case(request: HttpRequest) -> HttpResponse:
    return HttpResponse("case")


def ask(client: Client, view, **headers: str) -> HttpResponse:  # type: ignore[no-untyped-def]
    """The view with the session of this client, as the middleware would hand it over."""
    request = RequestFactory().get("/somewhere/?page=2", headers=headers)
    request.session = client.session
    from django.contrib.auth import get_user

    request.user = get_user(request)
    request.resolver_match = None
    return view(request)


@pytest.fixture
def officer() -> Account:
    account = people.natural("officer", password=people.PASSWORD)
    people.give(account, "pre_reviewer", people.office().id)
    return account


def now_code(account: Account, drift: int = 0) -> str:
    device = TotpDevice.objects.get(account=account)
    return totp.code(device.secret, totp.step_of(timezone.now()) + drift)


def password_only(account: Account) -> Client:
    return people.signed_in(account, second_factor=False)


def test_an_officer_registers_an_authenticator_and_only_then_may_work(officer: Account) -> None:
    client = Client()
    answer = client.post("/sign-in/", {"login_name": "officer", "password": people.PASSWORD, "kind": "natural",
                                       "next": "/inbox/", **solved()})
    assert answer["Location"] == "/sign-in/totp/?next=%2Finbox%2F"
    page = client.get(answer["Location"])
    assert "data:image/svg+xml" in page.content.decode()
    before = client.session.session_key
    answer = client.post("/sign-in/totp/", {"code": now_code(officer), "next": "/inbox/"})
    assert answer["Location"] == "/inbox/"
    assert client.session.session_key != before
    assert TotpDevice.objects.get(account=officer).confirmed_at is not None


@pytest.mark.parametrize("view", [desk, inbox])
def test_without_the_code_an_officer_gets_nowhere(officer: Account, view) -> None:  # type: ignore[no-untyped-def]
    answer = ask(password_only(officer), view)
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in/totp/?next=%2Fsomewhere%2F%3Fpage%3D2"


def test_without_the_code_the_actor_holds_no_role(officer: Account) -> None:
    request = RequestFactory().get("/")
    request.user, request.session = officer, password_only(officer).session
    actor = queries.actor_of(request)
    assert actor is not None
    assert actor.roles == frozenset()


def test_a_code_is_taken_once(officer: Account) -> None:
    first, second = password_only(officer), password_only(officer)
    first.get("/sign-in/totp/")
    code = now_code(officer)
    assert first.post("/sign-in/totp/", {"code": code}).status_code == 302
    answer = second.post("/sign-in/totp/", {"code": code})
    assert answer.status_code == 422
    assert "已使用" in answer.content.decode()
    assert ask(second, desk).status_code == 302
    assert second.post("/sign-in/totp/", {"code": now_code(officer, 1)}).status_code == 302
    assert ask(second, desk).status_code == 200


def test_codes_cannot_be_guessed_at_length(officer: Account) -> None:
    client = password_only(officer)
    client.get("/sign-in/totp/")
    for _ in range(rules.SECOND_FACTOR.failures):
        assert client.post("/sign-in/totp/", {"code": "abc"}).status_code == 422
    assert client.post("/sign-in/totp/", {"code": now_code(officer)}).status_code == 429
    assert ask(client, desk).status_code == 302


def test_a_known_device_shows_no_secret(officer: Account) -> None:
    device = actions.enrol_totp(account_id=officer.id, secret=totp.new_secret(), at=people.AT)
    page = password_only(officer).get("/sign-in/totp/").content.decode()
    assert device.secret[:4] not in page
    assert "data:image/svg+xml" not in page


@pytest.mark.parametrize("demo", [True, False])
def test_only_a_demo_shows_the_code(officer: Account, settings, demo: bool) -> None:  # type: ignore[no-untyped-def]
    settings.DEMO = demo
    page = password_only(officer).get("/sign-in/totp/").content.decode()
    assert ("data-demo-code" in page) is demo
    assert (queries.demo_code(officer.id, at=timezone.now()) is not None) is demo


def test_the_code_that_a_demo_shows_can_be_used_again_and_again(officer: Account) -> None:
    at = datetime(2026, 11, 12, 2, 0, 5, tzinfo=UTC)
    client = password_only(officer)
    actions.begin_totp(account_id=officer.id, at=at)
    for _ in range(2):
        request = RequestFactory().get("/")
        request.session = client.session
        code = queries.demo_code(officer.id, at=at)
        assert code is not None
        actions.confirm_totp(request, account_id=officer.id, code=code, at=at)


@pytest.mark.req("ACC-10")
def test_a_revoked_grant_stops_an_open_session_at_once(officer: Account) -> None:
    client = people.signed_in(officer)
    assert ask(client, desk).status_code == 200
    grant = officer.grants.get()
    actions.revoke_grant(grant_id=grant.id, actor=SYSTEM, at=people.AT)
    answer = ask(client, desk)
    assert answer.status_code == 403


@pytest.mark.req("UNI-7")
def test_whoever_belongs_to_several_units_chooses_one_and_can_switch() -> None:
    person = people.natural("several", password=people.PASSWORD)
    one, two = people.unit("样例甲有限公司"), people.unit("样例乙有限公司")
    people.give(person, "handler", one.id)
    people.give(person, "unit_admin", two.id)
    client = Client()
    answer = client.post("/sign-in/", {"login_name": "several", "password": people.PASSWORD, "kind": "natural",
                                       "next": "/inbox/", **solved()})
    assert answer["Location"] == "/sign-in/organisation/?next=%2Finbox%2F"
    page = client.get(answer["Location"]).content.decode()
    assert "样例甲有限公司" in page
    assert "样例乙有限公司" in page

    @allow("unit_admin")
    def administration(request: HttpRequest) -> HttpResponse:
        return HttpResponse("administration")

    assert "/sign-in/organisation/" in ask(client, administration)["Location"]
    assert client.post("/sign-in/organisation/", {"organisation": one.id, "next": "/inbox/"})["Location"] == "/inbox/"
    assert ask(client, administration).status_code == 403
    client.post("/sign-in/organisation/", {"organisation": two.id})
    assert ask(client, administration).status_code == 200
    client.post("/sign-in/organisation/", {"organisation": "self"})
    assert ask(client, administration).status_code == 403
    assert ask(client, case).status_code == 200


@pytest.mark.parametrize("organisation", ["", "not-a-number", "7c7ad0dd-1c5e-4a9f-8d2d-0f3b60c6f0aa"])
def test_nobody_enters_an_organisation_without_a_grant(organisation: str) -> None:
    client = people.signed_in(people.natural())
    assert client.post("/sign-in/organisation/", {"organisation": organisation}).status_code == 422
    assert queries.CHOSEN not in client.session


def test_asking_who_acts_costs_one_statement(officer: Account, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    request = RequestFactory().get("/")
    request.user, request.session = officer, people.signed_in(officer).session
    assert request.session[queries.CONFIRMED] is True
    with django_assert_num_queries(1):
        actor = queries.actor_of(request)
        assert actor is queries.actor_of(request)
    assert actor is not None
    assert actor.roles == {"pre_reviewer"}


@pytest.mark.req("OPS-7")
def test_a_refusal_says_what_for_who_may_and_whom_to_ask() -> None:
    page = ask(people.signed_in(people.natural()), desk).content.decode()
    for words in ("预审案件", "Pre-review of cases", "预审岗", "Pre-reviewer", "021-5550 0123"):
        assert words in page


def test_a_visitor_is_led_to_sign_in_and_back() -> None:
    assert ask(Client(), desk)["Location"] == "/sign-in/?next=%2Fsomewhere%2F%3Fpage%3D2"


@pytest.mark.parametrize("headers", [
    {"HX-Request": "true", "HX-Current-URL": "http://testserver/cases/1/"},
    {"Accept": "application/json", "Referer": "http://testserver/cases/1/"},
])
def test_a_script_is_told_that_the_session_has_ended(headers: dict[str, str]) -> None:
    answer = ask(Client(), desk, **headers)
    assert answer.status_code == 401
    assert b'"signed_out"' in answer.content
    assert b"/sign-in/?next=%2Fcases%2F1%2F" in answer.content
    assert "HX-Redirect" not in answer


@pytest.mark.parametrize(("session_key", "limit"), [
    ("seen_at", "SESSION_IDLE"), ("signed_in_at", "SESSION_COOKIE_AGE"),
])
def test_a_session_ends_when_it_is_idle_or_old(settings, session_key: str, limit: str) -> None:  # type: ignore[no-untyped-def]
    client = people.signed_in(people.natural())
    assert client.get("/inbox/").status_code == 200
    session = client.session
    session[session_key] = int(time.time()) - getattr(settings, limit) - 1
    session.save()
    assert client.get("/inbox/")["Location"] == "/sign-in/?next=%2Finbox%2F"
    assert "_auth_user_id" not in client.session


def test_an_account_that_was_closed_is_signed_out() -> None:
    person = people.natural()
    client = people.signed_in(person)
    actions.set_active(account=person, active=False, actor=SYSTEM, at=people.AT)
    assert client.get("/inbox/").status_code == 302


def test_choosing_is_refused_by_the_action_as_well() -> None:
    request = RequestFactory().post("/")
    person = people.natural()
    request.user, request.session = person, people.signed_in(person).session
    with pytest.raises(Refused):
        actions.choose_organisation(request, organisation_id=people.unit().id, at=people.AT)
