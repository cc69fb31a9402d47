"""The link that brings the foreigner in: who may use it, what it shows, how often one may be wrong."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from laihua.accounts.models import Account
from laihua.cases import actions as cases
from laihua.cases.invitations import VALID_FOR, invite
from laihua.cases.models import Case, Invitation
from laihua.kernel import clock
from tests import people
from tests import world as building
from tests.portal.language import chinese_left

pytestmark = pytest.mark.django_db
KNOWN = {"passport_number": "EM7204138", "birth_date": "1985-03-14"}
NEW = {"way": "new", "login_name": "soeren.l", "password": people.PASSWORD, "password_again": people.PASSWORD, "language": "en"}
ENDED = "This invitation link does not work"


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch, at):
    now = [at]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    return now


@pytest.fixture
def case(world, at) -> Case:
    made = building.complete_draft(world, at)
    cases.move(case_id=made.id, move="submit", actor=world.handler, at=at)
    return made


@pytest.fixture
def link(case, at) -> str:
    return reverse("applicant:invitation", args=[invite(case, uuid4(), at)])


def subject_of(case) -> object:
    return Case.objects.values_list("subject_id", flat=True).get(id=case.id)


def test_a_visitor_sees_unit_and_service_and_nothing_personal(client: Client, case, link) -> None:
    answer = client.get(link)
    html = answer.content.decode()
    assert answer.status_code == 200
    for words in ("Shanghai Yanqiao Precision Instruments", "Work permit for foreigners: new", case.number, "Passport number"):
        assert words in html
    for secret in ("EM7204138", "1985-03-14", "LINDQVIST", "s.lindqvist@example.com"):
        assert secret not in html


@pytest.mark.parametrize(("header", "lang"), [("", "en"), ("sv,en;q=0.8", "en"), ("zh-CN,zh;q=0.9", "zh-Hans")])
def test_the_page_speaks_english_unless_the_browser_asks_for_chinese(link, header, lang) -> None:
    assert f'<html lang="{lang}"' in Client(headers={"accept-language": header}).get(link).content.decode()


@pytest.mark.req("WP-3")
def test_who_knows_the_passport_gets_an_account_is_signed_in_and_linked(client: Client, case, link) -> None:
    answer = client.post(link, {**KNOWN, **NEW})
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("applicant:confirm", args=[case.id])
    account = Account.objects.get(login_name="soeren.l")
    assert (account.kind, account.name_latin, account.language) == ("natural", "LINDQVIST SOEREN MIKAEL", "en")
    assert subject_of(case) == account.id
    page = client.get(answer.headers["Location"])
    assert page.status_code == 200
    assert '<html lang="en"' in page.content.decode()
    assert ENDED in Client().get(link).content.decode()


def test_an_account_that_exists_is_linked_after_signing_in(client: Client, case, link) -> None:
    account = people.natural("known.person", password=people.PASSWORD)
    sent = {**KNOWN, "way": "known", "login_name": "known.person", "password": people.PASSWORD}
    assert client.post(link, {**sent, "password": "not-the-password"}).status_code == 422
    assert subject_of(case) is None
    assert client.post(link, sent).status_code == 302
    assert subject_of(case) == account.id


def test_whoever_is_signed_in_as_himself_only_answers(world, case, link) -> None:
    client = world.client("other_person", "en")
    html = client.get(link).content.decode()
    assert 'name="login_name"' not in html
    assert client.post(link, KNOWN).status_code == 302
    assert subject_of(case) == world.other_person.account_id


@pytest.mark.parametrize("who", ["handler", "pre_reviewer"])
def test_handlers_and_officers_are_asked_to_open_it_as_themselves(world, case, link, who) -> None:
    client = world.client(who, "en")
    for answer in (client.get(link), client.post(link, KNOWN)):
        html = answer.content.decode()
        assert "The applicant opens this link in person" in html
        assert reverse("account:sign-out") in html
    assert subject_of(case) is None


@pytest.mark.parametrize(
    "wrong", [{"passport_number": "EM7204139"}, {"birth_date": "1985-03-15"}, {"passport_number": "EM7204139", "birth_date": "1985-03-15"}],
)
def test_every_wrong_answer_is_told_alike_and_makes_no_account(client: Client, case, link, wrong) -> None:
    answer = client.post(link, {**KNOWN, **NEW, **wrong})
    assert answer.status_code == 422
    assert "Check your passport and try again; 4 tries left." in answer.content.decode()
    assert not Account.objects.filter(login_name="soeren.l").exists()
    assert Invitation.objects.get(case=case, revoked_at=None).wrong_answers == 1


def test_after_five_wrong_answers_the_link_is_at_an_end(client: Client, case, link) -> None:
    answers = [client.post(link, {**KNOWN, **NEW, "passport_number": f"XX00000{n}"}) for n in range(5)]
    assert [a.status_code for a in answers] == [422, 422, 422, 422, 404]
    assert ENDED in client.post(link, {**KNOWN, **NEW}).content.decode()
    assert subject_of(case) is None


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"passport_number": ""}, "passport_number"), ({"birth_date": "yesterday"}, "birth_date"), ({"login_name": " "}, "login_name"),
        ({"password_again": "another-one-2026"}, "password_again"), ({"password": "short", "password_again": "short"}, "password"),
        ({"login_name": "demo_handler"}, "login_name"), ({"login_name": "a b c"}, "login_name"),
    ],
)
def test_what_is_plainly_wrong_is_shown_at_its_place_and_costs_no_try(client: Client, case, link, values, place) -> None:
    answer = client.post(link, {**KNOWN, **NEW, **values})
    assert answer.status_code == 422
    assert list(answer.context["errors"]) == [place]
    assert people.PASSWORD not in answer.content.decode()
    assert Invitation.objects.get(case=case, revoked_at=None).wrong_answers == 0
    assert subject_of(case) is None


def test_unknown_expired_used_and_replaced_links_look_the_same(client: Client, case, link, at, standing_clock) -> None:
    def body(url: str) -> str:
        answer = client.get(url)
        assert answer.status_code == 404
        return answer.content.decode().replace(url, "")

    unknown = body(reverse("applicant:invitation", args=["0" * 40]))
    assert ENDED in unknown
    assert "handler" in unknown
    newer = reverse("applicant:invitation", args=[invite(case, uuid4(), at)])
    replaced = body(link)
    assert client.get(newer).status_code == 200
    standing_clock[0] = at + VALID_FOR + timedelta(seconds=1)
    assert body(newer).count(ENDED) == replaced.count(ENDED) == unknown.count(ENDED)
    assert len({len(unknown.split("<main")[1]), len(replaced.split("<main")[1])}) == 1


@pytest.mark.parametrize("way", ["new", "known"])
def test_no_chinese_is_left(case, link, way) -> None:
    client = Client(headers={"accept-language": "en"})
    for answer in (client.get(f"{link}?way={way}"), client.post(link, {"way": way}), client.get(f"{link}x")):
        assert chinese_left(answer.content.decode(), allowed={"中文"}) == []
