"""The calendar feed: as RFC 5545 wants it, by a secret address that ends with the grant, and without personal data."""

import re
from datetime import UTC, date, datetime

import pytest

from laihua.accounts.actions import revoke_grant
from laihua.accounts.models import Grant
from laihua.accounts.permissions import SYSTEM
from laihua.portal.applicant import ics
from tests.cases import roster_service as roster

AT = datetime(2026, 11, 12, 2, tzinfo=UTC)


def unfold(content):
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_lines_are_folded_at_75_octets_and_never_in_a_character():
    event = ics.Event("1@laihua", date(2026, 12, 31), "最晚申请延期：" + "瓦" * 60, "a,b;c\\d\ne")
    content = ics.calendar("名册", [event], AT)
    assert all(len(line.encode()) <= 75 for line in content.decode().split("\r\n"))
    lines = unfold(content)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "SUMMARY:最晚申请延期：" + "瓦" * 60 in lines
    assert r"DESCRIPTION:a\,b\;c\\d\ne" in lines
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines, "the end is the day after"
    assert "DTSTAMP:20261112T020000Z" in lines


@pytest.fixture
def address(world, at):
    roster.member(world, at)
    return made(world.client("handler"))


def made(handler):
    page = handler.post("/roster/calendar/", {"do": "make"}).content.decode()
    return re.search(r"/calendar/[\w-]{40,}\.ics", page)[0]


def get(client, address):
    return client.get(address)


@pytest.mark.django_db
def test_the_feed_holds_what_falls_due_and_no_name_in_full(world, at, address, client):
    answer = get(client, address)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    assert "no-store" in answer["Cache-Control"]
    lines = unfold(answer.content)
    for day, words in (("20261003", "可以申请延期"), ("20270101", "最晚申请延期"), ("20270131", "工作许可到期"), ("20300506", "护照到期"),
                       ("20271231", "企业备案到期")):
        place = lines.index(f"DTSTART;VALUE=DATE:{day}")
        assert words in " ".join(lines[place:place + 3])
    text = "\n".join(lines)
    assert "WEBER A*****" in text
    for secret in ("ANNA", "C01X00T47", "a.weber", "WPX0000000001", "1988"):
        assert secret not in text, secret


@pytest.mark.django_db
def test_the_address_is_shown_once_and_can_be_changed_and_ended(world, address, client):
    handler = world.client("handler")
    assert address not in handler.get("/roster/calendar/").content.decode()
    handler.post("/roster/calendar/", {"do": "make"})
    assert get(client, address).status_code == 404, "another address ends the one before"
    second = made(handler)
    assert get(client, second).status_code == 200
    assert handler.post("/roster/calendar/", {"do": "end"}).status_code == 302
    assert get(client, second).status_code == 404
    assert get(client, "/calendar/unknown.ics").status_code == 404


@pytest.mark.django_db
def test_a_revoked_grant_ends_it(world, at, address, client):
    assert get(client, address).status_code == 200
    grant = Grant.objects.get(account=world.accounts["handler"], revoked_at=None)
    revoke_grant(grant_id=grant.id, actor=SYSTEM, at=at)
    assert get(client, address).status_code == 404


@pytest.mark.django_db
def test_somebody_else_s_staff_is_not_in_it(world, at, client, address):
    roster.member(world, at, unit_id=world.other_unit.id, surname="OTHER")
    assert b"OTHER" not in get(client, address).content
