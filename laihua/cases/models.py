"""The dossier and what hangs on it. Tables and constraints, no decisions.

Whatever can name a person is encrypted and bound to its row; what queues sort and filter by stands beside it in the open.
"""

import uuid

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q

from laihua.cases.earlier_cases import EarlierCase as EarlierCase
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
    answers = EncryptedJSONField("填报内容", default=dict)
    revision = models.PositiveIntegerField("填报版本", default=0)
    field_revisions = models.JSONField("各字段的填报版本", default=dict)
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


class Material(models.Model):
    """材料. One slot of the checklist in one case."""

    class Status(models.TextChoices):
        MISSING = "missing", "未上传"
        UPLOADED = "uploaded", "已上传"
        ACCEPTED = "accepted", "已审核"
        RETURNED = "returned", "已退回"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="materials")
    key = models.CharField(max_length=60)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.MISSING)
    current = models.ForeignKey("MaterialFile", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "材料"
        constraints = [
            models.UniqueConstraint(fields=["case", "key"], name="material_once"),
            models.CheckConstraint(name="material_file", condition=Q(status="missing") | Q(current__isnull=False)),
        ]


class Print(models.Model):
    """打印表单. What a form of a draft said when it was printed to be signed, once for each content.

    Its scan is known by `digest`, and compared with `answers` to say what changed since.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="prints")
    output = models.CharField("表单", max_length=60)
    version = models.PositiveIntegerField("填报版本")
    digest = models.CharField("填报内容校验", max_length=16)
    answers = EncryptedJSONField("打印时的填报内容", default=dict)
    printed_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="+")
    printed_at = models.DateTimeField("打印时间")

    class Meta:
        verbose_name = "打印表单"
        constraints = [models.UniqueConstraint(fields=["case", "digest"], name="print_once")]


class MaterialFile(models.Model):
    """One upload. Never overwritten: a replacement is a further version."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="files")
    version = models.PositiveIntegerField()
    stored = models.ForeignKey("kernel.StoredFile", on_delete=models.PROTECT, related_name="+")
    name = EncryptedTextField()
    pages = models.PositiveIntegerField()
    uploaded_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    printed = models.ForeignKey(
        Print, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="所扫描的打印表单"
    )
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "材料文件"
        constraints = [models.UniqueConstraint(fields=["material", "version"], name="material_file_version")]


class Verdict(models.Model):
    """审核意见. A reviewer's word on one field or one material in one round."""

    class Kind(models.TextChoices):
        FIELD = "field", "填报项"
        MATERIAL = "material", "材料"

    class Result(models.TextChoices):
        ACCEPTED = "accepted", "通过"
        RETURNED = "returned", "退回"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    proceeding = models.ForeignKey(Proceeding, on_delete=models.CASCADE, related_name="verdicts")
    round = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    key = models.CharField(max_length=80)
    result = models.CharField(max_length=8, choices=Result.choices)
    reasons = models.JSONField(default=list)
    note = EncryptedTextField(default="")
    reply = EncryptedTextField(default="")
    subject_digest = models.CharField("意见所针对的内容", max_length=64, blank=True)
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    published_at = models.DateTimeField("申请人可见时间", null=True)

    class Meta:
        verbose_name = "审核意见"
        constraints = [
            models.UniqueConstraint(fields=["proceeding", "round", "kind", "key"], name="verdict_once_a_round"),
            models.CheckConstraint(name="verdict_return_has_reason", condition=Q(result="accepted") | ~Q(reasons=[])),
        ]


class OriginalCheck(models.Model):
    """原件核对. The clerk's tick of one original against its upload."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    proceeding = models.ForeignKey(Proceeding, on_delete=models.CASCADE, related_name="original_checks")
    material_file = models.ForeignKey(MaterialFile, on_delete=models.PROTECT, related_name="+")
    matches = models.BooleanField()
    note = EncryptedTextField(default="")
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "原件核对"
        constraints = [models.UniqueConstraint(fields=["proceeding", "material_file"], name="original_checked_once")]


class Window(models.Model):
    """办事窗口. Times are made from its hours; nothing but bookings is stored."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="windows")
    code = models.CharField(max_length=20, unique=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    address_zh = models.CharField(max_length=200)
    address_en = models.CharField(max_length=200)
    hours = models.JSONField("时段", help_text='[["09:00", "11:30"], ["13:30", "16:30"]]')
    minutes = models.PositiveIntegerField("每段分钟数", default=30)
    places = models.PositiveIntegerField("每段名额", default=3)

    class Meta:
        verbose_name = "办事窗口"


class Booking(models.Model):
    """预约. One place at one time; the unique place is what keeps two from taking the same."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    proceeding = models.ForeignKey(Proceeding, on_delete=models.CASCADE, related_name="bookings")
    window = models.ForeignKey(Window, on_delete=models.PROTECT, related_name="bookings")
    starts_at = models.DateTimeField()
    place = models.PositiveIntegerField()
    made_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "预约"
        constraints = [
            models.UniqueConstraint(
                fields=["window", "starts_at", "place"], condition=Q(cancelled_at__isnull=True), name="booking_place"
            ),
            models.UniqueConstraint(
                fields=["proceeding"], condition=Q(cancelled_at__isnull=True), name="booking_one_at_a_time"
            ),
        ]


class Invitation(models.Model):
    """邀请. How a foreigner is linked to the case: a link by e-mail, and facts that only he and the form know."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="invitations")
    token_digest = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    wrong_answers = models.PositiveIntegerField(default=0)
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "邀请"


class Message(models.Model):
    """留言 between the applicant's side and the office."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    text = EncryptedTextField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = "留言"
        indexes = [models.Index(fields=["case", "at"], name="message_order")]


class DueMove(models.Model):
    """自动办理. A move that happens by itself unless the step is left before. Taken with SKIP LOCKED."""

    id = models.BigAutoField(primary_key=True)
    proceeding = models.ForeignKey(Proceeding, on_delete=models.CASCADE, related_name="due_moves")
    move = models.CharField(max_length=60)
    fire_at = models.DateTimeField()

    class Meta:
        verbose_name = "自动办理"
        constraints = [models.UniqueConstraint(fields=["proceeding", "move"], name="due_move_once")]
        indexes = [models.Index(fields=["fire_at"], name="due_move_next")]


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
