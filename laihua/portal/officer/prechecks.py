"""What pre-review found, as the officer who judges the case sees it: beside each value, and all of it in a tab of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from laihua.cases import queries
from laihua.cases.queries import Dossier, Precheck, Sheet
from laihua.kernel.texts import Text
from laihua.portal import findings
from laihua.portal.findings import Card, Leaf


@dataclass(frozen=True, slots=True)
class Missed:
    """Something that no finding told, as the officer reported it."""

    slot: str
    field: str
    title: Text


@dataclass(frozen=True)
class Panel:
    """`cards`: the worst first. `leaves`: the pages with frames, of the files as they are now."""

    precheck: Precheck
    cards: tuple[Card, ...]
    missed: tuple[Missed, ...]

    @cached_property
    def leaves(self) -> list[Leaf]:
        return [leaf for leaf in findings.leaves(self.precheck, self.cards) if leaf.marks]

    @property
    def differing(self) -> list[Card]:
        return [c for c in self.cards if not c.is_match]

    @property
    def matches(self) -> list[Card]:
        return [c for c in self.cards if c.is_match]

    @property
    def unread(self) -> list[tuple[str, Text, Text]]:
        """Documents of which pre-review says nothing yet, or never: the badge, the title, and how it stands."""
        return [
            ("checking" if s.is_running else "unread", s.title, findings.progress(s))
            for s in self.precheck.slots if s.state not in ("done", "missing")
        ]

    @property
    def any_read(self) -> bool:
        return any(s.state == "done" for s in self.precheck.slots)

    @property
    def checks(self) -> list[tuple[str, Text]]:
        return findings.known_checks()

    @cached_property
    def by_row(self) -> Mapping[str, Card]:
        """The worst finding about each row of the sheet, by its item: `field:passport_number`, `material:passport`."""
        rows: dict[str, Card] = {}
        for card in self.cards:
            for key in card.noted.fields:
                rows.setdefault(f"field:{key}", card)
            if not card.noted.fields and not card.is_match:
                rows.setdefault(f"material:{card.finding.slot}", card)
        return rows

    def agreeing(self, sheet: Sheet) -> dict[str, list[str]]:
        """By group of the form, the items not judged yet of which pre-review says that they agree with a document."""
        found = {
            group.key: [row.item for row in group.open if (card := self.by_row.get(row.item)) and card.is_match]
            for group in sheet.form
        }
        return {key: items for key, items in found.items() if items}


def panel_of(seen: Dossier, revealed: frozenset[str] = frozenset()) -> Panel | None:
    """None in a service whose documents nobody reads."""
    if not queries.is_prechecked(seen.service):
        return None
    precheck = queries.findings_of(seen, revealed)
    return Panel(precheck, tuple(findings.cards(precheck, seen)), tuple(missed_of(seen, precheck)))


def missed_of(seen: Dossier, precheck: Precheck) -> list[Missed]:
    fields, titles = seen.service.field_keys(), {s.key: s.title for s in precheck.slots}
    found = []
    for name in precheck.missed:
        slot, _, field = name.partition(":")
        about = titles.get(slot, Text(slot, slot))
        if field in fields:
            about = Text("{slot}：{field}", "{slot}: {field}").format(slot=about, field=fields[field].label)
        found.append(Missed(slot, field, about))
    return found
