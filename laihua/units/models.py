"""Employers and agencies, and their filing on the one-network platform. Handlers are grants of accounts."""

from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q

from laihua.kernel.fields import EncryptedTextField


class Unit(models.Model):
    """用人单位. Its name and credit code are public, its contact person is not."""

    organisation = models.OneToOneField(
        "accounts.Organisation", models.PROTECT, primary_key=True, related_name="unit", verbose_name="组织"
    )
    name_zh = models.CharField("单位名称", max_length=200)
    name_en = models.CharField("单位英文名称", max_length=300, blank=True)
    credit_code = models.CharField("统一社会信用代码", max_length=18)
    registered_address = models.CharField("注册地址", max_length=300)
    contact_name = EncryptedTextField("联系人")
    contact_phone = EncryptedTextField("联系电话")
    registered_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "用人单位"
        constraints = [
            models.UniqueConstraint(fields=["credit_code"], name="unit_credit_code_once"),
            models.UniqueConstraint(fields=["name_zh"], name="unit_name_once"),
        ]

    @property
    def id(self) -> UUID:
        return self.organisation_id


class Filing(models.Model):
    """企业备案. Both days count. A renewal is another row; the one that ends last speaks for the unit."""

    class Status(models.TextChoices):
        APPROVED = "approved", "已备案"
        REVOKED = "revoked", "已撤销"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="filings", verbose_name="用人单位")
    number = models.CharField("备案号", max_length=64)
    valid_from = models.DateField("有效期自")
    valid_to = models.DateField("有效期至")
    status = models.CharField("状态", max_length=8, choices=Status.choices, default=Status.APPROVED)
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "企业备案"
        constraints = [
            models.UniqueConstraint(fields=["number"], name="filing_number_once"),
            models.CheckConstraint(condition=Q(valid_from__lte=F("valid_to")), name="filing_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(status__in=["approved", "revoked"]), name="filing_status_known"),
        ]
        indexes = [
            models.Index("unit", "valid_to", condition=Q(status="approved"), name="filing_of_unit"),
            models.Index("valid_to", condition=Q(status="approved"), name="filing_ending"),
        ]


class Jurisdiction(models.Model):
    """Which authority handles a system's cases of a region. `region` is the beginning of a division code, or empty."""

    id = models.BigAutoField(primary_key=True)
    system = models.CharField("业务系统", max_length=40)
    region = models.CharField("行政区划", max_length=6, blank=True)
    office = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+", verbose_name="办理机关")

    class Meta:
        verbose_name = "管辖"
        constraints = [models.UniqueConstraint(fields=["system", "region"], name="jurisdiction_once")]
