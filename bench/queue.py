"""The officer's queue at two sizes of the hall: what its very statements read, and how long they take."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bench.meter import recorded
from bench.report import Figure, Section
from bench.server import Server

GROWTH, BUFFERS = 1.2, 30
OFFICES, HELD = 10, 60
HOW = (
    "Cases in the real tables, spread over {offices} offices of which the officer's has three tenths; seven of ten are "
    "closed, the open ones lie at all steps. The statements are those that `queries.queue` and `queries.counters` send; "
    "time is the median on the clock of the server's answer, buffers are those of EXPLAIN (ANALYZE, BUFFERS)."
)
PEOPLE = "pre_reviewer"
OPEN_CASES = """
    INSERT INTO cases_case (id, number, service, version_id, unit_id, office_id, region, started_by_id, answers, revision,
        handed_in, field_revisions, created_at, saved_at, submitted_at, closed_at)
    SELECT md5('case' || n)::uuid, 'N-' || n, s.service, s.version_id, s.unit_id,
        (%(offices)s::uuid[])[CASE WHEN random() < 0.3 THEN 1 ELSE 2 + floor(random() * %(others)s)::int END], s.region,
        s.started_by_id, s.answers, 1, 1, '{}',
        %(at)s - random() * interval '2 years', %(at)s, %(at)s,
        CASE WHEN random() < 0.7 THEN %(at)s END
    FROM generate_series(%(first)s::int, %(last)s) n, cases_case s WHERE s.id = %(sample)s
"""
PROCEEDINGS = """
    INSERT INTO cases_proceeding (id, case_id, key, office_id, step, entered_at, asked_by_step, round, holder_id, held_at,
        clock, due_on, promised_on, due_provisional, version, closed_at, number, service, unit_name, subject_name,
        subject_country, category)
    SELECT md5('proceeding' || c.number)::uuid, c.id, 'main', c.office_id, x.step, c.created_at, '', 1,
        CASE WHEN x.held THEN %(holder)s::uuid END, CASE WHEN x.held THEN %(at)s::timestamptz END, x.clock, x.due_on,
        x.promised_on, false, 5, c.closed_at, c.number, c.service, s.unit_name, s.subject_name, s.subject_country, x.category
    FROM (
        SELECT y.*, CASE WHEN closed_at IS NOT NULL OR step = 'issued' THEN 'stopped' WHEN step = 'draft' THEN 'none'
                WHEN step = 'correction' THEN 'paused' ELSE 'running' END AS clock,
            CASE WHEN closed_at IS NULL AND step NOT IN ('draft', 'correction')
                THEN %(today)s::date + floor(random() * 12 - 2)::int END AS due_on,
            %(today)s::date + 20 AS promised_on, step = 'pre_review' AND r < 0.15 + %(held)s AS held,
            (ARRAY['A', 'B', 'B', 'B', 'C'])[1 + floor(random() * 5)::int] AS category
        FROM (
            SELECT id, closed_at, r, CASE WHEN closed_at IS NOT NULL THEN 'issued' WHEN r < 0.15 THEN 'draft'
                WHEN r < 0.5 THEN 'pre_review' WHEN r < 0.65 THEN 'correction' WHEN r < 0.85 THEN 'originals'
                ELSE 'decision' END AS step
            FROM (SELECT id, closed_at, random() AS r FROM cases_case WHERE number LIKE 'N-%%'
                  AND NOT EXISTS (SELECT 1 FROM cases_proceeding p WHERE p.case_id = cases_case.id) OFFSET 0) z
        ) y
    ) x JOIN cases_case c ON c.id = x.id, cases_proceeding s WHERE s.case_id = %(sample)s
"""


@dataclass(frozen=True, slots=True)
class Reading:
    seconds: float
    buffers: int


def run(server: Server, world: Any, at: datetime, *, small: int, large: int, rounds: int) -> Section:
    sample = sample_case(world, at)
    offices = [world.office.id, *(other_office(n, at) for n in range(OFFICES - 1))]
    readings: list[dict[str, Reading]] = []
    on_screen: list[float] = []
    for first, last in ((1, small), (small + 1, large)):
        fill(sample, offices, world, at, first, last)
        readings.append({what: read(statements(call), rounds) for what, call in pages(world, at.date()).items()})
        seal_names(world, at.date())
        on_screen.append(page_seconds(world, rounds))
    section = Section("The officer's queue", HOW.format(offices=OFFICES))
    growth = on_screen[1] / on_screen[0]
    section.figures += [
        Figure(f"Page over HTTP: growth of time from {small:,} to {large:,} cases", f"{growth:.2f} ×", f"≤ {GROWTH} ×", growth <= GROWTH),
        Figure("Page over HTTP: time", f"{on_screen[0] * 1000:.1f} → {on_screen[1] * 1000:.1f} ms"),
    ]
    for what in readings[0]:
        section.figures += figures_of(what, readings[0][what], readings[1][what], small, large)
    section.notes.append(
        "The goal of buffers is that of the statement that reads the page. The counters stop at 100 for each tab, and "
        "read that many entries of the index."
    )
    return section


def seal_names(world: Any, today: date) -> None:
    """Names are sealed for their rows; those on the first page must open."""
    from laihua.cases import queries

    actor = getattr(world, PEOPLE)
    for row in queries.queue(actor, queue_of(actor)[1], today=today).rows:
        row.subject_name = "LINDQVIST SOEREN MIKAEL"
        row.save(update_fields=["subject_name"])


def page_seconds(world: Any, rounds: int) -> float:
    """The whole page as the officer gets it: session, counters, rows, template."""
    from django.urls import reverse

    client, times = world.client(PEOPLE), []
    for _ in range(rounds // 4 + 2):
        began = time.perf_counter()
        answer = client.get(reverse("officer:queue"), secure=True)
        times.append(time.perf_counter() - began)
        assert answer.status_code == 200, answer.status_code
    return statistics.median(times[1:])


def figures_of(what: str, few: Reading, many: Reading, small: int, large: int) -> list[Figure]:
    growth = many.seconds / few.seconds
    return [
        Figure(f"{what}: growth of time from {small:,} to {large:,} cases", f"{growth:.2f} ×", f"≤ {GROWTH} ×", growth <= GROWTH),
        Figure(f"{what}: time", f"{few.seconds * 1000:.2f} → {many.seconds * 1000:.2f} ms"),
        Figure(f"{what}: buffers", f"{few.buffers} → {many.buffers}", f"≤ {BUFFERS}", max(few.buffers, many.buffers) <= BUFFERS)
        if "page" in what.lower() or what == "Overdue" else Figure(f"{what}: buffers", f"{few.buffers} → {many.buffers}"),
    ]


def sample_case(world: Any, at: datetime) -> Any:
    from tests import world as building

    return building.complete_draft(world, at)


def other_office(n: int, at: datetime) -> Any:
    from laihua.accounts import actions as accounts
    from laihua.accounts.permissions import SYSTEM

    return accounts.create_organisation(
        kind="authority", code=f"BENCH-{n}", name_zh=f"示例机关{n}", name_en=f"Example Authority {n}", actor=SYSTEM, at=at
    ).id


def fill(sample: Any, offices: Sequence[Any], world: Any, at: datetime, first: int, last: int) -> None:
    from django.db import connection

    values = {
        "offices": list(offices), "others": len(offices) - 1, "at": at, "today": at.date(), "first": first, "last": last,
        "sample": sample.id, "holder": world.pre_reviewer.account_id,
        "held": HELD / (last - first + 1),
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('is_superuser')")
        if cursor.fetchone()[0] == "on":
            cursor.execute("SET session_replication_role = replica")    # the keys are right; checking them takes minutes
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute(OPEN_CASES, values)
        cursor.execute(PROCEEDINGS, values)
        cursor.execute("RESET session_replication_role")
        cursor.execute("VACUUM ANALYZE cases_case")
        cursor.execute("VACUUM ANALYZE cases_proceeding")
        cursor.execute("CHECKPOINT")


def pages(world: Any, today: date) -> dict[str, Callable[[], Any]]:
    from laihua.cases import queries

    officer, head = world.pre_reviewer, world.head
    step, asked = queue_of(officer)
    late = queries.QueueFilter(tab="late", steps=(step,))

    def far() -> Any:
        """The tenth page, reached by its token."""
        token = ""
        for _ in range(9):
            token = queries.queue(officer, asked, today=today, after=token).after or token
        return lambda: queries.queue(officer, asked, today=today, after=token)

    return {
        "First page": lambda: queries.queue(officer, asked, today=today),
        "Tenth page": far(),
        "Overdue": lambda: queries.queue(officer, late, today=today),
        "Counters of an officer": counters_of(officer, today),
        "Counters of a head": counters_of(head, today),
    }


def queue_of(actor: Any) -> tuple[str, Any]:
    from laihua.cases import queries

    step = queries.desk_steps(actor)[0].key
    return step, queries.QueueFilter(tab=step, steps=(step,))


def counters_of(actor: Any, today: date) -> Callable[[], Any]:
    from laihua.cases import queries

    steps = queries.desk_steps(actor)
    return lambda: queries.counters(actor, steps, today=today)


def statements(call: Callable[[], Any]) -> list[str]:
    with recorded() as sent:
        call()
    return sent


def read(sent: list[str], rounds: int) -> Reading:
    """Sent as they are, again and again, so that Python has no part in the time."""
    from django.db import connection

    times, buffers = [], 0
    raw = connection.connection.pgconn
    for _ in range(rounds):
        began = time.perf_counter()
        for one in sent:
            raw.exec_(one.encode())
        times.append(time.perf_counter() - began)
    with connection.cursor() as cursor:
        for one in sent:
            cursor.execute("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + one.replace("%", "%%"), [])
            plan = cursor.fetchone()[0]
            buffers += touched(plan)
    return Reading(statistics.median(times), buffers)


def touched(plan: Any) -> int:
    import json

    top = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
    return int(top["Shared Hit Blocks"] + top["Shared Read Blocks"])
