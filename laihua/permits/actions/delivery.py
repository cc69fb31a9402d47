"""How a permit reaches its holder."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from laihua.accounts.permissions import SYSTEM, Actor
from laihua.cases.queries import Dossier
from laihua.cases.queries import dossier as dossier_of
from laihua.kernel.texts import Reason, Refused, Text
from laihua.permits.actions.trail import record, refuse_unless
from laihua.permits.models import Delivery, Issued

POSTAL = ("recipient", "phone", "address")
ADDRESS_MISSING = Reason(
    "address_missing",
    Text("邮寄领取请填写收件人、电话和地址。", "For delivery by post give recipient, phone and address."),
    place="postal_address",
)
ALREADY_POSTED = Reason(
    "already_posted", Text("许可已经寄出，不能再改。", "The permit was posted and cannot be redirected.")
)
NO_TRACKING_NUMBER = Reason(
    "tracking_number",
    Text("运单号由6至40位字母或数字组成。", "A tracking number has 6 to 40 letters or digits."),
    place="tracking_number",
)
NOTHING_TO_POST = Reason(
    "nothing_to_post", Text("该案件没有需要邮寄的许可。", "This case has no permit to be posted.")
)


@transaction.atomic
def choose_delivery(
    *, case_id: UUID, method: str, actor: Actor, at: datetime, postal_address: Mapping[str, str] | None = None
) -> Delivery:
    """The unit of the case chooses; by post it gives recipient, phone and address. Until the permit was posted."""
    dossier = dossier_of(case_id, actor=actor, at=at)
    if actor is not SYSTEM:
        refuse_unless("choose_delivery", actor, dossier.case.unit_id)
    wanted = {key: str((postal_address or {}).get(key, "")).strip() for key in POSTAL}
    if method == Delivery.Method.POST and not all(wanted.values()):
        raise Refused(ADDRESS_MISSING)
    delivery = Delivery.objects.select_for_update().filter(case_id=case_id).first() or Delivery(case_id=case_id)
    if delivery.posted_at is not None:
        raise Refused(ALREADY_POSTED)
    delivery.method, delivery.chosen_at = method, at
    delivery.postal_address = wanted if method == Delivery.Method.POST else {}
    delivery.save()
    return delivery


@transaction.atomic
def record_posting(*, case_id: UUID, tracking_number: str, actor: Actor, at: datetime) -> Delivery:
    """寄出. Keeps the tracking number; a second call corrects it. Refused where nothing is to be posted."""
    dossier = dossier_of(case_id, actor=actor, at=at)
    refuse_unless("record_posting", actor, dossier.proceeding.office_id)
    tracking = tracking_number.strip().upper()
    if not tracking.isalnum() or not 6 <= len(tracking) <= 40:
        raise Refused(NO_TRACKING_NUMBER)
    delivery = Delivery.objects.select_for_update().filter(case_id=case_id, method=Delivery.Method.POST).first()
    paper = Issued.objects.filter(case_id=case_id, kind="permit", revoked_at=None).order_by("-issued_at").first()
    if delivery is None or paper is None:
        raise Refused(NOTHING_TO_POST)
    delivery.tracking_number, delivery.posted_at = tracking, delivery.posted_at or at
    delivery.save(update_fields=["tracking_number", "posted_at"])
    record(paper, "post", actor, at, {})
    return delivery


def keep_delivery(dossier: Dossier, at: datetime) -> None:
    """What the form says of the delivery (fields `delivery`, `post_…`), unless the unit has chosen otherwise since."""
    said = dossier.answers
    method = said.get("delivery")
    if method not in Delivery.Method.values:
        return
    address = {key: str(said.get(f"post_{key}", "")) for key in POSTAL} if method == Delivery.Method.POST else {}
    Delivery.objects.get_or_create(
        case_id=dossier.case.id, defaults={"method": method, "postal_address": address, "chosen_at": at}
    )
