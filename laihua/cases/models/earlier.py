"""The table of cases from systems before this one."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from laihua.kernel.fields import EncryptedTextField


class EarlierCase(models.Model):
    """以前的办件. One case of a system before this one, as its operator handed it over: read, never changed.

    It belongs to an old login name until an operator links it to an account, or to the unit that the account acts for.
    """

    class State(models.TextChoices):
        APPROVED = "approved", "已办结"
        REFUSED = "refused", "不予许可"
        WITHDRAWN = "withdrawn", "已撤回"
        CANCELLED = "cancelled", "已注销"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField("案件号", max_length=40, unique=True)
    old_login_name = models.CharField("原登录名", max_length=64)
    service = models.CharField("事项", max_length=120)
    state = models.CharField("结果", max_length=10, choices=State.choices)
    unit_name = models.CharField("用人单位", max_length=200, blank=True)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    subject_name = EncryptedTextField("申请人", default="")
    submitted_on = models.DateField("提交日期")
    closed_on = models.DateField("办结日期")
    imported_at = models.DateTimeField("导入时间")
    account = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="关联账号"
    )
    unit = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="关联单位"
    )
    linked_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="关联人"
    )
    linked_at = models.DateTimeField("关联时间", null=True)

    class Meta:
        verbose_name = "以前的办件"
        constraints = [
            models.CheckConstraint(name="earlier_state_known", condition=Q(state__in=["approved", "refused", "withdrawn", "cancelled"])),
            models.CheckConstraint(
                name="earlier_linked_by_someone",
                condition=Q(linked_at=None, account=None, unit=None) | Q(linked_at__isnull=False, account__isnull=False),
            ),
            models.CheckConstraint(name="earlier_ends_after_it_begins", condition=Q(submitted_on__lte=F("closed_on"))),
        ]
        indexes = [
            models.Index(Lower("old_login_name"), name="earlier_old_login"),
            models.Index("account", F("closed_on").desc(), "id", name="earlier_of_account"),
            models.Index("unit", F("closed_on").desc(), "id", name="earlier_of_unit"),
        ]
