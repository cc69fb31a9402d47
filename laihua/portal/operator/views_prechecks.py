"""How good pre-review is, by check and kind of document, as officers judged it; and how much waits to be read."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from laihua.cases import queries as cases
from laihua.cases.queries import CheckFigure, KindRead
from laihua.kernel import clock
from laihua.kernel.texts import Text
from laihua.portal import findings
from laihua.portal.access import allow
from laihua.prechecks.kind import kinds

PERIODS = {
    "30": Text("近30天", "30 days"), "90": Text("近90天", "90 days"), "365": Text("近一年", "A year"),
}
FEW = 20        # judgements: with fewer a share says little
GOAL_RECALL, GOAL_PRECISION = 95, 98


@dataclass(frozen=True, slots=True)
class Line:
    """One check, for one kind of document or for all of them (`kind` empty)."""

    figure: CheckFigure
    check: Text
    kind: Text | str

    @property
    def is_few(self) -> bool:
        return self.figure.judged < FEW

    @property
    def is_low(self) -> bool:
        """Enough was judged to say that it falls short."""
        precision, recall = self.figure.precision, self.figure.recall
        short = (precision is not None and precision < GOAL_PRECISION) or (recall is not None and recall < GOAL_RECALL)
        return short and not self.is_few


@allow("operator")
@require_GET
def prechecks(request: HttpRequest) -> HttpResponse:
    period = request.GET.get("period", "")
    period = period if period in PERIODS else "90"
    figures = cases.precheck_figures(since=clock.now() - timedelta(days=int(period)))
    lines = []
    for check in figures.by_check:
        lines.append(Line(check, findings.check_title(check.check), ""))
        lines += [Line(row, findings.check_title(row.check), kind_title(row.kind)) for row in figures.rows if row.check == check.check]
    return render(request, "operator/prechecks.html", {
        "figures": figures, "lines": lines, "reads": [(kind_title(one.kind), one) for one in figures.kinds if one.done + one.failed],
        "failed": sum(one.failed for one in figures.kinds), "seconds": mean(figures.kinds), "few": FEW,
        "periods": [(key, text, key == period) for key, text in PERIODS.items()],
        "goals": {"recall": GOAL_RECALL, "precision": GOAL_PRECISION},
    })


def kind_title(key: str) -> Text:
    known = kinds().get(key)
    return known.title if known else Text("其他", "Other")


def mean(read: tuple[KindRead, ...]) -> float | None:
    """Seconds of a document, over all kinds."""
    timed = [(one.seconds, one.done) for one in read if one.seconds is not None and one.done]
    return sum(seconds * done for seconds, done in timed) / sum(done for _, done in timed) if timed else None
