"""What officers do between the moves: take a case, judge its parts, tick originals."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from laihua.accounts.permissions import Actor
from laihua.accounts.queries import holders_of
from laihua.cases import store
from laihua.cases.actions.lock import at_hand, locked
from laihua.cases.guards import GUARDS
from laihua.cases.models import OriginalCheck, Verdict, new_id
from laihua.cases.queries.dossier import Dossier, NotYours
from laihua.cases.queries.officer import AUTHORITY
from laihua.cases.queries.review import Shown, value_at
from laihua.cases.rules import Item, is_locked
from laihua.kernel.texts import Reason, Refused, Text


@transaction.atomic
def claim(*, case_id: UUID, actor: Actor, at: datetime, proceeding: str = "main") -> None:
    """Take the case to work on it. Exactly one officer wins; the other is told who has it and since when."""
    now = locked(case_id, actor=actor, at=at, proceeding=proceeding)
    p = now.proceeding
    refuse_unless_officer(now)
    if p.holder_id == actor.account_id:
        return
    if p.holder_id is not None:
        raise Refused(*GUARDS["holder"].check(now.facts(frozenset())))
    p.holder_id, p.held_at = actor.account_id, at
    p.version += 1
    p.save(update_fields=["holder", "held_at", "version"])
    store.record(now, "claim", by=[now.step.by])


@transaction.atomic
def release(*, case_id: UUID, actor: Actor, at: datetime, proceeding: str = "main") -> None:
    """Give the case back to the queue. Verdicts given stay. A head may release what another holds."""
    now = locked(case_id, actor=actor, at=at, proceeding=proceeding)
    p = now.proceeding
    if p.holder_id is None:
        return
    if p.holder_id != actor.account_id and "head" not in now.here:
        raise Refused(*GUARDS["holder"].check(now.facts(frozenset())))
    store.record(now, "release", {"from": str(p.holder_id)})
    p.holder_id, p.held_at = None, None
    p.version += 1
    p.save(update_fields=["holder", "held_at", "version"])


@transaction.atomic
def hand_over(*, case_id: UUID, to: UUID, actor: Actor, at: datetime, proceeding: str = "main") -> None:
    """A head gives the case to one of the officers who may work its step."""
    now = locked(case_id, actor=actor, at=at, proceeding=proceeding)
    if "head" not in now.here:
        raise Refused(Reason("not_head", Text("只有部门负责人可以转交。", "Only the head of office can reassign a case.")))
    p = now.proceeding
    if now.step.holder != "authority" or to not in holders_of(now.step.by, p.office_id):
        raise Refused(
            Reason(
                "not_their_step",
                Text("此人不办理“{step}”环节，请另选。", "That person does not work on “{step}”; choose another.").format(
                    step=now.step.title
                ),
                place="to",
            )
        )
    p.holder_id, p.held_at = to, at
    p.version += 1
    p.save(update_fields=["holder", "held_at", "version"])
    store.record(now, "hand_over", {"to": str(to)})


def refuse_unless_officer(now: Dossier) -> None:
    if now.step.by not in now.here or now.step.holder != "authority":
        raise Refused(
            Reason(
                "not_your_step",
                Text("“{step}”环节不由您办理。", "“{step}” is not yours to work on.").format(step=now.step.title),
            )
        )


@transaction.atomic
def record_verdicts(
    *,
    case_id: UUID,
    items: Sequence[tuple[str, str]],
    result: str,
    actor: Actor,
    at: datetime,
    reasons: Sequence[str] = (),
    note: str = "",
    proceeding: str = "main",
) -> int:
    """Say accepted or returned of these items (kind, key), in this round. Says it again to change it.

    A return needs at least one reason of the service that applies to the kind of item. What was accepted before is not
    accepted twice, but may still be returned: the window sees papers that the screen did not. A document that is not there
    is asked for in the same way, and has to be given before the case is submitted again.
    """
    now = locked(case_id, actor=actor, at=at, proceeding=proceeding)
    refuse_unless_judging(now)
    chosen = [item_of(now, item, absent=result == "returned") for item in items]
    if result == "returned":
        refuse_reasons(now, chosen, reasons)
    else:
        chosen = left_to_accept(now, chosen)
    known = {(v.kind, v.key): v.id for v in now.verdicts if v.word.round == now.proceeding.round}
    rows = [
        Verdict(
            id=known.get(item.id) or new_id(), proceeding=now.proceeding, round=now.proceeding.round, kind=item.kind,
            key=item.key, result=result, reasons=list(reasons) if result == "returned" else [],
            note=note.strip() if result == "returned" else "", subject_digest=item.digest, by_id=actor.person_id, at=at,
        )
        for item in chosen
    ]
    said_anew = ("result", "reasons", "note", "subject_digest", "by", "at", "published_at")
    Verdict.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=said_anew)
    return len(chosen)


def left_to_accept(now: Dossier, chosen: list[Item]) -> list[Item]:
    """Without what is accepted as it stands. What the applicant is correcting for another office waits until he hands it in:
    left out among many, refused by itself."""
    waiting = [i for i in chosen if now.being_corrected(i.id)]
    if waiting and waiting == chosen:
        said = now.being_corrected(waiting[0].id)
        text = Text(
            "申请方正按“{title}”的退回意见补正这一项，重新提交后再审核。",
            "The applicant is correcting this item as “{title}” asked; review it once it has been submitted again.")
        raise Refused(Reason("in_correction", text.format(title=said.title if said else ""), place=":".join(waiting[0].id)))
    words = ((i, now.words.get(i.id)) for i in chosen if i not in waiting)
    return [i for i, word in words if word is None or not is_locked(word) or word.digest != i.digest]


@transaction.atomic
def clear_verdict(*, case_id: UUID, item: tuple[str, str], actor: Actor, at: datetime, proceeding: str = "main") -> None:
    """Take a verdict of this round back while it is not yet told."""
    now = locked(case_id, actor=actor, at=at, proceeding=proceeding)
    refuse_unless_judging(now)
    Verdict.objects.filter(
        proceeding=now.proceeding, round=now.proceeding.round, kind=item[0], key=item[1], published_at=None
    ).delete()


def refuse_unless_judging(now: Dossier) -> None:
    if not now.step.reviews:
        raise Refused(Reason("no_review", Text("此环节不给审核意见。", "No verdicts are given at this step.")))
    refuse_unless_officer(now)
    held = GUARDS["holder"].check(now.facts(frozenset()))
    if held:
        raise Refused(*held)


def item_of(now: Dossier, wanted: tuple[str, str], *, absent: bool = False) -> Item:
    """`absent`: also a document that is not there, which can be asked for and no more."""
    for item in (*now.items, *(now.absent_here if absent else ())):
        if item.id == wanted:
            return item
    raise Refused(Reason("unknown_item", Text("案件中没有这一项。", "The case has no such item."), place=wanted[1]))


def refuse_reasons(now: Dossier, chosen: Sequence[Item], reasons: Sequence[str]) -> None:
    known = now.service.reasons
    kinds = {i.kind for i in chosen}
    if not reasons:
        raise Refused(Reason("reason_missing", Text("请选择退回原因。", "Choose a reason for the return."), place="reasons"))
    wrong = [r for r in reasons if r not in known or not kinds <= set(known[r].applies)]
    if wrong:
        raise Refused(
            Reason(
                "reason_unknown",
                Text("退回原因 {codes} 不适用于此项。", "The reason {codes} does not apply here.").format(codes=", ".join(wrong)),
                place="reasons",
            )
        )


@transaction.atomic
def reply_to_return(*, case_id: UUID, item: tuple[str, str], text: str, actor: Actor, at: datetime) -> None:
    """“What I gave is right”: the applicant's words on a returned item, which travel to the officer."""
    now = at_hand(case_id, actor=actor, at=at)
    if not now.may_edit:
        raise Refused(Reason("not_editable", Text("现在不能答复退回意见。", "A return cannot be answered now.")))
    answered = [answer(run, item, text) for run in now.runs if run.may_edit]
    if not any(answered):
        raise Refused(Reason("unknown_item", Text("这一项没有退回意见。", "This item was not returned."), place=item[1]))


def answer(now: Dossier, item: tuple[str, str], text: str) -> bool:
    """Beside the latest return of the item in this proceeding, if there is one."""
    latest = (
        Verdict.objects.filter(
            proceeding=now.proceeding, kind=item[0], key=item[1], result="returned", published_at__isnull=False
        )
        .order_by("-round")
        .first()
    )
    if latest is None:
        return False
    latest.reply = text.strip()[:1000]
    latest.save(update_fields=["reply"])
    return True


@transaction.atomic
def tick_original(
    *, case_id: UUID, key: str, matches: bool, actor: Actor, at: datetime, note: str = "", reasons: Sequence[str] = (),
    proceeding: str = "main",
) -> None:
    """The clerk's word on one original, held against the upload that stands now.

    With reasons an original that does not match is marked for return at once; a match takes such a mark back.
    """
    now = locked(case_id, actor=actor, at=at, proceeding=proceeding)
    if not now.step.originals:
        raise Refused(Reason("no_originals", Text("此环节不核对原件。", "No originals are checked at this step.")))
    refuse_unless_officer(now)
    if held := GUARDS["holder"].check(now.facts(frozenset())):
        raise Refused(*held)
    if key not in {k for k, _, _ in now.originals}:
        raise Refused(Reason("unknown_material", Text("没有这项原件。", "There is no such original."), place=key))
    if not matches and not note.strip():
        raise Refused(Reason("note_missing", Text("请写明哪里不一致。", "Say what does not match."), place="note"))
    check = OriginalCheck(
        id=now.held[key].check_id or new_id(), proceeding=now.proceeding, material_file_id=now.held[key].file_id,
        matches=matches, note=note.strip(), by_id=actor.person_id, at=at,
    )
    OriginalCheck.objects.bulk_create(
        [check], update_conflicts=True, unique_fields=["id"], update_fields=("matches", "note", "by", "at")
    )
    item, word = ("material", key), now.words.get(("material", key))
    judge: dict[str, Any] = {"case_id": case_id, "items": [item], "actor": actor, "at": at, "proceeding": proceeding}
    if not matches and reasons:
        record_verdicts(result="returned", reasons=reasons, note=note, **judge)
    elif matches and word is not None and word.result == "returned" and not word.published:
        record_verdicts(result="accepted", **judge)


@transaction.atomic
def look_at(*, case_id: UUID, place: str, actor: Actor, at: datetime, proceeding: str = "main") -> Shown:
    """Show a hidden value in full. Who looked at what stands in the history of the case from then on."""
    now = locked(case_id, actor=actor, at=at, proceeding=proceeding)
    if not now.here & AUTHORITY or now.case.submitted_at is None:
        raise NotYours
    shown = value_at(now, place)
    if shown is None:
        raise Refused(Reason("unknown_item", Text("案件中没有这一项。", "The case has no such item."), place=place))
    store.record(now, "look_at", {"place": place}, by=[now.step.by])
    return shown
