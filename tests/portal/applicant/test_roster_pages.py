"""The roster of a unit: its list, the page of each person, and the start of a case from there."""

from datetime import timedelta

import pytest
from django.urls import reverse

from laihua.cases import actions
from laihua.kernel import clock
from laihua.units.models import StaffMember
from tests.cases import roster_service as roster

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(world, at, tmp_path, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at)
    roster.sync(tmp_path, at)
    return world


def page(world, path, who="handler", status=200, language="zh-hans"):
    answer = world.client(who, language).get(path)
    assert answer.status_code == status
    return answer.content.decode()


def many(world, at, count):
    for n in range(count):
        day = (at.date() + timedelta(days=20 * n)).isoformat()
        roster.member(world, at, surname=f"PERSON{chr(65 + n // 26)}{chr(65 + n % 26)}", passport_number=f"P{n:05}",
                      permit_number=f"WPX{n:09}", permit_to=day)


def test_the_roster_says_who_may_file_from_when_to_when(house, at):
    roster.member(house, at)                                               # until 2027-01-31; today is 2026-11-12
    found = page(house, "/roster/")
    for part in ("WEBER ANNA KATHARINA", "德国", "C0*****47", "2026-10-03", "2027-01-01", "2027-01-31", "可以申请延期", "2030-05-06"):
        assert part in found, part
    assert "C01X00T47" not in found
    english = page(house, "/roster/", language="en")
    assert "May be filed now" in english
    assert "Germany" in english


def test_urgent_people_stand_first_and_tabs_count(house, at):
    many(house, at, 8)                                                     # 0, 20, … 140 days from now
    found = page(house, "/roster/")
    assert found.index("PERSONAA") < found.index("PERSONAB") < found.index("PERSONAH")
    assert "已过最晚申请日" in found, "0 and 20 days left: it is too late"
    assert '<span>8</span>' in found
    assert '<span>7</span>' in found, "those up to 120 days"
    due = page(house, "/roster/?tab=due")
    assert "PERSONAG" in due
    assert "PERSONAH" not in due


@pytest.mark.parametrize("asked", ["weber anna katharina", "WEBER", "c01x00t47", "wpx0000000001"])
def test_people_are_found_by_name_passport_and_permit(house, at, asked):
    roster.member(house, at)
    many(house, at, 3)
    found = page(house, f"/roster/?q={asked}")
    assert "WEBER" in found
    assert "PERSONAA" not in found
    assert "名册中没有此人" in page(house, "/roster/?q=nobody")


def test_pages_of_twenty(house, at):
    many(house, at, 23)
    first = house.client("handler").get("/roster/")
    assert len(first.context["rows"]) == 20
    second = house.client("handler").get("/roster/" + first.context["next"])
    assert [p.name.split()[0] for p, _ in second.context["rows"]] == ["PERSONAU", "PERSONAV", "PERSONAW"]
    back = house.client("handler").get("/roster/" + second.context["previous"])
    assert [p for p, _ in back.context["rows"]] == [p for p, _ in first.context["rows"]]
    assert house.client("handler").get("/roster/?after=xx").status_code == 404
    assert house.client("handler").get("/roster/?tab=none").status_code == 404


def test_the_roster_costs_the_same_for_one_and_for_twenty(house, at, django_assert_num_queries, django_assert_max_num_queries):
    roster.member(house, at)
    client = house.client("handler")
    client.get("/roster/")
    with django_assert_max_num_queries(16) as few:
        client.get("/roster/")
    many(house, at, 20)
    for member in StaffMember.objects.all()[:5]:
        actions.start_case(service_id=roster.ID, actor=house.handler, at=at, staff_id=member.id)
    with django_assert_num_queries(len(few)):
        client.get("/roster/")


def test_one_click_starts_a_prefilled_case(house, at):
    member = roster.member(house, at)
    address = f"/start/{roster.ID}/?staff={member.id}"
    assert address in page(house, "/roster/")
    assert address in page(house, f"/roster/{member.id}/")
    start = page(house, address)
    assert "WEBER ANNA KATHARINA" in start
    sent = house.client("handler").post(address)
    assert sent.status_code == 302
    form = page(house, sent.url)
    assert "光学工程师" in form
    again = page(house, f"/roster/{member.id}/")
    assert address not in again
    assert "办理中" in again
    assert "此人的“在册事项”" in page(house, address)


def test_a_service_about_the_roster_first_asks_about_whom(house, at):
    roster.member(house, at)
    chosen = page(house, f"/start/{roster.ID}/")
    assert "?staff=" in chosen
    assert "C0*****47" in chosen
    assert house.client("handler").post(f"/start/{roster.ID}/").status_code == 422
    assert "名册中没有此人" in page(house, f"/start/{roster.ID}/?q=nobody")
    assert "WEBER" not in page(house, f"/start/{roster.ID}/", who="stranger")
    page(house, f"/start/{roster.ID}/?staff=x", status=404)


def test_somebody_else_s_roster_is_not_there(house, at):
    member = roster.member(house, at)
    for who, status in (("stranger", 404), ("subject", 403), ("pre_reviewer", 403)):
        page(house, f"/roster/{member.id}/", who=who, status=status)
    assert "WEBER" not in page(house, "/roster/", who="stranger")
    answer = house.client("stranger").get(f"/start/{roster.ID}/?staff={member.id}")
    assert answer.status_code == 404
    assert house.client("stranger").post(f"/roster/{member.id}/left/", {"left_on": "2026-11-01"}).status_code == 404


def test_whoever_has_left_is_marked_with_the_day(house, at):
    member = roster.member(house, at)
    client = house.client("handler")
    address = reverse("roster:left", args=[member.id])
    for typed in ("", "2026-13-01", "2026-11-13"):
        answer = client.post(address, {"left_on": typed})
        assert answer.status_code == 422
        assert typed in answer.content.decode()
    assert client.post(address, {"left_on": "2026-11-12"}).status_code == 302
    member.refresh_from_db()
    assert str(member.left_on) == "2026-11-12"
    assert "WEBER" not in page(house, "/roster/")
    assert "WEBER" in page(house, "/roster/?tab=left")
    assert client.post(address, {"left_on": "2026-11-12"}).status_code == 422
