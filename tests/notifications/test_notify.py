"""Telling people in the transaction of what they are told."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction

from laihua.kernel.texts import Text
from laihua.notifications import actions
from laihua.notifications.models import OutboxMessage, State

pytestmark = pytest.mark.django_db


def jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s", ["notifications.jobs.deliver_messages"]
        )
        return cursor.fetchone()[0]


@pytest.mark.req("OPS-3")
def test_one_row_for_each_channel_and_a_job_to_send_them(notice: dict[str, Any]) -> None:
    actions.notify(**notice)
    mail, sms = OutboxMessage.objects.order_by("channel")
    assert (mail.channel, mail.recipient, mail.subject) == ("email", "lin@example.com", "案件已受理")
    assert (sms.channel, sms.recipient, sms.text) == ("sms", "13900000001", "您的案件已受理，请登录来华查看")
    assert {mail.state, sms.state} == {State.QUEUED}
    assert jobs() == 1


@pytest.mark.req("OPS-3")
def test_a_rollback_leaves_nothing(notice: dict[str, Any]) -> None:
    with transaction.atomic():
        actions.notify(**notice)
        assert jobs() == 1
        transaction.set_rollback(True)
    assert not OutboxMessage.objects.exists()
    assert jobs() == 0


@pytest.mark.req("OPS-3")
def test_the_same_notice_is_written_once(notice: dict[str, Any]) -> None:
    actions.notify(**notice)
    actions.notify(**notice)
    assert OutboxMessage.objects.count() == 2


def test_the_letter_is_in_the_recipient_s_language_with_an_absolute_link(notice, settings) -> None:
    settings.PUBLIC_URL = "https://hall.example"
    for language, expected in (("zh-hans", ("林素娴，您好：", "已受理")), ("en", ("Dear 林素娴,", "was accepted"))):
        actions.notify(**notice | {"to": replace(notice["to"], language=language), "key": language})
        text = OutboxMessage.objects.get(key=language, channel="email").text
        assert all(part in text for part in expected)
        assert "https://hall.example/cases/WP-20261112-0001/\n" in text


@pytest.mark.parametrize(("changes", "channels"), [
    ({"phone": ""}, {"email"}), ({"email": ""}, {"sms"}), ({"email": "", "phone": ""}, set()),
])
def test_a_missing_address_leaves_its_channel_out(notice, changes: dict[str, str], channels: set[str]) -> None:
    actions.notify(**notice | {"to": replace(notice["to"], **changes)})
    assert set(OutboxMessage.objects.values_list("channel", flat=True)) == channels
    assert jobs() == bool(channels)


def test_an_empty_sms_text_sends_no_sms(notice: dict[str, Any]) -> None:
    actions.notify(**notice | {"sms": Text("", "")})
    assert set(OutboxMessage.objects.values_list("channel", flat=True)) == {"email"}


def test_what_was_written_cannot_be_read_in_the_database(notice: dict[str, Any]) -> None:
    actions.notify(**notice)
    with connection.cursor() as cursor:
        cursor.execute("SELECT notifications_outboxmessage::text FROM notifications_outboxmessage")
        stored = "".join(row[0] for row in cursor.fetchall())
    for secret in ("lin@example.com", "13900000001", "林素娴", "受理"):
        assert secret not in stored
        assert secret.encode().hex() not in stored


def test_a_notice_costs_few_statements(notice, at: datetime, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(6):  # savepoint, rows, job, and the ends of their savepoints
        actions.notify(**notice)
