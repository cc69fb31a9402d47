"""What automated pre-review read in the documents of a case, and what people say of its findings."""

from django.db import models
from django.db.models import Q

from laihua.cases.models.dossier import Case, Proceeding, new_id
from laihua.cases.models.materials import MaterialFile
from laihua.kernel.fields import EncryptedJSONField, EncryptedTextField


class DocumentRead(models.Model):
    """材料读取. What was read in one uploaded file. The findings are worked out from it whenever they are looked at."""

    class State(models.TextChoices):
        WAITING = "waiting", "等待读取"
        READING = "reading", "读取中"
        DONE = "done", "已读取"
        FAILED = "failed", "无法读取"

    file = models.OneToOneField(MaterialFile, on_delete=models.CASCADE, primary_key=True, related_name="read")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reads", verbose_name="案件")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    kind = models.CharField("应为", max_length=40, blank=True)
    pages_read = models.PositiveIntegerField("已读页数", default=0)
    found = EncryptedJSONField("读取结果", null=True)
    partial = EncryptedJSONField("已读部分", null=True)
    problem = models.JSONField("未能读取的原因", null=True)     # a text in both languages
    asked_at = models.DateTimeField("上传时间")
    began_at = models.DateTimeField("开始时间", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)
    seconds = models.FloatField("用时", default=0)
    stale_on = models.DateField("失效日期", null=True)
    warned_on = models.DateField("已提醒日期", null=True)

    class Meta:
        verbose_name = "材料读取"
        constraints = [models.CheckConstraint(name="read_once_done", condition=~Q(state="done") | Q(found__isnull=False))]
        indexes = [
            models.Index(fields=["case"], name="read_of_case"),
            models.Index(fields=["asked_at"], name="read_by_day"),
            models.Index(fields=["asked_at"], condition=Q(state__in=("waiting", "reading")), name="read_in_line"),
            models.Index(fields=["stale_on"], condition=Q(stale_on__isnull=False), name="read_goes_stale"),
        ]


class FindingReply(models.Model):
    """对核对结果的说明. What an applicant says where the form is right and the document differs. It goes to the officer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="finding_replies")
    key = models.CharField(max_length=160)
    digest = models.CharField("所针对的内容", max_length=64)
    seen = models.BooleanField("知道了", default=False)
    text = EncryptedTextField(default="")
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "对核对结果的说明"
        constraints = [models.UniqueConstraint(fields=["case", "key"], name="finding_reply_once")]


class FindingVerdict(models.Model):
    """对核对结果的评价. An officer's word on one finding, or on what none said: precision and recall are counted from it."""

    class Word(models.TextChoices):
        RIGHT = "right", "属实"
        WRONG = "wrong", "误报"
        MISSED = "missed", "漏报"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    proceeding = models.ForeignKey(Proceeding, on_delete=models.CASCADE, related_name="finding_verdicts")
    key = models.CharField(max_length=160)
    digest = models.CharField("所针对的内容", max_length=64)
    check_name = models.CharField("核对项", max_length=40)
    kind = models.CharField("材料种类", max_length=40, blank=True)
    level = models.CharField("核对结果", max_length=8)
    word = models.CharField(max_length=6, choices=Word.choices)
    note = EncryptedTextField("漏报的内容", default="")
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "对核对结果的评价"
        constraints = [models.UniqueConstraint(fields=["proceeding", "key"], name="finding_verdict_once")]
        indexes = [models.Index(fields=["at"], name="finding_verdict_by_day")]
