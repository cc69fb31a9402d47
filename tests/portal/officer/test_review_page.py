"""The review page over HTTP: verdicts, decisions, and who is kept out."""

from datetime import timedelta

import pytest

from laihua.accounts import actions as accounts
from laihua.accounts.models import Grant
from laihua.accounts.permissions import SYSTEM
from laihua.cases import actions, queries
from laihua.cases.models import Verdict
from laihua.kernel import clock
from tests import world as building

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


@pytest.fixture(autouse=True)
def now(at, monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(minutes=5))


@pytest.fixture
def held(world, at):
    case = building.submitted_case(world, at)
    actions.claim(case_id=case.id, actor=world.pre_reviewer, at=at)
    return case


def address(case, rest: str = "") -> str:
    return f"/desk/cases/{case.id}/{rest}"


def judge_all(world, case, at) -> None:
    items = [i.id for i in queries.dossier(case.id, actor=world.pre_reviewer, at=at).items]
    actions.record_verdicts(case_id=case.id, items=items, result="accepted", actor=world.pre_reviewer, at=at)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("tab", ["form", "materials"])
def test_the_page_shows_every_row_and_costs_a_bounded_number_of_statements(
    world, held, language, tab, django_assert_max_num_queries
) -> None:
    client = world.client("pre_reviewer", language)
    client.get(address(held))
    with django_assert_max_num_queries(26):
        page = client.get(address(held, f"?tab={tab}"))
    html = page.content.decode()
    sheet = page.context["sheet"]
    assert all(f'id="{row.anchor}"' in html for row in sheet.rows())
    assert held.answers["passport_number"] not in html
    assert held.answers["email"] not in html


def test_a_verdict_is_saved_and_only_what_changed_comes_back(world, held) -> None:
    client = world.client("pre_reviewer")
    answer = client.post(address(held, "verdict/"), {"item": "field:work_address", "result": "accepted"}, headers=JSON)
    data = answer.json()
    assert set(data["parts"]) == {"row-field-work_address", "decision", "group-employment"}
    assert data["counts"]["form"].startswith("1/")
    assert data["saved"] == "10:05"
    cleared = client.post(address(held, "verdict/"), {"item": "field:work_address", "result": "clear"}, headers=JSON)
    assert cleared.json()["counts"]["form"].startswith("0/")


@pytest.mark.req("WP-7")
def test_a_return_without_a_reason_is_refused_with_the_box_open(world, held) -> None:
    client = world.client("pre_reviewer")
    wanted = {"item": "field:work_address", "result": "returned"}
    assert client.post(address(held, "verdict/"), wanted, headers=JSON).json()["reasons"][0]["zh"] == "请选择退回原因。"
    page = client.post(address(held, "verdict/"), wanted)
    assert page.status_code == 409
    html = page.content.decode()
    assert "请选择退回原因。" in html
    assert 'id="row-field-work_address-reason"' in html
    assert Verdict.objects.count() == 0
    foreign = client.post(address(held, "verdict/"), {**wanted, "reason": "WP-R02"})
    assert "WP-R02 不适用" in foreign.content.decode()


def test_the_rest_of_a_section_is_accepted_in_one_go(world, held, at) -> None:
    client = world.client("pre_reviewer")
    client.post(address(held, "verdict/"), {"item": "field:work_address", "result": "returned", "reason": "WP-R07"})
    client.post(address(held, "verdict/"), {"section": "employment", "result": "accepted"})
    seen = queries.desk_dossier(held.id, actor=world.pre_reviewer, at=at)
    states = {r.key: r.state for r in queries.review_sheet(seen).group("employment").rows}
    assert states.pop("work_address") == "returned"
    assert set(states.values()) == {"accepted", "fixed"}


def test_the_decision_that_the_verdicts_call_for_is_primary_and_the_other_says_why_not(world, held, at) -> None:
    client = world.client("pre_reviewer", "en")
    judge_all(world, held, at)
    ready = client.get(address(held)).context["decision"]
    assert ready.primary == "pass"
    client.post(address(held, "verdict/"), {"item": "material:degree", "result": "returned", "reason": "WP-R05"})
    page = client.get(address(held))
    assert page.context["decision"].primary == "return_for_correction"
    assert "Items marked for return: 1" in page.content.decode()


def test_without_script_a_return_is_asked_for_and_made(world, held) -> None:
    client = world.client("pre_reviewer")
    client.post(address(held, "verdict/"), {"item": "material:degree", "result": "returned", "reason": "WP-R05", "note": "第2页缺角"})
    asking = client.get(address(held, "?ask=return_for_correction")).content.decode()
    assert "退回意见会一次性告知申请单位。要退回吗？" in asking
    assert " open data-reopen" in asking
    version = building.proceeding_of(held).version
    done = client.post(address(held, "moves/return_for_correction/"), {"expected": version})
    assert done["Location"] == "/desk/"
    assert building.proceeding_of(held).step == "correction"
    assert "已改" not in client.get(address(held)).content.decode()


@pytest.mark.req("WP-8")
def test_two_officers_exactly_one_wins_and_the_other_sees_who(world, at) -> None:
    case = building.submitted_case(world, at)
    first, second = world.client("pre_reviewer"), world.client("second_pre_reviewer")
    assert first.post(address(case, "claim/")).status_code == 302
    late = second.post(address(case, "claim/"))
    assert late.status_code == 409
    assert "此件由韩静姝办理" in late.content.decode()
    refused = second.post(address(case, "verdict/"), {"item": "field:work_address", "result": "accepted"}, headers=JSON)
    assert refused.status_code == 409
    assert "韩静姝" in refused.json()["reasons"][0]["zh"]
    assert "此件由韩静姝办理" in second.get(address(case)).content.decode()


def test_a_stale_page_changes_nothing_and_says_who_acted(world, held, at) -> None:
    judge_all(world, held, at)
    client = world.client("pre_reviewer")
    version = building.proceeding_of(held).version
    client.post(address(held, "release/"))
    actions.claim(case_id=held.id, actor=world.pre_reviewer, at=at)
    stale = client.post(address(held, "moves/pass/"), {"expected": version})
    assert stale.status_code == 409
    assert "您打开页面之后" in stale.content.decode()
    assert building.proceeding_of(held).step == "pre_review"


@pytest.mark.req("WP-9")
def test_nobody_decides_what_he_pre_reviewed_and_the_bar_says_so_before_he_claims(world, at) -> None:
    case = building.decision_case(world, at)
    accounts.grant_role(
        account_id=world.pre_reviewer.account_id, organisation_id=world.office.id, role="decider", actor=SYSTEM, at=at
    )
    client = world.client("pre_reviewer")
    page = client.get(address(case)).content.decode()
    assert "您办理过此件的前面环节，须由另一名人员决定。" in page
    assert "领取并审核" not in page
    client.post(address(case, "claim/"))
    refused = client.post(address(case, "moves/approve/"))
    assert refused.status_code == 409
    assert "须由另一名人员决定" in refused.content.decode()
    assert building.proceeding_of(case).step == "decision"


def test_a_refusal_needs_reasons_and_keeps_what_was_written(world, at) -> None:
    case = building.decision_case(world, at)
    client = world.client("decider")
    client.post(address(case, "claim/"))
    version = building.proceeding_of(case).version
    empty = client.post(address(case, "moves/refuse/"), {"expected": version, "text": " "})
    assert empty.status_code == 409
    assert "请写明理由。" in empty.content.decode()
    stale = client.post(address(case, "moves/refuse/"), {"expected": version + 1, "text": "材料不能证明工作经历。"})
    assert "材料不能证明工作经历。" in stale.content.decode()
    client.post(address(case, "moves/refuse/"), {"expected": version, "text": "材料不能证明工作经历。"})
    assert building.proceeding_of(case).step == "refused"


def test_a_foreign_office_finds_no_such_case(world, held, at) -> None:
    other = accounts.create_organisation(
        kind="authority", code="JS-WP", name_zh="江苏省示例审批机关", name_en="Example Authority of Jiangsu", actor=SYSTEM, at=at
    )
    Grant.objects.filter(account_id=world.second_pre_reviewer.account_id).update(organisation_id=other.id)
    client = world.client("second_pre_reviewer")
    for rest in ("", "record/", "materials/passport/page/1.png", "materials/passport/file/"):
        assert client.get(address(held, rest)).status_code == 404, rest
    for rest in ("verdict/", "moves/pass/", "claim/", "release/", "messages/"):
        assert client.post(address(held, rest), {"item": "field:work_address", "result": "accepted"}).status_code == 404, rest
    assert client.post(f"/desk/unmask/{held.id}/passport_number/").status_code == 404
    assert "没有找到" in client.post("/desk/find/", {"q": held.number}).content.decode()


@pytest.mark.parametrize("who", ["handler", "subject", "operator", "auditor"])
def test_only_officers_open_the_desk(world, held, who) -> None:
    client = world.client(who)
    for path in ("/desk/", "/desk/window/", address(held), address(held, "record/")):
        assert client.get(path).status_code == 403, path


def test_a_role_that_was_revoked_ends_in_the_open_tab(world, held, at) -> None:
    client = world.client("pre_reviewer")
    assert client.get(address(held)).status_code == 200
    grant = Grant.objects.get(account_id=world.pre_reviewer.account_id)
    accounts.revoke_grant(grant_id=grant.id, actor=SYSTEM, at=at)
    answer = client.post(address(held, "verdict/"), {"item": "field:work_address", "result": "accepted"}, headers=JSON)
    assert answer.status_code == 403
    assert Verdict.objects.count() == 0


def test_a_hidden_value_is_shown_on_request_and_the_look_is_recorded(world, held) -> None:
    client = world.client("pre_reviewer")
    number = held.answers["passport_number"]
    part = client.post(f"/desk/unmask/{held.id}/passport_number/", headers={"hx-request": "true"})
    assert number in part.content.decode()
    page = client.post(f"/desk/unmask/{held.id}/passport_number/")
    assert number in page.content.decode()
    assert "查看隐去的内容：护照号" in client.get(address(held, "record/")).content.decode()
    assert client.post(f"/desk/unmask/{held.id}/nonsense/").status_code == 409


def test_page_pictures_are_private_and_only_where_there_is_a_page(world, held) -> None:
    client = world.client("pre_reviewer")
    picture = client.get(address(held, "materials/passport/page/1.png"))
    assert picture["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert picture["Cache-Control"].startswith("private")
    again = client.get(address(held, "materials/passport/page/1.png"), headers={"if-none-match": picture["ETag"]})
    assert again.status_code == 304
    for rest in ("materials/passport/page/2.png", "materials/passport/page/0.png", "materials/nothing/page/1.png",
                 "materials/passport/page/1.png?version=7"):
        assert client.get(address(held, rest)).status_code == 404, rest
    file = client.get(address(held, "materials/passport/file/"))
    assert file["Content-Disposition"].startswith("attachment")
    assert file["X-Content-Type-Options"] == "nosniff"
