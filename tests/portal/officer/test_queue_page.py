"""The queue: what stands in it, how cases are taken from it, and what it costs."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laihua.cases import actions
from laihua.cases.models import Case, Proceeding
from laihua.kernel import clock
from laihua.kernel.calendar import WorkingCalendar
from laihua.portal.officer.pages import due_label
from tests import world as building

pytestmark = pytest.mark.django_db
PLAIN_WEEKS = WorkingCalendar({}, frozenset({2026}))


@pytest.fixture(autouse=True)
def now(at, monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.mark.parametrize(
    ("due_on", "tone", "words"),
    [
        (date(2026, 11, 9), "late", "逾期3个工作日"), (date(2026, 11, 11), "late", "逾期1个工作日"),
        (date(2026, 11, 12), "soon", "今日到期"), (date(2026, 11, 13), "soon", "剩1个工作日"),
        (date(2026, 11, 16), "plain", "剩2个工作日"), (None, "plain", "无期限"),
    ],
)
def test_colours_follow_the_working_days_that_are_left(due_on, tone, words) -> None:
    label = due_label(due_on, date(2026, 11, 12), PLAIN_WEEKS)
    assert (label.tone, label.text.zh) == (tone, words)


def test_a_deadline_missed_over_a_weekend_is_late() -> None:
    label = due_label(date(2026, 11, 13), date(2026, 11, 14), PLAIN_WEEKS)
    assert (label.tone, label.text.zh) == ("late", "已逾期")


def test_tabs_are_the_steps_of_the_officer_and_a_head_sees_all(world, at) -> None:
    building.submitted_case(world, at)
    mine = world.client("clerk").get("/desk/").content.decode()
    assert "原件核验" in mine
    assert "?tab=pre_review" not in mine
    everything = world.client("head", "en").get("/desk/?tab=decision").content.decode()
    assert all(f"?tab={tab}" in everything for tab in ("pre_review", "originals", "decision", "paused", "today", "late", "mine"))
    assert "Online pre-review" in everything


def test_several_are_claimed_and_the_taken_one_is_said(world, at) -> None:
    cases = [building.submitted_case(world, at) for _ in range(3)]
    actions.claim(case_id=cases[1].id, actor=world.second_pre_reviewer, at=at)
    answer = world.client("pre_reviewer").post(
        "/desk/claim/", {"case": [str(c.id) for c in cases], "next": "/desk/?tab=pre_review"}
    )
    assert answer.status_code == 409
    assert f"{cases[1].number}：此件由罗砚秋办理" in answer.content.decode()
    holders = {p.case_id: p.holder_id for p in Proceeding.objects.all()}
    assert holders == {
        cases[0].id: world.pre_reviewer.account_id, cases[1].id: world.second_pre_reviewer.account_id,
        cases[2].id: world.pre_reviewer.account_id,
    }


def test_a_single_claim_opens_the_case(world, at) -> None:
    case = building.submitted_case(world, at)
    answer = world.client("pre_reviewer").post("/desk/claim/", {"only": str(case.id), "case": []})
    assert answer["Location"] == f"/desk/cases/{case.id}/"


def test_filters_and_tampered_page_tokens(world, at) -> None:
    first = building.submitted_case(world, at, surname="KESKINEN", given_names="AINO")
    second = building.submitted_case(world, at)
    client = world.client("pre_reviewer")
    by_name = client.get("/desk/", {"tab": "pre_review", "text": "keskinen aino"}).content.decode()
    assert first.number in by_name
    assert second.number not in by_name
    nothing = client.get("/desk/", {"tab": "pre_review", "category": "C"}).content.decode()
    assert "没有符合条件的办件" in nothing
    for token in ("xx", "WyJhIiwiYiJd", "WyIyMDI2LTExLTEyIl0="):
        assert first.number in client.get("/desk/", {"tab": "pre_review", "after": token}).content.decode()


def test_pages_follow_each_other_and_lead_back(world, at, monkeypatch) -> None:
    monkeypatch.setattr("laihua.cases.queries.lists.queue.__kwdefaults__", {"after": "", "before": "", "limit": 2})
    numbers = {building.submitted_case(world, at).number for _ in range(5)}
    client = world.client("pre_reviewer")
    seen, page = [], client.get("/desk/?tab=pre_review")
    while True:
        seen += [row.proceeding.number for row in page.context["rows"]]
        if not page.context["after"]:
            break
        page = client.get(page.context["after"])
    assert len(seen) == 5
    assert set(seen) == numbers
    back = client.get(client.get(page.context["before"]).context["before"])
    assert [row.proceeding.number for row in back.context["rows"]] == seen[:2]


def test_the_queue_costs_the_same_whatever_its_length(world, at) -> None:
    def statements() -> int:
        client.get("/desk/")
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/desk/").status_code == 200
        return len(seen)

    case = building.submitted_case(world, at)
    actions.claim(case_id=case.id, actor=world.second_pre_reviewer, at=at)
    client = world.client("pre_reviewer")
    copies(case, 4)
    few = statements()
    copies(case, 45)
    assert statements() == few
    assert few <= 9


def copies(case, count: int) -> None:
    """More rows of the same kind, each of a case of its own."""
    p = building.proceeding_of(case)
    for _ in range(count):
        twin = Case.objects.create(
            number=uuid4().hex[:30], service=case.service, version_id=case.version_id, unit_id=case.unit_id, office_id=case.office_id,
            started_by_id=case.started_by_id, created_at=case.created_at, saved_at=case.saved_at, submitted_at=case.submitted_at,
        )
        Proceeding.objects.create(
            case=twin, office_id=p.office_id, step=p.step, entered_at=p.entered_at, clock=p.clock, due_on=p.due_on,
            promised_on=p.promised_on, number=twin.number, service=p.service, unit_name=p.unit_name, holder_id=p.holder_id,
            held_at=p.held_at, subject_name=p.subject_name, subject_country=p.subject_country, category=p.category,
        )


def test_a_search_is_posted_and_finds_by_number_passport_and_name_in_the_own_office(world, at) -> None:
    case = building.submitted_case(world, at)
    client = world.client("pre_reviewer")
    here = f"/desk/cases/{case.id}/"
    for asked in (case.number, case.number.lower(), case.answers["passport_number"], "LINDQVIST SOEREN MIKAEL"):
        answer = client.post("/desk/find/", {"q": asked})
        assert answer["Location"] == here, asked
    assert "没有找到" in client.post("/desk/find/", {"q": "EM0000000"}).content.decode()
    assert client.post("/desk/find/", {"q": "--"}).status_code == 200
    assert client.get("/desk/find/", {"q": case.number}).context["rows"] == []
