"""沿用: a file of an earlier case into a slot of this one."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from laihua.accounts.permissions import Actor
from laihua.cases import store
from laihua.cases.actions.lock import locked
from laihua.cases.actions.materials import refuse_upload, refuse_without_consent, slot_of
from laihua.cases.actions.reading import ask_reading
from laihua.cases.models import Material, MaterialFile
from laihua.cases.queries.consents import missing_consents
from laihua.cases.queries.dossier import Dossier
from laihua.cases.queries.reuse import Reusable, reusable
from laihua.catalog.definitions import Window
from laihua.catalog.gaps import too_old
from laihua.kernel.texts import Reason, Refused, Text

NOT_OFFERED = Text(
    "这份材料现在不能沿用，可能已被退回、替换或者过期。请刷新页面，或者上传新的",
    "This document cannot be taken over now: it may have been returned, replaced or have expired. Reload, or upload another",
)
CONSENT_AGAIN = Text(
    "这份材料含敏感个人信息，沿用到本案须再次单独同意，请勾选后再沿用",
    "This document holds sensitive data. Taking it over into this case needs your separate consent again: tick the box first",
)
ISSUED_ON = Text("请填写签发日期，核对是否在{n}个月内", "Enter the day of issue: it has to be within {n} months")
NOTHING = Text("没有可以一次沿用的材料", "There is nothing to take over at once")


@transaction.atomic
def reuse_material(
    *, case_id: UUID, key: str, file_id: UUID, actor: Actor, at: datetime, consent: bool = False, issued_on: date | None = None
) -> MaterialFile:
    """Take over what the page offered for this slot: checked again as an upload is, dates included.

    Refused: what is not offered (any more), sensitive data without a consent for this case, a document that has to be
    issued within some months without its day of issue.
    """
    now = locked(case_id, actor=actor, at=at)
    slot = slot_of(now, key)
    refuse_upload(now, slot)
    offer = reusable(now).get(key)
    if offer is None or offer.why is not None or offer.given.file_id != file_id:
        raise Refused(refusal(key, "not_offered", offer.why if offer and offer.why else NOT_OFFERED))
    refuse_without_consent(now, slot)
    if offer.consent and not consent:
        raise Refused(refusal(key, "consent_again", CONSENT_AGAIN))
    if offer.months:
        if issued_on is None or issued_on > now.today:
            raise Refused(refusal(key, "issued_on", ISSUED_ON.format(n=offer.months)))
        if message := too_old(issued_on, Window(offer.months), now.today):
            raise Refused(refusal(key, "issued_on", message))
    return take_over(now, offer, issued_on)


@transaction.atomic
def reuse_all(*, case_id: UUID, actor: Actor, at: datetime) -> int:
    """Take over everything that is offered and asks for nothing more; how many. What waits for a consent is left out."""
    now = locked(case_id, actor=actor, at=at)
    offers = [offer for offer in reusable(now).values() if offer.at_once]
    missing = {purpose.key for purpose in missing_consents(now, [o.key for o in offers])}
    waiting = {key for key, slot in now.service.slots().items() if slot.consent in missing}
    chosen = [offer for offer in offers if offer.key not in waiting]
    if not chosen:
        for offer in offers:
            refuse_without_consent(now, slot_of(now, offer.key))
        raise Refused(Reason("nothing", NOTHING))
    for offer in chosen:
        take_over(now, offer, None)
    return len(chosen)


def take_over(now: Dossier, offer: Reusable, issued_on: date | None) -> MaterialFile:
    source = MaterialFile.objects.select_related("stored").get(id=offer.given.file_id)
    material = now.materials.get(offer.key) or Material(case=now.case, key=offer.key)
    version = material.files.count() + 1 if offer.key in now.materials else 1
    file = MaterialFile(
        material=material, version=version, stored=source.stored, name=source.name, pages=source.pages,
        uploaded_by_id=now.actor.person_id, uploaded_at=now.at, taken_from=source,
    )
    material.current, material.status = file, Material.Status.UPLOADED
    material.save()                     # each names the other; keys are checked at the end of the transaction
    file.save(force_insert=True)
    ask_reading(file, slot_of(now, offer.key), now.at)
    details = {"material": offer.key, "version": version, "sha256": source.stored.sha256, "from": offer.given.number}
    if offer.consent:
        details["consent"] = True
    if issued_on is not None:
        details["issued_on"] = issued_on.isoformat()
    store.record(now, "reuse", details)
    return file


def refusal(key: str, code: str, text: Text) -> Reason:
    return Reason(code, text, place=f"material:{key}")
