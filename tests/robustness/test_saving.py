"""The address that saves what is typed, fed with everything but what the form's script sends."""

import time
from typing import Any

import orjson
import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from laihua.accounts.middleware import SEEN_AT
from laihua.cases.models import Case
from laihua.catalog import queries as catalog
from tests.access.people import Hall, undone
from tests.world import WORK_PERMIT

pytestmark = pytest.mark.django_db

DEEP = b'{"base": 0, "force": true, "changes": {"surname": %s}}'
SHAPES = {
    "a list": b"[]", "null": b"null", "a number": b"42", "words": b"\"hello\"", "nothing": b"", "half": b"{\"base\": 1, ",
    "10,000 deep": b"[" * 10_000 + b"]" * 10_000,
    "250 deep": DEEP % (b"[" * 250 + b"]" * 250), "900 deep": DEEP % (b'[' * 900 + b"]" * 900),
    "300 deep": DEEP % (b"[" * 300 + b"]" * 300),
    "changes as a list": b'{"changes": [1, 2]}', "changes as words": b'{"changes": "ab"}', "changes as a number": b'{"changes": 7}',
    "base as words": b'{"changes": {}, "base": "x"}', "base as a list": b'{"changes": {"surname": "A"}, "base": []}',
    "base beyond numbers": b'{"changes": {"surname": "A"}, "base": 1e999}', "negative base": b'{"changes": {"surname": "A"}, "base": -5}',
    "shapes as a list": b'{"changes": {}, "shapes": [1]}', "not UTF-8": b"\xff\xfe{}",
    "half a character": b'{"changes": {"surname": "\\ud800"}}',
    "not a number": b'{"changes": {"salary_monthly": NaN}}', "XML": b"<a/>",
}


def save_url(hall: Hall) -> str:
    return f"/cases/{hall.draft.id}/form/save/"


@pytest.mark.parametrize("body", SHAPES.values(), ids=SHAPES.keys())
@pytest.mark.parametrize(("language", "words"), [("zh-hans", "没有保存"), ("en", "ot saved")])
def test_bodies_of_a_wrong_shape(hall: Hall, body: bytes, language: str, words: str) -> None:
    client = hall.clients["handler"]
    with undone(client):
        client.cookies["django_language"] = language
        before = Case.objects.get(id=hall.draft.id).answers
        answer = client.post(save_url(hall), body, content_type="application/json", headers={"accept": "application/json"})
        assert answer.status_code in (200, 400, 409, 422), answer.status_code
        if answer.status_code == 400:
            assert words in answer.json()["reasons"][0]["text"]
            assert Case.objects.get(id=hall.draft.id).answers == before


@pytest.mark.parametrize("key", ["unit_name", "no_such_field", "__proto__", "", "declare_truth", "work.0.employer", "surname\n"])
def test_fields_that_are_not_there_or_not_his(hall: Hall, key: str) -> None:
    client = hall.clients["handler"]
    with undone(client):
        before = Case.objects.get(id=hall.draft.id).answers
        answer = client.post(save_url(hall), {"base": 0, "changes": {key: "x", "surname": "LOST"}}, "application/json")
        assert answer.status_code == 422
        assert [r["place"] for r in answer.json()["reasons"]] == [key]
        assert Case.objects.get(id=hall.draft.id).answers == before, "all of it or nothing"


ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-2**63, 2**64 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=("Cs",)), max_size=40) | st.sampled_from(["2026-02-30", "١٢٣", "1e9", "٠", "SWE"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3), max_leaves=6,
)


@pytest.mark.req("WP-4")
@hypothesis_settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_value_in_a_field_of_any_type(hall: Hall, data: st.DataObject) -> None:
    """One field of each type and one section with rows at a time; whatever comes, the draft opens again."""
    service = catalog.current(WORK_PERMIT).service
    by_type = {f.type: f.key for f in service.field_keys().values() if not f.source and f.by != "subject"}
    rows = [s.key for s in service.sections if s.rows is not None]
    changes = {key: data.draw(ANYTHING, label=key) for key in [*by_type.values(), *rows]}
    client = hall.clients["handler"]
    with undone(client):
        answer = client.post(
            save_url(hall), orjson.dumps({"base": 0, "changes": changes, "force": True, "tried": True}), "application/json"
        )
        assert answer.status_code in (200, 422), answer.status_code
        assert client.get(f"/cases/{hall.draft.id}/check/").status_code == 200
        assert client.get("/my/").status_code == 200


@pytest.mark.req("ACC-10")
def test_a_session_that_ran_out_while_the_form_was_open(hall: Hall) -> None:
    """The script is told in both languages and keeps what was typed; the page leads to the sign-in and back."""
    client, form = hall.clients["handler"], f"/cases/{hall.draft.id}/form/"
    with undone(client):
        session = client.session
        session[SEEN_AT] = int(time.time()) - settings.SESSION_IDLE - 60
        session.save()
        told = client.post(
            save_url(hall), {"base": 0, "changes": {"surname": "KEPT"}}, "application/json",
            headers={"accept": "application/json", "referer": f"http://testserver{form}?check=1"},
        )
        assert told.status_code == 401
        assert told.json()["text"]["zh"].startswith("登录已过期")
        assert "kept" in told.json()["text"]["en"]
        assert told.json()["sign_in"] == f"/sign-in/?next=%2Fcases%2F{hall.draft.id}%2Fform%2F%3Fcheck%3D1"
        page = client.post(form, {"do": "save"}, headers={"referer": f"http://testserver{form}"})
        assert page["Location"] == f"/sign-in/?next=%2Fcases%2F{hall.draft.id}%2Fform%2F"


def test_a_stale_tab_overwrites_nothing(hall: Hall) -> None:
    mine, other = hall.clients["handler"], hall.clients["colleague"]
    with undone(mine):
        base = Case.objects.get(id=hall.draft.id).revision
        assert other.post(save_url(hall), {"base": base, "changes": {"position": "光学总监"}}, "application/json").status_code == 200
        answer = mine.post(save_url(hall), {"base": base, "changes": {"position": "光学经理"}}, "application/json")
        assert answer.status_code == 409
        assert answer.json()["fields"][0]["theirs"] == "光学总监"
        assert Case.objects.get(id=hall.draft.id).answers["position"] == "光学总监"
