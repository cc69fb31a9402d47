"""What is due by itself, held by one case alone, or counted over many."""

from django.db import models
from django.db.models import Q

from laihua.cases.models.dossier import Case, Proceeding
from laihua.kernel.fields import BlindIndexField


class DueMove(models.Model):
    """自动办理. A move that happens by itself unless the step is left before. Taken with SKIP LOCKED."""

    id = models.BigAutoField(primary_key=True)
    proceeding = models.ForeignKey(Proceeding, on_delete=models.CASCADE, related_name="due_moves")
    move = models.CharField(max_length=60)
    fire_at = models.DateTimeField()
    once_told = models.CharField("须已送达的通知", max_length=60, blank=True)

    class Meta:
        verbose_name = "自动办理"
        constraints = [models.UniqueConstraint(fields=["proceeding", "move"], name="due_move_once")]
        indexes = [models.Index(fields=["fire_at"], name="due_move_next")]


class Reservation(models.Model):
    """占用. What only one running case may hold: an expert in one project. `index` is blind; the unique row settles a race."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reservations")
    kind = models.CharField(max_length=40)
    index = BlindIndexField()
    made_at = models.DateTimeField()
    until = models.DateField("占用至", null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "占用"
        constraints = [models.UniqueConstraint(fields=["kind", "index"], condition=Q(ended_at=None), name="reserved_once")]
        indexes = [models.Index(fields=["case"], condition=Q(ended_at=None), name="reservation_of_case")]


class DayCount(models.Model):
    """每日统计. What happened on one day in one office, counted: statistics read this and no case.

    Made from the history by `rollup` and made anew at will. `key` says which: the outcome of a decision, the step that
    was done or that returned, the code of a reason. `days` are those that the time limit counts, and `late` whether it
    was missed; with them any median and any share of any period can be read off.
    """

    class What(models.TextChoices):
        SUBMITTED = "submitted", "受理"
        ENDED = "ended", "办结或撤回"
        CORRECTED = "corrected", "办结且曾退回"
        RETURNED = "returned", "退回"
        REASON = "reason", "退回原因"
        STEP = "step", "环节办完"

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    office = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+", db_index=False)
    service = models.CharField("事项", max_length=80)
    what = models.CharField(max_length=10, choices=What.choices)
    key = models.CharField(max_length=60, blank=True)
    days = models.PositiveIntegerField("用时", default=0)
    late = models.BooleanField("逾期", default=False)
    count = models.PositiveIntegerField("件数")
    counted_at = models.DateTimeField("统计时间")

    class Meta:
        verbose_name = "每日统计"
        constraints = [
            models.UniqueConstraint(fields=["day", "office", "service", "what", "key", "days", "late"], name="day_count_once")
        ]
        indexes = [models.Index(fields=["office", "day"], name="day_count_period")]


class UnitCount(models.Model):
    """单位办件统计. What a unit has in hand and has had, by month: a system's home page reads this and no case.

    Made anew for every unit in whose cases something happened. `what`: in hand now (`draft`, `pending`, with the month in
    which it began), or `filed` and how it ended (`approved`, `refused`, `withdrawn`) with the month of that.
    """

    class What(models.TextChoices):
        DRAFT = "draft", "未提交"
        PENDING = "pending", "待审"
        FILED = "filed", "新报"
        APPROVED = "approved", "立项或准予"
        REFUSED = "refused", "不予"
        WITHDRAWN = "withdrawn", "撤回"

    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey("units.Unit", on_delete=models.CASCADE, related_name="+", db_index=False)
    office = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+", db_index=False)
    service = models.CharField("事项", max_length=80)
    what = models.CharField(max_length=10, choices=What.choices)
    month = models.DateField("月份")
    count = models.PositiveIntegerField("件数")
    counted_at = models.DateTimeField("统计时间")

    class Meta:
        verbose_name = "单位办件统计"
        constraints = [
            models.UniqueConstraint(fields=["unit", "office", "service", "what", "month"], name="unit_count_once")
        ]
        indexes = [models.Index(fields=["office", "service", "what"], name="unit_count_of_office")]


class ServiceFigure(models.Model):
    """事项用时. How long a service has taken and what was returned most, over all offices: the catalogue reads this.

    `reasons`: pairs of a code and its cases, the most frequent first. Of cases that an office decided from `first` to `last`.
    """

    service = models.CharField("事项", max_length=80, primary_key=True)
    first = models.DateField("起")
    last = models.DateField("止")
    ended = models.PositiveIntegerField("办结件数")
    returned = models.PositiveIntegerField("其中曾退回")
    median = models.FloatField("用时中位数", null=True)
    reasons = models.JSONField("退回原因", default=list)
    counted_at = models.DateTimeField("统计时间")

    class Meta:
        verbose_name = "事项用时"
