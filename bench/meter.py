"""What a piece of work costs: processor time on both sides, time on the clock, SQL statements."""

import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psutil

from bench.server import Server


@dataclass(slots=True)
class Cost:
    """In seconds. `client` is this process with the children that it started."""

    client: float = 0.0
    server: float = 0.0
    wall: float = 0.0
    statements: list[str] = field(default_factory=list)

    @property
    def both(self) -> float:
        return self.client + self.server

    def __iadd__(self, other: "Cost") -> "Cost":
        self.client += other.client
        self.server += other.server
        self.wall += other.wall
        self.statements += other.statements
        return self


def own_seconds() -> float:
    """Of this process and the children that ended."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def living_seconds(server: Server) -> float:
    """Of the children that live, with the children which they saw end."""
    living = (child.cpu_times() for child in psutil.Process().children() if child.pid != server.postmaster)
    return sum(float(t.user + t.system + t.children_user + t.children_system) for t in living)


@contextmanager
def measured(server: Server) -> Iterator[Cost]:
    """The cost is filled in at the end. Statements are not looked at, so that nothing is added to the work; and this
    process, which looks at the others, is looked at last before and first after."""
    cost = Cost()
    on_server, living = server.seconds(), living_seconds(server)
    own, wall = own_seconds(), time.perf_counter()
    try:
        yield cost
    finally:
        cost.wall, cost.client = time.perf_counter() - wall, own_seconds() - own
        cost.client += living_seconds(server) - living
        cost.server = server.seconds() - on_server


@contextmanager
def recorded() -> Iterator[list[str]]:
    """The statements that Django's connection sends, with their values, without BEGIN and COMMIT."""
    from django.db import connection

    sent: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        result = execute(sql, params, many, context)
        sent.append(connection.ops.last_executed_query(context["cursor"].cursor, sql, params))
        return result

    with connection.execute_wrapper(note):
        yield sent
