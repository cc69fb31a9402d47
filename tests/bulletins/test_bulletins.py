"""Notices, news and questions: who may, what is refused, who sees what when, and what the trail keeps."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laihua.bulletins import actions, queries
from laihua.bulletins.models import Bulletin, Question
from laihua.kernel.models import AuditEntry
from laihua.kernel.texts import Refused
from laihua.notifications.models import InboxMessage

pytestmark = [pytest.mark.django_db, pytest.mark.req("XP-3")]
SYSTEM = "expert_projects"
FULL = {"title_zh": "申报通知", "title_en": "Call for plans", "body_zh": "<p>正文</p>", "body_en": "<p>Text</p>"}
DAY = timedelta(days=1)


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {reason.code for reason in refused.value.reasons}


def notice(world: Any, at: datetime, **changes: str) -> Bulletin:
    return actions.write(kind="notice", system=SYSTEM, texts={**FULL, **changes}, pinned=False, actor=world.operator, at=at)


def shown(at: datetime) -> list[str]:
    return [b.title_zh for b in queries.bulletins(SYSTEM, "notice", at=at)]


def question(world: Any, at: datetime, title: str = "如何续报？") -> Question:
    return actions.ask(system=SYSTEM, title=title, text="项目到期后如何续报？", actor=world.handler, at=at)


def test_only_an_operator_keeps_them(world: Any, at: datetime) -> None:
    mine = notice(world, at)
    for actor in (world.handler, world.head, world.auditor):
        for deed in (
            lambda a: actions.write(kind="notice", system=SYSTEM, texts=FULL, pinned=False, actor=a, at=at),
            lambda a: actions.publish(bulletin_id=mine.id, begins=None, ends=None, actor=a, at=at),
            lambda a: queries.kept(actor=a), lambda a: queries.asked(actor=a, state="waiting"),
        ):
            with pytest.raises(Refused) as refused:
                deed(actor)
            assert codes(refused) == {"operator_only"}


def test_a_draft_is_seen_by_nobody_and_published_within_its_time(world: Any, at: datetime) -> None:
    mine = notice(world, at)
    assert shown(at) == []
    actions.publish(bulletin_id=mine.id, begins=at + DAY, ends=at + 3 * DAY, actor=world.operator, at=at)
    assert shown(at + DAY - timedelta(seconds=1)) == []
    assert shown(at + DAY) == ["申报通知"]
    assert queries.bulletin(mine.id, SYSTEM, at=at + 3 * DAY) is None, "its last moment is over"
    assert queries.bulletin(mine.id, "one_network", at=at + DAY) is None, "it belongs to another system"
    actions.withdraw(bulletin_id=mine.id, actor=world.operator, at=at + DAY)
    assert shown(at + DAY) == []


def test_nothing_goes_out_in_one_language(world: Any, at: datetime) -> None:
    mine = notice(world, at, title_en="", body_en="<p><br></p>")
    with pytest.raises(Refused) as refused:
        actions.publish(bulletin_id=mine.id, begins=None, ends=at - DAY, actor=world.operator, at=at)
    assert codes(refused) == {"title_en_missing", "body_en_missing", "ends_before_it_begins"}
    with pytest.raises(Refused) as refused:
        notice(world, at, title_zh=" ")
    assert codes(refused) == {"title_missing"}


def test_what_is_out_cannot_lose_a_language_or_be_deleted(world: Any, at: datetime) -> None:
    mine = notice(world, at)
    actions.publish(bulletin_id=mine.id, begins=None, ends=None, actor=world.operator, at=at)
    with pytest.raises(Refused) as refused:
        actions.change(bulletin_id=mine.id, texts={**FULL, "body_en": ""}, pinned=False, actor=world.operator, at=at)
    assert codes(refused) == {"body_en_missing"}
    with pytest.raises(Refused) as refused:
        actions.discard(bulletin_id=mine.id, actor=world.operator, at=at)
    assert codes(refused) == {"published"}


def test_two_editors_at_once_do_not_overwrite_each_other(world: Any, at: datetime) -> None:
    mine = notice(world, at)
    actions.change(bulletin_id=mine.id, texts={**FULL, "title_zh": "一"}, pinned=True, actor=world.operator, at=at, expected=1)
    with pytest.raises(Refused) as refused:
        actions.change(bulletin_id=mine.id, texts={**FULL, "title_zh": "二"}, pinned=True, actor=world.operator, at=at, expected=1)
    assert codes(refused) == {"changed_since"}
    assert Bulletin.objects.get().title_zh == "一"


def test_bodies_are_stored_clean(world: Any, at: datetime) -> None:
    mine = notice(world, at, body_zh="<p onclick=alert(1)>好<script>alert(1)</script></p>")
    assert Bulletin.objects.get(id=mine.id).body_zh == "<p>好</p>"


@pytest.mark.req("OPS-5")
def test_every_change_leaves_a_row_without_the_words(world: Any, at: datetime) -> None:
    mine = notice(world, at)
    actions.change(bulletin_id=mine.id, texts={**FULL, "title_zh": "改"}, pinned=True, actor=world.operator, at=at)
    actions.publish(bulletin_id=mine.id, begins=None, ends=None, actor=world.operator, at=at)
    pdf = {"name": "a.pdf", "content": b"%PDF-1.7", "content_type": "application/pdf"}
    added = actions.attach(bulletin_id=mine.id, **pdf, actor=world.operator, at=at)
    actions.detach(bulletin_id=mine.id, attachment_id=added.id, actor=world.operator, at=at)
    actions.withdraw(bulletin_id=mine.id, actor=world.operator, at=at)
    actions.discard(bulletin_id=mine.id, actor=world.operator, at=at)
    rows = list(AuditEntry.objects.filter(chain=f"bulletin:{mine.id}").order_by("seq"))
    assert [row.action for row in rows] == [
        "write_bulletin", "change_bulletin", "publish_bulletin", "attach_to_bulletin", "detach_from_bulletin", "withdraw_bulletin",
        "discard_bulletin",
    ]
    assert rows[1].data["changed"] == ["title_zh", "pinned"]
    assert "改" not in str([row.data for row in rows])
    assert {row.actor for row in rows} == {str(world.operator.account_id)}


def test_pinned_ones_stand_first_and_pages_follow_each_other(world: Any, at: datetime) -> None:
    for n in range(5):
        one = actions.write(kind="notice", system=SYSTEM, texts={**FULL, "title_zh": f"第{n}"}, pinned=n == 0, actor=world.operator, at=at)
        actions.publish(bulletin_id=one.id, begins=at - (5 - n) * DAY, ends=None, actor=world.operator, at=at)
    assert [b.title_zh for b in queries.first_bulletins(SYSTEM, "notice", at=at, limit=3)] == ["第0", "第4", "第3"]
    first = queries.bulletins(SYSTEM, "notice", at=at, limit=2)
    rest = queries.bulletins(SYSTEM, "notice", at=at, after=(first[-1].publish_at, first[-1].id))
    assert [b.title_zh for b in (*first, *rest)] == ["第4", "第3", "第2", "第1", "第0"]
    with CaptureQueriesContext(connection) as sent:
        queries.first_bulletins(SYSTEM, "notice", at=at, limit=3)
    assert len(sent) == 1


def test_a_question_waits_and_is_its_askers_alone(world: Any, at: datetime) -> None:
    asked = question(world, at)
    assert asked.asked_as == "沈**"
    assert queries.questions(SYSTEM) == []
    assert queries.question(asked.id, SYSTEM, world.second_handler) is None
    assert queries.own_questions(SYSTEM, world.handler) == [asked]
    assert queries.question(asked.id, SYSTEM, world.handler) == asked


def test_an_answer_publishes_it_and_tells_the_asker(world: Any, at: datetime) -> None:
    asked = question(world, at)
    actions.answer(question_id=asked.id, answer_zh="见<b>指南</b>", answer_en="", actor=world.operator, at=at, expected=1)
    assert [q.answer_zh for q in queries.questions(SYSTEM)] == ["见<b>指南</b>"]
    told = InboxMessage.objects.get(account_id=world.handler.account_id)
    assert "答复" in told.subject.zh
    assert told.link == f"/systems/{SYSTEM}/questions/{asked.id}/"


def test_a_rejection_needs_a_reason_which_the_asker_reads(world: Any, at: datetime) -> None:
    asked = question(world, at)
    with pytest.raises(Refused) as refused:
        actions.reject(question_id=asked.id, reason=" ", actor=world.operator, at=at)
    assert codes(refused) == {"reason_missing"}
    actions.reject(question_id=asked.id, reason="含个人信息", actor=world.operator, at=at)
    assert queries.questions(SYSTEM) == []
    assert queries.own_questions(SYSTEM, world.handler)[0].reason == "含个人信息"
    assert "含个人信息" in InboxMessage.objects.get(account_id=world.handler.account_id).body.zh


def test_two_moderators_at_once(world: Any, at: datetime) -> None:
    asked = question(world, at)
    actions.publish_question(question_id=asked.id, actor=world.operator, at=at, expected=1)
    with pytest.raises(Refused) as refused:
        actions.reject(question_id=asked.id, reason="重复", actor=world.operator, at=at, expected=1)
    assert codes(refused) == {"decided_already"}


def test_questions_have_bounds(world: Any, at: datetime) -> None:
    with pytest.raises(Refused) as refused:
        actions.ask(system=SYSTEM, title="", text="x" * 2001, actor=world.handler, at=at)
    assert codes(refused) == {"title_missing", "text_long"}
    for n in range(5):
        question(world, at, f"第{n}问")
    with pytest.raises(Refused) as refused:
        question(world, at)
    assert codes(refused) == {"too_many_waiting"}
