"""S3 2.1.5 and 2.2.5: the first page of the expert projects, as its users and its operators meet it, in Chinese and in English."""

from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import expect

from laihua.accounts.models import Account
from laihua.bulletins.models import Bulletin, Question
from laihua.cases.models import UnitCount
from laihua.catalog import queries as catalog
from laihua.portal.account.entry.home import is_filed_anew
from laihua.units.models import Enrolment
from tests.browser.conftest import PICTURES, Enter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.req("XP-1", "XP-3", "ENT-4")]
LANGUAGES = pytest.mark.parametrize("language", ["zh-hans", "en"])
HOME = "/systems/expert_projects/"


def enrol(people: Any, at: datetime) -> None:
    Enrolment.objects.create(system="expert_projects", organisation_id=people.unit.id, state="approved", changed_at=at)
    for name in ("handler", "second_handler"):
        account: Account = people.accounts[name]
        Enrolment.objects.create(system="expert_projects", account=account, state="approved", changed_at=at)


def count(people: Any, at: datetime) -> None:
    """What the roll-up would have counted."""
    services = [d.service for d in catalog.services() if d.service.system == "expert_projects" and is_filed_anew(d.service)]
    for n, service in enumerate(services[:3], 1):
        for what, months in (("draft", (11,)), ("pending", (10,)), ("filed", (6, 8, 9, 10)), ("approved", (3, 7))):
            for month in months:
                UnitCount.objects.create(
                    unit=people.unit, office=people.national, service=service.id, what=what, month=at.date().replace(month=month, day=1),
                    count=n, counted_at=at)


@LANGUAGES
def test_an_operator_writes_and_a_user_reads_asks_and_is_answered(people: Any, at: datetime, enter: Enter, language: str) -> None:
    enrol(people, at)
    count(people, at)
    desk = enter(language, who=people.client("operator", language)).go("/operator/bulletins/")
    desk.click("新建", "Write one", role="link")
    desk.page.locator("#title_zh").fill("关于申报的通知")
    desk.page.locator("#title_en").fill("Call for plans")
    for field, text in (("body_zh", "请按时申报"), ("body_en", "Please file in time")):
        area = desk.page.locator(f"#{field}-area")
        area.click()
        desk.page.keyboard.type(text)
        desk.page.keyboard.press("ControlOrMeta+A")
        desk.page.locator(f"[aria-controls={field}-area] [data-do=bold]").click()
        expect(desk.page.locator(f"[aria-controls={field}-area] [data-do=bold]")).to_have_attribute("aria-pressed", "true")
    desk.click("发布", "Publish")
    desk.says("已发布", "Published")
    assert "<b>请按时申报</b>" in Bulletin.objects.get().body_zh

    user = enter(language, who=people.client("handler", language)).go("/enter/expert_projects/")
    user.page.wait_for_url(f"**{HOME}")
    for words in (
        ("通知公告", "Notices"), ("引智动态", "News"), ("立项数量", "Projects approved"), ("新报计划", "New plans filed"),
        ("数据统计", "Figures"), ("论坛问答", "Questions and answers"), ("个人中心", "My centre"), ("沈知遥", "沈知遥"),
        ("用人单位申报用户", "Employer applicant user"), ("使用帮助", "Help"), ("退出系统", "Leave the system"),
        ("请勿上传涉密材料", "Do not upload classified material"),
    ):
        user.says(*words)
    charts = user.page.locator(".lh-chart-drawn")
    expect(charts).to_have_count(3)
    for n in range(3):
        expect(charts.nth(n).locator("svg path").first).to_be_attached()
        expect(charts.nth(n)).to_have_attribute("aria-label", user_label(user))
    table = user.page.locator(".lh-chart-table").first
    expect(table.locator("table")).to_be_hidden()
    table.locator("summary").click()
    expect(table.locator("tbody tr").last).to_contain_text("12")
    user.page.screenshot(path=PICTURES / f"s3-home-{language[:2]}.png", full_page=True)

    user.click("关于申报的通知", "Call for plans", role="link")
    expect(user.page.locator(".le-text b")).to_have_text(user.word("请按时申报", "Please file in time"))
    user.click("论坛问答", "Questions and answers", role="link")
    user.page.locator("#title").fill(user.word("如何续报？", "How to go on?"))
    user.page.locator("#text").fill(user.word("到期后如何续报？", "What is to be done at the end?"))
    user.click("提交问题", "Send the question")
    user.says("待审核", "Waiting")

    desk.go("/operator/questions/").click("处理", "Handle", role="link")
    desk.page.locator("#answer_zh-area").click()
    desk.page.keyboard.type("见办事指南")
    desk.click("答复并发布", "Answer and publish")
    desk.says("已答复并发布", "Answered and published")
    question = Question.objects.get()
    other = enter(language, who=people.client("second_handler", language)).go(f"{HOME}questions/{question.id}/")
    expect(other.page.locator(".le-answer")).to_contain_text("见办事指南")
    expect(other.page.get_by_text("沈**")).to_be_visible()


def user_label(user: Any) -> Any:
    """Said to screen readers: title and values, in the language of the page."""
    import re

    return re.compile(r"2026|未提交 \d|Not submitted \d" if user.language != "en" else r"2026|Not submitted \d")


@LANGUAGES
def test_without_script_the_tables_and_the_plain_field_stand(people: Any, at: datetime, enter: Enter, language: str) -> None:
    enrol(people, at)
    count(people, at)
    user = enter(language, script=False, who=people.client("handler", language)).go(HOME)
    expect(user.page.locator(".lh-chart-table table").first).to_be_visible()
    expect(user.page.locator(".lh-chart-drawn").first).to_be_hidden()
    desk = enter(language, script=False, who=people.client("operator", language)).go("/operator/bulletins/new/")
    for name, text in (("title_zh", "通知"), ("title_en", "Notice"), ("body_zh", "一\n\n二"), ("body_en", "One\n\nTwo")):
        desk.page.locator(f"#{name}").fill(text)
    desk.click("发布", "Publish")
    assert Bulletin.objects.get().body_en == "<p>One</p><p>Two</p>"
