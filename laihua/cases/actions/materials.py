"""Files into the slots of the checklist."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from laihua.accounts.permissions import Actor
from laihua.cases import prints, store
from laihua.cases.actions.lock import at_hand
from laihua.cases.actions.reading import ask_reading
from laihua.cases.models import Material, MaterialFile, Print
from laihua.cases.queries.consents import missing_consents
from laihua.cases.queries.dossier import Dossier, dossier
from laihua.cases.rules import may_upload
from laihua.catalog.definitions import MaterialSlot, Output
from laihua.kernel.actions import store_file
from laihua.kernel.texts import Reason, Refused, Text
from laihua.prechecks import gate

NO_CONSENT = Text(
    "这份材料含敏感个人信息（{what}），请先在本页上方阅读并同意，再上传",
    "This document holds sensitive data ({what}). Please read and consent at the top of this page first, then upload it",
)
ACCEPTED = Text("此材料已审核通过，不用重传。", "This document has been accepted; it need not be replaced.")
KEPT = Text(
    "此材料没有退回，有机关正在审核或已审核通过，不用重传。",
    "This document was not returned; an office is reviewing it or has accepted it, so it need not be replaced.")
SEE_CONSENT = Text("去阅读", "Read it")


def upload_material(*, case_id: UUID, key: str, name: str, content: bytes, actor: Actor, at: datetime) -> MaterialFile:
    """Put a file into a slot, as a further version if there is one.

    Refused with the page and the way to mend it: another type, too large, damaged, encrypted, with scripts or embedded
    files (PRE-1); a slot of the other end, a locked slot, a step that takes no files; the scan of a printed form that has
    no code, that of another case, or one of answers that were changed since. The file is opened in a child
    process before the case is locked, so that a slow file holds nobody up.
    """
    seen = dossier(case_id, actor=actor, at=at).at_hand()
    slot = slot_of(seen, key)
    refuse_upload(seen, slot)
    refuse_without_consent(seen, slot)
    result = gate.inspect(
        content, name=name, accept=slot.accept, max_bytes=slot.max_bytes, colour=slot.colour,
        codes=codes_wanted(seen, slot),
    )
    if not result.ok:
        raise Refused(*result.problems)
    return keep(case_id, slot, name, content, result, actor, at)


@transaction.atomic
def keep(
    case_id: UUID, slot: MaterialSlot, name: str, content: bytes, result: gate.GateResult, actor: Actor, at: datetime
) -> MaterialFile:
    now = at_hand(case_id, actor=actor, at=at)
    refuse_upload(now, slot)
    printed = print_on_scan(now, slot, result.codes)
    stored = store_file(content=content, content_type=result.content_type, at=at)
    known = now.materials.get(slot.key)
    material = known or Material(case=now.case, key=slot.key)
    version = known.files.count() + 1 if known else 1
    file = MaterialFile(
        material=material, version=version, stored=stored, name=clean_name(name), pages=result.pages,
        uploaded_by_id=actor.person_id, uploaded_at=at, printed=printed,
    )
    material.current, material.status = file, Material.Status.UPLOADED
    material.save()                     # each names the other; keys are checked at the end of the transaction
    file.save(force_insert=True)
    ask_reading(file, slot, at)
    store.record(now, "upload", {"material": slot.key, "version": version, "sha256": stored.sha256})
    return file


@transaction.atomic
def remove_material(*, case_id: UUID, key: str, actor: Actor, at: datetime) -> None:
    """Take the current file out of its slot. The version stays in the history; nothing is destroyed."""
    now = at_hand(case_id, actor=actor, at=at)
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
    if not reasons and seen.is_locked_material(slot.key) and slot.key not in seen.outdated:
        reasons = [Reason("locked", KEPT if seen.others else ACCEPTED)]
    if not reasons and slot.key not in {s.slot.key for s in seen.slots} & {s.slot.key for s in seen.due_list}:
        reasons = [
            Reason("not_needed", Text("按现在的填报内容，不需要这项材料。", "With the present answers this document is not needed."))
        ]
    if reasons:
        raise Refused(*reasons)


def refuse_without_consent(seen: Dossier, slot: MaterialSlot) -> None:
    """Sensitive data is taken only from whoever has consented separately, to the text as it stands (PIPL art. 29)."""
    missing = missing_consents(seen, [slot.key])
    if missing:
        named = Text("、".join(p.title.zh for p in missing), ", ".join(p.title.en for p in missing))
        raise Refused(Reason("consent_missing", NO_CONSENT.format(what=named), link="#consent", link_text=SEE_CONSENT,
                             place=f"material:{slot.key}"))


@transaction.atomic
def keep_print(*, case_id: UUID, output: str, actor: Actor, at: datetime) -> Print:
    """What the form says now, kept so that its scan can be compared. The same content is one print, however often made."""
    now = dossier(case_id, actor=actor, at=at)
    said = now.printed()
    made, _ = Print.objects.get_or_create(
        case=now.case, digest=prints.digest_of(output, said),
        defaults={
            "output": output, "version": now.case.revision, "answers": said, "printed_by_id": actor.account_id, "printed_at": at,
        },
    )
    return made


def round_trip_of(seen: Dossier, slot: MaterialSlot) -> Output | None:
    """The form whose scan this slot takes, if its code is read."""
    output = seen.service.outputs[slot.form] if slot.form else None
    return output if output is not None and output.round_trip else None


def codes_wanted(seen: Dossier, slot: MaterialSlot) -> gate.Codes:
    """Of which pages of a scan the codes are read."""
    output = round_trip_of(seen, slot)
    return "" if output is None else "all" if output.duplex else "first"


def print_on_scan(now: Dossier, slot: MaterialSlot, codes: Sequence[str]) -> Print | None:
    """The print that was signed and scanned. Refused: no code, that of another case or form, answers changed since,
    one side alone of a duplex form."""
    output = round_trip_of(now, slot)
    if output is None:
        return None
    read = [code for text in codes if (code := prints.read(text))]
    button = quoted(output)
    if not read:
        raise Refused(refusal(slot, "print_no_code", prints.NO_CODE.format(button=button)))
    ours = [code for code in read if code.case == now.case.number]
    if not ours:
        raise Refused(refusal(slot, "print_other_case", prints.OTHER_CASE.format(other=read[0].case, number=now.case.number)))
    found = list(Print.objects.filter(case=now.case, output=output.key, digest__in=[code.digest for code in ours]))
    if not found:
        raise Refused(refusal(slot, "print_unknown", prints.UNKNOWN.format(title=output.title, button=button)))
    said = {printed: now.said_of_print(output, printed) for printed in found}
    for printed, wrong in said.items():
        if wrong is None:
            side = prints.missing_side(ours, printed.digest) if output.duplex else None
            if side is not None:
                raise Refused(refusal(slot, "print_one_side", prints.ONE_SIDE.format(side=side)))
            return printed
    latest = max(found, key=lambda one: one.printed_at)
    raise Refused(refusal(slot, "print_outdated", said[latest] or prints.UNREAD))


def quoted(output: Output) -> Text:
    """As the button says it."""
    button = output.button or Text(f"打印{output.title.zh}", f"Print {output.title.en}")
    return Text(f"点“{button.zh}”重新打印", button.en)


def refusal(slot: MaterialSlot, code: str, text: Text) -> Reason:
    return Reason(code, text, place=f"material:{slot.key}")


def clean_name(name: str) -> str:
    """What the user called it, without path or control characters. Never used as a path."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable())[:120] or "document.pdf"
