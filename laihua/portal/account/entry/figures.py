"""The figures of a system's first page as charts: labels, series and a table, from what was rolled up. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from laihua.cases.queries import Counted
from laihua.kernel.texts import Text
from laihua.portal.systems import Chart, Home

SERIES = 6
OTHER = Text("其他", "Other")


@dataclass(frozen=True, slots=True)
class Drawn:
    """`series`: a name and a value for each label; the table says the same as the picture."""

    key: str
    title: Text
    labels: list[str]
    series: list[tuple[str, list[int]]]
    lying: bool = False

    @property
    def total(self) -> int:
        return sum(sum(values) for _, values in self.series)

    @property
    def rows(self) -> list[tuple[str, list[int], int]]:
        """For each label its values and their sum."""
        values = [[v[n] for _, v in self.series] for n in range(len(self.labels))]
        return [(label, found, sum(found)) for label, found in zip(self.labels, values, strict=True)]

    @property
    def data(self) -> dict[str, Any]:
        """What the script draws from."""
        spoken = "; ".join(f"{label} {sum_}" for label, _, sum_ in self.rows)
        return {
            "labels": self.labels, "series": [{"name": name, "values": values} for name, values in self.series],
            "lying": self.lying, "spoken": f"{self.title}: {spoken}",
        }


def drawn(home: Home, rows: Sequence[Counted], titles: Mapping[str, Text], today: date) -> list[Drawn]:
    """The charts of the page, its standing last. `titles`: the services that are counted, in their order."""
    charts = [_in_time(f"chart-{n}", chart, rows, titles, today) for n, chart in enumerate(home.charts, 1)]
    return [*charts, _standing(home, rows, titles)]


def _in_time(key: str, chart: Chart, rows: Sequence[Counted], titles: Mapping[str, Text], today: date) -> Drawn:
    periods = periods_of(chart, today)
    names = [f"{p[0]}" if chart.per == "year" else f"{p[0]}-{p[1]:02d}" for p in periods]
    found: dict[str, list[int]] = defaultdict(lambda: [0] * len(periods))
    for row in rows:
        place = (row.month.year, row.month.month if chart.per == "month" else 0)
        if row.what == chart.counts and place in periods:
            found[row.service][periods.index(place)] += row.count
    return Drawn(key, chart.title, names, series_of(found, titles, len(periods)))


def _standing(home: Home, rows: Sequence[Counted], titles: Mapping[str, Text]) -> Drawn:
    kinds = list(home.standing)
    found: dict[str, list[int]] = defaultdict(lambda: [0] * len(kinds))
    for row in rows:
        if row.what in home.standing:
            found[row.service][kinds.index(row.what)] += row.count
    return Drawn("standing", home.figures, [str(home.standing[kind]) for kind in kinds], series_of(found, titles, len(kinds)), lying=True)


def periods_of(chart: Chart, today: date) -> list[tuple[int, int]]:
    """Year and month, the month 0 where a year is one; the last is the one of today."""
    if chart.per == "year":
        return [(today.year - n, 0) for n in reversed(range(chart.last))]
    months = [today.year * 12 + today.month - 1 - n for n in reversed(range(chart.last))]
    return [(m // 12, m % 12 + 1) for m in months]


def series_of(found: Mapping[str, list[int]], titles: Mapping[str, Text], size: int) -> list[tuple[str, list[int]]]:
    """One for each service, those without a number too; what goes beyond the colours is one series."""
    services = list(titles)
    few = services if len(services) <= SERIES else services[: SERIES - 1]
    shown = [(str(titles[service]), found.get(service, [0] * size)) for service in few]
    rest = [found[service] for service in services[len(few):] if service in found]
    return [*shown, (str(OTHER), [sum(column) for column in zip(*rest, strict=True)])] if rest else shown
