"""Every address × everybody × own, foreign and missing cases × reading and sending, against the table."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.access.addresses import addresses
from tests.access.people import ROLES, Hall, code_of, undone, url_of, visit
from tests.access.table import TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACC-10", "WP-3", "OPS-5")]

ADDRESSES = {address.name: address for address in addresses()}
METHODS = ("GET", "POST")
CLOSED = frozenset({"in", "2fa", "403", "404", "405"})
# What differs on any two visits: identifiers, the tokens against forged forms, the time in the frame.
PASSING = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-zA-Z]{64}|[0-9a-f]{40}|E-[0-9A-Z]{8}")
# Those for whom a foreign case could differ from none: each end, each kind of officer, and nobody.
ASKING = ("visitor", "handler", "stranger", "subject", "other", "reviewer", "head", "elsewhere", "operator")
named = pytest.mark.parametrize("name", sorted(ADDRESSES))


def on_a_case(name: str) -> bool:
    return bool({"case_id", "document_id"} & set(ADDRESSES[name].wants))


def ways_in(name: str) -> list[str]:
    """The methods by which anybody gets in at all; how the others answer is in the first test."""
    return [method for method in METHODS if set(TABLE[name][method].values()) - CLOSED]


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert sorted(TABLE) == sorted(ADDRESSES)


def test_the_table_knows_no_failure() -> None:
    known = CLOSED | {"200", "204", "302", "400", "409", "422"}
    assert {code for row in TABLE.values() for method in METHODS for code in row[method].values()} <= known


@named
def test_who_gets_what_of_his_own_case(hall: Hall, name: str) -> None:
    url = url_of(hall, ADDRESSES[name], hall.own)
    for method in METHODS:
        found = {role: code_of(visit(hall, role, method, url)) for role in ROLES}
        assert found == TABLE[name][method], method


@pytest.mark.parametrize("name", [name for name in sorted(ADDRESSES) if on_a_case(name)])
def test_a_foreign_case_looks_like_none(hall: Hall, name: str) -> None:
    """Not by its status, not by its words: whoever asks cannot learn that there is such a case."""
    address = ADDRESSES[name]
    for method in ways_in(name):
        for role in ASKING:
            foreign = visit(hall, role, method, url_of(hall, address, hall.foreign))
            missing = visit(hall, role, method, url_of(hall, address))
            assert code_of(foreign) == code_of(missing), (method, role)
            assert code_of(foreign) in CLOSED, (method, role)
            if foreign.status_code == 404:
                assert words(foreign) == words(missing), (method, role)


@pytest.mark.parametrize("name", [name for name in sorted(ADDRESSES) if on_a_case(name)])
def test_what_is_not_filed_yet_is_no_office_s_business(hall: Hall, name: str) -> None:
    for method in ways_in(name):
        for role in ("reviewer", "clerk", "decider", "head", "subject"):
            answer = visit(hall, role, method, url_of(hall, ADDRESSES[name], hall.draft))
            assert code_of(answer) in CLOSED, (method, role)


@named
def test_a_form_without_its_token_is_refused(hall: Hall, name: str) -> None:
    """Whatever takes a form at all takes none that another page has made."""
    row, url = TABLE[name]["POST"], url_of(hall, ADDRESSES[name], hall.own)
    for role in [role for role in ROLES if row[role] not in CLOSED - {"in"}][:2]:
        client = hall.clients[role]
        client.handler.enforce_csrf_checks = True
        try:
            answer = visit(hall, role, "POST", url)
        finally:
            client.handler.enforce_csrf_checks = False
        assert answer.status_code == 403, role
        assert "页面打开太久" in answer.content.decode(), role


@named
def test_a_script_is_told_and_not_sent_elsewhere(hall: Hall, name: str) -> None:
    """The script of a page cannot follow to the sign-in: it gets words in both languages, and the way there."""
    url = url_of(hall, ADDRESSES[name], hall.own)
    for method in METHODS:
        for role in [role for role in ROLES if TABLE[name][method][role] in ("in", "2fa")]:
            if name in ("account:sign-out", "account:sessions-end"):
                continue
            answer = visit(hall, role, method, url, headers={"accept": "application/json"})
            assert answer.status_code == 401, (method, role)
            told: dict[str, Any] = answer.json()
            assert told["sign_in"].startswith("/sign-in/")
            assert set(told["text"]) == {"zh", "en"}


@named
def test_no_address_takes_other_methods(hall: Hall, name: str) -> None:
    url = url_of(hall, ADDRESSES[name], hall.own)
    for method in ("put", "patch", "delete"):
        assert code_of(visit(hall, "handler", method, url)) in CLOSED, method


def test_a_grant_that_ends_takes_the_page_that_is_open(hall: Hall, at: Any) -> None:
    from laihua.accounts.actions import revoke_grant
    from laihua.accounts.models import Grant
    from laihua.accounts.permissions import SYSTEM

    client: Client = hall.clients["colleague"]
    url = url_of(hall, ADDRESSES["applicant:form"], hall.own)
    with undone(client):
        assert client.get(url).status_code == 200
        grant = Grant.objects.get(account=hall.world.accounts["second_handler"])
        revoke_grant(grant_id=grant.id, actor=SYSTEM, at=at)
        assert client.get(url).status_code == 404, "now a natural person without a unit: the case is none of his"
        assert client.post(url, {"do": "save"}).status_code == 404


def words(answer: Any) -> bytes:
    return PASSING.sub(b"", answer.content)
