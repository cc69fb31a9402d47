"""A time at a window: chosen, changed, cancelled; the last place goes to one of two."""

from datetime import timedelta

import pytest
from django.urls import reverse

from laihua.cases import actions as cases
from laihua.cases import queries as case_queries
from laihua.cases.models import Booking, Window
from laihua.kernel import clock
from tests import world as building
from tests.portal.language import chinese_left

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def windows(world, monkeypatch, at) -> list[Window]:
    monkeypatch.setattr(clock, "now", lambda: at)
    assert cases.sync_windows() == ["PD-01", "XH-01"]
    return case_queries.windows_of(world.office.id)


def url(case) -> str:
    return reverse("applicant:booking", args=[case.id])


def free_time(window, at):
    return next(s for s in case_queries.slots_of(window, at) if s.free)


def book(world, case, window, starts_at, who="handler"):
    return world.client(who).post(url(case), {"window": str(window.id), "starts_at": starts_at.isoformat()})


def standing(case) -> list[Booking]:
    return list(Booking.objects.filter(proceeding__case=case, cancelled_at=None))


def test_syncing_again_changes_no_id_and_keeps_the_bookings(world, at, windows) -> None:
    case = building.passed_case(world, at)
    book(world, case, windows[0], free_time(windows[0], at).starts_at)
    Window.objects.filter(code="PD-01").update(name_zh="改过的名字")
    cases.sync_windows()
    again = case_queries.windows_of(world.office.id)
    assert [w.id for w in again] == [w.id for w in windows]
    assert again[0].name_zh == windows[0].name_zh
    assert [b.window_id for b in standing(case)] == [windows[0].id]


@pytest.mark.req("WP-8")
def test_a_time_is_booked_and_the_page_says_where_and_what_to_bring(world, at, windows) -> None:
    case = building.passed_case(world, at)
    offered = world.client("handler").get(url(case))
    assert "余3个" in offered.content.decode()
    time = free_time(windows[1], at)
    assert book(world, case, windows[1], time.starts_at).status_code == 302
    assert [(b.window_id, b.starts_at) for b in standing(case)] == [(windows[1].id, time.starts_at)]
    html = world.client("handler").get(url(case)).content.decode()
    for words in (windows[1].address_zh, "最高学位（学历）证书", "聘用合同", "改约", "取消预约"):
        assert words in html
    progress = world.client("handler").get(reverse("applicant:case", args=[case.id])).content.decode()
    assert "带原件到窗口核验" in progress
    assert windows[1].address_zh in progress


def test_a_booking_is_changed_to_one_and_given_back(world, at, windows) -> None:
    case = building.passed_case(world, at)
    book(world, case, windows[0], free_time(windows[0], at).starts_at)
    book(world, case, windows[1], free_time(windows[1], at).starts_at)
    assert [b.window_id for b in standing(case)] == [windows[1].id]
    assert world.client("handler").post(url(case), {"cancel": "1"}).status_code == 302
    assert standing(case) == []


def test_a_time_that_fills_in_between_is_refused_and_the_rest_is_kept(world, at, windows) -> None:
    window, day_after = windows[1], free_time(windows[1], at + timedelta(days=1))
    for _ in range(window.places):
        cases.book(
            case_id=building.passed_case(world, at).id, window_id=window.id, starts_at=day_after.starts_at, actor=world.handler, at=at
        )
    case = building.passed_case(world, at)
    answer = book(world, case, window, day_after.starts_at)
    assert answer.status_code == 422
    assert "这个时段刚刚约满，请另选。" in answer.content.decode()
    assert answer.context["window"].id == window.id
    assert answer.context["day"].on == day_after.starts_at.date()
    full = [t for half in answer.context["day"].halves for t in half.times if not t.free]
    assert [t.value for t in full] == [day_after.starts_at.isoformat()]
    assert standing(case) == []


@pytest.mark.parametrize(
    "sent", [{}, {"starts_at": "soon"}, {"starts_at": "2026-11-14T09:00:00+08:00"}, {"starts_at": "2026-11-13T03:00:00"}, {"window": "x"}],
)
def test_what_is_not_offered_is_refused(world, at, windows, sent) -> None:
    case = building.passed_case(world, at)
    answer = world.client("handler").post(url(case), {"window": str(windows[0].id), **sent})
    assert answer.status_code == 422
    assert standing(case) == []


def test_the_window_of_another_office_is_refused(world, at, windows) -> None:
    case = building.passed_case(world, at)
    time = free_time(windows[0], at)
    Window.objects.filter(id=windows[0].id).update(office_id=world.unit.organisation_id)
    assert book(world, case, windows[0], time.starts_at).status_code == 422
    assert standing(case) == []


def test_window_and_day_are_chosen_by_links(world, at, windows) -> None:
    case = building.passed_case(world, at)
    first = world.client("handler").get(url(case))
    later = first.context["days"][3].on
    answer = world.client("handler").get(url(case), {"window": str(windows[1].id), "day": later.isoformat()})
    assert (answer.context["window"].id, answer.context["day"].on) == (windows[1].id, later)
    assert answer.content.decode().count('aria-current="true"') == 2


def test_steps_without_a_booking_lead_back_to_the_case_and_strangers_find_nothing(world, at) -> None:
    case = building.submitted_case(world, at)
    assert world.client("handler").get(url(case)).headers["Location"] == reverse("applicant:case", args=[case.id])
    passed = building.passed_case(world, at)
    assert world.client("stranger").get(url(passed)).status_code == 404
    assert world.client("stranger").post(url(passed), {"cancel": "1"}).status_code == 404


def test_an_office_without_windows_says_whom_to_ask(world, at) -> None:
    case = building.passed_case(world, at)
    Window.objects.all().delete()
    assert "这个机关还没有开放预约" in world.client("handler").get(url(case)).content.decode()


def test_the_number_of_statements_does_not_grow_with_the_bookings(world, at, windows, django_assert_max_num_queries) -> None:
    case = building.passed_case(world, at)
    client = world.client("handler")
    client.get(url(case))
    with django_assert_max_num_queries(14):
        client.get(url(case))
    for n in range(3):
        other = building.passed_case(world, at)
        cases.book(
            case_id=other.id, window_id=windows[0].id, starts_at=case_queries.slots_of(windows[0], at)[n].starts_at,
            actor=world.handler, at=at,
        )
    with django_assert_max_num_queries(14):
        client.get(url(case))


def test_no_chinese_is_left(world, at, windows) -> None:
    case = building.passed_case(world, at)
    client = world.client("handler", "en")
    names = {"上海砚桥精密仪器有限公司", "沈知遥", "中文"}
    assert chinese_left(client.get(url(case)).content.decode(), allowed=names) == []
    assert chinese_left(client.post(url(case), {}).content.decode(), allowed=names) == []
    book(world, case, windows[0], free_time(windows[0], at).starts_at)
    assert chinese_left(client.get(url(case)).content.decode(), allowed=names) == []
