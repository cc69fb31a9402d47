"""Whom a service company's office works for: its client units and their employees, as its own list says."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from laihua.kernel.fields import BlindIndexField, EncryptedTextField


class ClientUnit(models.Model):
    """客户单位. `contact` is whom the unit's own people ask. The contract's days both count; without an end it runs on."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    office = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="clients", verbose_name="服务公司")
    name_zh = models.CharField("单位名称", max_length=200)
    credit_code = models.CharField("统一社会信用代码", max_length=18)
    contract_from = models.DateField("服务合同自")
    contract_to = models.DateField("服务合同至", null=True)
    contact_name = EncryptedTextField("单位联系人", default="", blank=True)
    contact_phone = EncryptedTextField("联系电话", default="", blank=True)
    listed_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+", verbose_name="登记人")
    listed_at = models.DateTimeField("登记时间")
    changed_at = models.DateTimeField("变更时间")

    class Meta:
        verbose_name = "客户单位"
        constraints = [
            models.UniqueConstraint(fields=["office", "credit_code"], name="client_unit_once"),
            models.CheckConstraint(
                condition=Q(contract_to=None) | Q(contract_from__lte=F("contract_to")), name="client_contract_ends_after_it_begins"
            ),
        ]


class ClientEmployee(models.Model):
    """客户单位雇员. Found by the blind index of the identity number alone; left when `left_on` has come."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    client = models.ForeignKey(ClientUnit, models.CASCADE, related_name="employees", verbose_name="客户单位")
    name = EncryptedTextField("姓名")
    document_number = EncryptedTextField("身份证号码")
    document_index = BlindIndexField(kind="document", editable=False)
    joined_on = models.DateField("入职日期")
    left_on = models.DateField("离职日期", null=True)
    listed_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "客户单位雇员"
        constraints = [models.UniqueConstraint(fields=["client", "document_index"], name="client_employee_once")]
        indexes = [models.Index("document_index", name="client_employee_called")]
