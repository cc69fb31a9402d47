"""Expert projects as their people meet them: the unit applies, experts review, the officer sees all opinions, a report follows."""

from datetime import datetime

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter, aside
from tests.browser.visitor import Visitor
from tests.services import projects
from tests.services.projects import CHANGE, INDIVIDUAL
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.req("XP-2")]
LANGUAGES = pytest.mark.parametrize("language", ["zh-hans", "en"])


@pytest.fixture
def hall_people(people: World, at: datetime) -> World:
    aside(lambda: projects.hall(people, at))
    return people


@LANGUAGES
def test_a_unit_applies_and_sees_its_sums(hall_people: World, enter: Enter, at: datetime, language: str) -> None:
    visitor: Visitor = enter(language, who=hall_people.client("handler"))
    case = aside(lambda: projects.drafted(INDIVIDUAL, hall_people.handler, at, budget=[], budget_requested=""))
    visitor.go(f"/cases/{case.id}/form/")
    visitor.says("请勿上传涉密材料", "Do not upload classified material")
    visitor.page.locator("[data-lf-section='budget'] > summary").click()
    visitor.type_rows("budget", [
        {"item": "flights", "requested": "45000.10", "own": "0", "amount": "45000.10", "basis": "3"},
        {"item": "board", "requested": "54999.70", "own": "12000.30", "amount": "67000", "basis": "60"},
    ])
    sums = visitor.page.locator("[data-lf-section='budget'] [data-lf-totals]")
    expect(sums).to_contain_text(visitor.word("99,999.80元", "99,999.80 CNY"))
    visitor.type("budget_requested", "100000")
    with visitor.page.expect_navigation():
        visitor.click("下一步", "Next")
    expect(visitor.place("budget_requested")).to_contain_text(visitor.word("相差0.20元", "the difference is CNY 0.20"))


@LANGUAGES
def test_experts_review_and_the_officer_sees_them_together(hall_people: World, enter: Enter, at: datetime, language: str) -> None:
    world = hall_people
    case = aside(lambda: projects.with_experts(world, world.handler, at))
    officer: Visitor = enter(language, who=world.client("national_registrar"))
    officer.go(f"/desk/cases/{case.id}/opinions/")
    for name in ("温如玉", "柳扶风", "江晚晴"):
        officer.page.get_by_label(name).check()
    officer.click("送所选专家", "Ask the chosen experts")
    officer.says("还缺3份意见", "3 more opinions are needed")
    aside(lambda: projects.answered(world, case, at, "expert_one", need=10))
    expert: Visitor = enter(language, who=world.client("expert_two"))
    expert.go("/desk/opinions/")
    expert.click("评审", "Review", role="link", within=expert.page.locator("table"))
    expert.says("MORITZ LENNART", "MORITZ LENNART")
    assert "温如玉" not in expert.page.content()
    assert "专家水平高" not in expert.page.content()
    expert.click("提交意见", "Send the opinion")
    expert.says("请填写评审意见", "Give your opinion in words")
    for key, score in projects.SCORES.items():
        expert.page.locator(f"[name={key}]").fill(str(score))
    expert.page.get_by_label(expert.word("建议立项", "Approve"), exact=True).check()
    expert.page.locator("[name=text]").fill("同意立项。")
    expert.click("提交意见", "Send the opinion")
    expert.says("评审意见已提交", "Your opinion was sent")
    aside(lambda: projects.answered(world, case, at, "expert_three"))
    officer.go(f"/desk/cases/{case.id}/opinions/")
    officer.says("78–86", "78–86")
    officer.go(f"/desk/cases/{case.id}/")
    officer.click("评审结束，转立项决定", "End the review")
    officer.page.wait_for_url("**/desk/")
    case.refresh_from_db()
    assert case.proceedings.get().step == "decision"


@LANGUAGES
def test_a_report_begins_with_the_project_that_is_chosen(hall_people: World, enter: Enter, at: datetime, language: str) -> None:
    world = hall_people
    project = aside(lambda: projects.decided(world, world.handler, at))
    visitor: Visitor = enter(language, who=hall_people.client("handler"))
    visitor.go(f"/cases/{project.id}/")
    visitor.click("项目变更报告", "Project change", role="link")
    visitor.says(project.number, project.number)
    visitor.go(f"/start/{CHANGE}/")
    visitor.page.get_by_role("link", name=project.number).click()
    visitor.click("开始填写", "Start")
    visitor.page.wait_for_url("**/form/")
    expect(visitor.page.locator("[data-lf-section='project']")).to_contain_text("高分辨率光谱成像关键技术研究")
    visitor.go(f"/start/{CHANGE}/?about={project.id}")
    visitor.says("正在办理中", "is under way")
