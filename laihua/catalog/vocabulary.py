"""What the conditions of a service may name."""

from dataclasses import dataclass

from laihua.catalog import registry
from laihua.catalog.definitions import Field, Service


@dataclass(frozen=True)
class Vocabulary:
    names: frozenset[str]
    members: dict[str, frozenset[str]]
    rows: dict[str, dict[str, Field]]
    derived: tuple[str, ...]

    def of(self, section: str = "", derived: str = "") -> frozenset[str]:
        """In a row its own fields are names too; a derived name sees only those above it."""
        names = self.names
        if derived in self.derived:
            names -= frozenset(self.derived[self.derived.index(derived):])
        return names | frozenset(self.rows.get(section, ()))


def facts_of(service: Service) -> dict[str, frozenset[str]]:
    """What the hall may know beside the answers: of somebody on the roster, or of an earlier case, only where the case is
    about it."""
    about = service.about
    found = {owner: members for owner, members in registry.FACTS.items() if owner != "staff" or (about and about.kind == "staff")}
    return found | {"about": registry.OF_A_CASE | frozenset(about.facts)} if about and about.kind == "case" else found


def vocabulary(service: Service) -> Vocabulary:
    rows = {s.key: {f.key: f for f in s.fields} for s in service.sections if s.rows is not None}
    tried = {f.key for s in (service.simulator.sections() if service.simulator else ()) for f in s.fields}
    names = {*service.field_keys(), *tried, *rows, *service.derived, "today", "filed_on", *facts_of(service)}
    members = {key: frozenset(fields) for key, fields in rows.items()} | facts_of(service)
    return Vocabulary(frozenset(names), members, rows, tuple(service.derived))
