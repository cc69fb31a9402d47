"""The pages of a case before two offices: two lines, one date, one thing to do; each officer his own proceeding."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from laihua.cases.models import Proceeding
from laihua.kernel import clock
from tests import single_window as both

pytestmark = [pytest.mark.django_db, pytest.mark.req("WP-2")]
STAY, VISA, WORKPLACE = ("field", "stay_address"), ("material", "visa"), ("field", "work_address")


@pytest.fixture
def case(world, at, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(hours=1))
    both.second_office(world, at)
    return both.submitted(world, at)


def page(world, case, who="handler", name="applicant:case", language="zh-hans") -> str:
    answer = world.client(who, language).get(reverse(name, args=[case.id]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_two_lines_one_date(world, case, language) -> None:
    html = page(world, case, language=language)
    assert html.count('class="lh-line"') == 2
    assert html.count("2026-11-23") >= 1
    words = ("工作许可", "居留许可审核") if language == "zh-hans" else ("Work permit", "Residence permit review")
    assert all(word in html for word in words)


def test_a_return_of_one_is_the_one_thing_to_do(world, at, case) -> None:
    both.send_back(world, case, "residence", at, STAY)
    html = page(world, case)
    todo = html[html.index('id="now"'):]
    assert todo.index("按退回意见补正") < todo.index("居留许可：共1项退回") < todo.index("工作许可：")
    form = page(world, case, name="applicant:form")
    assert 'name="stay_address"' in form
    assert not re.search(r'<(input|textarea)[^>]*name="work_address"', form)
    assert "要求补正" in form
    row = world.client("handler").get("/my/").content.decode()
    assert (row.count(case.number), "按退回意见补正" in row) == (1, True)


def test_both_are_handed_in_by_one_button(world, at, case) -> None:
    both.send_back(world, case, "main", at, WORKPLACE)
    both.send_back(world, case, "residence", at, STAY)
    client = world.client("handler")
    for kind, key in (WORKPLACE, STAY):
        assert client.post(reverse("applicant:reply", args=[case.id]), {"kind": kind, "key": key, "text": "与原件一致"}).status_code == 302
    check = page(world, case, name="applicant:check")
    assert "重新提交：工作许可、居留许可" in check
    also = re.search(r'name="also" value="([^"]+)"', check)
    version = re.search(r'name="version" value="(\d+)"><input type="hidden" name="also"', check)
    assert also
    assert version
    sent = client.post(reverse("applicant:move", args=[case.id, "resubmit"]), {"page": "check", "version": version[1], "also": also[1]})
    assert sent.status_code == 302
    assert both.at_step(case) == {"main": "pre_review", "residence": "residence_review"}


def test_what_is_ready_goes_first(world, at, case) -> None:
    both.send_back(world, case, "main", at, WORKPLACE)
    both.send_back(world, case, "residence", at, STAY)
    world.client("handler").post(reverse("applicant:reply", args=[case.id]), {"kind": "field", "key": "stay_address", "text": "一致"})
    check = page(world, case, name="applicant:check")
    assert "重新提交：居留许可" in check
    assert "工作许可的退回意见还没有改完" in check


def test_each_officer_sees_the_case_in_his_own_proceeding(world, at, case) -> None:
    mine = page(world, case, "ee_reviewer", "officer:review")
    assert "工作许可：线上预审" in mine
    assert world.client("ee_reviewer").post(reverse("officer:claim-one", args=[case.id])).status_code == 302
    assert Proceeding.objects.get(case=case, key="residence").holder_id == world.ee_reviewer.account_id
    assert Proceeding.objects.get(case=case, key="main").holder_id is None
    assert world.client("ee_reviewer").post(reverse("officer:move", args=[case.id, "pass"])).status_code == 409
    held = page(world, case, "ee_reviewer", "officer:review")
    assert held.index("在沪住宿地址") < held.index("岗位职责"), "what is judged here comes first"
    assert "居留许可审核" in world.client("ee_reviewer").get("/desk/").content.decode()
    assert "居留许可审核" not in world.client("pre_reviewer").get("/desk/").content.decode()
    record = page(world, case, "ee_reviewer", "officer:record")
    assert "Proceeding opened" not in record
    assert "居留许可 · " in record


def test_an_office_with_both_chooses(world, at, case) -> None:
    Proceeding.objects.filter(case=case, key="residence").update(office_id=world.office.id)
    main = page(world, case, "pre_reviewer", "officer:review")
    link = f"{reverse('officer:review', args=[case.id])}?proceeding=residence"
    assert link in main
    client = world.client("pre_reviewer")
    residence = client.get(link).content.decode()
    assert f"{reverse('officer:claim-one', args=[case.id])}?proceeding=residence" in residence
    client.post(f"{reverse('officer:claim-one', args=[case.id])}?proceeding=residence")
    assert set(Proceeding.objects.filter(case=case, holder_id=world.pre_reviewer.account_id).values_list("key", flat=True)) == {"residence"}


def test_pages_cost_a_bounded_number_of_statements(world, at, case, django_assert_max_num_queries) -> None:
    both.send_back(world, case, "residence", at, STAY, VISA)
    for who, name, limit in (("handler", "applicant:case", 40), ("handler", "applicant:form", 26), ("ee_reviewer", "officer:review", 34)):
        client = world.client(who)
        client.get(reverse(name, args=[case.id]))
        with django_assert_max_num_queries(limit):
            client.get(reverse(name, args=[case.id]))
