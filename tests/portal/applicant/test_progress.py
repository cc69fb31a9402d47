"""The page of a case: where it stands, when it ends, what to do, what happened, what came out."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from laihua.cases import actions as cases
from laihua.cases import queries as case_queries
from laihua.cases.models import Message
from laihua.kernel import clock
from laihua.permits.jobs import make_all
from laihua.permits.models import Order
from tests import world as building
from tests.portal.language import chinese_left

pytestmark = pytest.mark.django_db
NAMES = {"上海砚桥精密仪器有限公司", "沈知遥", "上海市浦东新区望江路88号", "光学研发经理", "中文", "请补全。"}


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch, at) -> list[datetime]:
    """The hall's clock shows `now[0]`."""
    now = [at]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    return now


def page(world, case, who="handler", language="zh-hans", query=""):
    return world.client(who, language).get(reverse("applicant:case", args=[case.id]) + query)


def line(answer) -> list[tuple[str, str]]:
    return [(step.label.zh, step.state) for step in answer.context["line"]]


def make_papers(at) -> None:
    for event_id in set(Order.objects.filter(done_at=None).values_list("event_id", flat=True)):
        make_all(event_id, at)


def correct_and_resubmit(world, case, at) -> None:
    changes = {"work_address": "上海市浦东新区望江路88号2号楼"}
    cases.save_answers(case_id=case.id, changes=changes, base=case.revision, actor=world.handler, at=at)
    slot = case_queries.dossier(case.id, actor=world.handler, at=at).service.slots()["degree"]
    cases.reply_to_return(case_id=case.id, item=("material", slot.key), text="已认证", actor=world.handler, at=at)
    cases.move(case_id=case.id, move="resubmit", actor=world.handler, at=at)


def test_somebody_elses_case_is_not_found(world, at) -> None:
    case = building.submitted_case(world, at)
    for who in ("stranger", "other_person"):
        assert page(world, case, who).status_code == 404
        assert world.client(who).post(reverse("applicant:message", args=[case.id]), {"text": "x"}).status_code == 404
    assert not Message.objects.exists()


def test_a_new_draft_opens_its_form_and_one_that_came_back_says_why(world, at) -> None:
    draft = building.draft(world, at)
    assert page(world, draft).headers["Location"] == reverse("applicant:form", args=[draft.id])
    case = building.confirmation_case(world, at)
    cases.move(case_id=case.id, move="object", actor=world.subject, at=at, text="护照号有误")
    answer = page(world, case)
    assert answer.status_code == 200
    assert "护照号有误" in answer.content.decode()
    assert answer.context["doing"].primary.url == reverse("applicant:form", args=[case.id])


@pytest.mark.req("WP-8")
def test_the_line_shows_done_steps_with_their_day_and_the_current_one(world, at) -> None:
    answer = page(world, building.passed_case(world, at))
    assert line(answer) == [
        ("已提交", "done"), ("线上预审", "done"), ("原件核验", "current"), ("审查决定", "todo"), ("发证", "todo"),
    ]
    assert [step.date for step in answer.context["line"]][:2] == ["2026-11-12", "2026-11-12"]
    html = answer.content.decode()
    assert html.count('aria-current="step"') == 1
    assert "只有新办需要到场，核验需1至2个工作日" in html


def test_a_returned_case_stays_at_the_step_that_asked(world, at) -> None:
    answer = page(world, building.returned_case(world, at))
    assert line(answer)[1] == ("线上预审", "current")
    assert answer.context["line"][1].date.zh == "待补正"


def test_before_submission_the_line_begins_with_the_confirmation(world, at) -> None:
    assert line(page(world, building.confirmation_case(world, at)))[:2] == [("待本人确认", "current"), ("线上预审", "todo")]


def test_the_promise_counts_working_days_and_pauses_with_the_case(world, at, standing_clock) -> None:
    case = building.submitted_case(world, at)
    cells = page(world, case).context["cells"]
    assert (str(cells[0].value), cells[0].note.zh) == ("2026-11-23", "周一")
    assert cells[1].value.zh == "7个工作日"
    standing_clock[0] = at + timedelta(days=11)
    assert page(world, case).context["cells"][1].value.zh == "今天到期"
    standing_clock[0] = at + timedelta(days=12)
    late = page(world, case).context["cells"][1]
    assert (late.label.zh, late.value.zh, late.tone) == ("逾期", "1个工作日", "red")


def test_a_pause_is_said_and_counted(world, at, standing_clock) -> None:
    case = building.returned_case(world, at)
    standing_clock[0] = at + timedelta(days=5)
    cells = page(world, case).context["cells"]
    assert cells[2].value.zh == "已暂停"
    assert cells[2].note.zh == "已用0天，暂停3天"
    assert cells[0].value.zh == "2026-11-25"


def test_a_date_in_a_year_without_a_calendar_is_called_provisional(world, at, standing_clock) -> None:
    standing_clock[0] = late = datetime.fromisoformat("2026-12-28T10:00:00+08:00")
    case = building.submitted_case(world, late, contract_from="2027-02-01", contract_to="2028-11-30")
    answer = page(world, case)
    promise = answer.context["dossier"].promise
    assert promise.on >= date(2027, 1, 1)
    assert promise.provisional
    assert "日期待定" in answer.content.decode()


@pytest.mark.req("WP-7")
def test_a_return_says_how_many_items_and_that_the_clock_stands(world, at) -> None:
    answer = page(world, building.returned_case(world, at, materials=("degree", "passport")))
    doing = answer.context["doing"]
    assert doing.title.zh == "按退回意见补正"
    assert "共3项退回：1处填报内容、2项材料，还有3项未改" in doing.lines[0].zh
    assert "计时已暂停" in doing.lines[1].zh
    assert doing.primary.url.endswith("/form/")
    html = answer.content.decode()
    for words in ("WP-R02", "WP-R07", "审核附言：请补全。", "将海外学历证明"):
        assert words in html


@pytest.mark.parametrize(
    ("make", "who", "words"),
    [
        (building.submitted_case, "handler", "“线上预审”由预审岗办理。"), (building.submitted_case, "subject", "下一步：原件核验。"),
        (building.decision_case, "handler", "“审查决定”由审查决定岗办理。"), (building.passed_case, "subject", "等待用人单位预约窗口"),
        (building.confirmation_case, "handler", "等待申请人本人核对并确认。"),
        (building.returned_case, "subject", "用人单位正在填写或修改。"),
    ],
)
def test_whoever_waits_reads_who_has_it_and_until_when(world, at, make, who, words) -> None:
    answer = page(world, make(world, at), who)
    html = answer.content.decode()
    assert "现在不用您办理，请等待" in html
    assert words in html
    assert answer.context["doing"].primary is None
    assert "btn-primary" not in html.split("</main>")[0].split("<dialog")[0]


def test_there_is_one_primary_button_where_something_is_to_be_done(world, at) -> None:
    for case, who in (
        (building.passed_case(world, at), "handler"), (building.returned_case(world, at), "handler"),
        (building.confirmation_case(world, at), "subject"),
    ):
        html = page(world, case, who).content.decode()
        assert html.split("<dialog")[0].count("btn-primary") == 1


def test_the_history_tells_what_changed_from_and_to(world, at, standing_clock) -> None:
    case = building.returned_case(world, at)
    standing_clock[0] = later = at + timedelta(days=1)
    correct_and_resubmit(world, case, later)
    history = page(world, case).context["history"]
    assert [one.at for one in history] == sorted((one.at for one in history), reverse=True)
    again = next(one for one in history if one.kind == "answer")
    assert [(c.label.zh, c.new.zh) for c in again.changes if c.new] == [("工作地点", "上海市浦东新区望江路88号2号楼")]
    assert "第2轮" in [note.zh for note in again.notes]
    only = page(world, case, query="?only=returns").context["history"]
    assert [one.kind for one in only] == ["answer", "return"]


def test_an_officer_is_named_by_post_to_the_applicant(world, at) -> None:
    html = page(world, building.returned_case(world, at)).content.decode()
    assert "韩静姝" not in html
    assert "预审岗" in html


def test_personal_numbers_beside_the_case_are_masked(world, at) -> None:
    html = page(world, building.submitted_case(world, at)).content.decode()
    assert "EM*****38" in html
    assert "EM7204138" not in html


def test_messages_are_kept_shown_and_limited(world, at) -> None:
    case = building.submitted_case(world, at)
    client, url = world.client("handler"), reverse("applicant:message", args=[case.id])
    assert client.post(url, {"text": "请问何时<b>办完</b>？"}).status_code == 302
    assert "请问何时&lt;b&gt;办完&lt;/b&gt;？" in page(world, case, "subject").content.decode()
    refused = client.post(url, {"text": "长" * 1001})
    assert refused.status_code == 422
    assert "请写1至1000个字。" in refused.content.decode()
    assert "长" * 1001 in refused.content.decode()
    assert Message.objects.count() == 1


def test_the_invitation_is_sent_again_until_the_applicant_is_linked(world, at) -> None:
    case = building.complete_draft(world, at)
    cases.move(case_id=case.id, move="submit", actor=world.handler, at=at)
    client, url = world.client("handler"), reverse("applicant:invite", args=[case.id])
    assert url in page(world, case).content.decode()
    assert client.post(url).status_code == 302
    case.subject_id = world.subject.account_id
    case.save(update_fields=["subject"])
    assert url not in page(world, case).content.decode()
    refused = client.post(url)
    assert refused.status_code == 422
    assert "申请人已经关联到此件。" in refused.content.decode()


def test_papers_are_announced_while_they_are_made_and_offered_once_they_are_there(world, at, client) -> None:
    case = building.submitted_case(world, at)
    making = page(world, case)
    assert "正在制作：受理单" in making.content.decode()
    assert making.context["watch"]
    watch = reverse("applicant:standing", args=[case.id])
    version = building.proceeding_of(case).version
    asked = {"version": version, "making": 1}
    assert "HX-Refresh" not in world.client("handler").get(watch, asked).headers
    make_papers(at)
    assert world.client("handler").get(watch, asked).headers["HX-Refresh"] == "true"
    answer = page(world, case)
    assert "正在制作：" not in answer.content.decode()
    url = answer.context["papers"][0].url
    file = world.client("handler").get(url)
    assert file.content.startswith(b"%PDF")
    assert "attachment" in file.headers["Content-Disposition"]
    assert world.client("subject").get(url).status_code == 200
    assert world.client("stranger").get(url).status_code == 404
    other = building.draft(world, at)
    assert world.client("handler").get(url.replace(str(case.id), str(other.id))).status_code == 404
    assert client.get(url).status_code == 302


@pytest.mark.req("WP-9")
def test_an_approved_case_gives_out_its_permit(world, at) -> None:
    case = building.decision_case(world, at)
    cases.claim(case_id=case.id, actor=world.decider, at=at)
    cases.move(case_id=case.id, move="approve", actor=world.decider, at=at)
    waiting = page(world, case)
    assert waiting.context["doing"].primary is None
    assert waiting.context["watch"]
    make_papers(at)
    answer = page(world, case)
    assert {state for _, state in line(answer)} == {"done"}
    assert answer.context["doing"].primary.label.zh == "下载电子许可"
    permit = next(p for p in answer.context["papers"] if p.kind == "permit")
    assert permit.number in answer.content.decode()
    assert permit.verify in answer.content.decode()
    assert "线上下载" in answer.content.decode()


def test_a_refused_case_names_the_remedies_and_where_to_go(world, at) -> None:
    case = building.decision_case(world, at)
    cases.claim(case_id=case.id, actor=world.decider, at=at)
    cases.move(case_id=case.id, move="refuse", actor=world.decider, at=at, text="经历与岗位不相关")
    make_papers(at)
    answer = page(world, case)
    html = answer.content.decode()
    for words in ("60日内", "6个月内", "上海市示例审批机关", "人民法院", "经历与岗位不相关"):
        assert words in html
    assert answer.context["doing"].primary.label.zh == "下载不予行政许可决定书"
    assert line(answer)[-1] == ("不予许可", "current")


def test_withdrawing_is_asked_and_done(world, at) -> None:
    case = building.submitted_case(world, at)
    html = page(world, case).content.decode()
    assert 'id="ask-withdraw"' in html
    version = building.proceeding_of(case).version
    client, url = world.client("handler"), reverse("applicant:move", args=[case.id, "withdraw"])
    assert "要撤回吗？" in client.post(url, {"version": version}).content.decode()
    assert building.proceeding_of(case).step == "pre_review"
    assert client.post(url, {"version": version, "confirmed": "1"}).status_code == 302
    answer = page(world, case)
    assert line(answer)[-1] == ("已撤回", "current")
    assert "ask-withdraw" not in page(world, case, "subject").content.decode()


def test_the_number_of_statements_does_not_grow_with_the_history(world, at, standing_clock, django_assert_max_num_queries) -> None:
    case = building.returned_case(world, at)
    client, url = world.client("handler"), reverse("applicant:case", args=[case.id])
    client.get(url)
    with django_assert_max_num_queries(24):
        client.get(url)
    for n in range(12):
        cases.write_message(case_id=case.id, text=f"{n}", actor=world.handler, at=at)
    correct_and_resubmit(world, case, at + timedelta(hours=1))
    with django_assert_max_num_queries(24):
        client.get(url)


@pytest.mark.parametrize("who", ["handler", "subject"])
@pytest.mark.parametrize(
    "make",
    [building.confirmation_case, building.submitted_case, building.returned_case, building.passed_case, building.decision_case],
)
def test_no_chinese_is_left(world, at, make, who) -> None:
    html = page(world, make(world, at), who, "en").content.decode()
    assert chinese_left(html, allowed=NAMES) == []
