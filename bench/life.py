"""One whole life of a case, from the draft to the signed permit, with everything on."""

import re
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from bench.meter import Cost, measured, recorded
from bench.report import Figure, Section
from bench.server import Server

GOAL = 20
PARTS = {
    "engine": "all actions: draft, answers, invitation, moves, verdicts, booking, originals",
    "uploads": "files opened in its child process, encrypted and kept",
    "jobs": "notices sent, papers made, permit made and signed",
}
HOW = (
    "Start, answers, uploads, submission, invitation answered, confirmation, claim, verdicts, pass, booking, originals, "
    "decision, and the jobs that these leave behind, until the signed permit is there. Through the actions that the pages "
    "call; the pages themselves are not in it. Processor time of this process, its children and the server."
)


class Life:
    """One case after the other; what each part costs is summed up."""

    def __init__(self, server: Server, world: Any, at: datetime) -> None:
        self.server, self.world, self.at = server, world, at
        self.costs: dict[str, Cost] = defaultdict(Cost)
        self.counted: dict[str, int] = {}
        self.counting = False
        self.uploads = 0

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        if self.counting:
            with recorded() as statements:
                yield
            self.counted[name] = self.counted.get(name, 0) + len(statements)
            return
        with measured(self.server) as cost:
            yield
        self.costs[name] += cost

    def live(self, n: int) -> None:
        from laihua.cases import actions, queries
        from tests import world as building

        world, at = self.world, self.at
        with self.part("engine"):
            answers = building.complete_answers(passport_number=f"EM{7204138 + n}")
            case_id = building.draft(world, at, answers).id
        slots = self.slots(case_id)
        self.uploads = len(slots)
        for slot in slots:
            with self.part("uploads"):
                self.upload(case_id, slot)
        with self.part("engine"):
            submitted = actions.move(case_id=case_id, move="submit", actor=world.handler, at=at)
        self.jobs()
        with self.part("engine"):
            self.confirm(case_id, answers, submitted.event_id)
            self.judge(case_id)
            actions.move(case_id=case_id, move="pass", actor=world.pre_reviewer, at=at)
        self.jobs()
        with self.part("engine"):
            self.at_window(case_id)
            actions.move(case_id=case_id, move="verify_originals", actor=world.clerk, at=at)
            actions.claim(case_id=case_id, actor=world.decider, at=at)
            actions.move(case_id=case_id, move="approve", actor=world.decider, at=at)
        self.jobs()
        step = queries.dossier(case_id, actor=world.handler, at=at).proceeding.step
        assert step == "issued", step

    def slots(self, case_id: Any) -> list[Any]:
        from laihua.cases import queries

        seen = queries.dossier(case_id, actor=self.world.handler, at=self.at)
        return [v.slot for v in seen.slots if v.required and not v.deferrable and v.slot.by != "subject"]

    def upload(self, case_id: Any, slot: Any) -> None:
        from laihua.cases import actions
        from tests import world as building

        photo = slot.accept == "photo"
        actions.upload_material(
            case_id=case_id, key=slot.key, name="scan.jpg" if photo else "scan.pdf",
            content=building.photo() if photo else building.pdf(), actor=self.world.handler, at=self.at,
        )

    def jobs(self) -> None:
        from laihua.kernel.jobs import run_waiting

        with self.part("jobs"):
            run_waiting()

    def confirm(self, case_id: Any, answers: dict[str, Any], submitted: Any) -> None:
        """As the subject does: by the link in the mail that the submission sent."""
        from laihua.cases import actions, queries
        from laihua.notifications.models import OutboxMessage

        world, at = self.world, self.at
        mail = OutboxMessage.objects.get(channel="email", key__startswith=str(submitted))
        token = re.findall(r"/invitation/(\w+)/", mail.text)[0]
        service = queries.dossier(case_id, actor=world.handler, at=at).service
        known = {key: str(answers[key]) for key in service.subject_check}
        actions.accept_invitation(token=token, known=known, account_id=world.subject.account_id, at=at)
        seen = queries.dossier(case_id, actor=world.subject, at=at)
        declared = {
            f.key: True for s in seen.definition.visible_sections(seen.names) for f in s.fields
            if f.by == "subject" and f.type == "declaration"
        }
        actions.save_answers(case_id=case_id, changes=declared, base=seen.case.revision, actor=world.subject, at=at)
        actions.move(case_id=case_id, move="confirm", actor=world.subject, at=at)

    def judge(self, case_id: Any) -> None:
        from laihua.cases import actions, queries

        officer = {"case_id": case_id, "actor": self.world.pre_reviewer, "at": self.at}
        actions.claim(**officer)
        items = [i.id for i in queries.dossier(case_id, actor=self.world.pre_reviewer, at=self.at).items]
        actions.record_verdicts(items=items, result="accepted", **officer)

    def at_window(self, case_id: Any) -> None:
        from laihua.cases import actions, queries

        world, at = self.world, self.at
        window = queries.windows_of(world.office.id)[0]
        starts_at = next(s for s in queries.slots_of(window, at) if s.free).starts_at
        actions.book(case_id=case_id, window_id=window.id, starts_at=starts_at, actor=world.handler, at=at)
        actions.claim(case_id=case_id, actor=world.clerk, at=at)
        for key, _, _ in queries.dossier(case_id, actor=world.clerk, at=at).originals:
            actions.tick_original(case_id=case_id, key=key, matches=True, actor=world.clerk, at=at)


def run(server: Server, world: Any, at: datetime, *, lives: int) -> Section:
    open_window(world)
    life = Life(server, world, at)
    life.counting = True
    life.live(0)
    life.counting = False
    began = time.perf_counter()
    for n in range(1, lives + 1):
        life.live(n)
    wall = time.perf_counter() - began
    return section_of(life, lives, wall)


def open_window(world: Any) -> None:
    from laihua.cases.models import Window

    Window.objects.create(
        office=world.office, code="BENCH", name_zh="一号窗口", name_en="Window 1", address_zh="望江路1号2层",
        address_en="Floor 2, 1 Wangjiang Road", hours=[["09:00", "11:30"], ["13:30", "16:30"]], places=9,
    )


def section_of(life: Life, lives: int, wall: float) -> Section:
    whole = Cost()
    for cost in life.costs.values():
        whole += cost
    rate = lives / whole.both
    figures = [
        Figure("lives a second and core", f"{rate:.1f}", f"≥ {GOAL}", rate >= GOAL),
        Figure("processor time of one life", f"{whole.both / lives * 1000:.0f} ms"),
        Figure("SQL statements of one life", f"{sum(life.counted.values())}"),
        Figure("time on the clock, one after the other", f"{wall / lives:.2f} s"),
    ]
    for name, what in PARTS.items():
        each = life.costs[name].both / lives
        figures.append(Figure(
            f"{name}: {what}", f"{each * 1000:.0f} ms, {life.counted[name]} statements"
        ))
    dearest = max(PARTS, key=lambda name: life.costs[name].both)
    notes = []
    if rate < GOAL:
        share = life.costs[dearest].both / whole.both
        notes.append(
            f"Missed. {share:.0%} of the processor time goes into {dearest}: {PARTS[dearest]}. A life has "
            f"{life.uploads} of them. Judging all items in one statement instead of one by one was tried, and kept."
        )
    return Section("A whole life of a case", HOW, figures, notes)


