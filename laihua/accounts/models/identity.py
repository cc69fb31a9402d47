"""Who somebody really is, whether two accounts are one person, and what he agreed to."""

import uuid

from django.db import models
from django.db.models import Q

from laihua.accounts.models.people import Account, Organisation
from laihua.kernel.fields import EncryptedTextField


class IdentityCheck(models.Model):
    """实名核验. One question to the identity provider, asked again until it answers.

    `target` says of whom: the natural person, the legal person, or the unit's main handler (主代办人); the latter two
    carry the organisation.
    """

    class Target(models.TextChoices):
        PERSON = "person", "自然人"
        UNIT = "unit", "法人"
        MAIN_HANDLER = "main_handler", "主代办人"

    class Status(models.TextChoices):
        WAITING = "waiting", "等待核验"
        PASSED = "passed", "已通过"
        FAILED = "failed", "失败"
        WITHDRAWN = "withdrawn", "已作废"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    target = models.CharField("对象", max_length=16, choices=Target.choices)
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+", verbose_name="账号")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="+", verbose_name="单位")
    status = models.CharField("结果", max_length=12, choices=Status.choices, default=Status.WAITING)
    tries = models.PositiveIntegerField("次数", default=0)
    reason = models.CharField("原因", max_length=40, blank=True)
    asked_at = models.DateTimeField("提交时间")
    answered_at = models.DateTimeField("答复时间", null=True)

    class Meta:
        verbose_name = "实名核验"
        constraints = [
            models.CheckConstraint(
                condition=Q(target="person", organisation=None) | ~Q(target="person") & Q(organisation__isnull=False),
                name="identity_check_of_one",
            ),
        ]
        indexes = [
            models.Index("account", "target", "asked_at", name="identity_check_account"),
            models.Index("organisation", "target", "asked_at", name="identity_check_unit"),
            models.Index("asked_at", condition=Q(status="waiting"), name="identity_check_waiting"),
        ]


class Duplicate(models.Model):
    """疑似重复. Two accounts with the same document number or phone; the newer is held until an operator decides (ENT-3)."""

    class State(models.TextChoices):
        OPEN = "open", "待处理"
        KEPT = "kept", "分别保留"
        MERGED = "merged", "已合并"
        REJECTED = "rejected", "已驳回"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="duplicates", verbose_name="挂起账号")
    other = models.ForeignKey(Account, models.CASCADE, related_name="+", verbose_name="疑似相同账号")
    system = models.CharField("业务系统", max_length=40)
    same = models.JSONField("相同项", default=list)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    found_at = models.DateTimeField("发现时间")
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name="处理人")
    decided_at = models.DateTimeField("处理时间", null=True)
    note = models.CharField("处理说明", max_length=500, blank=True)
    statement = EncryptedTextField("本人说明", default="")

    class Meta:
        verbose_name = "疑似重复"
        constraints = [models.UniqueConstraint(fields=["account", "other"], name="duplicate_pair_once")]
        indexes = [models.Index("found_at", "id", condition=Q(state="open"), name="duplicate_open")]


class Consent(models.Model):
    """单独同意 (个人信息保护法 art. 29). To one purpose, in one version of its text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="consents", verbose_name="账号")
    purpose = models.CharField("目的", max_length=60)
    version = models.CharField("文本版本", max_length=64)
    given_at = models.DateTimeField("同意时间")
    withdrawn_at = models.DateTimeField("撤回时间", null=True)

    class Meta:
        verbose_name = "单独同意"
        indexes = [models.Index("account", "purpose", "given_at", name="consent_of_account")]
