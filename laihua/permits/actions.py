"""Writes of the permits app: orders, papers, revocation, delivery, and the count of look-ups."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from laihua.accounts.permissions import SYSTEM, Actor
from laihua.cases import actions as cases
from laihua.cases.events import CaseMoved
from laihua.cases.queries import Dossier
from laihua.cases.queries import dossier as dossier_of
from laihua.catalog.definitions import Output
from laihua.kernel import actions as kernel
from laihua.kernel.crypto import blind_index
from laihua.kernel.numbering import permit_number
from laihua.kernel.texts import Reason, Refused, Text
from laihua.permits import sign
from laihua.permits.facts import Identity, paper_of, shown_facts
from laihua.permits.models import Delivery, Issued, LookUps, Order
from laihua.permits.permissions import MAY
from laihua.permits.render import render
from laihua.permits.rules import new_code

NOT_YOURS = Reason("not_yours", Text("您不能办理这项操作。", "You cannot do this."))
POSTAL = ("recipient", "phone", "address")
PER_MINUTE = 30


def order_papers(event: CaseMoved) -> None:
    """Write down what a move issues, inside the transaction of the move: nothing that follows can lose it."""
    Order.objects.bulk_create(
        [
            Order(event_id=event.event_id, key=key, case_id=event.case_id, proceeding_id=event.proceeding_id,
                  ordered_at=event.at)
            for key in event.issues
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def issue(*, case_id: UUID, proceeding_id: UUID, output: str, event_id: UUID, at: datetime) -> Issued:
    """Make, sign and keep one paper. Once per event and output: a repeated call returns the first paper.

    The number, the file and the row come with the same commit, so a failure on the way leaves no gap in the numbers.
    Raises RenderingFailed or SigningKeyMissing.
    """
    wanted = {"case_id": case_id, "proceeding_id": proceeding_id, "ordered_at": at}
    Order.objects.get_or_create(event_id=event_id, key=output, defaults=wanted)
    order = Order.objects.select_for_update(of=("self",)).select_related("proceeding").get(event_id=event_id, key=output)
    paper = Issued.objects.filter(event_id=event_id, key=output).first()
    if paper is None:
        dossier = dossier_of(case_id, actor=SYSTEM, at=at, proceeding=order.proceeding.key)
        paper = _make(dossier, dossier.service.outputs[output], event_id, at)
    order.done_at, order.fault = order.done_at or at, ""
    order.save(update_fields=["done_at", "fault"])
    return paper


def finish(*, event_id: UUID, at: datetime) -> bool:
    """When all papers of a move are there and its step waits for them, make the step's own move (`by: [system]`).

    The move is the one that leaves the current step, belongs to the system and has no time of its own. Doing it again
    does nothing: the proceeding has left the step.
    """
    orders = list(Order.objects.select_related("proceeding", "case").filter(event_id=event_id))
    if not orders or any(o.done_at is None for o in orders):
        return False
    proceeding = orders[0].proceeding
    dossier = dossier_of(proceeding.case_id, actor=SYSTEM, at=at, proceeding=proceeding.key)
    waiting = [
        m.key for m in dossier.service.moves.values()
        if proceeding.step in m.sources and m.by == ("system",) and m.automatic is None
    ]
    if len(waiting) != 1 or dossier.last is None or not _is_last(dossier, event_id):
        return False
    try:
        cases.move(
            case_id=proceeding.case_id, move=waiting[0], actor=SYSTEM, at=at, expected=proceeding.version,
            proceeding=proceeding.key,
        )
    except Refused:
        # Another worker was first, or an officer moved the case meanwhile: then nothing waits for these papers any more.
        proceeding.refresh_from_db()
        if proceeding.step in dossier.service.moves[waiting[0]].sources and _is_last(dossier, event_id):
            raise
        return False
    return True


@transaction.atomic
def note_fault(*, event_id: UUID, output: str, fault: str) -> None:
    """Keep why a paper could not be made, for the operator's page. The job tries again."""
    order = Order.objects.select_for_update().filter(event_id=event_id, key=output, done_at=None).first()
    if order is not None:
        order.attempts += 1
        order.fault = fault[:300]
        order.save(update_fields=["attempts", "fault"])


@transaction.atomic
def revoke(*, issued_id: UUID, reason: str, actor: Actor, at: datetime, replaced_by: UUID | None = None) -> None:
    """注销. The verify page says so from now on. Refused for other offices, and for a paper that was revoked before."""
    paper = Issued.objects.select_for_update(of=("self",)).select_related("proceeding").get(id=issued_id)
    _refuse_unless("revoke", actor, paper.proceeding.office_id)
    if not reason.strip():
        raise Refused(Reason("reason_missing", Text("请写明注销原因。", "Please give the reason for the revocation."), place="reason"))
    if paper.revoked_at is not None:
        raise Refused(Reason("already_revoked", Text("该证照已经注销。", "This paper was revoked before.")))
    paper.revoked_at, paper.revoke_reason, paper.replaced_by_id = at, reason.strip()[:300], replaced_by
    paper.save(update_fields=["revoked_at", "revoke_reason", "replaced_by"])
    _record(paper, "revoke", actor, at, {"replaced_by": str(replaced_by or "")})


@transaction.atomic
def choose_delivery(
    *, case_id: UUID, method: str, actor: Actor, at: datetime, postal_address: Mapping[str, str] | None = None
) -> Delivery:
    """The unit of the case chooses; by post it gives recipient, phone and address. Until the permit was posted."""
    dossier = dossier_of(case_id, actor=actor, at=at)
    if actor is not SYSTEM:
        _refuse_unless("choose_delivery", actor, dossier.case.unit_id)
    wanted = {key: str((postal_address or {}).get(key, "")).strip() for key in POSTAL}
    if method == Delivery.Method.POST and not all(wanted.values()):
        raise Refused(Reason("address_missing", Text(
            "邮寄领取请填写收件人、电话和地址。", "For delivery by post give recipient, phone and address."), place="postal_address"))
    delivery = Delivery.objects.select_for_update().filter(case_id=case_id).first() or Delivery(case_id=case_id)
    if delivery.posted_at is not None:
        raise Refused(Reason("already_posted", Text("许可已经寄出。", "The permit has been posted.")))
    delivery.method, delivery.chosen_at = method, at
    delivery.postal_address = wanted if method == Delivery.Method.POST else {}
    delivery.save()
    return delivery


@transaction.atomic
def record_posting(*, case_id: UUID, tracking_number: str, actor: Actor, at: datetime) -> Delivery:
    """寄出. Keeps the tracking number; a second call corrects it. Refused where nothing is to be posted."""
    dossier = dossier_of(case_id, actor=actor, at=at)
    _refuse_unless("record_posting", actor, dossier.proceeding.office_id)
    tracking = tracking_number.strip().upper()
    if not tracking.isalnum() or not 6 <= len(tracking) <= 40:
        raise Refused(Reason("tracking_number", Text(
            "运单号由6至40位字母或数字组成。", "A tracking number has 6 to 40 letters or digits."), place="tracking_number"))
    delivery = Delivery.objects.select_for_update().filter(case_id=case_id, method=Delivery.Method.POST).first()
    paper = Issued.objects.filter(case_id=case_id, kind="permit", revoked_at=None).order_by("-issued_at").first()
    if delivery is None or paper is None:
        raise Refused(Reason("nothing_to_post", Text(
            "该案件没有需要邮寄的许可。", "This case has no permit to be posted.")))
    delivery.tracking_number, delivery.posted_at = tracking, delivery.posted_at or at
    delivery.save(update_fields=["tracking_number", "posted_at"])
    _record(paper, "post", actor, at, {})
    return delivery


def count_look_up(*, address: str, at: datetime) -> int:
    """Count one look-up of this address; returns 0, or the seconds to wait where it has asked too often this minute."""
    minute = at.replace(second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {LookUps._meta.db_table} AS l (address, minute, count) VALUES (%s, %s, 1) "
            "ON CONFLICT (address, minute) DO UPDATE SET count = l.count + 1 RETURNING count",
            [blind_index("client_address", address), minute],
        )
        count = int(cursor.fetchone()[0])
    return 60 - at.second if count > PER_MINUTE else 0


def forget_look_ups(*, before: datetime) -> int:
    return LookUps.objects.filter(minute__lt=before).delete()[0]


def print_form(dossier: Dossier, output: Output, at: datetime) -> bytes:
    """A form to be signed by hand: all answers as they stand now, not numbered, not kept."""
    identity = Identity(dossier.case.number, "", at, None, None, signed=False)
    data, images = paper_of(dossier, output, None, identity)
    return render(template=dossier.definition.template(output.template), data=data, images=images, at=at)


def _make(dossier: Dossier, output: Output, event_id: UUID, at: datetime) -> Issued:
    identity = _identity(dossier, output, at)
    event = dossier.case.events.get(id=event_id)
    data, images = paper_of(dossier, output, event, identity)
    pdf = render(template=dossier.definition.template(output.template), data=data, images=images, at=at)
    if output.signed:
        pdf = _signed(pdf, output, data["authority"]["zh"])
    stored = kernel.store_file(content=pdf, content_type="application/pdf", at=at)
    paper = Issued.objects.create(
        event_id=event_id, key=output.key, kind=output.kind, title_zh=output.title.zh, title_en=output.title.en,
        number=identity.number, case=dossier.case, proceeding=dossier.proceeding, file=stored, code=identity.code or None,
        issued_at=at, valid_from=identity.valid_from, valid_to=identity.valid_to, facts=shown_facts(dossier, output),
    )
    _record(paper, "issue", SYSTEM, at, {"key": output.key, "sha256": stored.sha256})
    if output.kind == "permit":
        cases.add_search_key(case_id=dossier.case.id, kind="permit_number", value=identity.number)
        _keep_delivery(dossier, at)
    return paper


def _keep_delivery(dossier: Dossier, at: datetime) -> None:
    """What the form says of the delivery (fields `delivery`, `post_…`), unless the unit has chosen otherwise since."""
    said = dossier.answers
    method = said.get("delivery")
    if method not in Delivery.Method.values:
        return
    address = {key: str(said.get(f"post_{key}", "")) for key in POSTAL} if method == Delivery.Method.POST else {}
    Delivery.objects.get_or_create(
        case_id=dossier.case.id, defaults={"method": method, "postal_address": address, "chosen_at": at}
    )


def _identity(dossier: Dossier, output: Output, at: datetime) -> Identity:
    today = timezone.localtime(at).date()
    starts, ends = (_date(dossier.answers.get(key)) for key in (output.valid_from, output.valid_to))
    if starts is not None and starts < today:
        starts = today      # nobody was permitted to work before the permit was issued
    return Identity(
        number=permit_number(output.number, today) if output.number else dossier.case.number,
        code=new_code() if output.public else "",
        issued_at=at, valid_from=starts, valid_to=ends, signed=output.signed,
    )


def _signed(pdf: bytes, output: Output, authority: str) -> bytes:
    key = sign.SigningKey(settings.SIGNING_CERTIFICATE, settings.SIGNING_KEY)
    if settings.DEMO:
        sign.ensure_development_key(key)
    return sign.sign(
        pdf, signing_key=key, reason=f"签发{output.title.zh} Issue of: {output.title.en}", location="中国 China",
        issuer=authority, timestamper=sign.timestamper(settings.TIMESTAMP_URL),
    )


def _is_last(dossier: Dossier, event_id: UUID) -> bool:
    """Whether the case has made no move since: only then does it wait for the papers of this one."""
    last = dossier.case.events.filter(proceeding=dossier.proceeding).exclude(to_step="").order_by("-seq").first()
    return last is not None and last.id == event_id


def _record(paper: Issued, action: str, actor: Actor, at: datetime, data: dict[str, Any]) -> None:
    kernel.record(
        chain=f"permits:{paper.id}", action=f"permits.{action}", actor=actor.account_id or "system",
        acting_for=actor.organisation_id, subject=str(paper.id), data=data, at=at,
    )


def _refuse_unless(action: str, actor: Actor, organisation_id: UUID | None) -> None:
    if actor.organisation_id is None or actor.organisation_id != organisation_id or not actor.roles & MAY[action]:
        raise Refused(NOT_YOURS)


def _date(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None
