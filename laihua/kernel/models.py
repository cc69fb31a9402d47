"""Tables under everything else: the audit trail and its seals, stored files, series, calendar, the demo's clock."""

import uuid

from django.db import models
from django.db.models import Q

from laihua.kernel.chain import ChainedRecord


class Series(models.Model):
    """The last number given in a series; written by `numbering.next_number` alone."""

    name = models.TextField(primary_key=True)
    last = models.BigIntegerField()

    class Meta:
        verbose_name = "编号序列"


class AuditEntry(ChainedRecord):
    """审计记录. What somebody did that is not in the history of a case. Holds identifiers, never personal data."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    action = models.CharField(max_length=80)
    actor = models.CharField("操作人", max_length=80)
    acting_for = models.CharField("代表", max_length=80, null=True)
    subject = models.CharField("对象", max_length=120, blank=True)
    data = models.JSONField(default=dict)

    class Meta(ChainedRecord.Meta):
        verbose_name = "审计记录"
        indexes = [
            models.Index(fields=["subject", "at"], name="audit_subject"),
            models.Index(fields=["actor", "at"], name="audit_actor"),
            models.Index(fields=["at"], name="audit_at"),
        ]


class DailySeal(models.Model):
    """每日封存. Signs the heads of all chains.

    Those that moved since the last seal are listed with it, the others stand in the earlier seals that it is linked to.
    """

    number = models.IntegerField(primary_key=True)
    date = models.DateField(unique=True)
    sealed_at = models.DateTimeField()
    heads = models.IntegerField()
    digest = models.BinaryField("链头摘要", max_length=32)
    previous = models.BinaryField("上一封存", max_length=32)
    public_key = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)

    class Meta:
        verbose_name = "每日封存"


class SealedHead(models.Model):
    """The last record of one chain when it was sealed."""

    id = models.BigAutoField(primary_key=True)
    seal = models.ForeignKey(DailySeal, on_delete=models.PROTECT, related_name="+")
    table = models.CharField(max_length=63)
    chain = models.TextField()
    seq = models.IntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = "封存链头"
        constraints = [models.UniqueConstraint(fields=["table", "chain", "seq"], name="kernel_sealedhead_once")]


class StoredFile(models.Model):
    """文件. A content, stored once however often it is uploaded, encrypted, under its hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    content_type = models.CharField(max_length=100)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "文件"
        constraints = [models.CheckConstraint(name="storedfile_size", condition=Q(size__gte=0))]


class CalendarYear(models.Model):
    """工作日历. One year's days off on weekdays and days worked on weekends, each as an ISO date."""

    year = models.IntegerField(primary_key=True)
    published = models.BooleanField("已公布")
    source = models.CharField("依据", max_length=200)
    off = models.JSONField(default=list)
    work = models.JSONField(default=list)
    imported_at = models.DateTimeField()

    class Meta:
        verbose_name = "工作日历"


class DemoClock(models.Model):
    """How far the demo's clock is from the real one. At most one row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    offset = models.DurationField()

    class Meta:
        verbose_name = "演示时钟"
        constraints = [models.CheckConstraint(name="democlock_single", condition=Q(id=1))]
