"""Employers and agencies, their filings, their enrolment in business systems, and delegations to agencies.

Handlers are grants of accounts.
"""

from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from laihua.kernel.fields import BlindIndexField, EncryptedJSONField, EncryptedTextField
from laihua.units.client_models import ClientEmployee, ClientUnit

__all__ = [
    "CalendarFeed", "ClientEmployee", "ClientUnit", "Delegation", "Enrolment", "Filing", "Jurisdiction", "NamedHandler", "RealName",
    "StaffImport", "StaffMember", "Unit",
]


class RealName(models.TextChoices):
    NONE = "none", "未认证"
    PENDING = "pending", "实名认证审核中"
    PASSED = "passed", "已通过"
    FAILED = "failed", "失败"


class Unit(models.Model):
    """用人单位. Its name and credit code are public, its contact person is not.

    `legal_information` holds the three parts of ACC-8 (`basic`, `authorisation`, `representative`). Legal person and main
    handler (主代办人) pass real-name authentication independently.
    """

    organisation = models.OneToOneField(
        "accounts.Organisation", models.PROTECT, primary_key=True, related_name="unit", verbose_name="组织"
    )
    name_zh = models.CharField("单位名称", max_length=200)
    name_en = models.CharField("单位英文名称", max_length=300, blank=True)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True, help_text="空：以单位代码特殊登录的单位")
    registered_address = models.CharField("注册地址", max_length=300, blank=True)
    contact_name = EncryptedTextField("联系人")
    contact_phone = EncryptedTextField("联系电话")
    registered_at = models.DateTimeField("登记时间")
    account = models.ForeignKey(
        "accounts.Account", models.PROTECT, null=True, related_name="+", verbose_name="法人账号"
    )
    legal_information = EncryptedJSONField("已确认的法人信息", default=dict)
    real_name_status = models.CharField("法人实名认证", max_length=8, choices=RealName.choices, default="none")
    main_handler_status = models.CharField("主代办人实名认证", max_length=8, choices=RealName.choices, default="none")

    class Meta:
        verbose_name = "用人单位"
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"], condition=~Q(credit_code=""), name="unit_credit_code_once"
            ),
            models.UniqueConstraint(fields=["name_zh"], name="unit_name_once"),
            models.CheckConstraint(
                condition=Q(real_name_status__in=RealName.values, main_handler_status__in=RealName.values),
                name="unit_real_name_known",
            ),
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


class Enrolment(models.Model):
    """业务系统登记. A unit or a person in one business system, by the case that asks for it (ENT-1).

    Exactly one of `organisation` and `account`. `case_id` is the dossier of the profile; no foreign key, cases stand above.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "填写中"
        REVIEW = "review", "审核中"
        RETURNED = "returned", "退回修改"
        APPROVED = "approved", "已通过"
        REFUSED = "refused", "未通过"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    system = models.CharField("业务系统", max_length=40)
    organisation = models.ForeignKey("accounts.Organisation", models.CASCADE, null=True, related_name="enrolments")
    account = models.ForeignKey("accounts.Account", models.CASCADE, null=True, related_name="enrolments")
    case_id = models.UUIDField("案件", null=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    profile = EncryptedJSONField("核准的资料", default=dict)
    changed_at = models.DateTimeField("变更时间")

    class Meta:
        verbose_name = "业务系统登记"
        constraints = [
            models.UniqueConstraint(
                fields=["system", "organisation"], condition=Q(account=None), name="enrolment_of_unit_once"
            ),
            models.UniqueConstraint(
                fields=["system", "account"], condition=Q(organisation=None), name="enrolment_of_person_once"
            ),
            models.CheckConstraint(
                condition=Q(organisation=None, account__isnull=False) | Q(organisation__isnull=False, account=None),
                name="enrolment_of_one",
            ),
        ]


class NamedHandler(models.Model):
    """登记经办人. Whom the unit named as its handler in a business system; `account` once he has shown who he is."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="named_handlers", verbose_name="用人单位")
    system = models.CharField("业务系统", max_length=40)
    name = EncryptedTextField("姓名")
    document_type = models.CharField("证件类型", max_length=24)
    document_number = EncryptedTextField("证件号码")
    document_index = BlindIndexField(kind="document", editable=False)
    phone = EncryptedTextField("手机")
    email = EncryptedTextField("电子邮箱", default="", blank=True)
    post = models.CharField("职务", max_length=60, blank=True)
    account = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+", verbose_name="账号")
    named_at = models.DateTimeField("登记时间")
    ended_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = "登记经办人"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "system", "document_index"], condition=Q(ended_at=None), name="named_handler_once"
            ),
        ]
        indexes = [
            models.Index("document_index", condition=Q(account=None, ended_at=None), name="named_handler_waiting"),
        ]


class Delegation(models.Model):
    """一事一委托. A principal lets an agency handle one matter, from one day to another; the principal can revoke it.

    `handler` is the principal's handler who proved by code that the agency may act (`evidence` says how and when).
    `agent` is the agency's handler who acts. `case_id` binds it to its matter once the case is started.
    """

    class State(models.TextChoices):
        ACTIVE = "active", "有效"
        REVOKED = "revoked", "已撤销"
        ENDED = "ended", "已办结"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.CharField("委托编号", max_length=32, unique=True)
    principal = models.ForeignKey(Unit, models.PROTECT, related_name="delegations_given", verbose_name="委托单位")
    agency = models.ForeignKey(Unit, models.PROTECT, related_name="delegations_held", verbose_name="代理机构")
    handler = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+", verbose_name="委托单位经办人")
    agent = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+", verbose_name="代理机构经办人")
    matter = models.CharField("委托事项", max_length=80, blank=True)
    case_id = models.UUIDField("案件", null=True, unique=True)
    valid_from = models.DateField("有效期自")
    valid_to = models.DateField("有效期至")
    evidence = EncryptedJSONField("委托凭据", default=dict)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.ACTIVE)
    made_at = models.DateTimeField("委托时间")
    ended_at = models.DateTimeField("结束时间", null=True)
    ended_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+", verbose_name="撤销人")

    class Meta:
        verbose_name = "委托"
        constraints = [
            models.CheckConstraint(condition=Q(valid_from__lte=F("valid_to")), name="delegation_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(principal=F("agency")), name="delegation_between_two"),
        ]
        indexes = [
            models.Index("principal", F("made_at").desc(), "id", name="delegation_of_principal"),
            models.Index("agency", F("made_at").desc(), "id", name="delegation_of_agency"),
        ]


class StaffMember(models.Model):
    """在册外籍人员. A foreigner on the roster of a unit, as the last decision or an imported list says.

    `record` holds flat text by the keys of `catalog.registry.FACTS["staff"]`; what the roster sorts and reminds by stands
    beside it in the open. `account` once the foreigner is linked. `case_id` is the case that last wrote the row.
    """

    class Source(models.TextChoices):
        HALL = "hall", "本系统办理"
        IMPORTED = "imported", "名单导入"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="staff", verbose_name="用人单位")
    account = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+", verbose_name="账号")
    record = EncryptedJSONField("资料", default=dict)
    passport_index = BlindIndexField(kind="passport_number", editable=False)
    permit_index = BlindIndexField(kind="permit_number", null=True, editable=False)
    name_index = ArrayField(BlindIndexField(kind="subject_name"), default=list, editable=False)
    category = models.CharField("类别", max_length=8, blank=True)
    permit_to = models.DateField("许可有效期止", null=True)
    contract_to = models.DateField("合同到期日", null=True)
    passport_to = models.DateField("护照有效期止", null=True)
    source = models.CharField("来源", max_length=8, choices=Source.choices)
    case_id = models.UUIDField("案件", null=True)
    joined_at = models.DateTimeField("登记时间")
    changed_at = models.DateTimeField("变更时间")
    left_on = models.DateField("离职日期", null=True)

    class Meta:
        verbose_name = "在册外籍人员"
        constraints = [
            models.UniqueConstraint(fields=["unit", "passport_index"], condition=Q(left_on=None), name="staff_passport_once"),
            models.UniqueConstraint(
                fields=["unit", "permit_index"], condition=Q(left_on=None, permit_index__isnull=False), name="staff_permit_once"
            ),
        ]
        indexes = [
            models.Index("unit", "permit_to", "id", condition=Q(left_on=None), name="staff_by_permit"),
            models.Index("permit_to", condition=Q(left_on=None), name="staff_permit_ending"),
        ]


class StaffImport(models.Model):
    """名单导入. An uploaded list between its preview and its acceptance; nothing is on the roster before."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="用人单位")
    made_by = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+", verbose_name="导入人")
    rows = EncryptedJSONField("名单", default=list)
    made_at = models.DateTimeField("上传时间")
    done_at = models.DateTimeField("导入时间", null=True)

    class Meta:
        verbose_name = "名单导入"


class CalendarFeed(models.Model):
    """日历订阅. The address under which a handler's calendar reads what falls due in his unit; only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="用人单位")
    account = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+", verbose_name="订阅人")
    token_digest = models.BinaryField(max_length=32, unique=True)
    language = models.CharField("语言", max_length=10)
    made_at = models.DateTimeField("生成时间")
    revoked_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        verbose_name = "日历订阅"
        constraints = [
            models.UniqueConstraint(fields=["unit", "account"], condition=Q(revoked_at=None), name="calendar_feed_once")
        ]
