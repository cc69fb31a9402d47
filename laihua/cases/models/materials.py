"""What was uploaded into a case, and the printed forms whose scans are known again."""

from django.db import models
from django.db.models import Q

from laihua.cases.models.dossier import Case, new_id
from laihua.kernel.fields import EncryptedJSONField, EncryptedTextField


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
    taken_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="沿用自")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "材料文件"
        constraints = [models.UniqueConstraint(fields=["material", "version"], name="material_file_version")]
