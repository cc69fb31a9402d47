"""Charts as plain geometry: shares of a width in percent and heights in pixels. Templates draw them as inline SVG.

A chart is as wide as its place, and its letters keep their size, so it needs neither a script nor a second drawing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 200            # of the plot of columns, in pixels
ROOM = 82.0             # share of the width that bars use; the rest is for the number at their end


@dataclass(frozen=True, slots=True)
class Tick:
    label: str
    at: str


@dataclass(frozen=True, slots=True)
class Column:
    """`tone` is the number of a chart colour."""

    x: str
    width: str
    y: str
    height: str
    tone: int
    words: str


@dataclass(frozen=True, slots=True)
class ColumnLabel:
    """`kept`: shown on a narrow screen too."""

    text: str
    at: str
    kept: bool


@dataclass(frozen=True, slots=True)
class Columns:
    columns: list[Column]
    labels: list[ColumnLabel]
    ticks: list[Tick]
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class Bar:
    width: str
    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class BarRow:
    label: str
    bars: list[Bar]
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    rows: list[BarRow]
    ticks: list[Tick]
    thick: int


def scale(highest: float, steps: int = 5) -> list[int]:
    """Round whole values from nought to at least `highest`, about `steps` of them."""
    rough = max(highest, 1) / steps
    power = 10 ** math.floor(math.log10(rough))
    step = max(1, next(math.ceil(m * power) for m in (1, 2, 5, 10) if m * power >= rough))
    return [n * step for n in range(math.ceil(max(highest, 1) / step) + 1)]


def percent(value: float) -> str:
    return f"{value:.2f}%"


def columns(labels: Sequence[str], series: Sequence[tuple[str, Sequence[int]]]) -> Columns:
    """Columns side by side, one group for each label; `series` are a name and a value for each label."""
    values = scale(max((v for _, given in series for v in given), default=0))
    each = 100 / max(len(labels), 1)
    wide = each * 0.72 / max(len(series), 1)
    drawn = [
        Column(
            percent(each * n + each * 0.14 + wide * tone), percent(wide), f"{HEIGHT - HEIGHT * given[n] / values[-1]:.1f}",
            f"{HEIGHT * given[n] / values[-1]:.1f}", tone + 1, f"{label} {name} {given[n]:,}",
        )
        for n, label in enumerate(labels) for tone, (name, given) in enumerate(series) if given[n]
    ]
    every = math.ceil(len(labels) / 5) if labels else 1
    named = [ColumnLabel(label, percent(each * (n + 0.5)), n % every == 0) for n, label in enumerate(labels)]
    return Columns(drawn, named, [Tick(f"{v:,}", f"{HEIGHT - HEIGHT * v / values[-1]:.1f}") for v in values])


def bars(
    rows: Sequence[tuple[str, Sequence[tuple[float, str]], float | None]], *, highest: float | None = None, suffix: str = ""
) -> Bars:
    """Lying bars. A row: its label, the bars with the words at their ends, and the limit where there is one."""
    values = scale(highest or max((v for _, given, limit in rows for v in (*(b[0] for b in given), limit or 0)), default=0))
    top = values[-1]

    def at(value: float) -> str:
        return percent(ROOM * min(value, top) / top)

    drawn = [
        BarRow(label, [Bar(at(v), words, "ab"[n]) for n, (v, words) in enumerate(given)], "" if limit is None else at(limit))
        for label, given, limit in rows
    ]
    return Bars(drawn, [Tick(f"{v:,}{suffix}", at(v)) for v in values], max((len(row.bars) for row in drawn), default=1))
