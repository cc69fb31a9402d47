"""The figures of an office in words: strip, charts and tables from one set of numbers, so that all three agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from laihua.cases.queries import Period, Statistics, Timing
from laihua.catalog.definitions import Service
from laihua.kernel.texts import Text
from laihua.portal.officer import charts

NONE = "—"
TOP_REASONS = 8
SUBMITTED, DECIDED, RETURNED = Text("受理", "Received"), Text("办结", "Decided"), Text("退回", "Returned")
MEDIAN, NINETIETH, LIMIT = Text("中位数", "Median"), Text("90分位", "90th percentile"), Text("时限", "Limit")
COUNT, LATE, ON_TIME = Text("件数", "Cases"), Text("逾期", "Late"), Text("按时率", "On time")
WHOLE = Text("全程（承诺时限）", "Whole (promised time)")
CASES, DAYS = Text("件", "cases"), Text("个工作日", "working days")
OUTCOMES = {"approved": Text("准予", "Approved"), "refused": Text("不予", "Refused"), "withdrawn": Text("撤回", "Withdrawn")}


@dataclass(frozen=True, slots=True)
class Figure:
    """One field of the strip. `change`: against the earlier period."""

    title: Text
    value: str
    unit: Text
    change: Text
    aside: Text


@dataclass(frozen=True, slots=True)
class Table:
    """What a chart shows, as rows. The first cell of each is its heading."""

    title: Text
    head: Sequence[Text | str]
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class StepRow:
    title: Text | str
    timing: Timing
    limit: int | None


def number(value: float | None, digits: int = 0) -> str:
    return NONE if value is None else f"{value:,.{digits}f}"


def days(value: float | None) -> str:
    return NONE if value is None else f"{value:g}"


def share(value: float | None) -> str:
    return NONE if value is None else f"{value:.1f}%"


def signed(value: float, digits: int) -> str:
    """With a true minus sign; what rounds to nothing has no sign."""
    text = f"{abs(value):.{digits}f}"
    return text if float(text) == 0 else f"{'+' if value > 0 else '−'}{text}"


def grown(now: int, before: int) -> Text:
    if not before:
        return Text("上期{n}件", "Period before: {n}").format(n=before)
    return Text("较上期{n}%", "{n}% on the period before").format(n=signed(100 * (now - before) / before, 1))


def moved(now: float | None, before: float | None, unit: Text) -> Text:
    if now is None or before is None:
        return Text("上期无可比数据", "Nothing to compare with")
    return Text("较上期{n}{unit}", "{n} {unit} on the period before").format(n=signed(now - before, 1), unit=unit)


def strip(found: Statistics, promise: int | None) -> list[Figure]:
    now, before = found.now, found.before
    points, percent = Text("个百分点", "points"), Text("%", "%")
    parts = {key: number(now.outcomes.get(key, 0)) for key in OUTCOMES}
    whole, promised = now.whole, Text("承诺{n}个工作日", "Promised: {n} working days")
    return [
        Figure(SUBMITTED, number(now.submitted), CASES, grown(now.submitted, before.submitted),
               Text("退回补正{n}次", "Returns for correction: {n}").format(n=number(now.returned))),
        Figure(DECIDED, number(whole.count), CASES, grown(whole.count, before.whole.count),
               Text("准予{approved} · 不予{refused} · 另有撤回{withdrawn}",
                    "Approved {approved} · refused {refused} · besides, withdrawn {withdrawn}").format(**parts)),
        Figure(Text("办理用时中位数", "Median time to decision"), days(whole.median), DAYS,
               moved(whole.median, before.whole.median, DAYS), promised.format(n=promise) if promise else Text("", "")),
        Figure(Text("按时办结率", "Decided on time"), number(whole.on_time, 1), percent,
               moved(whole.on_time, before.whole.on_time, points), Text("逾期{n}件", "Late: {n}").format(n=number(whole.late))),
        Figure(Text("退回率", "Returned at least once"), number(now.return_share, 1), percent,
               moved(now.return_share, before.return_share, points),
               Text("办结的案件中曾退回{n}件", "Of those decided: {n}").format(n=number(now.corrected))),
    ]


def promise_of(services: Sequence[Service]) -> int | None:
    """The promised days where all of the services promise the same."""
    found = {s.promise.days for s in services if s.promise.kind == "working_days"}
    return found.pop() if len(found) == 1 else None


def step_rows(services: Sequence[Service], timings: Mapping[str, Timing]) -> list[StepRow]:
    """In the order of the services. A limit stands where all that know the step agree."""
    rows, order = [], list(dict.fromkeys(k for s in services for k in s.steps if k in timings))
    for key in [*order, *sorted(timings.keys() - set(order))]:
        steps = [s.steps[key] for s in services if key in s.steps]
        limits = {step.limit for step in steps}
        limit = next(iter(limits)) if len(limits) == 1 else None
        title: Text | str = steps[0].title if steps else key
        if limit and limit.kind == "calendar_days":
            title = Text("{step}（自然日）", "{step} (calendar days)").format(step=title)
        rows.append(StepRow(title, timings[key], limit.days if limit else None))
    return rows


def reason_titles(services: Sequence[Service]) -> dict[str, Text]:
    return {code: reason.title for s in services for code, reason in s.reasons.items()}


def tables(found: Statistics, services: Sequence[Service], steps: Sequence[StepRow], per: str) -> dict[str, Table]:
    titles = reason_titles(services)
    begin = Text("周（起始日）", "Week from") if per == "week" else Text("月份", "Month")
    whole = StepRow(WHOLE, found.now.whole, promise_of(services))
    is_promised = any(s.promise.kind == "working_days" for s in services)
    return {
        "volumes": Table(
            Text("每周办件量", "Cases by week") if per == "week" else Text("每月办件量", "Cases by month"),
            [begin, SUBMITTED, DECIDED, RETURNED],
            [[f"{v.first:%Y-%m-%d}" if per == "week" else f"{v.first:%Y-%m}", v.submitted, v.decided, v.returned]
             for v in found.volumes],
        ),
        "reasons": Table(Text("退回原因", "Reasons for returns"), [Text("原因", "Reason"), Text("代码", "Code"), COUNT],
                         [[titles.get(code, code), code, n] for code, n in found.reasons[:TOP_REASONS]]),
        "times": Table(Text("各步骤用时", "Time by step"), [Text("环节", "Step"), COUNT, MEDIAN, NINETIETH, LIMIT],
                       [[s.title, s.timing.count, days(s.timing.median), days(s.timing.ninetieth), days(s.limit)] for s in steps]),
        "on_time": Table(Text("按时办结", "Done on time"), [Text("环节", "Step"), COUNT, LATE, ON_TIME],
                         [[s.title, s.timing.count, s.timing.late, share(s.timing.on_time)]
                          for s in (whole, *steps) if s.limit is not None or (s is whole and is_promised)]),
    }


def volumes_chart(found: Statistics, per: str) -> charts.Columns:
    labels = [f"{v.first:%m-%d}" if per == "week" else f"{v.first:%Y-%m}" for v in found.volumes]
    return charts.columns(labels, [
        (str(SUBMITTED), [v.submitted for v in found.volumes]), (str(DECIDED), [v.decided for v in found.volumes]),
        (str(RETURNED), [v.returned for v in found.volumes]),
    ])


def reasons_chart(found: Statistics, services: Sequence[Service]) -> charts.Bars:
    titles = reason_titles(services)
    return charts.bars([(str(titles.get(code, code)), [(n, f"{n:,}")], None) for code, n in found.reasons[:TOP_REASONS]])


def times_chart(steps: Sequence[StepRow]) -> charts.Bars:
    return charts.bars([
        (str(s.title), [(s.timing.median or 0, days(s.timing.median)), (s.timing.ninetieth or 0, days(s.timing.ninetieth))], s.limit)
        for s in steps
    ])


def on_time_chart(table: Table) -> charts.Bars:
    rows = [(str(title), [(float(on_time[:-1]), on_time)], None) for title, _, _, on_time in table.rows if on_time != NONE]
    return charts.bars(rows, highest=100, suffix="%")


def summary(found: Statistics, period: Period, before: Period, office: str, service: Text | str) -> list[Table]:
    """For the export: what the strip shows, of both periods."""
    def dates(p: Period) -> str:
        return f"{p.first:%Y-%m-%d}/{p.last:%Y-%m-%d}"

    counted = f"{found.counted_at:%Y-%m-%d %H:%M}" if found.counted_at else NONE
    both = (found.now, found.before)
    rows: list[list[Any]] = [
        [Text("时间段", "Period"), dates(period), dates(before)], [SUBMITTED, *(f.submitted for f in both)],
        [DECIDED, *(f.whole.count for f in both)], *([t, *(f.outcomes.get(k, 0) for f in both)] for k, t in OUTCOMES.items()),
        [Text("办理用时中位数（工作日）", "Median time to decision (working days)"), *(days(f.whole.median) for f in both)],
        [Text("按时办结率", "Decided on time"), *(share(f.whole.on_time) for f in both)],
        [Text("逾期", "Late"), *(f.whole.late for f in both)],
        [Text("退回补正次数", "Returns for correction"), *(f.returned for f in both)],
        [Text("退回率", "Returned at least once"), *(share(f.return_share) for f in both)],
    ]
    about: list[list[Any]] = [
        [Text("办理机关", "Authority"), office], [Text("事项", "Service"), service],
        [Text("统计截至", "Counted up to"), counted],
    ]
    return [
        Table(Text("范围", "Scope"), ["", Text("内容", "Value")], about),
        Table(Text("主要数字", "Main figures"), ["", Text("本期", "This period"), Text("上期", "Period before")], rows),
    ]
