"""What a case goes on from, what it alone may hold, and whom it asks: the names in them stand for something."""

from collections.abc import Iterable, Mapping

from laihua.accounts.permissions import ROLES, Side
from laihua.catalog.definitions import Service
from laihua.catalog.faults import Fault, did_you_mean
from laihua.catalog.yaml_nodes import Reading


def check(service: Service, reading: Reading) -> None:
    _check_reserves(service, reading)
    for step in service.steps.values():
        asks, line = step.opinions, reading.lines.get(("step", step.key), 1)
        if asks is None:
            continue
        if step.holder != "authority":
            reading.faults.add(line, f"step “{step.key}” asks experts but does not lie with an office.", "Write holder: authority.")
        if asks.role in ROLES and ROLES[asks.role].side is not Side.EXPERT:
            reading.faults.add(line, f"“{asks.role}” gives no opinions.", "Name a role of experts, such as expert.")
        if asks.least < 1 or not asks.criteria or not asks.recommendations or any(c.max < 1 for c in asks.criteria):
            reading.faults.add(line, f"the opinions of step “{step.key}” lack something.",
                               "At least one opinion, one criterion with points, one recommendation.")


def _check_reserves(service: Service, reading: Reading) -> None:
    reserves, line = service.reserves, reading.lines.get(("service", "reserves"), 1)
    if reserves is None:
        return
    rows = {s.key: [f.key for f in s.fields] for s in service.sections if s.rows is not None}
    if reserves.rows not in rows:
        reading.faults.unknown(line, "section with rows", reserves.rows, rows)
    elif reserves.field not in rows[reserves.rows]:
        reading.faults.unknown(line, f"field of “{reserves.rows}”", reserves.field, rows[reserves.rows])


def check_together(services: Mapping[str, tuple[str, Service]], texts: Mapping[str, str]) -> Iterable[Fault]:
    """Across services: those that a case may be about are there and have what it takes over from them.

    `services`: label of the folder and service, by id. `texts`: each service.yaml, by id.
    """
    for id, (label, service) in services.items():
        about = service.about
        if about is None or about.kind != "case":
            continue
        line = next((n for n, text in enumerate(texts[id].splitlines(), 1) if text.startswith("about:")), 1)
        for other in about.services:
            if other not in services:
                yield Fault(f"{label}/service.yaml", line, f"there is no service “{other}”.", did_you_mean(other, services))
                continue
            found = services[other][1]
            known = found.field_keys().keys() | {s.key for s in found.sections if s.rows is not None}
            for fact in about.facts:
                if fact not in known:
                    yield Fault(f"{label}/service.yaml", line, f"“{other}” has no “{fact}”.", did_you_mean(fact, known))
