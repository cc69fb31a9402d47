"""Ways out of the hall. Each gateway speaks one provider's language and says what came of it in ours."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Message:
    """One SMS or e-mail as a gateway sees it. `id` stays the same over all attempts."""

    id: UUID
    channel: str
    recipient: str
    subject: str
    text: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """The gateway has accepted the message. `provider_id` is what it calls it."""

    provider_id: str


class NotSent(Exception):
    """`code` is short and free of personal data: it is stored and shown to operators."""

    def __init__(self, code: str, *, uncertain: bool = False) -> None:
        super().__init__(code)
        self.code = code[:100]
        self.uncertain = uncertain


class TemporaryFailure(NotSent):
    """This message was not taken now and may be later: a number's quota is used up, a mailbox is full."""


class PermanentFailure(NotSent):
    """This message will never be taken: no such number, no such mailbox."""


class GatewayDown(NotSent):
    """Nothing is taken from anybody now: no connection, wrong credentials, account out of funds.

    `uncertain` when the connection broke after the message was handed over, so that it may be on its way.
    """


class Gateway(Protocol):
    name: str

    def send(self, message: Message) -> Receipt:
        """Hands the message over. Raises TemporaryFailure, PermanentFailure or GatewayDown."""

    def find(self, message: Message) -> Receipt | None:
        """Whether the provider already has this message, where it can be asked; asked only after an uncertain try."""


class NoGateway:
    """Outside the demo a channel without settings keeps its messages until it has some; it does not pretend."""

    name = "none"

    def send(self, message: Message) -> Receipt:
        raise GatewayDown("not_configured")

    def find(self, message: Message) -> Receipt | None:
        return None


def gateway_for(channel: str) -> Gateway:
    """The gateway that the settings choose for `sms` or `email`."""
    from laihua.notifications.gateways import aliyun, simulator, smtp

    environment = settings.ENVIRONMENT
    if channel == "sms" and environment.sms_endpoint:
        return aliyun.AliyunSms(
            endpoint=environment.sms_endpoint,
            access_key_id=environment.sms_access_key_id,
            access_key_secret=environment.sms_access_key_secret,
            sign_name=environment.sms_sign_name,
            template_code=environment.sms_template_code,
        )
    if channel == "email" and environment.smtp_url:
        return smtp.Smtp(url=environment.smtp_url, sender=environment.mail_from)
    return simulator.Simulator() if settings.DEMO else NoGateway()
