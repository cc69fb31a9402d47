"""What an office has done in a period, read from the counts of its days. Three statements, however long the period."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import F, Max, Q, QuerySet, Sum
from django.db.models.functions import Trunc

from laihua.accounts.permissions import Actor
from laihua.cases.models import DayCount

What = DayCount.What
Per = Literal["week", "month"]
WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Period:
    """Both days belong to it."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Timing:
    """How long something took, in the days that its limit counts. No median of nothing."""

    count: int
    late: int
    median: float | None
    ninetieth: int | None

    @property
    def on_time(self) -> float | None:
        return 100 * (self.count - self.late) / self.count if self.count else None


@dataclass(frozen=True, slots=True)
class Figures:
    """`whole`: cases that the office decided, so without withdrawals. `corrected`: those of them returned before."""

    submitted: int
    outcomes: Mapping[str, int]
    returned: int
    corrected: int
    whole: Timing

    @property
    def return_share(self) -> float | None:
        return 100 * self.corrected / self.whole.count if self.whole.count else None


@dataclass(frozen=True, slots=True)
class Volume:
    """`first`: the Monday of the week, or the first day of the month."""

    first: date
    submitted: int
    decided: int
    returned: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """`reasons`: the most frequent first, each with the cases to which it was told. `counted_at`: None before the first count.
    `services`: those of which the office has had anything in either period."""

    now: Figures
    before: Figures
    steps: Mapping[str, Timing]
    reasons: list[tuple[str, int]]
    volumes: list[Volume]
    counted_at: datetime | None
    services: frozenset[str]


def statistics(actor: Actor, period: Period, before: Period, *, per: Per, service: str = "") -> Statistics:
    """Of the actor's own office. `before`: the earlier period to compare with."""
    rows = DayCount.objects.filter(office_id=actor.organisation_id)
    if service:
        rows = rows.filter(service=service)
    now_counts, before_counts, services = _counts(rows, period, before)
    steps: dict[str, Counter[tuple[int, bool]]] = defaultdict(Counter)
    for (what, key, days, late), count in now_counts.items():
        if what == What.STEP:
            steps[key][days, late] += count
    reasons = Counter({k[1]: n for k, n in now_counts.items() if k[0] == What.REASON})
    return Statistics(
        _figures(now_counts), _figures(before_counts), {key: timing(found) for key, found in steps.items()},
        sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0])), _volumes(rows, period, per), _counted_at(), services,
    )


Key = tuple[str, str, int, bool]


def _counts(rows: QuerySet[DayCount], period: Period, before: Period) -> tuple[Counter[Key], Counter[Key], frozenset[str]]:
    now, then = Q(day__range=(period.first, period.last)), Q(day__range=(before.first, before.last))
    sums = rows.filter(now | then).annotate(is_now=now).values_list("service", "is_now", "what", "key", "days", "late")
    found: tuple[Counter[Key], Counter[Key]] = (Counter(), Counter())
    services = set()
    for service, is_now, what, key, days, late, count in sums.annotate(sum=Sum("count")):
        services.add(service)
        found[0 if is_now else 1][what, key, days, late] += count
    return *found, frozenset(services)


def _figures(counts: Counter[Key]) -> Figures:
    sums: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    whole: Counter[tuple[int, bool]] = Counter()
    for (what, key, days, late), count in counts.items():
        sums[what] += count
        if what == What.ENDED:
            outcomes[key] += count
            if key != WITHDRAWN:
                whole[days, late] += count
    return Figures(sums[What.SUBMITTED], outcomes, sums[What.RETURNED], sums[What.CORRECTED], timing(whole))


def timing(found: Mapping[tuple[int, bool], int]) -> Timing:
    """From how many took how many days: the middle one, and the one that nine of ten do not exceed."""
    total = sum(found.values())
    if not total:
        return Timing(0, 0, None, None)
    by_days: Counter[int] = Counter()
    for (days, _), count in found.items():
        by_days[days] += count

    def nth(n: int) -> int:
        reached = 0
        for days in sorted(by_days):
            reached += by_days[days]
            if reached >= n:
                return days
        return max(by_days)

    median = (nth((total + 1) // 2) + nth(total // 2 + 1)) / 2
    return Timing(total, sum(c for (_, late), c in found.items() if late), median, nth(math.ceil(total * 0.9)))


def _volumes(rows: QuerySet[DayCount], period: Period, per: Per) -> list[Volume]:
    wanted = rows.filter(day__range=(period.first, period.last), what__in=(What.SUBMITTED, What.ENDED, What.RETURNED))
    wanted = wanted.exclude(what=What.ENDED, key=WITHDRAWN)
    found: dict[date, dict[str, Any]] = defaultdict(dict)
    sums = wanted.annotate(begin=Trunc(F("day"), per)).values_list("begin", "what").annotate(sum=Sum("count"))
    for begin, what, count in sums:
        found[begin][what] = count
    return [
        Volume(b, found[b].get(What.SUBMITTED, 0), found[b].get(What.ENDED, 0), found[b].get(What.RETURNED, 0))
        for b in _begins(period, per)
    ]


def _begins(period: Period, per: Per) -> list[date]:
    begins, day = [], period.first
    while day <= period.last:
        begin = day.replace(day=1) if per == "month" else date.fromordinal(day.toordinal() - day.weekday())
        begins.append(begin)
        following = begin.toordinal() + (32 if per == "month" else 7)
        day = date.fromordinal(following).replace(day=1) if per == "month" else date.fromordinal(following)
    return begins


def _counted_at() -> datetime | None:
    """When the counting last ran: it writes the last day that has anything anew each time."""
    last = DayCount.objects.order_by("-day").values("day")[:1]
    found: datetime | None = DayCount.objects.filter(day=last).aggregate(at=Max("counted_at"))["at"]
    return found
