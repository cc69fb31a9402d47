"""How good pre-review is, by what officers said of its findings; and how much there is to read. For those who run the hall."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Min, Q, Sum

from laihua.cases.models import DocumentRead, FindingVerdict

State, Word = DocumentRead.State, FindingVerdict.Word


@dataclass(frozen=True, slots=True)
class CheckFigure:
    """`found`: mismatches and doubts that were right; `false`: that were not; `missed`: what a person found instead.

    Of no more than what an officer gave his word on. `kind` is empty in the sum of a check, `check` in that of a kind.
    """

    check: str
    kind: str
    found: int
    false: int
    missed: int

    @property
    def judged(self) -> int:
        return self.found + self.false + self.missed

    @property
    def precision(self) -> float | None:
        """Of what was told, how much was right; per cent."""
        told = self.found + self.false
        return 100 * self.found / told if told else None

    @property
    def recall(self) -> float | None:
        """Of what there was, how much was told; per cent."""
        there = self.found + self.missed
        return 100 * self.found / there if there else None


@dataclass(frozen=True, slots=True)
class KindRead:
    """Documents asked for as one kind that were read, that could not be, and how long one took on average."""

    kind: str
    done: int
    failed: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class PrecheckFigures:
    """`waiting`: documents that are read now or wait for it, the oldest since `waiting_since`.
    `cases_judged`: those on which an officer gave a word at all."""

    rows: tuple[CheckFigure, ...]
    kinds: tuple[KindRead, ...]
    cases_judged: int
    waiting: int
    waiting_since: datetime | None

    @property
    def by_check(self) -> tuple[CheckFigure, ...]:
        names = dict.fromkeys(row.check for row in self.rows)
        return tuple(added(name, "", (r for r in self.rows if r.check == name)) for name in names)

    @property
    def total(self) -> CheckFigure:
        return added("", "", self.rows)

    @property
    def documents(self) -> int:
        return sum(kind.done for kind in self.kinds)


def precheck_figures(*, since: datetime) -> PrecheckFigures:
    """Of documents uploaded and words given since then. Four statements."""
    judged = FindingVerdict.objects.filter(at__gte=since)
    told = ~Q(level="pass")
    rows = judged.values("check_name", "kind").annotate(
        found=Count("id", filter=Q(word=Word.RIGHT) & told),
        false=Count("id", filter=Q(word=Word.WRONG) & told),
        missed=Count("id", filter=Q(word=Word.MISSED) | Q(word=Word.WRONG, level="pass")),
    ).order_by("check_name", "kind")
    reads = DocumentRead.objects.filter(asked_at__gte=since).values("kind").annotate(
        done=Count("pk", filter=Q(state=State.DONE)), failed=Count("pk", filter=Q(state=State.FAILED)),
        own=Count("pk", filter=Q(state=State.DONE, seconds__gt=0)), took=Sum("seconds", filter=Q(state=State.DONE)),
    ).order_by("kind")
    line = DocumentRead.objects.filter(state__in=(State.WAITING, State.READING)).aggregate(n=Count("pk"), since=Min("asked_at"))
    return PrecheckFigures(
        rows=tuple(as_figure(row) for row in rows),
        kinds=tuple(KindRead(r["kind"], r["done"], r["failed"], r["took"] / r["own"] if r["own"] else None) for r in reads),
        cases_judged=judged.values(case=F("proceeding__case_id")).distinct().count(),
        waiting=line["n"], waiting_since=line["since"],
    )


def as_figure(row: Mapping[str, object]) -> CheckFigure:
    return CheckFigure(str(row["check_name"]), str(row["kind"]), int(row["found"]), int(row["false"]), int(row["missed"]))  # type: ignore[call-overload]


def added(check: str, kind: str, rows: Iterable[CheckFigure]) -> CheckFigure:
    every = list(rows)
    return CheckFigure(check, kind, sum(r.found for r in every), sum(r.false for r in every), sum(r.missed for r in every))
