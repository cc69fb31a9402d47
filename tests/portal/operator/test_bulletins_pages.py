"""Operators write, publish and moderate; users of the system read and ask. By HTTP, without script."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laihua.bulletins import actions
from laihua.bulletins.models import Attachment, Bulletin, Question
from laihua.cases.models import UnitCount
from laihua.catalog import queries as catalog
from laihua.portal.account.entry.home import is_filed_anew
from laihua.units.models import Enrolment
from tests import world as building

pytestmark = [pytest.mark.django_db, pytest.mark.req("XP-1", "XP-3")]
FULL = {
    "kind": "notice", "system": "expert_projects", "title_zh": "申报通知", "title_en": "Call for plans", "body_zh": "第一段\n\n第二段",
    "body_en": "<p>Text</p>",
}
ATTACK = '<p onclick="alert(1)">好<script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a></p>'
HOME = "/systems/expert_projects/"


@pytest.fixture
def inside(world: Any, at: datetime) -> Any:
    """The unit and its handlers are enrolled, so that they come through the door."""
    Enrolment.objects.create(system="expert_projects", organisation_id=world.unit.id, state="approved", changed_at=at)
    for name in ("handler", "second_handler"):
        Enrolment.objects.create(system="expert_projects", account=world.accounts[name], state="approved", changed_at=at)
    return world


def published(world: Any, at: datetime, **changes: str) -> Bulletin:
    texts = {**FULL, **changes}
    made = actions.write(kind=texts["kind"], system=texts["system"], texts=texts, pinned=False, actor=world.operator, at=at)
    return actions.publish(bulletin_id=made.id, begins=at - timedelta(hours=1), ends=None, actor=world.operator, at=at)


def test_an_operator_writes_a_draft_publishes_it_and_users_read_it(inside: Any, at: datetime) -> None:
    desk, user = inside.client("operator"), inside.client("handler")
    made = desk.post("/operator/bulletins/new/", {**FULL, "do": "save"})
    assert made.status_code == 302
    address = made["Location"]
    assert "申报通知" not in user.get(HOME).content.decode()
    assert desk.post(address, {**FULL, "title_zh": "改过的通知", "revision": "1", "do": "publish"}).status_code == 302
    page = user.get(HOME).content.decode()
    assert "改过的通知" in page
    item = Bulletin.objects.get()
    shown = user.get(f"{HOME}bulletins/{item.id}/").content.decode()
    assert "<p>第一段</p><p>第二段</p>" in shown
    english = inside.client("handler", "en").get(f"{HOME}bulletins/{item.id}/").content.decode()
    assert "<p>Text</p>" in english
    assert "改过的通知" not in english
    desk.post(address, {"do": "withdraw"})
    assert user.get(f"{HOME}bulletins/{item.id}/").status_code == 404


def test_what_misses_english_is_kept_as_a_draft_and_says_so(inside: Any) -> None:
    desk = inside.client("operator")
    answer = desk.post("/operator/bulletins/new/", {**FULL, "body_en": "", "do": "publish"})
    assert answer.status_code == 422
    assert "发布前请填写英文正文" in answer.content.decode()
    assert Bulletin.objects.get().publish_at is None


@pytest.mark.parametrize("until", ["2026-11-31", "morgen", "2026-11-11"])
def test_a_time_that_cannot_be_is_named_beside_its_field(inside: Any, until: str) -> None:
    page = inside.client("operator").post("/operator/bulletins/new/", {**FULL, "publish_until": until, "do": "publish"})
    assert page.status_code == 422
    assert 'id="publish_until-error"' in page.content.decode()


def test_no_attack_reaches_a_page(inside: Any, at: datetime) -> None:
    """Not through the editor, not through what stands in the table already, not through titles, questions or answers."""
    desk, user = inside.client("operator"), inside.client("handler")
    titles = {"title_zh": "<script>alert(1)</script>", "title_en": "<b onmouseover=alert(1)>x"}
    hostile = {**FULL, **titles, "body_zh": ATTACK, "body_en": ATTACK}
    address = desk.post("/operator/bulletins/new/", {**hostile, "do": "publish"})["Location"]
    item = Bulletin.objects.get()
    user.post(f"{HOME}questions/", {"title": "<img src=x onerror=alert(1)>", "text": ATTACK})
    question = Question.objects.get()
    desk.post(f"/operator/questions/{question.id}/", {"do": "answer", "answer_zh": ATTACK})
    Bulletin.objects.update(body_zh=ATTACK)
    refused = desk.post(address, {**hostile, "title_zh": "", "do": "save"})
    assert refused.status_code == 422
    pages = [refused, *(user.get(path) for path in (
        HOME, f"{HOME}bulletins/?kind=notice", f"{HOME}bulletins/{item.id}/", f"{HOME}questions/", f"{HOME}questions/{question.id}/",
    )), *(desk.get(path) for path in (address, f"/operator/questions/{question.id}/", "/operator/bulletins/"))]
    for page in pages:
        text = page.content.decode()
        assert page.status_code in (200, 422)
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<p onclick" not in text
        assert 'href="javascript' not in text
        assert "<b onmouseover" not in text
        assert "script-src 'self'" in page["Content-Security-Policy"]


def test_a_file_beside_a_notice_passes_the_gate_and_is_for_users_alone(inside: Any, at: datetime) -> None:
    desk, item = inside.client("operator"), published(inside, at)
    address = f"/operator/bulletins/{item.id}/"
    wrong = desk.post(address, {"do": "attach", "file": SimpleUploadedFile("a.pdf", b"<script>alert(1)</script>")})
    assert wrong.status_code == 422
    assert desk.post(address, {"do": "attach", "file": SimpleUploadedFile("申报指南.pdf", building.pdf())}).status_code == 302
    path = f"{HOME}bulletins/{item.id}/files/{Attachment.objects.get().id}/"
    answer = inside.client("handler").get(path)
    assert answer.content == building.pdf()
    assert answer["Content-Disposition"].startswith("attachment")
    assert inside.client("subject").get(path).status_code == 302, "whoever is not inside goes to the door"
    actions.withdraw(bulletin_id=item.id, actor=inside.operator, at=at)
    assert inside.client("handler").get(path).status_code == 404


def test_a_question_is_read_before_others_see_it(inside: Any, at: datetime) -> None:
    user, other, desk = inside.client("handler"), inside.client("second_handler"), inside.client("operator")
    assert user.post(f"{HOME}questions/", {"title": "如何续报？", "text": "请问如何续报？"}).status_code == 302
    question = Question.objects.get()
    path = f"{HOME}questions/{question.id}/"
    assert "待审核" in user.get(f"{HOME}questions/").content.decode()
    assert other.get(path).status_code == 404
    assert "如何续报" in desk.get("/operator/questions/").content.decode()
    assert desk.post(f"/operator/questions/{question.id}/", {"do": "reject", "reason": "", "revision": "1"}).status_code == 422
    assert desk.post(f"/operator/questions/{question.id}/", {"do": "answer", "answer_zh": "见指南", "revision": "1"}).status_code == 302
    shown = other.get(path).content.decode()
    assert "见指南" in shown
    assert "沈**" in shown
    assert "沈知遥" not in shown.replace("何望舒", "")
    late = desk.post(f"/operator/questions/{question.id}/", {"do": "reject", "reason": "重复", "revision": "1"})
    assert "已经有人处理" in late.content.decode()


def test_a_rejected_question_tells_its_asker_why(inside: Any, at: datetime) -> None:
    user = inside.client("handler")
    user.post(f"{HOME}questions/", {"title": "我的护照", "text": "号码是EM1234567"})
    question = Question.objects.get()
    inside.client("operator").post(f"/operator/questions/{question.id}/", {"do": "reject", "reason": "请勿写入证件号码"})
    assert "请勿写入证件号码" in user.get(f"{HOME}questions/{question.id}/").content.decode()
    assert inside.client("second_handler").get(f"{HOME}questions/{question.id}/").status_code == 404


def test_an_empty_question_is_refused_beside_its_fields(inside: Any) -> None:
    page = inside.client("handler").post(f"{HOME}questions/", {"title": "", "text": ""})
    assert page.status_code == 422
    assert 'id="title-error"' in page.content.decode()


def test_a_system_without_boards_has_no_such_pages(inside: Any) -> None:
    assert inside.client("handler").get("/systems/one_network/questions/").status_code == 404
    assert inside.client("handler").get(f"{HOME}bulletins/?kind=nothing").status_code == 404


def test_the_first_page_has_all_that_s3_names(inside: Any, at: datetime) -> None:
    """S3 2.1.5, 2.2.5: boards, figures as charts with their tables, centre, name and role, help, way out, standing notice."""
    published(inside, at)
    published(inside, at, kind="news", title_zh="引智成果")
    services = [d.service.id for d in catalog.services() if d.service.system == "expert_projects" and is_filed_anew(d.service)]
    for what in ("draft", "pending", "filed", "approved"):
        UnitCount.objects.create(
            unit=inside.unit, office=inside.national, service=services[0], what=what, month=at.date().replace(day=1), count=3,
            counted_at=at)
    with CaptureQueriesContext(connection) as sent:
        page = inside.client("handler").get(HOME).content.decode()
    assert len([q for q in sent if "cases_unitcount" in q["sql"]]) == 1
    for word in (
        "通知公告", "立项数量", "新报计划", "引智动态", "数据统计", "未提交", "立项", "待审", "论坛问答", "个人中心", "申报通知",
        "引智成果",
        "沈知遥", "用人单位申报用户", "使用帮助", "退出系统", "请勿上传涉密材料", "看数据表",
    ):
        assert word in page, word
    assert page.count('type="application/json"') == 3
