"""What people were told: the inbox that they read in the hall, and the outbox of SMS and e-mail."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from laihua.kernel.fields import EncryptedJSONField, EncryptedTextField
from laihua.kernel.texts import Text


class Channel(models.TextChoices):
    SMS = "sms", "短信"
    EMAIL = "email", "电子邮件"


class State(models.TextChoices):
    QUEUED = "queued", "待发送"
    SENDING = "sending", "发送中"
    SENT = "sent", "已发送"
    DEAD = "dead", "已放弃"


class InboxMessage(models.Model):
    """站内消息. Kept in both languages, so that it follows the language of the page."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    content = EncryptedJSONField("内容")
    link = models.CharField("链接", max_length=300, blank=True)
    created_at = models.DateTimeField("时间")
    read_at = models.DateTimeField("已读时间", null=True)

    class Meta:
        verbose_name = "站内消息"
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="inbox_once")]
        indexes = [
            models.Index(fields=["account", "-created_at", "-id"], name="inbox_newest"),
            models.Index(fields=["account"], name="inbox_unread", condition=Q(read_at__isnull=True)),
        ]

    @property
    def subject(self) -> Text:
        return Text.of(self.content["subject"])

    @property
    def body(self) -> Text:
        return Text.of(self.content["body"])


class OutboxMessage(models.Model):
    """待发消息. One SMS or e-mail, in the language of its recipient.

    `next_attempt_at` is when the sweep looks at it again: for a queued one the next try, for one that is being sent the
    end of its lease. `attempts` counts claims and fences them: who claimed attempt 3 cannot settle attempt 4.
    `failures` counts what speaks against this message; outages do not. `uncertain`: the gateway may have taken it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    channel = models.CharField("渠道", max_length=8, choices=Channel.choices)
    key = models.CharField(max_length=200)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    language = models.CharField("语言", max_length=8)
    recipient = EncryptedTextField("接收方")
    subject = EncryptedTextField("标题")
    text = EncryptedTextField("正文")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveIntegerField("尝试次数", default=0)
    failures = models.PositiveIntegerField("失败次数", default=0)
    uncertain = models.BooleanField(default=False)
    next_attempt_at = models.DateTimeField("下次尝试")
    last_error = models.CharField("最近错误", max_length=100, blank=True)
    gateway = models.CharField("网关", max_length=20, blank=True)
    provider_id = models.CharField("回执号", max_length=200, blank=True)
    created_at = models.DateTimeField("时间")
    sent_at = models.DateTimeField("发送时间", null=True)

    class Meta:
        verbose_name = "待发消息"
        constraints = [
            models.UniqueConstraint(fields=["key", "channel"], name="outbox_once"),
            models.CheckConstraint(name="outbox_channel_known", condition=Q(channel__in=Channel.values)),
            models.CheckConstraint(name="outbox_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="outbox_sent_at", condition=~Q(state="sent") | Q(sent_at__isnull=False)),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], name="outbox_due", condition=Q(state__in=["queued", "sending"])),
            models.Index(fields=["-created_at", "-id"], name="outbox_newest"),
            models.Index(fields=["-created_at", "-id"], name="outbox_dead", condition=Q(state="dead")),
        ]
