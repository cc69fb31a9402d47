"""What happened to a case, in words that its reader may see."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from laihua.accounts.permissions import ROLES
from laihua.accounts.queries import names_of
from laihua.cases import told
from laihua.cases.models import CaseEvent, Message
from laihua.cases.queries.dossier import Dossier
from laihua.catalog.compiled import Definition
from laihua.catalog.definitions import ReturnReason
from laihua.catalog.proceedings import OPEN
from laihua.kernel.texts import Text

BESIDE_MOVES = {
    "start": Text("创建草稿", "Draft created"),
    "upload": Text("上传材料", "Document uploaded"),
    "make_checklist": Text("生成材料清单", "List of documents made"),
    "told": Text("通知已送达，开始计时", "Notice delivered, the time runs"),
    "reuse": Text("沿用以前交过的材料", "Document of an earlier case taken over"),
    "remove": Text("删除材料", "Document removed"),
    "adopt_finding": Text("按材料更正填报内容", "Answer set to what the document says"),
    "explain_finding": Text("对核对结果作了说明", "Explanation given on a finding"),
    "invite": Text("发送邀请给申请人", "Invitation sent to the applicant"),
    "link": Text("申请人通过邀请核对身份", "Applicant linked by invitation"),
    OPEN: Text("开始办理", "Proceeding opened"),
    "claim": Text("领取", "Claimed"),
    "release": Text("释放", "Released"),
    "hand_over": Text("转交", "Reassigned"),
    "look_at": Text("查看隐去的内容", "Hidden value looked at"),
    "ask_experts": Text("送专家评审", "Sent to experts"),
    "give_opinion": Text("专家提交评审意见", "An expert gave an opinion"),
    "decline_opinion": Text("专家回避", "An expert declined"),
    "book": Text("预约窗口时间", "Window time booked"),
    "cancel_booking": Text("取消预约", "Booking cancelled"),
    "merge_subject": Text("申请人的重复账号已合并", "The applicant's duplicate accounts were merged"),
}
OFFICE_ONLY = frozenset({"claim", "release", "hand_over", "look_at", "ask_experts", "give_opinion", "decline_opinion"})


@dataclass(frozen=True, slots=True)
class Entry:
    """`who` is a name for the applicant's own side and for officers; an applicant sees an officer's post instead."""

    at: datetime
    what: Text
    who: Text | str
    kind: str                           # move | return | other
    round: int
    clock: str
    text: str
    reasons: tuple[ReturnReason, ...]
    details: Any
    proceeding: Text | None = None      # where several offices have the case


def history(dossier: Dossier) -> list[Entry]:
    """Newest first. Two statements, whatever its length, and two more where an agency acts."""
    events = CaseEvent.objects.filter(chain=str(dossier.case.id)).order_by("-seq")
    if dossier.is_applicant:
        events = events.exclude(move__in=OFFICE_ONLY)
    rows = list(events)
    names = names_of({e.actor_id for e in rows if e.actor_id})
    titles = {run.proceeding.id: run.title for run in dossier.runs} if dossier.is_shared else {}
    return [
        replace(entry(dossier, e, names), proceeding=titles.get(e.proceeding_id) if e.to_step and e.proceeding_id else None) for e in rows
    ]


def entry(dossier: Dossier, event: CaseEvent, names: Any) -> Entry:
    service, details = dossier.service, event.details
    move = service.moves.get(event.move)
    codes = {c for v in details.get("verdicts", []) if v["result"] == "returned" for c in v["reasons"]}
    return Entry(
        at=event.at, what=what_happened(dossier.definition, event), who=name_for(dossier, event, names), round=event.round,
        clock=event.clock,
        kind="return" if move and move.clock == "pause" else "move" if move else "other", text=details.get("text", ""),
        reasons=tuple(service.reasons[c] for c in sorted(codes) if c in service.reasons), details=details,
    )


def what_happened(definition: Definition, event: CaseEvent) -> Text:
    service, details = definition.service, event.details
    move = service.moves.get(event.move)
    what = move.past if move else BESIDE_MOVES.get(event.move, Text(event.move, event.move))
    if event.move == "look_at" and (seen := definition.field(details.get("place", ""))):
        what = Text(f"{what.zh}：{seen.label.zh}", f"{what.en}: {seen.label.en}")
    if proof := details.get("proof"):
        said = told.in_words(proof, service)
        what = Text(f"{what.zh}：{said.zh}", f"{what.en}: {said.en}")
    if at := details.get("automatic_at"):
        when = f"{timezone.localtime(datetime.fromisoformat(at)):%Y-%m-%d %H:%M}"
        what = Text(f"{what.zh}；{when}自动办理", f"{what.en}; it happens by itself at {when}")
    if slot := service.slots().get(details.get("material", "")):
        what = Text(f"{what.zh}：{slot.title.zh}", f"{what.en}: {slot.title.en}")
    return what


def name_for(dossier: Dossier, event: CaseEvent, names: Any) -> Text | str:
    role = ROLES.get(event.role)
    if event.actor_id is None:
        return Text("系统", "The hall")
    if (by := dossier.agency_and_principal) and event.organisation_id == dossier.case.agency_id:
        return Text("{agency}代{principal}，{name}", "{agency} for {principal}, {name}").format(
            agency=by[0], principal=by[1], name=names.get(event.actor_id, ""))
    if dossier.is_applicant and role is not None and role.side in ("authority", "expert"):
        return role.title
    return str(names.get(event.actor_id, ""))


def return_text(dossier: Dossier) -> str:
    """What the officer wrote with the return that is being corrected."""
    pauses = [key for key, move in dossier.service.moves.items() if move.clock == "pause"]
    last = CaseEvent.objects.filter(proceeding=dossier.proceeding, move__in=pauses).order_by("-seq").first()
    return str(last.details.get("text", "")) if last else ""


def messages_of(dossier: Dossier) -> list[tuple[Message, Text | str]]:
    """Oldest first, with the name that the reader may see."""
    rows = list(Message.objects.filter(case=dossier.case).order_by("at", "id"))
    names = names_of({m.author_id for m in rows})
    return [
        (m, ROLES[m.role].title if dossier.is_applicant and m.role in ROLES else str(names.get(m.author_id, "")))
        for m in rows
    ]
