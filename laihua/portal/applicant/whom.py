"""Whom a case is about, where its service asks for somebody on the roster: chosen before it is started."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.http import urlencode

from laihua.accounts.permissions import Actor
from laihua.catalog.definitions import Service
from laihua.kernel import clock
from laihua.portal.applicant.roster import Person, person
from laihua.units import queries as units

NOBODY = "none"


def is_about_staff(service: Service) -> bool:
    return service.about is not None and service.about.kind == "staff"


def is_nobody(request: HttpRequest, service: Service) -> bool:
    """Whether it is to begin with nobody of the roster (`?staff=none`), where the service has such cases."""
    return service.about is not None and service.about.otherwise is not None and request.GET.get("staff") == NOBODY


def named(request: HttpRequest) -> UUID | None:
    """`?staff=`; 404 for what is no id."""
    text = request.GET.get("staff", "")
    try:
        return UUID(text) if text and text != NOBODY else None
    except ValueError:
        raise Http404 from None


def shown(actor: Actor, staff_id: UUID | None) -> Person | None:
    member = units.staff_member(actor.organisation_id if actor.is_unit() else None, staff_id)
    return person(member, clock.today()) if member else None


def choice(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    """The list to choose from, with its search."""
    asked, today = request.GET.get("q", "")[:100].replace("\0", ""), clock.today()
    if actor.organisation_id is None:
        raise Http404
    try:
        page = units.roster_page(
            actor.organisation_id, today=today, asked=asked, after=request.GET.get("after", ""), before=request.GET.get("before", "")
        )
    except ValueError:
        raise Http404 from None
    kept = {"q": asked} if asked else {}
    return {
        "people": [person(member, today) for member in page.rows], "q": asked, "keeps": units.keeps_roster(actor),
        "previous": f"?{urlencode({**kept, 'before': page.before})}" if page.before else "",
        "next": f"?{urlencode({**kept, 'after': page.after})}" if page.after else "",
    }
