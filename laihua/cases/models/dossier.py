"""The dossier, its proceedings and its history. Tables and constraints, no decisions.

Whatever can name a person is encrypted and bound to its row; what queues sort and filter by stands beside it in the open.
"""

import uuid

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q

from laihua.kernel.chain import ChainedRecord
from laihua.kernel.fields import BlindIndexField, EncryptedJSONField, EncryptedTextField


def new_id() -> uuid.UUID:
    return uuid.uuid4()


class Case(models.Model):
    """案件. One dossier: what is asked for, by which unit, for whom, on which version of the service."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField("案件号", max_length=32, unique=True)
    service = models.CharField("事项", max_length=80)
    version = models.ForeignKey("catalog.ServiceVersion", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="用人单位")
    agency = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="代理机构"
    )
    delegation = models.ForeignKey(
        "units.Delegation", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="委托"
    )
    office = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name="办理机关")
    region = models.CharField("地区", max_length=12, blank=True)
    started_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", verbose_name="发起人")
    subject = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="申请人"
    )
    staff = models.ForeignKey(
        "units.StaffMember", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="在册外籍人员"
    )
    staff_record = EncryptedJSONField("发起时的在册资料", null=True)
    about = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followed_by", verbose_name="所涉案件")
    checklist = models.JSONField("已生成的材料清单", null=True)
    answers = EncryptedJSONField("填报内容", default=dict)
    revision = models.PositiveIntegerField("填报版本", default=0)
    field_revisions = models.JSONField("各字段的填报版本", default=dict)
    handed_in = models.PositiveIntegerField("最近提交的填报版本", default=0)
    created_at = models.DateTimeField("创建时间")
    saved_at = models.DateTimeField("保存时间")
    saved_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="最后填报人"
    )
    submitted_at = models.DateTimeField("提交时间", null=True)
    closed_at = models.DateTimeField("办结时间", null=True)

    class Meta:
        verbose_name = "案件"
        indexes = [
            models.Index("unit", F("created_at").desc(), "id", name="case_unit_recent"),
            models.Index("subject", F("created_at").desc(), "id", name="case_subject_recent"),
        ]


class SearchKey(models.Model):
    """What a case can be found by without reading it: the blind index of a passport number, a name, a permit number."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="search_keys")
    kind = models.CharField(max_length=40)
    index = BlindIndexField()

    class Meta:
        verbose_name = "检索项"
        constraints = [models.UniqueConstraint(fields=["case", "kind", "index"], name="search_key_once")]
        indexes = [models.Index(fields=["kind", "index"], name="search_key_lookup")]


class Proceeding(models.Model):
    """One authority's run through the steps. Carries the card that a queue shows, so that a queue reads one table."""

    class Clock(models.TextChoices):
        NONE = "none", "未开始"
        RUNNING = "running", "计时中"
        PAUSED = "paused", "暂停"
        STOPPED = "stopped", "终止"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="proceedings")
    key = models.CharField(max_length=40, default="main")
    office = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name="办理机关")
    step = models.CharField("环节", max_length=40)
    entered_at = models.DateTimeField("进入环节时间")
    asked_by_step = models.CharField("要求补正的环节", max_length=40, blank=True)
    round = models.PositiveIntegerField("轮次", default=1)
    holder = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="办理人"
    )
    held_at = models.DateTimeField("领取时间", null=True)
    clock = models.CharField("计时", max_length=8, choices=Clock.choices, default=Clock.NONE)
    due_on = models.DateField("本环节到期日", null=True)
    promised_on = models.DateField("承诺办结日期", null=True)
    due_provisional = models.BooleanField("日期待定", default=False)
    version = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField("办结时间", null=True)

    number = models.CharField("案件号", max_length=32)
    service = models.CharField("事项", max_length=80)
    unit_name = models.CharField("用人单位", max_length=200, blank=True)
    subject_name = EncryptedTextField("申请人", default="")
    subject_country = models.CharField("国籍", max_length=3, blank=True)
    category = models.CharField("类别", max_length=8, blank=True)

    class Meta:
        verbose_name = "办理程序"
        constraints = [
            models.UniqueConstraint(fields=["case", "key"], name="proceeding_once"),
            models.CheckConstraint(
                name="proceeding_clock_due", condition=~Q(clock="running") | Q(promised_on__isnull=False)
            ),
            models.CheckConstraint(
                name="proceeding_closed_stopped", condition=Q(closed_at__isnull=True) | ~Q(clock__in=["running", "paused"])
            ),
            models.CheckConstraint(
                name="proceeding_closed_not_due", condition=Q(closed_at__isnull=True) | Q(due_on__isnull=True)
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "step", "due_on", "id"], include=["holder", "category"], name="proceeding_queue",
                condition=Q(due_on__isnull=False),
            ),
            models.Index(
                "holder", "due_on", "id", name="proceeding_held", condition=Q(due_on__isnull=False, holder__isnull=False)
            ),
            models.Index("office", "entered_at", "id", name="proceeding_paused", condition=Q(clock="paused")),
        ]


class CaseEvent(ChainedRecord):
    """办理记录. Append-only, chained by hash within its case. Events with a move replay to the state of the proceeding."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events", db_index=False)
    proceeding = models.ForeignKey(
        Proceeding, on_delete=models.PROTECT, null=True, related_name="events", db_index=False
    )
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    role = models.CharField(max_length=40)
    move = models.CharField(max_length=60)
    from_step = models.CharField(max_length=40, blank=True)
    to_step = models.CharField(max_length=40, blank=True)
    clock = models.CharField(max_length=8, blank=True)
    round = models.PositiveIntegerField(default=1)
    details = EncryptedJSONField(default=dict)

    class Meta(ChainedRecord.Meta):
        verbose_name = "办理记录"
        indexes = [
            models.Index(fields=["proceeding", "seq"], name="case_event_replay"),
            BrinIndex(fields=["at"], name="case_event_day", autosummarize=True),
        ]
