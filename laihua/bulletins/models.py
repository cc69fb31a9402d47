"""What a business system tells its users, and what they ask it. Bodies are stored clean, see safe_html."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Bulletin(models.Model):
    """通知或动态. Without `publish_at` a draft; shown from then on, and until `publish_until` where one is given."""

    class Kind(models.TextChoices):
        NOTICE = "notice", "通知公告"
        NEWS = "news", "引智动态"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField("种类", max_length=8, choices=Kind.choices)
    system = models.CharField("业务系统", max_length=40)
    title_zh = models.CharField("标题", max_length=120)
    title_en = models.CharField("英文标题", max_length=200, blank=True)
    body_zh = models.TextField("正文", blank=True)
    body_en = models.TextField("英文正文", blank=True)
    pinned = models.BooleanField("置顶", default=False)
    publish_at = models.DateTimeField("发布时间", null=True)
    publish_until = models.DateTimeField("下线时间", null=True)
    created_at = models.DateTimeField("创建时间")
    changed_at = models.DateTimeField("修改时间")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="修改人")
    revision = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "通知或动态"
        constraints = [
            models.CheckConstraint(
                name="bulletin_ends_after_it_begins",
                condition=Q(publish_until=None) | Q(publish_at=None) | Q(publish_until__gt=F("publish_at")),
            ),
        ]
        indexes = [
            models.Index("system", "kind", F("publish_at").desc(), F("id").desc(), name="bulletin_newest",
                         condition=Q(publish_at__isnull=False)),
            models.Index(F("changed_at").desc(), F("id").desc(), name="bulletin_changed"),
        ]


class Attachment(models.Model):
    """公告附件. A file beside the text, under the name that its reader sees."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey("kernel.StoredFile", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("文件名", max_length=120)
    added_at = models.DateTimeField("添加时间")

    class Meta:
        verbose_name = "公告附件"


class Question(models.Model):
    """论坛提问. Seen by its asker and the operators alone until one of them publishes it. `asked_as`: the masked name."""

    class State(models.TextChoices):
        WAITING = "waiting", "待审核"
        PUBLISHED = "published", "已发布"
        REJECTED = "rejected", "未发布"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    system = models.CharField("业务系统", max_length=40)
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="提问人")
    asked_as = models.CharField("署名", max_length=60)
    language = models.CharField("语言", max_length=8)
    title = models.CharField("标题", max_length=120)
    text = models.TextField("问题")
    asked_at = models.DateTimeField("提问时间")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    answer_zh = models.TextField("答复", blank=True)
    answer_en = models.TextField("英文答复", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    reason = models.CharField("未发布的原因", max_length=500, blank=True)
    decided_at = models.DateTimeField("处理时间", null=True)
    revision = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "论坛提问"
        constraints = [
            models.CheckConstraint(name="question_rejected_with_reason", condition=~Q(state="rejected") | ~Q(reason="")),
        ]
        indexes = [
            models.Index("system", F("asked_at").desc(), F("id").desc(), name="question_newest", condition=Q(state="published")),
            models.Index("state", F("asked_at").desc(), F("id").desc(), name="question_to_decide"),
            models.Index("asker", F("asked_at").desc(), name="question_of_asker"),
        ]
