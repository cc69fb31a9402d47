"""A CAS server after the public protocol specification (2.0 and 3.0): tickets for one service, one use, one minute."""

import secrets
from datetime import timedelta
from threading import Lock
from urllib.parse import urlencode
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from simulators.portal.people import people

VALID_FOR = timedelta(seconds=60)
_tickets: dict[str, tuple[str, str, object]] = {}
_lock = Lock()


@require_GET
def login(request: HttpRequest) -> HttpResponse:
    service = request.GET.get("service", "")
    if not service.startswith(settings.HALL + "/"):
        return HttpResponseBadRequest("This service is not registered.")
    if not request.user.is_authenticated:
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}")
    ticket = f"ST-{secrets.token_urlsafe(24)}"
    with _lock:
        _tickets[ticket] = (service, request.user.get_username(), timezone.now())
    return HttpResponseRedirect(f"{service}{'&' if '?' in service else '?'}{urlencode({'ticket': ticket})}")


@require_GET
def validate(request: HttpRequest, attributes: bool = True) -> HttpResponse:
    ticket, service = request.GET.get("ticket", ""), request.GET.get("service", "")
    with _lock:
        held = _tickets.pop(ticket, None)
    if not ticket or not service:
        return _failure("INVALID_REQUEST")
    if held is None or timezone.now() - held[2] > VALID_FOR:
        return _failure("INVALID_TICKET")
    if held[0] != service:
        return _failure("INVALID_SERVICE")
    about = {k: v for k, v in people()[held[1]].items() if k not in ("user_id", "note")} if attributes else {}
    rows = "".join(f"<cas:{k}>{escape(str(v).lower() if v in (True, False) else str(v))}</cas:{k}>" for k, v in about.items())
    return _response(f"<cas:authenticationSuccess><cas:user>{escape(held[1])}</cas:user>"
                     f"<cas:attributes>{rows}</cas:attributes></cas:authenticationSuccess>")


def _failure(code: str) -> HttpResponse:
    return _response(f'<cas:authenticationFailure code="{code}">{code}</cas:authenticationFailure>')


def _response(inner: str) -> HttpResponse:
    body = f'<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas">{inner}</cas:serviceResponse>'
    return HttpResponse(body, content_type="application/xml; charset=utf-8")
