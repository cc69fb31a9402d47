"""Who and what comes to a case from outside: times at a window, invitations, messages."""

from django.db import models
from django.db.models import Q

from laihua.cases.models.dossier import Case, Proceeding, new_id
from laihua.kernel.fields import EncryptedTextField


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
