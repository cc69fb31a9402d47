"""People and organisations, and who may do what where."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from laihua.kernel.fields import BlindIndexField, EncryptedJSONField, EncryptedTextField


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        """Login names are the same in capitals and small letters, so nobody can register a look-alike."""
        name = username or ""
        if "\0" in name:
            raise self.model.DoesNotExist
        return self.alias(folded=Lower("login_name")).get(folded=name.lower())


class Account(AbstractBaseUser):
    """Someone who can sign in: a natural person (自然人) or a legal person (法人).

    A visitor has no password: he proved a phone by code to appeal for an account that he cannot open (ACC-5).
    """

    class Kind(models.TextChoices):
        NATURAL = "natural", "自然人"
        LEGAL = "legal", "法人"
        VISITOR = "visitor", "访客"

    class RealName(models.TextChoices):
        NONE = "none", "未认证"
        PENDING = "pending", "实名认证审核中"
        PASSED = "passed", "已通过"
        FAILED = "failed", "失败"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField("账号类型", max_length=8, choices=Kind.choices)
    login_name = models.CharField("登录名", max_length=64)
    name_zh = EncryptedTextField("中文姓名", default="", blank=True)
    name_latin = EncryptedTextField("外文姓名", default="", blank=True)
    phone = EncryptedTextField("手机", default="", blank=True)
    phone_index = BlindIndexField(kind="phone", null=True, editable=False)
    email = EncryptedTextField("电子邮箱", default="", blank=True)
    email_index = BlindIndexField(kind="email", null=True, editable=False)
    document_type = models.CharField("证件类型", max_length=24, blank=True)
    document_number = EncryptedTextField("证件号码", default="", blank=True)
    document_until = models.DateField("证件有效期至", null=True)
    personal = EncryptedJSONField("其他个人信息", default=dict)
    document_index = BlindIndexField(kind="document", null=True, editable=False)
    language = models.CharField("语言", max_length=8, default="zh-hans")
    real_name_status = models.CharField("实名认证", max_length=8, choices=RealName.choices, default=RealName.NONE)
    is_active = models.BooleanField("可用", default=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name="并入账号")
    erased_at = models.DateTimeField("注销时间", null=True)
    created_at = models.DateTimeField("注册时间")

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "login_name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "账号"
        constraints = [
            models.UniqueConstraint(fields=["login_name"], name="account_login_name_unique"),
            models.UniqueConstraint(Lower("login_name"), name="account_login_name_once"),
            models.CheckConstraint(condition=Q(kind__in=["natural", "legal", "visitor"]), name="account_kind_known"),
            models.CheckConstraint(
                condition=Q(real_name_status__in=["none", "pending", "passed", "failed"]),
                name="account_real_name_known",
            ),
            models.UniqueConstraint(
                fields=["document_index"], condition=Q(real_name_status="passed", merged_into=None, kind="natural"),
                name="account_document_bound_once",
            ),
        ]
        indexes = [
            models.Index("phone_index", name="account_phone"),
            models.Index("email_index", name="account_email"),
            models.Index("document_index", name="account_document"),
        ]

    def __str__(self) -> str:
        """No name and no login name: this ends up in logs and tracebacks."""
        return f"account {self.id}"


class Organisation(models.Model):
    """Somewhere that roles are held: an authority, an employer, an agency, or the hall itself."""

    class Kind(models.TextChoices):
        AUTHORITY = "authority", "主管机关"
        EMPLOYER = "employer", "用人单位"
        AGENCY = "agency", "代理机构"
        HALL = "hall", "服务大厅"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField("类型", max_length=12, choices=Kind.choices)
    code = models.CharField("代码", max_length=64, unique=True)
    name_zh = models.CharField("名称", max_length=200)
    name_en = models.CharField("英文名称", max_length=300, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    class Meta:
        verbose_name = "组织"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["authority", "employer", "agency", "hall"]), name="organisation_kind_known"
            ),
        ]


class Grant(models.Model):
    """One role of one person in one organisation. Never changed but to be revoked, and kept afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="grants")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="grants")
    role = models.CharField("岗位", max_length=24)
    system = models.CharField("业务系统", max_length=40, blank=True, help_text="空：该组织的全部业务系统")
    granted_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField("授权时间")
    revoked_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField("撤销时间", null=True)

    class Meta:
        verbose_name = "授权"
        constraints = [
            models.UniqueConstraint(
                "account", "organisation", "role", "system", condition=Q(revoked_at__isnull=True), name="grant_active_once"
            ),
        ]
        indexes = [
            models.Index("organisation", "role", condition=Q(revoked_at__isnull=True), name="grant_holders"),
        ]


class TotpDevice(models.Model):
    """The second factor of an officer. `last_step` is the newest 30-second step whose code was taken."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.OneToOneField(Account, models.CASCADE, related_name="totp_device")
    secret = EncryptedTextField("密钥")
    created_at = models.DateTimeField("登记时间")
    confirmed_at = models.DateTimeField("确认时间", null=True)
    last_step = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "动态口令"


class Tally(models.Model):
    """Attempts within a window. `key` is a keyed hash: neither login names nor addresses stand here."""

    key = models.BinaryField(primary_key=True, max_length=16)
    count = models.IntegerField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "尝试计数"
