"""A time at a window: choosing, changing, cancelling."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from laihua.cases import actions as cases
from laihua.cases import queries as case_queries
from laihua.cases.queries import Dossier
from laihua.kernel import clock
from laihua.kernel.texts import Reason, Refused, Text
from laihua.portal.applicant import papers
from laihua.portal.applicant.days import on, weekday
from laihua.portal.applicant.opening import acting, applicants, open_case
from laihua.portal.applicant.todo import office_limit, place
from laihua.portal.applicant.views.cases import page_head

BOOKED = Text("已预约{when}", "Booked for {when}")
CANCELLED = Text("已取消预约，名额已放出", "Cancelled; the place is free again")
CHOOSE = Reason("no_time", Text("请选择一个时段", "Choose a time"), place="starts_at")
NOON = 12


@dataclass(frozen=True, slots=True)
class Time:
    value: str
    label: str
    free: int


@dataclass(frozen=True, slots=True)
class Half:
    title: Text
    times: list[Time]


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    weekday: Text
    free: int
    halves: list[Half]


@applicants
@require_http_methods(["GET", "HEAD", "POST"])
def booking(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """POST with `starts_at` and `window` books, or moves the booking that there is; with `cancel` gives it back."""
    dossier = open_case(request, case_id, booking=True)
    if not dossier.step.booking:
        return HttpResponseRedirect(reverse("applicant:case", args=[case_id]))
    if request.method != "POST":
        return show(request, dossier)
    try:
        if "cancel" in request.POST:
            cases.cancel_booking(case_id=case_id, actor=acting(request), at=clock.now())
            messages.success(request, str(CANCELLED))
        else:
            made = cases.book(
                case_id=case_id, window_id=window_id(request), starts_at=starts_at(request), actor=acting(request), at=clock.now()
            )
            messages.success(request, str(BOOKED.format(when=f"{timezone.localtime(made.starts_at):%Y-%m-%d %H:%M}")))
    except Refused as refused:
        return show(request, open_case(request, case_id, booking=True), refused.reasons, status=422)
    return HttpResponseRedirect(request.path)


def window_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("window", ""))
    except ValueError:
        raise Refused(CHOOSE) from None


def starts_at(request: HttpRequest) -> datetime:
    try:
        moment = datetime.fromisoformat(request.POST.get("starts_at", ""))
    except ValueError:
        raise Refused(CHOOSE) from None
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def show(request: HttpRequest, dossier: Dossier, reasons: Sequence[Reason] = (), *, status: int = 200) -> HttpResponse:
    """The window and the day are kept in the address, so that every step works without script."""
    windows = case_queries.windows_of(dossier.proceeding.office_id)
    booked = case_queries.booking_of(dossier.proceeding.id)
    asked = request.POST.get("window") or request.GET.get("window") or (str(booked.window_id) if booked else "")
    window = next((w for w in windows if str(w.id) == asked), windows[0] if windows else None)
    days = days_of(case_queries.slots_of(window, dossier.at)) if window else []
    wanted = request.POST.get("starts_at", "")[:10] or request.GET.get("day", "")
    day = next((d for d in days if d.on.isoformat() == wanted), next((d for d in days if d.free), None))
    found = papers.papers(dossier)
    return render(request, "applicant/booking.html", {
        **page_head(dossier), "windows": windows, "window": window, "days": days, "day": day, "booked": booked,
        "where": place(booked) if booked else [], "choosing": booked is None or "change" in request.GET or bool(reasons),
        "originals": [title for _, title, _ in dossier.originals], "notice": papers.of_entry(dossier, found),
        "reasons": reasons, "limits": office_limit(dossier),
    }, status=status)


def days_of(slots: Sequence[Any]) -> list[Day]:
    return [day_of(day, list(group)) for day, group in groupby(slots, key=lambda s: on(s.starts_at))]


def day_of(day: date, slots: list[Any]) -> Day:
    halves = [
        Half(title, [time_of(s) for s in slots if (timezone.localtime(s.starts_at).hour < NOON) == is_morning])
        for title, is_morning in ((Text("上午", "Morning"), True), (Text("下午", "Afternoon"), False))
    ]
    return Day(day, weekday(day), sum(s.free for s in slots), [h for h in halves if h.times])


def time_of(slot: Any) -> Time:
    begins, ends = timezone.localtime(slot.starts_at), timezone.localtime(slot.ends_at)
    return Time(begins.isoformat(), f"{begins:%H:%M}–{ends:%H:%M}", slot.free)
