"""From a move to its papers: the order, the paper, and the move that waits for it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from laihua.accounts.permissions import SYSTEM
from laihua.cases import actions as cases
from laihua.cases.events import CaseMoved
from laihua.cases.prints import Code
from laihua.cases.queries import Dossier, Granted
from laihua.cases.queries import dossier as dossier_of
from laihua.catalog.definitions import Output
from laihua.kernel.actions import store_file
from laihua.kernel.numbering import permit_number
from laihua.kernel.texts import Refused
from laihua.permits import sign
from laihua.permits.actions.delivery import keep_delivery
from laihua.permits.actions.revocation import make_room, name_successor
from laihua.permits.actions.trail import record
from laihua.permits.facts import Identity, paper_of, shown_facts
from laihua.permits.models import Issued, Order
from laihua.permits.render import render
from laihua.permits.rules import new_code, read_number


def order_papers(event: CaseMoved) -> None:
    """Write down what a move issues, inside the transaction of the move: nothing that follows can lose it."""
    Order.objects.bulk_create(
        [
            Order(
                event_id=event.event_id, key=key, case_id=event.case_id, proceeding_id=event.proceeding_id,
                ordered_at=event.at,
            )
            for key in event.issues
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def issue(*, case_id: UUID, proceeding_id: UUID, output: str, event_id: UUID, at: datetime) -> Issued:
    """Make, sign and keep one paper. Once per event and output: a repeated call returns the first.

    The number, the file and the row come with the same commit, so a failure on the way leaves no gap in the numbers.
    Raises RenderingFailed or SigningKeyMissing.
    """
    wanted = {"case_id": case_id, "proceeding_id": proceeding_id, "ordered_at": at}
    Order.objects.get_or_create(event_id=event_id, key=output, defaults=wanted)
    orders = Order.objects.select_for_update(of=("self",)).select_related("proceeding")
    order = orders.get(event_id=event_id, key=output)
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
    granted = _granted(event_id)
    try:
        cases.move(
            case_id=proceeding.case_id, move=waiting[0], actor=SYSTEM, at=at, expected=proceeding.version,
            text=granted.number if granted else "", proceeding=proceeding.key, granted=granted,
        )
    except Refused:
        # Another worker was first, or an officer moved the case: then nothing waits for these papers any more.
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


def print_form(dossier: Dossier, output: Output, at: datetime) -> bytes:
    """A form to be signed by hand: all answers as they stand now, not numbered. Of one that comes back as a scan the hall
    keeps what it said."""
    mark = None
    if output.round_trip:
        kept = cases.keep_print(case_id=dossier.case.id, output=output.key, actor=dossier.actor, at=at)
        mark = Code(dossier.case.number, kept.version, kept.digest)
    identity = Identity(dossier.case.number, "", at, None, None, signed=False, mark=mark)
    data, images = paper_of(dossier, output, None, identity)
    return render(template=dossier.definition.template(output.template), data=data, images=images, at=at)


def _make(dossier: Dossier, output: Output, event_id: UUID, at: datetime) -> Issued:
    identity = _identity(dossier, output, at)
    event = dossier.case.events.get(id=event_id)
    data, images = paper_of(dossier, output, event, identity)
    pdf = render(template=dossier.definition.template(output.template), data=data, images=images, at=at)
    if output.signed:
        pdf = _signed(pdf, output, data["authority"]["zh"])
    stored = store_file(content=pdf, content_type="application/pdf", at=at)
    replaced = make_room(identity.number, output.key, f"换发（{dossier.case.number}）", at) if output.keeps_number else []
    paper = Issued.objects.create(
        event_id=event_id, key=output.key, kind=output.kind, title_zh=output.title.zh, title_en=output.title.en,
        number=identity.number, case=dossier.case, proceeding=dossier.proceeding, file=stored,
        code=identity.code or None, issued_at=at, valid_from=identity.valid_from if output.valid_from else None,
        valid_to=identity.valid_to if output.valid_to else None, facts=shown_facts(dossier, output),
    )
    name_successor(replaced, paper)
    record(paper, "issue", SYSTEM, at, {"key": output.key, "sha256": stored.sha256})
    if output.kind == "permit":
        cases.add_search_key(case_id=dossier.case.id, kind="permit_number", value=identity.number)
        keep_delivery(dossier, at)
    return paper


def _identity(dossier: Dossier, output: Output, at: datetime) -> Identity:
    today = timezone.localtime(at).date()
    dated = output if output.valid_to else next((o for o in dossier.service.outputs.values() if o.valid_to), output)
    starts, ends = _day(dossier, dated.valid_from), _day(dossier, dated.valid_to)
    if starts is not None and starts < today:
        starts = today      # nobody was permitted to work before the permit was issued
    return Identity(
        number=_number(dossier, output, today),
        code=new_code() if output.public else "",
        issued_at=at, valid_from=starts, valid_to=ends, signed=output.signed,
    )


def _number(dossier: Dossier, output: Output, today: date) -> str:
    """A permit keeps its number for life; one that came without any is given the next of the series."""
    kept = str(dossier.answers.get(output.keeps_number) or "") if output.keeps_number else ""
    if kept:
        return read_number(kept) or kept
    return permit_number(output.number, today) if output.number else dossier.case.number


def _signed(pdf: bytes, output: Output, authority: str) -> bytes:
    key = sign.SigningKey(settings.SIGNING_CERTIFICATE, settings.SIGNING_KEY)
    if settings.DEMO:
        sign.ensure_development_key(key)
    return sign.sign(
        pdf, signing_key=key, reason=f"签发{output.title.zh} Issue of: {output.title.en}", location="中国 China",
        issuer=authority, timestamper=sign.timestamper(settings.TIMESTAMP_URL),
    )


def _granted(event_id: UUID) -> Granted | None:
    """The history and the notice of the system's move name the permit that came out, and the roster takes it over."""
    row = Issued.objects.filter(event_id=event_id, kind="permit").values_list("number", "valid_from", "valid_to").first()
    return Granted(*row) if row else None


def _is_last(dossier: Dossier, event_id: UUID) -> bool:
    """Whether the case has made no move since: only then does it wait for the papers of this one."""
    last = dossier.case.events.filter(proceeding=dossier.proceeding).exclude(to_step="").order_by("-seq").first()
    return last is not None and last.id == event_id


def _day(dossier: Dossier, name: str) -> date | None:
    """A day that was answered or worked out; a decision states those of the permit that it grants."""
    value: Any = dossier.names.get(name) if name else None
    return value if isinstance(value, date) else None
