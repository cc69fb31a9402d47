"""The calendar of a roster: its page, where the address is made, shown once and ended, and the feed itself."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from laihua.accounts.permissions import Actor
from laihua.kernel import clock
from laihua.kernel.texts import Text
from laihua.portal.access import allow
from laihua.portal.applicant import ics
from laihua.portal.applicant.roster_opening import keepers, unit_of
from laihua.units import actions
from laihua.units import queries as units

ROSTER = Text("外籍人员名册", "Roster of foreign staff")
ENDED = Text("日历地址已停用，日历程序不能再读取", "The calendar address has ended; no program can read it any more")
NAME = Text("外籍人员到期日", "Foreign staff: due dates")
FIRST = Text("可以申请延期：{name}", "Extension may be filed: {name}")
LAST = Text("最晚申请延期：{name}", "Last day to file the extension: {name}")
PERMIT = Text("工作许可到期：{name}", "Work permit ends: {name}")
CONTRACT = Text("合同到期：{name}", "Contract ends: {name}")
PASSPORT = Text("护照到期：{name}", "Passport ends: {name}")
FILING = Text("企业备案到期", "Enterprise filing ends")


@keepers
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest, actor: Actor) -> HttpResponse:
    """POST makes an address and shows it this once, or ends it."""
    unit_id, at = unit_of(actor), clock.now()
    address = ""
    if request.method == "POST":
        if request.POST.get("do") == "end":
            actions.end_feed(unit_id=unit_id, actor=actor, at=at)
            messages.success(request, str(ENDED))
            return redirect("roster:calendar")
        token = actions.make_feed(unit_id=unit_id, language=request.LANGUAGE_CODE, actor=actor, at=at)
        address = f"{settings.PUBLIC_URL.rstrip('/')}{reverse('roster:feed', args=[token])}"
    return render(request, "applicant/roster_calendar.html", {
        "crumbs": [(ROSTER, reverse("roster:list"))], "address": address, "made_at": units.feed_made_at(unit_id, actor.person_id),
    })


@allow("public")
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Names are masked: whoever has the address needs no more than to recognise the person."""
    row = units.feed_called(token)
    if row is None:
        raise Http404
    at, language = clock.now(), row.language
    answer = HttpResponse(
        ics.calendar(f"{NAME.in_language(language)} · {row.unit.name_zh}", events(row, language), at),
        content_type="text/calendar; charset=utf-8",
    )
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Disposition"] = 'inline; filename="laihua.ics"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


def events(feed: Any, language: str) -> Iterator[ics.Event]:
    """First and last day to file, ends of permit, contract and passport of everybody, and the end of the filing."""
    host = settings.PUBLIC_URL.rstrip("/")
    for member in units.whole_roster(feed.unit_id):
        name, url = units.masked_name(member), f"{host}{reverse('roster:member', args=[member.id])}"
        extension = units.extension(member.permit_to)
        days: tuple[tuple[str, Text, date | None], ...] = (
            ("first", FIRST, extension.first if extension else None), ("last", LAST, extension.last if extension else None),
            ("permit", PERMIT, member.permit_to), ("contract", CONTRACT, member.contract_to), ("passport", PASSPORT, member.passport_to),
        )
        for what, words, day in days:
            if day is not None:
                yield ics.Event(f"{member.id}-{what}@laihua", day, words.format(name=name).in_language(language), url=url)
    if (day := units.filed_until(feed.unit_id)) is not None:
        yield ics.Event(f"{feed.unit_id}-filing@laihua", day, FILING.in_language(language), url=f"{host}{units.START_FILING}")
