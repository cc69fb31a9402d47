"""现在需要您做的: the one thing that is to be done now by whoever looks, or who has the case and until when.

Worked out from the step, its holder, its booking, the papers and the moves that stand open; never from the service.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from laihua.accounts.permissions import ROLES
from laihua.cases.queries import Dossier, Offer, waiting, windows_of
from laihua.kernel.texts import Text
from laihua.portal.applicant.days import days, on, with_weekday
from laihua.portal.applicant.papers import Paper, of_entry, the_permit
from laihua.portal.applicant.progress import limit_text, next_step
from laihua.portal.applicant.returns import all_returned
from laihua.portal.applicant.steps import may_supply

WAIT = Text("现在不用您办理，请等待", "Nothing for you to do now; please wait")
DONE = Text("不用您办理了", "Nothing more to do")


@dataclass(frozen=True, slots=True)
class Act:
    """A link, or (with `offer`) a move that is posted."""

    label: Text
    url: str = ""
    icon: str = ""
    offer: Offer | None = None


@dataclass(frozen=True, slots=True)
class Todo:
    """`primary` is the page's one filled button; a page on which one waits has none."""

    title: Text
    lines: list[Text] = field(default_factory=list)
    primary: Act | None = None
    others: list[Act] = field(default_factory=list)


def todo(dossier: Dossier, offers: Sequence[Offer], found: Sequence[Paper], booking: Any) -> Todo:
    step = dossier.step
    if step.outcome:
        return closed(dossier, found)
    if step.visit and dossier.is_applicant:
        return to_the_window(dossier, offers)
    if step.holder == dossier.side or may_supply(dossier):
        return mine(dossier, offers)
    if step.holder in ("unit", "subject"):
        return the_other_ends(dossier)
    if step.booking:
        return at_the_window(dossier, found, booking)
    return with_the_office(dossier)


# The case lies with whoever looks

def mine(dossier: Dossier, offers: Sequence[Offer]) -> Todo:
    if dossier.step.editable:
        return to_correct(dossier) if dossier.proceeding.asked_by_step else to_fill_in(dossier)
    if dossier.side == "subject" and dossier.service.confirmation is not None:
        lines = [Text("看一遍单位填写的内容和材料，勾选承诺，然后提交。",
                      "Read what the employer filled in, tick the declarations, then submit.")]
        return Todo(
            Text("核对并确认申请", "Check and confirm the application"), [*lines, *until(dossier)],
            Act(Text("核对并确认", "Check and confirm"), reverse("applicant:confirm", args=[dossier.case.id])),
        )
    mine_now = [o for o in offers if not o.move.danger]
    open_one = next((o for o in mine_now if o.move.text != "required"), next(iter(mine_now), None))
    act = Act(open_one.move.label, offer=open_one) if open_one else None
    others = [Act(o.move.label, offer=o) for o in mine_now if o is not open_one and o.open]
    lines = [dossier.step.hint, *by_itself(dossier), *until(dossier)]
    return Todo(open_one.move.label if open_one else dossier.step.title, lines, act, others)


def by_itself(dossier: Dossier) -> list[Text]:
    """What the hall will do unless one acts, and exactly when."""
    found = []
    for one in waiting(dossier):
        if one.at is None:
            after = one.move.automatic.after if one.move.automatic else None
            if after is not None:
                n = days(after.days, after.kind)
                found.append(Text(
                    f"通知送达后{n.zh}内没有操作的，系统将{one.move.label.zh}；通知送达之前不会自动办理。",
                    f"Without any action for {n.en} after the notice has reached you the hall acts by itself "
                    f"({lower(one.move.label.en)}); before that nothing happens."))
            continue
        at = timezone.localtime(one.at)
        found.append(Text(
            f"系统将于{at:%Y-%m-%d %H:%M}{one.move.label.zh}；在此之前您都可以操作。",
            f"At {at:%Y-%m-%d %H:%M} (China time) the hall acts by itself: {lower(one.move.label.en)}. Until then it is yours to decide."))
    return found


def to_fill_in(dossier: Dossier) -> Todo:
    form = Act(Text("修改申请", "Edit the application"), reverse("applicant:form", args=[dossier.case.id]))
    last = dossier.last
    if last is None:
        title = Text("填写并提交申请", "Fill in and submit the application")
        return Todo(title, [dossier.step.hint], Act(Text("继续填写", "Continue"), form.url))
    move = dossier.service.moves.get(last.move)
    past = move.past if move else Text("", "")
    line = Text(f"{past.zh}（{on(last.at):%Y-%m-%d}）。改好后重新提交。",
                f"{past.en} ({on(last.at):%Y-%m-%d}). Submit again once it is mended.")
    return Todo(Text("修改后重新提交", "Correct and submit again"), [line], form)


def to_correct(dossier: Dossier) -> Todo:
    items = all_returned(dossier)
    fields = sum(i.kind == "field" for i in items)
    materials = len(items) - fields
    n = len(items)
    left = sum(not (i.is_changed or i.reply) for i in items)
    parts = [
        Text(f"{fields}处填报内容", f"{fields} answer{'' if fields == 1 else 's'}") if fields else None,
        Text(f"{materials}项材料", f"{materials} document{'' if materials == 1 else 's'}") if materials else None,
    ]
    named = [p for p in parts if p]
    what = Text("、".join(p.zh for p in named), " and ".join(p.en for p in named))
    first = Text(f"共{n}项退回：{what.zh}，还有{left}项未改。已审核的部分不用改。",
                 f"{n} item{'' if n == 1 else 's'} returned: {what.en}; {left} still to be corrected. Accepted parts stay as they are.")
    clock = Text("计时已暂停，重新提交后继续。", "The clock is paused and goes on once you submit again.")
    page, label = ("form", Text("查看并补正", "See and correct")) if fields else ("materials", Text("补正材料", "Correct the documents"))
    ready = left == 0 and n > 0
    primary = (
        Act(Text("核对并重新提交", "Check and submit again"), reverse("applicant:check", args=[dossier.case.id]))
        if ready else Act(label, reverse(f"applicant:{page}", args=[dossier.case.id]))
    )
    other = [Act(Text("退回的材料", "Returned documents"), reverse("applicant:materials", args=[dossier.case.id]))] if (
        fields and materials and not ready
    ) else []
    return Todo(Text("按退回意见补正", "Correct what was returned"), [first, clock, *until(dossier)], primary, other)


def until(dossier: Dossier) -> list[Text]:
    limit, rule = dossier.limit, dossier.step.limit
    if limit is None or rule is None:
        return []
    left = days(max(0, limit.left), rule.kind)
    day = with_weekday(limit.on)
    if limit.left == 0:
        return [Text(f"请于今天（{day.zh}）内办理。", f"Please do it today ({day.en}, China time).")]
    return [Text(f"请于{day.zh}前办理，还剩{left.zh}。", f"Please do it by {day.en} (China time); {left.en} left.")]


def to_the_window(dossier: Dossier, offers: Sequence[Offer]) -> Todo:
    """Nobody waits for an answer: either end goes to a window with the originals, when it suits him."""
    titles = [title for _, title, _ in dossier.originals]
    bring = Text(f"要带的原件：{'、'.join(t.zh for t in titles)}。", f"Bring the originals of: {'; '.join(t.en for t in titles)}.")
    show = Text(f"到窗口出示打印件上的二维码，或者报案件号{dossier.case.number}。",
                f"At the window show the code on the print, or give the case number {dossier.case.number}.")
    windows = [Text(f"{w.name_zh}：{w.address_zh}", f"{w.name_en}: {w.address_en}") for w in windows_of(dossier.proceeding.office_id)]
    others = [Act(o.move.label, offer=o) for o in offers if o.open and not o.move.danger]
    title = Text("带原件到窗口办理", "Take the originals to a window")
    return Todo(title, [dossier.step.hint, bring, show, *windows, *until(dossier)], None, others)


# It lies elsewhere

def the_other_ends(dossier: Dossier) -> Todo:
    step = dossier.step
    if step.holder == "unit":
        who = Text("用人单位正在填写或修改。", "The employer is filling in or correcting the application.")
        return Todo(WAIT, [who, comes_next(dossier)])
    who = Text("等待申请人本人核对并确认。", "The applicant checks and confirms in person.")
    if dossier.case.subject_id is None:
        who = Text(
            "确认邀请已发到申请人的电子邮箱，等待本人打开链接、核对身份。",
            "The invitation went to the applicant's e-mail address; he or she opens the link and proves who it is.",
        )
    return Todo(WAIT, [who, *dates(dossier)])


def dates(dossier: Dossier) -> list[Text]:
    limit, rule = dossier.limit, dossier.step.limit
    if limit is None or rule is None:
        return []
    day, left = with_weekday(limit.on), days(max(0, limit.left), rule.kind)
    return [Text(f"截止{day.zh}，还剩{left.zh}；逾期未办的，退回单位。",
                 f"Until {day.en} (China time), {left.en} left; after that it goes back to the employer.")]


def at_the_window(dossier: Dossier, found: Sequence[Paper], booking: Any) -> Todo:
    book = reverse("applicant:booking", args=[dossier.case.id])
    notice = of_entry(dossier, found)
    where = place(booking) if booking else []
    if dossier.side != dossier.filer:
        if booking:
            return Todo(WAIT, [Text("用人单位将携带原件到窗口：", "The employer brings the originals to the window:"), *where])
        wait = Text("等待用人单位预约窗口、携带原件核验。", "The employer books a time and brings the originals.")
        return Todo(WAIT, [wait, *office_limit(dossier)])
    if booking is None:
        return Todo(
            Text("预约窗口时间", "Book a time at the window"), [dossier.step.hint, *office_limit(dossier)],
            Act(Text("预约时间", "Book a time"), book, "calendar"),
            [download(notice)] if notice else [],
        )
    change = Act(Text("改约", "Change"), book)
    title = Text("带原件到窗口核验", "Bring the originals to the window")
    if notice is None:
        return Todo(title, where, Act(Text("查看预约", "See the appointment"), book))
    return Todo(title, where, download(notice), [change])


def download(paper: Paper) -> Act:
    return Act(Text(f"下载{paper.title.zh}", f"Download {lower(paper.title.en)}"), paper.url, "download")


def lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def place(booking: Any) -> list[Text]:
    starts = timezone.localtime(booking.starts_at)
    times = f"{starts:%H:%M}–{starts + timedelta(minutes=booking.window.minutes):%H:%M}"
    w = with_weekday(starts.date())
    return [
        Text(f"{w.zh} {times}", f"{w.en}, {times} (China time)"),
        Text(f"{booking.window.name_zh}，{booking.window.address_zh}", f"{booking.window.name_en}, {booking.window.address_en}"),
    ]


def with_the_office(dossier: Dossier) -> Todo:
    step = dossier.step
    if step.holder == "hall":
        return Todo(WAIT, [step.hint])
    role = ROLES[step.by].title if step.by in ROLES else Text("审批机关", "The authority")
    who = Text(f"“{step.title.zh}”由{role.zh}办理。", f"“{step.title.en}” is with: {lower(role.en)}.")
    return Todo(WAIT, [who, *office_limit(dossier), comes_next(dossier)])


def office_limit(dossier: Dossier) -> list[Text]:
    limit, rule = dossier.limit, dossier.step.limit
    if limit is None or rule is None:
        return []
    text = limit_text(limit, rule.kind)
    return [Text(f"{text.zh}。", f"{text.en}.")]


def comes_next(dossier: Dossier) -> Text:
    following = next_step(dossier)
    if dossier.case.submitted_at is None:
        following = dossier.service.confirmation or following
    if following is None:
        return Text("办完后会通知您。", "You will be told when it is done.")
    return Text(f"下一步：{following.title.zh}。有进展会通知您。", f"Next: {lower(following.title.en)}. You will be told of any progress.")


# It is closed

def closed(dossier: Dossier, found: Sequence[Paper]) -> Todo:
    outcome = dossier.step.outcome
    if outcome == "approved":
        return receive(dossier, found)
    if outcome == "refused":
        decision = of_entry(dossier, found)
        title = Text("查看不予许可的理由", "See why it was refused")
        lines = [Text("决定书写明理由。不服的，可以按下面的期限申请复议或起诉。",
                      "The decision gives the reasons. You may ask for reconsideration or go to court within the periods below.")]
        return Todo(title, lines, download(decision) if decision else None)
    again = reverse("applicant:start", args=[dossier.service.id])
    others = [Act(Text("重新发起", "Start a new one"), again)] if dossier.side == dossier.filer else []
    return Todo(DONE, [dossier.step.hint], None, others)


def receive_other(dossier: Dossier, found: Sequence[Paper]) -> Todo:
    """What came out of a case without a permit: a paper with a number of its own, that anyone can verify."""
    paper = next((p for p in found if p.verify and p.number != dossier.case.number and not p.is_revoked), None)
    if paper is None:
        return Todo(DONE, [dossier.step.hint])
    number = Text(f"编号{paper.number}", f"No. {paper.number}")
    return Todo(Text(f"领取{paper.title.zh}", f"Receive the {lower(paper.title.en)}"), [number, dossier.step.hint], download(paper))


def receive(dossier: Dossier, found: Sequence[Paper]) -> Todo:
    permit = the_permit(found)
    if permit is None:
        return receive_other(dossier, found)
    number = Text(f"编号{permit.number}", f"No. {permit.number}")
    valid = Text(f"，有效期{permit.valid_from}至{permit.valid_to}", f", valid {permit.valid_from} to {permit.valid_to}") if (
        permit.valid_from and permit.valid_to
    ) else Text("", "")
    act = Act(Text("下载电子许可", "Download the permit"), permit.url, "download")
    return Todo(Text("领取许可", "Receive the permit"), [Text(number.zh + valid.zh, number.en + valid.en)], act)

