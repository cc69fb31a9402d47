"""One case before several offices, on one page: a line for each, one date, and one thing that is to be done now. No writes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from laihua.cases import queries as cases
from laihua.cases.queries import Dossier, Offer
from laihua.flow.deadlines import Due
from laihua.kernel.texts import Text
from laihua.portal.applicant import listing, progress
from laihua.portal.applicant.papers import Paper
from laihua.portal.applicant.progress import Cell, LineStep
from laihua.portal.applicant.todo import DONE, WAIT, Todo, download, todo
from laihua.portal.statuses import Status

CLOCKS = {"running": Text("进行中", "running"), "paused": Text("已暂停", "paused"), "stopped": Text("已停止", "stopped")}


@dataclass(frozen=True, slots=True)
class Line:
    """`title`: of the proceeding; None where the case has one."""

    key: str
    steps: list[LineStep]
    title: Text | None = None
    office: Text | None = None
    status: Status | None = None


def lines(dossier: Dossier) -> list[Line]:
    if not dossier.is_shared:
        return [Line("line", progress.line(dossier))]
    return [
        Line(
            f"line-{run.key}", progress.line(run), run.title,
            Text(run.proceeding.office.name_zh, run.proceeding.office.name_en or run.proceeding.office.name_zh),
            listing.status_of(run.proceeding, run.step),
        )
        for run in dossier.runs
    ]


def versions(dossier: Dossier) -> str:
    """What an open page asks after."""
    return "-".join(str(run.proceeding.version) for run in dossier.runs)


def offers(dossier: Dossier) -> list[Offer]:
    return [offer for run in dossier.runs for offer in run.offers()]


def cells(dossier: Dossier) -> list[Cell]:
    """The date is one for all; the clocks are told one by one where they differ."""
    found, promise = progress.cells(dossier), dossier.promise
    if not dossier.is_shared or promise is None:
        return found
    states = {run.key: (run.title, clock_of(run)) for run in dossier.runs}
    if len({state for _, state in states.values()}) == 1 or len(found) < 3:
        return found
    told = [Text(f"{title.zh}{CLOCKS[state].zh}", f"{title.en} {CLOCKS[state].en}") for title, state in states.values()]
    tone = "amber" if any(state == "paused" for _, state in states.values()) else ""
    note = Text("，".join(t.zh for t in told[1:]), ", ".join(t.en for t in told[1:]))
    return [*found[:2], replace(found[2], value=told[0], note=note, tone=tone)]


def clock_of(run: Dossier) -> str:
    due: Due | None = run.promise_of(run.past)
    return due.state if due else "running"


def todo_of(dossier: Dossier, made: Sequence[Offer], found: Sequence[Paper]) -> Todo:
    """What the applicant does now, in whichever proceeding, and what the others wait for."""
    if not dossier.is_shared:
        booking = cases.booking_of(dossier.proceeding.id) if dossier.step.booking else None
        return todo(dossier, made, found, booking)
    each = [(run, one_of(run, found)) for run in dossier.runs]
    correcting = [run for run, _ in each if run.may_edit]
    mine = [(run, one) for run, one in each if one.primary is not None]
    if not mine:
        title = DONE if all(run.step.outcome for run, _ in each) else WAIT
        acts = [act for _, one in each for act in one.others]
        return Todo(title, [named(run, one) for run, one in each], None, acts)
    first, doing = next(((run, one) for run, one in mine if run.may_edit), mine[0])
    others = [*doing.others]
    for run, one in mine:
        if run is not first and one.primary is not None and not (run.may_edit and first.may_edit):
            others.append(one.primary)
    told = [Text(f"{first.title.zh}：{line.zh}", f"{first.title.en}: {line.en}") if n == 0 and len(correcting) < 2 else line
            for n, line in enumerate(doing.lines)]
    if len(correcting) > 1:
        told = [asked_by(correcting), *told]
    told += [named(run, one) for run, one in each if run is not first and run not in correcting]
    return Todo(doing.title, told, doing.primary, others)


def one_of(run: Dossier, found: Sequence[Paper]) -> Todo:
    if run.step.outcome in ("approved", "refused") and run.key != "main":
        paper = result_of(run, found)
        return Todo(run.step.title, [run.step.hint], download(paper) if paper else None)
    booking = cases.booking_of(run.proceeding.id) if run.step.booking else None
    return todo(run, run.offers(), found, booking)


def result_of(run: Dossier, found: Sequence[Paper]) -> Paper | None:
    """The paper with which this office told its decision."""
    service = run.service
    keys = {key for m in service.moves.values() if m.clock == "stop" and service.proceeding_of(m.key) == run.key for key in m.issues}
    return next((p for p in found if p.key in keys), None)


def named(run: Dossier, one: Todo) -> Text:
    """Where another proceeding stands, in one line that begins with its name."""
    said = one.lines[:2] if one.lines else [run.step.hint]
    if run.step.outcome:
        said = [run.step.title, run.step.hint]
    zh, en = "，".join(t.zh.rstrip("。") for t in said), ", ".join(t.en.rstrip(".") for t in said)
    return Text(f"{run.title.zh}：{zh}。", f"{run.title.en}: {en}.")


def asked_by(runs: Sequence[Dossier]) -> Text:
    zh, en = "、".join(r.title.zh for r in runs), " and ".join(r.title.en for r in runs)
    return Text(f"{zh}两方面都有退回意见，在同一份表单里改，一起重新提交。",
                f"Returned for both: {en}. Correct them in the one form and submit again together.")


def remedies(dossier: Dossier) -> list[Dossier]:
    """Whose refusal may be contested."""
    return [run for run in dossier.runs if run.step.outcome == "refused"]


@dataclass(frozen=True, slots=True)
class HandingIn:
    """Corrections for one or several offices, handed in by one button: to those whose returns are answered."""

    first: Offer | None
    also: tuple[Offer, ...] = ()
    label: Text | None = None
    left: tuple[Text, ...] = ()         # who asked and is not answered yet

    @property
    def reasons(self) -> list[Any]:
        return list(self.first.reasons) if self.first else []


def handing_in(dossier: Dossier) -> HandingIn:
    runs = [run for run in dossier.runs if run.may_edit] if dossier.is_shared else [dossier]
    found = [(run, next((o for o in run.offers() if not o.move.danger), None)) for run in runs]
    made = [(run, offer) for run, offer in found if offer is not None]
    ready = [(run, offer) for run, offer in made if offer.open]
    if not made:
        return HandingIn(None)
    if not dossier.is_shared:
        return HandingIn(made[0][1], label=made[0][1].move.label)
    chosen = ready or made
    label = made[0][1].move.label
    to = [run.title for run, _ in chosen]
    named_label = Text(f"{label.zh}：{'、'.join(t.zh for t in to)}", f"{label.en}: {', '.join(t.en for t in to)}")
    left = tuple(run.title for run, offer in made if ready and not offer.open)
    reasons = tuple(dict.fromkeys(r for _, offer in made for r in offer.reasons)) if not ready else ()
    first = chosen[0][1] if ready else replace(chosen[0][1], reasons=reasons)
    return HandingIn(first, tuple(offer for _, offer in chosen[1:]), named_label, left)
