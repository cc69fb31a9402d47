"""One's own cases: who sees which, what is to be done next, paging, search, and a constant number of statements."""

from datetime import timedelta

import pytest

from laihua.cases import actions as cases
from laihua.cases.models import Case, Proceeding
from laihua.kernel import clock
from tests import world as building
from tests.portal.language import chinese_left

pytestmark = pytest.mark.django_db
MY = "/my/"


def drafts(world, at, count: int) -> list[Case]:
    return [building.draft(world, at + timedelta(minutes=n)) for n in range(count)]


def test_each_sees_his_own_cases_only(world, at) -> None:
    case = building.submitted_case(world, at)
    assert case.number in world.client("handler").get(MY).content.decode()
    assert case.number in world.client("second_handler").get(MY).content.decode()
    assert case.number in world.client("subject").get(MY).content.decode()
    assert case.number not in world.client("stranger").get(MY).content.decode()
    assert case.number not in world.client("other_person").get(MY).content.decode()
    assert world.client("pre_reviewer").get(MY).status_code in (200, 403)
    assert case.number not in world.client("pre_reviewer").get(MY).content.decode()


@pytest.mark.parametrize(
    ("make", "who", "what"),
    [
        (building.draft, "handler", "填写并提交"), (building.confirmation_case, "subject", "核对并确认"),
        (building.confirmation_case, "handler", "不用办理，等待"), (building.submitted_case, "handler", "不用办理，等待"),
        (building.returned_case, "handler", "按退回意见补正"), (building.returned_case, "subject", "不用办理，等待"),
        (building.passed_case, "handler", "预约窗口时间"), (building.passed_case, "subject", "不用办理，等待"),
    ],
)
def test_a_row_says_what_to_do_next(world, at, make, who, what) -> None:
    make(world, at)
    rows = world.client(who).get(MY).context["rows"]
    assert [row.next.zh for row in rows] == [what]


def test_a_paused_case_shows_no_date_and_a_running_one_its_promise(world, at) -> None:
    building.returned_case(world, at)
    running = building.submitted_case(world, at)
    rows = {row.number: row for row in world.client("handler").get(MY).context["rows"]}
    paused = next(row for row in rows.values() if row.number != running.number)
    assert paused.due is None
    assert paused.due_note.zh == "计时已暂停"
    assert rows[running.number].due == building.proceeding_of(running).promised_on


def test_what_is_closed_moves_to_the_other_tab(world, at) -> None:
    case = building.submitted_case(world, at)
    cases.move(case_id=case.id, move="withdraw", actor=world.handler, at=at)
    client = world.client("handler")
    assert client.get(MY).context["rows"] == []
    done = client.get(f"{MY}?tab=done")
    assert [row.number for row in done.context["rows"]] == [case.number]
    assert "已撤回" in done.content.decode()
    assert [count for _, _, count, _ in done.context["tabs"]] == [0, 1]


def test_pages_go_on_and_back_without_losing_or_repeating_a_case(world, at) -> None:
    made = [c.number for c in reversed(drafts(world, at, 45))]
    client = world.client("handler")
    seen, page, pages = [], client.get(MY), 0
    while True:
        seen += [row.number for row in page.context["rows"]]
        pages += 1
        if not page.context["next"]:
            break
        page = client.get(MY + page.context["next"])
    assert (seen, pages) == (made, 3)
    back = client.get(MY + page.context["previous"])
    assert [row.number for row in back.context["rows"]] == made[20:40]
    first = client.get(MY + back.context["previous"])
    assert [row.number for row in first.context["rows"]] == made[:20]
    assert first.context["previous"] == ""


@pytest.mark.parametrize("token", ["x", "e30=", "WyJhIl0=", "WyJhIiwgImIiXQ=="])
def test_a_made_up_page_is_not_found(world, at, token) -> None:
    client = world.client("handler")
    assert client.get(f"{MY}?after={token}").status_code == 404
    assert client.get(f"{MY}?before={token}").status_code == 404


def test_a_case_is_found_by_its_number_and_by_the_whole_name(world, at) -> None:
    submitted, other = building.submitted_case(world, at), building.draft(world, at)
    client = world.client("handler")

    def found(asked: str) -> list[str]:
        return [row.number for row in client.get(MY, {"q": asked}).context["rows"]]

    assert found(other.number.lower()) == [other.number]
    assert found("lindqvist soeren mikael") == [submitted.number]
    assert "没有符合条件的办件" in client.get(MY, {"q": "nobody"}).content.decode()


def offered(world, who: str) -> set[str]:
    return {service.id for service in world.client(who).get(MY).context["services"]}


def test_the_end_that_may_not_start_is_offered_no_start(world, at) -> None:
    assert building.WORK_PERMIT in offered(world, "handler")
    assert building.WORK_PERMIT not in offered(world, "subject")
    empty = world.client("subject").get(MY).content.decode()
    assert "单位为您发起申请后" in empty


def test_the_number_of_statements_does_not_grow(world, at, django_assert_max_num_queries) -> None:
    clock.now()
    drafts(world, at, 2)
    building.passed_case(world, at)
    client = world.client("handler")
    client.get(MY)
    with django_assert_max_num_queries(8):
        assert len(client.get(MY).context["rows"]) == 3
    drafts(world, at, 17)
    with django_assert_max_num_queries(8):
        assert len(client.get(MY).context["rows"]) == 20
    assert Proceeding.objects.count() == 20


@pytest.mark.parametrize("tab", ["", "?tab=done"])
@pytest.mark.parametrize("who", ["handler", "subject"])
def test_no_chinese_is_left(world, at, who, tab) -> None:
    for make in (building.confirmation_case, building.returned_case, building.passed_case):
        make(world, at)
    gone = building.submitted_case(world, at)
    cases.move(case_id=gone.id, move="withdraw", actor=world.handler, at=at)
    page = world.client(who, "en").get(MY + tab).content.decode()
    assert chinese_left(page, allowed={"中文", "上海砚桥精密仪器有限公司", "沈知遥"}) == []
