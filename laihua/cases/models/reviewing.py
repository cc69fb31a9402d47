"""What officers and experts say of a case."""

from django.db import models
from django.db.models import Q

from laihua.cases.models.dossier import Proceeding, new_id
from laihua.cases.models.materials import MaterialFile
from laihua.kernel.fields import EncryptedTextField


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


class Opinion(models.Model):
    """专家意见. What one expert thinks of a case in one round: scores by the service's criteria, a recommendation, words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    proceeding = models.ForeignKey(Proceeding, on_delete=models.CASCADE, related_name="opinions")
    round = models.PositiveIntegerField()
    expert = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", verbose_name="评审专家")
    asked_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", verbose_name="送审人")
    asked_at = models.DateTimeField("送审时间")
    scores = models.JSONField("评分", default=dict)
    recommendation = models.CharField("评审结论", max_length=20, blank=True)
    text = EncryptedTextField("评审意见", default="")
    given_at = models.DateTimeField("提交时间", null=True)
    declined_at = models.DateTimeField("回避时间", null=True)

    class Meta:
        verbose_name = "专家意见"
        constraints = [
            models.UniqueConstraint(fields=["proceeding", "round", "expert"], name="opinion_once_a_round"),
            models.CheckConstraint(
                name="opinion_given_or_declined", condition=Q(given_at__isnull=True) | Q(declined_at__isnull=True)
            ),
        ]
        indexes = [
            models.Index("expert", "asked_at", condition=Q(given_at=None, declined_at=None), name="opinion_waiting")
        ]
