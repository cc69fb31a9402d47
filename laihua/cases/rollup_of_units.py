"""What each unit has in hand and has had, counted into `UnitCount`; and what each service has taken, into `ServiceFigure`.

Both are made anew from what they count and can be at any time. Pages read them and no case.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, Sum
from django.db.models.functions import Coalesce, TruncMonth

from laihua.cases.models import Case, CaseEvent, DayCount, Proceeding, ServiceFigure, UnitCount
from laihua.cases.queries.statistics import WITHDRAWN, timing
from laihua.cases.rollup import outcome_of
from laihua.catalog import queries as catalog
from laihua.kernel.calendar import ZONE, day_of

What = UnitCount.What
BATCH = 200
LATE = timedelta(minutes=15)
"""What a transaction wrote may be seen so much later than it happened."""
YEAR, FRESH = timedelta(days=365), timedelta(hours=1)


def count_units(*, at: datetime) -> int:
    """Count every unit anew in whose cases something happened since the last run; how many there were."""
    last = UnitCount.objects.aggregate(last=Max("counted_at"))["last"]
    cases = Case.objects.filter(unit__isnull=False)
    if last is not None:
        cases = cases.filter(id__in=CaseEvent.objects.filter(at__gte=last - LATE).values("case_id"))
    units = sorted(set(cases.values_list("unit_id", flat=True)))
    for start in range(0, len(units), BATCH):
        count(units[start : start + BATCH], at=at)
    return len(units)


@transaction.atomic
def count(units: Sequence[UUID], *, at: datetime) -> None:
    """Put the counts of these units in place of those that stand. Counting twice gives the same."""
    found: Counter[tuple[UUID, UUID, str, str, date]] = Counter()
    rows = Proceeding.objects.filter(case__unit_id__in=units, key="main").annotate(
        begun=TruncMonth("case__created_at", tzinfo=ZONE), filed=TruncMonth("case__submitted_at", tzinfo=ZONE),
        ended=TruncMonth(Coalesce("closed_at", "entered_at"), tzinfo=ZONE),
    ).values_list("case__unit_id", "office_id", "service", "case__version_id", "step", "clock", "begun", "filed", "ended")
    for unit, office, service, version, step, clock, *months, number in rows.annotate(number=Count("id")):
        definition = catalog.version(version).service
        over = clock == Proceeding.Clock.STOPPED or bool(definition.steps[step].outcome)
        outcome = outcome_of(definition, step) if over else ""
        for what, month in counts_of(outcome, *(m and m.date() for m in months)):
            found[unit, office, service, what, month] += number
    UnitCount.objects.filter(unit_id__in=units).delete()
    UnitCount.objects.bulk_create([
        UnitCount(unit_id=unit, office_id=office, service=service, what=what, month=month, count=number, counted_at=at)
        for (unit, office, service, what, month), number in found.items()
    ])


def counts_of(outcome: str, begun: date, filed: date | None, ended: date) -> Iterator[tuple[str, date]]:
    """What one case adds: where it stands now, and that it was filed. What was given up unsent adds nothing."""
    if filed is None:
        if not outcome:
            yield What.DRAFT, begun
        return
    yield What.FILED, filed
    yield (What(outcome), ended) if outcome else (What.PENDING, filed)


def count_services(*, at: datetime) -> None:
    """The last twelve months of each service, at most once an hour: one statement over the counts of days."""
    if ServiceFigure.objects.filter(counted_at__gt=at - FRESH, counted_at__lte=at).exists():
        return
    last = day_of(at)
    rows = DayCount.objects.filter(
        day__gt=last - YEAR, day__lte=last, what__in=(DayCount.What.ENDED, DayCount.What.CORRECTED, DayCount.What.REASON)
    ).values_list("service", "what", "key", "days").annotate(sum=Sum("count"))
    found: dict[str, dict[str, Counter[Any]]] = {}
    for service, what, key, days, number in rows:
        if what == DayCount.What.ENDED and key == WITHDRAWN:
            continue
        of_what = found.setdefault(service, {}).setdefault(what, Counter())
        of_what[(days, False) if what == DayCount.What.ENDED else key] += number
    with transaction.atomic():
        ServiceFigure.objects.all().delete()
        ServiceFigure.objects.bulk_create([
            _figure(service, counts, last - YEAR + timedelta(days=1), last, at) for service, counts in sorted(found.items())
        ])


def _figure(service: str, counts: dict[str, Counter[Any]], first: date, last: date, at: datetime) -> ServiceFigure:
    whole = timing(counts.get(DayCount.What.ENDED, {}))
    reasons = sorted(counts.get(DayCount.What.REASON, Counter()).items(), key=lambda pair: (-pair[1], pair[0]))
    return ServiceFigure(
        service=service, first=first, last=last, ended=whole.count, median=whole.median, reasons=[list(pair) for pair in reasons],
        returned=sum(counts.get(DayCount.What.CORRECTED, Counter()).values()), counted_at=at,
    )
