"""E-mail over SMTP."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from laihua.notifications.gateways import GatewayDown, Message, PermanentFailure
from laihua.notifications.gateways.smtp import Smtp
from tests.doubles import smtp_server

SENDER = "来华 Laihua <noreply@laihua.example>"


@pytest.fixture
def double() -> Iterator[smtp_server.SmtpDouble]:
    with smtp_server.running() as running:
        yield running


def mail(*, to: str = "lin@example.com", subject: str = "案件已受理") -> Message:
    return Message(uuid4(), "email", to, subject, "您好：\n\n案件已受理。\n", datetime(2026, 11, 12, 2, 0, tzinfo=UTC))


def test_a_letter_arrives_as_it_was_written(double: smtp_server.SmtpDouble) -> None:
    message = mail()
    receipt = Smtp(url=double.url, sender=SENDER).send(message)
    (letter,) = double.letters
    assert letter["Subject"] == "案件已受理"
    assert letter["From"] == SENDER
    assert letter["To"] == "lin@example.com"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"] == receipt.provider_id == f"<{message.id}@laihua.example>"
    assert letter.get_content().replace("\r\n", "\n") == message.text


def test_a_repetition_carries_the_same_message_id(double: smtp_server.SmtpDouble) -> None:
    gateway, message = Smtp(url=double.url, sender=SENDER), mail()
    double.faults.append("hang up")
    with pytest.raises(GatewayDown) as outage:
        gateway.send(message)
    assert outage.value.uncertain
    gateway.send(message)
    first, second = double.letters
    assert first["Message-ID"] == second["Message-ID"]


@pytest.mark.parametrize("to", ["no-address", "a@b\r\nBcc: c@example.com", "", "a b@example.com"])
def test_what_is_no_address_is_given_up(double: smtp_server.SmtpDouble, to: str) -> None:
    with pytest.raises(PermanentFailure):
        Smtp(url=double.url, sender=SENDER).send(mail(to=to))
    assert not double.letters


def test_a_subject_cannot_add_headers(double: smtp_server.SmtpDouble) -> None:
    Smtp(url=double.url, sender=SENDER).send(mail(subject="受理\r\nBcc: other@example.com"))
    (letter,) = double.letters
    assert letter["Bcc"] is None


def test_wrong_credentials_are_an_outage(double: smtp_server.SmtpDouble) -> None:
    with pytest.raises(GatewayDown, match="smtp_535"):
        Smtp(url=f"smtp://laihua:wrong@127.0.0.1:{double.port}", sender=SENDER).send(mail())


def test_nothing_leaves_this_machine_unencrypted(double: smtp_server.SmtpDouble, monkeypatch) -> None:
    monkeypatch.setattr("laihua.notifications.gateways.smtp.LOCAL", ())
    with pytest.raises(GatewayDown, match="no_encryption_offered"):
        Smtp(url=double.url, sender=SENDER).send(mail())
    assert not double.letters
