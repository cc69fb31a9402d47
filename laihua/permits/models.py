"""What the hall issues: orders, papers, deliveries. Tables and constraints, no decisions."""

import uuid

from django.db import models
from django.db.models import Q

from laihua.kernel.fields import BlindIndexField, EncryptedJSONField


def new_id() -> uuid.UUID:
    return uuid.uuid4()


class Order(models.Model):
    """待制文书. A paper that a move asked for, written in the transaction of the move; done when the paper is there."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event_id = models.UUIDField()
    key = models.CharField("文书", max_length=60)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    proceeding = models.ForeignKey("cases.Proceeding", on_delete=models.CASCADE, related_name="+")
    ordered_at = models.DateTimeField("要求时间")
    attempts = models.PositiveIntegerField("尝试次数", default=0)
    fault = models.CharField("最近一次失败原因", max_length=300, blank=True)
    done_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        verbose_name = "待制文书"
        constraints = [models.UniqueConstraint(fields=["event_id", "key"], name="order_once")]
        indexes = [models.Index("ordered_at", condition=Q(done_at__isnull=True), name="order_outstanding")]


class Issued(models.Model):
    """证照与文书. One paper, signed and kept. Its facts are what a verifier may be shown, not the whole dossier."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event_id = models.UUIDField()
    key = models.CharField("文书", max_length=60)
    kind = models.CharField("类别", max_length=10)
    title_zh = models.CharField("名称", max_length=120)
    title_en = models.CharField("英文名称", max_length=200)
    number = models.CharField("编号", max_length=40)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="issued")
    proceeding = models.ForeignKey("cases.Proceeding", on_delete=models.PROTECT, related_name="issued")
    file = models.ForeignKey("kernel.StoredFile", on_delete=models.PROTECT, related_name="+")
    code = models.CharField("验证码", max_length=10, null=True)
    issued_at = models.DateTimeField("签发时间")
    valid_from = models.DateField("有效期起", null=True)
    valid_to = models.DateField("有效期止", null=True)
    revoked_at = models.DateTimeField("注销时间", null=True)
    revoke_reason = models.CharField("注销原因", max_length=300, blank=True)
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaces")
    facts = EncryptedJSONField("载明事项", default=dict)

    class Meta:
        verbose_name = "证照与文书"
        constraints = [
            models.UniqueConstraint(fields=["event_id", "key"], name="issued_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(code__isnull=False), name="issued_code_once"),
            # A permit keeps its number for life: at most one paper of it is in force.
            models.UniqueConstraint(
                fields=["number"], condition=Q(kind="permit", revoked_at=None), name="issued_permit_number_in_force"
            ),
            models.CheckConstraint(
                name="issued_replaced_is_revoked", condition=Q(replaced_by__isnull=True) | Q(revoked_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["case", "issued_at"], name="issued_of_case"),
            models.Index(fields=["number"], condition=Q(kind="permit"), name="issued_of_number"),
        ]


class Delivery(models.Model):
    """送达. How the permit of a case reaches its holder: electronically, or also by post."""

    class Method(models.TextChoices):
        ELECTRONIC = "electronic", "电子"
        POST = "post", "邮寄"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="delivery")
    method = models.CharField("方式", max_length=12, choices=Method.choices, default=Method.ELECTRONIC)
    postal_address = EncryptedJSONField("邮寄地址", default=dict)
    chosen_at = models.DateTimeField("选择时间")
    tracking_number = models.CharField("运单号", max_length=40, blank=True)
    posted_at = models.DateTimeField("寄出时间", null=True)

    class Meta:
        verbose_name = "送达"
        constraints = [
            models.CheckConstraint(
                name="delivery_posted_by_post",
                condition=Q(posted_at__isnull=True) | (Q(method="post") & ~Q(tracking_number="")),
            )
        ]


class LookUps(models.Model):
    """How often one address asked the verify page in one minute. The address itself is not kept."""

    address = BlindIndexField()
    minute = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "查验次数"
        constraints = [models.UniqueConstraint(fields=["address", "minute"], name="look_ups_once_a_minute")]
        indexes = [models.Index(fields=["minute"], name="look_ups_minute")]
