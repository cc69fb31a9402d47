"""SES-6: an auditor searches the sign-in log, looks at one value at a time, and takes a copy; all of that is kept."""

import csv
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from laihua.accounts import actions
from laihua.kernel import clock
from laihua.kernel.calendar import ZONE
from laihua.kernel.models import AuditEntry
from laihua.portal.operator import views_sign_ins
from tests import people
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.req("SES-6")]
AT = datetime(2026, 11, 12, 10, 0, tzinfo=ZONE)
PHONE = "+8613812345678"


@pytest.fixture
def auditor(world: World, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: AT)
    return world.client("auditor")


def note(**more: Any) -> Any:
    return actions.note_sign_in(**{
        "way": "special", "at": AT, "unit_code": "SH-1", "unit_name": "示例研究所", "phone": PHONE} | more)


def text(answer: Any) -> str:
    return answer.content.decode() if not answer.streaming else b"".join(answer.streaming_content).decode()


def test_personal_values_are_masked_and_each_look_is_kept(auditor: Client, world: World) -> None:
    handler = world.accounts["handler"]
    entry = note(handler_id=handler.id, portal_user_id="portal-user-77")
    page = text(auditor.get("/operator/sign-ins/"))
    assert "138****5678" in page
    assert "沈**" in page
    for hidden in ("13812345678", "沈知遥", "portal-user-77"):
        assert hidden not in page
    for what, value in (("phone", PHONE), ("handler", "沈知遥"), ("portal_user", "portal-user-77")):
        assert value in text(auditor.post(f"/operator/sign-ins/{entry.id}/{what}/"))
        kept = AuditEntry.objects.filter(action="look_at_sign_in", subject=str(entry.id)).latest("id")
        assert kept.data == {"what": what}
        assert kept.actor == str(world.auditor.account_id)
    assert auditor.post(f"/operator/sign-ins/{entry.id}/anything/").status_code == 404


def test_a_number_that_was_looked_for_stands_in_no_address(auditor: Client, world: World) -> None:
    entry = note(handler_id=world.handler.account_id)
    note(phone="+8613900000000", unit_name="另一单位")
    answer = auditor.post("/operator/sign-ins/", {"phone": "138 1234 5678", "handler": "demo_handler", "unit": "示例"})
    assert "5678" not in answer["Location"]
    found = auditor.get(answer["Location"])
    assert [row["entry"].id for row in found.context["rows"]] == [entry.id]
    for nobody in ({"phone": "无"}, {"handler": "nobody-at-all"}):
        answer = auditor.post("/operator/sign-ins/", nobody)
        assert auditor.get(answer["Location"]).context["rows"] == []


def test_pages_cost_the_same_however_long_the_log(auditor: Client, world: World, django_assert_num_queries: Any) -> None:
    auditor.get("/operator/sign-ins/")
    for _ in range(3):
        note(handler_id=world.handler.account_id)
    counts = []
    for more in (0, 55):
        for number in range(more):
            note(at=AT + timedelta(seconds=number), handler_id=people.natural().id)
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as statements:
            page = auditor.get("/operator/sign-ins/")
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert len(page.context["rows"]) == 50
    rest = auditor.get("/operator/sign-ins/" + page.context["next"])
    assert len(rest.context["rows"]) == 8


HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n=1"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_spreadsheet_runs_nothing_of_it(auditor: Client, name: str) -> None:
    note(unit_name=name, unit_code=name, portal_user_id=name)
    rows = list(csv.reader(StringIO(text(auditor.post("/operator/sign-ins/export/")).lstrip("\ufeff"), newline="")))
    cells = [cell for row in rows[1:] for cell in row]
    assert not [cell for cell in cells if cell.lstrip(" ").startswith(views_sign_ins.FORMULA)]
    assert f"'{name}" in cells


def test_an_export_is_what_was_searched_masked_and_kept(auditor: Client, world: World) -> None:
    note(handler_id=world.handler.account_id)
    note(way="portal", phone="")
    answer = auditor.post("/operator/sign-ins/export/", {"way": "special"})
    assert answer["Content-Disposition"].startswith("attachment")
    rows = list(csv.reader(StringIO(text(answer).lstrip("\ufeff"))))
    assert len(rows) == 2
    assert "138****5678" in rows[1]
    assert "沈**" in rows[1]
    kept = AuditEntry.objects.get(action="export_sign_ins")
    assert kept.data == {"lines": 1, "filter": {"way": "special"}}


def test_nobody_but_an_auditor_reads_it(world: World) -> None:
    entry = note()
    for who in ("operator", "head", "handler", "subject"):
        client = world.client(who)
        assert client.get("/operator/sign-ins/").status_code == 403
        assert client.post("/operator/sign-ins/export/").status_code == 403
        assert client.post(f"/operator/sign-ins/{entry.id}/phone/").status_code == 403


@pytest.mark.parametrize("query", ["?after=x", "?after=2026-11-12_x", "?phone=zz&handler=zz&since=zz&way=zz"])
def test_what_cannot_be_read_does_no_harm(auditor: Client, query: str) -> None:
    assert auditor.get("/operator/sign-ins/" + query).status_code == 200
