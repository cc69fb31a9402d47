"""Hostile words in every address, query and form: a page or a refusal, never a failure, and nothing that runs."""

from typing import Any
from urllib.parse import quote

import pytest
from django.http import HttpResponse

from laihua.cases.models import Case
from tests.access.addresses import addresses
from tests.access.people import ROLES, Hall, undone, url_of, visit
from tests.access.table import TABLE
from tests.robustness.hostile import HOSTILE, LONG, TOKENS, parameter_names
from tests.world import complete_answers

pytestmark = pytest.mark.django_db

ADDRESSES = {address.name: address for address in addresses()}
WORDS = pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
FEW_WORDS = pytest.mark.parametrize("words", list(HOSTILE.values())[:4], ids=list(HOSTILE)[:4])
LET_IN = {"200", "204", "302", "400", "409", "422"}


def insider(name: str, method: str) -> str | None:
    """Someone who gets through the door there: the more he may, the more of the view is tried."""
    row = TABLE[name][method]
    return next((role for role in ("head", "clerk", "handler", "subject", "operator", *ROLES) if row[role] in LET_IN), None)


def assert_sound(answer: HttpResponse, *where: Any) -> None:
    assert answer.status_code < 500, (answer.status_code, *where)
    if "text/html" in answer.get("Content-Type", "") and not answer.streaming:
        page = answer.content
        assert b"<script>alert(1)" not in page, where
        assert b"<img src=x" not in page, where
    assert "Set-Cookie: x" not in str(answer.headers), where


def places(method: str) -> list[tuple[str, str]]:
    return [(name, role) for name in sorted(ADDRESSES) if name != "account:sign-out" and (role := insider(name, method))]


@FEW_WORDS
def test_in_queries(hall: Hall, words: str) -> None:
    sent = dict.fromkeys(parameter_names(), words)
    for name, role in places("GET"):
        assert_sound(visit(hall, role, "GET", url_of(hall, ADDRESSES[name], hall.own), data=sent), name)


@WORDS
def test_in_forms(hall: Hall, words: str) -> None:
    sent = dict.fromkeys(parameter_names(), words)
    for name, role in places("POST"):
        assert_sound(visit(hall, role, "POST", url_of(hall, ADDRESSES[name], hall.own), data=sent), name)


@FEW_WORDS
def test_in_addresses(hall: Hall, words: str) -> None:
    if "/" in words:
        words = words.replace("/", "")
    for name, address in ADDRESSES.items():
        for argument in address.wants:
            url = "/" + address.route
            for kind in ("str", "slug", "uuid", "int"):
                for other in address.wants:
                    url = url.replace(f"<{kind}:{other}>", quote(words[:2000], safe="") if other == argument else "§")
            if "§" in url:
                filled = url_of(hall, address, hall.own).strip("/").split("/")
                url = "/" + "/".join(
                    own if "§" in part else part for part, own in zip(url.strip("/").split("/"), filled, strict=True)
                ) + ("/" if url.endswith("/") else "")
            role = insider(name, "GET") or insider(name, "POST") or "handler"
            method = "GET" if insider(name, "GET") else "POST"
            assert_sound(visit(hall, role, method, url), name, argument)


@pytest.mark.parametrize("token", TOKENS.values(), ids=TOKENS.keys())
def test_page_tokens_that_are_none(hall: Hall, token: str) -> None:
    for name, role in [(name, role) for name, role in places("GET") if not ADDRESSES[name].wants]:
        for place in ("after", "before"):
            answer = visit(hall, role, "GET", url_of(hall, ADDRESSES[name], hall.own), data={place: token})
            assert_sound(answer, name, place)


@WORDS
@pytest.mark.req("WP-4")
def test_in_every_field_of_the_form(hall: Hall, words: str) -> None:
    """Saved by the script and as a whole: a draft keeps what was typed, and every page of the case still opens."""
    client, draft = hall.clients["handler"], hall.draft
    keys = [key for key, value in complete_answers().items() if not isinstance(value, list) and key != "nationality"]
    here = url_of(hall, ADDRESSES["applicant:form-save"], draft)
    with undone(client):
        answer = client.post(here, {"base": 0, "changes": dict.fromkeys(keys, words), "force": True}, "application/json")
        assert answer.status_code == 200, answer.content[:500]
        kept = Case.objects.get(id=draft.id).answers
        assert set(keys) <= set(kept), "what was typed is kept"
        for name in ("form", "check", "materials", "cases", "case", "form-pdf"):
            assert_sound(client.get(url_of(hall, ADDRESSES[f"applicant:{name}"], draft), {"check": "1"}), name)
    whole = {"_keys": keys, **dict.fromkeys(keys, words), "base": words, "do": "next"}
    with undone(client):
        assert_sound(client.post(url_of(hall, ADDRESSES["applicant:form"], draft), whole))


@pytest.mark.parametrize("key", ["surname", "nationality", "work_address", "duties", "passport_number", "salary_monthly"])
def test_a_hundred_thousand_characters(hall: Hall, key: str) -> None:
    client, here = hall.clients["handler"], url_of(hall, ADDRESSES["applicant:form-save"], hall.draft)
    with undone(client):
        answer = client.post(here, {"base": 0, "changes": {key: LONG}, "force": True, "tried": True}, "application/json")
        assert answer.status_code == 200
        assert key in answer.json()["problems"]
        assert_sound(client.get(url_of(hall, ADDRESSES["applicant:cases"], hall.draft)))
        assert_sound(client.get(url_of(hall, ADDRESSES["applicant:check"], hall.draft)))


@WORDS
def test_in_what_is_said_to_each_other(hall: Hall, words: str) -> None:
    """Messages, returns and their notes: taken, or refused with the limit, and shown as words."""
    case = hall.own
    for role, name, sent in (
        ("handler", "applicant:message", {"text": words}),
        ("reviewer", "officer:message", {"text": words}),
        ("reviewer", "officer:verdict", {"item": "field:work_address", "result": "returned", "reason": "WP-R07", "note": words}),
        ("reviewer", "officer:verdict", {"item": f"field:{words}", "result": "returned", "reason": words}),
        ("reviewer", "officer:verdict", {"section": words, "result": "accepted"}),
        ("handler", "applicant:move", {"text": words, "confirmed": "1", "version": words}),
        ("head", "officer:hand-over", {"to": words}),
        ("clerk", "officer:search", {"q": words}),
    ):
        client = hall.clients[role]
        with undone(client):
            assert_sound(client.post(url_of(hall, ADDRESSES[name], case), sent), name)
            assert_sound(hall.clients["handler"].get(url_of(hall, ADDRESSES["applicant:case"], case)), name, "case")
            for page in ("officer:record", "officer:review"):
                assert_sound(hall.clients["reviewer"].get(url_of(hall, ADDRESSES[page], case)), name, page)
