"""Ways in: open sessions, codes, captchas, links, identities of portals, and the sign-in log."""

import uuid

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from laihua.accounts.models.people import Account, Organisation
from laihua.kernel.chain import ChainedRecord
from laihua.kernel.fields import BlindIndexField, EncryptedTextField


class Session(AbstractBaseSession):
    """会话. A row of Django's session table that knows whose it is, so that its owner can list and end it.

    `handle` names it on pages, since the key itself opens it. No foreign key: a session is written before its account is
    looked at. `device` is what the browser says of itself, in a few words.
    """

    handle = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    account_id = models.UUIDField(null=True, db_index=True)
    device = models.CharField("设备", max_length=80, blank=True)
    begun_at = models.DateTimeField("登录时间", null=True)
    seen_at = models.DateTimeField("最近使用", null=True)

    class Meta:
        verbose_name = "会话"


class SmsCode(models.Model):
    """短信验证码. Kept as a keyed hash, bound to the session that asked for it and to one purpose."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField("用途", max_length=40)
    phone_index = BlindIndexField(kind="phone")
    session_digest = models.BinaryField(max_length=32)
    code_digest = models.BinaryField(max_length=32)
    sent_at = models.DateTimeField("发送时间")
    expires_at = models.DateTimeField("失效时间", db_index=True)
    wrong = models.PositiveSmallIntegerField("错误次数", default=0)
    ended_at = models.DateTimeField("用毕时间", null=True)

    class Meta:
        verbose_name = "短信验证码"
        indexes = [models.Index("session_digest", "purpose", name="sms_code_of_session")]


class Captcha(models.Model):
    """图形验证码. One answer, one try; kept as a keyed hash and, for picture and sound, encrypted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    answer = EncryptedTextField("答案")
    expires_at = models.DateTimeField("失效时间", db_index=True)

    class Meta:
        verbose_name = "图形验证码"


class PasswordLink(models.Model):
    """一次性链接. Sets a new password once, within its time. Only the digest of its token is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+", verbose_name="账号")
    token_digest = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField("生成时间")
    expires_at = models.DateTimeField("失效时间")
    used_at = models.DateTimeField("使用时间", null=True)

    class Meta:
        verbose_name = "一次性链接"


class FederatedIdentity(models.Model):
    """门户身份. Who a portal's user is here. Found by the portal's own id, first matched by document or credit code."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    portal = models.CharField("门户", max_length=40)
    portal_user_id = models.CharField("门户用户标识", max_length=200)
    account = models.ForeignKey(Account, models.CASCADE, related_name="portal_identities", verbose_name="账号")
    linked_at = models.DateTimeField("关联时间")

    class Meta:
        verbose_name = "门户身份"
        constraints = [models.UniqueConstraint(fields=["portal", "portal_user_id"], name="portal_identity_once")]


class SignInEntry(ChainedRecord):
    """登录日志 (SES-6). Append-only and chained, one chain a day.

    Special sign-in (way `special`) records unit code and name, mobile number and handler; a portal (way `portal`) its
    user id, unit name, credit code and handler; a password (way `password`) the account alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField("时间")
    way = models.CharField("登录方式", max_length=16)
    portal = models.CharField("门户", max_length=40, blank=True)
    portal_user_id = models.CharField("门户用户标识", max_length=200, blank=True)
    unit_code = models.CharField("单位代码", max_length=64, blank=True)
    unit_name = models.CharField("单位名称", max_length=200, blank=True)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    phone = EncryptedTextField("手机号码", default="")
    phone_index = BlindIndexField(kind="phone", null=True)
    account_id = models.UUIDField("账号", null=True)
    handler_id = models.UUIDField("经办人", null=True)
    delegation_id = models.UUIDField("委托", null=True)

    class Meta(ChainedRecord.Meta):
        verbose_name = "登录日志"
        indexes = [
            models.Index(models.F("at").desc(), models.F("id"), name="sign_in_recent"),
            models.Index("account_id", "at", name="sign_in_of_account"),
            models.Index("unit_code", "at", name="sign_in_of_unit"),
        ]


class HandlerProof(models.Model):
    """经办人验证. A handler proved by code that he comes with this phone or portal identity; not asked again (SES-3)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", verbose_name="单位")
    account = models.ForeignKey(Account, models.CASCADE, related_name="+", verbose_name="经办人")
    way = models.BinaryField("登录来源", max_length=16)
    proved_at = models.DateTimeField("验证时间")

    class Meta:
        verbose_name = "经办人验证"
        constraints = [models.UniqueConstraint(fields=["organisation", "account", "way"], name="handler_proof_once")]
