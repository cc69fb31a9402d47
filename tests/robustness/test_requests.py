"""Requests that no browser of ours sends: sizes that are not true, names of other hosts, cookies of another hall."""

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from laihua.prechecks.reasons import HELP
from tests.access.people import Hall, undone, visit

pytestmark = pytest.mark.django_db
SIZES = {"2 GB": str(2 * 1024**3), "9 MB": str(9 * 1024**2), "no number can hold it": "9" * 400}
LANGUAGES = pytest.mark.parametrize(("language", "large", "broken"), [
    ("zh-hans", "内容太大", "没有收到完整的内容"), ("en", "Too large to be taken", "could not be read"),
])
ADDRESSES = ("/sign-in/", "/verify/", "/verify/file/", "/language/")


@LANGUAGES
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
def test_a_request_that_says_it_is_huge(hall: Hall, size: str, language: str, large: str, broken: str) -> None:
    """Refused unread, for visitors too; the page of an upload gets the words as data."""
    for address in (*ADDRESSES, f"/cases/{hall.draft.id}/materials/passport/upload/", f"/cases/{hall.draft.id}/form/save/"):
        client = hall.clients["handler"]
        with undone(client):
            client.cookies["django_language"] = language
            page = client.post(address, {"a": "b"}, CONTENT_LENGTH=size)
            assert page.status_code == 413, address
            assert large in page.content.decode()
            assert "021-5550 0123" in page.content.decode(), "whom to ask"
            told = client.post(address, {"a": "b"}, CONTENT_LENGTH=size, headers={"accept": "application/json"})
            assert told.status_code == 413
            assert told.json()["reasons"][0]["text"]


@LANGUAGES
def test_more_words_than_a_form_holds(language: str, large: str, broken: str) -> None:
    client = Client(raise_request_exception=False, headers={"accept-language": language})
    over = client.post("/sign-in/", b"login_name=" + b"x" * (3 * 1024**2), "application/x-www-form-urlencoded")
    assert over.status_code == 413
    assert large in over.content.decode()
    many = client.post("/sign-in/", b"&".join(b"a%d=1" % n for n in range(2100)), "application/x-www-form-urlencoded")
    assert many.status_code == 400
    assert broken in many.content.decode()


@LANGUAGES
def test_forms_that_break_off(language: str, large: str, broken: str) -> None:
    client = Client(raise_request_exception=False, headers={"accept-language": language})
    for body, kind in (
        (b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF", "multipart/form-data; boundary=x"),
        (b"--y", "multipart/form-data"), (b"", "multipart/form-data; boundary="), (b"\xff\xfe=%ff", "application/x-www-form-urlencoded"),
    ):
        answer = client.post("/sign-in/", body, kind)
        assert answer.status_code in (400, 422), kind
        if answer.status_code == 400:
            assert broken in answer.content.decode()


@LANGUAGES
def test_another_host_s_name(language: str, large: str, broken: str) -> None:
    client = Client(raise_request_exception=False, headers={"accept-language": language})
    for host in ("evil.example", "evil.example:99999", "a b", "[::1", "\u4f86\u83ef"):
        answer = client.get("/", headers={"host": host})
        assert answer.status_code == 400, host
        assert broken in answer.content.decode()
        assert "evil.example" not in answer.content.decode()


@pytest.mark.parametrize("cookie", ["xx", "../../etc", "zh-hans\u0001", "<script>", "e" * 4000, "zh_CN.UTF-8"])
def test_a_language_that_is_none(cookie: str) -> None:
    client = Client(raise_request_exception=False)
    client.cookies["django_language"] = cookie
    answer = client.get("/sign-in/")
    assert answer.status_code == 200
    assert "登录" in answer.content.decode()


@pytest.mark.parametrize("cookie", ["x", "é" * 32, "0" * 4000])
def test_a_session_that_is_none(cookie: str) -> None:
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = cookie
    assert client.get("/my/").status_code == 302
    assert client.get("/my/", headers={"accept": "application/json"}).status_code == 401


def test_a_query_of_a_megabyte(hall: Hall) -> None:
    for role, address in (("visitor", "/"), ("head", "/desk/"), ("handler", "/my/"), ("operator", "/operator/audit/")):
        answer = visit(hall, role, "GET", f"{address}?" + "&".join(f"q{n}=x" for n in range(1900)) + "&q=" + "y" * 500_000)
        assert answer.status_code in (200, 400), address


@pytest.mark.parametrize("path", [
    "/cases/not-a-uuid/", "/cases/00000000-0000-0000-0000-00000000000g/form/", "/desk/cases/1/", "/desk/cases/-1/verdict/",
    "/cases/{}/materials/passport/page/99999999999999999999.png", "/cases/{}/materials/passport/page/0.png",
    "/cases/{}/materials/no_such/file/", "/cases/{}/documents/{}/", "/cases/{}/moves/no_such_move/", "/services/no.such/", "/about/no/",
])
@pytest.mark.parametrize(("language", "words"), [("zh-hans", "没有这个页面"), ("en", "does not exist")])
def test_addresses_of_nothing(hall: Hall, path: str, language: str, words: str) -> None:
    path = path.replace("{}", str(hall.own.id))
    client = hall.clients["reviewer" if path.startswith("/desk") else "handler"]
    with undone(client):
        client.cookies["django_language"] = language
        answer = client.post(path) if path.endswith(("/verdict/", "_move/")) else client.get(path)
        assert answer.status_code == 404
        assert words in answer.content.decode()


def test_help_that_is_linked_is_there() -> None:
    from laihua.units.queries import NO_OFFICE

    for link in (HELP, NO_OFFICE.link):
        try:
            resolve(link)
        except Resolver404:
            pytest.fail(f"nothing is at {link}")
