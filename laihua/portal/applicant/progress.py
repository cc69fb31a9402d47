"""Where a case stands and when it ends: the line of steps and the three cells under it. No writes."""

from dataclasses import dataclass, replace
from datetime import date

from laihua.cases.queries import Dossier, return_text
from laihua.catalog.definitions import Step
from laihua.flow.deadlines import Due
from laihua.kernel.texts import Text
from laihua.portal.applicant.days import days, on, weekday, with_weekday
from laihua.portal.applicant.returns import Returned, all_returned

SUBMITTED = Text("已提交", "Submitted")
COUNTED = Text("申请已经收到，提交当日不计入时限。", "The application has arrived; the day of submission is not counted.")
FROM_SUBMISSION = Text("从申请提交的次日起算", "Counted from the day after submission")
FROM_VISIT = Text("到窗口后当场办理，最长时限从次日起算", "Done on the spot; the limit counts from the day after the visit")
PAUSED = Text("待补正", "To be corrected")
IF_NOW = Text("（如今天重新提交）", "(if submitted again today)")
IF_DONE = Text("（如本环节今天结束）", "(if this step ended today)")
NOT_COUNTED = Text("本环节不计时", "Not counted here")
NAMED = 3
PROVISIONAL = Text("该年工作日历尚未公布，日期待定", "Provisional: the calendar of that year is not published yet")


@dataclass(frozen=True, slots=True)
class LineStep:
    """`state`: done, current or todo. `date`: the day on which it was done, or words in its place."""

    label: Text
    state: str
    hint: Text
    date: str | Text = ""
    said: str = ""                      # what the officer wrote when it came back
    summary: Text | None = None         # what came back, in short


@dataclass(frozen=True, slots=True)
class Cell:
    label: Text
    value: Text
    note: Text | None = None
    tone: str = ""
    more: Text | None = None


def line(dossier: Dossier) -> list[LineStep]:
    """The steps that are handled, with 已提交 before them once it was. A case that ended early ends its line there."""
    here, steps = dossier.step, [s for s in dossier.service.line(dossier.key) if dossier.has_step(s)]
    if dossier.case.submitted_at is None or here.key == dossier.service.first_step:
        coming = [s for s in steps if s.key != here.key]
        return [LineStep(here.title, "current", here.hint, until(dossier)), *(LineStep(s.title, "todo", s.hint) for s in coming)]
    is_on_it = any(s.key == dossier.service.first_step for s in steps)
    shown = [] if is_on_it else [LineStep(SUBMITTED, "done", COUNTED, f"{on(dossier.case.submitted_at):%Y-%m-%d}")]
    left = left_on(dossier)
    if here.outcome in ("refused", "withdrawn"):
        shown += [done(s, left) for s in steps if s.key in left and s.key != last_step(dossier)]
        return [*shown, LineStep(here.title, "current", here.hint, ended(dossier))]
    at = dossier.proceeding.asked_by_step if dossier.state.clock == "paused" else here.key
    place = next((n for n, s in enumerate(steps) if s.key == at), len(steps))
    for n, step in enumerate(steps):
        if n < place:
            shown.append(done(step, left))
            if here.outcome and n == len(steps) - 1:
                shown[-1] = replace(shown[-1], hint=here.hint)
        elif n == place:
            paused = at != here.key
            label = here.title if paused and made_by_person(dossier) else step.title
            day = PAUSED if paused else ended(dossier)
            shown.append(LineStep(label, "current", here.hint if paused else step.hint, day, *came_back(dossier)))
        else:
            shown.append(LineStep(step.title, "todo", step.hint))
    if here.outcome and shown:
        shown[-1] = replace(shown[-1], hint=here.hint)
    return shown


def made_by_person(dossier: Dossier) -> bool:
    """The line of a person's own case names the step at which it lies with him (外服退材料)."""
    return dossier.case.unit_id is None


def came_back(dossier: Dossier) -> tuple[str, Text | None]:
    """The summary of a return: the officer's words, and what is to be mended. Each item has its own reason where it stands."""
    items = [i for i in all_returned(dossier) if is_own(dossier, i)] if dossier.state.clock == "paused" else []
    if not items:
        return "", None
    titles = list(dict.fromkeys(r.title for i in items for r in i.reasons))
    named = Text("；".join(t.zh for t in titles[:NAMED]), "; ".join(t.en for t in titles[:NAMED]))
    n = len(items)
    summary = Text(f"共{n}项：{named.zh}。", f"{n} item{'' if n == 1 else 's'}: {named.en}.")
    return return_text(dossier).rstrip("。. "), summary


def is_own(dossier: Dossier, item: Returned) -> bool:
    """Returned in this very proceeding."""
    word = dossier.words.get((item.kind, item.key))
    return word is not None and word.result == "returned"


def done(step: Step, left: dict[str, date]) -> LineStep:
    return LineStep(step.title, "done", step.hint, f"{left[step.key]:%Y-%m-%d}" if step.key in left else "")


def left_on(dossier: Dossier) -> dict[str, date]:
    """The day on which each step was last left."""
    return {p.from_step: on(p.at) for p in dossier.past if p.from_step != p.to_step}


def last_step(dossier: Dossier) -> str:
    """The step at which a withdrawn case lay: it was left, but not done."""
    if dossier.step.outcome != "withdrawn" or dossier.last is None:
        return ""
    return dossier.last.from_step


def ended(dossier: Dossier) -> str:
    return f"{on(dossier.case.closed_at):%Y-%m-%d}" if dossier.case.closed_at else ""


def until(dossier: Dossier) -> Text | str:
    limit = dossier.limit
    return Text(f"{limit.on:%m-%d}截止", f"until {limit.on:%m-%d}") if limit else ""


def cells(dossier: Dossier) -> list[Cell]:
    promise = dossier.promise
    if promise is None:
        return before_the_clock(dossier)
    if promise.state == "stopped":
        return after_the_clock(dossier, promise)
    kind = dossier.service.promise.kind
    paused = promise.state == "paused"
    if_now = (IF_DONE if dossier.step.uncounted else IF_NOW) if paused else None
    clock = (NOT_COUNTED if dossier.step.uncounted else Text("已暂停", "Paused")) if paused else Text("进行中", "Running")
    return [
        Cell(
            Text("承诺办结日期", "Promised date"), Text(f"{promise.on:%Y-%m-%d}", f"{promise.on:%Y-%m-%d}"), weekday(promise.on),
            more=PROVISIONAL if promise.provisional else if_now,
        ),
        left_cell(promise, kind),
        Cell(Text("计时", "Clock"), clock, spent(promise, kind), "amber" if paused else ""),
    ]


def left_cell(promise: Due, kind: str) -> Cell:
    if promise.left < 0:
        return Cell(Text("逾期", "Overdue"), days(-promise.left, kind), tone="red")
    if promise.left == 0 and promise.state == "running":
        return Cell(Text("还剩", "Left"), Text("今天到期", "Due today"), tone="amber")
    return Cell(Text("还剩", "Left"), days(promise.left, kind))


def spent(promise: Due, kind: str) -> Text:
    used = days(promise.used, kind)
    if not promise.paused_days:
        return Text(f"已用{used.zh}", f"{used.en} used")
    return Text(f"已用{promise.used}天，暂停{promise.paused_days}天", f"{used.en} used, {promise.paused_days} paused")


def before_the_clock(dossier: Dossier) -> list[Cell]:
    limit, promised = dossier.limit, dossier.service.promise
    waits = dossier.step.limit
    return [
        Cell(
            Text("承诺时限", "Promised time"), days(promised.days, promised.kind),
            more=FROM_VISIT if any(s.visit for s in dossier.service.steps.values()) else FROM_SUBMISSION,
        ),
        Cell(
            Text("本环节截止", "This step ends"), Text(f"{limit.on:%Y-%m-%d}", f"{limit.on:%Y-%m-%d}"), weekday(limit.on),
            more=Text(f"还剩{days(limit.left, waits.kind).zh}", f"{days(limit.left, waits.kind).en} left"),
        ) if limit and waits else Cell(Text("本环节截止", "This step ends"), Text("没有期限", "No limit")),
        Cell(Text("计时", "Clock"), Text("未开始", "Not started")),
    ]


def after_the_clock(dossier: Dossier, promise: Due) -> list[Cell]:
    stopped = next((p for p in reversed(dossier.past) if p.clock == "stop"), None)
    day = on(stopped.at) if stopped else promise.on
    kind = dossier.service.promise.kind
    ended_as = Text("撤回日期", "Withdrawn on") if dossier.step.outcome == "withdrawn" else Text("决定日期", "Decided on")
    return [
        Cell(ended_as, Text(f"{day:%Y-%m-%d}", f"{day:%Y-%m-%d}"), weekday(day)),
        Cell(
            Text("承诺办结日期", "Promised date"), Text(f"{promise.on:%Y-%m-%d}", f"{promise.on:%Y-%m-%d}"), weekday(promise.on),
            more=PROVISIONAL if promise.provisional else None,
        ),
        Cell(Text("计时", "Clock"), Text("已停止", "Stopped"), spent(promise, kind)),
    ]


def next_step(dossier: Dossier) -> Step | None:
    """What comes after the step at which the case lies, in the order of the line."""
    steps = dossier.service.line(dossier.key)
    at = dossier.proceeding.asked_by_step or dossier.step.key
    place = next((n for n, s in enumerate(steps) if s.key == at), -1)
    return steps[place + 1] if place + 1 < len(steps) else None


def limit_text(due: Due, kind: str) -> Text:
    day = with_weekday(due.on)
    if due.left < 0:
        late = days(-due.left, kind)
        return Text(f"应于{day.zh}前办完，已逾期{late.zh}", f"It was due on {day.en} and is {late.en} late")
    return Text(f"最晚{day.zh}办完", f"Due on {day.en} at the latest")
