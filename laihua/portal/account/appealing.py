"""The way into an appeal (ACC-5): whoever cannot open his account proves a phone by code, and comes back the same way."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from laihua.accounts import actions, queries
from laihua.accounts.permissions import Actor
from laihua.cases import actions as cases
from laihua.cases import queries as case_queries
from laihua.catalog import queries as catalog
from laihua.kernel.texts import CHINESE, Reason, Refused
from laihua.portal.access import ANYONE, allow
from laihua.portal.account import captchas, codes
from laihua.portal.account.forms import status_of, told

PURPOSE = "appeal"


@allow(ANYONE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest) -> HttpResponse:
    actor = queries.actor_of(request)
    if request.method != "POST":
        return _own_page(request, actor) if actor and actor.kind == "visitor" else _page(request)
    if captchas.wants_another(request):
        return _page(request)
    try:
        phone = actions.clean_phone(request.POST.get("phone", ""))
        if "send_code" in request.POST:
            captchas.check(request)
            codes.send(request, phone=phone, purpose=PURPOSE)
            return _page(request)
        codes.check(request, phone=phone, purpose=PURPOSE)
    except Refused as refused:
        return _page(request, *refused.reasons)
    visitor = actions.visitor_of(phone=phone, at=timezone.now(), language=get_language() or CHINESE)
    actions.open_session(request, visitor, way="code", at=timezone.now(), phone=phone)
    return HttpResponseRedirect(reverse("account:appeal"))


def _own_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What he may begin, and how his appeals stand."""
    under_way, ended = (case_queries.my_cases(actor, done=done).rows for done in (False, True))
    services = [one.service for one in catalog.services() if cases.may_start(one.service, actor) and "visitor" in one.service.starts]
    return render(request, "account/appeals.html", {"services": services, "cases": [*under_way, *ended]})


def _page(request: HttpRequest, *reasons: Reason) -> HttpResponse:
    return render(request, "account/appeal.html", {
        **told(reasons), "values": {"phone": request.POST.get("phone", "")}, "captcha": captchas.fresh(),
        "sent": codes.sent_before(request, purpose=PURPOSE),
    }, status=status_of(reasons, request))
