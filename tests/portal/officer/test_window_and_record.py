"""The window, the record of a case, and what follows issuance."""

from datetime import timedelta

import pytest

from laihua.cases import actions, queries
from laihua.cases.models import Booking, Window
from laihua.kernel import clock
from laihua.kernel.actions import store_file
from laihua.permits.models import Delivery, Issued
from tests import world as building

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


@pytest.fixture(autouse=True)
def now(at, monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(minutes=5))


@pytest.fixture
def booked(world, at):
    case = building.passed_case(world, at)
    window = Window.objects.create(
        office=world.office, code="P3", name_zh="示例窗口3号", name_en="Sample window 3", address_zh="示例路1号",
        address_en="1 Sample Road", hours=[["09:00", "11:30"]],
    )
    Booking.objects.create(
        proceeding=building.proceeding_of(case), window=window, starts_at=at + timedelta(hours=1), place=1,
        made_by_id=world.handler.account_id, made_at=at,
    )
    return case


def keys(world, case, at) -> list[str]:
    return [key for key, _, _ in queries.dossier(case.id, actor=world.clerk, at=at).originals]


@pytest.mark.req("WP-10")
def test_the_clerk_finds_the_visitor_ticks_every_original_and_passes(world, booked, at) -> None:
    client = world.client("clerk")
    desk = client.get("/desk/window/").content.decode()
    assert "11:00" in desk
    assert booked.number in desk
    here = f"/desk/window/{booked.id}/"
    assert client.post("/desk/window/", {"q": booked.number})["Location"] == here
    assert client.post("/desk/window/", {"q": booked.answers["passport_number"]})["Location"] == here
    assert "领取并核对" in client.get(here).content.decode()
    assert client.post(f"/desk/cases/{booked.id}/claim/")["Location"] == here
    wanted = keys(world, booked, at)
    for key in wanted:
        answer = client.post(f"{here}tick/", {"key": key, "agrees": "yes"}, headers=JSON).json()
    assert answer["counts"]["originals"] == f"{len(wanted)}/{len(wanted)}"
    assert client.get(here).context["decision"].primary == "verify_originals"
    version = building.proceeding_of(booked).version
    assert client.post(f"/desk/cases/{booked.id}/moves/verify_originals/", {"expected": version})["Location"] == "/desk/window/"
    assert building.proceeding_of(booked).step == "decision"


def test_an_original_that_differs_needs_words_and_may_send_the_case_back(world, booked, at) -> None:
    actions.claim(case_id=booked.id, actor=world.clerk, at=at)
    client, here = world.client("clerk"), f"/desk/window/{booked.id}/"
    key = keys(world, booked, at)[0]
    silent = client.post(f"{here}tick/", {"key": key, "agrees": "no"})
    assert silent.status_code == 409
    assert "请写明哪里不一致。" in silent.content.decode()
    assert f'id="differs-{key}-note"' in silent.content.decode()
    client.post(f"{here}tick/", {"key": key, "agrees": "no", "note": "原件编号与上传件不同", "reason": "WP-R05"})
    page = client.get(here)
    assert page.context["decision"].primary == "return_for_correction"
    assert "原件编号与上传件不同" in page.content.decode()
    client.post(f"{here}tick/", {"key": key, "agrees": "yes"})
    row = client.get(here).context["sheet"].row(f"material:{key}")
    assert row.state == "accepted"


def test_a_pre_reviewer_has_no_window(world, booked) -> None:
    client = world.client("pre_reviewer")
    assert client.get("/desk/window/").status_code == 403
    assert client.get(f"/desk/window/{booked.id}/").status_code == 403


def test_the_head_hands_over_and_releases(world, at) -> None:
    case = building.submitted_case(world, at)
    head, record = world.client("head"), f"/desk/cases/{case.id}/record/"
    assert "罗砚秋" in head.get(record).content.decode()
    handing = f"/desk/cases/{case.id}/handover/"
    head.post(handing, {"to": str(world.second_pre_reviewer.account_id)})
    assert building.proceeding_of(case).holder_id == world.second_pre_reviewer.account_id
    assert head.post(handing, {"to": ""}).status_code == 409
    assert "此人不办理" in head.post(handing, {"to": str(world.clerk.account_id)}).content.decode()
    assert world.client("pre_reviewer").post(handing, {"to": str(world.pre_reviewer.account_id)}).status_code == 403
    head.post(f"/desk/cases/{case.id}/release/")
    assert building.proceeding_of(case).holder_id is None


def test_messages_travel_and_an_empty_one_is_refused(world, at) -> None:
    case = building.submitted_case(world, at)
    client = world.client("pre_reviewer")
    sent = client.post(f"/desk/cases/{case.id}/messages/", {"text": "请准备学历认证原件。"})
    assert sent["Location"].endswith("/record/#messages")
    assert "请准备学历认证原件。" in client.get(f"/desk/cases/{case.id}/record/").content.decode()
    assert client.post(f"/desk/cases/{case.id}/messages/", {"text": " "}).status_code == 409


def test_a_tracking_number_without_a_permit_to_post_is_refused(world, at) -> None:
    case = building.decision_case(world, at)
    answer = world.client("decider").post(f"/desk/cases/{case.id}/posting/", {"tracking_number": "SF1234567"})
    assert answer.status_code == 409
    assert "该案件没有需要邮寄的许可。" in answer.content.decode()


def paper_of(case, at, **more) -> Issued:
    return Issued.objects.create(
        **{
            "event_id": case.id, "key": "acceptance_slip", "kind": "letter", "title_zh": "受理单", "title_en": "Acceptance slip",
            "number": case.number, "case": case, "proceeding": building.proceeding_of(case), "issued_at": at,
            "file": store_file(content=b"%PDF-", content_type="application/pdf", at=at), **more,
        }
    )


def test_a_paper_of_another_case_is_not_served(world, at) -> None:
    first, second = building.submitted_case(world, at), building.submitted_case(world, at)
    paper = paper_of(first, at)
    client = world.client("pre_reviewer")
    assert client.get(f"/desk/cases/{first.id}/documents/{paper.id}/").content == b"%PDF-"
    assert client.get(f"/desk/cases/{second.id}/documents/{paper.id}/").status_code == 404


def test_the_code_on_a_permit_leads_to_its_case(world, at) -> None:
    case = building.submitted_case(world, at)
    paper_of(case, at, key="permit", kind="permit", number="WPX2026111200011", code="7K2M9PQRST")
    client = world.client("pre_reviewer")
    for scanned in ("https://hall.example/verify/7K2M9-PQRST/", "7k2m9-pqrst"):
        assert client.post("/desk/find/", {"q": scanned})["Location"] == f"/desk/cases/{case.id}/", scanned


def test_a_posting_is_recorded_and_shown(world, at) -> None:
    case = building.decision_case(world, at)
    paper_of(case, at, key="permit", kind="permit", number="WPX2026111200011", title_zh="外国人工作许可证", title_en="Work permit")
    address = {"recipient": "沈知遥", "phone": "+8613800006000", "address": "上海市浦东新区望江路88号"}
    Delivery.objects.create(case=case, method="post", postal_address=address, chosen_at=at)
    client, record = world.client("decider"), f"/desk/cases/{case.id}/record/"
    assert "记录寄出" in client.get(record).content.decode()
    wrong = client.post(f"/desk/cases/{case.id}/posting/", {"tracking_number": "??"})
    assert "运单号由6至40位字母或数字组成。" in wrong.content.decode()
    client.post(f"/desk/cases/{case.id}/posting/", {"tracking_number": "sf1234567"})
    assert "SF1234567" in client.get(record).content.decode()
    assert world.client("pre_reviewer").post(f"/desk/cases/{case.id}/posting/", {"tracking_number": "SF7654321"}).status_code == 403


@pytest.mark.parametrize("path", ["/desk/", "/desk/find/", "/desk/window/", "record"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_open_in_both_languages_at_a_bounded_cost(world, booked, path, language, django_assert_max_num_queries) -> None:
    client = world.client("clerk", language)
    address = f"/desk/cases/{booked.id}/record/" if path == "record" else path
    client.get(address)
    with django_assert_max_num_queries(19):
        assert client.get(address).status_code == 200
