"""What people say of the findings of pre-review: applicants answer them, officers say whether they are right."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction

from laihua.accounts.permissions import Actor
from laihua.cases import store
from laihua.cases.actions.drafts import save_answers
from laihua.cases.actions.lock import at_hand, locked
from laihua.cases.models import FindingReply, FindingVerdict
from laihua.cases.queries.dossier import Dossier, NotYours
from laihua.cases.queries.officer import AUTHORITY
from laihua.cases.queries.prechecking import Noted, Precheck, findings_of
from laihua.kernel.texts import Reason, Refused, Text
from laihua.prechecks.checks import checks

How = Literal["adopt", "explain", "seen", "take_back"]
LONGEST = 1000
CHANGED = Text(
    "这条核对结果已经变了（填报内容或材料有改动），请看最新的结果。",
    "This finding has changed, since the form or the document did. Please look at it as it is now.",
)
NOT_NOW = Text("现在不能答复核对结果。", "Findings cannot be answered now.")
NOT_ADOPTED = Text(
    "这条核对结果不能一键更正，请自己修改填报内容。", "This one cannot be corrected by a click. Please change the form yourself.")
NO_TEXT = Text("请写明为什么填报内容是对的，{n}字以内。", "Please say why the form is right, in at most {n} characters.")
NOT_HELD = Text("领取本案后才能评价核对结果。", "Take the case first; then you can say whether findings are right.")
NO_CHECK = Text("请选择漏报的是哪一项核对。", "Please choose which check missed it.")


@transaction.atomic
def answer_finding(*, case_id: UUID, key: str, digest: str, how: How, actor: Actor, at: datetime, text: str = "") -> None:
    """`adopt`: the form takes over what the document says, as if it were typed. `explain`: the form is right, for this reason;
    the officer reads it. `seen`: nothing to say. `take_back`: neither explained nor seen.

    Refused: a finding that is no longer what the page showed (`digest`), somebody with whom the case does not lie, fields
    that are not his to change, an explanation without words.
    """
    now = at_hand(case_id, actor=actor, at=at)
    found = findings_of(now)
    if not found.answers:
        raise Refused(Reason("not_editable", NOT_NOW))
    one = as_shown(found, key, digest)
    if how == "adopt":
        adopt(now, one)
        return
    if how == "take_back":
        FindingReply.objects.filter(case=now.case, key=key).delete()
        return
    said = text.strip()
    if how == "explain" and not 0 < len(said) <= LONGEST:
        raise Refused(Reason("text_missing", NO_TEXT.format(n=LONGEST), place=key))
    FindingReply.objects.filter(case=now.case, key=key).delete()
    FindingReply.objects.create(
        case=now.case, key=key, digest=digest, seen=how == "seen", text=said if how == "explain" else "",
        by_id=actor.person_id, at=at,
    )
    if how == "explain":
        store.record(now, "explain_finding", {"material": one.finding.slot, "finding": key})


def adopt(now: Dossier, one: Noted) -> None:
    if not one.adopts:
        raise Refused(Reason("not_adopted", NOT_ADOPTED, place=one.key))
    changes = {a.field: one.finding.suggests[a.field] for a in one.adopts}
    save_answers(case_id=now.case.id, changes=changes, base=now.case.revision, actor=now.actor, at=now.at)
    FindingReply.objects.filter(case=now.case, key=one.key).delete()
    store.record(now, "adopt_finding", {"material": one.finding.slot, "finding": one.key, "fields": sorted(changes)})


@transaction.atomic
def judge_finding(
    *, case_id: UUID, key: str, digest: str, word: Literal["right", "wrong", ""], actor: Actor, at: datetime, proceeding: str = "main"
) -> None:
    """The word of the officer who holds the case on one finding; an empty one takes it back. It changes nothing in the case."""
    now = locked(case_id, actor=actor, at=at, proceeding=proceeding)
    found = judged_by_officer(now)
    one = as_shown(found, key, digest)
    if not word:
        FindingVerdict.objects.filter(proceeding=now.proceeding, key=key).delete()
        return
    FindingVerdict.objects.update_or_create(
        proceeding=now.proceeding, key=key, defaults={
            "digest": digest, "check_name": one.finding.check, "kind": found.kind_of(one.finding.slot), "level": one.level,
            "word": word, "by_id": actor.person_id, "at": at,
        },
    )


@transaction.atomic
def report_missed(
    *, case_id: UUID, slot: str, check: str, actor: Actor, at: datetime, field: str = "", note: str = "", proceeding: str = "main"
) -> None:
    """The officer who holds the case found in a document what no finding said: which check should have told it."""
    now = locked(case_id, actor=actor, at=at, proceeding=proceeding)
    found = judged_by_officer(now)
    read = found.slot(slot)
    if read is None or read.state == "missing" or (field and field not in now.service.field_keys()):
        raise Refused(Reason("unknown_item", Text("案件中没有这一项。", "The case has no such item."), place=field or slot))
    if check not in checks():
        raise Refused(Reason("unknown_check", NO_CHECK, place="check"))
    FindingVerdict.objects.update_or_create(
        proceeding=now.proceeding, key=missed_key(slot, field), defaults={
            "digest": "", "check_name": check, "kind": read.kind, "level": "", "word": FindingVerdict.Word.MISSED,
            "note": note.strip()[:LONGEST], "by_id": actor.person_id, "at": at,
        },
    )


@transaction.atomic
def take_back_missed(*, case_id: UUID, slot: str, actor: Actor, at: datetime, field: str = "", proceeding: str = "main") -> None:
    now = locked(case_id, actor=actor, at=at, proceeding=proceeding)
    judged_by_officer(now)
    FindingVerdict.objects.filter(proceeding=now.proceeding, key=missed_key(slot, field), word=FindingVerdict.Word.MISSED).delete()


def judged_by_officer(now: Dossier) -> Precheck:
    if not now.here & AUTHORITY or now.case.submitted_at is None:
        raise NotYours
    found = findings_of(now)
    if not found.judges:
        raise Refused(Reason("not_held", NOT_HELD))
    return found


def as_shown(found: Precheck, key: str, digest: str) -> Noted:
    one = found.finding(key)
    if one is None or one.digest != digest:
        raise Refused(Reason("finding_changed", CHANGED, place=key))
    return one


def missed_key(slot: str, field: str) -> str:
    return f"missed:{slot}:{field}" if field else f"missed:{slot}"
