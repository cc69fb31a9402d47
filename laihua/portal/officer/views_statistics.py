"""Statistics of the office, for its head: a page, and the same figures as a file for a spreadsheet."""

import csv
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import StringIO
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from laihua.cases import queries
from laihua.cases.queries import Period
from laihua.catalog import queries as catalog
from laihua.catalog.definitions import Service
from laihua.kernel import clock
from laihua.kernel.calendar import DAY
from laihua.kernel.texts import Text
from laihua.portal.access import allow
from laihua.portal.officer import figures
from laihua.portal.officer.apps import HEADS
from laihua.portal.officer.pages import acting

PURPOSE = Text("查看本机关的办件统计", "For the head of an office, to see its figures")
ALL = Text("全部事项", "All services")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""A cell that begins so may be run by a spreadsheet as a formula."""


@dataclass(frozen=True, slots=True)
class Span:
    """`of`: the period and the one it is compared with, for a given day."""

    title: Text
    of: Callable[[date], tuple[Period, Period]]
    per: queries.Per = "week"


def month_before(day: date, months: int = 1) -> date:
    """The same day so many months earlier, or the last day of a month that is shorter."""
    number = day.year * 12 + day.month - 1 - months
    first = date(number // 12, number % 12 + 1, 1)
    return min(first + (day.day - 1) * DAY, month_end(first))


def month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - DAY


def this_month(today: date) -> tuple[Period, Period]:
    """Up to today, against as many days of the month before."""
    first = today.replace(day=1)
    return Period(first, today), Period(month_before(first), month_before(today))


def last_month(today: date) -> tuple[Period, Period]:
    first, earlier = month_before(today.replace(day=1)), month_before(today.replace(day=1), 2)
    return Period(first, month_end(first)), Period(earlier, month_end(earlier))


def ninety_days(today: date) -> tuple[Period, Period]:
    first = today - 89 * DAY
    return Period(first, today), Period(first - 90 * DAY, first - DAY)


def twelve_months(today: date) -> tuple[Period, Period]:
    """This month and the eleven before it, against the same days a year earlier."""
    first = month_before(today.replace(day=1), 11)
    return Period(first, today), Period(month_before(first, 12), month_before(today, 12))


SPANS = {
    "month": Span(Text("本月", "This month"), this_month),
    "last-month": Span(Text("上月", "Last month"), last_month),
    "90-days": Span(Text("近90天", "Last 90 days"), ninety_days),
    "year": Span(Text("近12个月", "Last 12 months"), twelve_months, "month"),
}
USUAL = "90-days"


@dataclass(frozen=True, slots=True)
class Asked:
    span: str
    service: str
    services: dict[str, Service]
    period: Period
    before: Period
    found: queries.Statistics

    @property
    def per(self) -> queries.Per:
        return SPANS[self.span].per

    @property
    def counted(self) -> list[Service]:
        """The one asked for, or those of which the office has had anything: the rest promise nothing here."""
        return [s for key, s in self.services.items() if key == self.service or (not self.service and key in self.found.services)]

    def address(self, name: str = "officer:statistics", **changes: str) -> str:
        return f"{reverse(name)}?{urlencode({'period': self.span, 'service': self.service, **changes})}"


def asked_for(request: HttpRequest) -> Asked:
    """What cannot be read is not asked for."""
    services = {d.service.id: d.service for d in catalog.services()}
    span = request.GET.get("period", "") if request.GET.get("period", "") in SPANS else USUAL
    service = request.GET.get("service", "") if request.GET.get("service", "") in services else ""
    period, before = SPANS[span].of(clock.today())
    found = queries.statistics(acting(request), period, before, per=SPANS[span].per, service=service)
    return Asked(span, service, services, period, before, found)


@allow(*HEADS, purpose=PURPOSE)
@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    asked = asked_for(request)
    found, services = asked.found, asked.counted
    steps = figures.step_rows(services, found.steps)
    tables = figures.tables(found, services, steps, asked.per)
    return render(request, "officer/statistics.html", {
        "asked": asked, "found": found, "strip": figures.strip(found, figures.promise_of(services)), "tables": tables,
        "volumes": figures.volumes_chart(found, asked.per), "reasons": figures.reasons_chart(found, services),
        "times": figures.times_chart(steps), "on_time": figures.on_time_chart(tables["on_time"]),
        "spans": [(key, span.title, asked.address(period=key)) for key, span in SPANS.items()],
        "services": [(key, s.short_title) for key, s in asked.services.items()],
        "office": acting(request).organisation_name, "export": asked.address("officer:statistics-csv"),
        "legend": [figures.SUBMITTED, figures.DECIDED, figures.RETURNED],
        "nothing": not any((found.now.submitted, sum(found.now.outcomes.values()), found.now.returned, found.steps)),
    })


@allow(*HEADS, purpose=PURPOSE)
@require_GET
def statistics_csv(request: HttpRequest) -> HttpResponse:
    """One line for each number: table, row, column, value. With a byte order mark, by which spreadsheets know UTF-8."""
    asked = asked_for(request)
    services = asked.counted
    service = services[0].title if asked.service else ALL
    tables = [
        *figures.summary(local(asked.found), asked.period, asked.before, acting(request).organisation_name, service),
        *figures.tables(asked.found, services, figures.step_rows(services, asked.found.steps), asked.per).values(),
    ]
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([str(word) for word in (Text("表", "Table"), Text("项目", "Row"), Text("指标", "Column"), Text("数值", "Value"))])
    for table in tables:
        for first, *rest in table.rows:
            for column, value in zip(table.head[1:], rest, strict=True):
                writer.writerow([safe(table.title), safe(first), safe(column), safe(value)])
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"statistics-{asked.period.first}-{asked.period.last}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def safe(value: Any) -> str:
    """As a spreadsheet may open it: a value that it would take for a formula gets an apostrophe before it."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def local(found: queries.Statistics) -> queries.Statistics:
    """With the time as it is in China."""
    if found.counted_at is None:
        return found
    return replace(found, counted_at=timezone.localtime(found.counted_at))
