"""Files into the slots of the checklist."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from laihua.accounts.permissions import Actor
from laihua.cases import store
from laihua.cases.actions.lock import locked
from laihua.cases.models import Material, MaterialFile
from laihua.cases.queries.dossier import Dossier, dossier
from laihua.cases.rules import is_locked, may_upload
from laihua.catalog.definitions import MaterialSlot
from laihua.kernel.actions import store_file
from laihua.kernel.texts import Reason, Refused, Text
from laihua.prechecks import gate


def upload_material(*, case_id: UUID, key: str, name: str, content: bytes, actor: Actor, at: datetime) -> MaterialFile:
    """Put a file into a slot, as a further version if there is one.

    Refused with the page and the way to mend it: another type, too large, damaged, encrypted, with scripts or embedded
    files (PRE-1); a slot of the other end, a locked slot, a step that takes no files. The file is opened in a child
    process before the case is locked, so that a slow file holds nobody up.
    """
    seen = dossier(case_id, actor=actor, at=at)
    slot = slot_of(seen, key)
    refuse_upload(seen, slot)
    result = gate.inspect(content, name=name, accept=slot.accept, max_bytes=slot.max_bytes, colour=slot.colour)
    if not result.ok:
        raise Refused(*result.problems)
    return keep(case_id, slot, name, content, result, actor, at)


@transaction.atomic
def keep(
    case_id: UUID, slot: MaterialSlot, name: str, content: bytes, result: gate.GateResult, actor: Actor, at: datetime
) -> MaterialFile:
    now = locked(case_id, actor=actor, at=at)
    refuse_upload(now, slot)
    stored = store_file(content=content, content_type=result.content_type, at=at)
    material, _ = Material.objects.get_or_create(case=now.case, key=slot.key)
    version = material.files.count() + 1
    file = MaterialFile.objects.create(
        material=material, version=version, stored=stored, name=clean_name(name), pages=result.pages,
        uploaded_by_id=actor.person_id, uploaded_at=at,
    )
    material.current, material.status = file, Material.Status.UPLOADED
    material.save(update_fields=["current", "status"])
    store.record(now, "upload", {"material": slot.key, "version": version, "sha256": stored.sha256})
    return file


@transaction.atomic
def remove_material(*, case_id: UUID, key: str, actor: Actor, at: datetime) -> None:
    """Take the current file out of its slot. The version stays in the history; nothing is destroyed."""
    now = locked(case_id, actor=actor, at=at)
    slot = slot_of(now, key)
    refuse_upload(now, slot)
    material = now.materials.get(key)
    if material is None or material.current is None:
        return
    MaterialFile.objects.filter(id=material.current.id).update(removed_at=at)
    material.current, material.status = None, Material.Status.MISSING
    material.save(update_fields=["current", "status"])
    store.record(now, "remove", {"material": key})


def slot_of(seen: Dossier, key: str) -> MaterialSlot:
    slot = seen.service.slots().get(key)
    if slot is None:
        raise Refused(Reason("unknown_material", Text("没有这项材料。", "There is no such document.")))
    return slot


def refuse_upload(seen: Dossier, slot: MaterialSlot) -> None:
    reasons = may_upload(slot, seen.step, seen.here)
    if not reasons and is_locked(seen.words.get(("material", slot.key))):
        reasons = [Reason("locked", Text("此材料已审核通过，不用重传。", "This document has been accepted; it need not be replaced."))]
    if not reasons and not any(s.slot.key == slot.key for s in seen.slots):
        reasons = [
            Reason("not_needed", Text("按现在的填报内容，不需要这项材料。", "With the present answers this document is not needed."))
        ]
    if reasons:
        raise Refused(*reasons)


def clean_name(name: str) -> str:
    """What the user called it, without path or control characters. Never used as a path."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable())[:120] or "document.pdf"
